public import Bitext
internal import GRDB
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
    let outcomes = try write { database in
      let operation = try OpenOperation(database, .save, by: change)
      let saving = try UnitSaving(database, by: change, policy: .all)
      for unit in units { try saving.save(unit) }
      try saving.finish()
      try operation.close()
      return saving.outcomes
    }
    // That the index cannot be written is no harm to what was kept.
    try? keepIndexNear()
    return outcomes
  }

  /// Keeps the units that `produce` hands over, as one change: for files too large to hold.
  ///
  /// - Parameters:
  ///   - change: when it is done, and by whom.
  ///   - policy: what becomes of several targets of one source.
  ///   - produce: calls what it is given with each unit.
  /// - Returns: how many units were added, changed and unchanged.
  /// - Throws: `Trouble`, and what `produce` throws; then nothing is kept.
  public func saveEach(
    by change: Change, policy: TargetPolicy = .all,
    _ produce: ((TranslationUnit) throws -> Void) throws -> Void
  ) throws -> [StoreOutcome: Int] {
    try saveMany(by: change, policy) { saving in
      try produce { (unit: TranslationUnit) in try saving.save(unit) }
    }
  }

  /// Keeps the units that `produce` hands over as columns, as one change.
  ///
  /// - Parameters:
  ///   - change: when it is done, and by whom.
  ///   - policy: what becomes of several targets of one source.
  ///   - produce: calls what it is given with each unit.
  /// - Returns: how many units were added, changed and unchanged.
  /// - Throws: `Trouble`, and what `produce` throws; then nothing is kept.
  package func saveColumns(
    by change: Change, policy: TargetPolicy = .all,
    _ produce: ((UnitColumns) throws -> Void) throws -> Void
  ) throws -> [StoreOutcome: Int] {
    try saveMany(by: change, policy) { saving in
      try produce { (unit: UnitColumns) in try saving.save(unit) }
    }
  }

  private func saveMany(
    by change: Change, _ policy: TargetPolicy,
    _ body: (UnitSaving) throws -> Void
  ) throws -> [StoreOutcome: Int] {
    try write { database in
      let operation = try OpenOperation(database, .import, by: change)
      let saving = try UnitSaving(database, by: change, policy: policy)
      // Hashes come in no order: with the pages of their index at hand, many are written but once.
      try database.execute(sql: "PRAGMA cache_size = -\(Self.bulkCache)")
      defer { try? database.execute(sql: "PRAGMA cache_size = -\(Self.usualCache)") }
      try body(saving)
      try saving.finish()
      try operation.close()
      return saving.outcomes
    }
  }

  /// KiB of pages that are held in memory: SQLite's own choice, and while a file is read.
  private static let (usualCache, bulkCache) = (2000, 24_000)

  /// Keeps what a file says of all its units, such as the header of a TMX file.
  public func saveHeader(_ header: [UInt8], of origin: String) throws(Trouble) {
    try write { database in
      try database.execute(
        sql: "INSERT OR REPLACE INTO memoryFile (origin, header) VALUES (?, ?)",
        arguments: [origin, Blob(header)])
    }
  }

  /// What the one file says that all units came from; `nil` where there are several, or one that
  /// said nothing.
  public func commonHeader() throws(Trouble) -> [UInt8]? {
    try read { database in
      let headers = try Blob?.fetchAll(
        database,
        sql: """
          SELECT DISTINCT header FROM unit LEFT JOIN memoryFile ON memoryFile.origin = unit.file
          LIMIT 2
          """)
      return headers.count == 1 ? headers[0]?.bytes : nil
    }
  }

  /// Calls `body` with each unit, in the order in which they were added.
  public func forEachUnit(_ body: (TranslationUnit) throws -> Void) throws(Trouble) {
    try read { database in
      var cursor = try UnitCursor(database)
      try cursor.forEachUnit(body)
    }
  }

  /// Calls `body` with the columns of each unit, in the order in which they were added.
  package func forEachUnitColumns(_ body: (UnitColumns) throws -> Void) throws(Trouble) {
    try read { database in
      var cursor = try UnitCursor(database)
      try cursor.forEach(body)
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

extension TranslationUnit {
  init(_ row: Row) {
    self.init(
      id: row["id"], sourceLanguage: row.language("sourceLanguage"),
      targetLanguage: row.language("targetLanguage"), source: row["source"],
      target: row["target"], previous: row["previous"], next: row["next"], origin: row["origin"],
      score: row["score"], created: row.change("created", "creator"),
      changed: row.change("changed", "changer"), note: row["note"],
      details: (row["details"] as Blob?).flatMap(UnitDetails.init(stored:)))
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
