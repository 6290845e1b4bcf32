internal import Bitext

/// Finds the best sequence of beads by dynamic programming in a band, in memory that grows with the
/// band alone.
struct BeadSearch {
  struct Step {
    /// An index in ``BeadShape/all``.
    var shape: Int
    /// The segments before the end of the bead.
    var row: Int
    var column: Int

    var start: SearchNode {
      let shape = BeadShape.all[shape]
      return SearchNode(row: row - shape.left, column: column - shape.right)
    }
    var end: SearchNode { SearchNode(row: row, column: column) }
  }

  let context: BeadScorer.Context

  /// How far a path must stay from the band's edge to be believed.
  private static let margin = 2
  /// Beads on either side of a doubtful place that are searched again.
  private static let repairedSteps = 30

  /// A path that runs along the edge of a band of this width is taken as it is: then one side has
  /// much that the other has not, and no band would be wide enough.
  private static let mostHalfWidth = 128

  /// The best path through the surroundings of a chain of anchors.
  func path(around chain: AnchorChain) -> [Step] {
    let halfWidth = context.isDense ? Self.denseHalfWidth : Self.firstHalfWidth
    let band = SearchBand(
      around: chain, left: context.left, right: context.right, halfWidth: halfWidth)
    let end = SearchNode(row: context.left.segmentCount, column: context.right.segmentCount)
    let path = bestPath(from: SearchNode(row: 0, column: 0), to: end, in: band)
    return repaired(path, band, halfWidth: halfWidth)
  }

  private static let firstHalfWidth = 12
  /// Near a chain that has most of the segments, in both passes: twelve and eight gave reports, news
  /// and documentation the same beads and took longer.
  static let denseHalfWidth = 4

  func bestPath(from start: SearchNode, to end: SearchNode, in band: SearchBand) -> [Step] {
    let shapes = BeadShape.all
    var scorer = BeadScorer(context, band: band)
    var scores: [Float] = []
    var offsets = [0]
    for columns in band.ranges { offsets.append((offsets.last ?? 0) + columns.count) }
    var back = [UInt8](repeating: .max, count: offsets[band.ranges.count])
    var ring = [[Float]](repeating: [], count: BeadShape.maximumLeft + 1)
    for row in start.row...end.row {
      let columns = band[row]
      scorer.score(row: row, into: &scores)
      var best = [Float](repeating: -.infinity, count: columns.count)
      let offset = offsets[row - start.row]
      for cell in 0..<columns.count {
        let column = columns.lowerBound + cell
        if row == start.row, column == start.column { best[cell] = 0 }
        for index in shapes.indices {
          let score = scores[cell * shapes.count + index]
          guard score > -.infinity else { continue }
          let shape = shapes[index]
          let before = column - shape.right - band[row - shape.left].lowerBound
          let previous: Float
          if shape.left == 0 {
            guard before >= 0 else { continue }
            previous = best[before]
          } else {
            let place = (row - shape.left) % (BeadShape.maximumLeft + 1)
            guard before >= 0, before < ring[place].count else { continue }
            previous = ring[place][before]
          }
          if previous + score > best[cell] {
            best[cell] = previous + score
            back[offset + cell] = UInt8(index)
          }
        }
      }
      ring[row % (BeadShape.maximumLeft + 1)] = best
    }
    return trace(back, offsets, band, from: start, to: end)
  }

  private func trace(
    _ back: [UInt8], _ offsets: [Int], _ band: SearchBand, from start: SearchNode,
    to end: SearchNode
  ) -> [Step] {
    var steps: [Step] = []
    var node = end
    while node != start {
      let index = Int(back[offsets[node.row - start.row] + node.column - band[node.row].lowerBound])
      precondition(index < BeadShape.all.count, "a band has a way through")
      steps.append(Step(shape: index, row: node.row, column: node.column))
      node.row -= BeadShape.all[index].left
      node.column -= BeadShape.all[index].right
    }
    return steps.reversed()
  }

  /// Searches again, ever farther, where a path runs along the edge of its band: it may have been
  /// forced there.
  private func repaired(_ path: [Step], _ band: SearchBand, halfWidth: Int) -> [Step] {
    var result: [Step] = []
    var index = 0
    while index < path.count {
      guard touches(path[index], band) else {
        result.append(path[index])
        index += 1
        continue
      }
      // The doubtful stretch, up to the last touch that is near the one before.
      var last = index
      var next = index + 1
      while next < path.count, next - last <= Self.repairedSteps {
        if touches(path[next], band) { last = next }
        next += 1
      }
      let kept = max(0, result.count - Self.repairedSteps)
      let stretch =
        Array(result[kept...]) + path[index..<min(path.count, last + Self.repairedSteps)]
      result.removeLast(result.count - kept)
      result += searchedAgain(stretch, halfWidth: halfWidth * 2)
      index = min(path.count, last + Self.repairedSteps)
    }
    return result
  }

  private func searchedAgain(_ stretch: [Step], halfWidth: Int) -> [Step] {
    guard let first = stretch.first, let last = stretch.last else { return [] }
    let band = SearchBand(along: stretch, from: first.start, to: last.end, halfWidth: halfWidth)
    let path = bestPath(from: first.start, to: last.end, in: band)
    let size = max(last.row - first.start.row, last.column - first.start.column)
    guard halfWidth < min(size, Self.mostHalfWidth) else { return path }
    return path.contains { touches($0, band) }
      ? searchedAgain(path, halfWidth: halfWidth * 2) : path
  }

  /// Whether a step ends at the edge of the band, where the band could be wider.
  private func touches(_ step: Step, _ band: SearchBand) -> Bool {
    let columns = band[step.row]
    let lowest = band.ranges[0].lowerBound
    let highest = band.ranges[band.ranges.count - 1].upperBound - 1
    return columns.lowerBound > lowest && step.column < columns.lowerBound + Self.margin
      || columns.upperBound - 1 < highest && step.column > columns.upperBound - 1 - Self.margin
  }
}
