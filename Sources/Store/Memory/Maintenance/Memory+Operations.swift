public import Bitext
internal import GRDB

/// One change of the memory as a whole, which can be undone: an import, a saved bitext, or one of
/// the operations of maintenance.
public struct MemoryOperation: Sendable, Hashable {
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// A file was brought in.
    case `import`
    /// Units were kept that a program made, as `align --save` does.
    case save
    case deduplicate, edit, delete
  }

  /// From 1, in the order in which they were made.
  public var number: Int64
  public var kind: Kind
  /// What it was about: where the units came from, or how they were chosen.
  public var detail: String?
  /// When it was made, and by whom.
  public var change: Change
  /// Units that were added, changed and removed.
  public var added: Int
  public var changed: Int
  public var removed: Int
  /// When it was undone, and by whom; `nil` while it stands.
  public var undone: Change?
  /// Whether what it needs to be undone or done again was dropped.
  public var isForgotten = false

  /// The shape that `memory history` promises to other programs.
  public func json() -> String {
    var writer = JSONWriter()
    writer.object { write(to: &$0) }
    return writer.text
  }

  fileprivate func write(to writer: inout JSONWriter) {
    writer.member("operation", Int(number))
    writer.member("kind", kind.rawValue)
    writer.member("detail", detail)
    writer.member("date", change.date)
    writer.member("author", change.author)
    writer.member("added", added)
    writer.member("changed", changed)
    writer.member("removed", removed)
    writer.member("undone", undone?.date)
    writer.member("undoneBy", undone?.author)
    writer.key("forgotten")
    writer.value(isForgotten)
  }
}

/// What an operation met with in one unit.
public struct UnitHistoryEntry: Sendable, Hashable {
  public var operation: MemoryOperation
  /// The unit as it was before; `nil` where the operation added it.
  public var before: TranslationUnit?

  /// The shape that `memory history --id` promises to other programs.
  public func json() -> String {
    var writer = JSONWriter()
    writer.object { writer in
      operation.write(to: &writer)
      writer.key("before")
      writer.raw(before?.json() ?? "null")
    }
    return writer.text
  }
}

extension ConcordStore {
  /// What was done to the memory, the last operation first.
  public func memoryOperations() throws(Trouble) -> [MemoryOperation] {
    try read { database in
      try Row.fetchAll(database, sql: "SELECT * FROM memoryOperation ORDER BY number DESC")
        .map { MemoryOperation($0) }
    }
  }
}

extension ConcordStore {
  /// What was done to a unit and stands, the last operation first.
  ///
  /// - Parameter id: the unit's number; it may be gone.
  /// - Returns: the operations with the unit as it was before each.
  /// - Throws: `Trouble` when the store cannot be read.
  public func history(ofUnit id: Int64) throws(Trouble) -> [UnitHistoryEntry] {
    try read { database in
      let operations = try Row.fetchAll(
        database,
        sql: """
          SELECT * FROM memoryOperation
          WHERE undone IS NULL AND (? BETWEEN firstAdded AND lastAdded
            OR number IN (SELECT operation FROM formerUnit WHERE unit = ?))
          ORDER BY turn DESC
          """, arguments: [id, id])
      return try operations.map { row in
        let operation = MemoryOperation(row)
        let before = try Row.fetchOne(
          database, sql: "SELECT *, unit AS id FROM formerUnit WHERE operation = ? AND unit = ?",
          arguments: [operation.number, id])
        return UnitHistoryEntry(operation: operation, before: before.map { TranslationUnit($0) })
      }
    }
  }
}

/// An operation on the memory that is going on, within a transaction.
///
/// Units that are added are known by the range of their numbers; of each unit that is changed or
/// removed meanwhile, by whatever statement, a trigger keeps the row as it was.
struct OpenOperation {
  private let database: Database
  private let kind: MemoryOperation.Kind
  private let change: Change
  let number: Int64
  /// The last number that a unit had before.
  private let lastKnown: Int64

  init(_ database: Database, _ kind: MemoryOperation.Kind, by change: Change) throws {
    self.database = database
    self.kind = kind
    self.change = change
    number = try database.number("SELECT ifnull(max(number), 0) + 1 FROM memoryOperation")
    lastKnown = try database.lastUnitNumber()
    try database.cachedStatement(sql: "INSERT INTO openOperation (number, firstNew) VALUES (?, ?)")
      .execute(arguments: [number, lastKnown + 1])
  }

