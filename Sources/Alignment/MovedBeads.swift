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
    let context = search.context
    var runs = Self.runs(path, left: true)
    var others = Self.runs(path, left: false)
    guard !runs.isEmpty, !others.isEmpty else { return }
    while let (run, other) = Self.closest(runs, others, context) {
      let (left, right) = (runs.remove(at: run), others.remove(at: other))
      let start = SearchNode(row: left.segments.lowerBound, column: right.segments.lowerBound)
      let end = SearchNode(row: left.segments.upperBound, column: right.segments.upperBound)
      guard (left.segments.count + 1) * (right.segments.count + 1) <= Self.mostPlaces else {
        continue
      }
      beads += Self.believed(search.surestPath(from: start, to: end), others: others.count)
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

  /// The runs that share most of their rare words.
  private static func closest(
    _ runs: [Run], _ others: [Run], _ context: BeadScorer.Context
  ) -> (Int, Int)? {
    var runOfSegment: [Int: Int] = [:]
    for (index, run) in others.enumerated() {
      for segment in run.segments { runOfSegment[segment] = index }
    }
    var best: (run: Int, other: Int, weight: Float)?
    for (index, run) in runs.enumerated() {
      var weights: [Int: Float] = [:]
      for segment in run.segments {
        for (column, weight) in AnchorChain.partners(
          of: segment, left: context.left, evidence: context.evidence)
        {
          if let other = runOfSegment[column] { weights[other, default: 0] += weight }
        }
      }
      for (other, weight) in weights.sorted(by: { $0.key < $1.key })
      where weight > best?.weight ?? 0 {
        best = (index, other, weight)
      }
    }
    return best.map { ($0.run, $0.other) }
  }
}
