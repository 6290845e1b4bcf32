internal import Bitext
internal import Segmentation

/// Plain text: a blank line ends a paragraph, and so does every line break, unless the file is
/// hard-wrapped or the break stands in the midst of a sentence.
enum PlainText {
  /// With `isSegmented` every line is a segment and keeps its number; a blank line is an empty one.
  static func read(_ source: [UInt8], isSegmented: Bool) -> ProseBuilder {
    var builder = ProseBuilder(source: source)
    let lines = lines(of: source)
    if isSegmented {
      for line in lines {
        let trimmed = source.span.trimmingWhitespace(line)
        if trimmed.isEmpty {
          builder.addEmptyBlock(.paragraph, at: line.lowerBound)
        } else {
          builder.begin(.paragraph)
          builder.append(trimmed)
          builder.end()
        }
      }
      return builder
    }
    let shapes = lines.map { LineShape(source.span, $0) }
    append(lines, shapes, WrapMargin(source.span, lines, shapes), to: &builder)
    return builder
  }

  /// Reads a part of a file whose margin is known: see ``PlainTextParts``.
  static func read(_ source: [UInt8], margin: WrapMargin?) -> ProseBuilder {
    var builder = ProseBuilder(source: source)
    let lines = lines(of: source)
    append(lines, lines.map { LineShape(source.span, $0) }, margin, to: &builder)
    return builder
  }

  private static func append(
    _ lines: [Range<Int>], _ shapes: [LineShape], _ margin: WrapMargin?,
    to builder: inout ProseBuilder
  ) {
    let source = builder.source
    let continuations = continuations(source.span, lines, shapes, margin)
    for (index, line) in lines.enumerated() {
      let trimmed = source.span.trimmingWhitespace(line)
      if trimmed.isEmpty {
        builder.end()
      } else if continuations[index], builder.isOpen {
        builder.addBreak()
        builder.append(trimmed)
      } else {
        builder.begin(.paragraph)
        builder.append(trimmed)
      }
    }
    builder.end()
  }

  /// The lines without their ends: LF, CR LF or CR.
  static func lines(of source: [UInt8]) -> [Range<Int>] {
    var lines: [Range<Int>] = []
    var start = 0
    var index = 0
    while index < source.count {
      let byte = source[index]
      guard byte == 0x0A || byte == 0x0D else {
        index += 1
        continue
      }
      lines.append(start..<index)
      index += byte == 0x0D && index + 1 < source.count && source[index + 1] == 0x0A ? 2 : 1
      start = index
    }
    if start < source.count { lines.append(start..<source.count) }
    return lines
  }

  /// Which lines go on with the sentence of the line before, as in text copied from a page: they
  /// start with a small letter, the line before ends in the midst of something, and either it was
  /// left open on purpose, by a space at its end, or a full stop follows that a capital began.
  /// Where lines are broken at a margin, the next one goes on, too.
  private static func continuations(
    _ utf8: Span<UInt8>, _ lines: [Range<Int>], _ shapes: [LineShape], _ margin: WrapMargin?
  ) -> [Bool] {
    var result = [Bool](repeating: false, count: lines.count)
    /// Whether a line's sentence comes to its end in lines that all start with small letters.
    var ends = [Bool](repeating: false, count: lines.count + 1)
    for index in lines.indices.reversed() {
      ends[index] = shapes[index].startsSmall && (shapes[index].isClosed || ends[index + 1])
    }
    // Headings and names are shorter than what is cut at a margin.
    let leastWords = 4
    /// Whether the sentence that a line is part of began with a capital.
    var isSentence = false
    for index in lines.indices {
      var continues = false
      if index > 0 {
        let (previous, shape) = (shapes[index - 1], shapes[index])
        continues =
          shape.startsSmall && previous.isOpen && (previous.isFlowed || isSentence && ends[index])
        if !continues, let margin {
          continues = margin.wraps(utf8, lines[index - 1], lines[index], previous, shape)
        }
      }
      if !continues {
        isSentence = shapes[index].startsCapital && shapes[index].wordCount >= leastWords
      }
      result[index] = continues
    }
    return result
  }

