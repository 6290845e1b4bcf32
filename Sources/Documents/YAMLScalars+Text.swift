internal import Bitext
internal import Formats
internal import Segmentation

extension YAMLScalars {
  private func append(_ range: Range<Int>, to result: inout PlacedText) {
    guard !range.isEmpty else { return }
    result.append(utf8[range], text.places(of: range))
  }

  // MARK: Plain

  /// Reads a plain scalar, with the lines that go on with it: those that are indented more than the
  /// collection around it.
  mutating func plainScalar(
    parent: Int
  ) throws(Trouble) -> (text: PlacedText, isString: Bool) {
    try refuseReserved()
    var result = PlacedText(at: text.positions.source(at: index))
    try plainLine(&result, inFlow: false)
    while let next = continuation(parent: parent) {
      appendFold(lineEnds: next.lineEnds, to: &result)
      index = next.start
      try plainLine(&result, inFlow: false)
    }
    return (result, Self.isString(result.utf8))
  }

  private func refuseReserved() throws(Trouble) {
    guard [0x40, 0x60, 0x25, 0x7D, 0x5D, 0x2C].contains(byte) else { return }
    let shown = String(UnicodeScalar(byte))
    throw trouble("a value cannot begin with '\(shown)': put it in quotation marks", at: index)
  }

  /// One line of a plain scalar.
  private mutating func plainLine(
    _ result: inout PlacedText, inFlow: Bool
  ) throws(Trouble) {
    let start = index
    while !isLineEnd(index) {
      let isAfterSpace =
        index > start && (byte(at: index - 1) == 0x20 || byte(at: index - 1) == 0x09)
      if byte == 0x23, isAfterSpace { break }
      if inFlow, [0x2C, 0x5B, 0x5D, 0x7B, 0x7D].contains(byte) { break }
      if byte == 0x3A {
        let next = byte(at: index + 1)
        let ends = next == 0x20 || next == 0x09 || isLineEnd(index + 1)
        if inFlow, ends || [0x2C, 0x5B, 0x5D, 0x7B, 0x7D].contains(next) { break }
        if ends {
          throw trouble("a colon within a value: put the value in quotation marks", at: index)
        }
      }
      index += 1
    }
    append(utf8.span.trimmingWhitespace(start..<index), to: &result)
  }

  /// The next line, where it goes on with a plain scalar.
  private func continuation(parent: Int) -> (start: Int, lineEnds: Int)? {
    guard isLineEnd(index), index < utf8.count else { return nil }
    var at = index
    var lineEnds = 0
    var lineStart = at
    while at < utf8.count {
      if isLineEnd(at) {
        if byte(at: at) == 0x0D, byte(at: at + 1) == 0x0A, at + 1 < utf8.count { at += 1 }
        at += 1
        lineEnds += 1
        lineStart = at
      } else if byte(at: at) == 0x20 || byte(at: at) == 0x09 {
        at += 1
      } else {
        break
      }
    }
    guard at < utf8.count, at - lineStart > parent, byte(at: at) != 0x23 else { return nil }
    // At the root a mark of a document ends the scalar.
    let rest = utf8[at...]
    if at == lineStart,
      rest.starts(with: [0x2D, 0x2D, 0x2D]) || rest.starts(with: [0x2E, 0x2E, 0x2E])
    {
      return nil
    }
    return (at, lineEnds)
  }

  /// One line end within a scalar is a space, more of them are line feeds.
  private func appendFold(lineEnds: Int, to result: inout PlacedText) {
    if lineEnds == 1 { return result.appendSpace() }
    for _ in 1..<max(2, lineEnds) { result.appendSpace(0x0A) }
  }

  /// Whether a plain scalar is text: no number, boolean or null (YAML 1.2.2, section 10.3).
  private static func isString(_ utf8: [UInt8]) -> Bool {
    guard let first = utf8.first else { return false }
    let word = String(decoding: utf8, as: UTF8.self)
    switch word {
    case "~", "null", "Null", "NULL", "true", "True", "TRUE", "false", "False", "FALSE":
      return false
    default: break
    }
    guard first.isASCIIDigit || [0x2B, 0x2D, 0x2E].contains(first) else { return true }
    if word.hasSuffix(".inf") || word.hasSuffix(".nan") { return false }
    return Double(word) == nil
  }

