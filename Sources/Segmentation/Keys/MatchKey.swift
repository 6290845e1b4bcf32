internal import CICU

/// The folded form of a text, under which two spellings of the same words are equal: for fuzzy
/// matches, concordances, duplicates, and to say in what two spellings differ.
///
/// What is folded is a ``Folding``: ``Folding/spelling`` unless asked otherwise, under which
/// inflection and script stay. The key of a key is that key.
public struct MatchKey: Sendable, Hashable {
  /// UTF-8.
  public private(set) var bytes: [UInt8] = []
  /// For each byte of the key, where its character starts in the text.
  private var sources: [UInt32] = []
  /// For each byte of the key, the end of its character in the text.
  private var sourceEnds: [UInt32] = []

  public init(_ text: String, folding: Folding = .spelling) {
    let utf8 = Array(text.utf8)
    self.init(utf8.span, folding: folding)
  }

  /// Folds a text; bytes that are no UTF-8 count as U+FFFD each. Takes linear time.
  ///
  /// - Parameters:
  ///   - utf8: the text, in UTF-8.
  ///   - folding: what two texts with one key may differ in.
  public init(_ utf8: Span<UInt8>, folding: Folding = .spelling) {
    let text = FoldedText(utf8, folding)
    bytes.reserveCapacity(utf8.count)
    sources.reserveCapacity(utf8.count)
    sourceEnds.reserveCapacity(utf8.count)
    for scalar in text.scalars {
      if scalar.value < 0x80 {
        append(UInt8(scalar.value), scalar)
      } else {
        let encoded = Unicode.Scalar(scalar.value).flatMap { UTF8.encode($0) }
        for byte in encoded ?? UTF8.encodedReplacementCharacter { append(byte, scalar) }
      }
    }
  }

  public static func == (left: Self, right: Self) -> Bool { left.bytes == right.bytes }
  public func hash(into hasher: inout Hasher) { hasher.combine(bytes) }

  /// The bytes of the text behind a byte range of the key: whole characters, and all of those that
  /// were folded together.
  public func sourceRange(_ range: Range<Int>) -> Range<Int> {
    guard !range.isEmpty, range.upperBound <= sources.count else { return 0..<0 }
    let start = Int(sources[range.lowerBound])
    return start..<max(start, Int(sourceEnds[range.upperBound - 1]))
  }

  private mutating func append(_ byte: UInt8, _ scalar: FoldedText.Scalar) {
    bytes.append(byte)
    sources.append(scalar.start)
    sourceEnds.append(scalar.end)
  }
}
