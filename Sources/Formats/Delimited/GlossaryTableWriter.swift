public import Bitext

/// Writes concepts as CSV or TSV, one row each, so that reading the file back gives the same
/// concepts.
public struct GlossaryTableWriter {
  /// A column of terms.
  public struct Column: Sendable, Hashable {
    public var language: LanguageTag
    public var status: TermStatus

    public init(language: LanguageTag, status: TermStatus) {
      self.language = language
      self.status = status
    }
  }

  private let output: OutputFile
  private let delimiter: Delimiter
  private let layout: GlossaryLayout
  private let guardsFormulas: Bool
  /// What a field could not keep, once per reason.
  public private(set) var warnings: [Warning] = []

  /// - Parameters:
  ///   - output: where the rows go.
  ///   - columns: the languages and statuses that occur in the concepts, in the order wanted.
  ///   - usesTabs: TSV instead of CSV.
  ///   - guardsFormulas: whether cells of CSV that a spreadsheet would compute get an apostrophe in
  ///     front, which the reader takes away.
  public init(
    to output: OutputFile, columns: [Column], usesTabs: Bool, guardsFormulas: Bool = true
  ) {
    self.output = output
    delimiter = usesTabs ? .tab : .comma
    layout = GlossaryLayout(columns)
    self.guardsFormulas = guardsFormulas
  }

  public mutating func writeHeader() throws { try write(layout.header) }

  public mutating func write(_ concept: Concept) throws { try write(layout.fields(of: concept)) }

  private mutating func write(_ fields: [String]) throws {
    guard delimiter == .tab else {
      return try output.write(csvRow(fields, guardsFormulas: guardsFormulas))
    }
    if warnings.isEmpty, fields.contains(where: \.breaksField) {
      warnings.append(
        Warning("a tab or line break in a field became a space: --format csv keeps it"))
    }
    try output.write(tsvRow(fields))
  }
}

/// A row of RFC 4180, with the line feed after it.
///
/// - Parameters:
///   - fields: what stands in it.
///   - guardsFormulas: whether a field that a spreadsheet would compute gets an apostrophe in front.
/// - Returns: the row as it stands in a file.
public func csvRow(_ fields: [String], guardsFormulas: Bool = false) -> String {
  let cells = guardsFormulas ? fields.map(FormulaGuard.guarded) : fields
  return cells.map(quotedField).joined(separator: ",") + "\n"
}

/// A row of raw fields between tabs: what would end a field becomes a space.
public func tsvRow(_ fields: [String]) -> String {
  fields.map(\.rawField).joined(separator: "\t") + "\n"
}

private func quotedField(_ field: String) -> String {
  let needsQuotes =
    field.utf8.contains { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }
    || field.utf8.first == 0x20 || field.utf8.last == 0x20
  guard needsQuotes else { return field }
  var quoted = "\""
  // By scalar: a quote and the accent behind it are one character, which is no quote.
  for scalar in field.unicodeScalars {
    if scalar == "\"" { quoted += "\"" }
    quoted.unicodeScalars.append(scalar)
  }
  return quoted + "\""
}

extension String {
  fileprivate var breaksField: Bool {
    utf8.contains { $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
  }

  /// Without what would end a field between tabs.
  fileprivate var rawField: String {
    guard breaksField else { return self }
    return String(
      decoding: utf8.map { $0 == 0x09 || $0 == 0x0A || $0 == 0x0D ? 0x20 : $0 }, as: UTF8.self)
  }
}
