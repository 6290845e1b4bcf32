import Bitext
import Testing

@Suite struct ConceptTests {
  private let bridge = Concept(
    id: "bridge",
    terms: [
      Term("bridge", language: .english),
      Term("overpass", language: .english, status: .forbidden),
      Term("桥梁", language: .simplifiedChinese),
    ],
    domain: "transport", definition: "carries a road over \"something\"", note: nil,
    source: "report.md",
    created: Change(date: "2026-05-18T09:30:00Z", author: "Li"),
    changed: Change(date: "2026-05-19T10:00:00Z"))

  /// Other programs read this text: a member that moves or goes is a breach.
  @Test func writesTheShapeThatProgramsRelyOn() {
    #expect(
      bridge.json() == #"{"id":"bridge","domain":"transport","terms":["#
        + #"{"language":"en","text":"bridge","status":"preferred"},"#
        + #"{"language":"en","text":"overpass","status":"forbidden"},"#
        + #"{"language":"zh-Hans","text":"桥梁","status":"preferred"}],"#
        + #""definition":"carries a road over \"something\"","note":null,"source":"report.md","#
        + #""created":{"date":"2026-05-18T09:30:00Z","author":"Li"},"#
        + #""changed":{"date":"2026-05-19T10:00:00Z","author":null}}"#)
  }

  @Test func writesEachMemberOfABareConceptToo() {
    #expect(
      Concept(id: "1", terms: []).json()
        == #"{"id":"1","domain":null,"terms":[],"definition":null,"note":null,"source":null,"#
        + #""created":null,"changed":null}"#)
  }

  @Test func writesALanguageAsItWasSpelt() throws {
    let tag = try #require(LanguageTag("zh_CN"))
    let concept = Concept(id: "1", terms: [Term("桥", language: tag)])
    #expect(concept.json().contains(#""language":"zh_CN""#))
  }

  @Test func namesEachLanguageOnceInTheOrderOfTheTerms() throws {
    let spelling = try #require(LanguageTag("ZH-hans"))
    var concept = bridge
    concept.terms.insert(Term("大桥", language: spelling), at: 0)
    #expect(concept.languages == [.simplifiedChinese, .english])
  }

  @Test func onlyPreferredAndAdmittedTermsAreAccepted() {
    #expect(TermStatus.allCases.filter(\.isAccepted) == [.preferred, .admitted])
  }
}
