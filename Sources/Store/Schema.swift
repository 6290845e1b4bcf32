internal import Bitext
internal import GRDB

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
  private static var migrator: DatabaseMigrator {
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
    return migrator
  }
}
