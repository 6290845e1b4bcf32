internal import Bitext
internal import Formats
internal import Segmentation

/// Cuts a document into parts whose blocks, one part after the other, are those of the whole.
protocol DocumentParts {
  /// So much of a document's beginning is to be looked at first.
  var sampleBytes: Int { get }

  /// Looks at the beginning.
  ///
  /// - Parameters:
  ///   - sample: so many bytes at the least, unless the document ends before.
  ///   - isWhole: whether it ends there.
  /// - Returns: whether that was enough of it.
  mutating func begin(with sample: [UInt8], isWhole: Bool) -> Bool

  /// Reads the next part.
  ///
  /// - Parameters:
  ///   - bytes: the document from the end of the last part on, as far as it was read, in UTF-8.
  ///   - isLast: whether this is the rest of the document: then all of it is the part.
  /// - Returns: `nil` when the end of the part cannot be told before more of the document is there.
  /// - Throws: `Trouble` for what the reader of the whole would refuse too.
  mutating func part(of bytes: [UInt8], isLast: Bool) throws(Trouble) -> DocumentPart?
}

/// A part of a document as its reader leaves it.
struct DocumentPart {
  var builder: ProseBuilder
  /// How many bytes of the document it takes.
  var end: Int

  init(_ builder: ProseBuilder, end: Int) {
    self.builder = builder
    self.end = end
  }
}

/// The bytes of a file in UTF-8 that are not dealt with yet, in whole characters.
struct DocumentWindow: ~Copyable {
  private var file: InputFile
  private(set) var bytes: [UInt8] = []
  /// The byte of the file where ``bytes`` start.
  private(set) var place = 0
  private(set) var isAtEnd = false
  /// The first bytes of a character of which the others are not read yet.
  private var rest: [UInt8] = []

  /// A byte order mark is no part of the document.
  private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

  init(_ path: String) throws(Trouble) {
    file = try InputFile(path)
  }

  /// Reads on until there are so many bytes, or the file ends.
  ///
  /// - Throws: `Trouble` where it cannot be read, or is not UTF-8 any more.
  mutating func fill(upTo count: Int) throws(Trouble) {
    while bytes.count < count, !isAtEnd {
      let start = bytes.count
      bytes += rest
      rest = []
      isAtEnd = !(try file.read(into: &bytes))
      if start == 0, place == 0, bytes.starts(with: Self.mark) { drop(Self.mark.count) }
      guard let bad = bytes.span.firstInvalidUTF8(from: start) else { continue }
      guard !isAtEnd, bytes.count - bad < 4 else {
        throw Trouble("changed while it was read: check it again", file: file.path)
      }
      rest = Array(bytes[bad...])
      bytes.removeLast(rest.count)
    }
  }

  /// The first bytes, some number of them or all, in whole characters.
  func prefix(_ count: Int) -> [UInt8] {
    guard count < bytes.count else { return bytes }
    var end = count
    while end > 0, bytes[end].isUTF8Continuation { end -= 1 }
    return Array(bytes[..<end])
  }

  mutating func drop(_ count: Int) {
    // A part may still hold the bytes: none are copied only to be dropped.
    bytes = count == bytes.count ? [] : Array(bytes[count...])
    place += count
  }
}
