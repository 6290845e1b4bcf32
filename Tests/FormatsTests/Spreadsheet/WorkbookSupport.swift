import Bitext
import TestSupport
import Testing

@testable import Formats

/// Reads a glossary from the bytes of a workbook.
func workbookGlossary(
  _ zip: ZipBuilder, table: GlossaryTableOptions = GlossaryTableOptions()
) throws(Trouble) -> GlossaryContent {
  try readGlossaryWorkbook(
    zip.bytes(), file: "terms.xlsx", languages: (nil, nil), table: table)
}

/// Each cell that holds something, as `A1=text`.
func cells(_ zip: ZipBuilder, sheet: Int = 0) throws(Trouble) -> [String] {
  let workbook = try Workbook(zip.bytes(), file: "terms.xlsx")
  let cells = try workbook.cells(of: workbook.sheets[sheet])
  return cells.rows.flatMap { row in
    row.cells.map { CellReference(column: $0.column, row: row.number).name + "=" + $0.text }
  }
}

func workbookTrouble(_ zip: ZipBuilder) -> String? {
  do throws(Trouble) {
    _ = try workbookGlossary(zip)
    return nil
  } catch {
    return error.message
  }
}
