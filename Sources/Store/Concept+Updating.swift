internal import Bitext

extension Concept {
  /// The stored concept with what a file says: the file's terms for its languages, its remarks
  /// where it has some.
  func updated(from file: Concept) -> Concept {
    var result = self
    for language in file.languages {
      let first = result.terms.firstIndex { $0.language == language } ?? result.terms.count
      result.terms.removeAll { $0.language == language }
      let known = terms.filter { $0.language == language }
      let new = file.terms.filter { $0.language == language }.map { $0.keeping(known) }
      result.terms.insert(contentsOf: new, at: min(first, result.terms.count))
    }
    result.domain = file.domain ?? domain
    result.definition = file.definition ?? definition
    result.note = file.note ?? note
    result.source = file.source ?? source
    // What a file says of a language, or of the concept, takes the place of what was said of that;
    // when it was made and changed is known here.
    let said = file.properties.filter { !$0.isAboutChanges }
    let spoken = Set(said.map(\.language))
    result.properties.removeAll { spoken.contains($0.language) && !$0.isAboutChanges }
    result.properties += said
    return result
  }
}

extension Property {
  /// Whether it tells more of the concept's first or last change.
  var isAboutChanges: Bool { name.hasPrefix("created/") || name.hasPrefix("changed/") }
}

extension Term {
  /// With what is known of the term, where a file says nothing of it: a table has no place for it.
  fileprivate func keeping(_ known: [Term]) -> Term {
    guard properties.isEmpty, let same = known.first(where: { $0.text == text }) else {
      return self
    }
    var term = self
    term.properties = same.properties
    return term
  }
}
