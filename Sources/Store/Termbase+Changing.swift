public import Bitext
internal import GRDB
internal import Segmentation

/// What became of a concept or unit that was to be kept.
public enum StoreOutcome: Sendable, Hashable {
  case added
  case changed
  case unchanged
}

/// Which concept a new pair of terms belongs to.
public enum ConceptChoice: Sendable, Hashable {
  /// The one concept that has the source term, else a new one.
  case bySource
  /// A new one, though others have the term: a homonym.
  case new
  case id(String)
}

extension ConcordStore {
  /// Adds a concept, or its terms to the concept that has the source term.
  ///
  /// - Parameters:
  ///   - concept: its first term is the source term.
  ///   - choice: which concept is meant where the store has some with that term.
  ///   - change: who adds it, and when.
  /// - Returns: the concept as it now stands, and what was done.
  /// - Throws: `Trouble` when several concepts have the source term and none was chosen.
  public func add(
    _ concept: Concept, choice: ConceptChoice = .bySource, by change: Change
  ) throws(Trouble) -> (concept: Concept, outcome: StoreOutcome) {
    try write { try $0.add(concept, choice: choice, by: change) }
  }

  /// Puts a changed concept in the place of the one with its id.
  ///
  /// - Parameters:
  ///   - concept: as it is to be.
  ///   - rejects: whether proposed terms that it lacks were rejected: then the pairs are not
  ///     proposed again.
  ///   - change: who changes it, and when.
  /// - Returns: what was done.
  /// - Throws: `Trouble` when there is no such concept.
  public func replace(
    _ concept: Concept, rejects: Bool = false, by change: Change
  ) throws(Trouble) -> StoreOutcome {
    try write { database in
      guard let before = try database.concept(concept.id) else {
        throw Trouble("there is no concept \(concept.id): 'concord list' shows them")
      }
      return try database.replace(before, with: concept, rejects: rejects, by: change).outcome
    }
  }

  /// Removes the concepts with these ids; all of them or, when one does not exist, none.
  ///
  /// - Parameters:
  ///   - ids: of the concepts.
  ///   - rejects: whether their proposed terms were rejected: then the pairs are not proposed
  ///     again.
  ///   - change: who removes them, and when.
  /// - Throws: `Trouble` when one does not exist.
  public func removeConcepts(
    _ ids: [String], rejects: Bool = false, by change: Change
  ) throws(Trouble) {
    try write { database in
      for id in ids {
        guard let concept = try database.concept(id) else {
          throw Trouble("there is no concept \(id): 'concord list' shows them")
        }
        try database.remove(concept, rejects: rejects, by: change)
      }
    }
  }

  /// Takes in the concepts of a file, as one change: what is there already stays as it is.
  ///
  /// A concept with an id updates the one with that id: its terms take the place of the terms in
  /// the same languages. One without joins the concept that has its first term.
  ///
  /// - Parameters:
  ///   - concepts: in the order of the file.
  ///   - change: who takes them in, and when.
  ///   - idsAreLocal: whether the ids tell the concepts of this file apart and no more: then a
  ///     concept that shares no term with the one that has its id is another one, and gets an id of
  ///     its own.
  ///   - renamed: hears of those, by their index, with the id that each got.
  ///   - place: leads from the index of a concept to the file and line it came from.
  /// - Returns: how many concepts met each outcome.
  /// - Throws: `Trouble` with that place when a concept cannot be told from others.
  public func importConcepts(
    _ concepts: [Concept], by change: Change, idsAreLocal: Bool = false,
    renamed: (Int, String) -> Void = { _, _ in }, place: (Int) -> (file: String, line: Int)?
  ) throws(Trouble) -> [StoreOutcome: Int] {
    try write { database in
      var outcomes: [StoreOutcome: Int] = [:]
      let concepts = idsAreLocal ? try database.withOwnIDs(concepts, renamed) : concepts
      for (index, concept) in concepts.enumerated() {
        do {
          let known = concept.id.isEmpty ? nil : try database.concept(concept.id)
          let outcome =
            if let known {
              try database.replace(known, with: known.updated(from: concept), by: change).outcome
            } else if concept.id.isEmpty {
              try database.add(concept, choice: .bySource, by: change).outcome
            } else {
              try database.insert(concept, by: change).outcome
            }
          outcomes[outcome, default: 0] += 1
        } catch let trouble as Trouble {
          let place = place(index)
          throw Trouble(trouble.message, file: place?.file, line: place?.line)
        }
      }
      return outcomes
    }
  }
}

extension Database {
  fileprivate func add(
    _ concept: Concept, choice: ConceptChoice, by change: Change
  ) throws -> (concept: Concept, outcome: StoreOutcome) {
    switch choice {
    case .new: return try insert(concept, by: change)
    case .id(let id):
      guard let known = try self.concept(id) else {
        throw Trouble("there is no concept \(id): 'concord list' shows them")
      }
      return try join(known, concept, by: change)
    case .bySource:
      guard let source = concept.terms.first else { throw Trouble("a concept needs a term") }
      var known = try concepts(with: source, domain: concept.domain)
      if known.count > 1 {
        let complete = known.filter { $0.has(concept.terms) }
        if complete.count == 1 { known = complete }
      }
      guard known.count < 2 else {
        let ids = known.map(\.id).joined(separator: ", ")
        throw Trouble(
          "“\(source.text)” is a term of the concepts \(ids): choose one with --concept ID, or make "
            + "another one with --new")
      }
      guard let known = known.first else { return try insert(concept, by: change) }
      return try join(known, concept, by: change)
    }
  }

