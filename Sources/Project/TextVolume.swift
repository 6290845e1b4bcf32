internal import Segmentation

/// How much text there is, as the field counts it.
public struct TextVolume: Sendable, Hashable {
  public var segments = 0
  /// Words between spaces that hold a letter or a digit; each ideograph, kana and bopomofo is a word
  /// by itself, as word processors count them for quotes.
  public var words = 0
  /// Unicode scalars without white space and without what has no width of its own.
  public var characters = 0

  public init() {}

  /// The volume of one segment.
  public init(of text: String) {
    segments = 1
    var isWord = false
    for scalar in text.unicodeScalars {
      let value = scalar.value
      if value.isWhitespaceScalar {
        isWord = false
        continue
      }
      guard !scalar.properties.isDefaultIgnorableCodePoint else { continue }
      characters += 1
      if value.isWordByItself {
        words += 1
        isWord = false
      } else if value.endsWord {
        isWord = false
      } else if !isWord, scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
        words += 1
        isWord = true
      }
    }
  }

  public static func += (left: inout Self, right: Self) {
    left.segments += right.segments
    left.words += right.words
    left.characters += right.characters
  }
}

extension UInt32 {
  /// Ideographs and the syllables that stand among them without spaces.
  fileprivate var isWordByItself: Bool {
    isHanScalar || 0x3041...0x312F ~= self && !(0x3099...0x309C ~= self) && self != 0x30FB
      || 0x31A0...0x31BF ~= self || 0x31F0...0x31FF ~= self || 0xFF66...0xFF9D ~= self
  }

  /// Dashes between words, dots that stand for what is left out, and the marks of Chinese; hyphens,
  /// apostrophes and slashes stand within words.
  fileprivate var endsWord: Bool {
    switch self {
    case 0x2013...0x2015, 0x2026, 0x3001...0x3003, 0x3008...0x3020, 0x3030, 0x30FB, 0xFF01...0xFF0F,
      0xFF1A...0xFF20, 0xFF3B...0xFF40, 0xFF5B...0xFF65:
      true
    default: false
    }
  }
}