  /// Ends the operation.
  ///
  /// - Parameter detail: what it was about; `nil` names where the units came from.
  /// - Returns: the operation as it is kept; `nil` when it changed nothing.
  /// - Throws: what the database reports.
  @discardableResult
  func close(_ detail: String? = nil) throws -> MemoryOperation? {
    try database.cachedStatement(sql: "DELETE FROM openOperation").execute()
    let last = try database.lastUnitNumber()
    let touched = try database.number(
      "SELECT count(*) FROM formerUnit WHERE operation = \(number)")
    guard last > lastKnown || touched > 0 else { return nil }
    let removed = try database.number(
      """
      SELECT count(*) FROM formerUnit WHERE operation = \(number)
        AND NOT EXISTS (SELECT 1 FROM unit WHERE unit.id = formerUnit.unit)
      """)
    let operation = MemoryOperation(
      number: number, kind: kind, detail: try detail ?? origins(through: last), change: change,
      added: Int(last - lastKnown), changed: Int(touched - removed), removed: Int(removed))
    try database.cachedStatement(
      sql: """
        INSERT INTO memoryOperation
          (number, kind, detail, date, author, firstAdded, lastAdded, changed, removed, turn)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      number, kind.rawValue, operation.detail, change.date, change.author,
      last > lastKnown ? lastKnown + 1 : nil, last > lastKnown ? last : nil, operation.changed,
      operation.removed, try database.nextTurn(),
    ])
    return operation
  }

  /// The origin of the units, by the first and the last of them.
  private func origins(through last: Int64) throws -> String? {
    let origins = try String?.fetchAll(
      database,
      sql: last > lastKnown
        ? "SELECT origin FROM unit WHERE id IN (\(lastKnown + 1), \(last)) ORDER BY id"
        : "SELECT origin FROM formerUnit WHERE operation = \(number) ORDER BY unit LIMIT 1"
    ).compactMap { $0 }
    guard let first = origins.first, let end = origins.last else { return nil }
    return first == end ? first : "\(first) … \(end)"
  }
}

extension Database {
  func number(_ query: String) throws -> Int64 {
    try Int64.fetchOne(self, sql: query) ?? 0
  }

  /// The place of what happens now in the order of all that was done, undone and done again.
  func nextTurn() throws -> Int64 {
    try number("SELECT ifnull(max(turn), 0) + 1 FROM memoryOperation")
  }

  /// Changes units without the operation that goes on keeping what they were: what is no change.
  func outsideOperation(_ body: () throws -> Void) throws {
    // The triggers keep units with lower numbers than the first new one, which is above zero.
    let turnSign = try cachedStatement(sql: "UPDATE openOperation SET firstNew = -firstNew")
    try turnSign.execute()
    try body()
    try turnSign.execute()
  }

  /// The highest number that a unit ever had: no unit gets a number twice.
  fileprivate func lastUnitNumber() throws -> Int64 {
    try number("SELECT seq FROM sqlite_sequence WHERE name = 'unit'")
  }

  /// Makes the tables of operations, and the triggers that keep what units were before.
  func createMemoryOperations() throws {
    let columns = UnitColumnNames.own.joined(separator: ", ")
    let old = UnitColumnNames.own.map { "OLD.\($0)" }.joined(separator: ", ")
    let keep = """
        INSERT OR IGNORE INTO formerUnit (operation, unit, \(columns))
        SELECT number, OLD.id, \(old) FROM openOperation WHERE OLD.id < firstNew;
      """
    try execute(
      sql: """
        CREATE TABLE memoryOperation (
          number INTEGER PRIMARY KEY,
          kind TEXT NOT NULL, detail TEXT,
          date TEXT NOT NULL, author TEXT,
          -- The units that were added have neighbouring numbers; NULL where there are none.
          firstAdded INTEGER, lastAdded INTEGER,
          changed INTEGER NOT NULL, removed INTEGER NOT NULL,
          -- When it was undone, and by whom.
          undone TEXT, undoer TEXT
        );
        -- The operation of the transaction that goes on, else empty.
        CREATE TABLE openOperation (number INTEGER NOT NULL, firstNew INTEGER NOT NULL);
        -- Units as they were before an operation changed or removed them, in what is theirs: keys
        -- are computed again when they are put back.
        CREATE TABLE formerUnit (
          operation INTEGER NOT NULL, unit INTEGER NOT NULL,
          sourceLanguage TEXT NOT NULL, targetLanguage TEXT NOT NULL,
          source TEXT NOT NULL, target TEXT NOT NULL,
          previous TEXT, next TEXT, origin TEXT, score REAL,
          created TEXT, creator TEXT, changed TEXT, changer TEXT, note TEXT,
          tuid TEXT, file TEXT, details BLOB,
          PRIMARY KEY (operation, unit)
        );
        CREATE INDEX formerUnitByUnit ON formerUnit(unit, operation);
        CREATE TRIGGER unitIsChanged AFTER UPDATE ON unit BEGIN
        \(keep)
        END;
        CREATE TRIGGER unitIsRemoved AFTER DELETE ON unit BEGIN
        \(keep)
        END;
        """)
  }
}

extension MemoryOperation {
  init(_ row: Row) {
    let first: Int64? = row["firstAdded"]
    let last: Int64? = row["lastAdded"]
    var added = 0
    if let first, let last { added = Int(last - first + 1) }
    self.init(
      number: row["number"], kind: Kind(rawValue: row["kind"]) ?? .save, detail: row["detail"],
      change: Change(date: row["date"], author: row["author"]), added: added,
      changed: row["changed"], removed: row["removed"], undone: row.change("undone", "undoer"),
      isForgotten: row["isForgotten"])
  }
}