  /// How a line starts and ends.
  struct LineShape {
    var startsSmall = false
    var startsCapital = false
    /// Starts with the mark of a list's item: "-", "3.", "b)", "iv.", "一、".
    var startsItem = false
    /// Starts with an ideograph, before which a line may break anywhere.
    var startsHan = false
    /// The bytes of white space in front.
    var indent = 0
    /// Ends with a letter, a digit or a comma.
    var isOpen = false
    /// Ends with an ideograph or a comma of Chinese.
    var endsHan = false
    /// Ends in the midst of something, in whatever script.
    var isLeftOpen: Bool { isOpen || endsHan }
    /// Ends with a full stop, a question or an exclamation mark, quotes and brackets aside.
    var isClosed = false
    var wordCount = 0
    /// A space stands at the end.
    var isFlowed = false

    init(_ utf8: Span<UInt8>, _ line: Range<Int>) {
      let text = utf8.trimmingWhitespace(line)
      guard !text.isEmpty else { return }
      let first = Unicode.Scalar(utf8.scalar(at: text.lowerBound).value)
      startsItem = Self.startsItem(utf8, text)
      startsSmall = (first?.properties.isLowercase ?? false) && !Self.startsLetterItem(utf8, text)
      startsHan = first?.value.isHanScalar ?? false
      indent = text.lowerBound - line.lowerBound
      startsCapital = first?.properties.isUppercase ?? false
      var isLast = true
      var end = text.upperBound
      while end > text.lowerBound {
        var start = end - 1
        while start > text.lowerBound, utf8[start].isUTF8Continuation { start -= 1 }
        let scalar = utf8.scalar(at: start).value
        if isLast {
          isOpen = scalar.isWordScalar || scalar == 0x2C
          endsHan = scalar.isHanScalar || scalar == 0x3001 || scalar == 0xFF0C
        }
        isLast = false
        isClosed = [0x21, 0x2E, 0x3F, 0x2026].contains(scalar)
        guard scalar.isQuoteScalar || scalar == 0x29 || scalar == 0x5D else { break }
        end = start
      }
      isFlowed = text.upperBound < line.upperBound
      wordCount = 1
      for index in text where utf8[index] == 0x20 { wordCount += 1 }
    }

    private static func startsItem(_ utf8: Span<UInt8>, _ text: Range<Int>) -> Bool {
      var index = text.lowerBound
      let first = utf8.scalar(at: index)
      let after = index + first.length
      let isAlone = after >= text.upperBound || utf8[after] == 0x20 || utf8[after] == 0x09
      let dashes: [UInt32] = [0x2A, 0x2D, 0x2013, 0x2014]
      let bullets: [UInt32] = [0xB7, 0x2022, 0x25A0, 0x25CF, 0xF0B7]
      if bullets.contains(first.value) || isAlone && dashes.contains(first.value) { return true }
      // Longer than "iii" or "120" is no number of an item, but a year.
      for _ in 0..<3 where index < text.upperBound {
        let scalar = utf8.scalar(at: index)
        let isNumeral =
          scalar.value &- 0x30 < 10
          || "ivxlcIVXLC一二三四五六七八九十".unicodeScalars
            .contains { $0.value == scalar.value }
        guard isNumeral || index == text.lowerBound && scalar.value < 0x80 else { return false }
        index += scalar.length
        guard index < text.upperBound else { return false }
        let mark = utf8.scalar(at: index)
        let ends: [UInt32] = [0x29, 0x2E, 0x3001, 0xFF09, 0xFF0E]
        if ends.contains(mark.value) {
          // "2.6" is a number.
          let next = index + mark.length
          return next >= text.upperBound || utf8[next] &- 0x30 >= 10
        }
      }
      return false
    }

    /// Whether the first word is the letter of an item, "b)" or "iv.", or an address.
    private static func startsLetterItem(_ utf8: Span<UInt8>, _ text: Range<Int>) -> Bool {
      var end = text.lowerBound
      while end < text.upperBound, utf8[end] != 0x20 { end += 1 }
      let last = utf8[end - 1]
      if end - text.lowerBound <= 5, last == 0x29 || last == 0x2E { return true }
      var points = 0
      for index in text.lowerBound..<end {
        if utf8[index] == 0x2F || utf8[index] == 0x40 { return true }
        if utf8[index] == 0x2E, index + 1 < end { points += 1 }
      }
      return points > 0
    }
  }
}
