internal import Bitext
internal import Formats
internal import Segmentation

/// Reads the words of a YAML file: keys, the five kinds of scalars, and the space between them.
struct YAMLScalars {
  let text: DecodedText
  let utf8: [UInt8]
  private let file: String
  var index = 0
  /// Where the line starts that holds the place which was asked for last.
  private var lineStart = 0

  init(_ text: DecodedText, file: String) {
    self.text = text
    utf8 = text.utf8
    self.file = file
  }

  func trouble(_ message: String, at offset: Int) -> Trouble {
    text.trouble("is no YAML that Concord reads: " + message, at: offset, file: file)
  }

  // MARK: Space

  /// The byte at the place; a line feed at the end.
  var byte: UInt8 { byte(at: index) }

  func byte(at index: Int) -> UInt8 { index < utf8.count ? utf8[index] : 0x0A }

  mutating func skip(_ count: Int) { index += count }

  func isLineEnd(_ index: Int) -> Bool { byte(at: index) == 0x0A || byte(at: index) == 0x0D }

  private func isSpaceOrEnd(_ index: Int) -> Bool {
    byte(at: index) == 0x20 || byte(at: index) == 0x09 || isLineEnd(index)
  }

  /// How many bytes of its line stand before a place.
  mutating func column(of place: Int) -> Int {
    if lineStart > place { lineStart = 0 }
    var start = place
    while start > lineStart, !isLineEnd(start - 1) { start -= 1 }
    lineStart = start
    return place - start
  }

  var hasTabIndent: Bool {
    var start = index
    while start > 0, !isLineEnd(start - 1) {
      start -= 1
      if utf8[start] == 0x09 { return true }
    }
    return false
  }

  mutating func skipLine() {
    while index < utf8.count, !isLineEnd(index) { index += 1 }
  }

  /// Skips spaces and tabs; `false` when the line or a comment ends what stands on it.
  mutating func skipSpaces() -> Bool {
    while byte == 0x20 || byte == 0x09 { index += 1 }
    return !isLineEnd(index) && byte != 0x23
  }

  /// Skips blank lines and comments up to the next content; `false` at the end of the file.
  mutating func skipToContent(_ messages: inout KeyedMessages) -> Bool {
    while index < utf8.count {
      if byte == 0x23 {
        takeComment(&messages)
      } else if byte == 0x20 || byte == 0x09 || isLineEnd(index) {
        index += 1
      } else {
        return true
      }
    }
    return false
  }

  /// Keeps the comment that the place is at, if it is at one.
  mutating func takeComment(_ messages: inout KeyedMessages) {
    guard byte == 0x23, index < utf8.count else { return }
    let start = index
    skipLine()
    let inner = utf8.span.trimmingWhitespace(start + 1..<index)
    messages.add(
      DocumentComment(
        text: String(decoding: utf8[inner], as: UTF8.self),
        range: text.positions.source(start..<index), place: 0))
  }

  /// What follows a value on its line is a comment behind a space, or nothing.
  mutating func endLine(_ messages: inout KeyedMessages) throws(Trouble) {
    guard skipSpaces() else {
      if byte == 0x23, index < utf8.count, !isSpaceOrEnd(index - 1) {
        throw trouble("a space must stand before a comment", at: index)
      }
      return takeComment(&messages)
    }
    throw trouble("expected the end of the line behind a value", at: index)
  }

  // MARK: Structure

  /// `---`, `...` or a directive, at the start of a line.
  var isDocumentMark: Bool {
    guard index == 0 || isLineEnd(index - 1) else { return false }
    if byte == 0x25 { return true }
    guard index + 3 <= utf8.count, isSpaceOrEnd(index + 3) else { return false }
    return utf8[index...].starts(with: [0x2D, 0x2D, 0x2D])
      || utf8[index...].starts(with: [0x2E, 0x2E, 0x2E])
  }

  /// Whether a hyphen with a space behind it begins an item.
  var isAtItem: Bool { byte == 0x2D && isSpaceOrEnd(index + 1) }

  /// Reads a key with its colon; `nil`, and nothing read, where none stands.
  mutating func key() throws(Trouble) -> String? {
    let start = index
    if byte == 0x3F, isSpaceOrEnd(index + 1) {
      throw trouble("a key that is a collection has no name", at: index)
    }
    var key: String
    if byte == 0x22 || byte == 0x27 {
      let quoted = try quotedScalar()
      key = String(decoding: quoted.utf8, as: UTF8.self)
      while byte == 0x20 { index += 1 }
    } else {
      guard ![0x7B, 0x5B, 0x7C, 0x3E, 0x2A, 0x26, 0x21].contains(byte) else { return nil }
      while !isLineEnd(index), !(byte == 0x3A && isSpaceOrEnd(index + 1)),
        !(byte == 0x23 && isSpaceOrEnd(index - 1))
      {
        index += 1
      }
      let range = utf8.span.trimmingWhitespace(start..<index)
      key = String(decoding: utf8[range], as: UTF8.self)
    }
    guard byte == 0x3A, isSpaceOrEnd(index + 1), index < utf8.count else {
      index = start
      return nil
    }
    index += 1
    return key
  }

  /// Skips the anchor and the tag of a value; `false` when no value follows on the line.
  mutating func skipProperties() throws(Trouble) -> Bool {
    while byte == 0x26 || byte == 0x21 {
      skipWord()
      guard skipSpaces() else { return false }
    }
    return true
  }

  mutating func skipWord() {
    while !isSpaceOrEnd(index) { index += 1 }
  }
}
