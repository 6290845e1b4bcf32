internal import Bitext
internal import Segmentation

/// What a difference is told in and words are counted in: words of scripts with spaces, single
/// ideographs and kana, runs of white space, single marks.
struct SearchToken: Hashable {
  enum Kind: Hashable {
    case word, ideograph, space, mark

    /// Whether it counts as a word.
    var counts: Bool { self == .word || self == .ideograph }
  }

  var kind: Kind
  /// Bytes of the text.
  var range: Range<Int>

  /// The tokens of a text in UTF-8, which make it up together.
  static func tokens(of utf8: Span<UInt8>) -> [SearchToken] {
    var tokens: [SearchToken] = []
    var index = 0
    while index < utf8.count {
      let (scalar, length) = utf8.scalar(at: index)
      let kind = kind(of: scalar)
      var end = index + length
      if kind == .word || kind == .space {
        while end < utf8.count {
          let (next, nextLength) = utf8.scalar(at: end)
          let isJoined = kind == .word && joins(utf8, from: index, at: end, next, nextLength)
          guard Self.kind(of: next) == kind || isJoined else { break }
          end += nextLength
        }
      }
      tokens.append(SearchToken(kind: kind, range: index..<end))
      index = end
    }
    return tokens
  }

  /// Whether a mark stands within a word: an apostrophe or hyphen between letters, a point or comma
  /// between digits.
  private static func joins(
    _ utf8: Span<UInt8>, from start: Int, at index: Int, _ mark: UInt32, _ length: Int
  ) -> Bool {
    guard index + length < utf8.count else { return false }
    let isNumber = utf8[index - 1].isASCIIDigit
    let next = utf8[index + length]
    switch mark {
    case 0x2E, 0x2C: return isNumber && next.isASCIIDigit
    case 0x27, 0x2019, 0x2D, 0x2010:
      return !isNumber && kind(of: utf8.scalar(at: index + length).value) == .word
        && !next.isASCIIDigit
    default: return false
    }
  }

  private static func kind(of scalar: UInt32) -> Kind {
    if scalar < 0x80 {
      let byte = UInt8(scalar)
      if byte.isASCIILetter || byte.isASCIIDigit { return .word }
      return scalar.isWhitespaceScalar ? .space : .mark
    }
    if scalar.isWhitespaceScalar { return .space }
    if scalar.isHanScalar || 0x3041...0x312F ~= scalar && scalar != 0x30FB { return .ideograph }
    guard let properties = Unicode.Scalar(scalar)?.properties else { return .mark }
    switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .letterNumber, .otherNumber,
      .format:
      return .word
    default: return .mark
    }
  }
}
