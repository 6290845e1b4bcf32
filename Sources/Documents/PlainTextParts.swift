internal import Segmentation

/// Reads a large plain text in parts that make the same blocks as the whole.
struct PlainTextParts: DocumentParts {
  /// What the beginning of the file says of its lines.
  private var margin: WrapMargin?

  var sampleBytes: Int { WrapMargin.sampleBytes }

  mutating func begin(with sample: [UInt8], isWhole: Bool) -> Bool {
    let lines = PlainText.lines(of: sample)
    let sampled = lines.prefix { $0.lowerBound < WrapMargin.sampleBytes }
    // The last line may go on.
    guard isWhole || sampled.count < lines.count else { return false }
    let shapes = sampled.map { PlainText.LineShape(sample.span, $0) }
    margin = WrapMargin(sample.span, Array(sampled), shapes)
    return true
  }

  mutating func part(of bytes: [UInt8], isLast: Bool) -> DocumentPart? {
    if isLast { return DocumentPart(PlainText.read(bytes, margin: margin), end: bytes.count) }
    let lines = PlainText.lines(of: bytes)
    guard let end = lastCut(bytes.span, lines) else { return nil }
    return DocumentPart(PlainText.read(Array(bytes[..<end]), margin: margin), end: end)
  }

  /// The last line that goes on with nothing, and that tells nothing of the lines before it.
  private func lastCut(_ utf8: Span<UInt8>, _ lines: [Range<Int>]) -> Int? {
    // The last line may be longer than what is here of it.
    var index = lines.count - 2
    guard index > 0 else { return nil }
    var next = PlainText.LineShape(utf8, lines[index])
    while index > 0 {
      let shape = PlainText.LineShape(utf8, lines[index - 1])
      let isBlank = shape.wordCount == 0
      let isApart = isBlank || !next.startsSmall || shape.isClosed && !shape.isOpen
      if isApart,
        margin?.wraps(utf8, lines[index - 1], lines[index], shape, next) != true
      {
        return lines[index].lowerBound
      }
      next = shape
      index -= 1
    }
    return nil
  }
}
