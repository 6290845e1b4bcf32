import Bitext
import Segmentation
import TestSupport
import Testing

@testable import Matching

/// Terms and texts in tables, each run against the matcher and against a naive oracle.
@Suite struct TermMatcherTests {
  private static let english: [(term: String, text: String, found: [String])] = [
    ("Golden Phoenix", "The Golden Phoenix program", ["Golden Phoenix"]),
    ("Golden Phoenix", "the golden phoenix program", ["golden phoenix"]),
    ("Golden Phoenix", "two Golden Phoenixes", ["Golden Phoenixes"]),
    ("Golden Phoenix", "Golden Phoenix's winners", ["Golden Phoenix"]),
    ("Golden Phoenix", "Golden Phoenix’s winners", ["Golden Phoenix"]),
    ("Golden Phoenix", "the “Golden Phoenix” plan", ["Golden Phoenix"]),
    ("Golden Phoenix", "Golden\nPhoenix", ["Golden\nPhoenix"]),
    ("east", "at least, in the east", ["east"]),
    ("benefit", "benefits", ["benefits"]),
    ("new energy vehicle", "new-energy vehicles", ["new-energy vehicles"]),
    ("People's Congress", "the People’s Congress", ["People’s Congress"]),
    ("C++", "in C++ and C", ["C++"]),
    ("cat", "concatenate", []),
    (
      "Western (Chongqing) Science City", "Western（Chongqing）Science City",
      ["Western（Chongqing）Science City"]
    ),
  ]

  private static let chinese: [(term: String, text: String, found: [String])] = [
    ("科学城", "在科学城里", ["科学城"]),
    ("西部（重庆）科学城", "西部(重庆)科学城", ["西部(重庆)科学城"]),
    ("西部（重庆）科学城", "西部（重慶）科學城", ["西部（重慶）科學城"]),
    ("一带一路", "“一带一路”倡议", ["一带一路"]),
    ("5G基站", "新建5G 基站", ["5G 基站"]),
    ("金凤凰", "金凤镇", []),
  ]

  @Test(arguments: english.indices)
  func findsEnglishTermsOnWordBoundaries(index: Int) {
    let (term, text, found) = Self.english[index]
    #expect(surfaces(of: term, in: text, language: .english) == found)
  }

  @Test(arguments: chinese.indices)
  func findsChineseTermsAnywhere(index: Int) {
    let (term, text, found) = Self.chinese[index]
    #expect(surfaces(of: term, in: text, language: .simplifiedChinese) == found)
  }

  @Test func longestMatchWinsOverWhatLiesInside() {
    let matcher = matcher(["科学城", "西部（重庆）科学城", "重庆"], .simplifiedChinese)
    let text = "西部（重庆）科学城和科学城"
    #expect(surfaces(matcher, in: text) == ["西部（重庆）科学城", "科学城"])
  }

  @Test func ofOverlappingMatchesTheLongerWinsThenTheFirst() {
    let matcher = matcher(["甲乙", "乙丙丁", "丁戊"], .simplifiedChinese)
    #expect(surfaces(matcher, in: "甲乙丙丁戊") == ["乙丙丁"])
    let equal = self.matcher(["甲乙", "乙丙"], .simplifiedChinese)
    #expect(surfaces(equal, in: "甲乙丙") == ["甲乙"])
  }

  @Test func leavesOutTermsOfOtherScripts() {
    let termbase = Termbase(concepts: [
      Concept(
        id: "1",
        terms: [
          Term("科學城", language: .traditionalChinese), Term("科学城", language: .simplifiedChinese),
          Term("Science City", language: .english),
        ])
    ])
    #expect(TermMatcher(termbase, language: .chinese).terms.map(\.term.text) == ["科学城"])
    #expect(TermMatcher(termbase, language: .traditionalChinese).terms.map(\.term.text) == ["科學城"])
  }

  @Test func namesTermsThatCanNeverMatch() {
    let matcher = matcher(["“”", "——", "果园港"], .simplifiedChinese)
    #expect(matcher.unmatchable.map(\.term.text) == ["“”", "——"])
    #expect(matcher.terms.map(\.term.text) == ["果园港"])
  }

  @Test func ignoresProposedTermsUnlessAskedFor() {
    let termbase = Termbase(concepts: [
      Concept(id: "1", terms: [Term("park", language: .english, status: .proposed)])
    ])
    #expect(TermMatcher(termbase, language: .english).terms.isEmpty)
    #expect(TermMatcher(termbase, language: .english, includesProposed: true).terms.count == 1)
  }

  /// Random texts over a small alphabet, where terms nest and overlap all the time.
  @Test(arguments: 0..<200)
  func agreesWithANaiveSearch(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    let alphabet = Array("甲乙丙丁戊")
    func word(_ length: ClosedRange<Int>) -> String {
      String(
        (0..<Int.random(in: length, using: &random)).map { _ in
          alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
        })
    }
    let terms = Array(Set((0..<6).map { _ in word(1...4) })).sorted()
    let text = word(10...40)
    let matcher = matcher(terms, .simplifiedChinese)
    #expect(ranges(matcher, in: text) == naive(terms, in: text), "terms \(terms) in \(text)")
  }

  /// All places of all terms, then the longest first, then the leftmost, none overlapping.
  private func naive(_ terms: [String], in text: String) -> [Range<Int>] {
    let characters = Array(text)
    var all: [Range<Int>] = []
    for term in terms {
      let wanted = Array(term)
      for start in 0...max(0, characters.count - wanted.count)
      where start + wanted.count <= characters.count
        && Array(characters[start..<start + wanted.count]) == wanted
      {
        all.append(start..<start + wanted.count)
      }
    }
    all.sort { ($1.count, $0.lowerBound) < ($0.count, $1.lowerBound) }
    var kept: [Range<Int>] = []
    for range in all where !kept.contains(where: { $0.overlaps(range) }) { kept.append(range) }
    return kept.sorted { $0.lowerBound < $1.lowerBound }
  }

  private func ranges(_ matcher: TermMatcher, in text: String) -> [Range<Int>] {
    // Each of these characters takes three bytes.
    matcher.matches(in: text).map { $0.range.lowerBound / 3..<$0.range.upperBound / 3 }
  }

  private func matcher(_ terms: [String], _ language: LanguageTag) -> TermMatcher {
    let concepts = terms.enumerated().map { index, text in
      Concept(id: String(index), terms: [Term(text, language: language)])
    }
    return TermMatcher(Termbase(concepts: concepts), language: language)
  }

  private func surfaces(of term: String, in text: String, language: LanguageTag) -> [String] {
    surfaces(matcher([term], language), in: text)
  }

  private func surfaces(_ matcher: TermMatcher, in text: String) -> [String] {
    let utf8 = Array(text.utf8)
    return matcher.matches(in: text).map { String(decoding: utf8[$0.range], as: UTF8.self) }
  }
}
