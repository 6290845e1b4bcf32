internal import Bitext

/// The columns of a table of concepts, and what stands in them.
struct GlossaryLayout {
  private let columns: [TermColumn]

  /// A column as it is written: `en` holds preferred and admitted terms, `en:admitted` the
  /// admitted ones of a concept that has no preferred one.
  private struct TermColumn: Hashable {
    var language: LanguageTag
    var status: TermStatus?

    var name: String {
      status.map { "\(language):\($0.rawValue)" } ?? language.description
    }
  }

  /// - Parameter columns: the languages and statuses that occur in the concepts, in the order
  ///   wanted.
  init(_ columns: [GlossaryTableWriter.Column]) {
    var list: [TermColumn] = []
    func add(_ column: TermColumn) { if !list.contains(column) { list.append(column) } }
    for column in columns where column.status.isAccepted {
      add(TermColumn(language: column.language, status: nil))
    }
    for column in columns where column.status != .preferred {
      add(TermColumn(language: column.language, status: column.status))
    }
    self.columns = list
  }

  /// The names of the columns.
  var header: [String] {
    ["id", "domain"] + columns.map(\.name) + ["definition", "note", "source"]
  }

  /// The cells of a concept.
  func fields(of concept: Concept) -> [String] {
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
    return fields + [concept.definition ?? "", concept.note ?? "", concept.source ?? ""]
  }
}
