internal import Bitext
internal import GRDB
internal import Matching
internal import Segmentation

/// The columns of a unit's row.
enum UnitColumnNames {
  /// What the unit says itself.
  static let own = [
    "sourceLanguage", "targetLanguage", "source", "target", "previous", "next", "origin", "score",
    "created", "creator", "changed", "changer", "note", "tuid", "file", "details",
  ]

  /// What is computed from the texts: searches go by them.
  static let derived = [
    "sourceKey", "targetKey", "sourceLength", "targetLength", "sourceHash", "targetHash",
  ]

  /// The values of ``derived`` for two texts.
  static func derivedValues(_ source: String, _ target: String) -> [(any DatabaseValueConvertible)?]
  {
    let (source, target) = (MatchKey(source), MatchKey(target))
    return [
      source.text, target.text, source.scalarCount, target.scalarCount, textHash(source.bytes),
      textHash(target.bytes),
    ]
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

  /// The last date that is known of the unit; empty, and so before all others, where none is.
  var lastDate: Timestamp { changed?.date ?? created?.date ?? "" }
}

extension Database {
  /// The unit of a number.
  func unit(_ id: Int64) throws -> TranslationUnit? {
    var units = try UnitCursor(byNumberIn: self)
    var tags = LanguageTagCache()
    return try units.unit(id, &tags)
  }

  /// Puts a unit in the place of the one with its number, with new keys, and records it.
  func overwrite(_ before: TranslationUnit, with unit: TranslationUnit, by change: Change) throws {
    guard let id = before.id else { return }
    let columns = (UnitColumnNames.own + UnitColumnNames.derived).map { "\($0) = ?" }
    let values =
      unit.ownValues + UnitColumnNames.derivedValues(unit.source, unit.target) + [id]
    try cachedStatement(
      sql: "UPDATE unit SET \(columns.joined(separator: ", ")) WHERE id = ?"
    ).execute(arguments: StatementArguments(values))
    try record(
      .changed, .unit, String(id), by: change, before: before.json(), after: unit.json())
  }

  /// Takes a unit out, and records it.
  func remove(_ unit: TranslationUnit, by change: Change) throws {
    guard let id = unit.id else { return }
    try cachedStatement(sql: "DELETE FROM unit WHERE id = ?").execute(arguments: [id])
    try record(.removed, .unit, String(id), by: change, before: unit.json(), after: nil)
  }

  /// Puts a unit back under the number that it had, and records it.
  func putBack(_ unit: TranslationUnit, by change: Change) throws {
    guard let id = unit.id else { return }
    let columns = ["id"] + UnitColumnNames.own + UnitColumnNames.derived
    let marks = columns.map { _ in "?" }.joined(separator: ", ")
    let values =
      [id] + unit.ownValues + UnitColumnNames.derivedValues(unit.source, unit.target)
    try cachedStatement(
      sql: "INSERT INTO unit (\(columns.joined(separator: ", "))) VALUES (\(marks))"
    ).execute(arguments: StatementArguments(values))
    try announceReturn(of: id)
    try record(.added, .unit, String(id), by: change, before: nil, after: unit.json())
  }

  /// Tells whoever follows the changes of units that one is back under a number that was gone:
  /// new numbers are found by themselves, old ones are not.
  private func announceReturn(of id: Int64) throws {
    try cachedStatement(sql: "INSERT INTO unitChange (unit) VALUES (?)").execute(arguments: [id])
  }
}
