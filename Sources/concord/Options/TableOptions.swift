internal import ArgumentParser
internal import Formats

/// How tables and workbooks are read that do not say it themselves.
struct TableOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "What parts the fields of a table: one character, or tab. (default: comma, semicolon or tab, "
        + "as the file has it)", valueName: "character"))
  var delimiter: String?

  @Option(
    help: ArgumentHelp(
      "What the columns hold, by their names or numbers, such as en=Term,zh-Hans=译名,note=3.",
      valueName: "rules"))
  var columns: String?

  @Option(
    help: ArgumentHelp(
      "The sheet of a workbook. (default: the first that looks like a glossary)",
      valueName: "name"))
  var sheet: String?

  @Flag(help: "Take apostrophes before = + - @ in CSV for text, not for a guard.")
  var noFormulaGuard = false

  /// - Throws: `Trouble` for what names no delimiter or column.
  var options: GlossaryTableOptions {
    get throws {
      GlossaryTableOptions(
        delimiter: try delimiter.map { try Delimiter(named: $0) },
        columns: try columns.map { try ColumnMapping($0) }, sheet: sheet,
        undoesFormulaGuard: !noFormulaGuard)
    }
  }
}
