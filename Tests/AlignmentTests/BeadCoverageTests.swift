import Alignment
import Bitext
import Segmentation
import TestSupport
import Testing

/// What holds for every alignment, whatever the texts say.
@Suite struct BeadCoverageTests {
  private func expectCoverage(
    _ beads: [Bead], _ source: SegmentedText, _ target: SegmentedText,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    var ends = (source: 0, target: 0)
    for bead in beads {
      #expect(bead.source.lowerBound == ends.source, sourceLocation: sourceLocation)
      #expect(bead.target.lowerBound == ends.target, sourceLocation: sourceLocation)
      #expect(!bead.source.isEmpty || !bead.target.isEmpty, sourceLocation: sourceLocation)
      #expect(0...1 ~= bead.score, sourceLocation: sourceLocation)
      ends = (bead.source.upperBound, bead.target.upperBound)
    }
    #expect(ends.source == source.segments.count, sourceLocation: sourceLocation)
    #expect(ends.target == target.segments.count, sourceLocation: sourceLocation)
  }

  @Test func emptyDocumentsHaveNoBeads() {
    let beads = SentenceAligner().align(document(.chinese, []), document(.english, []))
    #expect(beads.isEmpty)
  }

  @Test func oneEmptySideLeavesEachSegmentAlone() {
    let empty = document(.english, [])
    let full = document(.chinese, [["一个句子。", "两个句子。"], ["三。"]])
    #expect(shorthand(SentenceAligner().align(full, empty)) == "0= 1= 2=")
    #expect(shorthand(SentenceAligner().align(empty, full)) == "=0 =1 =2")
  }

  @Test func segmentsWithoutAWordAreAligned() {
    let source = document(.chinese, [["", "。", "——"], [""]])
    let target = document(.english, [["", "..."]])
    expectCoverage(SentenceAligner().align(source, target), source, target)
  }

  /// The first band around the diagonal is 48 segments wide on each side; where one long segment
  /// stands against many, no path goes through it.
  @Test(arguments: [(1, 110), (1, 300), (2, 500), (110, 1), (300, 2)])
  func oneLongSegmentAgainstManyKeepsThemAll(_ sources: Int, _ targets: Int) {
    let long = String(repeating: "重庆的桥梁很多", count: 200)
    let source = document(
      .chinese, [["一。"] + Array(repeating: long, count: sources - 1)])
    let target = document(
      .english, [Array(repeating: "There are many bridges in Chongqing.", count: targets)])
    expectCoverage(SentenceAligner().align(source, target), source, target)
  }

  @Test(arguments: 1...40 as ClosedRange<UInt64>)
  func everySegmentIsInExactlyOneBeadInOrder(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let source = randomDocument(
      .chinese, ["重庆", "桥梁", "5月", "300亿", "，", "很", "图书馆", "的", "H1N1"], &random)
    let target = randomDocument(
      .english, ["bridge ", "Chongqing ", "May ", "30 billion ", ", ", "the ", "library "], &random)
    let beads = SentenceAligner().align(source, target)
    expectCoverage(beads, source, target)
    #expect(
      SentenceAligner().align(target, source)
        == beads.map { Bead(source: $0.target, target: $0.source, score: $0.score) })
  }

  private func randomDocument(
    _ language: LanguageTag, _ words: [String], _ random: inout SeededGenerator
  ) -> SegmentedText {
    var paragraphs: [[String]] = []
    for _ in 0..<Int.random(in: 0...4, using: &random) {
      var paragraph: [String] = []
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        var sentence = ""
        for _ in 0..<Int.random(in: 0...12, using: &random) {
          sentence += words[Int.random(in: words.indices, using: &random)]
        }
        paragraph.append(sentence)
      }
      if Bool.random(using: &random) { paragraph[0] = "#" + paragraph[0] }
      paragraphs.append(paragraph)
    }
    return document(language, paragraphs)
  }
}
