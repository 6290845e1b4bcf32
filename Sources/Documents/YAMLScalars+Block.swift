internal import Bitext
internal import Formats
internal import Segmentation

/// A line of a block scalar.
private struct BlockLine {
  /// Its text without the indentation.
  var range: Range<Int>
  /// How many spaces stand before the text.
  var indent: Int
  var isBlank: Bool { range.isEmpty }
}

extension YAMLScalars {
  /// Reads a literal (`|`) or folded (`>`) scalar: the lines that are indented more than the
  /// collection around it.
  mutating func blockScalar(
    parent: Int, _ messages: inout KeyedMessages
  ) throws(Trouble) -> PlacedText {
    let isFolded = byte == 0x3E
    index += 1
    var wanted: Int?
    while byte == 0x2B || byte == 0x2D || byte.isASCIIDigit {
      if byte.isASCIIDigit { wanted = max(parent, 0) + Int(byte - 0x30) }
      index += 1
    }
    try endLine(&messages)
    skipLineEnd()
    var result = PlacedText(at: text.positions.source(at: index))
    var lines: [BlockLine] = []
    while index < utf8.count {
      let line = nextLine(indent: wanted)
      if !line.isBlank {
        wanted = wanted ?? line.indent
        guard line.indent > parent, line.indent >= wanted ?? 0 else { break }
      }
      lines.append(line)
      index = line.range.upperBound
      skipLineEnd()
    }
    while let last = lines.last, last.isBlank { lines.removeLast() }
    append(lines, isFolded: isFolded, to: &result)
    return result
  }

  private mutating func skipLineEnd() {
    guard index < utf8.count else { return }
    if byte == 0x0D, byte(at: index + 1) == 0x0A, index + 1 < utf8.count { index += 1 }
    if isLineEnd(index) { index += 1 }
  }

  /// The line that starts at the place; more than `indent` spaces before its text belong to it.
  private func nextLine(indent wanted: Int?) -> BlockLine {
    var start = index
    while byte(at: start) == 0x20, start - index < wanted ?? .max { start += 1 }
    var end = start
    while !isLineEnd(end) { end += 1 }
    let isBlank = utf8.span.trimmingWhitespace(start..<end).isEmpty
    return BlockLine(range: isBlank ? end..<end : start..<end, indent: start - index)
  }

  private func append(_ lines: [BlockLine], isFolded: Bool, to result: inout PlacedText) {
    var blank = 0
    for (number, line) in lines.enumerated() {
      if line.isBlank {
        blank += 1
        continue
      }
      if number > 0 {
        let before = number > blank ? lines[number - blank - 1] : nil
        let isLoose = startsWithSpace(line) || before.map(startsWithSpace) ?? true
        if isFolded, !isLoose, blank == 0 {
          result.appendSpace()
        } else {
          // Where lines are folded, the line end of the first one is none.
          for _ in 0..<max(1, isFolded && !isLoose ? blank : blank + 1) { result.appendSpace(0x0A) }
        }
      }
      blank = 0
      result.append(utf8[line.range], text.places(of: line.range))
    }
  }

  /// Lines that are indented further are not folded.
  private func startsWithSpace(_ line: BlockLine) -> Bool {
    byte(at: line.range.lowerBound) == 0x20 || byte(at: line.range.lowerBound) == 0x09
  }
}
