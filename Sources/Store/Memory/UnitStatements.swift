internal import Bitext
internal import GRDB
internal import GRDBSQLite
internal import Matching
internal import Segmentation

/// Puts units into the store.
///
/// This file alone speaks to SQLite itself, but for ``CommitWatch``: a row goes in and comes out as bytes,
/// where GRDB would make a value of each of its columns.
struct UnitInsertion {
  private let database: Database
  private let statement: Statement

  /// In the order in which they are bound; behind them the score, and what ``Keys`` holds.
  private static let columns: [UnitColumns.Column] = [
    .sourceLanguage, .targetLanguage, .source, .target, .previous, .next, .origin, .created,
    .creator, .changed, .changer, .note, .tuid, .file,
  ]

  init(_ database: Database) throws {
    self.database = database
    statement = try database.cachedStatement(
      sql: """
        INSERT INTO unit
          (sourceLanguage, targetLanguage, source, target, previous, next, origin, created, creator,
           changed, changer, note, tuid, file, details, score, sourceKey, targetKey, sourceHash,
           sourceLength, targetLength)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0)
        """)
  }

  /// Inserts a unit.
  func insert(_ unit: UnitColumns, _ source: UnitKey, _ target: UnitKey) throws {
    let code = unit.bytes.withUnsafeBufferPointer { bytes in
      source.bytes.withUnsafeBufferPointer { sourceKey in
        target.bytes.withUnsafeBufferPointer { targetKey in
          insert(unit, bytes, (sourceKey, source), (targetKey, target))
        }
      }
    }
    guard code == SQLITE_DONE else {
      throw DatabaseError(
        resultCode: ResultCode(rawValue: code), message: database.lastErrorMessage)
    }
  }

  private func insert(
    _ unit: UnitColumns, _ bytes: UnsafeBufferPointer<UInt8>,
    _ source: (bytes: UnsafeBufferPointer<UInt8>, key: UnitKey),
    _ target: (bytes: UnsafeBufferPointer<UInt8>, key: UnitKey)
  ) -> Int32 {
    let row = statement.sqliteStatement
    var place: Int32 = 0
    /// What is bound lies where it is until the statement is reset.
    func bind(_ text: UnsafeBufferPointer<UInt8>?) {
      place += 1
      guard let text else {
        sqlite3_bind_null(row, place)
        return
      }
      // An empty array may have no address, which would be NULL.
      let start = text.baseAddress ?? Self.noBytes
      start.withMemoryRebound(to: CChar.self, capacity: text.count) {
        _ = sqlite3_bind_text(row, place, $0, Int32(truncatingIfNeeded: text.count), nil)
      }
    }
    func bind(_ number: Int64) {
      place += 1
      sqlite3_bind_int64(row, place, number)
    }
    for column in Self.columns {
      bind(unit[column].map { UnsafeBufferPointer(rebasing: bytes[$0]) })
    }
    place += 1
    if let details = unit[.details] {
      let blob = UnsafeBufferPointer(rebasing: bytes[details])
      sqlite3_bind_blob(row, place, blob.baseAddress, Int32(truncatingIfNeeded: blob.count), nil)
    } else {
      sqlite3_bind_null(row, place)
    }
    place += 1
    if let score = unit.score {
      sqlite3_bind_double(row, place, score)
    } else {
      sqlite3_bind_null(row, place)
    }
    bind(source.bytes)
    bind(target.bytes)
    bind(source.key.hash)
    let code = sqlite3_step(row)
    sqlite3_reset(row)
    return code
  }

  /// An address for texts without bytes.
  nonisolated(unsafe) private static let noBytes = UnsafePointer(
    UnsafeMutablePointer<UInt8>.allocate(capacity: 1))
}

/// A match key as a row has it.
struct UnitKey {
  private(set) var bytes: [UInt8] = []
  var hash: Int64 { textHash(bytes) }

  /// Takes the key of another text.
  mutating func set(_ text: UnsafeBufferPointer<UInt8>) {
    bytes.removeAll(keepingCapacity: true)
    _ = MatchKey.append(keyOf: text, to: &bytes)
  }
}

/// Goes through units in the order in which they were added.
struct UnitCursor {
  private let rows: RawRows
  private var columns = UnitColumns()
  private var tags = LanguageTagCache()

  /// Their numbers are those of the statement's columns.
  private static let order = UnitColumns.Column.allCases

  private static let selection = """
    SELECT sourceLanguage, targetLanguage, source, target, previous, next, origin, created,
      creator, changed, changer, note, tuid, file, details, score, id
    FROM unit
    """

  /// - Parameters:
  ///   - database: in a transaction.
  ///   - condition: which units, in SQL.
  ///   - arguments: those of the condition.
  /// - Throws: SQLite's errors.
  init(
    _ database: Database, where condition: String = "TRUE", _ arguments: StatementArguments = []
  ) throws {
    let statement = try database.makeStatement(
      sql: Self.selection + " WHERE \(condition) ORDER BY id")
    try statement.setArguments(arguments)
    rows = RawRows(database, statement)
  }

  /// Goes through one unit at a time, by their numbers.
  init(byNumberIn database: Database) throws {
    rows = RawRows(database, try database.cachedStatement(sql: Self.selection + " WHERE id = ?"))
  }

