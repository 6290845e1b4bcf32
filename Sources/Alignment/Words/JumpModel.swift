/// How far the counterparts of neighbouring words lie apart: the transitions of the hidden Markov
/// model, by the length of the jump alone (Vogel, Ney and Tillmann, COLING 1996).
struct JumpModel: Sendable {
  /// Jumps further than this count as one another.
  static let reach = 12
  static let size = 2 * reach + 1

  /// What a jump of −reach…reach weighs, before it is normalised over the places of a text.
  private let weights: [Float]

  /// A jump to the next word is likeliest, others less the further they go.
  init() {
    weights = (-Self.reach...Self.reach).map { 1 / (1 + Float(($0 - 1).magnitude)) }
  }

  /// The jumps that were expected, −reach…reach; `smoothing` is the share that is spread evenly.
  init(counts: [Float], smoothing: Float) {
    let total = max(counts.reduce(0, +), 1e-6)
    weights = counts.map { $0 / total + smoothing / Float(Self.size) }
  }

  /// The weights of jumps −length…length.
  func kernel(length: Int) -> [Float] {
    (-length...length).map { weights[max(-Self.reach, min(Self.reach, $0)) + Self.reach] }
  }
}
