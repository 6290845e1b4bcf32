internal import Bitext
internal import Segmentation

/// Reads an XML file event by event, whatever its encoding.
///
/// Memory does not grow with the file, unless it is in another encoding than UTF-8.
struct XMLFile {
  private let path: String
  /// What such a file starts with, for who names an empty one.
  private let root: String
  /// What the user says of the encoding; `nil` where the file tells it.
  private let encoding: String?

  init(_ path: String, root: String, encoding: String? = nil) {
    self.path = path
    self.root = root
    self.encoding = encoding
  }

  /// An event with what leads from the parser's offsets to the file.
  struct Place {
    /// Bytes that the XML parser saw.
    var range: Range<Int>
    var positions: PositionMap
    /// What the parser saw of late.
    let window: XMLWindow

    /// Bytes of the file as it lies on disk.
    var source: Range<Int> { positions.source(range) }
  }

  /// Calls `body` with each event of the file.
  ///
  /// - Throws: `Trouble` with the line of what is not well-formed, and what `body` throws.
  func forEachEvent(_ body: (XMLEvent, Place) throws -> Void) throws {
    var file = try InputFile(path)
    var reader = try XMLReader(file: file.path)
    // Standard input may have been read already, to see what it holds.
    var chunk = path == "-" ? Files.keptStandardInput ?? [] : []
    if chunk.isEmpty { _ = try file.read(into: &chunk) }
    if let encoding = encoding ?? declaredXMLEncoding(chunk) {
      while try file.read(into: &chunk) {}
      let text = try decodeText(chunk, file: file.path, encoding: encoding)
      let window = XMLWindow()
      window.append(text.utf8[...])
      return try reader.feedPlaced(text.utf8, isLast: true) {
        try body($0, Place(range: $1, positions: text.positions, window: window))
      }
    }
    if chunk.isEmpty {
      throw Trouble("is empty: such a file starts with <\(root)>", file: file.path)
    }
    var positions = PositionMap()
    let window = XMLWindow()
    var isFirst = true
    while !chunk.isEmpty {
      let hasMark = isFirst && chunk.starts(with: Self.mark)
      if hasMark { positions = PositionMap(verbatim: .max >> 1, at: Self.mark.count) }
      isFirst = false
      let piece = hasMark ? chunk[Self.mark.count...] : chunk[...]
      window.append(piece)
      try reader.feedPlaced(piece, isLast: false) {
        try body($0, Place(range: $1, positions: positions, window: window))
      }
      window.dropOld()
      chunk.removeAll(keepingCapacity: true)
      _ = try file.read(into: &chunk)
    }
    try reader.feedPlaced(EmptyCollection(), isLast: true) {
      try body($0, Place(range: $1, positions: positions, window: window))
    }
  }

  /// The byte order mark of UTF-8.
  private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
}

/// The bytes that an XML parser was given of late, for who needs an element as it was written.
final class XMLWindow {
  /// The first byte that will still be asked for; `nil` where nothing is.
  var anchor: Int?
  private var bytes: [UInt8] = []
  /// Of the first of them, from the start of what the parser was given.
  private var start = 0

  func append(_ piece: ArraySlice<UInt8>) { bytes += piece }

  fileprivate func dropOld() {
    let end = start + bytes.count
    let kept = min(max(anchor ?? end, start), end)
    bytes.removeFirst(kept - start)
    start = kept
  }

  /// What stood in a range; empty where it is no longer there.
  func text(_ range: Range<Int>) -> String {
    guard range.lowerBound >= start, range.upperBound <= start + bytes.count else { return "" }
    return String(
      decoding: bytes[range.lowerBound - start..<range.upperBound - start], as: UTF8.self)
  }
}

extension XMLFile.Place {
  /// Leads from the bytes of a piece of text to the file: byte for byte, or as one where a
  /// reference stands for it.
  func places(of piece: String) -> PositionMap {
    let count = piece.utf8.count
    if range.count == count {
      return PositionMap(verbatim: count, at: range.lowerBound).composed(with: positions)
    }
    var map = PositionMap()
    map.append(
      text: 0, source: range.lowerBound, count: 1, textUnit: count, sourceUnit: range.count)
    return map.composed(with: positions)
  }

  /// The byte of the file where the event starts.
  var start: Int { positions.source(at: range.lowerBound) }
}

extension StringProtocol {
  /// A name of XML without the prefix of its namespace.
  var withoutXMLPrefix: String {
    // Most names have none, and bytes are looked at sooner than characters.
    guard utf8.contains(0x3A), let colon = lastIndex(of: ":") else { return String(self) }
    return String(self[index(after: colon)...])
  }
}

/// The name of the first element of an XML file, told by its first bytes; `nil` for what is no XML.
func rootElement(_ start: some Collection<UInt8>) -> String? {
  // Of two bytes a character one is zero in all that stands before the name.
  let bytes = start.prefix(1 << 16).filter { $0 != 0 && $0 < 0x80 }
  guard bytes.first(where: { !$0.isXMLBlank }) == 0x3C else { return nil }
  var index = 0
  func skip(past end: String) {
    let end = Array(end.utf8)
    while index < bytes.count, !bytes[index...].starts(with: end) { index += 1 }
    index += end.count
  }
  while index < bytes.count {
    if bytes[index...].starts(with: "<?".utf8) {
      skip(past: "?>")
    } else if bytes[index...].starts(with: "<!--".utf8) {
      skip(past: "-->")
    } else if bytes[index...].starts(with: "<!".utf8) {
      // A declaration of the type holds others between its brackets.
      let ending = bytes[index...].firstIndex { $0 == 0x5B || $0 == 0x3E } ?? bytes.count
      skip(past: ending < bytes.count && bytes[ending] == 0x5B ? "]" : ">")
      if index > 0, index <= bytes.count, bytes[index - 1] == 0x5D { skip(past: ">") }
    } else if bytes[index] == 0x3C {
      let name = bytes[(index + 1)...].prefix { !$0.isXMLBlank && $0 != 0x3E && $0 != 0x2F }
      return name.isEmpty ? nil : String(decoding: name, as: UTF8.self)
    } else {
      index += 1
    }
  }
  return nil
}