  /// Calls `body` with each unit; what it is given holds until the next one.
  mutating func forEach(_ body: (UnitColumns) throws -> Void) throws {
    defer { rows.reset() }
    while try rows.next() {
      take()
      try body(columns)
    }
  }

  /// The unit of a number, for a cursor that goes by them.
  mutating func unit(_ id: Int64) throws -> TranslationUnit? {
    rows.bind(id)
    defer { rows.reset() }
    return try rows.next() ? unit() : nil
  }

  /// Calls `body` with each unit.
  mutating func forEachUnit(_ body: (TranslationUnit) throws -> Void) throws {
    defer { rows.reset() }
    while try rows.next() { try body(unit()) }
  }

  /// The unit of the row.
  private mutating func unit() -> TranslationUnit {
    func text(_ column: UnitColumns.Column) -> String? {
      rows.bytes(column.rawValue).map { String(decoding: $0, as: UTF8.self) }
    }
    func change(_ date: UnitColumns.Column, _ author: UnitColumns.Column) -> Change? {
      text(date).map { Change(date: $0, author: text(author)) }
    }
    let source = rows.bytes(UnitColumns.Column.sourceLanguage.rawValue).flatMap { tags($0) }
    let target = rows.bytes(UnitColumns.Column.targetLanguage.rawValue).flatMap { tags($0) }
    let details = rows.bytes(UnitColumns.Column.details.rawValue)
    var unit = TranslationUnit(
      id: rows.integer(Self.order.count + 1), sourceLanguage: source ?? .english,
      targetLanguage: target ?? .english, source: text(.source) ?? "",
      target: text(.target) ?? "", previous: text(.previous), next: text(.next),
      origin: text(.origin), score: rows.number(Self.order.count),
      created: change(.created, .creator), changed: change(.changed, .changer), note: text(.note))
    if let details { unit.kept = KeptDetails(stored: details) }
    return unit
  }

  private mutating func take() {
    columns.removeAll()
    for (index, column) in Self.order.enumerated() {
      if let bytes = rows.bytes(index) { columns.set(column, bytes) }
    }
    columns.score = rows.number(Self.order.count)
    columns.id = rows.integer(Self.order.count + 1)
  }
}

/// The rows of a statement, whose values are read where SQLite has them.
struct RawRows {
  private let database: Database
  private let statement: Statement

  init(_ database: Database, _ statement: Statement) {
    self.database = database
    self.statement = statement
  }

  /// Goes to the next row; whether there is one.
  func next() throws -> Bool {
    let code = sqlite3_step(statement.sqliteStatement)
    if code == SQLITE_ROW { return true }
    guard code == SQLITE_DONE else {
      throw DatabaseError(
        resultCode: ResultCode(rawValue: code), message: database.lastErrorMessage)
    }
    return false
  }

  func reset() { sqlite3_reset(statement.sqliteStatement) }

  /// Sets the only argument.
  func bind(_ number: Int64) { sqlite3_bind_int64(statement.sqliteStatement, 1, number) }

  /// A text or blob; `nil` where there is none. It holds until the next row.
  func bytes(_ column: Int) -> UnsafeBufferPointer<UInt8>? {
    let (row, place) = (statement.sqliteStatement, Int32(column))
    guard let start = sqlite3_column_blob(row, place) else {
      // An empty text has no address either.
      return sqlite3_column_type(row, place) == SQLITE_NULL
        ? nil : UnsafeBufferPointer(start: nil, count: 0)
    }
    return UnsafeBufferPointer(
      start: start.assumingMemoryBound(to: UInt8.self),
      count: Int(sqlite3_column_bytes(row, place)))
  }

  func integer(_ column: Int) -> Int64 {
    sqlite3_column_int64(statement.sqliteStatement, Int32(column))
  }

  func number(_ column: Int) -> Double? {
    let (row, place) = (statement.sqliteStatement, Int32(column))
    return sqlite3_column_type(row, place) == SQLITE_NULL ? nil : sqlite3_column_double(row, place)
  }
}

/// Tells whether the store is as it was: other connections change the one number, this one the other.
struct StoreVersion: Equatable {
  fileprivate let data: Int64
  fileprivate let changes: Int64
}

extension Database {
  /// Calls `body` in a transaction that sees one state of the store, outside of any other: for reads
  /// that are over in microseconds, where GRDB's own transactions take most of the time.
  func inSnapshot<Result>(_ body: (StoreVersion) throws -> Result) throws -> Result {
    try step("BEGIN")
    defer { try? step("COMMIT") }
    // A transaction sees what is there when it reads first.
    return try body(storeVersion())
  }

  /// The version of the store as it is, or as the transaction sees it.
  func storeVersion() throws -> StoreVersion {
    let rows = RawRows(self, try cachedStatement(sql: "PRAGMA data_version"))
    defer { rows.reset() }
    _ = try rows.next()
    return StoreVersion(
      data: rows.integer(0), changes: Int64(sqlite3_total_changes(sqliteConnection)))
  }

  private func step(_ sql: String) throws {
    let rows = RawRows(self, try cachedStatement(sql: sql))
    defer { rows.reset() }
    _ = try rows.next()
  }
}
