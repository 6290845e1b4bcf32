internal import Bitext

extension BeadSearch {
  /// A bead with its probability.
  struct RatedStep {
    var step: Step
    /// The share of all paths, weighed by their probability, that have the bead.
    var share: Float
  }

  /// How far a second path may lie from the first one.
  private static let halfWidth = 8
  /// Rows that are searched at once: the scores of all their places are held.
  private static let chunk = 512
  /// Rows beyond a chunk's end that have a say in where it ends, and of these the rows in which the
  /// surest place is looked for.
  private static let lookahead = 32

  /// The best path near another one, which was found with less evidence.
  ///
  /// Of all paths that are near, that one is taken of which most beads can be expected to be right.
  /// The probabilities are those of the forward-backward algorithm. A chunk of rows is worked on at
  /// a time, so that memory does not grow with the length.
  func refined(_ path: [Step]) -> [RatedStep] {
    let end = SearchNode(row: context.left.segmentCount, column: context.right.segmentCount)
    var result: [RatedStep] = []
    var node = SearchNode(row: 0, column: 0)
    var index = 0
    while node != end {
      let goal = node.row + Self.chunk
      while index < path.count, path[index].row <= node.row, path[index].column <= node.column {
        index += 1
      }
      var last = index
      while last < path.count, path[last].row < goal + Self.lookahead { last += 1 }
      let isEnd = last >= path.count
      let target = isEnd ? end : path[last].end
      let band = SearchBand(
        along: path[index..<min(path.count, last + 1)], from: node, to: target,
        halfWidth: context.isDense ? Self.denseHalfWidth : Self.halfWidth)
      let steps = BeadLattice(self, band, from: node, to: target).surestPath()
      let kept = isEnd ? steps.count : Self.surestEnd(steps, before: goal)
      result += steps[..<kept]
      node = steps[kept - 1].step.end
    }
    return result
  }

  /// The path among all between two places whose beads are right most often.
  func surestPath(from start: SearchNode, to end: SearchNode) -> [RatedStep] {
    let band = SearchBand(
      along: EmptyCollection(), from: start, to: end, halfWidth: 0)
    return BeadLattice(self, band, from: start, to: end).surestPath()
  }

  /// How many steps to keep so that the last one is as sure as can be.
  private static func surestEnd(_ steps: [RatedStep], before row: Int) -> Int {
    var best = max(1, steps.firstIndex { $0.step.row > row } ?? steps.count)
    for index in max(0, best - lookahead)..<best where steps[index].share > steps[best - 1].share {
      best = index + 1
    }
    return best
  }
}
