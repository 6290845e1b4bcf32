internal import Bitext
internal import GRDB
internal import Matching
internal import Segmentation

/// The tables of a store and how older ones become newer ones.
enum Schema {
  /// "CNCD": tells a Concord store from other SQLite files.
  private static let applicationID = 0x434E_4344

  /// Brings the store to this version's tables.
  ///
  /// - Throws: `Trouble` for a store that a newer version wrote and for another program's file.
  static func migrate(_ queue: DatabaseQueue, path: String) throws {
    guard try !isCurrent(queue, path: path) else { return }
    try migrator.migrate(queue)
  }

  static func isCurrent(_ queue: DatabaseQueue, path: String) throws -> Bool {
    let migrator = migrator
    return try queue.read { database in
      let tables = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") ?? 0
      let owner = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
      guard owner == applicationID || tables == 0 else {
        throw Trouble("is another program's database, not a Concord store", file: path)
      }
      if try migrator.hasBeenSuperseded(database) {
        throw Trouble(
          "the store was written by a newer version of Concord: update concord to use it",
          file: path)
      }
      return try migrator.hasCompletedMigrations(database)
    }
  }

  /// Each version's change of the tables, never edited once it has been released.
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1 concepts, units, history") { database in
      try database.execute(sql: "PRAGMA application_id = \(applicationID)")
      try database.execute(
        sql: """
          CREATE TABLE concept (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            domain TEXT, definition TEXT, note TEXT, source TEXT,
            created TEXT, creator TEXT, changed TEXT, changer TEXT
          );
          CREATE TABLE term (
            number INTEGER PRIMARY KEY,
            concept INTEGER NOT NULL REFERENCES concept(number) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            language TEXT NOT NULL,
            text TEXT NOT NULL,
            status TEXT NOT NULL,
            -- The match key of the text, computed by Segmentation.
            key TEXT NOT NULL
          );
          CREATE INDEX termByConcept ON term(concept, position);
          CREATE INDEX termByKey ON term(key);
          CREATE TABLE unit (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            sourceLanguage TEXT NOT NULL, targetLanguage TEXT NOT NULL,
            source TEXT NOT NULL, target TEXT NOT NULL,
            previous TEXT, next TEXT, origin TEXT, score REAL,
            created TEXT, creator TEXT, changed TEXT, changer TEXT, note TEXT,
            sourceKey TEXT NOT NULL, targetKey TEXT NOT NULL,
            -- Code points of the keys: what a fuzzy search asks first.
            sourceLength INTEGER NOT NULL, targetLength INTEGER NOT NULL
          );
          CREATE INDEX unitBySource ON unit(sourceKey);
          CREATE INDEX unitBySourceLength ON unit(sourceLength);
          CREATE INDEX unitByTargetLength ON unit(targetLength);
          CREATE TABLE history (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            kind TEXT NOT NULL, item TEXT NOT NULL,
            date TEXT NOT NULL, author TEXT,
            action TEXT NOT NULL,
            -- JSON as list and show print it.
            before TEXT, after TEXT
          );
          CREATE INDEX historyByItem ON history(kind, item);
          """)
    }
    // Accents and apostrophes, and spaces beside marks of other width, made other keys before.
    migrator.registerMigration("2 keys of whole normal forms") { try $0.recomputeKeys() }
    migrator.registerMigration("3 proposals with their evidence") { try $0.createProposals() }
    migrator.registerMigration("4 properties of concepts and terms") { database in
      // JSON as list and show print it; NULL where there are none.
      try database.execute(
        sql: """
          ALTER TABLE concept ADD COLUMN properties TEXT;
          ALTER TABLE term ADD COLUMN properties TEXT;
          """)
    }
    migrator.registerMigration("5 units as their files have them") { database in
      try database.execute(
        sql: """
          ALTER TABLE unit ADD COLUMN tuid TEXT;
          -- The file that the unit came from, by its name.
          ALTER TABLE unit ADD COLUMN file TEXT;
          -- UnitDetails, in their own binary form.
          ALTER TABLE unit ADD COLUMN details BLOB;
          CREATE INDEX unitByName ON unit(tuid, origin) WHERE tuid IS NOT NULL;
          CREATE TABLE memoryFile (origin TEXT PRIMARY KEY, header BLOB NOT NULL) WITHOUT ROWID;
          """)
    }
    migrator.registerMigration("6 keys by their hashes") { database in
      try database.execute(
        sql: """
          DROP INDEX unitBySource;
          DROP INDEX unitBySourceLength;
          DROP INDEX unitByTargetLength;
          -- textHash of the keys: an index of numbers costs a fraction of one of texts.
          ALTER TABLE unit ADD COLUMN sourceHash INTEGER;
          ALTER TABLE unit ADD COLUMN targetHash INTEGER;
          """)
      try database.computeHashes()
      try database.makeUnitIndexes()
    }
    migrator.registerMigration("7 an index beside the memory") { try $0.createMemoryIndex() }
    migrator.registerMigration("8 operations of the memory") { try $0.createMemoryOperations() }
    migrator.registerMigration("9 operations done again") { try $0.extendMemoryOperations() }
    return migrator
  }

  /// The indexes of units, by name. A file that is brought into an empty store has them made when
  /// all its rows are there, in a fifth of the time.
  fileprivate static let unitIndexes = [
    ("unitBySourceHash", "unit(sourceHash)"),
    ("unitByName", "unit(tuid, origin) WHERE tuid IS NOT NULL"),
  ]
}

