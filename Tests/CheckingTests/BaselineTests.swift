import Bitext
import Segmentation
import Testing

@testable import Checking

@Suite struct BaselineTests {
  private let none = ReportsTests.Sources(files: [:])

  @Test func whatTheBaselineHoldsIsNotNew() {
    let old = [finding("a.md", "one"), finding("a.md", "two"), finding("b.md", "one")]
    let baseline = updated(Baseline(), old)
    #expect(baseline.count == 3)
    let again = compare(baseline, old)
    #expect(again.new.isEmpty)
    #expect(again.known == 3)
    #expect(again.obsolete.isEmpty)
    #expect(again.updated == baseline)
  }

  @Test func linesThatMovedWakeNothing() {
    let baseline = updated(Baseline(), [finding("a.md", "one", at: 10)])
    #expect(compare(baseline, [finding("a.md", "one", at: 500)]).new.isEmpty)
  }

  @Test func spacesCaseAndWidthAroundAFindingDoNotMatter() {
    let baseline = updated(Baseline(), [finding("a.md", "The Plan (new) of 2025年")])
    #expect(compare(baseline, [finding("a.md", "the plan （new） of 2025 年")]).new.isEmpty)
  }

  @Test func otherTermRuleOrContextIsNew() {
    let baseline = updated(Baseline(), [finding("a.md", "one")])
    var other = finding("a.md", "one")
    other.term = "else"
    var rule = finding("a.md", "one")
    rule.rule = "term-style"
    let found = compare(baseline, [other, rule, finding("a.md", "one more")])
    #expect(found.new.count == 3)
    #expect(found.obsolete.map(\.excerpt) == ["one"])
  }

  @Test func movedFileKeepsItsEntries() {
    let baseline = updated(Baseline(), [finding("old.md", "one"), finding("old.md", "two")])
    let moved = compare(
      baseline, [finding("new.md", "one"), finding("new.md", "two")], gone: ["old.md"])
    #expect(moved.new.isEmpty)
    #expect(Set(moved.updated.entries.map(\.file)) == ["new.md"])
  }

  @Test func copyOfAKnownFindingIsNew() {
    let baseline = updated(Baseline(), [finding("b.md", "one")])
    // The copy comes first in the order of files, and the old one is known all the same.
    let found = compare(baseline, [finding("a.md", "one"), finding("b.md", "one")])
    #expect(found.new.map(\.location.file) == ["a.md"])
    // A file that was not looked at this time keeps its own.
    let alone = baseline.compare(
      [finding("a.md", "one")], none, name: { $0 }, isCurrent: { $0 == "a.md" })
    #expect(alone.new.count == 1)
  }

  @Test func equalFindingsAreCounted() {
    let twice = [finding("a.md", "one", at: 0), finding("a.md", "one", at: 50)]
    let baseline = updated(Baseline(), twice)
    #expect(baseline.entries.map(\.count) == [2])
    #expect(compare(baseline, twice + [finding("a.md", "one", at: 90)]).new.count == 1)
    let once = compare(baseline, [twice[0]])
    #expect(once.obsolete.map(\.count) == [1])
    #expect(once.updated.count == 1)
  }

  @Test func entriesOfFilesThatWereNotCheckedStay() {
    let baseline = updated(Baseline(), [finding("a.md", "one"), finding("b.md", "two")])
    let found = baseline.compare([], none, name: { $0 }, isCurrent: { $0 == "a.md" })
    #expect(found.obsolete.map(\.file) == ["a.md"])
    #expect(found.updated.entries.map(\.file) == ["b.md"])
  }

  @Test func twoBranchesMayBringTheSameEntry() {
    let entry = Baseline.Entry(
      file: "a.md", rule: "r", term: "t", context: "0", excerpt: "x", count: 2)
    #expect(Baseline(entries: [entry, entry]).entries == [entry])
  }

  @Test func orderOfFindingsDoesNotMatterForTheFile() {
    let findings = (0..<40).map { finding("f\($0 % 7).md", "context \($0 % 11)") }
    let sorted = updated(Baseline(), findings)
    #expect(updated(Baseline(), findings.reversed()) == sorted)
    #expect(updated(Baseline(), Array(findings[13...] + findings[..<13])) == sorted)
  }

  // MARK: Fingerprints

