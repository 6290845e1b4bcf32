internal import Bitext
internal import Segmentation

/// Reads two columns of a table as a bitext, with the places of their texts.
enum BitextTableReader {
  /// Rows by which the languages of columns are told that no header names.
  private static let sample = 200

  /// Calls `body` with each row that has text in one of the two columns.
  ///
  /// - Throws: `Trouble` with line and column for a row without these columns, for a quoted field
  ///   that never ends, and for a file whose languages cannot be told.
  static func forEachUnit(of path: String, _ options: UnitOptions, _ body: UnitBody) throws {
    let text = try decodeText(try Files.read(path), file: path, encoding: options.encoding)
    let delimiter = Delimiter.detect(text.utf8, ending: Files.ending(of: path))
    var cells = BitextCells(text, delimiter: delimiter, file: path)
    guard let first = try cells.next() else { throw Trouble("holds no row", file: path) }
    let columns = try BitextColumns(
      header: first.fields.map { String(decoding: $0.utf8, as: UTF8.self).trimmed },
      wanted: options.columns, languages: options.languages, file: path)
    let languages = try languages(of: text, delimiter, columns, options, file: path)
    var rows = cells
    if !columns.hasHeader { rows = BitextCells(text, delimiter: delimiter, file: path) }
    while let row = try rows.next() {
      guard let (source, target) = columns.pair(row) else {
        throw rows.trouble(
          "has \(row.fields.count) field\(row.fields.count == 1 ? "" : "s"), and the texts are in "
            + "columns \(columns.source + 1) and \(columns.target + 1)", in: row)
      }
      guard !source.isBlank || !target.isBlank else { continue }
      try body(languages, BilingualUnit(source: source, target: target))
    }
  }

  /// What the header says, else what the first rows look like.
  private static func languages(
    of text: DecodedText, _ delimiter: Delimiter, _ columns: BitextColumns, _ options: UnitOptions,
    file: String
  ) throws(Trouble) -> UnitLanguages {
    var samples: (source: [UInt8], target: [UInt8]) = ([], [])
    var rows = BitextCells(text, delimiter: delimiter, file: file)
    var count = 0
    while count < sample, let row = try rows.next() {
      count += 1
      guard count > 1 || !columns.hasHeader, let pair = columns.pair(row) else { continue }
      samples.source += pair.source.utf8 + [0x0A]
      samples.target += pair.target.utf8 + [0x0A]
    }
    let guesses = (
      LanguageMatching.detect(samples.source.span), LanguageMatching.detect(samples.target.span)
    )
    let isSaid =
      columns.languages.source != nil || columns.languages.target != nil
      || options.languages.source != nil && options.languages.target != nil
    if !isSaid, let left = guesses.0, let right = guesses.1, left == right {
      throw Trouble(
        "columns \(columns.source + 1) and \(columns.target + 1) both look like \(left): say "
          + "which hold the texts with --columns, such as --columns 2,3", file: file)
    }
    let declared = (
      columns.languages.source ?? guesses.0, columns.languages.target ?? guesses.1
    )
    guard let languages = UnitLanguages(declared: declared, wanted: options.languages) else {
      throw Trouble(
        "does not say its languages: put a line first that names them, such as en and zh-Hans, or "
          + "use --source-language and --target-language", file: file)
    }
    return languages
  }
}

/// Where the source and the target of a table stand.
private struct BitextColumns {
  /// From 0.
  private(set) var source = 0
  private(set) var target = 1
  /// What the header says.
  private(set) var languages: WantedLanguages = (nil, nil)
  /// Whether the first row is no text.
  private(set) var hasHeader = false

  init(
    header: [String], wanted: (source: String, target: String)?, languages: WantedLanguages,
    file: String
  ) throws(Trouble) {
    // A header is read as that of a glossary: it knows English, 中文 and the like, and that "id" is
    // no Indonesian.
    let known = GlossaryHeader(header)?.columns ?? []
    let tags = known.map { column in
      if case .terms(let language, nil) = column { return Optional(language) }
      return nil
    }
    let sides = [true, false].compactMap { known.firstIndex(of: .side(isSource: $0)) }
    if let wanted {
      source = try Self.index(of: wanted.source, in: header, file: file)
      target = try Self.index(of: wanted.target, in: header, file: file)
      guard source != target else {
        throw Trouble(
          "'\(wanted.source.visible)' and '\(wanted.target.visible)' are one column: name two",
          file: file)
      }
      let isNamed = [wanted.source, wanted.target].contains { Self.number($0) == nil }
      hasHeader = isNamed || tag(tags, source) != nil && tag(tags, target) != nil
    } else if let (left, right) = Self.tagged(tags, languages) {
      (source, target, hasHeader) = (left, right, true)
    } else if sides.count == 2 {
      (source, target, hasHeader) = (sides[0], sides[1], true)
    }
    if hasHeader { self.languages = (tag(tags, source), tag(tags, target)) }
  }

  /// The texts of a row; `nil` where it is too short.
  func pair(_ row: BitextCells.Row) -> (source: PlacedText, target: PlacedText)? {
    guard row.fields.count > max(source, target) else { return nil }
    return (row.fields[source], row.fields[target])
  }

  private func tag(_ tags: [LanguageTag?], _ index: Int) -> LanguageTag? {
    tags.indices.contains(index) ? tags[index] : nil
  }

  /// The columns of the languages that are wanted, else the first two of two languages.
  private static func tagged(
    _ tags: [LanguageTag?], _ wanted: WantedLanguages
  ) -> (source: Int, target: Int)? {
    func column(_ language: LanguageTag?, but other: Int? = nil) -> Int? {
      tags.indices.first { index in
        guard let tag = tags[index], index != other else { return false }
        guard let language else { return other.flatMap { tags[$0] } != tag }
        return LanguageMatching.match(tag, language)
      }
    }
    // The one that is named is looked for first: "target zh" must not make zh the source.
    if wanted.source == nil, wanted.target != nil {
      guard let target = column(wanted.target), let source = column(nil, but: target) else {
        return nil
      }
      return (source, target)
    }
    guard let source = column(wanted.source), let target = column(wanted.target, but: source)
    else { return nil }
    return (source, target)
  }

  private static func number(_ name: String) -> Int? { Int(name).flatMap { $0 > 0 ? $0 : nil } }

  private static func index(ofName name: String, in header: [String]) -> Int? {
    header.firstIndex { $0.lowercased() == name.lowercased() }
  }

  private static func index(
    of name: String, in header: [String], file: String
  ) throws(Trouble) -> Int {
    if let index = index(ofName: name, in: header) { return index }
    if let number = number(name), number <= header.count { return number - 1 }
    let names = header.map(\.visible).joined(separator: ", ")
    throw Trouble(
      "has no column '\(name.visible)': it has \(header.count), \(names)", file: file, line: 1)
  }
}
