import Bitext
import Testing

@Suite struct SegmentedTextTests {
  private func text(_ segments: [String], language: LanguageTag) -> SegmentedText {
    var utf8: [UInt8] = []
    var ranges: [Range<Int>] = []
    for segment in segments {
      ranges.append(utf8.count..<utf8.count + segment.utf8.count)
      utf8 += Array((segment + "\n").utf8)
    }
    let prose = Prose(
      file: "a.md", language: language, utf8: utf8,
      blocks: ranges.map { Block(range: $0, kind: .paragraph) },
      positions: PositionMap(verbatim: utf8.count))
    return SegmentedText(
      prose: prose, segments: ranges.enumerated().map { Segment(range: $1, block: $0) })
  }

  @Test func joinsEnglishSentencesWithASpaceAndChineseOnesWithNothing() {
    let english = text(["One.", "Two.", "Three."], language: .english)
    let chinese = text(["一。", "二。", "三。"], language: .simplifiedChinese)
    #expect(english.text(0..<2) == "One. Two.")
    #expect(chinese.text(0..<2) == "一。二。")
    #expect(english.text(1..<1).isEmpty)
    #expect(chinese.text(2) == "三。")
  }

  @Test func aBeadGivesTheTextOfEitherSide() {
    let pair = ParallelText(
      source: text(["一，二。"], language: .chinese),
      target: text(["One.", "Two."], language: .english),
      beads: [Bead(source: 0..<1, target: 0..<2, score: 1)])
    #expect(pair.sourceText(pair.beads[0]) == "一，二。")
    #expect(pair.targetText(pair.beads[0]) == "One. Two.")
  }
}
