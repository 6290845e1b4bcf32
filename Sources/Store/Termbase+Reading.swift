public import Bitext
internal import GRDB
internal import Segmentation

/// Which concepts are asked for; what is `nil` does not matter.
public struct ConceptFilter: Sendable, Hashable {
  /// Part of any term, by match key.
  public var text: String?
  public var domain: String?
  /// A status that at least one term has.
  public var status: TermStatus?
  /// A language that at least one term has, by its canonical tag.
  public var language: LanguageTag?

  public init(
    text: String? = nil, domain: String? = nil, status: TermStatus? = nil,
    language: LanguageTag? = nil
  ) {
    self.text = text
    self.domain = domain
    self.status = status
    self.language = language
  }
}

extension ConcordStore {
  /// How many concepts the store has.
  public func conceptCount() throws(Trouble) -> Int {
    try read { try Int.fetchOne($0, sql: "SELECT count(*) FROM concept") ?? 0 }
  }

  /// The whole termbase, in the order in which the concepts were added.
  public func termbase() throws(Trouble) -> Termbase {
    var concepts: [Concept] = []
    try forEachConcept { concepts.append($0) }
    return Termbase(concepts: concepts)
  }

  /// Calls `body` with each concept that fits, one at a time.
  public func forEachConcept(
    _ filter: ConceptFilter = ConceptFilter(), _ body: (Concept) throws -> Void
  ) throws(Trouble) {
    try read { database in
      let concepts = try Row.fetchCursor(database, sql: "SELECT * FROM concept ORDER BY number")
      let terms = try Row.fetchCursor(
        database, sql: "SELECT * FROM term ORDER BY concept, position")
      var next = try terms.next()
      while let row = try concepts.next() {
        let number: Int64 = row["number"]
        var own: [Term] = []
        while let term = next, term["concept"] as Int64 == number {
          own.append(Term(term))
          next = try terms.next()
        }
        let concept = Concept(row, terms: own)
        if filter.fits(concept) { try body(concept) }
      }
    }
  }

  /// The concept with an id.
  public func concept(_ id: String) throws(Trouble) -> Concept? {
    try read { try $0.concept(id) }
  }

  public func history(ofConcept id: String) throws(Trouble) -> [HistoryEntry] {
    try read { try $0.history(of: .concept, id) }
  }

  /// The languages and statuses of the terms, by language and status.
  public func termKinds() throws(Trouble) -> [(language: LanguageTag, status: TermStatus)] {
    try read { database in
      let rows = try Row.fetchAll(
        database,
        sql: "SELECT language, status, min(number) AS first FROM term GROUP BY 1, 2 ORDER BY first")
      return rows.compactMap { row in
        TermStatus(rawValue: row["status"]).map { (row.language("language"), $0) }
      }
    }
  }
}

extension ConceptFilter {
  fileprivate func fits(_ concept: Concept) -> Bool {
    if let domain, concept.domain != domain { return false }
    if let status, !concept.terms.contains(where: { $0.status == status }) { return false }
    if let language,
      !concept.terms.contains(where: { LanguageMatching.match($0.language, language) })
    {
      return false
    }
    guard let text else { return true }
    let key = MatchKey(text).bytes
    return key.isEmpty || concept.terms.contains { MatchKey($0.text).bytes.contains(key) }
  }
}

extension Database {
  func concept(_ id: String) throws -> Concept? {
    guard
      let row = try Row.fetchOne(
        cachedStatement(sql: "SELECT * FROM concept WHERE id = ?"), arguments: [id])
    else { return nil }
    let terms = try Row.fetchAll(
      cachedStatement(sql: "SELECT * FROM term WHERE concept = ? ORDER BY position"),
      arguments: [row["number"] as Int64])
    return Concept(row, terms: terms.map { Term($0) })
  }

  /// The concepts that have a term with the same match key in the same language, and the same
  /// domain.
  func concepts(with term: Term, domain: String?) throws -> [Concept] {
    let rows = try Row.fetchAll(
      cachedStatement(
        sql: """
          SELECT DISTINCT concept.id AS id, term.language AS language, concept.number AS number
          FROM term JOIN concept ON concept.number = term.concept
          WHERE term.key = ? AND concept.domain IS ? ORDER BY number
          """), arguments: [term.storedKey, domain])
    var seen: Set<String> = []
    return try rows.compactMap { row in
      guard LanguageMatching.match(row.language("language"), term.language),
        seen.insert(row["id"]).inserted
      else { return nil }
      return try concept(row["id"])
    }
  }
}

extension Term {
  init(_ row: Row) {
    self.init(
      row["text"], language: row.language("language"),
      status: TermStatus(rawValue: row["status"]) ?? .admitted,
      properties: [Property](storedJSON: row["properties"]))
  }

  /// The match key as the store keeps it.
  var storedKey: String { MatchKey(text).text }
}

extension Concept {
  init(_ row: Row, terms: [Term]) {
    self.init(
      id: row["id"], terms: terms, domain: row["domain"], definition: row["definition"],
      note: row["note"], source: row["source"], created: row.change("created", "creator"),
      changed: row.change("changed", "changer"),
      properties: [Property](storedJSON: row["properties"]))
  }
}

extension [UInt8] {
  fileprivate func contains(_ other: [UInt8]) -> Bool {
    guard let first = other.first, other.count <= count else { return other.isEmpty }
    return (0...count - other.count).contains { start in
      self[start] == first && self[start..<start + other.count].elementsEqual(other)
    }
  }
}
