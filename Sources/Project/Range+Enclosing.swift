extension Range<Int> {
  /// Whether another one is inside, or is the same.
  func encloses(_ other: Range<Int>) -> Bool {
    lowerBound <= other.lowerBound && other.upperBound <= upperBound
  }
}
