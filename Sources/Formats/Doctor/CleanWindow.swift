internal import Bitext
internal import Segmentation

/// The text of an XML file, of which a stretch is in memory: UTF-8 that is well-formed and holds no
/// character that XML does not allow, with the way back to the file and a record of what was
/// cleaned away.
///
/// Memory does not grow with a file in UTF-8; one in another encoding is decoded whole.
final class CleanWindow {
  /// A stretch that was taken out of the text or replaced by U+FFFD.
  struct Cleaning {
    /// Where it stood, in bytes of the cleaned text.
    var text: Int
    /// Its bytes in the decoded file, and those that stand in its place.
    var removed: Int
    var inserted: Int
    /// By how much the decoded file is longer up to its end.
    var shift: Int
    /// The control character; `nil` for bytes that could not be decoded.
    var character: UInt8?
  }

  private var file: InputFile?
  /// Where U+FFFD stands in a decoded file for what could not be decoded.
  private var damaged: Set<Int> = []
  /// What was read and not cleaned yet: the start of a character, or a decoded file.
  private var rest: [UInt8] = []
  private(set) var bytes: [UInt8] = []
  /// The offset of the first byte in memory.
  private(set) var base = 0
  private(set) var isAtEnd = false
  private(set) var cleanings: [Cleaning] = []
  /// What the cleanings that were forgotten have taken away.
  private var shift = 0
  private let positions: PositionMap?
  private var lastPlace: ExchangePlace?
  /// The byte order mark of the file, which its repair keeps.
  let mark: [UInt8]
  let encoding: String

  private static let utf8Mark: [UInt8] = [0xEF, 0xBB, 0xBF]
  private static let replacement: [UInt8] = [0xEF, 0xBF, 0xBD]

  /// - Parameters:
  ///   - path: the file, or `-`.
  ///   - given: an IANA name of an encoding that outweighs what the file declares.
  ///   - isXML: whether it declares its encoding as XML does, else as PO does.
  /// - Throws: `Trouble` for a file that cannot be read, an empty one, and one that is no text.
  init(_ path: String, encoding given: String?, isXML: Bool = true) throws(Trouble) {
    let name = path == "-" ? Files.standardInputName : path
    var start: [UInt8] = []
    var input: InputFile?
    if path == "-" {
      start = try Files.read(path)
    } else {
      var opened = try InputFile(path)
      _ = try opened.read(into: &start)
      input = consume opened
    }
    guard !start.isEmpty else { throw Trouble("is empty: there is nothing to examine", file: name) }
    let declared = given ?? (isXML ? declaredXMLEncoding(start) : declaredPOEncoding(start))
    // A name that is none may be a mistyped one: the file is read as UTF-8, and the name reported.
    let isUnknown =
      given == nil && declared.map { !Self.isEncoding($0) } ?? false
    guard let declared, !declared.uppercased().hasPrefix("UTF-8"), !isUnknown else {
      encoding = "UTF-8"
      mark = start.starts(with: Self.utf8Mark) ? Self.utf8Mark : []
      positions = mark.isEmpty ? nil : PositionMap(verbatim: .max >> 1, at: mark.count)
      rest = Array(start.dropFirst(mark.count))
      file = consume input
      try refuseBinary(rest, name)
      clean(isLast: file == nil)
      return
    }
    var whole = start
    if input != nil {
      while try input?.read(into: &whole) == true {}
    }
    let (text, damage) = try decodeDamagedText(whole, file: name, encoding: declared)
    damaged = Set(
      damage.places.filter { $0.kind == .undecodable }
        .map { text.positions.text(at: $0.range.lowerBound) })
    encoding = text.encoding
    mark = [[0xFF, 0xFE], [0xFE, 0xFF]].first { whole.starts(with: $0) } ?? []
    positions = text.positions
    rest = text.utf8
    file = nil
    clean(isLast: true)
  }

  /// Whether there is such an encoding, by a name that XML allows (production 81).
  private static func isEncoding(_ name: String) -> Bool {
    let isFormed = name.utf8.allSatisfy {
      $0.isASCIILetter || $0.isASCIIDigit || $0 == 0x2D || $0 == 0x2E || $0 == 0x5F
    }
    return isFormed && encodeText("a", encoding: name) != nil
  }

  /// A file whose start is control characters is no text.
  private func refuseBinary(_ start: [UInt8], _ name: String) throws(Trouble) {
    let controls = start.count { $0 < 0x20 && !($0 == 0x09 || $0 == 0x0A || $0 == 0x0D) }
    if controls >= 8, controls * 20 > start.count {
      throw Trouble("this is not a text file: too much of it is control characters", file: name)
    }
  }

  var end: Int { base + bytes.count }

  subscript(offset: Int) -> UInt8 { bytes[offset - base] }

  subscript(range: Range<Int>) -> ArraySlice<UInt8> {
    bytes[range.lowerBound - base..<range.upperBound - base]
  }

  /// Up to where a text is known not to start, by its first byte: a mark that never comes is
  /// looked for once.
  private var searched = [Int](repeating: 0, count: 128)

  /// Whether a DOCTYPE was met that has no end: none is looked for behind it.
  var hasOpenDoctype = false

  func searched(for text: StaticString) -> Int { searched[Int(text.utf8Start[0] & 0x7F)] }

  func noteSearched(_ text: StaticString, _ offset: Int) {
    searched[Int(text.utf8Start[0] & 0x7F)] = offset
  }

  func string(_ range: Range<Int>) -> String { String(decoding: self[range], as: UTF8.self) }

