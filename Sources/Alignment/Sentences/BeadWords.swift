internal import Bitext

/// What one document gives to ``LearntWords``: the words of its beads, and what is known of them.
struct BeadWords: Sendable {
  /// The hashes of the words on both sides, each word of a bead once.
  private(set) var left: [UInt64] = []
  private(set) var right: [UInt64] = []
  /// Where each bead's words end on both sides.
  private(set) var ends: [(left: Int, right: Int)] = []
  /// The links that the lexicons give between these words.
  private(set) var links: [(left: UInt64, right: UInt64, weight: Float)] = []

  /// Beads of more words on a side are left out: their pairs are mostly wrong.
  private static let mostWords = 120
  /// What one document gives at the most, in pairs: as much as some chapters of a book.
  private static let mostPairs = 700_000

  init(
    left: AlignmentSide, right: AlignmentSide, evidence: LexicalEvidence,
    path: [BeadSearch.Step]
  ) {
    // A long document is sampled evenly, so that its end is learnt from as well as its start.
    let stride = max(1, Self.pairs(left, right, path) / Self.mostPairs + 1)
    var isUsed = [Bool](repeating: false, count: left.typeCount)
    for (number, step) in path.enumerated() where number % stride == 0 {
      let start = step.start
      guard start.row < step.row, start.column < step.column else { continue }
      let leftTypes = Self.types(left, start.row..<step.row)
      let rightTypes = Self.types(right, start.column..<step.column)
      guard leftTypes.count <= Self.mostWords, rightTypes.count <= Self.mostWords else { continue }
      for type in leftTypes { isUsed[Int(type)] = true }
      self.left += leftTypes.map { left.hashes[Int($0)] }
      self.right += rightTypes.map { right.hashes[Int($0)] }
      ends.append((self.left.count, self.right.count))
    }
    for type in isUsed.indices where isUsed[type] {
      for link in evidence.links(of: UInt32(type)) {
        links.append((left.hashes[type], right.hashes[Int(link.rightType)], link.weight))
      }
    }
  }

  /// How many pairs of words the beads hold.
  var pairCount: Int {
    var count = 0
    var start = (left: 0, right: 0)
    for end in ends {
      count += (end.left - start.left) * (end.right - start.right)
      start = end
    }
    return count
  }

  private static func pairs(
    _ left: AlignmentSide, _ right: AlignmentSide, _ path: [BeadSearch.Step]
  ) -> Int {
    path.reduce(0) { sum, step in
      let start = step.start
      return sum + (left.starts[step.row] - left.starts[start.row])
        * (right.starts[step.column] - right.starts[start.column])
    }
  }

  /// The types of some segments, each once.
  private static func types(_ side: AlignmentSide, _ segments: Range<Int>) -> [UInt32] {
    let tokens =
      side.tokens[side.starts[segments.lowerBound]..<side.starts[segments.upperBound]].sorted()
    var types: [UInt32] = []
    for token in tokens where types.last != token { types.append(token) }
    return types
  }
}
