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
  private let columns: [TermColumn]
  /// What a field could not keep, once per reason.
  public private(set) var warnings: [Warning] = []

  /// A column as it is written: `en` holds preferred and admitted terms, `en:admitted` the
  /// admitted ones of a concept that has no preferred one.
  private struct TermColumn: Hashable {
    var language: LanguageTag
    var status: TermStatus?

    var name: String {
      status.map { "\(language):\($0.rawValue)" } ?? language.description
    }
  }

  /// - Parameters:
  ///   - output: where the rows go.
  ///   - columns: the languages and statuses that occur in the concepts, in the order wanted.
  ///   - usesTabs: TSV instead of CSV.
  public init(to output: OutputFile, columns: [Column], usesTabs: Bool) {
    self.output = output
    delimiter = usesTabs ? .tab : .comma
    var list: [TermColumn] = []
    func add(_ column: TermColumn) { if !list.contains(column) { list.append(column) } }
    for column in columns where column.status.isAccepted {
      add(TermColumn(language: column.language, status: nil))
    }
    for column in columns {
      switch column.status {
      case .preferred: break
      default: add(TermColumn(language: column.language, status: column.status))
      }
    }
    self.columns = list
  }

  public mutating func writeHeader() throws {
    try write(["id", "domain"] + columns.map(\.name) + ["definition", "note", "source"])
  }

  public mutating func write(_ concept: Concept) throws {
    var fields = [concept.id, concept.domain ?? ""]
    for column in columns {
      let own = concept.terms.filter { $0.language == column.language }
      let preferred = own.filter { $0.status == .preferred }
      let terms: [Term] =
        switch column.status {
        // The reader takes the first for the preferred one, wherever it stood in the concept.
        case nil: preferred.isEmpty ? [] : preferred + own.filter { $0.status == .admitted }
        case .admitted where !preferred.isEmpty: []
        case let status: own.filter { $0.status == status }
        }
      fields.append(joinTerms(terms.map(\.text)))
    }
    fields += [concept.definition ?? "", concept.note ?? "", concept.source ?? ""]
    try write(fields)
  }

  private mutating func write(_ fields: [String]) throws {
    guard delimiter == .tab else { return try output.write(csvRow(fields)) }
    if warnings.isEmpty, fields.contains(where: \.breaksField) {
      warnings.append(
        Warning("a tab or line break in a field became a space: --format csv keeps it"))
    }
    try output.write(tsvRow(fields))
  }
}

/// A row of RFC 4180, with the line feed after it.
public func csvRow(_ fields: [String]) -> String {
  fields.map(quotedField).joined(separator: ",") + "\n"
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
