internal import Bitext
internal import Formats
internal import Segmentation

/// Finds the strings of a JSON file (RFC 8259) with their paths and bytes. Comments as in
/// JavaScript are read too, since editors write them.
///
/// The open objects and arrays are kept in a list, not on the stack: no nesting can overflow it.
struct KeyedJSON {
  private let text: DecodedText
  private let utf8: [UInt8]
  private let file: String
  private var index = 0
  private var open: [Container] = []

  /// An object or array that is not closed yet.
  private struct Container {
    var isObject: Bool
    var start: Int
    /// The key of the member, or the number of the item.
    var key = ""
    var count = 0

    var closing: UInt8 { isObject ? 0x7D : 0x5D }
  }

  /// Files of messages are a few objects deep; a path of thousands of keys is none.
  static let deepest = 500

  init(_ text: DecodedText, file: String) {
    self.text = text
    utf8 = text.utf8
    self.file = file
  }

  /// - Throws: `Trouble` with line and column of what is no JSON, and for a file nested deeper than
  ///   ``deepest``.
  mutating func scan(into messages: inout KeyedMessages) throws(Trouble) {
    var needsValue = true
    try skipSpace(&messages)
    messages.isObject = index < utf8.count && utf8[index] == 0x7B
    while needsValue || !open.isEmpty {
      try skipSpace(&messages)
      if needsValue {
        needsValue = try value(&messages)
      } else {
        needsValue = try goOn(&messages)
      }
    }
    try skipSpace(&messages)
    if index < utf8.count { throw trouble("the file goes on behind its value", at: index) }
  }

  private func trouble(_ message: String, at offset: Int) -> Trouble {
    text.trouble("is no JSON: " + message, at: offset, file: file)
  }

  // MARK: Structure

  /// Reads a value, or enters an object or array.
  ///
  /// - Returns: whether another value must follow.
  private mutating func value(_ messages: inout KeyedMessages) throws(Trouble) -> Bool {
    guard index < utf8.count else {
      throw trouble("the file ends where a value should be", at: index)
    }
    switch utf8[index] {
    case 0x7B, 0x5B:
      guard open.count < Self.deepest else {
        throw text.trouble(
          "is nested more than \(Self.deepest) deep: no file of messages is", at: index, file: file)
      }
      open.append(Container(isObject: utf8[index] == 0x7B, start: index))
      index += 1
      try skipSpace(&messages)
      if index < utf8.count, utf8[index] == open.last?.closing { return false }
      try beginMember(&messages)
      return true
    case 0x22: messages.add(try string(), at: open.map(\.key))
    default:
      try literal()
      messages.addOther(at: open.map(\.key))
    }
    return false
  }

  /// Goes on behind a value: to the next member or out of the object.
  ///
  /// - Returns: whether a value must follow.
  private mutating func goOn(_ messages: inout KeyedMessages) throws(Trouble) -> Bool {
    guard let container = open.last else { return false }
    guard index < utf8.count else {
      throw trouble("what starts here is never closed", at: container.start)
    }
    if utf8[index] == container.closing {
      open.removeLast()
      index += 1
      return false
    }
    guard utf8[index] == 0x2C, container.count > 0 else {
      let mark = container.isObject ? "'}'" : "']'"
      throw trouble("expected a comma or \(mark)", at: index)
    }
    index += 1
    try skipSpace(&messages)
    try beginMember(&messages)
    return true
  }

  private mutating func beginMember(_ messages: inout KeyedMessages) throws(Trouble) {
    guard var container = open.popLast() else { return }
    if container.isObject {
      guard index < utf8.count, utf8[index] == 0x22 else {
        throw trouble("expected a key in quotation marks", at: index)
      }
      container.key = String(decoding: try string().utf8, as: UTF8.self)
      try skipSpace(&messages)
      guard index < utf8.count, utf8[index] == 0x3A else {
        throw trouble("expected a colon behind the key", at: index)
      }
      index += 1
    } else {
      container.key = String(container.count)
    }
    container.count += 1
    open.append(container)
  }

  /// A number, `true`, `false` or `null`.
  private mutating func literal() throws(Trouble) {
    let start = index
    while index < utf8.count,
      utf8[index].isASCIILetter || utf8[index].isASCIIDigit
        || utf8[index] == 0x2B || utf8[index] == 0x2D || utf8[index] == 0x2E
    {
      index += 1
    }
    let word = String(decoding: utf8[start..<index], as: UTF8.self)
    guard ["true", "false", "null"].contains(word) || utf8[start..<index].isJSONNumber else {
      throw trouble("expected a value", at: start)
    }
  }

  /// Skips white space and comments.
  private mutating func skipSpace(_ messages: inout KeyedMessages) throws(Trouble) {
    while index < utf8.count {
      switch utf8[index] {
      case 0x20, 0x09, 0x0A, 0x0D: index += 1
      case 0x2F: try comment(&messages)
      default: return
      }
    }
  }

