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
        halfWidth: Self.halfWidth)
      let steps = Lattice(self, band, from: node, to: target).surestPath()
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
    return Lattice(self, band, from: start, to: end).surestPath()
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

/// All beads of a band with their scores.
private struct Lattice {
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
    let places = scores.count / shapes.count
    var forward = [Float](repeating: -.infinity, count: places)
    var backward = forward
    forward[place(start.row, start.column)] = 0
    backward[place(end.row, end.column)] = 0
    for row in start.row...end.row {
      for column in band[row] {
        let here = place(row, column)
        var high = forward[here]
        var sum: Float = high > -.infinity ? 1 : 0
        for index in shapes.indices {
          guard let before = self.before(row, column, shapes[index]) else { continue }
          let value = forward[before] + scores[here * shapes.count + index]
          guard value > -.infinity else { continue }
          if value > high {
            sum = sum * exponential(high - value) + 1
            high = value
          } else if value > high - 16 {
            sum += exponential(value - high)
          }
        }
        if high > -.infinity { forward[here] = high + logarithm(sum) }
      }
    }
    for row in (start.row...end.row).reversed() {
      for column in band[row].reversed() {
        let here = place(row, column)
        var high = backward[here]
        var sum: Float = high > -.infinity ? 1 : 0
        for index in shapes.indices {
          guard let after = self.after(row, column, shapes[index]) else { continue }
          let value = backward[after] + scores[after * shapes.count + index]
          guard value > -.infinity else { continue }
          if value > high {
            sum = sum * exponential(high - value) + 1
            high = value
          } else if value > high - 16 {
            sum += exponential(value - high)
          }
        }
        if high > -.infinity { backward[here] = high + logarithm(sum) }
      }
    }
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
          scores[slot] = value > -16 ? min(1, exponential(value)) : 0
        }
      }
    }
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