  /// Reads a scalar within brackets.
  mutating func flowScalar() throws(Trouble) -> (text: PlacedText, isString: Bool) {
    guard try skipProperties() else { return (PlacedText(at: index), false) }
    if byte == 0x22 || byte == 0x27 { return (try quotedScalar(), true) }
    if byte == 0x2A {
      let start = index
      while !isLineEnd(index), ![0x20, 0x2C, 0x5D, 0x7D].contains(byte) { index += 1 }
      return (PlacedText(at: text.positions.source(at: start)), false)
    }
    var result = PlacedText(at: text.positions.source(at: index))
    let start = index
    try plainLine(&result, inFlow: true)
    if index == start { throw trouble("expected a value", at: index) }
    return (result, Self.isString(result.utf8))
  }

  // MARK: Quoted

  mutating func quotedScalar() throws(Trouble) -> PlacedText {
    let start = index
    let quote = byte
    index += 1
    var result = PlacedText(at: text.positions.source(at: index))
    var run = index
    while index < utf8.count {
      if byte == quote {
        append(run..<index, to: &result)
        guard quote == 0x27, byte(at: index + 1) == quote, index + 1 < utf8.count else {
          index += 1
          return result
        }
        result.append(byte: quote, from: text.positions.source(index..<index + 2))
        index += 2
        run = index
      } else if byte == 0x5C, quote == 0x22 {
        append(run..<index, to: &result)
        try appendEscape(to: &result)
        run = index
      } else if isLineEnd(index) {
        append(run..<withoutSpaces(run..<index), to: &result)
        appendFold(lineEnds: skipLineEnds(), to: &result)
        run = index
      } else {
        index += 1
      }
    }
    throw trouble("the string that starts here never ends", at: start)
  }

  /// The end of a range without the spaces there.
  private func withoutSpaces(_ range: Range<Int>) -> Int {
    var end = range.upperBound
    while end > range.lowerBound, utf8[end - 1] == 0x20 || utf8[end - 1] == 0x09 { end -= 1 }
    return end
  }

  /// Skips line ends and the white space between and behind them.
  ///
  /// - Returns: how many line ends there were.
  private mutating func skipLineEnds() -> Int {
    var count = 0
    while index < utf8.count {
      if isLineEnd(index) {
        if byte == 0x0D, byte(at: index + 1) == 0x0A, index + 1 < utf8.count { index += 1 }
        count += 1
      } else if byte != 0x20, byte != 0x09 {
        break
      }
      index += 1
    }
    return count
  }

  private static let simpleEscapes: [UInt8: Unicode.Scalar] = [
    0x30: "\0", 0x61: "\u{7}", 0x62: "\u{8}", 0x74: "\t", 0x09: "\t", 0x6E: "\n", 0x76: "\u{B}",
    0x66: "\u{C}", 0x72: "\r", 0x65: "\u{1B}", 0x20: " ", 0x22: "\"", 0x2F: "/", 0x5C: "\\",
    0x4E: "\u{85}", 0x5F: "\u{A0}", 0x4C: "\u{2028}", 0x50: "\u{2029}",
  ]
  /// How many digits follow `\x`, `\u` and `\U`.
  private static let digits: [UInt8: Int] = [0x78: 2, 0x75: 4, 0x55: 8]

  private mutating func appendEscape(to result: inout PlacedText) throws(Trouble) {
    let start = index
    index += 1
    // A line end behind a backslash is none.
    if isLineEnd(index), index < utf8.count {
      let lineEnds = skipLineEnds()
      if lineEnds > 1 { appendFold(lineEnds: lineEnds, to: &result) }
      return
    }
    let mark = byte
    index += 1
    var scalar = Self.simpleEscapes[mark]
    if let count = Self.digits[mark], let value = utf8.hexadecimal(at: index, count: count) {
      index += count
      scalar = Unicode.Scalar(value)
      if 0xD800..<0xDC00 ~= value, byte == 0x5C, byte(at: index + 1) == 0x75,
        let low = utf8.hexadecimal(at: index + 2, count: 4), 0xDC00..<0xE000 ~= low
      {
        index += 6
        scalar = Unicode.Scalar(0x10000 + (value - 0xD800) << 10 + (low - 0xDC00))
      }
      scalar = scalar ?? "\u{FFFD}"
    }
    guard let scalar else {
      let shown = String(decoding: utf8[start..<min(start + 2, utf8.count)], as: UTF8.self).visible
      throw trouble("'\(shown)' is no escape: write \\\\ for a backslash", at: start)
    }
    result.append(scalar, from: text.positions.source(start..<index))
  }
}
