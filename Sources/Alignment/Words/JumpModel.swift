/// How far the aligned words of neighbouring words lie apart: the transitions of the hidden Markov
/// model (Vogel, Ney and Tillmann 1996), by the length of the jump alone.
struct JumpModel: Sendable {
  /// Jumps further than this count as one another.
  static let reach = 12
  static let size = 2 * reach + 1

  /// What a jump of −reach…reach weighs, before it is normalised over the places of a text.
  private(set) var weights: [Float]
  /// The probability that a word has no counterpart.
  var null: Float

  /// A jump to the next word is likeliest, others less the further they go.
  init(null: Float) {
    self.null = null
    weights = (-Self.reach...Self.reach).map { jump in
      1 / (1 + Float((jump - 1).magnitude))
    }
  }

  /// The model that expected jumps suggest.
  init(counts: [Float], null: Float, smoothing: Float) {
    self.null = null
    let total = counts.reduce(0, +)
    weights = counts.map { $0 / max(total, 1e-6) + smoothing / Float(Self.size) }
  }

  /// The weights of jumps −length…length, one after the other, the far ones spread out.
  func kernel(length: Int) -> [Float] {
    (-length...length).map { jump in
      let bounded = max(-Self.reach, min(Self.reach, jump))
      return weights[bounded + Self.reach]
    }
  }
}
