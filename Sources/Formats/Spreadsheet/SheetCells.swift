internal import Bitext

/// The cells of a sheet that hold something.
struct SheetCells {
  struct Row {
    /// As people count it, from 1.
    var number: Int
    var isHidden: Bool
    /// From left to right.
    var cells: [(column: Int, text: String)]
  }

  var rows: [Row] = []
  /// Cells whose formula came to an error, or to nothing that the file says.
  var errorCells: [String] = []
  var uncomputedCells: [String] = []

  var hiddenCount: Int { rows.count { $0.isHidden } }

  /// Gives every row of cells that are merged downwards the text of the first.
  ///
  /// - Parameters:
  ///   - ranges: the merged cells.
  ///   - file: the name that trouble is reported under.
  /// - Throws: `Trouble` for more of them than any sheet has.
  mutating func fill(_ ranges: [CellRange], file: String) throws(Trouble) {
    let tall = ranges.filter { $0.first.row < $0.last.row }
    guard !tall.isEmpty else { return }
    let numbers = Dictionary(
      rows.enumerated().map { ($1.number, $0) }, uniquingKeysWith: { first, _ in first })
    var filled = 0
    for range in tall {
      guard let first = numbers[range.first.row],
        let text = rows[first].cells.first(where: { $0.column == range.first.column })?.text
      else { continue }
      for index in rows.indices[(first + 1)...] {
        guard rows[index].number <= range.last.row else { break }
        filled += 1
        guard filled <= Self.mostFilled else {
          throw Trouble("merges more cells than any sheet does: save it as CSV", file: file)
        }
        rows[index].set(text, in: range.first.column)
      }
    }
  }

  /// A sheet whose every row is merged into groups stays below it.
  private static let mostFilled = CellReference.rows

  /// The rows as a table, each as wide as its last cell stands.
  ///
  /// - Parameter file: the name that trouble is reported under.
  /// - Returns: a row of the table for each row that holds something.
  /// - Throws: `Trouble` for cells that lie so far apart that a table would be nothing but gaps.
  func table(file: String) throws(Trouble) -> [DelimitedRow] {
    var table: [DelimitedRow] = []
    var places = 0
    var count = 0
    for row in rows {
      let width = (row.cells.last?.column ?? -1) + 1
      places += width
      count += row.cells.count
      try Self.examine(places: places, cells: count, row: row.number, file: file)
      var fields = [String](repeating: "", count: width)
      for cell in row.cells { fields[cell.column] = cell.text }
      table.append(DelimitedRow(line: row.number, fields: fields, ranges: []))
    }
    return table
  }

  /// Refuses a sheet whose cells lie so far apart that a table of it would be nothing but gaps.
  ///
  /// - Parameters:
  ///   - places: how many places the rows so far have.
  ///   - cells: in how many of them something stands.
  ///   - row: the last of these rows.
  ///   - file: the name that trouble is reported under.
  /// - Throws: `Trouble` for such a sheet.
  static func examine(
    places: Int, cells: Int, row: Int, file: String
  ) throws(Trouble) {
    guard places > harmlessPlaces + placesForCell * cells else { return }
    throw Trouble(
      "spreads its cells over so many columns that it is no glossary: save the sheet as CSV",
      file: file, line: row)
  }

  /// Room for a sheet of any usual shape, in 16 MB.
  private static let harmlessPlaces = 1 << 20
  /// A column of notes far to the right of the terms stays below it.
  private static let placesForCell = 16
}

extension SheetCells.Row {
  /// Puts a text where nothing stands.
  fileprivate mutating func set(_ text: String, in column: Int) {
    let index = cells.firstIndex { $0.column >= column } ?? cells.endIndex
    if index < cells.endIndex, cells[index].column == column { return }
    cells.insert((column, text), at: index)
  }
}
