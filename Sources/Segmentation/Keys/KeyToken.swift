internal import Bitext
internal import CICU

/// A piece of a text's match key: what is the same in two spellings of one term.
public struct KeyToken: Sendable, Hashable {
  public enum Kind: UInt8, Sendable {
    /// A word of a script with spaces, in lower case and without its inflection.
    case word
    /// One ideograph, in its simplified form.
    case han
    /// Digits, without the separators of thousands.
    case number
    /// A mark of punctuation, narrowed. Quotes, and hyphens inside words, give no token at all.
    case punctuation
  }

  /// Of the folded form; two tokens with the same hash count as the same.
  public var hash: UInt64
  /// The first byte of the token in the text.
  public var start: UInt32
  /// The byte after its last one.
  public var end: UInt32
  public var kind: Kind

  /// The bytes of the token in the text.
  public var range: Range<Int> { Int(start)..<Int(end) }
}

/// Cuts text into ``KeyToken``s: the fold under which "Golden Phoenixes" and "golden phoenix",
/// 西部（重慶）科學城 and 西部(重庆)科学城 are the same.
///
/// Folded are case, width (NFKC), brackets, quotes and title marks, hyphens and dashes, white
/// space, Hans/Hant, and English inflection.
public struct KeyTokenizer: Sendable {
  public init() {}

  /// The tokens of a text in UTF-8, in order.
  public func tokens(of utf8: Span<UInt8>) -> [KeyToken] {
    var scanner = KeyScanner(utf8.count)
    scanner.scan(utf8)
    return scanner.tokens
  }

  /// The tokens of a string.
  public func tokens(of text: String) -> [KeyToken] {
    let bytes = Array(text.utf8)
    return tokens(of: bytes.span)
  }
}

private struct KeyScanner: ~Copyable {
  var tokens: [KeyToken] = []
  private var word: [UInt8] = []
  private let stemmer = Stemmer()

  init(_ byteCount: Int) { tokens.reserveCapacity(byteCount / 4) }

  mutating func scan(_ utf8: Span<UInt8>) {
    var index = 0
    var followsWord = false
    while index < utf8.count {
      let (scalar, length) = utf8.scalar(at: index)
      let next = index + length
      if scalar.isHanScalar {
        add(.han, hash: hash(scalar: HanFolding.simplified(scalar), kind: .han), index..<next)
        followsWord = true
        index = next
      } else if scalar.isWordScalar {
        index = scanWord(utf8, from: index)
        followsWord = true
      } else if scalar.isWhitespaceScalar || scalar.isQuoteScalar || scalar == 0xAD {
        followsWord = false
        index = next
      } else {
        // A hyphen between two words joins them, whether it is written or not.
        let joins =
          followsWord && scalar.isHyphenScalar && next < utf8.count
          && utf8.scalar(at: next).value.joinsWords
        if !joins {
          add(.punctuation, hash: hash(scalar: scalar.narrowed, kind: .punctuation), index..<next)
        }
        followsWord = false
        index = next
      }
    }
  }

  /// Takes letters, digits, and what may stand between them: the apostrophe in "don't", the
  /// separators in 1,164.5.
  private mutating func scanWord(_ utf8: Span<UInt8>, from start: Int) -> Int {
    word.removeAll(keepingCapacity: true)
    var index = start
    var end = start
    var isASCII = true
    var isNumber = true
    while index < utf8.count {
      let (scalar, length) = utf8.scalar(at: index)
      let narrow = scalar.narrowed
      if scalar.isWordScalar {
        index += length
        end = index
        if narrow < 0x80 {
          let byte = UInt8(narrow)
          if !byte.isASCIIDigit { isNumber = false }
          word.append(byte.isASCIIUppercase ? byte | 0x20 : byte)
        } else {
          isASCII = false
          isNumber = false
          for offset in index - length..<index { word.append(utf8[offset]) }
        }
        continue
      }
      guard index + length < utf8.count, let last = word.last,
        let after = Optional(utf8.scalar(at: index + length).value.narrowed), after < 0x80
      else { break }
      let isInner: Bool
      switch narrow {
      case 0x2C: isInner = isNumber && hasThreeDigits(utf8, at: index + length)
      case 0x2E: isInner = last.isASCIIDigit && UInt8(after).isASCIIDigit
      case 0x27, 0x2019: isInner = !isNumber && UInt8(after).isASCIILetter
      default: isInner = false
      }
      guard isInner else { break }
      if narrow != 0x2C { word.append(narrow == 0x2E ? 0x2E : 0x27) }
      index += length
    }
    if !isASCII { foldWithICU() }
    dropPossessive()
    let kind: KeyToken.Kind = isNumber ? .number : .word
    if kind == .word { stemmer.reduce(&word) }
    add(kind, hash: hash(bytes: word, kind: kind), start..<end)
    return end
  }

  private func hasThreeDigits(_ utf8: Span<UInt8>, at index: Int) -> Bool {
    guard index + 3 <= utf8.count else { return false }
    for offset in 0..<3 where !utf8[index + offset].isASCIIDigit { return false }
    return index + 3 == utf8.count || !utf8[index + 3].isASCIIDigit
  }

  private mutating func foldWithICU() {
    var folded = [UInt8](repeating: 0, count: word.count * 4 + 16)
    let length = Int(
      concord_icu_fold(word, Int32(word.count), &folded, Int32(folded.count)))
    guard 1...folded.count ~= length else { return }
    word = Array(folded.prefix(length))
  }

  private mutating func dropPossessive() {
    if word.count > 2, word[word.count - 2] == 0x27, word[word.count - 1] == 0x73 {
      word.removeLast(2)
    }
  }

  private mutating func add(_ kind: KeyToken.Kind, hash: UInt64, _ range: Range<Int>) {
    tokens.append(
      KeyToken(
        hash: hash, start: UInt32(range.lowerBound), end: UInt32(range.upperBound), kind: kind))
  }

  private func hash(scalar: UInt32, kind: KeyToken.Kind) -> UInt64 {
    mixed(UInt64(scalar) | UInt64(kind.rawValue) << 56)
  }

  private func hash(bytes: [UInt8], kind: KeyToken.Kind) -> UInt64 {
    // FNV-1a, then a final mix, since its high bits alone are weak.
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325 ^ UInt64(kind.rawValue)
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return mixed(hash)
  }

  /// The finaliser of MurmurHash3 (Appleby, 2011), which spreads every bit.
  private func mixed(_ value: UInt64) -> UInt64 {
    var value = value
    value = (value ^ value >> 33) &* 0xFF51_AFD7_ED55_8CCD
    value = (value ^ value >> 33) &* 0xC4CE_B9FE_1A85_EC53
    return value ^ value >> 33
  }
}

extension UInt32 {
  /// Whether the scalar continues a compound after a hyphen.
  fileprivate var joinsWords: Bool { isWordScalar || isHanScalar }
}
