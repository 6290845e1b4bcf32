internal import Bitext
internal import GRDB

extension Database {
  /// The concepts of one file with ids that mean the same concepts here: where another concept has
  /// an id already, a number is put behind it, and references in the file follow.
  ///
  /// The same file again finds the ids that it got the first time.
  func withOwnIDs(
    _ concepts: [Concept], _ renamed: (Int, String) -> Void
  ) throws -> [Concept] {
    var own = Set(concepts.map(\.id))
    var names: [String: String] = [:]
    var result = concepts
    for (index, concept) in concepts.enumerated() where !concept.id.isEmpty {
      var id = concept.id
      var number = 2
      while let known = try self.concept(id), !known.shares(concept.terms) {
        repeat {
          id = "\(concept.id)-\(number)"
          number += 1
        } while own.contains(id)
      }
      guard id != concept.id else { continue }
      own.insert(id)
      names[concept.id] = id
      result[index].id = id
      renamed(index, id)
    }
    guard !names.isEmpty else { return result }
    for index in result.indices {
      result[index].properties.redirect(names)
      for term in result[index].terms.indices {
        result[index].terms[term].properties.redirect(names)
      }
    }
    return result
  }
}

extension Concept {
  /// Whether the concept has one of these terms, by match key.
  fileprivate func shares(_ others: [Term]) -> Bool { others.contains { term(like: $0) != nil } }
}

extension [Property] {
  fileprivate mutating func redirect(_ names: [String: String]) {
    for index in indices where self[index].name.hasSuffix("/@target") {
      self[index].value = names[self[index].value] ?? self[index].value
    }
  }
}
