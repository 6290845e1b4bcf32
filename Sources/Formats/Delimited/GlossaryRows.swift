internal import Bitext
internal import Segmentation

/// A glossary table with its header told from its rows, be it text or a sheet of a workbook.
struct GlossaryRows {
  private(set) var header: GlossaryHeader
  private(set) var rows: [DelimitedRow]
  /// Of a text table.
  private(set) var delimiter = Delimiter.comma
  /// The row that names the columns; `nil` where none does.
  private(set) var headerRow: DelimitedRow?

  /// Rows of a sheet in which a header is looked for: above some stand a title and a date.
  private static let headerRows = 10

  init(
    _ text: DecodedText, file: String, languages: (source: LanguageTag?, target: LanguageTag?),
    table: GlossaryTableOptions = GlossaryTableOptions()
  ) throws(Trouble) {
    let declared = Delimiter.declared(text.utf8)
    let delimiter =
      table.delimiter ?? declared
      ?? Delimiter.detect(text.utf8, ending: Files.ending(of: file))
    var rows = try delimitedRows(text.utf8, delimiter: delimiter, file: file)
    if declared != nil { rows.removeFirst() }
    if table.undoesFormulaGuard, delimiter.quotes {
      for index in rows.indices {
        rows[index].fields = rows[index].fields.map(FormulaGuard.unguarded)
      }
    }
    try self.init(rows: rows, file: file, languages: languages, columns: table.columns)
    self.delimiter = delimiter
  }

  /// Takes rows whose cells are parted already.
  ///
  /// - Parameters:
  ///   - rows: all of them, in order.
  ///   - file: the name that trouble is reported under.
  ///   - languages: of source and target, where no header says them.
  ///   - columns: what the columns hold, where the user said so.
  ///   - isSheet: whether they come from a workbook, where titles may stand above the header and
  ///     remarks beside the table.
  /// - Throws: `Trouble` for what is no table of terms.
  init(
    rows: [DelimitedRow], file: String,
    languages: (source: LanguageTag?, target: LanguageTag?), columns: ColumnMapping? = nil,
    isSheet: Bool = false
  ) throws(Trouble) {
    self.rows = rows.filter { !$0.isEmpty }
    guard let first = self.rows.first else {
      throw Trouble("holds no term: a glossary has a row for each concept", file: file)
    }
    let found = try Self.header(in: self.rows, columns, isSheet: isSheet, file: file)
    guard var named = found?.header ?? GlossaryHeader(first.fields) else {
      header = try headerless(self.rows, languages: languages, file: file)
      return
    }
    if let row = found.map(\.row) ?? 0 {
      headerRow = self.rows[row]
      self.rows.removeFirst(row + 1)
    }
    if named.hasSides {
      let (source, target) = try guessLanguages(
        self.rows, columns: sideColumns(named), languages: languages, file: file)
      named.resolveSides(source: source, target: target)
    }
    header = named
    if isSheet { padHeader() }
  }

  /// The header that is mapped or stands below titles; `nil` where the first row decides.
  private static func header(
    in rows: [DelimitedRow], _ columns: ColumnMapping?, isSheet: Bool, file: String
  ) throws(Trouble) -> (header: GlossaryHeader, row: Int?)? {
    if let columns { return try columns.resolve(in: rows, isSheet: isSheet, file: file) }
    guard isSheet else { return nil }
    for (index, row) in rows.prefix(headerRows).enumerated() {
      if let header = GlossaryHeader(row.fields) { return (header, index) }
    }
    return nil
  }

  /// Makes room for cells beside the table.
  private mutating func padHeader() {
    let width = rows.map(\.fields.count).max() ?? 0
    while header.columns.count < width { header.columns.append(.unknown("")) }
  }
}

private func sideColumns(_ header: GlossaryHeader) -> (source: Int, target: Int) {
  var result = (source: 0, target: 1)
  for (index, column) in header.columns.enumerated() {
    if case .side(let isSource) = column {
      if isSource { result.source = index } else { result.target = index }
    }
  }
  return result
}

private func headerless(
  _ rows: [DelimitedRow], languages: (source: LanguageTag?, target: LanguageTag?), file: String
) throws(Trouble) -> GlossaryHeader {
  let width = rows.map(\.fields.count).max() ?? 0
  guard width >= 2 else {
    throw Trouble(
      "has one column: a glossary has at least a source and a target, parted by a comma, a "
        + "semicolon or a tab", file: file, line: rows.first?.line)
  }
  guard width <= 3 else {
    throw Trouble(
      "has \(width) columns and no header: name them on the first line, for instance "
        + "'en,zh-Hans,domain,note'", file: file, line: rows.first?.line)
  }
  let (source, target) = try guessLanguages(
    rows, columns: (0, 1), languages: languages, file: file)
  var columns: [GlossaryHeader.Column] = [.terms(source, nil), .terms(target, nil)]
  if width == 3 { columns.append(.note) }
  return GlossaryHeader(columns: columns)
}

private func guessLanguages(
  _ rows: [DelimitedRow], columns: (source: Int, target: Int),
  languages: (source: LanguageTag?, target: LanguageTag?), file: String
) throws(Trouble) -> (LanguageTag, LanguageTag) {
  func guess(_ column: Int) -> LanguageTag? {
    var sample: [UInt8] = []
    for row in rows.prefix(1000) where column < row.fields.count {
      sample += Array(row.fields[column].utf8)
      sample.append(0x0A)
    }
    let detected = LanguageMatching.detect(sample.span)
    return detected == .chinese ? .simplifiedChinese : detected
  }
  guard let source = languages.source ?? guess(columns.source),
    let target = languages.target ?? guess(columns.target)
  else {
    throw Trouble(
      "does not say which languages its columns hold: give --source-language and "
        + "--target-language, or a header such as 'en,zh-Hans'", file: file)
  }
  guard !LanguageMatching.match(source, target) else {
    throw Trouble(
      "both columns look like \(source): give --source-language and --target-language, or a "
        + "header such as 'en,zh-Hans'", file: file)
  }
  return (source, target)
}
