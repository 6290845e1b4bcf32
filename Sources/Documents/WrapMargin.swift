internal import Bitext
internal import Segmentation

/// The column at which an editor broke the lines of a plain text, as Word does that saves with line
/// breaks. The first lines of a file say whether it has one: see ``sampleBytes``.
struct WrapMargin {
  /// Whether nearly every line that another follows reaches the margin.
  private var holdsThroughout = false
  /// Whether there are lines as full as the next word allows that must have been broken.
  private var holdsAmongOthers = false
  private let widest: Int
  private let margin: Int

  /// Margins of 50 columns and less are verse or lists; above 130 nobody sets one.
  private static let columns = 50...130
  /// A Chinese line ends earlier by this where the next one would begin with a full-width mark.
  private static let hangingMark = 2
  /// The lines in so many bytes at the start of a file are looked at: some ten thousand, of which
  /// a few hundred would do.
  static let sampleBytes = 1 << 20

  /// The margin of a text, by its beginning; `nil` when a line is wider than any margin, or none
  /// comes near one.
  ///
  /// - Parameters:
  ///   - utf8: a file, or its beginning.
  ///   - lines: its lines.
  ///   - shapes: how each of them starts and ends.
  init?(_ utf8: Span<UInt8>, _ lines: [Range<Int>], _ shapes: [PlainText.LineShape]) {
    let lines = lines.prefix { $0.lowerBound < Self.sampleBytes }
    var widths: [Int] = []
    for line in lines {
      let width = Self.displayWidth(utf8, line)
      guard width <= Self.columns.upperBound else { return nil }
      widths.append(width)
    }
    guard let widest = widths.max(), Self.columns.contains(widest) else { return nil }
    self.widest = widest
    margin = Self.margin(widths)
    weigh(utf8, lines, shapes)
  }

  /// Lines that end in the midst of something which the next line goes on with: two at the least,
  /// most of them before a small letter or an ideograph, and no small part of all the lines that
  /// are left open. A list of names leaves all of them open, and few are full.
  private mutating func weigh(
    _ utf8: Span<UInt8>, _ lines: ArraySlice<Range<Int>>, _ shapes: [PlainText.LineShape]
  ) {
    var (followed, nearlyFull) = (0, 0)
    var (open, full, plain) = (0, 0, 0)
    for index in lines.indices.dropLast() {
      let mayGoOn = Self.mayGoOn(shapes[index], shapes[index + 1])
      if mayGoOn { open += 1 }
      guard let fill = Fill(utf8, lines[index], lines[index + 1]) else { continue }
      followed += 1
      if isNearlyFull(fill) { nearlyFull += 1 }
      guard mayGoOn, isFull(fill) else { continue }
      full += 1
      if shapes[index + 1].startsSmall || shapes[index + 1].startsHan { plain += 1 }
    }
    holdsThroughout = followed >= 2 && nearlyFull * 10 >= followed * 8
    holdsAmongOthers = full >= 2 && plain * 2 >= full && full * 3 >= open
  }

  /// The greatest width that two lines come near: a single one may be an address, which nothing
  /// breaks.
  private static func margin(_ widths: [Int]) -> Int {
    let sorted = widths.sorted(by: >)
    let near = 4
    for (width, next) in zip(sorted, sorted.dropFirst()) where width - next <= near { return width }
    return 0
  }

  /// Whether a line goes on in the next one.
  ///
  /// Where the margin holds throughout, those do that nearly reach it, and those that are left open
  /// before a small letter or an ideograph; none goes on with an item of a list. Else those do that
  /// are full and left open.
  func wraps(
    _ utf8: Span<UInt8>, _ line: Range<Int>, _ next: Range<Int>, _ shape: PlainText.LineShape,
    _ nextShape: PlainText.LineShape
  ) -> Bool {
    if holdsThroughout {
      guard !nextShape.startsItem else { return false }
      if shape.isLeftOpen, nextShape.startsSmall || nextShape.startsHan { return true }
      return Fill(utf8, line, next).map(isNearlyFull) ?? false
    }
    guard holdsAmongOthers, Self.mayGoOn(shape, nextShape) else { return false }
    return Fill(utf8, line, next).map(isFull) ?? false
  }

  private static func mayGoOn(
    _ shape: PlainText.LineShape, _ next: PlainText.LineShape
  ) -> Bool {
    // The lines of an item hang.
    let isIndented = next.indent > shape.indent && !shape.startsItem
    return shape.isLeftOpen && !next.startsItem && next.wordCount > 0 && !isIndented
  }

  /// How far a line comes, and what the next one begins with.
  private struct Fill {
    let width: Int
    let next: (width: Int, isHan: Bool)

    /// - Returns: `nil` where one of the lines is blank.
    init?(_ utf8: Span<UInt8>, _ line: Range<Int>, _ next: Range<Int>) {
      width = displayWidth(utf8, line)
      self.next = firstWord(utf8, next)
      guard width > 0, self.next.width > 0 else { return nil }
    }
  }

  /// An editor breaks some words earlier. Behind the sample there may be lines that are none of
  /// the margin's.
  private func isNearlyFull(_ fill: Fill) -> Bool {
    fill.width <= Self.columns.upperBound && fill.width + 1 + fill.next.width > widest * 9 / 10
  }

  /// Whether a line is as full as the next word allows.
  private func isFull(_ fill: Fill) -> Bool {
    margin >= Self.columns.lowerBound && fill.width <= margin
      && fill.width + fill.next.width + (fill.next.isHan ? Self.hangingMark : 1) > margin
  }

  /// The columns up to the end of a line's text: an indent takes its part of the margin.
  private static func displayWidth(_ utf8: Span<UInt8>, _ line: Range<Int>) -> Int {
    let text = utf8.trimmingWhitespace(line)
    guard !text.isEmpty else { return 0 }
    var width = 0
    var index = line.lowerBound
    // How much wider than any margin it is does not matter, and it may be the whole file.
    while index < text.upperBound, width <= columns.upperBound {
      let scalar = utf8.scalar(at: index)
      width += scalar.value.displayWidth
      index += scalar.length
    }
    return width
  }

  /// The columns that a line's first word takes, and whether it is an ideograph, before and after
  /// which a line may break.
  private static func firstWord(
    _ utf8: Span<UInt8>, _ range: Range<Int>
  ) -> (width: Int, isHan: Bool) {
    let line = utf8.trimmingWhitespace(range)
    var width = 0
    var index = line.lowerBound
    while index < line.upperBound {
      let scalar = utf8.scalar(at: index)
      if scalar.value.isWhitespaceScalar { break }
      width += scalar.value.displayWidth
      if scalar.value.isHanScalar { return (width, true) }
      index += scalar.length
    }
    return (width, false)
  }
}
