/// How far the counterparts of neighbouring words lie apart: the transitions of the hidden Markov
/// model, by the length of the jump alone (Vogel, Ney and Tillmann, COLING 1996).
///
/// Far jumps are rare one by one and frequent together, so they are counted in classes that grow
/// with the distance.
struct JumpModel: Sendable {
  /// Where the classes of distances begin: 0, 1, 2, 3, 4, 5–6, 7–9, 10–14, 15–24, 25–49, 50 and on.
  private static let bounds = [0, 1, 2, 3, 4, 5, 7, 10, 15, 25, 50]
  /// How many distances each has; the last one is as wide as the one before.
  private static let widths: [Float] = [1, 1, 1, 1, 1, 2, 3, 5, 10, 25, 50]
  /// The classes of jumps to the left, of staying, and of jumps to the right.
  static let size = 2 * bounds.count - 1

  /// How many kinds of steps there are: see ``kind(from:to:)``.
  static let kinds = 4

  /// What a jump of each class weighs, kind after kind, before it is normalised over the places of
  /// a text.
  private let weights: [Float]

  /// A jump to the next word is likeliest, others less the further they go.
  init() {
    weights = (0..<Self.size * Self.kinds).map { index in
      let center = index % Self.size - Self.bounds.count + 1
      let distance = Float(Self.bounds[abs(center)]) * (center < 0 ? -1 : 1)
      return 1 / (1 + (distance - 1).magnitude)
    }
  }

  /// The jumps that were expected, by kind and class; `smoothing` is the share of each kind that is
  /// spread evenly.
  init(counts: [Float], smoothing: Float) {
    weights = counts.indices.map { index in
      let first = index / Self.size * Self.size
      let total = max(counts[first..<first + Self.size].reduce(0, +), 1e-6)
      let width = Self.widths[abs(index % Self.size - Self.bounds.count + 1)]
      return (counts[index] / total + smoothing / Float(Self.size)) / width
    }
  }

  /// The kind of a step from one word to the next: articles and particles, which are frequent,
  /// stand elsewhere than nouns.
  static func kind(from isFrequent: Bool, to isNextFrequent: Bool) -> Int {
    (isFrequent ? 2 : 0) + (isNextFrequent ? 1 : 0)
  }

  /// The class of a jump.
  static func index(of jump: Int) -> Int {
    let distance = jump.magnitude
    let last = bounds.count - 1
    var index = distance < 5 ? Int(distance) : 5
    while index < last, bounds[index + 1] <= distance { index += 1 }
    return jump < 0 ? last - index : last + index
  }

  /// The weights of jumps −length…length of a kind.
  func kernel(length: Int, kind: Int) -> [Float] {
    (-length...length).map { weights[kind * Self.size + Self.index(of: $0)] }
  }
}
