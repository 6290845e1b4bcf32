internal import Bitext
internal import Segmentation

/// reStructuredText by a scanner of our own, as far as prose needs it: code, directives' options and
/// arguments, targets, substitutions and the names of fields are left out; names of code within a
/// line are literals.
///
/// Method: the reStructuredText Markup Specification of Docutils. Blocks are told apart line by
/// line, by indentation, so that nothing recurses.
struct ReStructuredText {
  let source: [UInt8]
  let lines: [ReStructuredTextLine]
  let shapes: ReStructuredTextShapes
  var builder: ProseBuilder
  /// The line that is read next.
  var index = 0
  /// Whether the document's own fields, its author, date and the like, lie behind: they come first.
  private var hasBody = false
  /// Up to which line tables of some indent, or a larger one, are known not to be closed.
  var unclosedTables: (end: Int, indent: Int)?
  /// What the open lists and directives make of their text, from the outer to the inner.
  private var containers: [(indent: Int, kind: BlockKind)] = []
  /// The styles of titles in the order of their first use: that is their level.
  private var titleStyles: [TitleStyle] = []

  private struct TitleStyle: Equatable {
    var mark: UInt8
    var isOverlined: Bool
  }

  static func read(_ source: [UInt8]) -> ProseBuilder {
    var reader = ReStructuredText(source)
    while reader.index < reader.lines.count { reader.readBlock() }
    reader.builder.end()
    return reader.builder
  }

  private init(_ source: [UInt8]) {
    self.source = source
    lines = ReStructuredTextLine.lines(of: source)
    shapes = ReStructuredTextShapes(source: source)
    builder = ProseBuilder(source: source)
  }

  /// The line some lines on; a blank one behind the end.
  func line(_ ahead: Int = 0) -> ReStructuredTextLine {
    index + ahead < lines.count
      ? lines[index + ahead]
      : ReStructuredTextLine(range: source.count..<source.count, indent: 0)
  }

  private mutating func readBlock() {
    let line = line()
    guard !line.isBlank else {
      index += 1
      return
    }
    leaveContainers(at: line.indent)
    if readTitle(line) { return }
    read(line)
  }

  /// Reads what starts in a line, or behind a mark in it.
  mutating func read(_ first: ReStructuredTextLine) {
    var line = first
    // "* - 1. text": each mark opens a list in the other.
    while let end = shapes.itemEnd(line) {
      line = line.dropping(upTo: end, in: source)
      open(.listItem, at: line.isBlank ? first.indent + 1 : line.indent)
      if line.isBlank {
        index += 1
        return
      }
    }
    if shapes.isExplicit(line) { return readExplicit(line) }
    if let end = shapes.fieldEnd(line) {
      if !hasBody, !["abstract", "dedication"].contains(fieldName(line, to: end)) {
        return skipField(line)
      }
      open(.listItem, at: line.indent + 1)
      return readBody(behind: end, of: line)
    }
    hasBody = true
    if let end = shapes.optionEnd(line) {
      open(.listItem, at: line.indent + 1)
      return readBody(behind: end, of: line)
    }
    if shapes.starts(line, with: ">>> ") { return skipToBlank() }
    if shapes.starts(line, with: "| ") { return readLineBlock(line) }
    if shapes.isGridBorder(line) { return readGridTable(line) }
    if shapes.isSimpleBorder(line) { return readSimpleTable(line) }
    readParagraph(line)
  }

  private func fieldName(_ line: ReStructuredTextLine, to end: Int) -> String {
    String(decoding: source[line.range.lowerBound + 1..<end - 1], as: UTF8.self).lowercased()
  }

  // MARK: - Containers

  mutating func open(_ kind: BlockKind, at indent: Int) {
    leaveContainers(at: indent - 1)
    containers.append((indent, kind))
  }

  private mutating func leaveContainers(at indent: Int) {
    while let last = containers.last, last.indent > indent { containers.removeLast() }
  }

  var kind: BlockKind { containers.last?.kind ?? .paragraph }

  // MARK: - Skipping

  /// Skips the lines that are indented more, and the blank ones among them.
  mutating func skipIndented(more indent: Int) {
    var end = index
    while index < lines.count, lines[index].isBlank || lines[index].indent > indent {
      index += 1
      if !lines[index - 1].isBlank { end = index }
    }
    index = end
  }

  mutating func skipToBlank() {
    while index < lines.count, !lines[index].isBlank { index += 1 }
  }

  private mutating func skipField(_ line: ReStructuredTextLine) {
    index += 1
    skipIndented(more: line.indent)
  }

  // MARK: - Titles

