internal import Bitext
internal import Segmentation

/// Reads a TMX file in UTF-8 by means of the ``TMXScanner``: a window of it at a time.
struct TMXFileScan {
  private let path: String

  init(_ path: String) { self.path = path }

  /// What stands before the first unit is short, or left to the XML parser.
  private static let longestStart = 1 << 20
  /// A unit that is longer is left to the XML parser, which has bounds of its own.
  private static let longestUnit = 1 << 22

  /// Calls `body` with each unit, until the file ends or shows another form than the common one.
  ///
  /// - Parameters:
  ///   - deliveries: counts what was handed over.
  ///   - body: takes each unit.
  /// - Returns: whether the whole file was read; if not, it has to be read once more.
  /// - Throws: `Trouble` for a file that cannot be read, and what `body` throws.
  func forEachUnit(_ deliveries: TMXDeliveries, _ body: (TMXUnit) throws -> Void) throws -> Bool {
    var file = try InputFile(path)
    var window: [UInt8] = []
    var isMore = try file.read(into: &window)
    while isMore, window.count < Self.longestStart, endOfStart(window) == nil {
      isMore = try file.read(into: &window)
    }
    guard let start = endOfStart(window),
      let header = try readStart(window[..<start], deliveries)
    else { return false }
    var scan = TMXWindowScan(
      file: path, header: header,
      lineFeeds: window[..<start].reduce(0) { $0 + ($1 == 0x0A ? 1 : 0) })
    window.removeFirst(start)
    var done = start
    while true {
      window += XMLBytes.padding
      let used = try window.withUnsafeBufferPointer {
        try scan.take($0, isLast: !isMore, deliveries, body)
      }
      window.removeLast(XMLBytes.padding.count)
      guard let used else { return false }
      done += used
      deliveries.progress?(done)
      if used == window.count, !isMore { return scan.isAtEnd }
      window.removeFirst(used)
      guard isMore, window.count <= Self.longestUnit else { return false }
      isMore = try file.read(into: &window)
    }
  }

  /// Where the first unit may stand: behind the tag that opens the body.
  private func endOfStart(_ window: [UInt8]) -> Int? {
    let tag = Array("<body>".utf8)
    guard window.count >= tag.count else { return nil }
    for index in 0...window.count - tag.count where window[index] == 0x3C {
      if window[index..<index + tag.count].elementsEqual(tag) { return index + tag.count }
    }
    return nil
  }

  /// Reads what stands before the first unit by means of the XML parser.
  ///
  /// - Returns: `nil` where it does not end within the body, or declares what has a bearing on it.
  private func readStart(
    _ start: ArraySlice<UInt8>, _ deliveries: TMXDeliveries
  ) throws -> TMXHeader? {
    guard declaredXMLEncoding(start) == nil, !hasDeclarations(start) else { return nil }
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let content = start.starts(with: mark) ? start.dropFirst(mark.count) : start
    var open: [String] = []
    var builder = TMXBuilder(
      file: path, hasPlaces: false, warn: deliveries.warn, header: deliveries.take)
    let window = XMLWindow()
    window.append(content)
    var reader = try XMLReader(file: path)
    var isFitting = true
    do {
      try reader.feedPlaced(content, isLast: false) { event, range in
        if case .start(let name, _, _) = event { open.append(name) }
        if case .end = event { open.removeLast() }
        let place = XMLFile.Place(range: range, positions: PositionMap(), window: window)
        try builder.take(event, place) { _ in isFitting = false }
      }
    } catch is Trouble {
      return nil
    }
    return isFitting && open == ["tmx", "body"] ? builder.header : nil
  }

  /// Whether a declaration of the type declares more than the type, or text is marked as such: any
  /// `<!` but of a comment and of `DOCTYPE`.
  private func hasDeclarations(_ start: ArraySlice<UInt8>) -> Bool {
    var rest = start
    while let index = rest.firstIndex(of: 0x3C) {
      rest = rest[(index + 1)...]
      if rest.starts(with: "!".utf8), !rest.starts(with: "!--".utf8),
        !rest.starts(with: "!DOCTYPE".utf8)
      {
        return true
      }
    }
    return false
  }
}

