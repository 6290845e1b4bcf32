/// How a table of terms is to be read where it does not say so itself.
public struct GlossaryTableOptions: Sendable {
  /// What parts the fields of a text table; `nil` where it is told by the first lines.
  public var delimiter: Delimiter?
  /// What the columns hold; `nil` where the header says so in words that Concord knows.
  public var columns: ColumnMapping?
  /// The sheet of a workbook; `nil` for the first one that looks like a glossary.
  public var sheet: String?
  /// Whether the apostrophe that keeps a spreadsheet from computing a cell is taken away.
  public var undoesFormulaGuard: Bool

  public init(
    delimiter: Delimiter? = nil, columns: ColumnMapping? = nil, sheet: String? = nil,
    undoesFormulaGuard: Bool = true
  ) {
    self.delimiter = delimiter
    self.columns = columns
    self.sheet = sheet
    self.undoesFormulaGuard = undoesFormulaGuard
  }
}
