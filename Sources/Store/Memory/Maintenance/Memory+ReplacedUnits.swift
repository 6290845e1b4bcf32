internal import Bitext
internal import GRDB
internal import Matching

/// Units that maintenance took out as repeats or changed: a file that holds them as they were, and
/// is brought in again, has nothing new.
///
/// What counts is what tells units apart when a file is brought in: languages, texts and origin, and
/// of units of files all else but dates and numbers. A unit counts as long as the operation stands
/// and the unit that stands for it is there, with texts that no file has replaced since. Units that
/// were deleted have none that stands for them: a file brings them back.
struct ReplacedUnits {
  private let database: Database
  private let isEmpty: Bool

  /// Of merges one after the other: more than anybody does.
  private static let longestChain = 64

  init(_ database: Database) throws {
    self.database = database
    isEmpty = try Row.fetchOne(database, sql: "SELECT 1 FROM replacedUnit LIMIT 1") == nil
  }

  /// Whether another unit stands for this one.
  func contains(_ unit: TranslationUnit) throws -> Bool {
    guard !isEmpty else { return false }
    let rows = try Row.fetchAll(
      database.cachedStatement(
        sql: """
          SELECT successor, identity, turn FROM replacedUnit
          JOIN memoryOperation ON number = operation AND undone IS NULL
          WHERE texts = ?
          """), arguments: [unit.textsHash])
    guard !rows.isEmpty else { return false }
    let identity = unit.identityHash
    for row in rows {
      let known: Int64? = row["identity"]
      guard identity == nil || known == nil || identity == known else { continue }
      if try stands(row["successor"], since: row["turn"]) { return true }
    }
    return false
  }

  /// Whether a unit, or the one that it was merged into, holds what maintenance made of it.
  private func stands(_ first: Int64, since turn: Int64) throws -> Bool {
    var (unit, turn) = (first, turn)
    for _ in 0..<Self.longestChain {
      let rewriting = try Row.fetchOne(
        database.cachedStatement(
          sql: """
            SELECT 1 FROM rewrittenUnit JOIN memoryOperation ON number = operation
            WHERE unit = ? AND undone IS NULL AND turn > ?
            """), arguments: [unit, turn])
      guard rewriting == nil else { return false }
      let isThere = try Row.fetchOne(
        database.cachedStatement(sql: "SELECT 1 FROM unit WHERE id = ?"), arguments: [unit])
      if isThere != nil { return true }
      let next = try Row.fetchOne(
        database.cachedStatement(
          sql: """
            SELECT successor, turn FROM replacedUnit
            JOIN memoryOperation ON number = operation AND undone IS NULL
            WHERE unit = ? AND successor <> unit ORDER BY turn DESC LIMIT 1
            """), arguments: [unit])
      guard let next else { return false }
      (unit, turn) = (next["successor"], next["turn"])
    }
    return false
  }

  /// Keeps in mind that a file's texts take the place of a unit's.
  func noteRewriting(of unit: Int64) throws {
    guard !isEmpty else { return }
    try database.cachedStatement(
      sql: "INSERT OR IGNORE INTO rewrittenUnit SELECT ?, number FROM openOperation"
    ).execute(arguments: [unit])
  }
}

extension Database {
  /// Keeps in mind that an operation of maintenance lets one unit stand for another, or for what it
  /// was itself.
  func noteReplacement(
    of unit: TranslationUnit, by successor: Int64, in operation: Int64
  ) throws {
    guard let id = unit.id else { return }
    try cachedStatement(
      sql: """
        INSERT OR IGNORE INTO replacedUnit (unit, operation, successor, texts, identity)
        VALUES (?, ?, ?, ?, ?)
        """
    ).execute(arguments: [id, operation, successor, unit.textsHash, unit.identityHash])
  }
}

extension TranslationUnit {
  /// Of languages, texts and origin.
  fileprivate var textsHash: Int64 {
    var hash = GroupHash()
    hash.add(sourceLanguage.description)
    hash.add(targetLanguage.description)
    hash.add(source)
    hash.add(target)
    if let origin { hash.add(origin) }
    return Int64(bitPattern: hash.value)
  }

  /// Of what else a file says of the unit; `nil` where it is of none.
  fileprivate var identityHash: Int64? { details.map { textHash($0.identity.stored) } }
}
