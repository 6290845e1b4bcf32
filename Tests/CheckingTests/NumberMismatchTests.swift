import Bitext
import Segmentation
import TestSupport
import Testing

@testable import Checking

@Suite struct NumberMismatchTests {
  @Test func numberWithAnotherValueIsShownOnBothSides() throws {
    let source = MarkedText("全年投资⟦1⟧300亿元⟦2⟧。")
    let target = MarkedText("It invested ⟦1⟧3 billion yuan⟦2⟧ in all.")
    let diagnostic = try #require(check(source, target).only)
    #expect(diagnostic.rule == "number-mismatch")
    #expect(diagnostic.severity == .warning)
    #expect(diagnostic.location == Location(file: "en", range: target[1, 2]))
    #expect(diagnostic.source?.location == Location(file: "zh", range: source[1, 2]))
    #expect(diagnostic.source?.text == "300亿元")
    #expect(diagnostic.term == "300亿元")
    #expect(diagnostic.found == "3 billion yuan")
    #expect(diagnostic.expected == ["30 billion yuan", "300亿元"])
    #expect(
      diagnostic.message == "“3 billion yuan” stands here for “300亿元”: expected 30 billion yuan")
    #expect(diagnostic.replacement == nil)
  }

  @Test func numberThatWasLeftOutPointsAtTheWholeTarget() throws {
    let source = MarkedText("种树⟦1⟧1,164棵⟦2⟧。")
    let target = MarkedText("⟦1⟧Trees were planted.⟦2⟧")
    let diagnostic = try #require(check(source, target).only)
    #expect(diagnostic.location == Location(file: "en", range: target[1, 2]))
    #expect(diagnostic.source?.location.range == source[1, 2])
    #expect(diagnostic.found == nil)
    #expect(diagnostic.expected == ["1,164", "1,164棵"])
    #expect(diagnostic.message == "“1,164棵” has no counterpart here: expected 1,164")
  }

  @Test func numberThatTheTranslationAddsPointsAtIt() throws {
    let source = MarkedText("⟦1⟧种树。⟦2⟧")
    let target = MarkedText("They planted ⟦1⟧1,164⟦2⟧ trees.")
    let diagnostic = try #require(check(source, target).only)
    #expect(diagnostic.location.range == target[1, 2])
    #expect(diagnostic.source?.location.range == source[1, 2])
    #expect(diagnostic.term == "1,164")
    #expect(diagnostic.found == "1,164")
    #expect(diagnostic.expected.isEmpty)
    #expect(diagnostic.message == "“1,164” has no counterpart in the source")
  }

  @Test(
    arguments: [
      ("人均5公里", "6 km a head", Severity.warning), ("共13棵", "trees", .warning),
      ("共5棵", "trees", .info), ("共5吨", "it weighs much", .warning),
      ("2015年的树", "the tree", .info), ("5月3日的树", "the tree", .warning),
      ("树", "the tree of 2015", .info), ("共五棵", "trees", .info), ("共五棵", "six trees", .warning),
    ] as [(String, String, Severity)])
  func severitySaysHowSureItIs(_ source: String, _ target: String, _ severity: Severity) {
    #expect(check(source, target).map(\.severity) == [severity])
  }

  @Test func smallNumberThatTheTranslationAddsIsForTheReader() {
    #expect(check("开放一所，另有两所", "One opens, then two more: 3 in all").isEmpty)
    #expect(check("见表3", "see the table").count == 1)
    #expect(check("3 in all", "共", languages: (.english, .simplifiedChinese)).count == 1)
    #expect(check("一所开放", "10 open").count == 1)
  }

  @Test func doubtfulBeadOnlyRemarks() {
    let beads = [Bead(source: 0..<1, target: 0..<1, score: 0.3)]
    #expect(check("投资300亿元", "3 billion yuan", beads: beads).map(\.severity) == [.info])
    #expect(
      check("投资300亿元", "3 billion yuan", beads: beads, isAligned: false).map(\.severity)
        == [.warning])
  }

  @Test func numberThatMovedToTheNextBeadIsInItsPlace() {
    let beads = [
      Bead(source: 0..<1, target: 0..<1, score: 1), Bead(source: 1..<2, target: 1..<2, score: 1),
    ]
    let (source, target) = ("种树1164棵。|大家都来。", "They planted trees.|All came for 1,164 of them.")
    #expect(check(source, target, beads: beads).isEmpty)
    #expect(check(target, source, beads: beads, languages: (.english, .simplifiedChinese)).isEmpty)
    // What a file says belongs together has nowhere to move to.
    #expect(check(source, target, beads: beads, isAligned: false).count == 2)
    // The next bead needs its own.
    #expect(check("种树1164棵。|来了1164人。", target, beads: beads).count == 1)
  }

  @Test func segmentWithoutCounterpartIsNotChecked() {
    #expect(check("共300棵", "", beads: [Bead(source: 0..<1, target: 0..<0, score: 1)]).isEmpty)
    let beads = [
      Bead(source: 0..<1, target: 0..<1, score: 1), Bead(source: 1..<1, target: 1..<2, score: 1),
    ]
    #expect(check("共300棵", "Trees.|300 of them.", beads: beads).isEmpty)
  }

  @Test func numbersInCodeNeedNoCounterpart() {
    var source = MarkedText("见 f300 和 400 处").document("zh", .simplifiedChinese)
    source.prose.literals = [4..<8, 13..<16]
    let target = MarkedText("see there").document("en", .english)
    #expect(check(source, target).isEmpty)
    // And yet they are one.
    let plain = MarkedText("see 400 there").document("en", .english)
    #expect(check(source, plain).isEmpty)
  }

  @Test func languagesWhoseNumbersAreUnknownAreNotChecked() throws {
    let french = try #require(LanguageTag("fr"))
    #expect(check("1.234,5 euros", "1,234.5 euros", languages: (french, .english)).isEmpty)
    #expect(check("共1234棵", "1235 arbres", languages: (.simplifiedChinese, french)).isEmpty)
  }

  @Test func ruleCanBeSwitchedOffAndNeedsNoTerms() {
    var settings = RuleSettings()
    settings[.numberMismatch] = .error
    #expect(check("共300棵", "31 trees", settings: settings).map(\.severity) == [.error])
    settings[.numberMismatch] = nil
    #expect(check("共300棵", "31 trees", settings: settings).isEmpty)
  }

  @Test func atMostThreeFindingsABead() {
    let source = (100..<140).map { "\($0)个" }.joined(separator: "，")
    let target = (200..<240).map { "\($0)" }.joined(separator: ", ")
    #expect(check(source, target).count == 3)
  }

  @Test func tenThousandNumbersInALineAreNeitherSlowNorClean() {
    let numbers = (10_000..<20_000).map { "\($0)个" }
    let same = (10_000..<20_000).map { "\($0)" }.joined(separator: "; ")
    #expect(check(numbers.joined(separator: "，"), same).isEmpty)
    #expect(!check(numbers.reversed().joined(separator: "，"), same + " 7777").isEmpty)
    let others = (30_000..<40_000).map { "\($0)" }.joined(separator: "; ")
    #expect(check(numbers.joined(separator: "，"), others).count == 3)
  }

  // MARK: -

  private func check(
    _ source: String, _ target: String, beads: [Bead]? = nil, isAligned: Bool = true,
    languages: (LanguageTag, LanguageTag) = (.simplifiedChinese, .english),
    settings: RuleSettings = RuleSettings()
  ) -> [Diagnostic] {
    check(
      MarkedText(source).document("zh", languages.0),
      MarkedText(target).document("en", languages.1),
      beads: beads, isAligned: isAligned, settings: settings)
  }

  private func check(_ source: MarkedText, _ target: MarkedText) -> [Diagnostic] {
    check(source.document("zh", .simplifiedChinese), target.document("en", .english))
  }

  private func check(
    _ source: SegmentedText, _ target: SegmentedText, beads: [Bead]? = nil, isAligned: Bool = true,
    settings: RuleSettings = RuleSettings()
  ) -> [Diagnostic] {
    let pair = ParallelText(
      source: source, target: target,
      beads: beads ?? [Bead(source: 0..<1, target: 0..<1, score: 1)], isAligned: isAligned)
    return Checker(termbase: Termbase(), languages: [], settings: settings)
      .check(pair, direction: .both)
      .filter { $0.rule == RuleName.numberMismatch.rawValue }
  }
}
