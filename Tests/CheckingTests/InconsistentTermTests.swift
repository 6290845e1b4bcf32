import Bitext
import Segmentation
import Testing

@testable import Checking

@Suite struct InconsistentTermTests {
  private let peg = glossary("Linked Exchange Rate System; currency peg | 联系汇率制度")

  @Test func placesOfTheOtherTermAreReportedWithThoseOfThePreferredOne() throws {
    let text = MarkedText(
      "The ⟦1⟧Linked Exchange Rate System⟦2⟧ is stable. The ⟦3⟧currency peg⟦4⟧ will stay.")
    let diagnostic = try #require(check([text], peg).only)
    #expect(diagnostic.rule == "inconsistent-term")
    #expect(diagnostic.severity == .warning)
    #expect(diagnostic.location == Location(file: "0", range: text[3, 4]))
    #expect(diagnostic.found == "currency peg")
    #expect(diagnostic.expected == ["Linked Exchange Rate System"])
    #expect(diagnostic.related.map(\.location) == [Location(file: "0", range: text[1, 2])])
    #expect(
      diagnostic.message == "“currency peg” here and “Linked Exchange Rate System” elsewhere in "
        + "this document: write “Linked Exchange Rate System” throughout")
  }

  @Test func acrossDocumentsTheFirstPlaceIsARemark() {
    let found = check(
      [
        MarkedText("The Linked Exchange Rate System is stable."),
        MarkedText("The currency peg will stay. We like the currency peg."),
      ], peg)
    #expect(found.map(\.severity) == [.info])
    #expect(found.map(\.location.file) == ["1"])
    #expect(found.first?.related.map(\.location.file) == ["0"])
  }

  @Test(arguments: [
    // The only term of all, an inflected form, and a heading.
    (["The currency peg will stay. The currency pegs stay."], 0),
    (["The currency peg will stay.", "A currency peg is good."], 0),
    (["The Linked Exchange Rate System and Linked Exchange Rate Systems"], 0),
  ])
  func oneTermIsNoInconsistency(_ texts: [String], _ count: Int) {
    #expect(check(texts.map(MarkedText.init), peg).count == count)
  }

  @Test func headingsDoNotCount() {
    let text = MarkedText("Linked Exchange Rate System and currency peg")
    #expect(check([text], peg, kind: .heading(level: 1)).isEmpty)
    #expect(check([text], peg).count == 1)
  }

  @Test(arguments: [
    ("Exchange Fund; the Fund", "The Exchange Fund grew. The Fund earned five per cent.", 0),
    ("Exchange Fund; the Fund", "The Fund earned five per cent. The Exchange Fund grew.", 1),
    ("Hong Kong Monetary Authority; HKMA", "The Hong Kong Monetary Authority. The HKMA.", 0),
    ("HKMA; Hong Kong Monetary Authority", "The Hong Kong Monetary Authority. The HKMA.", 0),
    ("freight train; Railway Express", "A freight train left. The Railway Express left.", 1),
  ])
  func shortFormMayFollowTheFullOne(_ terms: String, _ text: String, _ count: Int) {
    #expect(check([MarkedText(text)], glossary("\(terms) | 某物")).count == count)
  }

  @Test func termsOfTwoConceptsAreNotMixedUp() {
    let terms = glossary("director; head | 主任", "chief; head | 首长")
    #expect(check([MarkedText("The director and the head")], terms).isEmpty)
  }

  @Test func atMostFivePlacesAreRelated() {
    let text = MarkedText(
      String(repeating: "The Linked Exchange Rate System. ", count: 9) + "The currency peg.")
    #expect(check([text], peg).map(\.related.count) == [5])
  }

  @Test func sameFactsGiveTheSameFindingsInAnyNumberOfRuns() {
    let texts = [MarkedText("A currency peg."), MarkedText("A Linked Exchange Rate System.")]
    #expect(check(texts, peg) == check(texts, peg))
  }

  private func check(
    _ texts: [MarkedText], _ terms: Termbase, kind: BlockKind = .paragraph
  ) -> [Diagnostic] {
    let checker = Checker(termbase: terms, languages: [.english, .simplifiedChinese])
    let facts = texts.enumerated().map { index, text in
      checker.examine(text.document(String(index), .english, kind: kind)).facts
    }
    return checker.conclude(facts).of(.inconsistentTerm)
  }
}
