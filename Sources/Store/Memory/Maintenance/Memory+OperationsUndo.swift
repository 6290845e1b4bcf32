public import Bitext
internal import GRDB

extension ConcordStore {
  /// Undoes an operation on the memory: what it added is gone, and what it changed or removed is
  /// there as it was, under its own number.
  ///
  /// - Parameters:
  ///   - number: the operation; `nil` is the last one that stands.
  ///   - change: who undoes it, and when.
  /// - Returns: the operation, undone; `nil` when there is none to undo.
  /// - Throws: `Trouble` for a number that is none, for an operation that was undone already or
  ///   forgotten, and where a later one changed the same units; then nothing is changed.
  public func undoMemoryOperation(
    _ number: Int64? = nil, by change: Change
  ) throws(Trouble) -> MemoryOperation? {
    try write { database in
      guard
        let row = try database.operationRow(
          number, orLastWhere: "undone IS NULL AND isForgotten = 0")
      else { return nil }
      var operation = MemoryOperation(row)
      if let undone = operation.undone {
        throw Trouble(
          "operation \(operation.number) was undone already, on \(undone.date): "
            + "'concord memory redo \(operation.number)' does it again")
      }
      if operation.isForgotten {
        throw Trouble(
          "operation \(operation.number) cannot be undone any more: what units were before it was "
            + "forgotten")
      }
      try database.refuseUndoing(operation, added: row.added, turn: row["turn"])
      try database.withLargeCache { try database.takeBack(operation, added: row.added) }
      try database.execute(
        sql: "UPDATE memoryOperation SET undone = ?, undoer = ?, turn = ? WHERE number = ?",
        arguments: [
          change.date, change.author, try database.nextTurn(), operation.number,
        ])
      operation.undone = change
      return operation
    }
  }
}

extension Row {
  /// The numbers of the units that an operation added.
  fileprivate var added: ClosedRange<Int64>? {
    guard let first: Int64 = self["firstAdded"], let last: Int64 = self["lastAdded"], first <= last
    else { return nil }
    return first...last
  }
}

extension Database {
  /// An operation by its number, or the last one that a condition holds for; `nil` where none is.
  func operationRow(_ number: Int64?, orLastWhere condition: String) throws -> Row? {
    guard let number else {
      return try Row.fetchOne(
        self, sql: "SELECT * FROM memoryOperation WHERE \(condition) ORDER BY turn DESC LIMIT 1")
    }
    let row = try Row.fetchOne(
      self, sql: "SELECT * FROM memoryOperation WHERE number = ?", arguments: [number])
    guard let row else {
      throw Trouble("the memory has no operation \(number): 'concord memory history' lists them")
    }
    return row
  }

  /// Operations on the same units that were done later come first: what they did would be lost.
  fileprivate func refuseUndoing(
    _ operation: MemoryOperation, added: ClosedRange<Int64>?, turn: Int64
  ) throws {
    var later = try Int64.fetchAll(
      self,
      sql: """
        SELECT DISTINCT later.number FROM formerUnit AS own
        JOIN formerUnit AS other ON other.unit = own.unit
        JOIN memoryOperation AS later ON later.number = other.operation
        WHERE own.operation = ? AND later.undone IS NULL AND later.turn > ?
        """, arguments: [operation.number, turn])
    if let added {
      later += try Int64.fetchAll(
        self,
        sql: """
          SELECT DISTINCT later.number FROM formerUnit AS other
          JOIN memoryOperation AS later ON later.number = other.operation
          WHERE other.unit BETWEEN ? AND ? AND later.undone IS NULL
          """, arguments: [added.lowerBound, added.upperBound])
    }
    guard !later.isEmpty else { return }
    let numbers = Set(later).sorted(by: >).map { "\($0)" }.joined(separator: ", ")
    let isOne = Set(later).count == 1
    throw Trouble(
      "operation \(operation.number) cannot be undone: "
        + (isOne ? "operation \(numbers) changed" : "the operations \(numbers) changed")
        + " units of it since. "
        + (isOne ? "Undo that one first" : "Undo those first, the last one first"))
  }

  fileprivate func takeBack(_ operation: MemoryOperation, added: ClosedRange<Int64>?) throws {
    try keepForRedoing(operation.number, added: added)
    try putBackAll(from: operation.number)
    if let added {
      try execute(
        sql: "DELETE FROM unit WHERE id BETWEEN ? AND ?",
        arguments: [added.lowerBound, added.upperBound])
    }
  }

  /// Makes all units that copies are kept of what these say.
  func putBackAll(from copies: Int64) throws {
    let rows = try Row.fetchCursor(
      self, sql: "SELECT unit, source, target FROM formerUnit WHERE operation = ? ORDER BY unit",
      arguments: [copies])
    while let row = try rows.next() {
      try putBack(row[0], source: row[1], target: row[2], from: copies)
    }
  }
}