  /// Takes more of the file into memory; `false` when there is no more.
  func more() throws(Trouble) -> Bool {
    if isAtEnd { return false }
    var hasMore = false
    if file != nil { hasMore = try file?.read(into: &rest) ?? false }
    clean(isLast: !hasMore)
    return true
  }

  /// Forgets what stands before an offset.
  func discard(before offset: Int) {
    // Moving what stays is paid for by what goes.
    guard offset - base >= max(1 << 16, bytes.count / 2) || offset == end else { return }
    bytes.removeFirst(offset - base)
    base = offset
    if let last = lastPlace, last.text < offset { lastPlace = nil }
    let kept = cleanings.drop { $0.text < offset }
    if kept.count < cleanings.count { shift = cleanings[cleanings.count - kept.count - 1].shift }
    cleanings = Array(kept)
  }

  // MARK: Cleaning

  private func clean(isLast: Bool) {
    isAtEnd = isLast
    var whole = rest.count
    if !isLast { whole -= Self.cutSequence(rest) }
    if damaged.isEmpty, Self.isClean(rest, whole) {
      bytes += rest[..<whole]
    } else {
      appendCleaned(rest[..<whole])
    }
    rest.removeFirst(whole)
  }

  /// The bytes at the end that begin a character whose rest is still to come.
  private static func cutSequence(_ bytes: [UInt8]) -> Int {
    for back in 1...3 where back <= bytes.count {
      let byte = bytes[bytes.count - back]
      if byte.isUTF8Continuation { continue }
      let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1
      return length > back ? back : 0
    }
    return 0
  }

  private static func isClean(_ bytes: [UInt8], _ count: Int) -> Bool {
    var isClean = true
    bytes.withUnsafeBufferPointer { buffer in
      for index in 0..<count {
        let byte = buffer[index]
        let isControl = byte < 0x20 && byte != 0x0A && byte != 0x0D && byte != 0x09
        // U+FFFE and U+FFFF.
        let isNoCharacter =
          byte == 0xEF && index + 2 < count && buffer[index + 1] == 0xBF && buffer[index + 2] > 0xBD
        if isControl || isNoCharacter { isClean = false }
      }
    }
    return isClean && bytes.span.extracting(0..<count).firstInvalidUTF8() == nil
  }

  private func appendCleaned(_ part: ArraySlice<UInt8>) {
    let part = Array(part)
    let span = part.span
    var index = 0
    var invalid = span.firstInvalidUTF8()
    while index < part.count {
      let byte = part[index]
      if index == invalid {
        let length = span.wellFormedLength(at: index)
        replace(length, by: Self.replacement, nil)
        index += length
        invalid = span.firstInvalidUTF8(from: index)
      } else if damaged.contains(index), index + 2 < part.count {
        replace(3, by: Self.replacement, nil)
        index += 3
      } else if byte < 0x20, byte != 0x0A, byte != 0x0D, byte != 0x09 {
        replace(1, by: [], byte)
        index += 1
      } else if byte == 0xEF, index + 2 < part.count, part[index + 1] == 0xBF,
        part[index + 2] > 0xBD
      {
        replace(3, by: [], 0xFF)
        index += 3
      } else {
        bytes.append(byte)
        index += 1
      }
    }
  }

  private func replace(_ removed: Int, by text: [UInt8], _ character: UInt8?) {
    let before = cleanings.last?.shift ?? shift
    cleanings.append(
      Cleaning(
        text: end, removed: removed, inserted: text.count,
        shift: before + removed - text.count, character: character))
    bytes += text
  }

  // MARK: Places

  /// The first cleaning that does not stand before an offset.
  private func cleaning(from offset: Int) -> Int {
    var low = 0
    var high = cleanings.count
    while low < high {
      let middle = (low + high) / 2
      if cleanings[middle].text < offset { low = middle + 1 } else { high = middle }
    }
    return low
  }

  func cleanings(in range: Range<Int>) -> ArraySlice<Cleaning> {
    cleanings[cleaning(from: range.lowerBound)..<cleaning(from: range.upperBound)]
  }

  /// The byte of the file behind one of the text.
  private func source(_ offset: Int) -> Int {
    let index = cleaning(from: offset)
    let decoded = offset + (index > 0 ? cleanings[index - 1].shift : shift)
    return positions?.source(at: decoded) ?? decoded
  }

  /// Where an offset stands, counted from a place before it that is still in memory.
  func place(of offset: Int, from start: ExchangePlace) -> ExchangePlace {
    // Findings come in rows: each starts from the one before it.
    var place = start
    if let last = lastPlace, start.text...max(start.text, offset) ~= last.text { place = last }
    advance(&place, to: offset)
    place.offset = source(offset)
    lastPlace = place
    return place
  }

  /// Moves lines and columns on, and leaves the offset in the file as it was.
  private func advance(_ place: inout ExchangePlace, to offset: Int) {
    guard offset > place.text else { return }
    var line = place.line
    var column = place.column
    var lineStart = place.text
    bytes.withUnsafeBufferPointer { buffer in
      for index in place.text - base..<offset - base {
        let byte = buffer[index]
        let isReturn =
          byte == 0x0D && !(index + 1 < buffer.count && buffer[index + 1] == 0x0A)
        if byte == 0x0A || isReturn {
          line += 1
          column = 1
          lineStart = index + base + 1
        } else if !byte.isUTF8Continuation {
          column += 1
        }
      }
    }
    if !cleanings.isEmpty {
      column += cleanings(in: lineStart..<offset).count { $0.inserted == 0 }
    }
    place.line = line
    place.column = column
    place.text = offset
  }
}
