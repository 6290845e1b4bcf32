internal import Bitext
internal import GRDB
internal import Matching
internal import Segmentation

/// The columns of a unit's row.
enum UnitColumnNames {
  /// What the unit says itself. A column that `unit` gets beside these belongs into `formerUnit` as
  /// well, or undoing loses it.
  static let own = [
    "sourceLanguage", "targetLanguage", "source", "target", "previous", "next", "origin", "score",
    "created", "creator", "changed", "changer", "note", "tuid", "file", "details",
  ]

  /// What is computed from the texts: searches go by them.
  static let derived = ["sourceKey", "targetKey", "sourceHash"]

  /// What nobody reads, and a row must have.
  static let unread = ["sourceLength", "targetLength"]

  /// The values of ``derived`` for two texts.
  static func derivedValues(_ source: String, _ target: String) -> [(any DatabaseValueConvertible)?]
  {
    let source = MatchKey(source)
    return [source.text, MatchKey(target).text, textHash(source.bytes)]
  }
}

extension TranslationUnit {
  /// The values of ``UnitColumnNames/own``.
  fileprivate var ownValues: [(any DatabaseValueConvertible)?] {
    [
      sourceLanguage.description, targetLanguage.description, source, target, previous, next,
      origin, score, created?.date, created?.author, changed?.date, changed?.author, note,
      details?.unit["tuid"], details?.file, details.map { Blob($0.stored) },
    ]
  }
}

extension Database {
  /// The unit of a number.
  func unit(_ id: Int64) throws -> TranslationUnit? {
    var units = try UnitCursor(byNumberIn: self)
    return try units.unit(id)
  }

  /// Puts a unit in the place of the one with its number, with new keys. What it was is kept with
  /// the operation that goes on, as for all that follows.
  func overwrite(_ id: Int64, with unit: TranslationUnit) throws {
    let columns = (UnitColumnNames.own + UnitColumnNames.derived).map { "\($0) = ?" }
    let values =
      unit.ownValues + UnitColumnNames.derivedValues(unit.source, unit.target) + [id]
    try cachedStatement(
      sql: "UPDATE unit SET \(columns.joined(separator: ", ")) WHERE id = ?"
    ).execute(arguments: StatementArguments(values))
  }

  /// Takes a unit out.
  func removeUnit(_ id: Int64) throws {
    try cachedStatement(sql: "DELETE FROM unit WHERE id = ?").execute(arguments: [id])
  }

  /// Makes a unit what a copy of it is: in its place, or under its number again where it is gone.
  /// What the unit says itself comes out of the copy as it is, its keys are new.
  ///
  /// - Parameters:
  ///   - id: the unit.
  ///   - source: the copy's source.
  ///   - target: the copy's target.
  ///   - copies: what the copy is kept under: an operation's number for what the unit was before
  ///     it, with a minus for what it was after it.
  /// - Throws: SQLite's errors.
  func putBack(_ id: Int64, source: String, target: String, from copies: Int64) throws {
    let own = UnitColumnNames.own.joined(separator: ", ")
    let derived = UnitColumnNames.derivedValues(source, target)
    let isThere = try Row.fetchOne(
      cachedStatement(sql: "SELECT 1 FROM unit WHERE id = ?"), arguments: [id])
    if isThere != nil {
      let columns = UnitColumnNames.derived.map { "\($0) = ?" }.joined(separator: ", ")
      try cachedStatement(
        sql: """
          UPDATE unit SET \(columns),
            (\(own)) = (SELECT \(own) FROM formerUnit WHERE operation = ? AND unit = ?)
          WHERE id = ?
          """
      ).execute(arguments: StatementArguments(derived + [copies, id, id]))
      return
    }
    let columns = UnitColumnNames.derived.joined(separator: ", ")
    let marks = UnitColumnNames.derived.map { _ in "?" }.joined(separator: ", ")
    let unread = UnitColumnNames.unread
    try cachedStatement(
      sql: """
        INSERT INTO unit (\(columns), \(unread.joined(separator: ", ")), id, \(own))
        SELECT \(marks), \(unread.map { _ in "0" }.joined(separator: ", ")), unit, \(own)
        FROM formerUnit WHERE operation = ? AND unit = ?
        """
    ).execute(arguments: StatementArguments(derived + [copies, id]))
    try announceReturn(of: id)
  }

  /// Does work that changes many rows with the pages of their indexes at hand: keys come in no
  /// order.
  func withLargeCache<Value>(_ body: () throws -> Value) throws -> Value {
    let usual = try number("PRAGMA cache_size")
    try execute(sql: "PRAGMA cache_size = -\(Self.largeCache)")
    defer { try? execute(sql: "PRAGMA cache_size = \(usual)") }
    return try body()
  }

  /// KiB, as an import has them.
  private static var largeCache: Int { 48_000 }

  /// Tells whoever follows the changes of units that one is back under a number that was gone:
  /// new numbers are found by themselves, old ones are not.
  private func announceReturn(of id: Int64) throws {
    try cachedStatement(sql: "INSERT INTO unitChange (unit) VALUES (?)").execute(arguments: [id])
  }
}
