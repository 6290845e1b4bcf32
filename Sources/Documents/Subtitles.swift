internal import Bitext
internal import Segmentation

/// Subtitles: SubRip's SRT and WebVTT. Each cue is a paragraph, and no sentence crosses it. Numbers,
/// times and settings are no prose, nor are the tags of styles and speakers.
enum Subtitles {
  /// - Parameters:
  ///   - source: the decoded file.
  ///   - isWeb: whether it is WebVTT, which knows notes, styles and references.
  /// - Returns: its prose, and its notes as comments.
  static func read(_ source: [UInt8], isWeb: Bool) -> ProseBuilder {
    var builder = ProseBuilder(source: source)
    let lines = PlainText.lines(of: source)
    var index = 0
    while index < lines.count {
      var end = index
      while end < lines.count, !isBlank(lines[end], source) { end += 1 }
      if end > index { read(lines[index..<end], isWeb: isWeb, &builder) }
      index = end + 1
    }
    builder.end()
    return builder
  }

  private static func isBlank(_ line: Range<Int>, _ source: [UInt8]) -> Bool {
    source.span.trimmingWhitespace(line).isEmpty
  }

  /// Reads the lines between two blank ones.
  private static func read(
    _ block: ArraySlice<Range<Int>>, isWeb: Bool, _ builder: inout ProseBuilder
  ) {
    guard let first = block.first, let last = block.last else { return }
    let timing = block.firstIndex { isTiming($0, builder.source) }
    if isWeb, timing == nil {
      let head = builder.source[first]
      if head.starts(with: "NOTE".utf8), head.count == 4 || head[first.lowerBound + 4] <= 0x20 {
        let range = first.lowerBound..<last.upperBound
        let text = String(decoding: builder.source[range.dropFirst(4)], as: UTF8.self)
        builder.addComment(String(text.trimmed), range)
      }
      // The header, a style sheet, a region: what has no times is not shown.
      return
    }
    // In SRT a blank line may stand within a cue.
    let start = timing.map { $0 + 1 } ?? block.startIndex
    builder.begin(.paragraph)
    for line in block[start...] {
      builder.addBreak()
      append(line, isWeb: isWeb, to: &builder)
    }
    builder.end()
  }

  /// `00:01:02,500 --> 00:01:04,000 align:start`
  private static func isTiming(_ line: Range<Int>, _ source: [UInt8]) -> Bool {
    let text = source[source.span.trimmingWhitespace(line)]
    guard text.first?.isASCIIDigit ?? false else { return false }
    // Twice "00:00:00.000", and an arrow.
    return text.prefix(40).indices.contains { text[$0...].starts(with: "-->".utf8) }
  }

  /// Appends a line without its tags: `<i>`, `<v Speaker>`, `<00:01.500>`, `{\an8}`.
  private static func append(
    _ line: Range<Int>, isWeb: Bool, to builder: inout ProseBuilder
  ) {
    let source = builder.source
    let text = source.span.trimmingWhitespace(line)
    var index = text.lowerBound
    var start = index
    while index < text.upperBound {
      if let end = tagEnd(source, at: index, in: text) {
        builder.append(start..<index)
        index = end
        start = end
      } else if isWeb, source[index] == UInt8(ascii: "&"),
        let end = referenceEnd(source, index, text),
        let character = CharacterReference.text(of: source[index..<end])
      {
        builder.append(start..<index)
        builder.append(character, for: index..<end)
        index = end
        start = end
      } else {
        index += 1
      }
    }
    builder.append(start..<text.upperBound)
  }

  /// The byte behind a tag that starts at a byte.
  private static func tagEnd(_ source: [UInt8], at index: Int, in line: Range<Int>) -> Int? {
    // Classes and names of speakers are short; a "<" without an end is one of the text.
    let longest = 200
    guard index + 1 < line.upperBound else { return nil }
    let (first, next) = (source[index], source[index + 1])
    let isAngle =
      first == UInt8(ascii: "<")
      && (next == UInt8(ascii: "/") || next.isASCIILetter || next.isASCIIDigit)
    let isOverride = first == UInt8(ascii: "{") && next == UInt8(ascii: "\\")
    guard isAngle || isOverride else { return nil }
    let close = isAngle ? UInt8(ascii: ">") : UInt8(ascii: "}")
    let end = source[index..<min(line.upperBound, index + longest)].firstIndex(of: close)
    return end.map { $0 + 1 }
  }

  private static func referenceEnd(
    _ source: [UInt8], _ index: Int, _ line: Range<Int>
  ) -> Int? {
    // "&CounterClockwiseContourIntegral;" is the longest name.
    source[index..<min(line.upperBound, index + 34)].firstIndex(of: UInt8(ascii: ";")).map {
      $0 + 1
    }
  }
}
