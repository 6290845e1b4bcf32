public import Bitext
internal import Segmentation

/// How packed files begin.
private let packedSignature: [UInt8] = [0x50, 0x4B, 0x03, 0x04]
/// How the files of old programs begin, and encrypted ones of new programs (MS-CFB, section 2.2).
private let compoundSignature: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0]

/// Whether the bytes of a file look like a workbook's, old or new.
public func isWorkbook(_ bytes: [UInt8]) -> Bool {
  bytes.starts(with: packedSignature) || bytes.starts(with: compoundSignature)
}

/// Reads a glossary out of a workbook, by the rules of ``readGlossaryTable(_:file:languages:table:)``.
///
/// - Parameters:
///   - bytes: the file, XLSX.
///   - file: the name that trouble is reported under.
///   - languages: of the source and target column, for sheets that do not say.
///   - table: which sheet, and what its columns hold, where it does not say so.
/// - Returns: the concepts with their rows, and what was odd.
/// - Throws: `Trouble` for what is no workbook, damaged or made to do harm, and for sheets that hold
///   no glossary.
public func readGlossaryWorkbook(
  _ bytes: [UInt8], file: String, languages: (source: LanguageTag?, target: LanguageTag?),
  table: GlossaryTableOptions = GlossaryTableOptions()
) throws(Trouble) -> GlossaryContent {
  try refuseOldWorkbook(bytes, file)
  let workbook = try Workbook(bytes, file: file)
  let found = try GlossarySheet.find(in: workbook, file: file, languages: languages, table: table)
  var content = try found.rows.content(file: file)
  content.warnings += found.warnings(file: file)
  return content
}

/// The rows of a workbook's first visible sheet that holds something, or of the one that is named.
///
/// - Parameters:
///   - bytes: the file, XLSX.
///   - file: the name that trouble is reported under.
///   - name: of the sheet.
/// - Returns: its rows as a table.
/// - Throws: `Trouble` for what is no workbook, and for one without such a sheet.
func workbookRows(
  _ bytes: [UInt8], file: String, sheet name: String?
) throws(Trouble) -> [DelimitedRow] {
  try refuseOldWorkbook(bytes, file)
  let workbook = try Workbook(bytes, file: file)
  if let name {
    let sheet = try GlossarySheet.sheet(named: name, in: workbook, file: file)
    return try workbook.cells(of: sheet).table(file: file)
  }
  for sheet in workbook.sheets where !sheet.isHidden {
    let cells = try workbook.cells(of: sheet)
    if !cells.rows.isEmpty { return try cells.table(file: file) }
  }
  throw Trouble("holds no sheet with a row: name one with --sheet", file: file)
}

private func refuseOldWorkbook(_ bytes: [UInt8], _ file: String) throws(Trouble) {
  guard bytes.starts(with: compoundSignature) else { return }
  throw Trouble(
    "is an old workbook (.xls), or one with a password: save it as .xlsx without a password",
    file: file)
}

/// The sheet of a workbook that holds the glossary.
private struct GlossarySheet {
  var sheet: Workbook.Sheet
  var cells: SheetCells
  var rows: GlossaryRows

  static func find(
    in workbook: borrowing Workbook, file: String,
    languages: (source: LanguageTag?, target: LanguageTag?), table: GlossaryTableOptions
  ) throws(Trouble) -> GlossarySheet {
    if let name = table.sheet {
      let named = try sheet(named: name, in: workbook, file: file)
      return try read(named, try workbook.cells(of: named), file, languages, table)
    }
    let visible = workbook.sheets.filter { !$0.isHidden }
    guard !visible.isEmpty else {
      throw Trouble(
        workbook.sheets.isEmpty
          ? "holds no sheet" : "hides all its sheets: name one with --sheet", file: file)
    }
    // The first with a header counts; where none has one, the first that can be read at all.
    var bare: GlossarySheet?
    var trouble: Trouble?
    for sheet in visible {
      let cells = try workbook.cells(of: sheet)
      do throws(Trouble) {
        let found = try read(sheet, cells, file, languages, table)
        if found.rows.headerRow != nil { return found }
        bare = bare ?? found
      } catch {
        trouble = trouble ?? error
      }
    }
    if let bare { return bare }
    guard visible.count > 1 else { throw trouble ?? Trouble("holds no sheet", file: file) }
    throw Trouble(
      "holds no sheet with a glossary (\(visible[0].name.visible): \(trouble?.message ?? "")): name "
        + "one with --sheet, and its columns with --columns", file: file)
  }

  private static func read(
    _ sheet: Workbook.Sheet, _ cells: SheetCells, _ file: String,
    _ languages: (source: LanguageTag?, target: LanguageTag?), _ table: GlossaryTableOptions
  ) throws(Trouble) -> GlossarySheet {
    let rows = try GlossaryRows(
      rows: try cells.table(file: file), file: file, languages: languages, columns: table.columns,
      isSheet: true)
    return GlossarySheet(sheet: sheet, cells: cells, rows: rows)
  }

  static func sheet(
    named name: String, in workbook: borrowing Workbook, file: String
  ) throws(Trouble) -> Workbook.Sheet {
    let same = workbook.sheets.first { $0.name == name }
    let alike = workbook.sheets.first { $0.name.lowercased() == name.lowercased() }
    if let sheet = same ?? alike { return sheet }
    let names = workbook.sheets.map { "'\($0.name.visible)'" }.joined(separator: ", ")
    throw Trouble("has no sheet '\(name.visible)': it has \(names)", file: file)
  }

  /// What the user should know about the sheet.
  func warnings(file: String) -> [Warning] {
    var warnings: [Warning] = []
    func warn(_ message: String) { warnings.append(Warning(message, file: file)) }
    if cells.hiddenCount > 0 {
      warn("hidden rows of '\(sheet.name.visible)' are read too (\(cells.hiddenCount))")
    }
    if let first = cells.errorCells.first {
      warn("cells that show an error are left out (\(cells.errorCells.count), such as \(first))")
    }
    if let first = cells.uncomputedCells.first {
      warn(
        "formulas that were never computed are left out (\(cells.uncomputedCells.count), such as "
          + "\(first)): save the workbook in a program that computes them")
    }
    if let header = rows.headerRow?.line,
      let first = cells.rows.first?.number, first < header
    {
      warn("what stands above row \(header) is taken for a title and left out")
    }
    let stray = stray
    if let first = stray.first {
      warn("cells under no header are left out (\(stray.count), such as \(first))")
    }
    return warnings
  }

  /// Cells in columns to which the header gives no name.
  private var stray: [String] {
    guard let names = rows.headerRow?.fields else { return [] }
    return rows.rows.flatMap { row in
      row.fields.indices.compactMap { column in
        let isNamed = names.indices.contains(column) && !names[column].isBlank
        guard !isNamed, !row.fields[column].isBlank,
          case .unknown = rows.header.columns[column]
        else { return nil }
        return CellReference(column: column, row: row.line).name
      }
    }
  }
}
