public import Bitext
internal import GRDB
internal import Matching
internal import Segmentation

extension ConcordStore {
  /// How many translation units the store has.
  public func unitCount() throws(Trouble) -> Int {
    try read { try Int.fetchOne($0, sql: "SELECT count(*) FROM unit") ?? 0 }
  }

  /// Keeps units in the memory.
  ///
  /// A unit with the same languages, texts and origin as one that is there changes nothing, unless
  /// it says more about its context.
  public func save(
    _ units: [TranslationUnit], by change: Change
  ) throws(Trouble) -> [StoreOutcome: Int] {
    try write { database in
      var outcomes: [StoreOutcome: Int] = [:]
      for unit in units {
        outcomes[try database.save(unit, by: change), default: 0] += 1
      }
      return outcomes
    }
  }

  /// Keeps the units that `produce` hands over, as one change: for files too large to hold.
  public func saveEach(
    by change: Change, _ produce: ((TranslationUnit) throws -> Void) throws -> Void
  ) throws -> [StoreOutcome: Int] {
    try write { database in
      var outcomes: [StoreOutcome: Int] = [:]
      try produce { unit in outcomes[try database.save(unit, by: change), default: 0] += 1 }
      return outcomes
    }
  }

  /// Calls `body` with each unit, in the order in which they were added.
  public func forEachUnit(_ body: (TranslationUnit) throws -> Void) throws(Trouble) {
    try read { database in
      let rows = try Row.fetchCursor(database, sql: "SELECT * FROM unit ORDER BY id")
      while let row = try rows.next() { try body(TranslationUnit(row)) }
    }
  }

  /// The language that all units are translated from; `nil` when there is none or more than one.
  public func commonSourceLanguage() throws(Trouble) -> LanguageTag? {
    try read { database in
      let tags = try String.fetchAll(
        database, sql: "SELECT DISTINCT sourceLanguage FROM unit LIMIT 2")
      return tags.count == 1 ? LanguageTag(tags[0]) : nil
    }
  }
}

extension Database {
  fileprivate func save(_ unit: TranslationUnit, by change: Change) throws -> StoreOutcome {
    let keys = (MatchKey(unit.source), MatchKey(unit.target))
    let sourceKey = keys.0.text
    let same = try Row.fetchOne(
      cachedStatement(
        sql: """
          SELECT * FROM unit WHERE sourceKey = ? AND source = ? AND target = ?
            AND sourceLanguage = ? AND targetLanguage = ? AND origin IS ?
          """),
      arguments: [
        sourceKey, unit.source, unit.target, unit.sourceLanguage.description,
        unit.targetLanguage.description, unit.origin,
      ])
    if let same { return try update(TranslationUnit(same), with: unit, by: change) }
    let created = unit.created ?? change
    let statement = try cachedStatement(
      sql: """
        INSERT INTO unit
          (sourceLanguage, targetLanguage, source, target, previous, next, origin, score, created,
           creator, changed, changer, note, sourceKey, targetKey, sourceLength, targetLength)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)
    try statement.execute(arguments: [
      unit.sourceLanguage.description, unit.targetLanguage.description, unit.source, unit.target,
      unit.previous, unit.next, unit.origin, unit.score, created.date, created.author,
      unit.changed?.date, unit.changed?.author, unit.note, sourceKey,
      keys.1.text, keys.0.scalarCount, keys.1.scalarCount,
    ])
    return .added
  }

  /// Context, note and score may become known later; a repeated sentence keeps its first context.
  private func update(
    _ before: TranslationUnit, with unit: TranslationUnit, by change: Change
  ) throws -> StoreOutcome {
    var after = before
    after.previous = before.previous ?? unit.previous
    after.next = before.next ?? unit.next
    after.note = before.note ?? unit.note
    guard after != before, let id = before.id else { return .unchanged }
    try execute(
      sql: """
        UPDATE unit SET previous = ?, next = ?, note = ?, changed = ?, changer = ? WHERE id = ?
        """,
      arguments: [after.previous, after.next, after.note, change.date, change.author, id])
    try record(
      .changed, .unit, String(id), by: change, before: before.json(), after: after.json())
    return .changed
  }
}

extension TranslationUnit {
  init(_ row: Row) {
    self.init(
      id: row["id"], sourceLanguage: row.language("sourceLanguage"),
      targetLanguage: row.language("targetLanguage"), source: row["source"],
      target: row["target"], previous: row["previous"], next: row["next"], origin: row["origin"],
      score: row["score"], created: row.change("created", "creator"),
      changed: row.change("changed", "changer"), note: row["note"])
  }

  /// The whole unit, for the history.
  func json() -> String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("sourceLanguage", sourceLanguage.description)
      writer.member("targetLanguage", targetLanguage.description)
      writer.member("source", source)
      writer.member("target", target)
      writer.member("previous", previous)
      writer.member("next", next)
      writer.member("origin", origin)
      writer.member("score", share: score)
      writer.member("note", note)
    }
    return writer.text
  }
}
