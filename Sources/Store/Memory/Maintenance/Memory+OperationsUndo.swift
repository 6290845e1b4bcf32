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
  /// - Throws: `Trouble` for a number that is none, for an operation that was undone already, and
  ///   where a later one changed the same units; then nothing is changed.
  public func undoMemoryOperation(
    _ number: Int64? = nil, by change: Change
  ) throws(Trouble) -> MemoryOperation? {
    try write { database in
      let row = try Row.fetchOne(
        database,
        sql: number == nil
          ? "SELECT * FROM memoryOperation WHERE undone IS NULL ORDER BY number DESC LIMIT 1"
          : "SELECT * FROM memoryOperation WHERE number = ?",
        arguments: number.map { [$0] } ?? [])
      guard let row else {
        guard let number else { return nil }
        throw Trouble(
          "the memory has no operation \(number): 'concord memory history' lists them")
      }
      var operation = MemoryOperation(row)
      if let undone = operation.undone {
        throw Trouble("operation \(operation.number) was undone already, on \(undone.date)")
      }
      try database.refuseIfTouched(operation, added: row.added)
      try database.withLargeCache { try database.putBack(operation, added: row.added) }
      try database.execute(
        sql: "UPDATE memoryOperation SET undone = ?, undoer = ? WHERE number = ?",
        arguments: [change.date, change.author, operation.number])
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
  /// Later operations on the same units come first: their units would be lost.
  fileprivate func refuseIfTouched(
    _ operation: MemoryOperation, added: ClosedRange<Int64>?
  ) throws {
    var later = try Int64.fetchAll(
      self,
      sql: """
        SELECT DISTINCT later.operation FROM formerUnit AS own
        JOIN formerUnit AS later ON later.unit = own.unit AND later.operation > own.operation
        WHERE own.operation = ?
        """, arguments: [operation.number])
    if let added {
      later += try Int64.fetchAll(
        self,
        sql: """
          SELECT DISTINCT operation FROM formerUnit WHERE unit BETWEEN ? AND ? AND operation > ?
          """, arguments: [added.lowerBound, added.upperBound, operation.number])
    }
    guard !later.isEmpty else { return }
    let numbers = Set(later).sorted(by: >).map { "\($0)" }.joined(separator: ", ")
    let isOne = Set(later).count == 1
    throw Trouble(
      "operation \(operation.number) cannot be undone: "
        + (isOne ? "operation \(numbers) changed" : "the operations \(numbers) changed")
        + " units of it since. Undo \(isOne ? "that one" : "those") first, the last one first")
  }

  fileprivate func putBack(_ operation: MemoryOperation, added: ClosedRange<Int64>?) throws {
    let rows = try Row.fetchCursor(
      self,
      sql: "SELECT unit, source, target FROM formerUnit WHERE operation = ? ORDER BY unit",
      arguments: [operation.number])
    while let row = try rows.next() {
      try putBack(row[0], source: row[1], target: row[2], before: operation.number)
    }
    if let added {
      try execute(
        sql: "DELETE FROM unit WHERE id BETWEEN ? AND ?",
        arguments: [added.lowerBound, added.upperBound])
    }
    try execute(
      sql: "DELETE FROM formerUnit WHERE operation = ?", arguments: [operation.number])
  }
}
