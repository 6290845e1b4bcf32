/// The script of a character or a word, as far as the alignment and the checks care.
public enum Script: UInt8, Sendable, Hashable {
  /// Digits, marks, and letters of no script.
  case common
  case latin, greek, cyrillic, han, hiragana, katakana, hangul, bopomofo, arabic, hebrew, thai
  case devanagari
  /// Letters of any script that is not named here.
  case other

  /// The script of a Unicode scalar. Combining marks, which take the script of their letter, are
  /// common.
  package init(_ scalar: UInt32) {
    self = Self.script(of: scalar)
  }

  private static func script(of scalar: UInt32) -> Script {
    switch scalar {
    case 0...0x7F: return (scalar | 0x20) &- 0x61 < 26 ? .latin : .common
    case 0xAA, 0xBA, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x2B8, 0x2E0...0x2E4, 0x1D00...0x1D25,
      0x1D2C...0x1D5C, 0x1D62...0x1D65, 0x1D6B...0x1D77, 0x1D79...0x1DBE, 0x1E00...0x1EFF, 0x2071,
      0x207F, 0x2090...0x209C, 0x212A...0x212B, 0x2132, 0x214E, 0x2160...0x2188, 0x2C60...0x2C7F,
      0xA722...0xA787, 0xA78B...0xA7FF, 0xAB30...0xAB5A, 0xAB5C...0xAB64, 0xAB66...0xAB69,
      0xFB00...0xFB06,
      0xFF21...0xFF3A, 0xFF41...0xFF5A:
      return .latin
    case 0x370...0x373, 0x375...0x377, 0x37A...0x37D, 0x37F, 0x384, 0x386, 0x388...0x3E1,
      0x3F0...0x3FF, 0x1D26...0x1D2A, 0x1D5D...0x1D61,
      0x1D66...0x1D6A, 0x1DBF, 0x1F00...0x1FFE, 0x2126, 0xAB65:
      return .greek
    case 0x400...0x484, 0x487...0x52F, 0x1C80...0x1C88, 0x1D2B, 0x1D78, 0xA640...0xA69F:
      return .cyrillic
    case 0x591...0x5F4, 0xFB1D...0xFB4F: return .hebrew
    case 0x620...0x63F, 0x641...0x64A, 0x656...0x66F, 0x671...0x6DC, 0x6DE...0x6FF, 0x750...0x77F,
      0x870...0x88E, 0x8A0...0x8E1, 0xFB50...0xFD3D, 0xFD50...0xFDFF, 0xFE70...0xFEFC:
      return .arabic
    case 0x900...0x950, 0x955...0x963, 0x966...0x97F, 0xA8E0...0xA8FF: return .devanagari
    case 0xE01...0xE3A, 0xE40...0xE5B: return .thai
    case 0x1100...0x11FF, 0x3131...0x318E, 0xA960...0xA97C, 0xAC00...0xD7FB, 0xFFA0...0xFFDC:
      return .hangul
    case 0x3041...0x3096, 0x309D...0x309F: return .hiragana
    case 0x30A1...0x30FA, 0x30FD...0x30FF, 0x31F0...0x31FF, 0xFF66...0xFF6F, 0xFF71...0xFF9D:
      return .katakana
    case 0x2EA...0x2EB, 0x3105...0x312F, 0x31A0...0x31BF: return .bopomofo
    case 0x2E80...0x2FD5, 0x303B: return .han
    default:
      if scalar.isHanScalar { return .han }
      guard scalar >= 0x530 else { return .common }
      return scalar.isWordScalar && !scalar.isCommonLetter ? .other : .common
    }
  }
}

/// How a word is written.
public enum LetterCase: UInt8, Sendable, Hashable {
  /// The word has no letters with case.
  case none
  /// `word`
  case lower
  /// `Word`, and single capitals such as `A`.
  case capitalized
  /// `WORD`, `H1N1`
  case upper
  /// `iPhone`, `McDonald`
  case mixed
}

/// What a word's spelling says beside its key.
struct WordShape {
  private(set) var script = Script.common
  private(set) var letterCase = LetterCase.none

  /// - Parameter word: UTF-8.
  init(_ word: Span<UInt8>) {
    var upper = 0
    var lower = 0
    var startsUpper = false
    var index = 0
    while index < word.count {
      let (scalar, length) = word.scalar(at: index)
      // The possessive belongs to no shape: NATO's is written in capitals.
      if scalar.isApostrophe, index + length + 1 == word.count { break }
      index += length
      if script == .common { script = Script(scalar) }
      guard let isUpper = scalar.isUppercase else { continue }
      if upper + lower == 0 { startsUpper = isUpper }
      if isUpper { upper += 1 } else { lower += 1 }
    }
    if upper == 0 {
      letterCase = lower == 0 ? .none : .lower
    } else if lower == 0 {
      letterCase = upper == 1 ? .capitalized : .upper
    } else {
      letterCase = upper == 1 && startsUpper ? .capitalized : .mixed
    }
  }
}

extension UInt32 {
  /// Whether a letter is a capital; `nil` for scalars without case.
  fileprivate var isUppercase: Bool? {
    if self < 0x80 { return (self | 0x20) &- 0x61 < 26 ? self < 0x60 : nil }
    switch Unicode.Scalar(self)?.properties.generalCategory {
    case .uppercaseLetter, .titlecaseLetter: return true
    case .lowercaseLetter: return false
    default: return nil
    }
  }

  /// Combining marks, digits and letters that several scripts share.
  fileprivate var isCommonLetter: Bool {
    switch Unicode.Scalar(self)?.properties.generalCategory {
    case .nonspacingMark, .decimalNumber, .enclosingMark: return true
    default: return 0x30FC == self || 0xFF70 == self || 0xFF9E...0xFF9F ~= self
    }
  }
}
