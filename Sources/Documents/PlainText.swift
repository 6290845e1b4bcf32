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
    let isWrapped = isHardWrapped(source, lines)
    let continuations = isWrapped ? [] : continuations(source.span, lines)
    for (index, line) in lines.enumerated() {
      let trimmed = source.span.trimmingWhitespace(line)
      if trimmed.isEmpty {
        builder.end()
      } else if isWrapped || continuations[index], builder.isOpen {
        builder.addBreak()
        builder.append(trimmed)
      } else {
        builder.begin(.paragraph)
        builder.append(trimmed)
      }
    }
    builder.end()
    return builder
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

  /// Whether an editor broke the lines at a margin: nearly every line that another follows is as
  /// full as the next word allows, and the margin is one that people set.
  private static func isHardWrapped(_ source: [UInt8], _ lines: [Range<Int>]) -> Bool {
    // Margins of 50 columns and less are verse or lists; above 130 nobody sets one, and the first
    // line that is longer tells.
    let widest = 130
    var widths: [Int] = []
    for line in lines {
      let width = displayWidth(source.span, line)
      guard width <= widest else { return false }
      widths.append(width)
    }
    guard let margin = widths.max(), margin >= 50 else { return false }
    var followed = 0
    var full = 0
    for index in lines.indices.dropLast() where widths[index] > 0 && widths[index + 1] > 0 {
      followed += 1
      let next = firstWordWidth(source.span, lines[index + 1])
      // A tenth of slack for words that an editor breaks earlier.
      if widths[index] + 1 + next > margin * 9 / 10 { full += 1 }
    }
    return followed >= 2 && full * 10 >= followed * 8
  }

  /// Which lines go on with the sentence of the line before, as in text copied from a page: they
  /// start with a small letter, the line before ends in the midst of something, and either it was
  /// left open on purpose, by a space at its end, or a full stop follows that a capital began.
  private static func continuations(_ utf8: Span<UInt8>, _ lines: [Range<Int>]) -> [Bool] {
    let shapes = lines.map { LineShape(utf8, $0) }
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
      let previous = index > 0 ? shapes[index - 1] : nil
      let continues =
        previous.map {
          shapes[index].startsSmall && $0.isOpen && ($0.isFlowed || isSentence && ends[index])
        } ?? false
      if !continues {
        isSentence = shapes[index].startsCapital && shapes[index].wordCount >= leastWords
      }
      result[index] = continues
    }
    return result
  }

  /// How a line starts and ends.
  private struct LineShape {
    var startsSmall = false
    var startsCapital = false
    /// Ends with a letter, a digit or a comma.
    var isOpen = false
    /// Ends with a full stop, a question or an exclamation mark, quotes and brackets aside.
    var isClosed = false
    var wordCount = 0
    /// A space stands at the end.
    var isFlowed = false

    init(_ utf8: Span<UInt8>, _ line: Range<Int>) {
      let text = utf8.trimmingWhitespace(line)
      guard !text.isEmpty else { return }
      let first = Unicode.Scalar(utf8.scalar(at: text.lowerBound).value)
      startsSmall = (first?.properties.isLowercase ?? false) && !Self.startsItem(utf8, text)
      startsCapital = first?.properties.isUppercase ?? false
      var isLast = true
      var end = text.upperBound
      while end > text.lowerBound {
        var start = end - 1
        while start > text.lowerBound, utf8[start].isUTF8Continuation { start -= 1 }
        let scalar = utf8.scalar(at: start).value
        if isLast { isOpen = scalar.isWordScalar || scalar == 0x2C }
        isLast = false
        isClosed = [0x21, 0x2E, 0x3F, 0x2026].contains(scalar)
        guard scalar.isQuoteScalar || scalar == 0x29 || scalar == 0x5D else { break }
        end = start
      }
      isFlowed = text.upperBound < line.upperBound
      wordCount = 1
      for index in text where utf8[index] == 0x20 { wordCount += 1 }
    }

    /// Whether the first word is the letter of an item, "b)" or "iv.", or an address.
    private static func startsItem(_ utf8: Span<UInt8>, _ text: Range<Int>) -> Bool {
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

  private static func displayWidth(_ utf8: Span<UInt8>, _ range: Range<Int>) -> Int {
    let line = utf8.trimmingWhitespace(range)
    var width = 0
    var index = line.lowerBound
    while index < line.upperBound {
      let scalar = utf8.scalar(at: index)
      width += scalar.value.displayWidth
      index += scalar.length
    }
    return width
  }

  private static func firstWordWidth(_ utf8: Span<UInt8>, _ range: Range<Int>) -> Int {
    let line = utf8.trimmingWhitespace(range)
    var width = 0
    var index = line.lowerBound
    while index < line.upperBound {
      let scalar = utf8.scalar(at: index)
      if scalar.value.isWhitespaceScalar { break }
      width += scalar.value.displayWidth
      // A line may break before any ideograph.
      if scalar.value.isHanScalar { break }
      index += scalar.length
    }
    return width
  }
}
