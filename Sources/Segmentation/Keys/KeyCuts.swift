internal import Bitext

/// Where a text can be cut without changing its tokens: what a quotation mark, a hyphen, a comma or
/// a space does to the tokens depends on nothing beyond such a place.
///
/// That is so between two ideographs, and before an ASCII letter or digit that a space parts from
/// another one or from a mark that is neither a hyphen nor a quotation mark. A hyphen looks through
/// the spaces and quotation marks beside it, so that none of these may stand at a cut; all else
/// looks no further than the next letter, digit, ideograph or space.
extension ByteText {
  /// Whether the text can be cut at an index inside of it.
  fileprivate func isCut(_ index: Int) -> Bool {
    switch kind(at: index) {
    case .word:
      guard index >= 2, kind(at: index - 1) == .space else { return false }
      switch self[index - 2] {
      case 0x21, 0x29, 0x2C, 0x2E, 0x3A, 0x3B, 0x3F: return true
      default: return kind(at: index - 2) == .word
      }
    case .ideograph: return hasPlainHan(at: index) && hasPlainHan(at: index - 3)
    default: return false
    }
  }

  /// The first cut at an index or behind it, else the end.
  func cut(from index: Int) -> Int {
    var index = index
    while index < count, !isCut(index) { index += 1 }
    return min(index, count)
  }

  /// The last cut at an index or before it, but not before `start`.
  func cut(before index: Int, from start: Int) -> Int {
    var index = index
    while index > start, !isCut(index) { index -= 1 }
    return index
  }
}

extension Span<UInt8> {
  /// The first place at an index or behind it where the text can be cut without changing its
  /// tokens, else its end.
  package func keyCut(from index: Int) -> Int {
    withUnsafeBufferPointer { ByteText($0).cut(from: index) }
  }
}
