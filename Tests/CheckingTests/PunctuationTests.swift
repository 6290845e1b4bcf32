import Bitext
import Segmentation
import Testing

@testable import Checking

@Suite struct PunctuationTests {
  @Test func ruleIsOffUnlessAskedFor() {
    let text = MarkedText("园区开工,明年建成。。").document("a", .simplifiedChinese)
    #expect(Checker(termbase: Termbase(), languages: []).check(text).isEmpty)
  }

  /// A text with the one fault between its marks, and what should stand there.
  @Test(arguments: [
    ("园区开工⟦1⟧,⟦2⟧明年建成。", "，"), ("园区开工⟦1⟧, ⟦2⟧明年建成。", "，"), ("园区开工了⟦1⟧.⟦2⟧", "。"),
    ("开工了吗⟦1⟧?⟦2⟧", "？"), ("如下⟦1⟧: ⟦2⟧“一”", "："), ("建成⟦1⟧。。⟦2⟧", "。"), ("建成⟦1⟧，，⟦2⟧大家", "，"),
    ("建成了⟦1⟧...⟦2⟧大家来", "……"), ("建成了⟦1⟧。。。⟦2⟧", "……"),
  ])
  func faultInChineseIsFoundAtItsPlaceWithItsFix(marked: String, replacement: String) throws {
    let text = MarkedText(marked)
    let found = try #require(check(text, .simplifiedChinese).only)
    #expect(found.rule == "punctuation")
    #expect(found.location.range == text[1, 2])
    #expect(found.replacement == replacement)
    #expect(found.context == text.text)
  }

  @Test(arguments: [
    ("the park⟦1⟧，⟦2⟧which opened", ", "), ("the park⟦1⟧。⟦2⟧", "."), ("the park⟦1⟧,,⟦2⟧ it", ","),
  ])
  func faultInEnglishIsFoundAtItsPlaceWithItsFix(marked: String, replacement: String) throws {
    let text = MarkedText(marked)
    let found = try #require(check(text, .english).only)
    #expect(found.location.range == text[1, 2])
    #expect(found.replacement == replacement)
  }

  @Test func bracketsAreWidenedInPairs() {
    let found = check(MarkedText("园区(一期)开工"), .simplifiedChinese)
    #expect(found.map(\.replacement) == ["（", "）"])
  }

  @Test(arguments: [
    "园区（一期）开工，明年建成……", "3,000人", "比分为3:2", "版本3.12发布", "约翰.史密斯来了", "真的？！", "（一）园区", "1) 园区",
    "见 a.b(c) 和 os.path", "「园区」和『桥』、《报》", "等等……",
  ])
  func goodChineseIsSilent(text: String) {
    #expect(check(MarkedText(text), .simplifiedChinese).map(\.message) == [])
  }

  @Test(arguments: [
    "The park (phase 1) opened... later: 3,000 came.", "a) first", "“To be continued",
    "It’s ‘new’.",
    "园区，the park", "e.g., this", "Wait!! What??",
  ])
  func goodEnglishIsSilent(text: String) {
    #expect(check(MarkedText(text), .english).map(\.message) == [])
  }

  @Test func unpairedMarksAreReportedBothWays() {
    let open = MarkedText("⟦1⟧（⟦2⟧园区开工")
    #expect(check(open, .simplifiedChinese).map(\.location.range) == [open[1, 2]])
    let close = MarkedText("园区已经开工⟦1⟧」⟦2⟧")
    #expect(check(close, .simplifiedChinese).map(\.location.range) == [close[1, 2]])
    // One width may close the other: that is a matter of width.
    #expect(check(MarkedText("（see)"), .english).count == 1)
  }

  @Test func spacesFollowTheHabitOfTheText() throws {
    let text = MarkedText("用 Swift 写，用 Rust 写，用⟦1⟧⟦2⟧Go 写。")
    let missing = try #require(check(text, .simplifiedChinese).only)
    #expect(missing.location.range == text[1, 2])
    #expect(missing.replacement == " ")
    let tight = MarkedText("用Swift写，用Rust写，用⟦1⟧ ⟦2⟧Go写。")
    let extra = try #require(check(tight, .simplifiedChinese).only)
    #expect(extra.location.range == tight[1, 2])
    #expect(extra.replacement == "")
    // Half and half is no habit.
    #expect(check(MarkedText("用 Swift 写，用Rust写。"), .simplifiedChinese).isEmpty)
  }

  @Test func codeIsSkippedAndAMarkBesideItIsNoFault() {
    var text = MarkedText("用 a,b。。c 写").document("a", .simplifiedChinese)
    text.prose.literals = [4..<15]
    #expect(check(text).isEmpty)
  }

  @Test func marksWithMarkupBetweenThemHaveNoBlindFix() throws {
    var text = MarkedText("建成。。").document("a", .simplifiedChinese)
    // Four bytes of markup stand between the two full stops.
    var map = PositionMap()
    map.append(text: 0, source: 0, count: 9)
    map.append(text: 9, source: 13, count: 3)
    text.prose.positions = map
    let found = try #require(check(text).only)
    #expect(found.location.range == 6..<16)
    #expect(found.replacement == nil)
  }

  private func check(_ text: MarkedText, _ language: LanguageTag) -> [Diagnostic] {
    check(text.document("a", language))
  }

  private func check(_ text: SegmentedText) -> [Diagnostic] {
    var settings = RuleSettings()
    settings[.punctuation] = .warning
    return Checker(termbase: Termbase(), languages: [], settings: settings).check(text)
  }
}
