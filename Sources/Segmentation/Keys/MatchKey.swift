internal import CICU

/// The folded form of a text, under which two spellings of the same words are equal: for fuzzy
/// matches, concordances, duplicates, and to say in what two spellings differ.
///
/// What is folded is a ``Folding``: ``Folding/spelling`` unless asked otherwise, under which
/// inflection and script stay. The key of a key is that key.
public struct MatchKey: Sendable, Hashable {
  /// UTF-8.
  public private(set) var bytes: [UInt8] = []
  /// For each byte of the key, its character in the text.
  private var sources: [KeyPlace] = []

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
    if folding == .spelling, let key = MatchKey(plain: utf8) {
      self = key
    } else {
      self.init(FoldedText(utf8, folding))
    }
  }

  /// The key of a text that can be written in one pass, by ``Folding/spelling``.
  private init?(plain utf8: Span<UInt8>) {
    var places: [KeyPlace]?
    bytes = utf8.withUnsafeBufferPointer { text in
      let room = text.count + KeyWriter.slack
      return [UInt8](unsafeUninitializedCapacity: room) { buffer, written in
        guard let base = buffer.baseAddress else { return }
        var writer = KeyWriter(text, to: base)
        guard writer.write() else { return }
        written = writer.count
        places = writer.places()
      }
    }
    guard let places else { return nil }
    sources = places
  }

  /// The key that the folds make one after the other.
  init(_ text: borrowing FoldedText) {
    bytes.reserveCapacity(text.scalars.count)
    sources.reserveCapacity(text.scalars.count)
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
    let start = Int(sources[range.lowerBound].start)
    return start..<max(start, Int(sources[range.upperBound - 1].end))
  }

  private mutating func append(_ byte: UInt8, _ scalar: FoldedText.Scalar) {
    bytes.append(byte)
    sources.append(KeyPlace(start: scalar.start, end: scalar.end))
  }
}
