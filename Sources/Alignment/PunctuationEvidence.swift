internal import Bitext
internal import Segmentation

/// What the first and last marks of a bead say: speech starts and ends with quotes on both sides,
/// and a question stays a question.
///
/// Where a sentence of Chinese becomes several of English, hardly anything tells so well where the
/// last of them ends.
struct PunctuationEvidence {
  /// What marks on both sides add, in natural logarithms; the same is lost where one side alone has
  /// them, and a fifth is added where neither has. From the grid of ``BeadScorer/Weights``.
  private enum Weight {
    static let speechStarts: Float = 0.3
    static let speechEnds: Float = 1.2
    static let question: Float = 0.4
    static let neither: Float = 0.2
  }

  private struct Marks {
    var startsSpeech = false
    var endsSpeech = false
    var isQuestion = false
  }

  private let left: [Marks]
  private let right: [Marks]

  init(left: SegmentedText, right: SegmentedText) {
    self.left = Self.marks(left)
    self.right = Self.marks(right)
  }

  /// A term of the score of a bead that has segments on both sides, in natural logarithms.
  func score(left leftRange: Range<Int>, right rightRange: Range<Int>) -> Float {
    let first = (left[leftRange.lowerBound], right[rightRange.lowerBound])
    let last = (left[leftRange.upperBound - 1], right[rightRange.upperBound - 1])
    return Weight.speechStarts * agreement(first.0.startsSpeech, first.1.startsSpeech)
      + Weight.speechEnds * agreement(last.0.endsSpeech, last.1.endsSpeech)
      + Weight.question * agreement(last.0.isQuestion, last.1.isQuestion)
  }

  private func agreement(_ left: Bool, _ right: Bool) -> Float {
    left == right ? (left ? 1 : Weight.neither) : -1
  }

  private static func marks(_ text: SegmentedText) -> [Marks] {
    text.segments.map { segment in
      let bytes = text.prose.utf8.span.extracting(segment.range)
      var marks = Marks()
      guard !bytes.isEmpty else { return marks }
      marks.startsSpeech = bytes.scalar(at: 0).value.isQuoteScalar
      var end = bytes.count
      while end > 0 {
        var start = end - 1
        while start > 0, bytes[start].isUTF8Continuation { start -= 1 }
        let scalar = bytes.scalar(at: start).value
        end = start
        if scalar.isWhitespaceScalar { continue }
        guard scalar.isQuoteScalar else {
          marks.isQuestion = scalar.narrowed == 0x3F
          break
        }
        marks.endsSpeech = true
      }
      return marks
    }
  }
}
