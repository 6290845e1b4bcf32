internal import Bitext
internal import Segmentation

/// Reads the words, strings and comments of a PO file, as the GNU gettext manual describes them
/// ("The Format of PO Files").
struct POScanner {
  enum Token {
    /// The bytes of a comment, from its `#` to the end of its line.
    case comment(Range<Int>)
    /// `msgid`, `msgstr` and the like, without the number in brackets.
    case keyword(String, index: Int?, at: Int)
    /// All strings that follow each other, as one; its place is behind the first quotation mark.
    case string(PlacedText, at: Int)
    case end
  }

  private let text: DecodedText
  private let utf8: [UInt8]
  private let file: String
  private var index = 0
  /// Behind the last quotation mark of the string that was read last, in ``utf8``.
  private(set) var stringEnd = 0

  init(_ text: DecodedText, file: String) {
    self.text = text
    self.file = file
    utf8 = text.utf8
  }

  /// - Throws: `Trouble` for a byte that begins no token, for a string without an end and for a
  ///   broken escape.
  mutating func next() throws(Trouble) -> Token {
    skipSpace()
    guard index < utf8.count else { return .end }
    let start = index
    switch utf8[index] {
    case 0x23:
      while index < utf8.count, !utf8[index].isLineEndByte { index += 1 }
      return .comment(start..<index)
    case 0x22: return .string(try string(), at: start)
    case let byte where byte.isASCIILetter: return try keyword()
    default:
      throw trouble(
        "expected a comment, a keyword such as msgid or a string in quotation marks", at: start)
    }
  }

  private mutating func skipSpace() {
    while index < utf8.count, utf8[index] <= 0x20 { index += 1 }
  }

  private mutating func keyword() throws(Trouble) -> Token {
    let start = index
    while index < utf8.count, utf8[index].isASCIILetter || utf8[index] == 0x5F { index += 1 }
    let word = String(decoding: utf8[start..<index], as: UTF8.self)
    var number: Int?
    if index < utf8.count, utf8[index] == 0x5B {
      var digits = index + 1
      while digits < utf8.count, utf8[digits].isASCIIDigit { digits += 1 }
      number = Int(String(decoding: utf8[index + 1..<digits], as: UTF8.self))
      guard number != nil, digits < utf8.count, utf8[digits] == 0x5D else {
        throw trouble("expected a number and ']' here, as in msgstr[0]", at: index + 1)
      }
      index = digits + 1
    }
    return .keyword(word, index: number, at: start)
  }

  // MARK: Strings

  /// Strings with nothing but white space between them.
  private mutating func string() throws(Trouble) -> PlacedText {
    let start = index
    var result = PlacedText(at: text.positions.source(at: index + 1))
    while index < utf8.count, utf8[index] == 0x22 {
      try appendString(to: &result)
      stringEnd = index
      skipSpace()
    }
    if result.utf8.span.firstInvalidUTF8() != nil {
      throw trouble("the escapes of this string make no text in UTF-8", at: start)
    }
    return result
  }

  private mutating func appendString(to result: inout PlacedText) throws(Trouble) {
    let start = index
    index += 1
    var run = index
    while index < utf8.count, utf8[index] != 0x22 {
      if utf8[index].isLineEndByte { break }
      guard utf8[index] == 0x5C else {
        index += 1
        continue
      }
      append(run..<index, to: &result)
      try appendEscape(to: &result)
      run = index
    }
    append(run..<index, to: &result)
    guard index < utf8.count, utf8[index] == 0x22 else {
      throw trouble("the string that starts here has no quotation mark at its end", at: start)
    }
    index += 1
  }

  private func append(_ range: Range<Int>, to result: inout PlacedText) {
    guard !range.isEmpty else { return }
    let places = PositionMap(verbatim: range.count, at: range.lowerBound)
    result.append(utf8[range], places.composed(with: text.positions))
  }

  private static let simpleEscapes: [UInt8: UInt8] = [
    0x6E: 0x0A, 0x74: 0x09, 0x72: 0x0D, 0x62: 0x08, 0x66: 0x0C, 0x76: 0x0B, 0x61: 0x07,
    0x22: 0x22, 0x5C: 0x5C,
  ]

  private mutating func appendEscape(to result: inout PlacedText) throws(Trouble) {
    let start = index
    index += 1
    guard index < utf8.count else { return }
    let byte = utf8[index]
    var value: Int
    if let simple = Self.simpleEscapes[byte] {
      value = Int(simple)
      index += 1
    } else if byte == 0x78 {
      index += 1
      (value, index) = number(from: index, base: 16, most: 2)
      if index == start + 2 { throw brokenEscape(start) }
    } else {
      (value, index) = number(from: index, base: 8, most: 3)
      if index == start + 1 { throw brokenEscape(start) }
    }
    guard let value = UInt8(exactly: value) else { throw brokenEscape(start) }
    result.append(byte: value, from: text.positions.source(start..<index))
  }

  private func number(from start: Int, base: Int, most: Int) -> (value: Int, end: Int) {
    var value = 0
    var end = start
    while end < min(start + most, utf8.count),
      let digit = Character(Unicode.Scalar(utf8[end])).hexDigitValue, digit < base
    {
      value = value * base + digit
      end += 1
    }
    return (value, end)
  }

  private func brokenEscape(_ start: Int) -> Trouble {
    let shown = String(decoding: utf8[start..<min(start + 2, utf8.count)], as: UTF8.self).visible
    return trouble(
      "'\(shown)' is no escape: write \\\\ for a backslash; \\n, \\t and \\\" are others", at: start
    )
  }

  // MARK: Places

  /// The text of a comment without its mark, and its bytes of the file.
  func comment(_ range: Range<Int>) -> DocumentComment {
    var start = range.lowerBound + 1
    if start < range.upperBound, [0x2C, 0x2E, 0x3A].contains(utf8[start]) { start += 1 }
    while start < range.upperBound, utf8[start] == 0x20 { start += 1 }
    return DocumentComment(
      String(decoding: utf8[start..<range.upperBound], as: UTF8.self),
      text.positions.source(range))
  }

  /// The byte behind the mark of a comment; 0 where there is none.
  func kind(ofComment range: Range<Int>) -> UInt8 {
    range.count > 1 ? utf8[range.lowerBound + 1] : 0
  }

  func trouble(_ message: String, at offset: Int) -> Trouble {
    text.trouble(message, at: offset, file: file)
  }
}

extension UInt8 {
  fileprivate var isLineEndByte: Bool { self == 0x0A || self == 0x0D }
}
