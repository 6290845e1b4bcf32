import Bitext
import Segmentation
import Testing

@testable import Checking

@Suite struct InconsistentRenderingTests {
  @Test func minorityRenderingIsReportedWithBothSidesAndTheUsualPlaces() throws {
    let found = try #require(
      check("金凤凰", usual: ("Golden Phoenix", 7), other: ("Gold Phoenix", 1)).only)
    #expect(found.rule == "inconsistent-rendering")
    #expect(found.severity == .warning)
    #expect(found.message == "“Gold Phoenix” for 金凤凰 here; “Golden Phoenix” in 7 of 8 places")
    #expect(found.location == Location(file: "en", range: 100..<112))
    #expect(found.source?.location == Location(file: "zh", range: 100..<109))
    #expect(found.term == "金凤凰")
    #expect(found.found == "Gold Phoenix")
    #expect(found.expected == ["Golden Phoenix"])
    #expect(found.replacement == nil)
    #expect(found.related.count == 5)
    #expect(found.context == "a bead with Gold Phoenix")
  }

  @Test(arguments: [
    // A part of it, its plural, its abbreviation, and the name behind an abbreviation.
    ("Golden Phoenix", "Phoenix"), ("Golden Phoenix", "golden phoenixes"),
    ("Hong Kong Monetary Authority", "HKMA"), ("HKMA", "Hong Kong Monetary Authority"),
    ("Golden Phoenix", "the Golden Phoenix program"),
    ("authorized institutions", "AIs"), ("co-operation", "cooperation"), ("Sandbox", "FSS"),
  ])
  func variantsOfTheUsualRenderingAreSilent(usual: String, other: String) {
    #expect(check("金凤凰", usual: (usual, 9), other: (other, 1)).isEmpty)
  }

  @Test func commonNounsNeedWeightAndAWordInCommon() {
    func found(_ usual: Int, _ text: String, _ other: Int) -> Int {
      check(
        "高质量发展", usual: ("high-quality development", usual), other: (text, other), isName: false
      ).count
    }
    #expect(found(8, "quality-driven development", 1) == 1)
    // Neither is the usual one.
    #expect(found(7, "quality-driven development", 2) == 0)
    #expect(found(3, "quality-driven development", 1) == 0)
    // Nothing in common: most often the alignment is wrong, unless it recurs.
    #expect(found(8, "better growth", 1) == 0)
    #expect(found(8, "better growth", 2) == 1)
    // Words of one family.
    #expect(found(8, "high quality developments", 1) == 0)
  }

  @Test func derivedFormsOfACommonNounAreOneRendering() {
    #expect(
      check(
        "金融稳定", usual: ("financial stability", 9), other: ("stability of finance", 1), isName: false
      )
      .isEmpty)
  }

  @Test func namesAreReportedFromThreePlacesOn() {
    #expect(check("金凤凰", usual: ("Golden Phoenix", 2), other: ("Gold Phoenix", 1)).isEmpty)
    #expect(check("金凤凰", usual: ("Golden Phoenix", 3), other: ("Gold Phoenix", 1)).count == 1)
    #expect(check("金凤凰", usual: ("Golden Phoenix", 3), other: ("Gold Phoenix", 3)).isEmpty)
  }

  @Test func uncertainRenderingsAreSilent() {
    #expect(
      check("金凤凰", usual: ("Golden Phoenix", 7), other: ("Gold Phoenix", 1), share: 0.2).isEmpty)
  }

  @Test func whatTheGlossaryHasIsLeftToOtherRules() {
    let terms = glossary("Golden Phoenix | 金凤凰")
    #expect(
      check("金凤凰", usual: ("Golden Phoenix", 7), other: ("Gold Phoenix", 1), terms: terms).isEmpty)
    // A term with a known part is not known.
    #expect(
      check(
        "金凤凰计划", usual: ("Golden Phoenix Plan", 7), other: ("Gold Phoenix Plan", 1), terms: terms
      ).count == 1)
  }

  @Test func whatWasLeftInTheSourcesWordsIsNoOtherRendering() {
    #expect(check("Golden Phoenix", usual: ("金凤凰", 9), other: ("Golden Phoenix", 1)).isEmpty)
  }

  @Test func commonNounsAreRemarks() throws {
    let found = try #require(
      check(
        "高质量发展", usual: ("high-quality development", 8), other: ("quality-driven development", 1),
        isName: false
      ).only)
    #expect(found.severity == .info)
  }

  @Test func ruleCanBeSwitchedOff() {
    var settings = RuleSettings()
    settings[.inconsistentRendering] = nil
    #expect(
      check("金凤凰", usual: ("Golden Phoenix", 7), other: ("Gold Phoenix", 1), settings: settings)
        .isEmpty)
  }

  private func check(
    _ term: String, usual: (String, Int), other: (String, Int), isName: Bool = true,
    share: Double = 0.9, terms: Termbase = Termbase(), settings: RuleSettings = RuleSettings()
  ) -> [Diagnostic] {
    func rendering(_ text: String, _ count: Int, places: Int, share: Double) -> MinedTerm.Rendering
    {
      let places = (0..<places).map { index in
        let start = 100 + index * 50
        return MinedTerm.Place(
          source: Diagnostic.Evidence(
            location: Location(file: "zh", range: start..<start + term.utf8.count), text: term),
          target: Diagnostic.Evidence(
            location: Location(file: "en", range: start..<start + text.utf8.count), text: text),
          context: "a bead with \(text)")
      }
      return MinedTerm.Rendering(
        text: text, count: count, share: share, isName: isName, places: places)
    }
    let mined = MinedTerm(
      term: term, sourceLanguage: .simplifiedChinese, targetLanguage: .english,
      renderings: [
        rendering(usual.0, usual.1, places: min(5, usual.1), share: 1),
        rendering(other.0, other.1, places: 1, share: share),
      ])
    return Checker(
      termbase: terms, languages: [.english, .simplifiedChinese], settings: settings
    ).check([mined])
  }
}
