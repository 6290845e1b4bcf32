internal import Bitext
internal import Segmentation

/// Reads the part of one sheet.
struct SheetReader {
  private let strings: [String]
  private let formats: [CellNumber]
  private let isFrom1904: Bool
  private let sheet: String
  private let file: String

  private var result = SheetCells()
  private var merged: [CellRange] = []
  private var row: SheetCells.Row?
  private var cell: Cell?
  private var lastRow = 0
  /// Of the cell before in this row; a cell without a place stands next to it.
  private var lastColumn = -1
  /// How many places the rows so far have, and in how many something stands.
  private var places = 0
  private var count = 0
  /// Bytes of all texts, those that cells share counted each time.
  private var textSize = 0
  /// Bytes of what the cells themselves hold.
  private var ownSize = 0

  /// A cell while it is read.
  private struct Cell {
    var column: Int
    var type: String
    var style: Int
    var value = ""
    var hasValue = false
    var isInValue = false
    var hasFormula = false
    var inline: RichText?
  }

  /// Cells that refer to shared texts may stand for so many bytes, in 16 MB, or so many times the
  /// bytes that they and the shared texts have: a glossary repeats short words at the most.
  private static let harmlessText = 16 << 20
  private static let textRatio = 20

  private let sharedSize: Int

  init(
    strings: [String], formats: [CellNumber], isFrom1904: Bool, sheet: String, file: String
  ) {
    self.strings = strings
    self.formats = formats
    self.isFrom1904 = isFrom1904
    self.sheet = sheet
    self.file = file
    sharedSize = strings.reduce(0) { $0 + $1.utf8.count }
  }

  mutating func take(_ event: XMLEvent) throws(Trouble) {
    if cell?.inline != nil { cell?.inline?.take(event) }
    switch event {
    case .start(let name, let attributes, let line):
      try start(name.withoutXMLPrefix, XMLAttributes(attributes), line)
    case .end(let name, _): try end(name.withoutXMLPrefix)
    case .text(let piece, _, _): if cell?.isInValue == true { cell?.value += piece }
    case .instruction, .comment: break
    }
  }

  /// What was read, when all of it was.
  mutating func finish() throws(Trouble) -> SheetCells {
    try result.fill(merged, file: file)
    return result
  }

  // MARK: Elements

  private mutating func start(
    _ name: String, _ attributes: XMLAttributes, _ line: Int
  ) throws(Trouble) {
    switch name {
    case "row":
      let number = attributes["r"].flatMap { Int($0) } ?? lastRow + 1
      guard number > lastRow, number <= CellReference.rows else {
        throw broken("row \(number) follows row \(lastRow)")
      }
      lastRow = number
      lastColumn = -1
      let isHidden = attributes["hidden"].map { $0 == "1" || $0 == "true" } ?? false
      row = SheetCells.Row(number: number, isHidden: isHidden, cells: [])
    case "c" where row != nil: try startCell(attributes)
    case "v":
      cell?.isInValue = true
      cell?.hasValue = true
    case "f": cell?.hasFormula = true
    case "is": cell?.inline = RichText()
    case "mergeCell":
      if let range = attributes["ref"].flatMap(CellRange.init) { merged.append(range) }
    default: break
    }
  }

  private mutating func startCell(_ attributes: XMLAttributes) throws(Trouble) {
    let next = lastColumn + 1
    var column = next
    if let name = attributes["r"] {
      guard let reference = CellReference(name) else {
        throw broken("'\(name.visible)' is no cell")
      }
      column = reference.column
    }
    guard column >= next, column < CellReference.columns else {
      throw broken("cell \(CellReference(column: column, row: lastRow).name) is out of order")
    }
    lastColumn = column
    cell = Cell(
      column: column, type: attributes["t"] ?? "n",
      style: attributes["s"].flatMap { Int($0) } ?? -1)
  }

  private mutating func end(_ name: String) throws(Trouble) {
    switch name {
    case "v": cell?.isInValue = false
    case "c":
      if let cell { try keep(cell) }
      cell = nil
    case "row":
      if let row, let last = row.cells.last {
        places += last.column + 1
        count += row.cells.count
        try SheetCells.examine(places: places, cells: count, row: row.number, file: file)
        result.rows.append(row)
      }
      row = nil
    default: break
    }
  }

  private mutating func keep(_ cell: Cell) throws(Trouble) {
    let text = try shown(cell)
    guard !text.isEmpty else { return }
    ownSize += cell.value.utf8.count + (cell.inline?.text.utf8.count ?? 0)
    textSize += text.utf8.count
    guard textSize <= Self.harmlessText + Self.textRatio * (ownSize + sharedSize) else {
      throw Trouble(
        "repeats its texts until they are \(textSize >> 20) MB, as no glossary does: save the sheet "
          + "as CSV", file: file, line: lastRow)
    }
    row?.cells.append((cell.column, text))
  }

  /// What the sheet shows in a cell.
  private mutating func shown(_ cell: Cell) throws(Trouble) -> String {
    if let inline = cell.inline { return CellText.decoded(inline.text) }
    let place = CellReference(column: cell.column, row: lastRow).name
    guard cell.hasValue else {
      if cell.hasFormula { result.uncomputedCells.append(place) }
      return ""
    }
    switch cell.type {
    case "s":
      guard let index = Int(cell.value.trimmed), strings.indices.contains(index) else {
        throw broken("cell \(place) refers to text \(cell.value.visible), and there is none")
      }
      return strings[index]
    case "b": return cell.value.trimmed == "1" || cell.value.trimmed == "true" ? "TRUE" : "FALSE"
    case "e":
      result.errorCells.append(place)
      return ""
    case "str": return CellText.decoded(cell.value)
    case "d": return cell.value.trimmed
    default:
      let format = formats.indices.contains(cell.style) ? formats[cell.style] : .general
      return format.shown(cell.value.trimmed, isFrom1904: isFrom1904)
    }
  }

  private func broken(_ what: String) -> Trouble {
    Trouble(
      "its sheet '\(sheet.visible)' is damaged (\(what)): save it anew in the program that made it",
      file: file)
  }
}
