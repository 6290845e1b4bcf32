import Bitext
import Segmentation
import TestSupport
import Testing

@Suite struct SentenceSegmenterTests {
  @Test(arguments: [
    "⟦It rained.⟧ ⟦Then it stopped.⟧",
    "⟦What?⟧ ⟦No!⟧ ⟦Really?!⟧",
    "⟦Mr. Smith met Prof. Wang and Mrs. Chen.⟧ ⟦They spoke.⟧",
    "⟦They came at 5 p.m. on Monday.⟧ ⟦They left at 6 a.m.⟧ ⟦All slept.⟧",
    "⟦Prices rose by 3.5 percent.⟧ ⟦Wages fell.⟧",
    "⟦Fruit, e.g. apples, etc. are listed.⟧ ⟦See below.⟧",
    "⟦Yes... maybe.⟧ ⟦Well… then.⟧",
    // Closing quotes and brackets belong to the sentence before.
    "⟦He said: \"It is done.\"⟧ ⟦Then he left.⟧",
    "⟦“It is done.”⟧ ⟦Then he left.⟧",
    "⟦It rained.⟧ ⟦(He came back.)⟧ ⟦“Yes.”⟧",
    "⟦No full stop⟧",
  ])
  func cutsEnglish(_ marked: String) throws {
    try expectSentences(marked, .english)
  }

  @Test(arguments: [
    "⟦Dr. Li met Gen. Wu.⟧ ⟦They spoke.⟧",
    "⟦It was late.⟧ ⟦Dr. Li left.⟧",
    "⟦They met (Dr. Wu came).⟧ ⟦All left.⟧",
    // Only the whole word is a title; the text may also end with it.
    "⟦It is in Caldr.⟧ ⟦We left.⟧",
    "⟦We saw the Dr.⟧",
  ])
  func keepsATitleWithItsNameWhereCLDRHasAGap(_ marked: String) throws {
    try expectSentences(marked, .english)
  }

  @Test(arguments: [
    "⟦重庆是一座城市。⟧⟦你去过吗？⟧⟦太好了！⟧",
    "⟦他说：“我来了。”⟧⟦然后他走了。⟧",
    "⟦“你好！”⟧⟦她说。⟧",
    "⟦增长3.5%。⟧⟦价格下降；销量上升，很好。⟧",
    "⟦是吗？！⟧⟦对……是的。⟧",
    "⟦他来了。⟧ ⟦她走了。⟧",
    "⟦没有句号⟧",
  ])
  func cutsChinese(_ marked: String) throws {
    for language in [LanguageTag.chinese, .simplifiedChinese, .traditionalChinese] {
      try expectSentences(marked, language)
    }
  }

  @Test(arguments: [
    "⟦他来了。⟧⟦“你好！”⟧⟦她说。⟧⟦《红楼梦》很好。⟧⟦「好」的。⟧",
    "⟦她说了。⟧⟦（他没来。）⟧⟦完了。⟧",
    "⟦他来了。⟧⟦（《书》很好。）⟧",
    // Nothing may be lost at the end of a block.
    "⟦他来了。（⟧",
  ])
  func openingMarksGoWithTheSentenceThatTheyOpen(_ marked: String) throws {
    try expectSentences(marked, .simplifiedChinese)
  }

  @Test func noSentenceCrossesABlock() throws {
    try expectSentences(
      "⟦A heading⟧\n⟦The text goes on⟧\n⟦here. ⟧".replacing(" ⟧", with: "⟧"),
      .english)
    try expectSentences("⟦标题⟧\n⟦正文，⟧\n⟦接着。⟧", .chinese)
    try expectSentences("⟦We saw Mr.⟧\n⟦Smith.⟧", .english)
  }

  @Test func whiteSpaceAroundASentenceIsNotPartOfIt() throws {
    try expectSentences(
      "  ⟦One.⟧  \u{A0}⟦Two.⟧\t\n\n \u{3000}\n\u{3000}⟦三。⟧\u{3000}", .english)
  }

  @Test func segmentsNameTheirBlock() throws {
    let prose = MarkedText("One. Two.\n\nThree.").prose(.english)
    var segmenter = try SentenceSegmenter(language: .english)
    let segments = try segmenter.segments(of: prose)
    #expect(segments.segments.map(\.block) == [0, 0, 2])
    #expect(segments.text(1) == "Two.")
  }

  @Test func blocksAreSegmentsOfTextThatWasCutBefore() {
    let prose = MarkedText("One. Two.\n\nThree.").prose(.english)
    let segments = SentenceSegmenter.blocks(of: prose)
    #expect(segments.segments.map(\.range) == [0..<9, 10..<10, 11..<17])
    #expect(segments.segments.map(\.block) == [0, 1, 2])
  }

  @Test(arguments: 1...40 as ClosedRange<UInt64>)
  func allThatIsNotWhiteIsInExactlyOneSegment(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let pieces = [
      "Dr. ", "Li", "p.m.", ". ", "。", "“", "”", "（", "）", "?", " ", "\n", "\u{3000}", "重庆",
      "🙂", "\"", "3.5", "《", "！", "\u{A0}", "word ",
    ]
    var marked = ""
    for _ in 0..<Int.random(in: 0...40, using: &random) {
      marked += pieces[Int.random(in: pieces.indices, using: &random)]
    }
    let prose = MarkedText(marked).prose(Bool.random(using: &random) ? .english : .chinese)
    var segmenter = try SentenceSegmenter(language: prose.language)
    let segments = try segmenter.segments(of: prose).segments
    var covered = Set<Int>()
    var end = 0
    for segment in segments {
      #expect(segment.range.lowerBound >= end && !segment.range.isEmpty)
      end = segment.range.upperBound
      let block = prose.blocks[segment.block].range
      #expect(block.lowerBound <= segment.range.lowerBound && end <= block.upperBound)
      let text = prose.text(segment.range)
      #expect(text.unicodeScalars.first?.properties.isWhitespace == false)
      #expect(text.unicodeScalars.last?.properties.isWhitespace == false)
      covered.formUnion(segment.range)
    }
    let rest = prose.utf8.indices.filter { !covered.contains($0) }.map { prose.utf8[$0] }
    let restIsWhite = String(decoding: rest, as: UTF8.self).unicodeScalars
      .allSatisfy(\.properties.isWhitespace)
    #expect(restIsWhite, "\(marked.debugDescription)")
  }
}
