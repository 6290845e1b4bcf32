import Bitext
import Testing

@testable import Matching

/// Whether a word is meant by a term, by the case of its letters.
@Suite struct CaseRuleTests {
  @Test(arguments: [
    // Acronyms
    ("IT", "IT and it", ["IT"]), ("US", "The US told us. US", ["US", "US"]),
    ("AI", "AIs and AI's and AI’s", ["AIs", "AI", "AI"]), ("AI", "ai Ai aI AIS ais", []),
    ("NATO", "NATO, Nato, nato", ["NATO"]), ("SME", "SMEs, SME, smes", ["SMEs", "SME"]),
    ("SMEs", "an SME, SMEs, smes", ["SME", "SMEs"]), ("SAR", "SARs and SARS", ["SARs"]),
    ("IT", "IT-based", ["IT"]), ("WHO", "who, WHO", ["WHO"]),
    // Names of one word
    ("May", "In May you may", ["May"]), ("Polish", "POLISH polish Polish", ["POLISH", "Polish"]),
    ("Apple", "Apple APPLE Apples apple apples", ["Apple", "APPLE", "Apples"]),
    ("Élan", "élan Élan", ["Élan"]), ("C", "C and c", ["C"]),
    // Common nouns
    ("bank", "Bank BANK bank Banks", ["Bank", "BANK", "bank", "Banks"]),
    // Neither a name nor an acronym can be meant by anything else
    ("iPhone", "iphone IPHONE iPhone", ["iphone", "IPHONE", "iPhone"]),
    ("H1N1", "h1n1 H1N1", ["h1n1", "H1N1"]), ("5G", "5g 5G", ["5g", "5G"]), ("C++", "c++", ["c++"]),
    // Several words
    ("Golden Phoenix", "golden phoenix, GOLDEN PHOENIX", ["golden phoenix", "GOLDEN PHOENIX"]),
    ("US dollar", "us dollar, US dollars", ["us dollar", "US dollars"]),
    ("generative AI", "generative AIs", ["generative AIs"]), ("E-mail", "e-mail", ["e-mail"]),
  ])
  func theFormOfATermDecides(_ term: String, _ text: String, _ found: [String]) {
    #expect(surfaces(termMatcher([term]), in: text) == found)
  }

  @Test func latinInChineseIsWrittenAsItsTermSays() {
    let matcher = termMatcher(["AI", "AI实验室", "App"], .simplifiedChinese)
    #expect(surfaces(matcher, in: "AI技术、ai技术") == ["AI"])
    // Beside ideographs nothing else can be meant.
    #expect(surfaces(matcher, in: "ai实验室和AI实验室") == ["ai实验室", "AI实验室"])
    #expect(surfaces(matcher, in: "手机App和app") == ["App"])
  }

  /// Where a glossary gives a capital to each of its terms, that of a single word says nothing.
  @Test func aConventionOfTheGlossaryIsNoName() {
    let capitalized = termMatcher(["Interest rate", "Monetary policy", "Bank", "IT"])
    #expect(surfaces(capitalized, in: "the bank and it") == ["bank"])
    let named = termMatcher(["interest rate", "Golden Phoenix", "Bank", "IT"])
    #expect(surfaces(named, in: "the bank, the Bank and it") == ["Bank"])
    // Names of several words have a capital each, and are no convention.
    let names = termMatcher(["Golden Phoenix", "Bank of England", "Apple"])
    #expect(surfaces(names, in: "an apple, Apple") == ["Apple"])
    let mixed = termMatcher(["Interest rate", "monetary policy", "public debt", "Bank"])
    #expect(surfaces(mixed, in: "the bank") == [])
  }

  @Test func aGlossaryInCapitalsHasNoAcronyms() {
    let matcher = termMatcher(["INTEREST RATE", "PUBLIC DEBT", "BANK"])
    #expect(surfaces(matcher, in: "the bank, Public debt") == ["bank", "Public debt"])
  }

  @Test(arguments: [TermStatus.forbidden, .deprecated])
  func whatIsToBeAvoidedIsFoundInAnyCaseUnlessItIsAnAcronym(status: TermStatus) {
    #expect(surfaces(termMatcher(["Peking"], status: status), in: "peking, PEKING").count == 2)
    #expect(surfaces(termMatcher(["IT"], status: status), in: "it is IT") == ["IT"])
  }

  /// Terms with one key and different rules: the text decides which of them it means.
  @Test func ofTermsWithOneKeyThoseCountThatAreMeant() {
    let matcher = termMatcher(["may", "May", "golden phoenix"])
    let text = Array("may May".utf8)
    let terms = matcher.hits(in: text.span).map { matcher.terms(of: $0, in: text.span) }
    #expect(terms == [[0], [0, 1]])
    #expect(matcher.matches(in: "may May").map(\.terms) == [[0], [0, 1]])
  }

  @Test func aWordThatIsNotMeantLeavesRoomForOthers() {
    let matcher = termMatcher(["IT", "it services"])
    #expect(surfaces(matcher, in: "it services, it, IT") == ["it services", "IT"])
  }
}
