import Bitext
import Segmentation
import TestSupport
import Testing

@testable import Checking

/// Rules about segments that recur in the documents of a run.
@Suite struct SegmentConsistencyTests {
  @Test func minorityTranslationIsReportedWithThePlacesOfTheMajority() throws {
    let target = MarkedText(
      "Save the file first.|⟦1⟧Please store this document.⟦2⟧|Save the file first.")
    let found = try #require(check("请先保存文件。|请先保存文件。|请先保存文件。", target).only)
    #expect(found.rule == "same-source-different-target")
    #expect(found.severity == .warning)
    #expect(found.location == Location(file: "b", range: target[1, 2]))
    #expect(found.source?.text == "请先保存文件。")
    #expect(found.found == "Please store this document.")
    #expect(found.expected == ["Save the file first."])
    #expect(found.related.map(\.location.range.lowerBound) == [0, 49])
    #expect(found.related.map(\.text) == ["Save the file first.", "Save the file first."])
    #expect(
      found.message
        == "“请先保存文件。” is translated otherwise in 2 other places: “Save the file first.”")
  }

  @Test func ofTwoTheLaterIsReported() throws {
    let found = try #require(check("请先保存文件。|请先保存文件。", MarkedText("Save it.|Store it.")).only)
    #expect(found.found == "Store it.")
  }

  @Test(arguments: [
    ("请先保存文件。|请先保存文件", "Save the file first.|save the “Files” first"),
    ("保存。|保存。", "Save it now.|Store it now."), ("2026|2026", "in 2026|2026 now"),
  ])
  func whatIsTheSameByKeyOrTooShortIsSilent(source: String, target: String) {
    #expect(check(source, MarkedText(target)).isEmpty)
  }

  @Test func doubtfulBeadsSayNothing() {
    let beads = [
      Bead(source: 0..<1, target: 0..<1, score: 1), Bead(source: 1..<2, target: 1..<2, score: 0.4),
    ]
    #expect(check("请先保存文件。|请先保存文件。", MarkedText("Save it.|Store it."), beads: beads).isEmpty)
  }

  @Test func sameTargetOfTwoSourcesIsARemark() throws {
    let target = MarkedText("Save the file first.|⟦1⟧Save the file first.⟦2⟧")
    let found = try #require(check("请先保存文件。|请先关闭文件。", target).only)
    #expect(found.rule == "same-target-different-source")
    #expect(found.severity == .info)
    #expect(found.location.range == target[1, 2])
    #expect(
      found.message
        == "“Save the file first.” also translates another source in 1 other place: “请先保存文件。”")
  }

  @Test func documentsOfARunAreComparedWithEachOther() throws {
    let checker = Checker(termbase: Termbase(), languages: [])
    let facts = ["Save it now.", "Save it now.", "Store it now."].enumerated().map {
      checker.examine(pair("请先保存文件。", MarkedText($1), number: $0), direction: .forward).facts
    }
    let found = try #require(checker.conclude(facts).only)
    #expect(found.location.file == "b2")
    #expect(found.related.map(\.location.file) == ["b0", "b1"])
    #expect(found.message == "the same source segment is translated otherwise in 2 other places")
    #expect(checker.conclude(facts) == checker.conclude(facts))
  }

  @Test func languagesAreComparedByThemselves() {
    let checker = Checker(termbase: Termbase(), languages: [])
    let french = LanguageTag("fr") ?? .english
    let facts = [
      checker.examine(pair("请先保存文件。", MarkedText("Save it now.")), direction: .forward).facts,
      checker.examine(
        pair("请先保存文件。", MarkedText("Enregistrez le fichier."), target: french), direction: .forward
      )
      .facts,
    ]
    #expect(checker.conclude(facts).isEmpty)
  }

  @Test func rulesThatAreOffKeepNoFacts() {
    var settings = RuleSettings()
    settings[.sameSourceDifferentTarget] = nil
    settings[.sameTargetDifferentSource] = nil
    let checker = Checker(termbase: Termbase(), languages: [], settings: settings)
    let examination = checker.examine(pair("请先保存文件。", MarkedText("Save it.")), direction: .forward)
    #expect(examination.facts == CheckFacts())
  }

  /// Against a dictionary of whole texts.
  @Test func findingsAgreeWithANaiveComparison() {
    var random = SeededGenerator(seed: 7)
    let checker = Checker(termbase: Termbase(), languages: [])
    for _ in 0..<200 {
      let beads = (0..<1 + random.below(12)).map { _ in
        (
          source: random.pick(["请先保存文件", "请先关闭文件", "请先打开文件"]),
          target: random.pick(["save it now", "store it here", "keep that there"])
        )
      }
      let found = checker.check(
        pair(
          beads.map(\.source).joined(separator: "|"),
          MarkedText(beads.map(\.target).joined(separator: "|"))),
        direction: .forward)
      for (rule, own, other) in [
        ("same-source-different-target", beads.map(\.source), beads.map(\.target)),
        ("same-target-different-source", beads.map(\.target), beads.map(\.source)),
      ] {
        #expect(found.count { $0.rule == rule } == naive(own, other), "\(beads)")
      }
    }
  }

  private func naive(_ own: [String], _ other: [String]) -> Int {
    var minority = 0
    for text in Set(own) {
      let partners = own.indices.filter { own[$0] == text }.map { other[$0] }
      let most = Set(partners).map { partner in partners.count { $0 == partner } }.max() ?? 0
      minority += partners.count - most
    }
    return minority
  }

  private func pair(
    _ source: String, _ target: MarkedText, beads: [Bead]? = nil, number: Int? = nil,
    target language: LanguageTag = .english
  ) -> ParallelText {
    let suffix = number.map(String.init) ?? ""
    let left = MarkedText(source).document("a" + suffix, .simplifiedChinese)
    return ParallelText(
      source: left, target: target.document("b" + suffix, language),
      beads: beads
        ?? left.segments.indices.map {
          Bead(source: $0..<$0 + 1, target: $0..<$0 + 1, score: 1)
        }, isAligned: false)
  }

  private func check(_ source: String, _ target: MarkedText, beads: [Bead]? = nil) -> [Diagnostic] {
    Checker(termbase: Termbase(), languages: [])
      .check(pair(source, target, beads: beads), direction: .forward)
  }
}
