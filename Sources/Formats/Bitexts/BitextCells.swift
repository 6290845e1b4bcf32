internal import Bitext
internal import Segmentation

/// Reads a table row by row, each field with its bytes of the file: RFC 4180 for commas and
/// semicolons, raw fields between tabs.
///
/// It cuts as `delimitedRows` does, which keeps no places.
struct BitextCells {
  private let text: DecodedText
  private let utf8: [UInt8]
  private let delimiter: Delimiter
  private let file: String
  private var index = 0

  /// A record of the table.
  struct Row {
    /// Where it starts in the decoded text.
    var start: Int
    var fields: [PlacedText]
  }

  init(_ text: DecodedText, delimiter: Delimiter, file: String) {
    self.text = text
    utf8 = text.utf8
    self.delimiter = delimiter
    self.file = file
  }

  /// The next row that is not blank; `nil` at the end.
  ///
  /// - Throws: `Trouble` for a quoted field that never ends.
  mutating func next() throws(Trouble) -> Row? {
    while index < utf8.count {
      let row = try row()
      if !row.fields.allSatisfy(\.isBlank) { return row }
    }
    return nil
  }

  private mutating func row() throws(Trouble) -> Row {
    var row = Row(start: index, fields: [])
    while true {
      row.fields.append(try field())
      guard index < utf8.count, utf8[index] == delimiter.rawValue else { break }
      index += 1
    }
    if index + 1 < utf8.count, utf8[index] == 0x0D, utf8[index + 1] == 0x0A { index += 1 }
    index += 1
    return row
  }

  /// Reads up to a delimiter or the end of the line.
  private mutating func field() throws(Trouble) -> PlacedText {
    var result = PlacedText(at: text.positions.source(at: index))
    if delimiter.quotes, index < utf8.count, utf8[index] == 0x22 { try quoted(&result) }
    let start = index
    while index < utf8.count, utf8[index] != delimiter.rawValue, utf8[index] != 0x0A,
      utf8[index] != 0x0D
    {
      index += 1
    }
    append(start..<index, to: &result)
    return unguarded(result)
  }

  /// Reads from one quotation mark to the other; two of them stand for one.
  private mutating func quoted(_ result: inout PlacedText) throws(Trouble) {
    let start = index
    index += 1
    result.place = text.positions.source(at: index)
    var run = index
    while index < utf8.count {
      guard utf8[index] == 0x22 else {
        index += 1
        continue
      }
      append(run..<index, to: &result)
      guard index + 1 < utf8.count, utf8[index + 1] == 0x22 else {
        index += 1
        return
      }
      result.append(byte: 0x22, from: text.positions.source(index..<index + 2))
      index += 2
      run = index
    }
    throw text.trouble("the quoted field that starts here never ends", at: start, file: file)
  }

  /// A cell without the apostrophe that keeps a spreadsheet from computing it.
  private func unguarded(_ cell: PlacedText) -> PlacedText {
    guard delimiter.quotes, cell.utf8.first == 0x27 else { return cell }
    let text = String(decoding: cell.utf8, as: UTF8.self)
    guard FormulaGuard.unguarded(text) != text else { return cell }
    var result = PlacedText(at: cell.positions.source(at: 1))
    for index in cell.utf8.indices.dropFirst() {
      result.append(byte: cell.utf8[index], from: cell.positions.source(index..<index + 1))
    }
    return result
  }

  private func append(_ range: Range<Int>, to result: inout PlacedText) {
    guard !range.isEmpty else { return }
    let places = PositionMap(verbatim: range.count, at: range.lowerBound)
    result.append(utf8[range], places.composed(with: text.positions))
  }

  func trouble(_ message: String, in row: Row) -> Trouble {
    text.trouble(message, at: row.start, file: file)
  }
}
