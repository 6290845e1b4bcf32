/// How many segments of each side a bead may join.
struct BeadShape {
  /// Segments of the left side (Chinese, when one side is).
  var left: Int
  /// Segments of the right side.
  var right: Int

  /// The widest bead on either side.
  static let maximumLeft = 4
  static let maximumRight = 6

  /// One Chinese sentence often becomes several English ones, seldom the other way round.
  static let all: [BeadShape] = [
    BeadShape(1, 0), BeadShape(0, 1),
    BeadShape(1, 1), BeadShape(1, 2), BeadShape(1, 3), BeadShape(1, 4), BeadShape(1, 5),
    BeadShape(1, 6), BeadShape(2, 1), BeadShape(3, 1), BeadShape(4, 1),
    BeadShape(2, 2), BeadShape(2, 3), BeadShape(3, 2), BeadShape(3, 3),
  ]

  private init(_ left: Int, _ right: Int) {
    self.left = left
    self.right = right
  }
}