  private mutating func comment(_ messages: inout KeyedMessages) throws(Trouble) {
    let start = index
    let second = index + 1 < utf8.count ? utf8[index + 1] : 0
    guard second == 0x2F || second == 0x2A else {
      throw trouble("expected a value", at: start)
    }
    index += 2
    if second == 0x2F {
      while index < utf8.count, utf8[index] != 0x0A, utf8[index] != 0x0D { index += 1 }
      return messages.add(comment(start..<index, start + 2..<index))
    }
    while index + 1 < utf8.count, utf8[index] != 0x2A || utf8[index + 1] != 0x2F { index += 1 }
    guard index + 1 < utf8.count else {
      throw trouble("the comment that starts here never ends", at: start)
    }
    index += 2
    messages.add(comment(start..<index, start + 2..<index - 2))
  }

  private func comment(_ range: Range<Int>, _ inner: Range<Int>) -> DocumentComment {
    let inner = utf8.span.trimmingWhitespace(inner)
    return DocumentComment(
      text: String(decoding: utf8[inner], as: UTF8.self), range: text.positions.source(range),
      place: 0)
  }

  // MARK: Strings

  private mutating func string() throws(Trouble) -> PlacedText {
    let start = index
    index += 1
    var result = PlacedText(at: text.positions.source(at: index))
    var run = index
    while index < utf8.count, utf8[index] != 0x22 {
      if utf8[index] < 0x20 {
        throw trouble("a string must not hold a line break or tab: write \\n or \\t", at: index)
      }
      guard utf8[index] == 0x5C else {
        index += 1
        continue
      }
      result.append(utf8[run..<index], text.places(of: run..<index))
      try appendEscape(to: &result)
      run = index
    }
    guard index < utf8.count else {
      throw trouble("the string that starts here never ends", at: start)
    }
    result.append(utf8[run..<index], text.places(of: run..<index))
    index += 1
    return result
  }

  private static let simpleEscapes: [UInt8: Unicode.Scalar] = [
    0x22: "\"", 0x5C: "\\", 0x2F: "/", 0x62: "\u{8}", 0x66: "\u{C}", 0x6E: "\n", 0x72: "\r",
    0x74: "\t",
  ]

  private mutating func appendEscape(to result: inout PlacedText) throws(Trouble) {
    let start = index
    index += 2
    let byte = start + 1 < utf8.count ? utf8[start + 1] : 0
    var scalar = Self.simpleEscapes[byte]
    if byte == 0x75, let unit = utf8.hexadecimal(at: index, count: 4) {
      index += 4
      scalar = Unicode.Scalar(unit)
      if 0xD800..<0xDC00 ~= unit, index + 1 < utf8.count, utf8[index] == 0x5C,
        utf8[index + 1] == 0x75, let low = utf8.hexadecimal(at: index + 2, count: 4),
        0xDC00..<0xE000 ~= low
      {
        index += 6
        scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
      }
      // Half of a pair is well-formed JSON and no character.
      scalar = scalar ?? "\u{FFFD}"
    }
    guard let scalar else {
      let shown = String(decoding: utf8[start..<min(start + 2, utf8.count)], as: UTF8.self).visible
      throw trouble("'\(shown)' is no escape: write \\\\ for a backslash", at: start)
    }
    result.append(scalar, from: text.positions.source(start..<index))
  }
}

extension ArraySlice<UInt8> {
  /// Whether the bytes are a number as RFC 8259, section 6, has them.
  fileprivate var isJSONNumber: Bool {
    var rest = self
    func takeDigits() -> Int {
      let count = rest.prefix(while: \.isASCIIDigit).count
      rest.removeFirst(count)
      return count
    }
    if rest.first == 0x2D { rest.removeFirst() }
    let startsWithZero = rest.first == 0x30
    let digits = takeDigits()
    guard digits > 0, !startsWithZero || digits == 1 else { return false }
    if rest.first == 0x2E {
      rest.removeFirst()
      guard takeDigits() > 0 else { return false }
    }
    if rest.first == 0x65 || rest.first == 0x45 {
      rest.removeFirst()
      if rest.first == 0x2B || rest.first == 0x2D { rest.removeFirst() }
      guard takeDigits() > 0 else { return false }
    }
    return rest.isEmpty
  }
}

extension [UInt8] {
  /// The value of so many hexadecimal digits; `nil` when others stand there.
  func hexadecimal(at start: Int, count digits: Int) -> UInt32? {
    guard start + digits <= count else { return nil }
    var value: UInt32 = 0
    for byte in self[start..<start + digits] {
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { return nil }
      value = value << 4 | UInt32(digit)
    }
    return value
  }
}

extension DecodedText {
  /// Leads from a stretch of the text, taken by itself, to the file.
  func places(of range: Range<Int>) -> PositionMap {
    PositionMap(verbatim: range.count, at: range.lowerBound).composed(with: positions)
  }
}
