public import Bitext

/// What must be known of all concepts before the first line of a UTX file can be written.
public struct UTXSurvey: Sendable {
  private(set) var sourceProperties: [String] = []
  private(set) var targetProperties: [String] = []
  private(set) var conceptColumns: [String] = []
  private(set) var latest: Timestamp?
  /// What the header says of a file that all concepts came from.
  private(set) var statements: [String: String] = [:]
  private var isFirst = true
  private let languages: TermPairLanguages

  public init(_ languages: TermPairLanguages) { self.languages = languages }

  /// Takes the next concept.
  public mutating func take(_ concept: Concept) {
    for term in concept.terms {
      for property in term.properties where property.name != UTX.status {
        if term.language == languages.source {
          sourceProperties.add(property.name)
        } else if term.language == languages.target {
          targetProperties.add(property.name)
        }
      }
    }
    for (name, value) in [
      ("domain", concept.domain), ("definition", concept.definition), ("comment", concept.note),
      ("source", concept.source),
    ] where value != nil { conceptColumns.add(name) }
    for property in concept.properties where property.language == nil {
      if !UTX.statements.contains(property.name) { conceptColumns.add(property.name) }
    }
    for date in [concept.created?.date, concept.changed?.date] {
      if let date, date > latest ?? "" { latest = date }
    }
    let own = Dictionary(
      UTX.statements.compactMap { name in concept.property(name).map { (name, $0) } },
      uniquingKeysWith: { first, _ in first })
    statements = isFirst ? own : statements.filter { own[$0.key] == $0.value }
    isFirst = false
  }
}

extension [String] {
  fileprivate mutating func add(_ text: String) { if !contains(text) { append(text) } }
}

/// Writes UTX 1.11, a line for each pair of terms.
public struct UTXWriter {
  private let output: OutputFile
  private let languages: TermPairLanguages
  private let survey: UTXSurvey
  private let columns: [String]
  private var losses = ListLosses()

  /// - Parameters:
  ///   - output: where the lines go.
  ///   - languages: the two that are written.
  ///   - survey: which all concepts have gone through.
  public init(to output: OutputFile, languages: TermPairLanguages, survey: UTXSurvey) {
    self.output = output
    self.languages = languages
    self.survey = survey
    columns = Self.columns(survey)
  }

  /// How many concepts were written.
  public private(set) var count = 0

  /// What the lines could not keep, once per reason.
  public var warnings: [Warning] { losses.warnings }

  public func writeHeader() throws {
    var parts = ["#UTX 1.11", "\(languages.source)/\(languages.target)"]
    // Readers look for the date in the third place.
    parts.append(survey.latest ?? "1970-01-01T00:00:00Z")
    for name in UTX.statements {
      guard let value = survey.statements[name] else { continue }
      let text = value.onOneLine.text.filter { $0 != ";" }
      parts.append(name == UTX.bidirectional && value == UTX.yes ? name : "\(name): \(text)")
    }
    try output.write(parts.joined(separator: "; ") + "\r\n#")
    try output.write(columns.joined(separator: "\t") + "\r\n")
  }

  private static func columns(_ survey: UTXSurvey) -> [String] {
    let sides = [("src", survey.sourceProperties), ("tgt", survey.targetProperties)]
    var columns = ["src", "tgt", "src:pos", "term status"]
    for (side, properties) in sides {
      for name in properties {
        let column = "\(side):\(name == UTX.partOfSpeech ? "pos" : name)"
        if !columns.contains(column) { columns.append(column) }
      }
    }
    return columns + survey.conceptColumns + ["concept ID"]
  }

  /// Writes the pairs of a concept: its first source term with every target term, and the other
  /// source terms with the first.
  public mutating func write(_ concept: Concept) throws {
    var sources: [Term] = []
    for term in concept.terms(in: languages.source) {
      if !term.status.isAccepted {
        losses.add(
          "source terms that are not to be used were left out, since a status of UTX is that of a "
            + "translation", term.text)
      } else if term.text.utf8.first == 0x23 || term.text.trimmed == UTX.empty {
        losses.add(
          "source terms that UTX takes for a remark or for nothing were left out", term.text)
      } else {
        sources.append(term)
      }
    }
    let targets = concept.terms(in: languages.target).filter { term in
      term.text.trimmed != UTX.empty
    }
    let others = concept.terms.first {
      $0.language != languages.source && $0.language != languages.target
    }
    if let others {
      losses.add("concepts have terms in further languages, which were left out", others.text)
    }
    guard let first = sources.first else {
      return losses.add("concepts without a source term in use were left out", concept.id)
    }
    count += 1
    for target in targets { try write(first, target, of: concept) }
    if targets.isEmpty { try write(first, nil, of: concept) }
    for source in sources.dropFirst() {
      try write(source, targets.first(where: \.status.isAccepted), of: concept)
    }
  }

  private mutating func write(_ source: Term, _ target: Term?, of concept: Concept) throws {
    let cells = columns.map { column -> String in
      let text = cell(column, source, target, concept)
      let flat = text.onOneLine
      if flat.isChanged {
        losses.add("tabs and line breaks became spaces: --format csv keeps them", text)
      }
      return flat.text.isEmpty ? UTX.empty : flat.text
    }
    try output.write(cells.joined(separator: "\t") + "\r\n")
  }

  private func cell(
    _ column: String, _ source: Term, _ target: Term?, _ concept: Concept
  ) -> String {
    func property(_ term: Term?, _ name: Substring) -> String {
      let name = name == "pos" ? UTX.partOfSpeech : String(name)
      return term?.properties.first { $0.name == name }?.value ?? ""
    }
    switch column {
    case "src": return source.text
    case "tgt": return target?.text ?? ""
    case UTX.status:
      let word = target?.properties.first { $0.name == UTX.status }?.value
      return word ?? target.map { UTX.word(for: $0.status) } ?? ""
    case "concept ID": return concept.id
    case "domain": return concept.domain ?? ""
    case "definition": return concept.definition ?? ""
    case "comment": return concept.note ?? ""
    case "source": return concept.source ?? ""
    case _ where column.hasPrefix("src:"): return property(source, column.dropFirst(4))
    case _ where column.hasPrefix("tgt:"): return property(target, column.dropFirst(4))
    default: return concept.property(column) ?? ""
    }
  }
}
