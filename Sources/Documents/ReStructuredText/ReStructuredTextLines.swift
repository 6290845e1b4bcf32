internal import Bitext
internal import Segmentation

/// A line of reStructuredText, or what is left of one behind the mark of a list.
struct ReStructuredTextLine {
  /// From the first byte that is no white space to behind the last one.
  var range: Range<Int>
  /// The columns before it.
  var indent: Int

  var isBlank: Bool { range.isEmpty }
}

extension ReStructuredTextLine {
  /// Docutils, "Whitespace": tabs stand for spaces up to the next multiple of eight.
  static let tabStop = 8

  static func lines(of source: [UInt8]) -> [ReStructuredTextLine] {
    PlainText.lines(of: source).map { line in
      var indent = 0
      var start = line.lowerBound
      while start < line.upperBound, source[start].isMarkupSpace {
        indent = source[start] == 0x09 ? (indent / tabStop + 1) * tabStop : indent + 1
        start += 1
      }
      var end = line.upperBound
      while end > start, source[end - 1].isMarkupSpace { end -= 1 }
      return ReStructuredTextLine(range: start..<end, indent: indent)
    }
  }

  /// The line from a byte on, white space aside.
  func dropping(upTo offset: Int, in source: [UInt8]) -> ReStructuredTextLine {
    var start = min(offset, range.upperBound)
    var column = indent + (start - range.lowerBound)
    while start < range.upperBound, source[start].isMarkupSpace {
      start += 1
      column += 1
    }
    return ReStructuredTextLine(range: start..<range.upperBound, indent: column)
  }
}

/// What a line of reStructuredText looks like.
struct ReStructuredTextShapes {
  let source: [UInt8]

  /// The mark of an adornment: a line of one punctuation character, over or under a title.
  func adornment(_ line: ReStructuredTextLine) -> UInt8? {
    guard let first = line.range.first.map({ source[$0] }), line.range.count >= 2,
      first > 0x20, first < 0x7F, !first.isASCIILetter, !first.isASCIIDigit
    else { return nil }
    for index in line.range where source[index] != first { return nil }
    return first
  }

  func starts(_ line: ReStructuredTextLine, with text: StaticString) -> Bool {
    let count = text.utf8CodeUnitCount
    guard line.range.count >= count else { return false }
    for index in 0..<count where source[line.range.lowerBound + index] != text.utf8Start[index] {
      return false
    }
    return true
  }

  /// Whether a mark of some bytes stands alone or before white space.
  private func isMark(_ line: ReStructuredTextLine, length: Int) -> Bool {
    let end = line.range.lowerBound + length
    return end == line.range.upperBound || end < line.range.upperBound && source[end].isMarkupSpace
  }

  func isExplicit(_ line: ReStructuredTextLine) -> Bool {
    starts(line, with: "..") && isMark(line, length: 2)
      || starts(line, with: "__") && isMark(line, length: 2) && line.range.count > 2
  }

  /// The byte behind the bullet or the number of a list's item.
  func itemEnd(_ line: ReStructuredTextLine) -> Int? {
    guard !line.isBlank else { return nil }
    let start = line.range.lowerBound
    if "*+-".utf8.contains(source[start]), isMark(line, length: 1) { return start + 1 }
    // • ‣ ⁃
    let bullet = source.span.scalar(at: start)
    if [0x2022, 0x2023, 0x2043].contains(bullet.value), isMark(line, length: bullet.length) {
      return start + bullet.length
    }
    return enumeratorEnd(line)
  }

  /// `1.`, `a)`, `(iv)`, `#.`
  private func enumeratorEnd(_ line: ReStructuredTextLine) -> Int? {
    var index = line.range.lowerBound
    let isBracketed = source[index] == UInt8(ascii: "(")
    if isBracketed { index += 1 }
    let number = index
    // No enumerator is longer than "xxxviii" or "99999".
    while index < line.range.upperBound, index - number < 7,
      source[index].isASCIIDigit || "ivxlcdmIVXLCDM".utf8.contains(source[index])
    {
      index += 1
    }
    if index == number, index < line.range.upperBound,
      source[index].isASCIILetter || source[index] == UInt8(ascii: "#")
    {
      index += 1
    }
    guard index > number, index < line.range.upperBound else { return nil }
    let isEnded =
      source[index] == UInt8(ascii: ")") || !isBracketed && source[index] == UInt8(ascii: ".")
    let length = index + 1 - line.range.lowerBound
    return isEnded && length < line.range.count && isMark(line, length: length) ? index + 1 : nil
  }

  /// The byte behind `:name:` at the start of a field.
  func fieldEnd(_ line: ReStructuredTextLine) -> Int? {
    guard line.range.count >= 3, source[line.range.lowerBound] == UInt8(ascii: ":") else {
      return nil
    }
    var index = line.range.lowerBound + 1
    guard !source[index].isMarkupSpace, source[index] != UInt8(ascii: ":") else { return nil }
    while index < line.range.upperBound {
      if source[index] == UInt8(ascii: "\\") {
        index += 1
      } else if source[index] == UInt8(ascii: "`") {
        return nil
      } else if source[index] == UInt8(ascii: ":"),
        isMark(line, length: index + 1 - line.range.lowerBound)
      {
        return index + 1
      }
      index += 1
    }
    return nil
  }

  /// Where the description starts behind the options of an option list, `-a, --all  Show all`; the
  /// end of the line when it has none.
  func optionEnd(_ line: ReStructuredTextLine) -> Int? {
    guard line.range.count >= 2 else { return nil }
    let start = line.range.lowerBound
    guard source[start] == UInt8(ascii: "-") || source[start] == UInt8(ascii: "/"),
      source[start + 1] == UInt8(ascii: "-") || source[start + 1].isASCIILetter
        || source[start + 1].isASCIIDigit
    else { return nil }
    var index = start
    var words = 1
    while index < line.range.upperBound {
      if source[index].isMarkupSpace {
        if index + 1 < line.range.upperBound, source[index + 1].isMarkupSpace { return index }
        words += 1
      }
      guard source[index] < 0x80 else { return nil }
      index += 1
    }
    // "-a" alone has its description in the next line; more words than options have are a sentence.
    return words <= 4 && source[start] == UInt8(ascii: "-") ? line.range.upperBound : nil
  }

  /// Whether a line is the border of a simple table: groups of `=` with spaces between.
  func isSimpleBorder(_ line: ReStructuredTextLine) -> Bool {
    var groups = 0
    var isInGroup = false
    for index in line.range {
      guard source[index] == UInt8(ascii: "=") || source[index] == 0x20 else { return false }
      if source[index] == UInt8(ascii: "="), !isInGroup { groups += 1 }
      isInGroup = source[index] == UInt8(ascii: "=")
    }
    return groups >= 2
  }

  func isGridBorder(_ line: ReStructuredTextLine) -> Bool {
    guard line.range.count >= 3, source[line.range.lowerBound] == UInt8(ascii: "+"),
      source[line.range.upperBound - 1] == UInt8(ascii: "+")
    else { return false }
    for index in line.range where !"+-=".utf8.contains(source[index]) { return false }
    return true
  }

  /// The columns that a stretch of a line takes.
  func width(_ range: Range<Int>) -> Int {
    var width = 0
    var index = range.lowerBound
    while index < range.upperBound {
      let scalar = source.span.scalar(at: index)
      width += scalar.value.displayWidth
      index += scalar.length
    }
    return width
  }
}
