internal import Bitext
internal import Segmentation

/// What the first and last marks of a bead say: speech starts and ends with quotes on both sides,
/// and a question stays a question.
///
/// Where a sentence of Chinese becomes several of English, hardly anything tells so well where the
/// last of them ends.
struct PunctuationEvidence {
  /// A mark at a segment's start or end.
  enum Mark: Int, CaseIterable {
    case speechStarts, speechEnds, question, exclamation, colon
  }

  /// What a mark adds where both sides have it, and where one side alone does, in natural
  /// logarithms.
  struct Weight {
    var both: Float
    var one: Float
  }

  private let left: [UInt8]
  private let right: [UInt8]
  /// For each two sets of marks what they add up to.
  private let table: [Float]

  init(left: SegmentedText, right: SegmentedText, weights: [Weight]) {
    self.left = Self.marks(left)
    self.right = Self.marks(right)
    let sets = 1 << Mark.allCases.count
    table = (0..<sets * sets).map { index in
      var sum: Float = 0
      for mark in Mark.allCases {
        let a = ((index / sets) >> mark.rawValue) & 1
        let b = ((index % sets) >> mark.rawValue) & 1
        sum +=
          a + b == 2 ? weights[mark.rawValue].both : a + b == 1 ? weights[mark.rawValue].one : 0
      }
      return sum
    }
  }

  /// A term of the score of a bead that has segments on both sides, in natural logarithms.
  @inline(__always)
  func score(left: Int, right: Int) -> Float { table[left << Mark.allCases.count | right] }

  /// The marks of some neighbouring segments, as a set.
  func leftSet(_ segments: Range<Int>) -> Int { Self.set(left, segments) }

  @inline(__always)
  func rightSet(_ segments: Range<Int>) -> Int { Self.set(right, segments) }

  @inline(__always)
  private static func set(_ marks: [UInt8], _ segments: Range<Int>) -> Int {
    let start: UInt8 = 1
    return Int(marks[segments.lowerBound] & start | marks[segments.upperBound - 1] & ~start)
  }

  private static func marks(_ text: SegmentedText) -> [UInt8] {
    text.segments.map { segment in
      let bytes = text.prose.utf8.span.extracting(segment.range)
      guard !bytes.isEmpty else { return 0 }
      var marks = bit(.speechStarts, bytes.scalar(at: 0).value.isQuoteScalar)
      var end = bytes.count
      while end > 0 {
        var start = end - 1
        while start > 0, bytes[start].isUTF8Continuation { start -= 1 }
        let scalar = bytes.scalar(at: start).value
        end = start
        if scalar.isWhitespaceScalar { continue }
        guard scalar.isQuoteScalar else {
          let narrow = scalar.narrowed
          marks |= bit(.question, narrow == 0x3F) | bit(.exclamation, narrow == 0x21)
          marks |= bit(.colon, narrow == 0x3A)
          break
        }
        marks |= bit(.speechEnds, true)
      }
      return marks
    }
  }

  private static func bit(_ mark: Mark, _ isThere: Bool) -> UInt8 {
    isThere ? 1 << UInt8(mark.rawValue) : 0
  }
}
