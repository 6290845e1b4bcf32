import Bitext
import Segmentation
import Testing

/// A text whose stretches stand between ⟦ and ⟧, and the ranges of those in the text without them.
struct MarkedText {
  private(set) var utf8: [UInt8] = []
  private(set) var ranges: [Range<Int>] = []

  init(_ marked: String) {
    var open: [Int] = []
    for scalar in marked.unicodeScalars {
      switch scalar {
      case "⟦": open.append(utf8.count)
      case "⟧": if let start = open.popLast() { ranges.append(start..<utf8.count) }
      default: utf8 += Array(String(scalar).utf8)
      }
    }
  }

  /// The text with the marks around other ranges: comparing it with what was written shows both
  /// on one screen.
  func marking(_ ranges: [Range<Int>]) -> String {
    var bytes: [UInt8] = []
    for index in 0...utf8.count {
      for range in ranges where range.upperBound == index { bytes += Array("⟧".utf8) }
      for range in ranges where range.lowerBound == index { bytes += Array("⟦".utf8) }
      if index < utf8.count { bytes.append(utf8[index]) }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The text as prose with one block a line.
  func prose(_ language: LanguageTag) -> Prose {
    var blocks: [Block] = []
    var start = 0
    for end in 0...utf8.count where end == utf8.count || utf8[end] == 0x0A {
      blocks.append(Block(range: start..<end, kind: .paragraph))
      start = end + 1
    }
    return Prose(
      file: "text", language: language, utf8: utf8, blocks: blocks,
      positions: PositionMap(verbatim: utf8.count))
  }
}

/// Whether the sentences of a text are those that stand between ⟦ and ⟧ in it.
func expectSentences(
  _ marked: String, _ language: LanguageTag, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let text = MarkedText(marked)
  var segmenter = try SentenceSegmenter(language: language)
  let segments = try segmenter.segments(of: text.prose(language))
  #expect(text.marking(segments.segments.map(\.range)) == marked, sourceLocation: sourceLocation)
}