  @Test func fingerprintsOfEqualFindingsDifferAndStay() {
    var first = FingerprintCounter()
    var second = FingerprintCounter()
    let names = [0, 50].map { first.next(finding("a.md", "one", at: $0), none) }
    #expect(Set(names).count == 2)
    #expect([7, 9].map { second.next(finding("z.md", "one", at: $0), none) } == names)
    // What other programs keep must not change from version to version.
    #expect(names == ["52a136dee2d0806a", "52a137dee2d0821d"])
  }

  @Test func hashIsTheOneOfThePaper() {
    // From the reference vectors of FNV-1a with 64 bits.
    #expect(StableHash(of: []).text == "cbf29ce484222325")
    #expect(StableHash(of: Array("a".utf8)).text == "af63dc4c8601ec8c")
    #expect(StableHash(of: Array("foobar".utf8)).text == "85944171f73967e8")
  }

  @Test func findingWithoutContextIsKnownByItsLine() {
    let sources = ReportsTests.Sources(files: ["a.md": "first\nthe second line\n"])
    let bare = Diagnostic(
      rule: "missing-term", severity: .error, message: "",
      location: Location(file: "a.md", range: 10..<12), term: "term")
    #expect(FindingKey(bare, sources) == FindingKey(finding("b.md", "the second line"), sources))
  }

  // MARK: What stands around a finding

  @Test func contextIsTheSegmentAndInAPairBothSides() throws {
    let terms = glossary("Golden Phoenix; !Gold Phoenix | 金凤凰")
    let checker = Checker(termbase: terms, languages: [.english, .simplifiedChinese])
    let text = MarkedText("One here.|The Gold Phoenix.|Three.").document("a.md", .english)
    #expect(checker.check(text).map(\.context) == ["The Gold Phoenix."])
    let pair = ParallelText(
      source: MarkedText("甲。|金凤凰。").document("zh", .simplifiedChinese),
      target: MarkedText("One.|It came. So.").document("en", .english),
      beads: [
        Bead(source: 0..<1, target: 0..<1, score: 1), Bead(source: 1..<2, target: 1..<2, score: 1),
      ])
    #expect(
      checker.check(pair, direction: .forward).map(\.context) == ["It came. So.\n金凤凰。"])
  }

  @Test func contextOfAHugeSegmentIsWhatStandsNear() throws {
    let terms = glossary("Golden Phoenix; !Gold Phoenix | 金凤凰")
    let checker = Checker(termbase: terms, languages: [.english])
    let filler = String(repeating: "汉字 ", count: 5000)
    let text = MarkedText(filler + "Gold Phoenix " + filler).document("a.md", .english)
    let context = try #require(checker.check(text).first?.context)
    #expect(context.contains("Gold Phoenix"))
    #expect(context.utf8.count <= 600)
    #expect(!context.contains("\u{FFFD}"))
  }

  @Test func segmentsAreFoundInAnyOrderOfTheFile() {
    // The prose holds second what the file holds first.
    var positions = PositionMap()
    positions.append(text: 0, source: 100, count: 5)
    positions.append(text: 6, source: 0, count: 5)
    let prose = Prose(
      file: "a", language: .english, utf8: Array("later\nfirst\n".utf8),
      blocks: [Block(range: 0..<5, kind: .paragraph), Block(range: 6..<11, kind: .paragraph)],
      positions: positions)
    let context = FindingContext(
      SegmentedText(
        prose: prose, segments: [Segment(range: 0..<5, block: 0), Segment(range: 6..<11, block: 1)]
      ))
    #expect(context.text(at: 1..<3) == "first")
    #expect(context.text(at: 102..<105) == "later")
    #expect(context.text(at: 5..<5) == "first")
    #expect(context.text(at: 50..<60) == nil)
    #expect(context.text(at: 0..<0) == "first")
  }

  // MARK: Tools

  private func finding(_ file: String, _ context: String, at offset: Int = 0) -> Diagnostic {
    Diagnostic(
      rule: "missing-term", severity: .error, message: "m",
      location: Location(file: file, range: offset..<offset + 3), term: "term", context: context)
  }

  private func compare(
    _ baseline: Baseline, _ diagnostics: [Diagnostic], gone: Set<String> = []
  ) -> Baseline.Comparison {
    let checked = Set(diagnostics.map(\.location.file) + baseline.entries.map(\.file))
    return baseline.compare(diagnostics, none, name: { $0 }) {
      checked.contains($0) || gone.contains($0)
    }
  }

  private func updated(_ baseline: Baseline, _ diagnostics: [Diagnostic]) -> Baseline {
    compare(baseline, diagnostics).updated
  }
}
