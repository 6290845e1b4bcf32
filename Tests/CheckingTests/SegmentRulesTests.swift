import Bitext
import Segmentation
import Testing

@testable import Checking

/// Rules about the segments of a pair.
@Suite struct SegmentRulesTests {
  // MARK: untranslated-segment

  @Test func targetThatEqualsItsSourceIsReported() throws {
    let (source, target) = (
      MarkedText("Save the file first."), MarkedText("⟦1⟧Save the file first.⟦2⟧")
    )
    let found = try #require(check(source, target, languages: (.english, .simplifiedChinese)).only)
    #expect(found.rule == "untranslated-segment")
    #expect(found.severity == .warning)
    #expect(found.location == Location(file: "b", range: target[1, 2]))
    #expect(found.message == "the segment is the same as its source: translate it")
    #expect(found.source?.text == "Save the file first.")
  }

  @Test func targetInTheSourcesLanguageIsReported() {
    #expect(
      rules("园区明年开工，将建三座桥。", "园区明年开工，将建三座大桥。", .simplifiedChinese, .english)
        == ["untranslated-segment"])
    #expect(
      rules(
        "The park will be begun next year.", "The park will be opened in the next year.", .english,
        .simplifiedChinese) == ["untranslated-segment"])
    #expect(
      rules(
        "The park will be begun next year, and it is for all of us.",
        "The park will be begun next year, and this is for all of us.", .english,
        LanguageTag("fr") ?? .english) == ["untranslated-segment"])
  }

  @Test(arguments: [
    ("Python 3.12", "Python 3.12"),
    ("Guido van Rossum, Tim Peters", "Guido van Rossum, Tim Peters"),
    ("https://example.org/a/the/b", "https://example.org/a/the/b"), ("2026-11-25", "2026-11-25"),
    ("os.path.join(a, b)", "os.path.join(a, b)"), ("OK", "OK"), ("Save", "Save"),
    ("Save the file", "保存文件（Save the file）"),
    ("GNU Free Documentation License", "GNU Free Documentation License"),
    ("See the page", "参见“How to be in the know of all that is there”页"),
  ])
  func namesCodesAndSingleWordsMayStayAsTheyAre(source: String, target: String) {
    #expect(rules(source, target, .english, .simplifiedChinese) == [])
  }

  @Test func nameInTheOtherScriptIsNoUntranslatedSegment() {
    #expect(rules("重庆日报报道", "Chongqing Daily (重庆日报) reported", .simplifiedChinese, .english) == [])
    #expect(rules("他名叫李白", "李白 is his name", .simplifiedChinese, .english) == [])
  }

  @Test func untranslatedCodeIsSilent() {
    let text = MarkedText("Save the file first.")
    var target = text.document("b", .simplifiedChinese)
    target.prose.literals = [0..<20]
    let pair = pair(text.document("a", .english), target)
    #expect(Checker(termbase: Termbase(), languages: []).check(pair, direction: .forward).isEmpty)
  }

  @Test func whereNobodySaysWhichIsTheSourceTheUntranslatedSideIsNamed() {
    let found = check(
      MarkedText("园区明年开工，将建三座桥。"), MarkedText("园区明年开工，将建三座桥。"),
      languages: (.english, .simplifiedChinese), direction: .both)
    #expect(found.map(\.location.file) == ["a"])
  }

  // MARK: empty-target

  @Test func emptyTargetOfABilingualFileIsAnError() throws {
    let found = try #require(
      check(
        MarkedText("园区明年开工。"), MarkedText(" \t"), languages: (.simplifiedChinese, .english),
        isAligned: false
      ).only)
    #expect(found.rule == "empty-target")
    #expect(found.severity == .error)
    #expect(found.message == "the translation is empty: fill it in")
    #expect(found.location.file == "b")
  }

  @Test func absentTargetIsReportedAtItsSource() throws {
    let found = try #require(
      check(
        MarkedText("园区明年开工。"), MarkedText(""), languages: (.simplifiedChinese, .english),
        beads: [Bead(source: 0..<1, target: 0..<0, score: 1)], isAligned: false
      ).only)
    #expect(found.location == Location(file: "a", range: 0..<21))
    #expect(found.message == "there is no translation into en: add one")
  }

  @Test func emptyTargetOfAlignedDocumentsOrOfNothingIsSilent() {
    #expect(rules("——", "", .simplifiedChinese, .english, isAligned: false) == [])
    #expect(rules("", "", .simplifiedChinese, .english, isAligned: false) == [])
    #expect(rules("同上", "—", .simplifiedChinese, .english, isAligned: false) == [])
    #expect(rules("园区", "", .simplifiedChinese, .english) == [])
  }

  // MARK: missing-segment

  private let source = "园区明年开工。|⟦1⟧园区面积三平方公里，将建三座桥。⟦2⟧|大家都来。"
  private let gap = [
    Bead(source: 0..<1, target: 0..<1, score: 1), Bead(source: 1..<2, target: 1..<1, score: 0.95),
    Bead(source: 2..<3, target: 1..<2, score: 1),
  ]

  @Test func sentenceWithoutCounterpartIsReportedWhereItWouldStand() throws {
    let (source, target) = (MarkedText(source), MarkedText("It begins next year.⟦1⟧|All come."))
    let found = try #require(
      check(source, target, languages: (.simplifiedChinese, .english), beads: gap).only)
    #expect(found.rule == "missing-segment")
    #expect(found.severity == .warning)
    #expect(found.location == Location(file: "b", range: target[1, 1]))
    #expect(found.source?.location == Location(file: "a", range: source[1, 2]))
    #expect(found.message == "a sentence of the source has no counterpart here")
  }

  @Test func neighbouringSentencesAreOneFinding() throws {
    let text = MarkedText("⟦1⟧园区面积三平方公里，将建三座桥。|园区面积四平方公里，将建五座桥。⟦2⟧|大家都来。")
    let beads = [
      Bead(source: 0..<1, target: 0..<0, score: 0.95),
      Bead(source: 1..<2, target: 0..<0, score: 0.95),
      Bead(source: 2..<3, target: 0..<1, score: 1),
    ]
    let found = try #require(
      check(text, MarkedText("All come."), languages: (.simplifiedChinese, .english), beads: beads)
        .only)
    #expect(found.source?.location.range == text[1, 2])
    #expect(found.location.range == 0..<0)
    #expect(found.message == "2 sentences of the source have no counterpart here")
  }

  @Test(arguments: ["（记者陈清扬 通讯员王小波 重庆报道）", "2026年11月25日", "园区面积三平方公里，将建三座", "大家都来看吧。"])
  func whatIsOftenLeftOutIsSilent(sentence: String) {
    #expect(missing("园区明年开工。|\(sentence)|大家都来。", gap) == [])
  }

  @Test func doubtfulOrMovedBeadsAreSilent() {
    var doubtful = gap
    doubtful[1].score = 0.6
    #expect(missing(MarkedText(source).text, doubtful) == [])
    var moved = gap
    moved[1].isMoved = true
    #expect(missing(MarkedText(source).text, moved) == [])
  }

  @Test func headingsAreSilent() {
    let text = MarkedText(source).document("a", .simplifiedChinese, kind: .heading(level: 2))
    let pair = ParallelText(
      source: text, target: MarkedText("It begins.|All come.").document("b", .english), beads: gap)
    #expect(Checker(termbase: Termbase(), languages: []).check(pair, direction: .forward).isEmpty)
  }

  @Test func additionIsARemarkWhenNobodySaysWhichIsTheSource() throws {
    let beads = gap.map { Bead(source: $0.target, target: $0.source, score: $0.score) }
    let (left, right) = (MarkedText("It begins next year.|All come."), MarkedText(source))
    func found(_ direction: CheckDirection) -> [Diagnostic] {
      check(
        left, right, languages: (.english, .simplifiedChinese), beads: beads, direction: direction)
    }
    #expect(found(.forward).isEmpty)
    let remark = try #require(found(.both).only)
    #expect(remark.severity == .info)
    #expect(remark.location.file == "a")
    #expect(remark.message == "a sentence of the other text has no counterpart here")
  }

  // MARK: Support

  private func missing(_ source: String, _ beads: [Bead]) -> [String] {
    check(
      MarkedText(source), MarkedText("It begins next year.|All come."),
      languages: (.simplifiedChinese, .english), beads: beads
    ).map(\.message)
  }

  private func rules(
    _ source: String, _ target: String, _ from: LanguageTag, _ to: LanguageTag,
    isAligned: Bool = true
  ) -> [String] {
    check(MarkedText(source), MarkedText(target), languages: (from, to), isAligned: isAligned)
      .map(\.rule)
  }

  private func check(
    _ source: MarkedText, _ target: MarkedText, languages: (LanguageTag, LanguageTag),
    beads: [Bead]? = nil, isAligned: Bool = true, direction: CheckDirection = .forward
  ) -> [Diagnostic] {
    let pair = pair(
      source.document("a", languages.0), target.document("b", languages.1), beads: beads,
      isAligned: isAligned)
    return Checker(termbase: Termbase(), languages: []).check(pair, direction: direction)
  }

  private func pair(
    _ source: SegmentedText, _ target: SegmentedText, beads: [Bead]? = nil, isAligned: Bool = true
  ) -> ParallelText {
    ParallelText(
      source: source, target: target,
      beads: beads ?? [Bead(source: 0..<1, target: 0..<1, score: 1)], isAligned: isAligned)
  }
}
