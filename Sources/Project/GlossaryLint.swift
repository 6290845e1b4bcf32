public import Bitext
internal import Formats
internal import Segmentation

/// The flow behind `lint`: reads glossaries with all their mistakes, and says what is wrong with
/// them as tables and as termbases. Several files, and the store, are judged as one termbase, as
/// `check` uses them.
public struct GlossaryLint {
  /// A term with its place.
  struct Entry {
    var text: String
    var language: LanguageTag
    /// The language's number among those of all terms.
    var tongue: Int
    var status: TermStatus
    var concept: Int
    /// Rows are numbered through all files: what stands in one row was written by one hand.
    var row: Int
    var location: Location
    /// The hashes of its key: two terms with the same are found by the same texts.
    var tokens: [UInt64]
    /// Where its characters stand in its cell; `nil` for a term of the store.
    var cell: CellPlace?
  }

  /// A term's stretch of a cell.
  struct CellPlace {
    var table: Int
    var cell: GlossaryCells.Cell
    var range: Range<Int>
  }

  /// One meaning, as the reader of glossaries would join it from the rows.
  struct LintConcept {
    var id: String
    var domain: String
    var entries: [Int] = []
    var location: Location
    /// The languages that it should have terms in: those of its table.
    var languages: [LanguageTag]
  }

  /// A term by its spelling.
  struct TermName: Hashable {
    var text: String
    var language: LanguageTag

    init(_ text: String, _ language: LanguageTag) {
      self.text = text
      self.language = language
    }
  }

  /// What two terms share that are found by the same texts.
  struct Key: Hashable {
    var tongue: Int
    var hash: UInt64
  }

  var entries: [Entry] = []
  var concepts: [LintConcept] = []
  var tables: [GlossaryCells] = []
  /// What was found while reading.
  var findings: [Diagnostic] = []
  private(set) var languages: [LanguageTag] = []
  /// The terms of the concepts that several rows make up.
  var joined: [Int: Set<TermName>] = [:]
  private var rows = 0
  private let tokenizer = KeyTokenizer()

  public init() {}

  /// How many concepts were read.
  public var conceptCount: Int { concepts.count }

  /// Reads a CSV or TSV glossary.
  ///
  /// - Parameters:
  ///   - file: its path, or `-`.
  ///   - options: how it is to be read.
  /// - Throws: `Trouble` for what is no table.
  public mutating func add(file: String, options: GlossaryOptions) throws(Trouble) {
    let name = file == "-" ? Files.standardInputName : file
    let text = try decodeText(try Files.read(file), file: name, encoding: options.encoding)
    let table = try GlossaryCells(
      text, file: name, languages: (options.source, options.target))
    tables.append(table)
    for column in table.unknownColumns {
      report(
        .unknownColumn, "the column “\(column.name)” is not known and is left out",
        Location(file: name, range: text.positions.source(column.range)), term: column.name)
    }
    var known: [String: Int] = [:]
    for row in table.rows { add(row, of: tables.count - 1, mapping: options.mapping, &known) }
  }

  /// Adds the concepts of a store; terms that wait for review are left out.
  ///
  /// - Parameters:
  ///   - termbase: its concepts.
  ///   - path: the store's.
  ///   - languages: that each concept should have terms in.
  public mutating func add(_ termbase: Termbase, from path: String, languages: [LanguageTag]) {
    let location = Location(file: path, range: 0..<0)
    for concept in termbase.concepts {
      rows += 1
      let own = concept.languages
      let missing = languages.filter { language in
        !own.contains { LanguageMatching.match($0, language) }
      }
      concepts.append(
        LintConcept(
          id: concept.id, domain: concept.domain ?? "", location: location,
          languages: own + missing))
      for term in concept.terms where term.status != .proposed { append(term, location, nil) }
    }
  }

