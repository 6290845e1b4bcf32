public import Bitext
public import Segmentation

/// Glossaries of the Universal Terminology eXchange, 1.00 to 1.20.
public enum UTXGlossary {
  /// Whether a text starts as such a file does.
  public static func isOne(_ utf8: [UInt8]) -> Bool { UTXHeader.begins(utf8) }

  /// Reads a glossary.
  ///
  /// What the header says beyond the languages is kept as a property of every concept: a file that
  /// is joined with others in a termbase has no place of its own for it.
  ///
  /// - Parameters:
  ///   - text: the decoded file.
  ///   - file: the name that trouble is reported under.
  ///   - languages: those that outweigh what the header says.
  /// - Returns: the concepts with their lines, and what was odd.
  /// - Throws: `Trouble` for a file that does not say its languages, and for a row that cannot be
  ///   understood.
  public static func read(
    _ text: DecodedText, file: String, languages: (source: LanguageTag?, target: LanguageTag?)
  ) throws(Trouble) -> GlossaryContent {
    let all = try delimitedRows(text.utf8, delimiter: .tab, file: file)
    let header = UTXHeader(all)
    guard let source = languages.source ?? header.source else {
      throw Trouble(
        "does not say its languages: start it with '#UTX 1.11; en/zh-Hans', or give "
          + "--source-language and --target-language", file: file, line: 1)
    }
    let columns = try columns(header, source, languages.target ?? header.target, file)
    // What starts with the mark of the header further down is a remark.
    let rows = all.dropFirst(header.count).filter { !$0.isEmpty && $0.fields[0].utf8.first != 0x23 }
    guard !rows.isEmpty else {
      throw Trouble("holds no term: a glossary has a row for each concept", file: file)
    }
    var reader = GlossaryRowReader(
      header: GlossaryHeader(columns: columns.all), file: file, headerLine: header.count,
      isPairList: true)
    for row in rows {
      guard row.fields.dropFirst(header.columns.count).allSatisfy(\.isBlank) else {
        throw Trouble(
          "has \(row.fields.count) fields, and the header names \(header.columns.count): a tab parts "
            + "fields", file: file, line: row.line)
      }
      try reader.read(columns.cells(of: row))
    }
    var content = reader.content
    for index in content.concepts.indices {
      content.concepts[index].properties += header.statements
    }
    return content
  }

  private static func columns(
    _ header: UTXHeader, _ source: LanguageTag, _ target: LanguageTag?, _ file: String
  ) throws(Trouble) -> UTXColumns {
    var list: [GlossaryHeader.Column] = []
    for name in header.columns {
      guard let column = UTXColumns.column(named: name, source, target) else {
        throw Trouble(
          "does not say its target language: start it with '#UTX 1.11; en/zh-Hans', or give "
            + "--target-language", file: file, line: 1)
      }
      list.append(column)
    }
    return UTXColumns(named: list)
  }
}

/// What the columns of a UTX file hold.
private struct UTXColumns {
  private let named: [GlossaryHeader.Column]
  /// A column that the file does not have: the word of a status that has none of its own with us.
  private let extra: GlossaryHeader.Column?

  init(named: [GlossaryHeader.Column]) {
    self.named = named
    let languages = GlossaryHeader(columns: named).languages
    extra = languages.last.map { .termProperty($0, UTX.status) }
  }

  var all: [GlossaryHeader.Column] { named + (extra.map { [$0] } ?? []) }

  /// - Returns: `nil` for a column of the target where no target language is known.
  static func column(
    named name: String, _ source: LanguageTag, _ target: LanguageTag?
  ) -> GlossaryHeader.Column? {
    let parts = name.split(separator: ":", maxSplits: 1).map(String.init)
    let side = parts.first == "src" ? source : parts.first == "tgt" ? target : nil
    switch (parts.first, parts.count) {
    case ("src", 1), ("tgt", 1): return side.map { .terms($0, nil) }
    case ("src", 2), ("tgt", 2): return side.map { .termProperty($0, property(parts[1])) }
    case ("term", 2): return LanguageTag(parts[1]).map { .terms($0, nil) } ?? .conceptProperty(name)
    default: break
    }
    switch name {
    case UTX.status: return .status
    case "concept id", "id": return .id
    case "comment", "note": return .note
    case "": return .unknown("")
    default:
      let known = GlossaryHeader.column(named: name)
      switch known {
      case .domain, .definition, .source: return known
      default: return .conceptProperty(name)
      }
    }
  }

  private static func property(_ name: String) -> String {
    name == "pos" ? UTX.partOfSpeech : name
  }

  /// The row with cells as tables have them: nothing where the file says that there is nothing, one
  /// term in a cell, and the word of an odd status once more.
  func cells(of row: DelimitedRow) -> DelimitedRow {
    var cells = row
    cells.fields = row.fields.enumerated().map { index, field in
      let text = field.trimmed
      guard text != UTX.empty else { return "" }
      guard named.indices.contains(index), case .terms = named[index] else { return text }
      return text.literalCell
    }
    cells.fields = Array(cells.fields.prefix(named.count))
    while cells.fields.count < named.count { cells.fields.append("") }
    guard extra != nil else { return cells }
    let status = named.firstIndex(of: .status).map { cells.fields[$0] } ?? ""
    cells.fields.append(status.lowercased() == "rejected" ? status : "")
    return cells
  }
}
