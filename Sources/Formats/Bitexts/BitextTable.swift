public import Bitext
internal import Segmentation

/// Reads a TSV bitext: source, target and optionally a score, under a header of two tags or none.
///
/// - Parameters:
///   - path: the file.
///   - languages: for files without a header; the script decides where they are `nil`.
/// - Returns: a unit for each row.
/// - Throws: `Trouble` for a line without a tab, with its number.
public func readBitextTable(
  _ path: String, languages: (source: LanguageTag?, target: LanguageTag?)
) throws -> [TranslationUnit] {
  let text = try decodeText(try Files.read(path), file: path)
  var rows = try delimitedRows(text.utf8, delimiter: .tab, file: path)
  rows.removeAll { $0.isEmpty }
  var source = languages.source
  var target = languages.target
  if let first = rows.first?.fields, first.count >= 2, let left = LanguageTag(first[0]),
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
      "does not say its languages: put a line such as 'en<TAB>zh-Hans' first", file: path)
  }
  return try rows.map { row in
    guard row.fields.count >= 2 else {
      throw Trouble("expected a source, a tab and a target", file: path, line: row.line)
    }
    return TranslationUnit(
      sourceLanguage: source, targetLanguage: target, source: row.fields[0],
      target: row.fields[1], origin: Files.name(of: path),
      score: row.fields.count > 2 ? Double(row.fields[2]) : nil)
  }
}
