package import Bitext
internal import CXML

/// An event of an XML file. Text and attributes are copied out of the parser.
package enum XMLEvent {
  case start(name: String, attributes: [(name: String, value: String)], line: Int)
  case end(name: String, line: Int)
  /// A piece of text, and the bytes of the file that it came from.
  case text(String, Range<Int>, line: Int)
  /// `<?target text?>`: what a file says to one program.
  case instruction(target: String, text: String, line: Int)
  /// What a comment says, and its bytes of the file with the marks around it.
  case comment(String, Range<Int>, line: Int)
}

/// Reads an XML file piece by piece: the only place that calls the XML parser.
///
/// Input in another encoding than UTF-8 is decoded whole first. Nothing is fetched, no DTD is
/// loaded and no entity is expanded but XML's own.
package struct XMLReader: ~Copyable {
  private let parser: OpaquePointer
  private let file: String

  package init(file: String) throws(Trouble) {
    guard let parser = concord_xml_open() else { throw Trouble("not enough memory", file: file) }
    self.parser = parser
    self.file = file
  }

  deinit { concord_xml_close(parser) }

  /// Parses the next bytes and calls `body` with each event in them.
  ///
  /// - Throws: `Trouble` with the line of what is not well-formed.
  package mutating func feed(
    _ bytes: some Collection<UInt8>, isLast: Bool, _ body: (XMLEvent) throws -> Void
  ) throws {
    try feedPlaced(bytes, isLast: isLast) { event, _ in try body(event) }
  }

  /// Parses the next bytes and calls `body` with each event in them and with its bytes of the
  /// input.
  ///
  /// The start of an element ends before its closing bracket; the end of an empty element is that
  /// bracket alone.
  ///
  /// - Throws: `Trouble` with the line of what is not well-formed.
  package mutating func feedPlaced(
    _ bytes: some Collection<UInt8>, isLast: Bool, _ body: (XMLEvent, Range<Int>) throws -> Void
  ) throws {
    var events: UnsafePointer<concord_xml_event>?
    var pool: UnsafePointer<UInt8>?
    var isBroken: Int32 = 0
    let contiguous = Array(bytes)
    let count = concord_xml_feed(
      parser, contiguous, contiguous.count, isLast ? 1 : 0, &events, &pool, &isBroken)
    try report(UnsafeBufferPointer(start: events, count: Int(count)), pool, body)
    // What came before the fault was whole.
    if isBroken != 0 { throw error() }
  }

  private func report(
    _ list: UnsafeBufferPointer<concord_xml_event>, _ pool: UnsafePointer<UInt8>?,
    _ body: (XMLEvent, Range<Int>) throws -> Void
  ) throws {
    func text(_ start: UInt32, _ length: UInt32) -> String {
      guard let pool, length > 0 else { return "" }
      return String(
        decoding: UnsafeBufferPointer(start: pool + Int(start), count: Int(length)), as: UTF8.self)
    }
    var index = 0
    while index < list.count {
      let event = list[index]
      index += 1
      let line = Int(event.line)
      let place = Int(event.start)..<Int(max(event.start, event.end))
      switch Int(event.kind) {
      case concord_xml_start:
        var attributes: [(name: String, value: String)] = []
        while index < list.count, Int(list[index].kind) == concord_xml_attribute {
          let attribute = list[index]
          attributes.append(
            (
              text(attribute.text, attribute.length),
              text(attribute.value, attribute.valueLength)
            ))
          index += 1
        }
        try body(
          .start(name: text(event.text, event.length), attributes: attributes, line: line), place)
      case concord_xml_end:
        try body(.end(name: text(event.text, event.length), line: line), place)
      case concord_xml_instruction:
        try body(
          .instruction(
            target: text(event.text, event.length),
            text: text(event.value, event.valueLength), line: line), place)
      case concord_xml_comment:
        try body(.comment(text(event.text, event.length), place, line: line), place)
      default:
        try body(.text(text(event.text, event.length), place, line: line), place)
      }
    }
  }

  private func error() -> Trouble {
    var message = [CChar](repeating: 0, count: 256)
    var column: Int32 = 0
    let line = concord_xml_error(parser, &message, &column)
    let text = String(
      decoding: message.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    return Trouble(
      "is not well-formed XML: \(text)", file: file, line: line > 0 ? Int(line) : nil,
      column: line > 0 && column > 0 ? Int(column) : nil)
  }
}

/// The encoding that an XML file is in: by its byte order mark, else by its declaration.
///
/// - Returns: `nil` for UTF-8, else an IANA name.
package func declaredXMLEncoding(_ start: some Collection<UInt8>) -> String? {
  let head = Array(start.prefix(256))
  if head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0x3C, 0]) { return "UTF-16LE" }
  if head.starts(with: [0xFE, 0xFF]) || head.starts(with: [0, 0x3C]) { return "UTF-16BE" }
  // A mark of UTF-8 outweighs what the declaration says.
  guard head.starts(with: "<?xml".utf8), let end = head.firstIndex(of: 0x3E) else { return nil }
  let words = String(decoding: head[..<end].filter { $0 < 0x80 }, as: UTF8.self)
    .split { $0 == " " || $0 == "=" || $0 == "\t" || $0 == "\n" || $0 == "\r" || $0 == "?" }
  guard let index = words.firstIndex(of: "encoding"), index + 1 < words.count else { return nil }
  let name = words[index + 1].filter { $0 != "\"" && $0 != "'" }
  let upper = name.uppercased()
  return upper == "UTF-8" || upper == "UTF8" || upper == "US-ASCII" || name.isEmpty ? nil : name
}
