public import Bitext
public import Segmentation

/// What a glossary file held.
public struct GlossaryContent: Sendable {
  /// An empty ``Concept/id`` means that the file names none.
  public var concepts: [Concept]
  /// For each concept the line it came from, from 1.
  public var lines: [Int]
  public var warnings: [Warning]
  /// Whether the ids tell the concepts of this file apart and no more, as XML's do.
  public var idsAreLocal = false
}

/// Reads a glossary out of CSV or TSV.
///
/// A header names languages (`en`, `zh-Hans`, or `English`, `中文`), each cell holding the terms of
/// that language parted by ` | `, the first one preferred; `en:forbidden` and the like hold terms
/// of that status. A file of two columns without a header is source and target.
///
/// - Parameters:
///   - text: the decoded file.
///   - file: the name that trouble is reported under.
///   - languages: of the source and target column, for files that do not say; the script decides
///     where they are `nil`.
///   - table: what else the file does not say itself.
/// - Returns: the concepts with their lines, and what was odd.
/// - Throws: `Trouble` for a table that cannot be read, with its line.
public func readGlossaryTable(
  _ text: DecodedText, file: String, languages: (source: LanguageTag?, target: LanguageTag?),
  table: GlossaryTableOptions = GlossaryTableOptions()
) throws(Trouble) -> GlossaryContent {
  try GlossaryRows(text, file: file, languages: languages, table: table).content(file: file)
}

extension GlossaryRows {
  /// The concepts of the rows.
  ///
  /// - Parameters:
  ///   - file: the name that trouble is reported under.
  ///   - isPairList: whether a concept has a row for each pair of its terms.
  /// - Returns: the concepts with their lines, and what was odd.
  /// - Throws: `Trouble` for a row that cannot be understood, with its line.
  func content(file: String, isPairList: Bool = false) throws(Trouble) -> GlossaryContent {
    var reader = GlossaryRowReader(
      header: header, file: file, headerLine: headerRow?.line ?? 1, isPairList: isPairList)
    for row in rows { try reader.read(row) }
    return reader.content
  }
}

/// Makes concepts of rows.
struct GlossaryRowReader {
  let header: GlossaryHeader
  let file: String
  var content = GlossaryContent(concepts: [], lines: [], warnings: [])
  private var conceptOfID: [String: Int] = [:]
  private var conceptOfSource: [String: Int] = [:]
  private let languages: [LanguageTag]
  /// Whether it is usual that a concept is on several lines.
  private let isPairList: Bool

  init(header: GlossaryHeader, file: String, headerLine: Int, isPairList: Bool = false) {
    self.isPairList = isPairList
    self.header = header
    self.file = file
    languages = header.languages
    for case .unknown(let name) in header.columns where !name.isBlank {
      content.warnings.append(
        Warning(
          "the column '\(name.visible)' is not known and is left out", file: file,
          line: headerLine))
    }
  }

  mutating func read(_ row: DelimitedRow) throws(Trouble) {
    if row.fields.count > header.columns.count,
      row.fields[header.columns.count...].contains(where: { !$0.isBlank })
    {
      throw Trouble(
        "has \(row.fields.count) fields where \(header.columns.count) are expected: "
          + (isPairList
            ? "a tab parts fields"
            : "a field with a comma or semicolon needs double quotes around it"),
        file: file, line: row.line)
    }
    var concept = Concept(id: "", terms: [])
    var rowStatus: TermStatus?
    var properties: [(language: LanguageTag, property: Property)] = []
    for (column, field) in zip(header.columns, row.fields) {
      let value = field.trimmed
      guard !value.isEmpty else { continue }
      switch column {
      case .terms(let language, let status): concept.add(value, language: language, status: status)
      case .id: concept.id = value
      case .domain: concept.domain = value
      case .definition: concept.definition = value
      case .note: concept.note = value
      case .source: concept.source = value
      case .status: rowStatus = try status(value, row)
      case .termProperty(let language, let name):
        properties.append((language, Property(name, value)))
      case .conceptProperty(let name): concept.properties.append(Property(name, value))
      case .unknown, .side: break
      }
    }
    for (language, property) in properties {
      for index in concept.terms.indices where concept.terms[index].language == language {
        concept.terms[index].properties.append(property)
      }
    }
    if let rowStatus { apply(rowStatus, to: &concept) }
    guard !concept.terms.isEmpty else {
      return warn("has no term and is left out", row)
    }
    if concept.languages.count < 2 {
      warn("'\(concept.terms[0].text)' has no translation: it is kept, and never checked", row)
    }
    keep(concept, row)
  }

  private func status(_ value: String, _ row: DelimitedRow) throws(Trouble) -> TermStatus {
    if let status = TermStatus(cell: value) { return status }
    let names = TermStatus.allCases.map(\.rawValue).joined(separator: ", ")
    throw Trouble("the status '\(value)' is not one of \(names)", file: file, line: row.line)
  }

