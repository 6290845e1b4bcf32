import Bitext
import Testing

@testable import Checking

@Suite struct WarnOnlyTests {
  private let termbase = Termbase(concepts: [
    Concept(
      id: "1",
      terms: [
        Term("Golden Phoenix", language: .english),
        Term("Gold Phoenix", language: .english, status: .forbidden),
      ]),
    Concept(
      id: "2",
      terms: [
        Term("phoenix hall", language: .english),
        Term("bird hall", language: .english, status: .forbidden),
      ]),
  ])

  private func severities(_ names: [String]) -> [String: Severity] {
    let checker = Checker(
      termbase: termbase, languages: [.english], warnOnly: WarnOnly(names, in: termbase))
    let text = "Gold Phoenix and bird hall."
    let bytes = Array(text.utf8)
    let prose = Prose(
      file: "a.md", language: .english, utf8: bytes + [0x0A],
      blocks: [Block(range: 0..<bytes.count, kind: .paragraph)],
      positions: PositionMap(verbatim: bytes.count))
    let found = checker.check(
      SegmentedText(prose: prose, segments: [Segment(range: 0..<bytes.count, block: 0)]))
    return Dictionary(
      found.map { ($0.concept ?? "", $0.severity) }, uniquingKeysWith: { first, _ in first })
  }

  @Test func namedConceptsWarnAtTheMost() {
    #expect(severities([]) == ["1": .error, "2": .error])
    #expect(severities(["1"]) == ["1": .warning, "2": .error])
    #expect(severities(["phoenix hall"]) == ["1": .error, "2": .warning])
    #expect(severities(["Gold Phoenix", "2"]) == ["1": .warning, "2": .warning])
  }

  @Test func namesOfNoConceptAreTold() {
    #expect(WarnOnly(["1", "3", "x", "3"], in: termbase).unknown == ["3", "x"])
  }

  @Test func lowerSeveritiesStay() {
    let list = WarnOnly(["1"], in: termbase)
    let remark = Diagnostic(
      rule: "x", severity: .info, message: "", location: Location(file: "a", range: 0..<1),
      concept: "1", term: "")
    #expect(list.weighed([remark]) == [remark])
  }
}
