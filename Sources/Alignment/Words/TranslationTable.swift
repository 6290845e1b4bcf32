/// How likely words translate each other, for the pairs of some texts.
struct TranslationTable: Sendable {
  /// Both directions beside each other, since they are always asked together.
  struct Probabilities: Sendable {
    /// Of the target type, given the source type.
    var forward: Float
    /// Of the source type, given the target type.
    var backward: Float
  }

  let pairs: TypePairs
  let probabilities: FixedBuffer<Probabilities>

  init(_ pairs: TypePairs) {
    self.pairs = pairs
    probabilities = FixedBuffer(
      repeating: Probabilities(forward: 0, backward: 0), count: pairs.count)
  }
}
