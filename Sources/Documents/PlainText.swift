internal import Bitext
internal import Segmentation

/// Plain text: a blank line ends a paragraph, and so does every line break, unless the file is
/// hard-wrapped.
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
    for line in lines {
      let trimmed = source.span.trimmingWhitespace(line)
      if trimmed.isEmpty {
        builder.end()
      } else if isWrapped, builder.isOpen {
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
    let widths = lines.map { displayWidth(source.span, $0) }
    // Margins of 50 columns and less are verse or lists, above 130 nobody sets one.
    guard let margin = widths.max(), 50...130 ~= margin else { return false }
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
