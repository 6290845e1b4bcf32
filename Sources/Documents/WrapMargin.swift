internal import Bitext
internal import Segmentation

/// The column at which an editor broke the lines of a plain text, as Word does that saves with line
/// breaks.
struct WrapMargin {
  /// Whether nearly every line that another follows reaches the margin.
  private let holdsThroughout: Bool
  /// The lines that are as full as the next word allows.
  private let full: [Int]
  /// Those that are nearly so: an editor breaks some words earlier.
  private let nearlyFull: [Int]

  /// Margins of 50 columns and less are verse or lists; above 130 nobody sets one.
  private static let columns = 50...130
  /// A Chinese line ends earlier by this where the next one would begin with a full-width mark.
  private static let hangingMark = 2

  /// - Returns: `nil` when a line is wider than any margin, or none comes near one.
  init?(_ utf8: Span<UInt8>, _ lines: [Range<Int>]) {
    var widths: [Int] = []
    for line in lines {
      let width = Self.displayWidth(utf8, line)
      guard width <= Self.columns.upperBound else { return nil }
      widths.append(width)
    }
    guard let widest = widths.max(), Self.columns.contains(widest) else { return nil }
    let margin = Self.margin(widths)
    var followed = 0
    var nearlyFull: [Int] = []
    var full: [Int] = []
    for index in lines.indices.dropLast() where widths[index] > 0 && widths[index + 1] > 0 {
      followed += 1
      let (next, isWide) = Self.firstWord(utf8, lines[index + 1])
      if widths[index] + 1 + next > widest * 9 / 10 { nearlyFull.append(index) }
      let isFull = widths[index] + next + (isWide ? Self.hangingMark : 1) > margin
      if isFull, margin >= Self.columns.lowerBound, widths[index] <= margin { full.append(index) }
    }
    holdsThroughout = followed >= 2 && nearlyFull.count * 10 >= followed * 8
    self.full = full
    self.nearlyFull = nearlyFull
  }

  /// The greatest width that two lines come near: a single one may be an address, which nothing
  /// breaks.
  private static func margin(_ widths: [Int]) -> Int {
    let sorted = widths.sorted(by: >)
    let near = 4
    for (width, next) in zip(sorted, sorted.dropFirst()) where width - next <= near { return width }
    return 0
  }

  /// The lines that the next one goes on with.
  ///
  /// Where the margin holds throughout, those that nearly reach it, and those that are left open
  /// before a small letter or an ideograph; none goes on with an item of a list.
  func wrapped(_ shapes: [PlainText.LineShape]) -> Set<Int> {
    guard holdsThroughout else { return wrappedAmongOthers(shapes) }
    let open = shapes.indices.dropLast().filter {
      shapes[$0].isLeftOpen && (shapes[$0 + 1].startsSmall || shapes[$0 + 1].startsHan)
    }
    return Set((nearlyFull + open).filter { !shapes[$0 + 1].startsItem })
  }

  /// The full lines that end in the midst of something which the next line goes on with: two at
  /// the least, most of them before a small letter or an ideograph, and no small part of all the
  /// lines that are left open. A list of names leaves all of them open, and few are full.
  private func wrappedAmongOthers(_ shapes: [PlainText.LineShape]) -> Set<Int> {
    func mayGoOn(_ index: Int) -> Bool {
      let next = shapes[index + 1]
      // The lines of an item hang.
      let isIndented = next.indent > shapes[index].indent && !shapes[index].startsItem
      return shapes[index].isLeftOpen && !next.startsItem && next.wordCount > 0 && !isIndented
    }
    let candidates = full.filter(mayGoOn)
    let plain = candidates.count { shapes[$0 + 1].startsSmall || shapes[$0 + 1].startsHan }
    let open = shapes.indices.dropLast().count(where: mayGoOn)
    guard candidates.count >= 2, plain * 2 >= candidates.count, candidates.count * 3 >= open else {
      return []
    }
    return Set(candidates)
  }

  /// The columns up to the end of a line's text: an indent takes its part of the margin.
  private static func displayWidth(_ utf8: Span<UInt8>, _ line: Range<Int>) -> Int {
    let text = utf8.trimmingWhitespace(line)
    guard !text.isEmpty else { return 0 }
    var width = 0
    var index = line.lowerBound
    while index < text.upperBound {
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