  private mutating func readTitle(_ line: ReStructuredTextLine) -> Bool {
    if let mark = shapes.adornment(line) {
      let title = self.line(1)
      if !title.isBlank, shapes.adornment(self.line(2)) == mark, self.line(2).indent == line.indent,
        self.line(2).range.count == line.range.count
      {
        addTitle(title, TitleStyle(mark: mark, isOverlined: true))
        index += 3
        return true
      }
      // A transition between two paragraphs: four marks and more.
      guard line.range.count >= 4, title.isBlank else { return false }
      index += 1
      return true
    }
    let under = self.line(1)
    guard let mark = shapes.adornment(under), under.indent == line.indent,
      under.range.count >= min(4, shapes.width(line.range)), !shapes.isExplicit(line)
    else { return false }
    // "::" below a line of text announces a literal block.
    guard !(mark == UInt8(ascii: ":") && under.range.count == 2) else { return false }
    addTitle(line, TitleStyle(mark: mark, isOverlined: false))
    index += 2
    return true
  }

  private mutating func addTitle(_ line: ReStructuredTextLine, _ style: TitleStyle) {
    if !titleStyles.contains(style) { titleStyles.append(style) }
    let level = (titleStyles.firstIndex(of: style) ?? 0) + 1
    addText([line.range], .heading(level: level))
  }

  // MARK: - Paragraphs

  /// Reads the text behind a mark and the lines that go on with it, which stand further right than
  /// the mark.
  mutating func readBody(behind end: Int, of line: ReStructuredTextLine) {
    let rest = line.dropping(upTo: end, in: source)
    guard !rest.isBlank else {
      index += 1
      return
    }
    if shapes.isExplicit(rest) {
      return readExplicit(ReStructuredTextLine(range: rest.range, indent: line.indent))
    }
    readParagraph(rest, marked: line.indent)
  }

  /// Reads a paragraph, or the term of a definition.
  ///
  /// - Parameters:
  ///   - first: its first line, or what is left of it behind a mark.
  ///   - mark: the column of the mark; `nil` for text without one.
  mutating func readParagraph(_ first: ReStructuredTextLine, marked mark: Int? = nil) {
    var slices = [first.range]
    let isBehindMark = mark != nil || first.range.lowerBound > line().range.lowerBound
    let leastIndent = mark.map { $0 + 1 } ?? first.indent
    index += 1
    while index < lines.count {
      let next = lines[index]
      guard !next.isBlank, next.indent >= leastIndent, !shapes.isExplicit(next),
        shapes.itemEnd(next) == nil || !isBehindMark
      else { break }
      if mark == nil, next.indent > first.indent, !isBehindMark {
        // The text of a definition is indented below its term.
        if slices.count == 1 {
          addText(slices, .listItem)
          open(.listItem, at: next.indent)
          return
        }
        break
      }
      slices.append(next.range)
      index += 1
    }
    let isLiteralNext = dropLiteralMark(&slices)
    addText(slices, kind)
    if isLiteralNext { skipLiteralBlock(indent: mark ?? first.indent) }
  }

  /// Takes "::" from the end of a paragraph, and leaves the colon that a reader sees.
  private func dropLiteralMark(_ slices: inout [Range<Int>]) -> Bool {
    guard let last = slices.last, last.count >= 2, source[last.upperBound - 1] == 0x3A,
      source[last.upperBound - 2] == 0x3A
    else { return false }
    var end = last.upperBound - 2
    if end > last.lowerBound, !source[end - 1].isMarkupSpace { end += 1 }
    while end > last.lowerBound, source[end - 1].isMarkupSpace { end -= 1 }
    slices[slices.count - 1] = last.lowerBound..<end
    return true
  }

  /// Skips the literal block behind "::": indented lines, or lines that all start with a mark.
  private mutating func skipLiteralBlock(indent: Int) {
    let start = index
    while index < lines.count, lines[index].isBlank { index += 1 }
    guard index < lines.count else { return }
    let first = lines[index]
    if first.indent > indent { return skipIndented(more: indent) }
    guard index > start, first.indent == indent, let mark = first.range.first.map({ source[$0] }),
      mark > 0x20, mark < 0x7F, !mark.isASCIILetter, !mark.isASCIIDigit,
      !shapes.isExplicit(first), shapes.adornment(first) == nil
    else { return }
    while index < lines.count, let start = lines[index].range.first, source[start] == mark {
      index += 1
    }
  }

  private mutating func readLineBlock(_ first: ReStructuredTextLine) {
    var line = first
    while shapes.starts(line, with: "|") {
      let rest = line.dropping(upTo: line.range.lowerBound + 1, in: source)
      addText([rest.range], kind)
      index += 1
      line = self.line()
    }
  }

  /// Adds a block of text that stands in some stretches of lines.
  mutating func addText(_ slices: [Range<Int>], _ kind: BlockKind) {
    builder.end()
    ReStructuredTextInline(source, slices, kind).append(to: &builder)
    builder.end()
  }
}
