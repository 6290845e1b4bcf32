/// Keeps spreadsheets from computing what is a term.
///
/// A cell of CSV that starts with `=` or the like is a formula to Excel and LibreOffice, and one in a
/// glossary from elsewhere may run what it likes. An apostrophe in front makes text of it: the
/// counsel of OWASP ("CSV Injection"). A cell that starts with apostrophes and such a character gets
/// one more, so that what is taken away again is what was added.
enum FormulaGuard {
  /// What a formula can start with; the wide forms count in East Asian editions of Excel.
  private static let starts: Set<Unicode.Scalar> = [
    "=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠",
  ]

  private static func startsFormula(_ cell: String) -> Bool {
    cell.unicodeScalars.first { $0 != "'" }.map(starts.contains) ?? false
  }

  static func guarded(_ cell: String) -> String { startsFormula(cell) ? "'" + cell : cell }

  static func unguarded(_ cell: String) -> String {
    guard cell.utf8.first == 0x27, startsFormula(cell) else { return cell }
    return String(cell.unicodeScalars.dropFirst())
  }
}
