internal import Segmentation

/// The pieces of a match key by which the memory finds texts: at each code point one begins, of two
/// code points where an ideograph is one of them, else of three, so that both languages have pieces
/// that are rare and still many. Behind the last code point stands ``end``, so that pieces begin
/// there too.
///
/// Which pieces a stretch of text has depends on that stretch alone: whatever holds it has them.
enum TextGrams {
  /// What stands behind a text: no code point.
  static let end: UInt32 = 0x1F_FFFF

  /// The first code point of the ideographs, kana and syllables that a text has thousands of.
  private static let firstDense: UInt32 = 0x2E80

  @inline(__always)
  static func pack(_ first: UInt32, _ second: UInt32, _ third: UInt32) -> UInt64 {
    UInt64(first) << 42 | UInt64(second) << 21 | UInt64(third)
  }

  /// How many code points a piece has that begins with these two.
  @inline(__always)
  static func length(_ first: UInt32, _ second: UInt32) -> Int {
    first >= firstDense || second >= firstDense ? 2 : 3
  }

  /// The piece that begins at a place.
  @inline(__always)
  static func gram(at index: Int, of scalars: UnsafeBufferPointer<UInt32>) -> UInt64 {
    let first = scalars[index]
    let second = index + 1 < scalars.count ? scalars[index + 1] : end
    if length(first, second) == 2 { return pack(first, second, 0) }
    return pack(first, second, index + 2 < scalars.count ? scalars[index + 2] : end)
  }

  /// The pieces of a stretch of text that all texts have that hold it, and where each begins; those
  /// of a whole text when it is one.
  static func grams(of scalars: [UInt32], isWhole: Bool) -> [(gram: UInt64, start: Int)] {
    scalars.withUnsafeBufferPointer { scalars in
      scalars.indices.compactMap { index in
        let gram = gram(at: index, of: scalars)
        let length = index + 1 < scalars.count ? length(scalars[index], scalars[index + 1]) : 2
        return isWhole || index + length <= scalars.count ? (gram, index) : nil
      }
    }
  }

  /// All pieces that begin with these one or two code points.
  static func range(beginningWith scalars: [UInt32]) -> Range<UInt64> {
    let first = scalars[0]
    guard scalars.count > 1 else { return pack(first, 0, 0)..<pack(first + 1, 0, 0) }
    return pack(first, scalars[1], 0)..<pack(first, scalars[1] + 1, 0)
  }
}
