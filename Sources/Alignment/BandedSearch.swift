internal import Bitext

/// Finds the best sequence of beads by dynamic programming in a band around the diagonal, in memory
/// that grows with the band alone.
struct BandedSearch {
  let left: AlignmentSide
  let right: AlignmentSide
  let evidence: LexicalEvidence
  let structure: StructureEvidence?
  let marks: PunctuationEvidence
  let weights: BeadScorer.Weights

  private static let firstHalfWidth = 48
  /// How far a second path may lie from the first one.
  private static let secondHalfWidth = 12
  /// How far a path must stay from the band's edge to be believed.
  private static let margin = 4
  /// On either side of the path, the cells that compete with it when a bead's share is computed.
  private static let corridor = 6

  /// The best path as shape indices with their ends, first bead first.
  func path() -> [Step] {
    var halfWidth = Self.firstHalfWidth
    while true {
      let band = diagonalBand(halfWidth: halfWidth)
      // No path at all: a side that is one long segment leaves steps that no bead can climb.
      guard let path = bestPath(in: band) else {
        halfWidth *= 2
        continue
      }
      let touches = path.contains { step in
        let columns = band[step.row]
        let low = columns.lowerBound > 0 && step.column < columns.lowerBound + Self.margin
        let high =
          columns.upperBound <= right.segmentCount
          && step.column >= columns.upperBound - Self.margin
        return low || high
      }
      // A path along the edge may have been forced there: look farther.
      if !touches || halfWidth > max(left.segmentCount, right.segmentCount) { return path }
      halfWidth *= 2
    }
  }

  /// The best path that stays near another one, which was found with less evidence.
  func path(near other: [Step]) -> [Step] {
    let band = corridorBand(other, halfWidth: Self.secondHalfWidth)
    return bestPath(in: band) ?? path()
  }

  struct Step {
    var shape: Int
    /// The segments before the end of the bead.
    var row: Int
    var column: Int
  }

  /// The columns around the place that each row reaches by length.
  private func diagonalBand(halfWidth: Int) -> [Range<Int>] {
    let totals = (left.lengths.reduce(0, +), right.lengths.reduce(0, +))
    var band: [Range<Int>] = []
    var column = 0
    var leftSum: Float = 0
    var rightSum: Float = 0
    for row in 0...left.segmentCount {
      if row > 0 { leftSum += left.lengths[row - 1] }
      let goal = totals.0 > 0 ? leftSum / totals.0 * totals.1 : 0
      while column < right.segmentCount, rightSum + right.lengths[column] / 2 < goal {
        rightSum += right.lengths[column]
        column += 1
      }
      let low = row == 0 ? 0 : max(0, column - halfWidth)
      let high = row == left.segmentCount ? right.segmentCount : column + halfWidth
      band.append(min(low, right.segmentCount)..<min(high, right.segmentCount) + 1)
    }
    return band
  }

  private func bestPath(in band: [Range<Int>]) -> [Step]? {
    let shapes = BeadShape.all
    var scorer = scorer(band)
    var scores: [Float] = []
    var offsets = [0]
    for columns in band { offsets.append((offsets.last ?? 0) + columns.count) }
    var back = [UInt8](repeating: .max, count: offsets[band.count])
    var ring = [[Float]](repeating: [], count: BeadShape.maximumLeft + 1)
    for row in band.indices {
      scorer.score(row: row, into: &scores)
      var best = [Float](repeating: -.infinity, count: band[row].count)
      for (cell, column) in band[row].enumerated() {
        if row == 0, column == 0 { best[cell] = 0 }
        for (index, shape) in shapes.enumerated() {
          let score = scores[cell * shapes.count + index]
          guard score > -.infinity else { continue }
          let before = column - shape.right - band[row - shape.left].lowerBound
          let previous: Float
          if shape.left == 0 {
            guard before >= 0 else { continue }
            previous = best[before]
          } else {
            let values = ring[(row - shape.left) % ring.count]
            guard values.indices.contains(before) else { continue }
            previous = values[before]
          }
          if previous + score > best[cell] {
            best[cell] = previous + score
            back[offsets[row] + cell] = UInt8(index)
          }
        }
      }
      ring[row % ring.count] = best
    }
    return trace(back, offsets, band)
  }

