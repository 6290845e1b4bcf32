internal import Bitext
internal import Segmentation

/// A glossary table with its header told from its rows.
struct GlossaryRows {
  let header: GlossaryHeader
  private(set) var rows: [DelimitedRow]
  let delimiter: Delimiter
  /// The row that names the columns; `nil` where none does.
  private(set) var headerRow: DelimitedRow?

  init(
    _ text: DecodedText, file: String, languages: (source: LanguageTag?, target: LanguageTag?)
  ) throws(Trouble) {
    delimiter = Delimiter.detect(text.utf8, ending: Files.ending(of: file))
    rows = try delimitedRows(text.utf8, delimiter: delimiter, file: file)
    rows.removeAll { $0.isEmpty }
    guard let first = rows.first else {
      throw Trouble("holds no term: a glossary has a row for each concept", file: file)
    }
    guard var named = GlossaryHeader(first.fields) else {
      header = try headerless(rows, languages: languages, file: file)
      return
    }
    headerRow = rows.removeFirst()
    if named.hasSides {
      let (source, target) = try guessLanguages(
        rows, columns: sideColumns(named), languages: languages, file: file)
      named.resolveSides(source: source, target: target)
    }
    header = named
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
