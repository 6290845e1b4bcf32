public import Bitext
internal import Segmentation

/// Reads a TSV or CSV bitext, or a sheet of a workbook: source, target and optionally a score, under a
/// header of two tags or none. Where the name does not end in `csv`, tabs part the fields.
///
/// - Parameters:
///   - path: the file, also a gzipped one.
///   - languages: for files without a header; the script decides where they are `nil`.
///   - table: what parts the fields, and which columns hold the texts, where the user said so.
/// - Returns: a unit for each row.
/// - Throws: `Trouble` for a line of one field, with its number.
public func readBitextTable(
  _ path: String, languages: (source: LanguageTag?, target: LanguageTag?),
  table: GlossaryTableOptions = GlossaryTableOptions()
) throws -> [TranslationUnit] {
  let bytes = try Files.unpacked(Files.read(path), path)
  let isSheet = isWorkbook(bytes)
  var delimiter = isSheet ? .tab : table.delimiter ?? .tab
  var rows: [DelimitedRow]
  if isSheet {
    rows = try workbookRows(bytes, file: path, sheet: table.sheet)
  } else {
    let text = try decodeText(bytes, file: path)
    if table.delimiter == nil, Files.ending(of: path) == "csv" {
      delimiter = Delimiter.detect(text.utf8, ending: "csv")
    }
    rows = try delimitedRows(text.utf8, delimiter: delimiter, file: path)
  }
  if delimiter.quotes, table.undoesFormulaGuard {
    for index in rows.indices {
      rows[index].fields = rows[index].fields.map(FormulaGuard.unguarded)
    }
  }
  rows.removeAll { $0.isEmpty }
  var source = languages.source
  var target = languages.target
  if let columns = table.columns {
    rows = try columns.textRows(
      of: rows, isSheet: isSheet, file: path, source: &source, target: &target)
  } else if let first = rows.first?.fields, first.count >= 2, let left = LanguageTag(first[0]),
    let right = LanguageTag(first[1]), left != right
  {
    source = source ?? left
    target = target ?? right
    rows.removeFirst()
  }
  func detect(_ column: Int) -> LanguageTag? {
    let sample = rows.prefix(200).compactMap { $0.fields.dropFirst(column).first }
    return LanguageMatching.detect(Array(sample.joined(separator: "\n").utf8).span)
  }
  guard let source = source ?? detect(0), let target = target ?? detect(1) else {
    throw Trouble(
      "does not say its languages: put a line first that names them, such as en and zh-Hans",
      file: path)
  }
  return try rows.map { row in
    guard row.fields.count >= 2 else {
      let what = isSheet ? "" : delimiter == .tab ? ", a tab" : ", a comma or semicolon"
      throw Trouble("expected a source\(what) and a target", file: path, line: row.line)
    }
    return TranslationUnit(
      sourceLanguage: source, targetLanguage: target, source: row.fields[0],
      target: row.fields[1], origin: Files.name(of: path),
      score: row.fields.count > 2 ? Double(row.fields[2]) : nil)
  }
}