  private func trace(_ back: [UInt8], _ offsets: [Int], _ band: [Range<Int>]) -> [Step]? {
    var steps: [Step] = []
    var row = left.segmentCount
    var column = right.segmentCount
    while row > 0 || column > 0 {
      let index = Int(back[offsets[row] + column - band[row].lowerBound])
      // A band too narrow for any path: the caller widens it.
      guard index < BeadShape.all.count else { return nil }
      steps.append(Step(shape: index, row: row, column: column))
      row -= BeadShape.all[index].left
      column -= BeadShape.all[index].right
    }
    return steps.reversed()
  }

  private func scorer(_ band: [Range<Int>]) -> BeadScorer {
    BeadScorer(
      left: left, right: right, evidence: evidence, structure: structure, marks: marks,
      weights: weights, band: band)
  }

  /// The probability of each bead of a path among all that could stand in its place, by the
  /// forward-backward algorithm in a corridor around the path.
  func shares(of path: [Step]) -> [Double] {
    let band = corridorBand(path, halfWidth: Self.corridor)
    let shapes = BeadShape.all
    var scorer = scorer(band)
    var row0: [Float] = []
    var scores: [[Float]] = []
    for row in band.indices {
      scorer.score(row: row, into: &row0)
      scores.append(row0)
    }
    var forward = band.map { [Float](repeating: -.infinity, count: $0.count) }
    var backward = forward
    forward[0][0] = 0
    backward[band.count - 1][band[band.count - 1].count - 1] = 0
    forEachTransition(band) { row, cell, index, beforeRow, before in
      let score = scores[row][cell * shapes.count + index]
      forward[row][cell] = logSum(forward[row][cell], forward[beforeRow][before] + score)
    }
    forEachTransition(band, reversed: true) { row, cell, index, beforeRow, before in
      let score = scores[row][cell * shapes.count + index]
      backward[beforeRow][before] = logSum(
        backward[beforeRow][before], backward[row][cell] + score)
    }
    let total = backward[0][0]
    return path.map { step in
      let shape = shapes[step.shape]
      let cell = step.column - band[step.row].lowerBound
      let beforeRow = step.row - shape.left
      let before = step.column - shape.right - band[beforeRow].lowerBound
      let score = scores[step.row][cell * shapes.count + step.shape]
      let logShare = forward[beforeRow][before] + score + backward[step.row][cell] - total
      return Double(min(1, exponential(logShare)))
    }
  }

  private func corridorBand(_ path: [Step], halfWidth: Int) -> [Range<Int>] {
    var low = [Int](repeating: .max, count: left.segmentCount + 1)
    var high = [Int](repeating: 0, count: left.segmentCount + 1)
    var row = 0
    var column = 0
    for step in path {
      for visited in row...step.row {
        low[visited] = min(low[visited], column)
        high[visited] = max(high[visited], step.column)
      }
      row = step.row
      column = step.column
    }
    return low.indices.map { row in
      let first = row == 0 ? 0 : max(0, min(low[row], right.segmentCount) - halfWidth)
      return first..<min(right.segmentCount, high[row] + halfWidth) + 1
    }
  }

  private func forEachTransition(
    _ band: [Range<Int>], reversed: Bool = false,
    _ body: (_ row: Int, _ cell: Int, _ shape: Int, _ beforeRow: Int, _ before: Int) -> Void
  ) {
    let rows = band.count
    for step in 0..<rows {
      let row = reversed ? rows - 1 - step : step
      let cells = band[row].count
      for cellStep in 0..<cells {
        let cell = reversed ? cells - 1 - cellStep : cellStep
        let column = band[row].lowerBound + cell
        for (index, shape) in BeadShape.all.enumerated()
        where shape.left <= row && shape.right <= column {
          let beforeRow = row - shape.left
          let before = column - shape.right
          guard band[beforeRow].contains(before) else { continue }
          body(row, cell, index, beforeRow, before - band[beforeRow].lowerBound)
        }
      }
    }
  }
}
