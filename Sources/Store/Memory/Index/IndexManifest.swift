internal import GRDB
internal import Matching

/// What the store says of its index: which segments there are, and how far they go. It changes with
/// the rows, in transactions.
struct IndexManifest: Equatable {
  /// A segment's file.
  struct Segment: Equatable {
    var name: String
    var unitCount: Int
    var size: Int
    /// Units of the segment that were changed or removed since, ascending.
    var dead: [Int64]
  }

  /// Older ones first.
  var segments: [Segment] = []
  /// Raised with every change of the segments.
  var generation: Int64 = 0
  /// All units up to this one are in segments, but for those that changed since.
  var lastUnit: Int64 = 0
  /// All changes of units up to this one were seen.
  var lastChange: Int64 = 0

  /// Of the segments and of the keys that they are made from: another version's are made anew.
  static let version = Int(SegmentLayout.version) << 8 | keyVersion
  /// Raised whenever match keys change.
  private static let keyVersion = 1
}

/// How far a store's rows go.
struct MemoryState: Equatable {
  var generation: Int64
  var lastUnit: Int64
  var lastChange: Int64
  /// The greatest numbers that there are.
  var maxUnit: Int64
  var maxChange: Int64

  /// About how many units no segment has as they are now.
  var pendingCount: Int64 { max(0, maxUnit - lastUnit) + max(0, maxChange - lastChange) }
}

extension Database {
  /// Makes the tables in which the store says what its index holds.
  func createMemoryIndex() throws {
    try execute(
      sql: """
        CREATE TABLE memorySegment (
          number INTEGER PRIMARY KEY AUTOINCREMENT,
          -- The file's name: the checksum of its content.
          name TEXT NOT NULL UNIQUE,
          units INTEGER NOT NULL, bytes INTEGER NOT NULL,
          -- Numbers of units that it has no longer, eight bytes each, ascending.
          dead BLOB NOT NULL
        );
        CREATE TABLE memoryIndex (
          version INTEGER NOT NULL, generation INTEGER NOT NULL,
          -- All units and changes up to these are in the segments.
          lastUnit INTEGER NOT NULL, lastChange INTEGER NOT NULL
        );
        INSERT INTO memoryIndex VALUES (\(IndexManifest.version), 0, 0, 0);
        -- Units whose texts were changed or that were removed: what segments say of them no longer
        -- holds. A unit that is put back under its old number has to be written here too.
        CREATE TABLE unitChange (
          number INTEGER PRIMARY KEY AUTOINCREMENT, unit INTEGER NOT NULL
        );
        CREATE TRIGGER unitTextChanged
          AFTER UPDATE OF source, target, sourceLanguage, targetLanguage ON unit
          BEGIN INSERT INTO unitChange (unit) VALUES (OLD.id); END;
        CREATE TRIGGER unitRemoved AFTER DELETE ON unit
          BEGIN INSERT INTO unitChange (unit) VALUES (OLD.id); END;
        """)
  }

  /// - Returns: `nil` when another version wrote the index.
  func memoryState() throws -> MemoryState? {
    let statement = try cachedStatement(
      sql: """
        SELECT version, generation, lastUnit, lastChange,
          ifnull((SELECT max(id) FROM unit), 0), ifnull((SELECT max(number) FROM unitChange), 0)
        FROM memoryIndex
        """)
    guard let row = try Row.fetchOne(statement), row[0] as Int == IndexManifest.version else {
      return nil
    }
    return MemoryState(
      generation: row[1], lastUnit: row[2], lastChange: row[3], maxUnit: row[4], maxChange: row[5])
  }

  func indexManifest() throws -> IndexManifest {
    guard let state = try memoryState() else { return IndexManifest() }
    let rows = try Row.fetchAll(
      self, sql: "SELECT name, units, bytes, dead FROM memorySegment ORDER BY number")
    return IndexManifest(
      segments: rows.map { row in
        IndexManifest.Segment(
          name: row[0], unitCount: row[1], size: row[2],
          dead: [Int64](stored: (row[3] as Blob).bytes))
      }, generation: state.generation, lastUnit: state.lastUnit, lastChange: state.lastChange)
  }

  /// Puts a manifest in the place of the one that is there.
  ///
  /// - Parameters:
  ///   - manifest: the new one.
  ///   - generation: the one that it was made from.
  /// - Returns: whether that was still the one that is there; else nothing is changed.
  /// - Throws: SQLite's errors.
  func replaceIndexManifest(_ manifest: IndexManifest, of generation: Int64) throws -> Bool {
    let current =
      try Int64.fetchOne(self, sql: "SELECT generation FROM memoryIndex") ?? generation
    guard current == generation else { return false }
    try execute(sql: "DELETE FROM memorySegment")
    for segment in manifest.segments {
      try execute(
        sql: "INSERT INTO memorySegment (name, units, bytes, dead) VALUES (?, ?, ?, ?)",
        arguments: [segment.name, segment.unitCount, segment.size, Blob(segment.dead.stored)])
    }
    try execute(
      sql: "UPDATE memoryIndex SET version = ?, generation = ?, lastUnit = ?, lastChange = ?",
      arguments: [
        IndexManifest.version, generation + 1, manifest.lastUnit, manifest.lastChange,
      ])
    try execute(
      sql: "DELETE FROM unitChange WHERE number <= ?", arguments: [manifest.lastChange])
    return true
  }

  /// The units that were changed or removed since the segments were made, ascending.
  func changedUnits(after change: Int64) throws -> [Int64] {
    try Int64.fetchAll(
      cachedStatement(sql: "SELECT DISTINCT unit FROM unitChange WHERE number > ? ORDER BY unit"),
      arguments: [change])
  }
}

extension [Int64] {
  fileprivate init(stored bytes: [UInt8]) {
    self = stride(from: 0, to: bytes.count - 7, by: 8).map { index in
      bytes[index..<index + 8].reversed().reduce(0) { $0 << 8 | Int64($1) }
    }
  }

  fileprivate var stored: [UInt8] {
    flatMap { number in (0..<8).map { UInt8(truncatingIfNeeded: number >> (8 * Int64($0))) } }
  }
}
