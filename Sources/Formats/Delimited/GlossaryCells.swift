package import Bitext
package import Segmentation

/// A glossary table as it lies in its file, for those who judge the table itself: every row, whether
/// it can be used or not, and every cell with its place.
package struct GlossaryCells: Sendable {
  package let file: String
  package let text: DecodedText
  /// The languages of the term columns, in their order.
  package let languages: [LanguageTag]
  /// Columns that have no known name, with the places of these.
  package private(set) var unknownColumns: [(name: String, range: Range<Int>)] = []
  package private(set) var rows: [Row] = []

  private let delimiter: Delimiter

  /// A concept, or what was meant as one.
  package struct Row: Sendable {
    /// From 1.
    package var line: Int
    package var id = ""
    package var domain: String?
    package var status: TermStatus?
    /// The cell of a status that there is none of.
    package var badStatus: Cell?
    /// The first field beyond the last column.
    package var surplus: Cell?
    /// The terms, in the order of the columns.
    package var cells: [Cell] = []
    /// Bytes of the decoded text.
    package var range: Range<Int>
  }

  /// The terms of a row in one column.
  package struct Cell: Sendable {
    package var language: LanguageTag?
    /// Of all terms, as the column says; without one the first is preferred.
    package var status: TermStatus?
    /// What the cell says, quotes resolved, white space as it is.
    package var text: String
    /// Bytes of the decoded text, quotes included.
    var range: Range<Int>
  }

  /// A term of a cell.
  package struct Piece: Sendable, Hashable {
    package var text: String
    /// Bytes of ``Cell/text``, the white space around the term left out.
    package var range: Range<Int>
  }

  /// Reads a table.
  ///
  /// - Throws: `Trouble` for what is no table, and for one that does not say its languages.
  package init(
    _ text: DecodedText, file: String, languages: (source: LanguageTag?, target: LanguageTag?)
  ) throws(Trouble) {
    // Places are those of the cells as they stand in the file.
    let table = try GlossaryRows(
      text, file: file, languages: languages,
      table: GlossaryTableOptions(undoesFormulaGuard: false))
    self.file = file
    self.text = text
    delimiter = table.delimiter
    self.languages = table.header.languages
    let names = table.headerRow?.ranges ?? []
    for (column, range) in zip(table.header.columns, names) {
      if case .unknown(let name) = column, !name.isBlank { unknownColumns.append((name, range)) }
    }
    rows = table.rows.map { Row($0, columns: table.header.columns) }
  }

  /// The bytes of the file on disk behind bytes of a cell's text.
  package func place(of range: Range<Int>, in cell: Cell) -> Range<Int> {
    let start = offset(of: range.lowerBound, in: cell)
    let end = range.isEmpty ? start : offset(of: range.upperBound - 1, in: cell) + 1
    return text.positions.source(start..<max(start, end))
  }

  /// The bytes of the file on disk behind a cell, without its quotes.
  package func place(of cell: Cell) -> Range<Int> {
    place(of: 0..<cell.text.utf8.count, in: cell)
  }

  /// Where a byte of a cell's text stands in the decoded text, past the quotes that the text lacks.
  private func offset(of byte: Int, in cell: Cell) -> Int {
    let raw = text.utf8[cell.range]
    guard delimiter.quotes, raw.first == 0x22 else { return cell.range.lowerBound + byte }
    var left = byte
    var index = raw.startIndex + 1
    var isQuoted = true
    while index < raw.endIndex {
      if isQuoted, raw[index] == 0x22 {
        index += 1
        isQuoted = index < raw.endIndex && raw[index] == 0x22
        if !isQuoted { continue }
      }
      if left == 0 { break }
      left -= 1
      index += 1
    }
    return index
  }
}

extension GlossaryCells.Row {
  fileprivate init(_ row: DelimitedRow, columns: [GlossaryHeader.Column]) {
    line = row.line
    let start = row.ranges.first?.lowerBound ?? 0
    range = start..<max(start, row.ranges.last?.upperBound ?? start)
    for (index, field) in row.fields.enumerated() where !field.isBlank {
      var cell = GlossaryCells.Cell(text: field, range: row.ranges[index])
      guard index < columns.count else {
        if surplus == nil { surplus = cell }
        continue
      }
      switch columns[index] {
      case .terms(let language, let status):
        cell.language = language
        cell.status = status
        cells.append(cell)
      case .id: id = field.trimmed
      case .domain: domain = field.trimmed
      case .status:
        status = TermStatus(cell: field.trimmed)
        if status == nil { badStatus = cell }
      default: break
      }
    }
  }
}

extension GlossaryCells.Cell {
  /// The terms of the cell, as the reader of glossaries takes them.
  package var pieces: [GlossaryCells.Piece] {
    let bytes = Array(text.utf8)
    var pieces: [GlossaryCells.Piece] = []
    var start = 0
    var index = 0
    while index <= bytes.count {
      if index == bytes.count || bytes[index] == UInt8(ascii: "|") {
        if let piece = Self.piece(bytes, start..<index) { pieces.append(piece) }
        start = index + 1
        index += 1
      } else {
        index += Self.isEscape(bytes, index) ? 2 : 1
      }
    }
    return pieces
  }

  private static func isEscape(_ bytes: [UInt8], _ index: Int) -> Bool {
    let (bar, slash) = (UInt8(ascii: "|"), UInt8(ascii: "\\"))
    return bytes[index] == slash && index + 1 < bytes.count
      && (bytes[index + 1] == bar || bytes[index + 1] == slash)
  }

  private static func piece(_ bytes: [UInt8], _ range: Range<Int>) -> GlossaryCells.Piece? {
    let whole = String(decoding: bytes[range], as: UTF8.self)
    let trimmed = whole.trimmed
    guard !trimmed.isEmpty else { return nil }
    // The place where the trimmed text starts is that of its first scalar.
    let before = whole.unicodeScalars.prefix { $0.properties.isWhitespace }
    let start = range.lowerBound + String(before).utf8.count
    let end = start + trimmed.utf8.count
    guard bytes[start..<end].contains(UInt8(ascii: "\\")) else {
      return GlossaryCells.Piece(text: trimmed, range: start..<end)
    }
    var plain: [UInt8] = []
    var index = start
    while index < end {
      if isEscape(bytes, index) { index += 1 }
      plain.append(bytes[index])
      index += 1
    }
    return GlossaryCells.Piece(text: String(decoding: plain, as: UTF8.self), range: start..<end)
  }
}
