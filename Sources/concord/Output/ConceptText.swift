internal import Bitext
internal import Store

/// Prints concepts for people.
enum ConceptText {
  /// One line: id, the preferred term of each language, and what is special.
  static func line(_ concept: Concept, widths: [Int], languages: [LanguageTag]) -> String {
    var cells = [Columns.pad(concept.id.visible, to: widths[0])]
    for (index, language) in languages.enumerated() {
      let term = concept.terms.first { $0.language == language }
      let text = term.map { Self.term($0) } ?? "—"
      cells.append(Columns.pad(Columns.cut(text, to: widths[index + 1]), to: widths[index + 1]))
    }
    cells.append((concept.domain ?? "").visible)
    var line = cells.joined(separator: "  ")
    while line.hasSuffix(" ") { line.removeLast() }
    return line + "\n"
  }

  static func term(_ term: Term) -> String {
    term.status == .preferred || term.status == .admitted
      ? term.text.visible : "\(term.text.visible) (\(term.status.rawValue))"
  }

  /// Everything about a concept.
  static func full(_ concept: Concept, history: [HistoryEntry] = []) -> String {
    var text = "concept \(concept.id.visible)\n"
    for language in concept.languages {
      let terms = concept.terms.filter { $0.language == language }
      let list = terms.map { "\($0.text.visible) (\($0.status.rawValue))" }
      text += field(language.description, list.joined(separator: "; "))
      for term in terms {
        for property in term.properties { text += remark(property, of: term.text.visible) }
      }
    }
    text += field("domain", concept.domain)
    text += field("definition", concept.definition)
    text += field("note", concept.note)
    text += field("source", concept.source)
    text += field("created", concept.created.map(when))
    text += field("changed", concept.changed.map(when))
    for property in concept.properties {
      text += remark(property, of: property.language?.description)
    }
    guard !history.isEmpty else { return text }
    text += "history\n"
    for entry in history { text += "  \(when(entry.change))  \(entry.action.rawValue)\n" }
    return text
  }

  private static func field(_ name: String, _ value: String?) -> String {
    value.map { "  \(Columns.pad(name, to: 10))  \($0.visible)\n" } ?? ""
  }

  /// A remark of the concept's file; ids, references and the records of old changes are for programs.
  private static func remark(_ property: Property, of whom: String?) -> String {
    let parts = property.name.split(separator: "/")
    let isForPrograms =
      parts.contains { $0.hasPrefix("@") }
      || ["transactionType", "created", "changed"].contains(parts.first)
    if isForPrograms { return "" }
    let name = whom.map { "\(property.name.visible) (\($0))" } ?? property.name.visible
    return "    \(name): \(property.value.visible)\n"
  }

  private static func when(_ change: Change) -> String {
    change.author.map { "\(change.date) by \($0)" } ?? change.date
  }
}
