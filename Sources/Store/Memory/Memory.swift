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
      var outcomes: [StoreOutcome: Int] = [:]
      let operation = try OpenOperation(database, .save, by: change)
      let saving = try UnitSaving(database, by: change, policy: .all)
      for unit in units { outcomes[try saving.save(unit), default: 0] += 1 }
      try operation.close()
      return outcomes
    }
    keepIndexNear()
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
    try write { database in
      var outcomes: [StoreOutcome: Int] = [:]
      let operation = try OpenOperation(database, .import, by: change)
      let saving = try UnitSaving(database, by: change, policy: policy)
      // Keys come in no order: with the pages of their index at hand, many are written but once.
      try database.execute(sql: "PRAGMA cache_size = -\(Self.bulkCache)")
      defer { try? database.execute(sql: "PRAGMA cache_size = -\(Self.usualCache)") }
      try produce { unit in outcomes[try saving.save(unit), default: 0] += 1 }
      try operation.close()
      return outcomes
    }
  }

  /// KiB of pages that are held in memory: SQLite's own choice, and while a file is read.
  private static let (usualCache, bulkCache) = (2000, 48_000)

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
      let rows = try Row.fetchCursor(
        database,
        sql: """
          SELECT \(UnitTable.inOrder) FROM unit ORDER BY id
          """)
      var tags = LanguageTagCache()
      while let row = try rows.next() { try body(TranslationUnit(inOrder: row, &tags)) }
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
  /// Reads the columns by their order, where looking for their names would cost most of the time.
  init(inOrder row: Row, _ tags: inout LanguageTagCache) {
    func change(_ date: Int, _ author: Int) -> Change? {
      (row[date] as String?).map { Change(date: $0, author: row[author]) }
    }
    self.init(
      id: row[0], sourceLanguage: tags(row[1]) ?? .english,
      targetLanguage: tags(row[2]) ?? .english, source: row[3], target: row[4], previous: row[5],
      next: row[6], origin: row[7], score: row[8], created: change(9, 10),
      changed: change(11, 12), note: row[13],
      details: (row[14] as Blob?).flatMap(UnitDetails.init(stored:)))
  }

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
