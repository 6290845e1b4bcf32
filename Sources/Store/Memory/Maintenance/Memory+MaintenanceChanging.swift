public import Bitext
internal import GRDB

extension ConcordStore {
  /// Changes units one by one, as one operation that can be undone.
  ///
  /// - Parameters:
  ///   - filter: which units.
  ///   - detail: what is done to them, for the list of operations.
  ///   - change: when it is done, and by whom; also the units' own last change.
  ///   - body: gives the unit that takes a unit's place; `nil` leaves it alone. Its number and its
  ///     first date stay.
  /// - Returns: the operation; `nil` when nothing was changed.
  /// - Throws: `Trouble`, and what `body` throws; then nothing is changed.
  public func changeUnits(
    _ filter: UnitFilter, detail: String, by change: Change,
    _ body: (TranslationUnit) throws -> TranslationUnit?
  ) throws -> MemoryOperation? {
    try write { database in
      let operation = try OpenOperation(database, .edit, by: change)
      try database.withLargeCache {
        for id in try database.unitIDs(filter) {
          guard let before = try database.unit(id), var after = try body(before) else { continue }
          after.id = id
          after.created = before.created
          guard after != before else { continue }
          after.changed = change
          try database.noteReplacement(of: before, by: id, in: operation.number)
          try database.overwrite(id, with: after)
        }
      }
      return try operation.close(detail)
    }
  }

  /// Takes units out, as one operation that can be undone.
  ///
  /// - Parameters:
  ///   - filter: which units; one without any condition takes all.
  ///   - change: when it is done, and by whom.
  /// - Returns: the operation; `nil` when no unit fitted.
  /// - Throws: `Trouble` when the store cannot be written.
  public func removeUnits(
    _ filter: UnitFilter, by change: Change
  ) throws(Trouble) -> MemoryOperation? {
    try write { database in
      let operation = try OpenOperation(database, .delete, by: change)
      try database.withLargeCache {
        for id in try database.unitIDs(filter) { try database.removeUnit(id) }
      }
      return try operation.close(filter.isEmpty ? "--all" : filter.summary)
    }
  }
}