/// Takes the units out of one window of a file after the other.
private struct TMXWindowScan {
  private let file: String
  private let headerSource: String?
  private var languages = TMXLanguages()
  private var content = TMXUnitContent()
  /// Before the start of the window.
  private var lineFeeds: Int
  /// How much of the window is known to be characters of XML.
  private var checked = 0
  private var hasCarriageReturn = false
  private var isBehindBody = false
  /// Whether all that belongs to a file has been seen.
  private(set) var isAtEnd = false

  init(file: String, header: TMXHeader, lineFeeds: Int) {
    self.file = file
    headerSource = header.declaredSource
    self.lineFeeds = lineFeeds
  }

  /// Takes the units that stand whole in a window.
  ///
  /// - Parameters:
  ///   - window: the bytes that were not used yet, and the padding.
  ///   - isLast: whether the file has no more.
  ///   - deliveries: counts what was handed over.
  ///   - body: takes each unit.
  /// - Returns: how many bytes are done with; `nil` where something else stands than what is taken
  ///   here.
  /// - Throws: what `body` throws.
  mutating func take(
    _ window: UnsafeBufferPointer<UInt8>, isLast: Bool, _ deliveries: TMXDeliveries,
    _ body: (TMXUnit) throws -> Void
  ) throws -> Int? {
    guard let base = window.baseAddress else { return nil }
    let bytes = XMLBytes(start: base, end: window.count - XMLBytes.padding.count)
    guard
      let checked = bytes.checkedCharacters(from: checked, hasCarriageReturn: &hasCarriageReturn),
      checked == bytes.end || !isLast
    else { return nil }
    var used = 0
    while !isAtEnd, isLast || !isBehindBody {
      var scanner = TMXScanner(bytes, at: used, hasCarriageReturn: hasCarriageReturn)
      var hasUnit = false
      do throws(XMLTagScanner.Stop) {
        hasUnit = try take(&scanner, bytes, from: used)
      } catch {
        // What is cut off by the end of the window is looked at again with what follows it.
        let isCutOff = scanner.index + XMLBytes.padding.count >= bytes.end
        if isLast || !isCutOff { return nil }
        break
      }
      lineFeeds += bytes.lineFeeds(used..<scanner.index)
      used = scanner.index
      if hasUnit { try deliver(deliveries, body) }
    }
    self.checked = checked - used
    return used
  }

  /// Takes what stands next.
  ///
  /// - Returns: whether that was a unit.
  private mutating func take(
    _ scanner: inout TMXScanner, _ bytes: XMLBytes, from start: Int
  ) throws(XMLTagScanner.Stop) -> Bool {
    if isBehindBody {
      try scanner.takeEndOfFile()
      isAtEnd = true
      return false
    }
    guard try scanner.next() == .unit else {
      isBehindBody = true
      return false
    }
    if isKnownUniquelyReferenced(&content) {
      content.bytes.removeAll()
    } else {
      content = TMXUnitContent()
    }
    let (startTag, range) = try scanner.takeUnit(into: &content.bytes, &languages)
    finish(
      &content.bytes, bytes, startTag, range,
      line: 1 + lineFeeds + bytes.lineFeeds(start..<startTag.lowerBound))
    return true
  }

  /// Gives a unit its bytes, and what it needs of the file.
  private func finish(
    _ unit: inout TMXUnitBytes, _ bytes: XMLBytes, _ startTag: Range<Int>, _ range: Range<Int>,
    line: Int
  ) {
    unit.bytes.append(
      contentsOf: UnsafeBufferPointer(start: bytes.start + range.lowerBound, count: range.count))
    unit.line = line + bytes.lineFeeds(startTag)
    for index in unit.strayLines.indices { unit.strayLines[index] += line }
    unit.headerSource = headerSource
    unit.languages = languages.tags
  }

  private func deliver(
    _ deliveries: TMXDeliveries, _ body: (TMXUnit) throws -> Void
  ) throws {
    for line in content.bytes.strayLines {
      deliveries.warn(
        Warning("this <tuv> has no usable xml:lang and is left out", file: file, line: line))
    }
    if deliveries.isNew() { try body(TMXUnit(content: content)) }
  }
}
