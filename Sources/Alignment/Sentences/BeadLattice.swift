internal import Bitext

/// All beads of a band with their scores.
struct BeadLattice {
  private let band: SearchBand
  private let start: SearchNode
  private let end: SearchNode
  /// For each row where its scores start.
  private var offsets: [Int] = []
  /// For each place and shape the score, later the probability of the bead.
  private var scores: [Float] = []
  private let shapes = BeadShape.all

  /// What a bead costs on a path of which as many beads as can be are to be right: without it two
  /// doubtful beads would win over one. Half of the share that is right would serve F1 best; less
  /// keeps segments apart that nothing joins.
  private static let price: Float = 0.3

  init(_ search: BeadSearch, _ band: SearchBand, from start: SearchNode, to end: SearchNode) {
    self.band = band
    self.start = start
    self.end = end
    var scorer = BeadScorer(search.context, band: band)
    var row0: [Float] = []
    for row in start.row...end.row {
      scorer.score(row: row, into: &row0)
      offsets.append(scores.count)
      scores += row0
    }
    offsets.append(scores.count)
    rate()
  }

  private func place(_ row: Int, _ column: Int) -> Int {
    offsets[row - start.row] / shapes.count + column - band[row].lowerBound
  }

  /// Turns scores into probabilities, by the forward-backward algorithm.
  private mutating func rate() {
    let (forward, backward) = (forwardSums(), backwardSums())
    let total = forward[place(end.row, end.column)]
    for row in start.row...end.row {
      for column in band[row] {
        let here = place(row, column)
        for index in shapes.indices {
          let slot = here * shapes.count + index
          guard scores[slot] > -.infinity, let before = self.before(row, column, shapes[index])
          else {
            scores[slot] = 0
            continue
          }
          let value = forward[before] + scores[slot] + backward[here] - total
          scores[slot] = value > -LogSum.negligible ? min(1, exponential(value)) : 0
        }
      }
    }
  }

  /// For each place the logarithm of the sum over all ways that lead there.
  private func forwardSums() -> [Float] {
    var sums = [Float](repeating: -.infinity, count: scores.count / shapes.count)
    sums[place(start.row, start.column)] = 0
    for row in start.row...end.row {
      for column in band[row] {
        let here = place(row, column)
        var sum = LogSum(sums[here])
        for index in shapes.indices {
          guard let before = before(row, column, shapes[index]) else { continue }
          sum.add(sums[before] + scores[here * shapes.count + index])
        }
        sums[here] = sum.value
      }
    }
    return sums
  }

  /// For each place the logarithm of the sum over all ways that lead from there to the end.
  private func backwardSums() -> [Float] {
    var sums = [Float](repeating: -.infinity, count: scores.count / shapes.count)
    sums[place(end.row, end.column)] = 0
    for row in (start.row...end.row).reversed() {
      for column in band[row].reversed() {
        let here = place(row, column)
        var sum = LogSum(sums[here])
        for index in shapes.indices {
          guard let after = after(row, column, shapes[index]) else { continue }
          sum.add(sums[after] + scores[after * shapes.count + index])
        }
        sums[here] = sum.value
      }
    }
    return sums
  }

  /// The probability of a bead that ends at a place of the band.
  func share(of shape: Int, row: Int, column: Int) -> Float {
    scores[place(row, column) * shapes.count + shape]
  }

  /// The place where a bead that ends here starts; `nil` outside of the band.
  private func before(_ row: Int, _ column: Int, _ shape: BeadShape) -> Int? {
    let first = row - shape.left
    guard first >= start.row else { return nil }
    let columns = band[first]
    let before = column - shape.right
    guard before >= columns.lowerBound, before < columns.upperBound else { return nil }
    return offsets[first - start.row] / shapes.count + before - columns.lowerBound
  }

  /// The place where a bead that starts here ends; `nil` outside of the band.
  private func after(_ row: Int, _ column: Int, _ shape: BeadShape) -> Int? {
    let last = row + shape.left
    guard last <= end.row else { return nil }
    let columns = band[last]
    let after = column + shape.right
    guard after >= columns.lowerBound, after < columns.upperBound else { return nil }
    return offsets[last - start.row] / shapes.count + after - columns.lowerBound
  }

  /// The path whose beads are right most often.
  func surestPath() -> [BeadSearch.RatedStep] {
    let places = scores.count / shapes.count
    var best = [Float](repeating: -.infinity, count: places)
    var back = [UInt8](repeating: .max, count: places)
    best[place(start.row, start.column)] = 0
    for row in start.row...end.row {
      for column in band[row] {
        let here = place(row, column)
        for index in shapes.indices {
          guard let before = self.before(row, column, shapes[index]) else { continue }
          let value = best[before] + scores[here * shapes.count + index] - Self.price
          if value > best[here] {
            best[here] = value
            back[here] = UInt8(index)
          }
        }
      }
    }
    var steps: [BeadSearch.RatedStep] = []
    var node = end
    while node != start {
      let here = place(node.row, node.column)
      let index = Int(back[here])
      precondition(index < shapes.count, "a band has a way through")
      steps.append(
        BeadSearch.RatedStep(
          step: BeadSearch.Step(shape: index, row: node.row, column: node.column),
          share: scores[here * shapes.count + index]))
      node.row -= shapes[index].left
      node.column -= shapes[index].right
    }
    return steps.reversed()
  }
}
