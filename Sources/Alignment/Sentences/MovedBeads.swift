internal import Bitext

/// Finds what stands elsewhere on the other side: segments that a path had to leave alone since
/// their translation does not come in the same order.
struct MovedBeads {
  /// Segments of both sides that are moved together, in left order.
  private(set) var beads: [BeadSearch.RatedStep] = []

  /// Neighbouring segments of one side without a counterpart.
  private struct Run {
    var segments: Range<Int>
  }

  /// Places of a search among two runs at the most; longer runs are left alone.
  private static let mostPlaces = 250_000
  /// What speaks against a move, in natural logarithms: most sentences without a counterpart have
  /// none, and each of the other side's could be it.
  private static let penalty: Float = 3
  private static let leastShare: Float = 0.7

  init(among path: [BeadSearch.RatedStep], search: BeadSearch) {
    let (runs, others) = (Self.runs(path, left: true), Self.runs(path, left: false))
    guard !runs.isEmpty, !others.isEmpty else { return }
    var isUsed = (Set<Int>(), Set<Int>())
    for pair in Self.pairs(runs, others, search.context)
    where !isUsed.0.contains(pair.run) && !isUsed.1.contains(pair.other) {
      isUsed.0.insert(pair.run)
      isUsed.1.insert(pair.other)
      let (left, right) = (runs[pair.run].segments, others[pair.other].segments)
      guard (left.count + 1) * (right.count + 1) <= Self.mostPlaces else { continue }
      let steps = search.surestPath(
        from: SearchNode(row: left.lowerBound, column: right.lowerBound),
        to: SearchNode(row: left.upperBound, column: right.upperBound))
      beads += Self.believed(steps, others: others.count - isUsed.1.count)
    }
    beads.sort { $0.step.row < $1.step.row }
  }

  /// The beads of a path between two runs that are there rather than nothing: a section that is
  /// moved as a whole is moved once.
  private static func believed(
    _ path: [BeadSearch.RatedStep], others: Int
  ) -> [BeadSearch.RatedStep] {
    let full = path.filter {
      let shape = BeadShape.all[$0.step.shape]
      return shape.left > 0 && shape.right > 0
    }
    let likely = Float(max(1, full.count { $0.share > 0.5 }))
    let odds = exponential((penalty + logarithm(Float(others + 1))) / likely)
    return full.compactMap { step in
      let share = step.share / (step.share + (1 - step.share) * odds)
      return share < leastShare ? nil : BeadSearch.RatedStep(step: step.step, share: share)
    }
  }

  private static func runs(_ path: [BeadSearch.RatedStep], left: Bool) -> [Run] {
    var runs: [Run] = []
    for step in path {
      let shape = BeadShape.all[step.step.shape]
      guard (left ? shape.right : shape.left) == 0 else { continue }
      let end = left ? step.step.row : step.step.column
      if let last = runs.last, last.segments.upperBound == end - 1 {
        runs[runs.count - 1].segments = last.segments.lowerBound..<end
      } else {
        runs.append(Run(segments: end - 1..<end))
      }
    }
    return runs
  }

  /// Pairs of runs that share rare words, those that share most first.
  private static func pairs(
    _ runs: [Run], _ others: [Run], _ context: BeadScorer.Context
  ) -> [(run: Int, other: Int, weight: Float)] {
    var runOfSegment: [Int: Int] = [:]
    for (index, run) in others.enumerated() {
      for segment in run.segments { runOfSegment[segment] = index }
    }
    var pairs: [(run: Int, other: Int, weight: Float)] = []
    for (index, run) in runs.enumerated() {
      var weights: [Int: Float] = [:]
      for segment in run.segments {
        for (column, weight) in AnchorChain.partners(
          of: segment, left: context.left, evidence: context.evidence)
        {
          if let other = runOfSegment[column] { weights[other, default: 0] += weight }
        }
      }
      pairs += weights.map { (index, $0.key, $0.value) }
    }
    return pairs.sorted { ($1.weight, $0.run, $0.other) < ($0.weight, $1.run, $1.other) }
  }
}
