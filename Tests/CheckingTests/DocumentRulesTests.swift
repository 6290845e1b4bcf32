import Bitext
import Segmentation
import Testing

@testable import Checking

/// Rules that need one document alone.
@Suite struct DocumentRulesTests {
  @Test func forbiddenTermIsFoundAndThePreferredOneOffered() throws {
    let found = check(
      "The ⟦1⟧Gold Phoenix⟦2⟧ program.", glossary("Golden Phoenix; !Gold Phoenix | 金凤凰"))
    let diagnostic = try #require(found.only)
    #expect(diagnostic.rule == "forbidden-term")
    #expect(diagnostic.severity == .error)
    #expect(diagnostic.message == "“Gold Phoenix” is forbidden: write “Golden Phoenix”")
    #expect(diagnostic.expected == ["Golden Phoenix"])
    #expect(diagnostic.replacement == "Golden Phoenix")
    #expect(diagnostic.concept == "c1")
  }

  @Test func deprecatedTermIsNamedAsSuch() throws {
    let found = check(
      "on ⟦1⟧Guangyang Island⟦2⟧.", glossary("Guangyang Isle; ~Guangyang Island | 广阳岛"))
    #expect(
      try #require(found.only).message == "“Guangyang Island” is deprecated: write “Guangyang Isle”"
    )
  }

  @Test func inflectedForbiddenTermHasNoBlindReplacement() throws {
    let found = check("three ⟦1⟧Orchard Ports⟦2⟧", glossary("Guoyuan Port; !Orchard Port | 果园港"))
    #expect(try #require(found.only).replacement == nil)
  }

  @Test func possessiveEndingIsNoPartOfTheFinding() throws {
    let found = check("⟦1⟧Orchard Port⟦2⟧'s cranes", glossary("Guoyuan Port; !Orchard Port | 果园港"))
    #expect(try #require(found.only).replacement == "Guoyuan Port")
  }

  @Test func forbiddenTermInsideALongerAcceptedOneIsNone() {
    let terms = glossary("Belt Road; !Economic Belt | 带", "Yangtze Economic Belt | 长江经济带")
    #expect(check("the Yangtze Economic Belt", terms).isEmpty)
  }

  @Test func forbiddenSpellingOfAnAcceptedTermWinsOverStyle() throws {
    let found = check("your ⟦1⟧Email⟦2⟧", glossary("email; !Email | 邮件"))
    #expect(try #require(found.only).rule == "forbidden-term")
    #expect(check("your email", glossary("email; !Email | 邮件")).isEmpty)
  }

  @Test func styleNamesTheDifference() throws {
    let terms = glossary("Western (Chongqing) Science City | 西部（重庆）科学城")
    let width = check("在⟦1⟧西部(重庆)科学城⟦2⟧。", terms, .simplifiedChinese)
    #expect(try #require(width.only).rule == "term-style")
    #expect(try #require(width.only).severity == .warning)
    #expect(
      try #require(width.only).message
        == "“西部(重庆)科学城” differs from the term in the width of its characters: write “西部（重庆）科学城”")
    let script = check("在⟦1⟧西部（重慶）科學城⟦2⟧。", terms, .simplifiedChinese)
    #expect(try #require(script.only).message.contains("script"))
    let letters = check("the ⟦1⟧Western (Chongqing) science city⟦2⟧", terms)
    #expect(try #require(letters.only).replacement == "Western (Chongqing) Science City")
  }

  @Test func lowerCaseTermMayStartASentenceOrAQuotation() {
    let terms = glossary("rural revitalization | 乡村振兴")
    #expect(check("Rural revitalization comes first.", terms).isEmpty)
    #expect(check("He said: “Rural revitalization comes first.”", terms).isEmpty)
    #expect(check("We want Rural revitalization.", terms).count == 1)
  }

  @Test func headingMayBeSetInCapitals() {
    let terms = glossary("rural revitalization | 乡村振兴")
    let heading = MarkedText("A Plan for Rural Revitalization")
      .document("a.md", .english, kind: .heading(level: 1))
    #expect(checker(terms).check(heading).isEmpty)
    #expect(check("A Plan for Rural Revitalization", terms).count == 1)
  }

  @Test func codeAndAddressesAreNotChecked() {
    var text = MarkedText("see Gold Phoenix and Gold Phoenix").document("a.md", .english)
    text.prose.literals = [4..<16]
    let found = checker(glossary("Golden Phoenix; !Gold Phoenix | 金凤凰")).check(text)
    #expect(found.map(\.location.range) == [21..<33])
  }

  @Test func rulesCanBeSwitchedOffOrTurnedDown() {
    var settings = RuleSettings()
    settings[.forbiddenTerm] = nil
    settings[.termStyle] = .info
    let terms = glossary("Golden Phoenix; !Gold Phoenix | 金凤凰")
    let checker = Checker(termbase: terms, languages: [.english], settings: settings)
    let found = checker.check(MarkedText("Gold Phoenix, golden phoenix").document("a", .english))
    #expect(found.map(\.rule) == ["term-style"])
    #expect(found.map(\.severity) == [.info])
  }

  @Test func proposedTermsAreNotLookedFor() {
    #expect(check("a golden Phoenix", glossary("?Golden Phoenix | ?金凤凰")).isEmpty)
  }

  /// Checks a text whose finding lies between marks 1 and 2, where it has some.
  private func check(
    _ marked: String, _ terms: Termbase, _ language: LanguageTag = .english
  ) -> [Diagnostic] {
    let text = MarkedText(marked)
    let found = checker(terms).check(text.document("a.md", language))
    if let first = found.first, !text.marks.isEmpty {
      #expect(first.location.range == text[1, 2])
    }
    return found
  }

  private func checker(_ terms: Termbase) -> Checker {
    Checker(termbase: terms, languages: [.english, .simplifiedChinese])
  }
}

extension Array {
  /// The element of a list of one.
  var only: Element? { count == 1 ? first : nil }
}