  private func join(
    _ known: Concept, _ concept: Concept, by change: Change
  ) throws -> (concept: Concept, outcome: StoreOutcome) {
    var merged = known
    merged.join(concept)
    return try replace(known, with: merged, by: change)
  }

  /// Adds a concept as one of its own.
  ///
  /// - Parameters:
  ///   - concept: without an id it gets its number as one.
  ///   - number: its place among the concepts, where it had one before; `nil` puts it last.
  ///   - change: who adds it, and when.
  /// - Returns: the concept as it is kept.
  /// - Throws: what the database reports.
  func insert(
    _ concept: Concept, number: Int64? = nil, by change: Change
  ) throws -> (concept: Concept, outcome: StoreOutcome) {
    var concept = concept
    concept.sortTerms()
    concept.created = concept.created ?? change
    let statement = try cachedStatement(
      sql: """
        INSERT INTO concept
          (number, id, domain, definition, note, source, created, creator, changed, changer,
           properties)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)
    let isNumbered = concept.id.isEmpty
    // A number of its own comes with the row; until then a name that no concept has.
    try statement.execute(arguments: [
      number, isNumbered ? "\u{0}" : concept.id, concept.domain, concept.definition, concept.note,
      concept.source, concept.created?.date, concept.created?.author, concept.changed?.date,
      concept.changed?.author, concept.properties.storedJSON,
    ])
    let number = lastInsertedRowID
    if isNumbered {
      concept.id = try freeID(number)
      try execute(
        sql: "UPDATE concept SET id = ? WHERE number = ?", arguments: [concept.id, number])
    }
    try insertTerms(concept.terms, number)
    try record(.added, .concept, concept.id, by: change, before: nil, after: concept.json())
    try settleProposals(of: concept, id: concept.id, by: change)
    return (concept, .added)
  }

  /// The number as the id, unless a file has brought a concept of that name.
  private func freeID(_ number: Int64) throws -> String {
    var candidate = number
    while try concept(String(candidate)) != nil { candidate += 1_000_000 }
    return String(candidate)
  }

  func replace(
    _ before: Concept, with concept: Concept, rejects: Bool = false, by change: Change
  ) throws -> (concept: Concept, outcome: StoreOutcome) {
    var concept = concept
    concept.sortTerms()
    concept.id = before.id
    concept.created = before.created
    concept.changed = before.changed
    guard concept != before else { return (before, .unchanged) }
    concept.changed = change
    concept.properties.removeAll { $0.name.hasPrefix("changed/") }
    try overwrite(before, with: concept, rejects: rejects, by: change)
    return (concept, .changed)
  }

  /// Puts a concept in the place of another one with the same id, date and all.
  func overwrite(
    _ before: Concept, with concept: Concept, rejects: Bool = false, by change: Change
  ) throws {
    guard let number = try conceptNumber(before.id) else { return }
    try execute(
      sql: """
        UPDATE concept SET domain = ?, definition = ?, note = ?, source = ?, changed = ?,
          changer = ?, properties = ?
        WHERE number = ?
        """,
      arguments: [
        concept.domain, concept.definition, concept.note, concept.source, concept.changed?.date,
        concept.changed?.author, concept.properties.storedJSON, number,
      ])
    try execute(sql: "DELETE FROM term WHERE concept = ?", arguments: [number])
    try insertTerms(concept.terms, number)
    try record(
      .changed, .concept, concept.id, by: change, before: before.json(), after: concept.json())
    try settleProposals(of: concept, id: concept.id, by: change, rejects: rejects)
  }

  func remove(_ concept: Concept, rejects: Bool = false, by change: Change) throws {
    try execute(sql: "DELETE FROM concept WHERE id = ?", arguments: [concept.id])
    try record(.removed, .concept, concept.id, by: change, before: concept.json(), after: nil)
    try settleProposals(of: nil, id: concept.id, by: change, rejects: rejects)
  }

  private func insertTerms(_ terms: [Term], _ concept: Int64) throws {
    let statement = try cachedStatement(
      sql: """
        INSERT INTO term (concept, position, language, text, status, key, properties)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """)
    for (position, term) in terms.enumerated() {
      try statement.execute(arguments: [
        concept, position, term.language.description, term.text, term.status.rawValue,
        term.storedKey, term.properties.storedJSON,
      ])
    }
  }
}

extension Concept {
  /// Whether the concept has all of these terms, by match key.
  fileprivate func has(_ others: [Term]) -> Bool { others.allSatisfy { term(like: $0) != nil } }

  /// The index of the term with the same key in the same language.
  func term(like other: Term) -> Int? {
    let key = MatchKey(other.text)
    return terms.firstIndex {
      LanguageMatching.match($0.language, other.language) && MatchKey($0.text) == key
    }
  }

  /// Takes over the terms and remarks of another description: a new accepted term is admitted,
  /// since the preferred one has been chosen before.
  mutating func join(_ other: Concept) {
    for term in other.terms {
      if let known = self.term(like: term) {
        terms[known].properties.add(missingFrom: term.properties)
        continue
      }
      var term = term
      let hasPreferred = terms.contains {
        $0.status == .preferred && LanguageMatching.match($0.language, term.language)
      }
      if term.status == .preferred, hasPreferred { term.status = .admitted }
      let last = terms.lastIndex { LanguageMatching.match($0.language, term.language) }
      terms.insert(term, at: last.map { $0 + 1 } ?? terms.count)
    }
    let held = heldFields
    definition = definition ?? other.definition
    note = note ?? other.note
    source = source ?? other.source
    properties.add(missingFrom: other.properties, butOf: held)
  }
}