  /// A proposal waits as a whole; any other status speaks of the translation, not of what is
  /// translated.
  private func apply(_ status: TermStatus, to concept: inout Concept) {
    for index in concept.terms.indices {
      let isTarget = languages.count < 2 || concept.terms[index].language != languages[0]
      if status == .proposed || isTarget && concept.terms[index].status == .preferred {
        concept.terms[index].status = status
      }
    }
  }

  private mutating func keep(_ concept: Concept, _ row: DelimitedRow) {
    let sources = concept.terms.filter { $0.language == languages.first }
    let key = sources.first.map { sourceKey($0.text, domain: concept.domain) }
    let known =
      concept.id.isEmpty ? key.flatMap { conceptOfSource[$0] } : conceptOfID[concept.id]
    if let known {
      let before = content.concepts[known]
      content.concepts[known].merge(concept)
      let what = concept.id.isEmpty ? sources.first?.text ?? "" : concept.id
      let isSame = content.concepts[known] == before
      guard !isPairList || isSame else { return }
      warn(
        "'\(what)' is on line \(content.lines[known]) already: "
          + (isSame ? "the duplicate changes nothing" : "merged into one concept"), row)
      return
    }
    let index = content.concepts.count
    content.concepts.append(concept)
    content.lines.append(row.line)
    if concept.id.isEmpty {
      if let key { conceptOfSource[key] = index }
    } else {
      conceptOfID[concept.id] = index
    }
  }

  private func sourceKey(_ text: String, domain: String?) -> String {
    String(decoding: MatchKey(text).bytes, as: UTF8.self) + "\u{0}" + (domain ?? "")
  }

  private mutating func warn(_ message: String, _ row: DelimitedRow) {
    content.warnings.append(Warning(message, file: file, line: row.line))
  }
}

extension TermStatus {
  /// The status that a cell names, in our words or those of other tools.
  init?(cell: String) {
    let aliases: [String: TermStatus] = [
      "approved": .preferred, "standard": .preferred, "non-standard": .deprecated,
      "provisional": .proposed, "draft": .proposed, "new": .proposed, "obsolete": .deprecated,
      "superseded": .deprecated, "notrecommended": .deprecated, "rejected": .deprecated,
    ]
    guard let status = TermStatus(rawValue: cell.lowercased()) ?? aliases[cell.lowercased()] else {
      return nil
    }
    self = status
  }
}

extension Concept {
  /// Adds the terms of a cell; without a status the first of its language is preferred and the
  /// others are admitted, those of further columns too.
  mutating func add(_ cell: String, language: LanguageTag, status: TermStatus?) {
    for text in splitTerms(cell) {
      let hasPreferred = terms.contains { $0.language == language && $0.status == .preferred }
      let own = status ?? (hasPreferred ? .admitted : .preferred)
      if !terms.contains(where: { $0.text == text && $0.language == language }) {
        terms.append(Term(text, language: language, status: own))
      }
    }
  }

  /// Takes over what another description of the same concept says beyond this one.
  public mutating func merge(_ other: Concept) {
    for term in other.terms {
      let known = terms.firstIndex { $0.text == term.text && $0.language == term.language }
      if let known {
        terms[known].properties.add(missingFrom: term.properties)
        continue
      }
      var term = term
      let hasPreferred = terms.contains { $0.language == term.language && $0.status == .preferred }
      if term.status == .preferred, hasPreferred { term.status = .admitted }
      let last = terms.lastIndex { $0.language == term.language }
      terms.insert(term, at: last.map { $0 + 1 } ?? terms.count)
    }
    let held = heldFields
    domain = domain ?? other.domain
    definition = definition ?? other.definition
    note = note ?? other.note
    source = source ?? other.source
    properties.add(missingFrom: other.properties, butOf: held)
  }
}

/// What parts the terms of a cell.
let termSeparator = " | "

/// The terms of a cell; a bar that belongs to a term is written `\|`.
func splitTerms(_ cell: String) -> [String] {
  var terms = [""]
  var isEscaped = false
  var scalars = Array(cell.unicodeScalars)
  scalars.append(" ")
  for (index, scalar) in scalars.dropLast().enumerated() {
    if isEscaped {
      if scalar != "|", scalar != "\\" { terms[terms.count - 1] += "\\" }
      terms[terms.count - 1].unicodeScalars.append(scalar)
      isEscaped = false
    } else if scalar == "\\", scalars[index + 1] == "|" || scalars[index + 1] == "\\" {
      isEscaped = true
    } else if scalar == "|" {
      terms.append("")
    } else {
      terms[terms.count - 1].unicodeScalars.append(scalar)
    }
  }
  return terms.map(\.trimmed).filter { !$0.isEmpty }
}

/// The cell that ``splitTerms(_:)`` reads back.
func joinTerms(_ terms: [String]) -> String {
  terms.map { term in
    var result = ""
    for scalar in term.unicodeScalars {
      if scalar == "|" || scalar == "\\" { result += "\\" }
      result.unicodeScalars.append(scalar)
    }
    return result
  }.joined(separator: termSeparator)
}
