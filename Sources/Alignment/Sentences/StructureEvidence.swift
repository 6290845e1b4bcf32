internal import Bitext

/// What headings and paragraphs say about a bead, when both sides have them.
struct StructureEvidence {
  private let left: [Place]
  private let right: [Place]
  /// How far the structures can be trusted, 0…1: little when one side has many more blocks.
  private let trust: Float

  private struct Place {
    var startsBlock: Bool
    var isHeading: Bool
  }

  /// - Returns: `nil` when a side is one single block, or when every segment is one, as in a file
  ///   with a sentence a line: both say nothing.
  init?(left: SegmentedText, right: SegmentedText) {
    self.left = Self.places(left)
    self.right = Self.places(right)
    let blocks = (self.left.count(where: \.startsBlock), self.right.count(where: \.startsBlock))
    guard blocks.0 > 1, blocks.1 > 1 else { return nil }
    let hasHeadings = self.left.contains { $0.isHeading } || self.right.contains { $0.isHeading }
    if !hasHeadings, blocks == (self.left.count, self.right.count) { return nil }
    let ratio = Float(min(blocks.0, blocks.1)) / Float(max(blocks.0, blocks.1))
    trust = ratio * ratio
  }

  /// A term of a bead's score, in natural logarithms.
  func score(left leftRange: Range<Int>, right rightRange: Range<Int>) -> Float {
    var score: Float = 0
    // A bead seldom joins sentences of two paragraphs.
    if crossesBlock(left, leftRange) { score -= 2 }
    if crossesBlock(right, rightRange) { score -= 2 }
    guard !leftRange.isEmpty, !rightRange.isEmpty else { return trust * score }
    // A new paragraph here is mostly one there.
    let starts = (left[leftRange.lowerBound].startsBlock, right[rightRange.lowerBound].startsBlock)
    score += starts.0 == starts.1 ? (starts.0 ? 1 : 0) : -0.7
    let headings = (left[leftRange.lowerBound].isHeading, right[rightRange.lowerBound].isHeading)
    score += headings.0 == headings.1 ? (headings.0 ? 2 : 0) : -4
    return trust * score
  }

  private func crossesBlock(_ places: [Place], _ range: Range<Int>) -> Bool {
    range.dropFirst().contains { places[$0].startsBlock }
  }

  private static func places(_ text: SegmentedText) -> [Place] {
    var previous = -1
    return text.segments.map { segment in
      defer { previous = segment.block }
      var isHeading = false
      if case .heading = text.prose.blocks[segment.block].kind { isHeading = true }
      return Place(startsBlock: segment.block != previous, isHeading: isHeading)
    }
  }
}
