internal import CICU

/// The folded form of a text, under which two spellings of the same words are equal: for fuzzy
/// matches, concordances and duplicates.
///
/// Folded are case and compatibility forms (NFKC), width, quotes, dashes, runs of white space, and
/// the space between ideographs and Latin letters. Inflection and script stay; ``KeyTokenizer``
/// folds those too.
public struct MatchKey: Sendable, Hashable {
  /// UTF-8.
  public private(set) var bytes: [UInt8] = []
  /// For each byte of the key, where its character starts in the text; one more for the end.
  private var sources: [UInt32] = []
  /// For each byte of the key, the end of its character in the text.
  private var sourceEnds: [UInt32] = []

  public init(_ text: String) {
    let utf8 = Array(text.utf8)
    self.init(utf8.span)
  }

  /// - Parameter utf8: the text, in UTF-8.
  public init(_ utf8: Span<UInt8>) {
    bytes.reserveCapacity(utf8.count)
    var index = 0
    var pendingSpace = false
    var lastIsHan = true
    while index < utf8.count {
      let (scalar, length) = utf8.scalar(at: index)
      let range = index..<index + length
      index += length
      // Before white space, since U+200B counts as such elsewhere.
      if scalar == 0xAD || scalar == 0x200B { continue }
      if scalar.isWhitespaceScalar {
        pendingSpace = true
        continue
      }
      let folded = Self.folded(scalar)
      let isHan = scalar.isHanScalar || scalar.isWideMark
      if pendingSpace, !isHan, !lastIsHan {
        append(0x20, from: range.lowerBound..<range.lowerBound)
      }
      pendingSpace = false
      lastIsHan = isHan
      append(folded, from: range, of: utf8)
    }
  }

  public static func == (left: Self, right: Self) -> Bool { left.bytes == right.bytes }
  public func hash(into hasher: inout Hasher) { hasher.combine(bytes) }

  /// The bytes of the text behind a byte range of the key.
  public func sourceRange(_ range: Range<Int>) -> Range<Int> {
    guard !range.isEmpty, range.upperBound <= sources.count else { return 0..<0 }
    let start = Int(sources[range.lowerBound])
    return start..<max(start, Int(sourceEnds[range.upperBound - 1]))
  }

  /// What a scalar folds to, when that is one scalar and needs no table of ICU's.
  private static func folded(_ scalar: UInt32) -> UInt32? {
    if scalar.isHanScalar { return scalar < 0xF900 || scalar >= 0x20000 ? scalar : nil }
    if scalar.isQuoteScalar { return 0x22 }
    let narrow = scalar.narrowed
    if narrow < 0x80 { return 0x41...0x5A ~= narrow ? narrow | 0x20 : narrow }
    if 0x2010...0x2026 ~= narrow || narrow == 0xB7 { return narrow }
    return nil
  }

  private mutating func append(_ folded: UInt32?, from range: Range<Int>, of utf8: Span<UInt8>) {
    guard let folded, let scalar = Unicode.Scalar(folded) else {
      appendFoldedByICU(range, of: utf8)
      return
    }
    for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter {
      append(byte, from: range)
    }
  }

  private mutating func appendFoldedByICU(_ range: Range<Int>, of utf8: Span<UInt8>) {
    var folded = [UInt8](repeating: 0, count: 96)
    let length = utf8.extracting(range).withUnsafeBufferPointer { text in
      concord_icu_fold(text.baseAddress, Int32(text.count), &folded, Int32(folded.count))
    }
    if 0...Int32(folded.count) ~= length {
      for byte in folded.prefix(Int(length)) { append(byte, from: range) }
    } else {
      for offset in range { append(utf8[offset], from: range) }
    }
  }

  private mutating func append(_ byte: UInt8, from range: Range<Int>) {
    bytes.append(byte)
    sources.append(UInt32(range.lowerBound))
    sourceEnds.append(UInt32(range.upperBound))
  }
}

extension UInt32 {
  /// Full-width marks, beside which a space says nothing.
  fileprivate var isWideMark: Bool { 0x3000...0x303F ~= self || 0xFF00...0xFFEF ~= self }
}
