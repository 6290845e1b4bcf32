internal import Bitext
internal import Segmentation

/// How well two lengths fit a translation: Gale and Church's model (Computational Linguistics 19,
/// 1993), with the ratio taken from the document itself.
struct LengthModel {
  /// Right characters for one of the left.
  private let ratio: Float
  /// The variance of the right length for one left character, in units of the right side.
  ///
  /// Gale and Church found 6.8 between European languages; Chinese to English, where a character
  /// stands for a word, spreads more.
  private let variance: Float

  init(ratio: Float) {
    self.ratio = ratio
    variance = 6.8 * max(1, ratio)
    tails = (0...Int(Self.farthest * Self.stepsPerUnit) + 1).map {
      logTwoTails(Float($0) / Self.stepsPerUnit)
    }
  }

  /// Takes the ratio from the documents' lengths, unless the anchors between them have quite another:
  /// then one side has much that the other has not.
  init(left: AlignmentSide, right: AlignmentSide, chain: AnchorChain) {
    let totals = (left.lengths.reduce(0, +), right.lengths.reduce(0, +))
    let ratio = totals.0 > 0 && totals.1 > 0 ? totals.1 / totals.0 : 1
    guard chain.anchors.count >= Self.leastAnchors else {
      self.init(ratio: ratio)
      return
    }
    let anchored = chain.anchors.reduce(into: (left: Float(1), right: Float(1))) {
      $0.left += left.lengths[$1.left]
      $0.right += right.lengths[$1.right]
    }
    let other = anchored.right / anchored.left
    self.init(ratio: max(ratio, other) <= min(ratio, other) * Self.mostDifference ? ratio : other)
  }

  /// Takes the ratio from beads, where nothing is that only one side has.
  init(left: AlignmentSide, right: AlignmentSide, path: [BeadSearch.Step], else other: LengthModel)
  {
    var sums: (left: Float, right: Float) = (0, 0)
    var count = 0
    for step in path {
      let start = step.start
      guard start.row < step.row, start.column < step.column else { continue }
      for segment in start.row..<step.row { sums.left += left.lengths[segment] }
      for segment in start.column..<step.column { sums.right += right.lengths[segment] }
      count += 1
    }
    let isEnough = count >= Self.leastAnchors && sums.left > 0 && sums.right > 0
    self.init(ratio: isEnough ? sums.right / sums.left : other.ratio)
  }

  /// Fewer anchors say nothing about the ratio.
  private static let leastAnchors = 4
  /// How much the ratios of the anchors and of the documents may differ: an anchor is often a part
  /// of a bead.
  private static let mostDifference: Float = 1.7

  /// How far two lengths are apart, in steps of ``tails``.
  @inline(__always)
  func distance(left: Float, right: Float) -> Float {
    let expected = left * ratio
    let mean = (expected + right) / 2
    let deviation = (right - expected).magnitude / (variance * max(mean, 1)).squareRoot()
    return min(deviation, Self.farthest) * Self.stepsPerUnit
  }

  /// The logarithm of the probability of a distance at least as great.
  @inline(__always)
  func score(distance: Float) -> Float {
    let index = Int(distance)
    let share = distance - Float(index)
    return tails[index] * (1 - share) + tails[index + 1] * share
  }

  /// The logarithm of the probability of a length difference at least as great.
  func score(left: Float, right: Float) -> Float {
    score(distance: distance(left: left, right: right))
  }

  /// ``logTwoTails(_:)`` at steps of a standard deviation, between which it is nearly straight.
  private let tails: [Float]
  private static let stepsPerUnit: Float = 32
  /// Beyond so many standard deviations a bead is hopeless anyway.
  private static let farthest: Float = 12

  /// The length of a text: its letters, digits and ideographs.
  static func length(of utf8: Span<UInt8>) -> Float {
    var count = 0
    var index = 0
    while index < utf8.count {
      let scalar = utf8.scalar(at: index)
      if !scalar.value.isWhitespaceScalar { count += 1 }
      index += scalar.length
    }
    return Float(count)
  }
}
