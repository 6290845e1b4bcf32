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

  init(left: [Float], right: [Float]) {
    let totals = (left.reduce(0, +), right.reduce(0, +))
    ratio = totals.0 > 0 && totals.1 > 0 ? totals.1 / totals.0 : 1
    variance = 6.8 * max(1, ratio)
  }

  /// The logarithm of the probability of a length difference at least as great.
  func score(left: Float, right: Float) -> Float {
    let expected = left * ratio
    let mean = (expected + right) / 2
    return logTwoTails((right - expected) / (variance * max(mean, 1)).squareRoot())
  }

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
