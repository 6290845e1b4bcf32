/// How many segments of each side a bead may join, and how often that happens.
struct BeadShape {
  /// Segments of the left side (Chinese, when one side is).
  var left: Int
  /// Segments of the right side.
  var right: Int
  /// The natural logarithm of the shape's share among the beads of real translations.
  var logPrior: Float

  /// The widest bead on either side.
  static let maximumLeft = 4
  static let maximumRight = 6

  /// One Chinese sentence often becomes several English ones, seldom the other way round.
  ///
  /// The shares are rounded from what translations of novels and news show; rare shapes keep a
  /// floor, so that a text that needs one can have it.
  static let all: [BeadShape] = [
    BeadShape(1, 0, 0.008), BeadShape(0, 1, 0.008),
    BeadShape(1, 1, 0.62), BeadShape(1, 2, 0.20), BeadShape(1, 3, 0.06),
    BeadShape(1, 4, 0.018), BeadShape(1, 5, 0.006), BeadShape(1, 6, 0.003),
    BeadShape(2, 1, 0.055), BeadShape(3, 1, 0.008), BeadShape(4, 1, 0.002),
    BeadShape(2, 2, 0.02), BeadShape(2, 3, 0.008), BeadShape(3, 2, 0.003), BeadShape(3, 3, 0.002),
  ]

  private init(_ left: Int, _ right: Int, _ share: Double) {
    self.left = left
    self.right = right
    logPrior = Float(logarithm(share))
  }
}