extension Database {
  func makeUnitIndexes() throws {
    for (name, place) in Schema.unitIndexes {
      try execute(sql: "CREATE INDEX IF NOT EXISTS \(name) ON \(place)")
    }
  }

  func dropUnitIndexes() throws {
    for (name, _) in Schema.unitIndexes { try execute(sql: "DROP INDEX IF EXISTS \(name)") }
  }

  fileprivate func computeHashes() throws {
    try forEachRow("SELECT id, sourceKey, targetKey FROM unit") { row in
      let (source, target) = (row["sourceKey"] as String, row["targetKey"] as String)
      try cachedStatement(sql: "UPDATE unit SET sourceHash = ?, targetHash = ? WHERE id = ?")
        .execute(arguments: [
          textHash(Array(source.utf8)), textHash(Array(target.utf8)), row["id"] as Int64,
        ])
    }
  }
}

extension Database {
  /// Makes the tables of proposals, and a proposal for each proposed term that is there.
  fileprivate func createProposals() throws {
    try execute(
      sql: """
        CREATE TABLE proposal (
          number INTEGER PRIMARY KEY AUTOINCREMENT,
          -- The concept that holds the terms, or did: its id and its number.
          concept TEXT NOT NULL, conceptNumber INTEGER NOT NULL,
          sourceLanguage TEXT NOT NULL, source TEXT NOT NULL,
          targetLanguage TEXT NOT NULL, target TEXT NOT NULL,
          score REAL, count INTEGER, sourceCount INTEGER, targetCount INTEGER,
          -- In which order reviewers have put it off.
          skipped INTEGER,
          -- NULL while it waits; then what was decided, the how-manieth, when and by whom, and the
          -- entries of the history that tell what it changed.
          decision TEXT, decisionOrder INTEGER, date TEXT, author TEXT,
          firstHistory INTEGER, lastHistory INTEGER
        );
        CREATE INDEX proposalByConcept ON proposal(concept);
        CREATE INDEX proposalByDecision ON proposal(decisionOrder);
        CREATE TABLE evidence (
          proposal INTEGER NOT NULL REFERENCES proposal(number) ON DELETE CASCADE,
          position INTEGER NOT NULL,
          file TEXT NOT NULL, bead INTEGER NOT NULL,
          sourceText TEXT NOT NULL, targetText TEXT NOT NULL,
          -- Bytes of the texts, end exclusive.
          sourceStart INTEGER NOT NULL, sourceEnd INTEGER NOT NULL,
          targetStart INTEGER NOT NULL, targetEnd INTEGER NOT NULL,
          PRIMARY KEY (proposal, position)
        ) WITHOUT ROWID;
        -- How a proposal spelt its terms before a decision on another one edited them.
        CREATE TABLE respelling (
          decision INTEGER NOT NULL REFERENCES proposal(number) ON DELETE CASCADE,
          proposal INTEGER NOT NULL REFERENCES proposal(number) ON DELETE CASCADE,
          source TEXT NOT NULL, target TEXT NOT NULL,
          PRIMARY KEY (decision, proposal)
        ) WITHOUT ROWID;
        """)
    let ids = try String.fetchAll(
      self,
      sql: """
        SELECT id FROM concept WHERE number IN (SELECT concept FROM term WHERE status = 'proposed')
        ORDER BY number
        """)
    for id in ids {
      if let concept = try concept(id) { try registerProposals(of: concept) }
    }
  }

  /// Brings the keys that are kept to those that Segmentation computes now.
  fileprivate func recomputeKeys() throws {
    try forEachRow("SELECT number AS id, text FROM term") { row in
      let text: String = row["text"]
      try cachedStatement(sql: "UPDATE term SET key = ? WHERE number = ?")
        .execute(arguments: [MatchKey(text).text, row["id"] as Int64])
    }
    try forEachRow("SELECT id, source, target FROM unit") { row in
      let (source, target) = (MatchKey(row["source"] as String), MatchKey(row["target"] as String))
      let statement = try cachedStatement(
        sql: """
          UPDATE unit SET sourceKey = ?, targetKey = ?, sourceLength = ?, targetLength = ?
          WHERE id = ?
          """)
      try statement.execute(arguments: [
        source.text, target.text, source.scalarCount, target.scalarCount, row["id"] as Int64,
      ])
    }
  }

  /// Goes through a table by its row numbers, a page at a time: the rows may be changed meanwhile.
  private func forEachRow(_ query: String, _ body: (Row) throws -> Void) throws {
    var last = Int64.min
    while true {
      let rows = try Row.fetchAll(
        cachedStatement(sql: query + " WHERE rowid > ? ORDER BY rowid LIMIT 1000"),
        arguments: [last])
      for row in rows { try body(row) }
      guard let next = rows.last?["id"] as Int64? else { return }
      last = next
    }
  }
}

extension MatchKey {
  /// As the store keeps it.
  var text: String { String(decoding: bytes, as: UTF8.self) }
}
