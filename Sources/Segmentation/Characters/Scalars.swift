internal import Bitext

extension Span<UInt8> {
  /// The Unicode scalar that starts at a byte, and how many bytes it takes.
  ///
  /// A byte that starts no valid sequence counts as U+FFFD of one byte, so that a scan always goes
  /// on.
  @inline(__always)
  package func scalar(at index: Int) -> (value: UInt32, length: Int) {
    let first = self[index]
    guard first >= 0x80 else { return (UInt32(first), 1) }
    let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 1
    guard length > 1, index + length <= count else { return (0xFFFD, 1) }
    var value = UInt32(first) & (0x7F >> UInt32(length))
    for offset in 1..<length {
      let byte = self[index + offset]
      guard byte & 0xC0 == 0x80 else { return (0xFFFD, 1) }
      value = value << 6 | UInt32(byte & 0x3F)
    }
    // Overlong forms, surrogates, and what lies beyond Unicode.
    let isValid =
      length == 2 || length == 3 && value >= 0x800 && value & 0xFFFF_F800 != 0xD800
      || length == 4 && 0x10000...0x10FFFF ~= value
    return isValid ? (value, length) : (0xFFFD, 1)
  }
}

extension UInt32 {
  /// Chinese, Japanese or Korean ideographs, with the iteration mark and 〇.
  package var isHanScalar: Bool {
    0x4E00...0x9FFF ~= self || 0x3400...0x4DBF ~= self || self == 0x3005 || self == 0x3007
      || 0xF900...0xFAFF ~= self || 0x20000...0x3FFFF ~= self
  }

  package var isWhitespaceScalar: Bool {
    self == 0x20 || 0x09...0x0D ~= self || self == 0xA0 || self == 0x3000 || self == 0xFEFF
      || 0x2000...0x200B ~= self || self == 0x202F || self == 0x205F || self == 0x2028
      || self == 0x2029 || self == 0x85
  }

  /// The columns that a terminal gives the scalar: two for ideographs and full-width forms, none
  /// for combining marks.
  package var displayWidth: Int {
    if self < 0x300 { return self < 0x20 ? 0 : 1 }
    if isHanScalar || 0x1100...0x115F ~= self || 0x2E80...0x303E ~= self
      || 0x3041...0x33FF ~= self || 0xA000...0xA4CF ~= self || 0xAC00...0xD7A3 ~= self
      || 0xFE30...0xFE4F ~= self || 0xFF01...0xFF60 ~= self || 0xFFE0...0xFFE6 ~= self
      || 0x1F300...0x1FAFF ~= self
    {
      return 2
    }
    if 0x200B...0x200F ~= self || 0xFE00...0xFE0F ~= self { return 0 }
    let category = Unicode.Scalar(self)?.properties.generalCategory
    return category == .nonspacingMark || category == .enclosingMark ? 0 : 1
  }

  /// Quotation marks of all shapes, the Chinese title marks among them.
  package var isQuoteScalar: Bool {
    switch self {
    case 0x22, 0x27, 0xAB, 0xBB, 0x2018...0x201F, 0x2039, 0x203A, 0x3008...0x300F, 0x301D...0x301F,
      0xFF02, 0xFF07, 0xFE41...0xFE44:
      true
    default: false
    }
  }

  /// Hyphens and short dashes, which join words.
  package var isHyphenScalar: Bool {
    self == 0x2D || 0x2010...0x2013 ~= self || self == 0x2212 || self == 0xFF0D || self == 0xAD
      || self == 0xFE63
  }

  /// The ASCII character that stands for a full-width form or a Chinese punctuation mark, else
  /// the scalar itself. Letters are not put in lower case.
  package var narrowed: UInt32 {
    switch self {
    case 0xFF01...0xFF5E: self - 0xFEE0
    case 0x3000, 0xA0: 0x20
    case 0x3001: 0x2C
    case 0x3002: 0x2E
    case 0x3010, 0x3014, 0x3016: 0x5B
    case 0x3011, 0x3015, 0x3017: 0x5D
    case 0x2014, 0x2015: 0x2014
    case 0x2022, 0x2027, 0x30FB, 0xFF65: 0xB7
    default: isHyphenScalar ? 0x2D : self
    }
  }

  /// Letters, digits and marks of scripts that are written in words.
  package var isWordScalar: Bool {
    if self < 0x80 { return (self | 0x20) &- 0x61 < 26 || self &- 0x30 < 10 }
    if 0xFF10...0xFF19 ~= self || 0xFF21...0xFF3A ~= self || 0xFF41...0xFF5A ~= self { return true }
    if isHanScalar || 0x2000...0x206F ~= self || 0x3000...0x3030 ~= self || 0xFF00...0xFFEF ~= self
    {
      return false
    }
    guard let scalar = Unicode.Scalar(self) else { return false }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .nonspacingMark, .spacingMark, .decimalNumber:
      return true
    default: return false
    }
  }
}