  private mutating func add(
    _ row: GlossaryCells.Row, of table: Int, mapping: LanguageMapping, _ known: inout [String: Int]
  ) {
    rows += 1
    reportBroken(row, table)
    let cells = tables[table]
    var terms: [(term: Term, place: CellPlace)] = []
    let first = cells.languages.first
    for cell in row.cells {
      guard let language = cell.language else { continue }
      checkEdges(of: cell, in: cells)
      for (index, piece) in cell.pieces.enumerated() {
        var status = cell.status ?? (index == 0 ? .preferred : .admitted)
        // As the reader of glossaries has it: a status speaks of the translation.
        let isTarget = cells.languages.count < 2 || language != first
        if let own = row.status, own == .proposed || isTarget && status == .preferred {
          status = own
        }
        terms.append(
          (
            Term(piece.text, language: mapping(language), status: status),
            CellPlace(table: table, cell: cell, range: piece.range)
          ))
      }
    }
    let location = Location(file: cells.file, range: cells.text.positions.source(row.range))
    let source = terms.first { $0.term.language == first.map { mapping($0) } }?.term.text
    let name = row.id.isEmpty ? source.map { Self.joinedKey($0, row.domain) } : "#" + row.id
    let joined = name.flatMap { known[$0] }
    if joined == nil {
      if let name { known[name] = concepts.count }
      let id = row.id.isEmpty ? "\(Files.name(of: cells.file)):\(row.line)" : row.id
      concepts.append(
        LintConcept(
          id: id, domain: row.domain ?? "", location: location,
          languages: cells.languages.map { mapping($0) }))
    }
    if let joined { reportJoined(terms.map(\.term), row, joined, location) }
    for (term, place) in terms {
      append(
        term, Location(file: cells.file, range: cells.place(of: place.range, in: place.cell)),
        place, concept: joined)
    }
  }

  /// What rows of one concept share that have no id.
  private static func joinedKey(_ source: String, _ domain: String?) -> String {
    String(decoding: MatchKey(source).bytes, as: UTF8.self) + "\u{0}" + (domain ?? "")
  }

  private mutating func append(
    _ term: Term, _ location: Location, _ place: CellPlace?, concept: Int? = nil
  ) {
    let concept = concept ?? concepts.count - 1
    let tokens = tokenizer.tokens(of: term.text)
    let isMatchable = tokens.contains { $0.kind != .punctuation }
    let tongue = languages.firstIndex(of: term.language) ?? languages.count
    if tongue == languages.count { languages.append(term.language) }
    concepts[concept].entries.append(entries.count)
    entries.append(
      Entry(
        text: term.text, language: term.language, tongue: tongue, status: term.status,
        concept: concept, row: rows,
        location: location, tokens: isMatchable ? tokens.map(\.hash) : [], cell: place))
  }

  /// All that is wrong, the worst first, and else by file and place.
  public func diagnostics() -> [Diagnostic] {
    var found = self
    found.checkTerms()
    found.checkConcepts()
    found.checkTermbase()
    return found.findings.sorted { left, right in
      if left.severity != right.severity { return left.severity > right.severity }
      if left.location.file != right.location.file {
        return left.location.file < right.location.file
      }
      let (a, b) = (left.location.range, right.location.range)
      if a.lowerBound != b.lowerBound { return a.lowerBound < b.lowerBound }
      return (left.rule, left.term, left.concept ?? "", left.message) < (
        right.rule, right.term, right.concept ?? "", right.message
      )
    }
  }

  mutating func report(
    _ rule: GlossaryLintRule, severity: Severity? = nil, _ message: String, _ location: Location,
    concept: Int? = nil, term: String, expected: [String] = [], related: [Diagnostic.Evidence] = []
  ) {
    findings.append(
      Diagnostic(
        rule: rule.rawValue, severity: severity ?? rule.severity, message: message,
        location: location, concept: concept.map { concepts[$0].id }, term: term, found: term,
        expected: expected, related: related))
  }

  mutating func report(
    _ rule: GlossaryLintRule, severity: Severity? = nil, _ message: String, _ entry: Int,
    at location: Location? = nil, related: [Int] = []
  ) {
    let own = entries[entry]
    report(
      rule, severity: severity, message, location ?? own.location, concept: own.concept,
      term: own.text,
      related: related.map {
        Diagnostic.Evidence(location: entries[$0].location, text: entries[$0].text)
      })
  }
}
