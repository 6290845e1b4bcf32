internal import Bitext
internal import Segmentation

/// The cells of tables that are drawn with characters. Columns are counted as terminals do, two for
/// an ideograph.
extension ReStructuredText {
  /// The cells of a row, each with its lines.
  private struct Row {
    /// Where each column begins.
    let starts: [Int]
    var cells: [[Range<Int>]]

    init(_ starts: [Int]) {
      self.starts = starts
      cells = Array(repeating: [], count: starts.count)
    }
  }

  /// Adds the text of each cell: its paragraphs and the items of its lists.
  private mutating func add(_ row: Row) {
    for cell in row.cells { addCell(cell) }
  }

  private mutating func addCell(_ slices: [Range<Int>]) {
    var paragraph: [Range<Int>] = []
    for slice in slices {
      var line = ReStructuredTextLine(range: slice, indent: 0)
      let item = shapes.itemEnd(line)
      if item != nil || line.isBlank {
        addText(paragraph, .tableCell)
        paragraph = []
      }
      if let item { line = line.dropping(upTo: item, in: source) }
      // "::" in a cell announces code, and no line of it can be told from text.
      if !line.isBlank { paragraph.append(line.range) }
    }
    addText(paragraph, .tableCell)
  }

  // MARK: - Grid tables

  /// Reads `+---+` and `| a |`.
  mutating func readGridTable(_ first: ReStructuredTextLine) {
    var table = [first]
    index += 1
    while index < lines.count, !lines[index].isBlank, isGridLine(lines[index]) {
      table.append(lines[index])
      index += 1
    }
    let starts = gridColumns(table)
    var row = Row(starts)
    for line in table {
      if shapes.isGridBorder(line) {
        add(row)
        row = Row(starts)
      } else {
        addGridLine(line, to: &row)
      }
    }
    add(row)
  }

  private func isGridLine(_ line: ReStructuredTextLine) -> Bool {
    let first = source[line.range.lowerBound]
    return first == UInt8(ascii: "+") || first == UInt8(ascii: "|")
  }

  /// The columns of the bars: wherever a border of the table has a corner.
  private func gridColumns(_ table: [ReStructuredTextLine]) -> [Int] {
    var columns: Set<Int> = []
    for line in table where shapes.isGridBorder(line) {
      for index in line.range where source[index] == UInt8(ascii: "+") {
        columns.insert(index - line.range.lowerBound)
      }
    }
    return columns.sorted()
  }

  /// Cuts a line at the bars that stand in columns of the table.
  private mutating func addGridLine(_ line: ReStructuredTextLine, to row: inout Row) {
    var column = 0
    var cell = 0
    var start = line.range.lowerBound
    var index = start
    while index < line.range.upperBound {
      let scalar = source.span.scalar(at: index)
      let isBar = scalar.value == 0x7C || scalar.value == 0x2B
      if isBar, let next = row.starts.firstIndex(of: column) {
        if index > start { addSlice(start..<index, to: &row, cell) }
        cell = next
        start = index + 1
      }
      column += scalar.value.displayWidth
      index += scalar.length
    }
    if start < line.range.upperBound { addSlice(start..<line.range.upperBound, to: &row, cell) }
  }

  /// Adds a line to a cell; the border of a cell that its neighbours go on beside ends it.
  private mutating func addSlice(_ range: Range<Int>, to row: inout Row, _ cell: Int) {
    let slice = source.span.trimmingWhitespace(range)
    let isBorder = !slice.isEmpty && slice.allSatisfy { "-=+".utf8.contains(source[$0]) }
    guard row.cells.indices.contains(cell) else { return }
    guard isBorder, slice.count == range.count else { return row.cells[cell].append(slice) }
    addCell(row.cells[cell])
    row.cells[cell] = []
  }

  // MARK: - Simple tables

  /// Reads a table between borders of `=`.
  mutating func readSimpleTable(_ border: ReStructuredTextLine) {
    let starts = simpleColumns(border)
    let end = simpleTableEnd(border)
    index += 1
    var row = Row(starts)
    while index < end {
      let line = line()
      index += 1
      let isRule = line.range.allSatisfy { "-= ".utf8.contains(source[$0]) }
      // The first column says where a row begins.
      let isContinued = line.indent > border.indent
      if line.isBlank || isRule || !isContinued {
        add(row)
        row = Row(starts)
      }
      if !line.isBlank, !isRule { addSimpleLine(line, at: line.indent - border.indent, to: &row) }
    }
    add(row)
  }

  private func simpleColumns(_ border: ReStructuredTextLine) -> [Int] {
    border.range.filter { index in
      source[index] == UInt8(ascii: "=")
        && (index == border.range.lowerBound || source[index - 1] == 0x20)
    }.map { $0 - border.range.lowerBound }
  }

  /// A table ends behind the border that a blank line follows, or one that stands further left.
  private mutating func simpleTableEnd(_ border: ReStructuredTextLine) -> Int {
    var last = index + 1
    // What the search for an earlier table has shown is not searched again.
    let isKnown = unclosedTables.map { last <= $0.end && border.indent >= $0.indent } ?? false
    while !isKnown, last < lines.count, lines[last].isBlank || lines[last].indent >= border.indent {
      if shapes.isSimpleBorder(lines[last]),
        last + 1 == lines.count || lines[last + 1].isBlank
          || lines[last + 1].indent < border.indent
      {
        return last + 1
      }
      last += 1
    }
    if !isKnown { unclosedTables = (last, border.indent) }
    // Not closed: the rows up to the first blank line.
    last = index + 1
    while last < lines.count, !lines[last].isBlank { last += 1 }
    return last
  }

  /// Cuts a line where columns begin, unless text runs across.
  private func addSimpleLine(
    _ line: ReStructuredTextLine, at offset: Int, to row: inout Row
  ) {
    var column = offset
    var index = line.range.lowerBound
    var start = index
    var cell = row.starts.lastIndex { $0 <= offset } ?? 0
    while index < line.range.upperBound {
      let scalar = source.span.scalar(at: index)
      if column > offset, source[index - 1].isMarkupSpace,
        let next = row.starts.firstIndex(of: column)
      {
        row.cells[cell].append(source.span.trimmingWhitespace(start..<index))
        cell = next
        start = index
      }
      column += scalar.value.displayWidth
      index += scalar.length
    }
    row.cells[cell].append(source.span.trimmingWhitespace(start..<line.range.upperBound))
  }
}
