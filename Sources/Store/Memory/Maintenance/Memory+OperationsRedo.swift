public import Bitext
internal import GRDB

extension ConcordStore {
  /// Does an operation on the memory again that was undone: all its units are what they were after
  /// it. It stands again then, as the last one that was done.
  ///
  /// - Parameter number: the operation; `nil` is the one that was undone last.
  /// - Returns: the operation, which stands; `nil` when there is none to do again.
  /// - Throws: `Trouble` for a number that is none, for an operation that stands or is forgotten,
  ///   and where its units are no longer what it found; then nothing is changed.
  public func redoMemoryOperation(_ number: Int64? = nil) throws(Trouble) -> MemoryOperation? {
    try write { database in
      guard
        let row = try database.operationRow(
          number, orLastWhere: "undone IS NOT NULL AND isForgotten = 0")
      else { return nil }
      var operation = MemoryOperation(row)
      guard operation.undone != nil else {
        throw Trouble(
          "operation \(operation.number) stands: only one that was undone can be done again")
      }
      if operation.isForgotten {
        throw Trouble(
          "operation \(operation.number) cannot be done again any more: what it did was forgotten")
      }
      try database.refuseRedoing(operation.number)
      try database.withLargeCache { try database.doAgain(operation.number) }
      try database.execute(
        sql: "UPDATE memoryOperation SET undone = NULL, undoer = NULL, turn = ? WHERE number = ?",
        arguments: [try database.nextTurn(), operation.number])
      operation.undone = nil
      return operation
    }
  }
}

/// The operation that stands and changed a unit last, but for one.
private let lastChangeOfOwnUnit = """
  SELECT last.number FROM formerUnit AS other
  JOIN memoryOperation AS last ON last.number = other.operation
  WHERE other.unit = own.unit AND last.undone IS NULL AND last.number <> own.operation
  ORDER BY last.turn DESC LIMIT 1
  """

extension Database {
  /// Keeps what units are after an operation that is about to be undone, and what must hold of them
  /// when it is done again.
  func keepForRedoing(_ operation: Int64, added: ClosedRange<Int64>?) throws {
    try execute(
      sql: """
        INSERT INTO redoCondition (operation, unit, below)
        SELECT operation, unit, below FROM
          (SELECT own.operation, own.unit, (\(lastChangeOfOwnUnit)) AS below
          FROM formerUnit AS own WHERE own.operation = ?)
        WHERE below IS NOT NULL
        """, arguments: [operation])
    let own = UnitColumnNames.own.joined(separator: ", ")
    func copy(_ condition: String, _ arguments: StatementArguments) throws {
      try execute(
        sql: """
          INSERT INTO formerUnit (operation, unit, \(own))
          SELECT -\(operation), id, \(own) FROM unit WHERE \(condition) ORDER BY id
          """, arguments: arguments)
    }
    try copy("id IN (SELECT unit FROM formerUnit WHERE operation = ?)", [operation])
    if let added { try copy("id BETWEEN ? AND ?", [added.lowerBound, added.upperBound]) }
  }

  /// The units must be as the operation left them when it was undone: what others did to them since
  /// would be lost, and what it builds on must be there.
  fileprivate func refuseRedoing(_ operation: Int64) throws {
    let changes = try Row.fetchAll(
      self,
      sql: """
        SELECT now, below, min(unit) AS unit FROM
          (SELECT own.unit, ifnull((\(lastChangeOfOwnUnit)), 0) AS now,
            ifnull((SELECT below FROM redoCondition AS condition
              WHERE condition.operation = own.operation AND condition.unit = own.unit), 0) AS below
          FROM formerUnit AS own WHERE own.operation = ?) AS state
        WHERE now <> below OR now = 0 AND NOT EXISTS (SELECT 1 FROM unit WHERE id = state.unit)
        GROUP BY now, below
        """, arguments: [operation])
    var missing: Set<Int64> = []
    var later: Set<Int64> = []
    for row in changes {
      let (now, below) = (row["now"] as Int64, row["below"] as Int64)
      if let base = now == 0 && below == 0 ? try adder(of: row["unit"]) : below, try isUndone(base)
      {
        missing.insert(base)
      } else {
        later.insert(now)
      }
    }
    guard let first = missing.min() ?? later.max() else { return }
    if missing.isEmpty {
      throw Trouble(
        first == 0
          ? "operation \(operation) cannot be done again: units of it are gone"
          : "operation \(operation) cannot be done again: operation \(first) changed units of it "
            + "since. Undo that one first")
    }
    throw Trouble(
      "operation \(operation) cannot be done again: operation \(first), which it builds on, is "
        + "undone. Do that one again first")
  }

  private func isUndone(_ operation: Int64) throws -> Bool {
    try number(
      "SELECT count(*) FROM memoryOperation WHERE number = \(operation) AND undone IS NOT NULL") > 0
  }

  /// The operation that brought a unit in.
  private func adder(of unit: Int64) throws -> Int64? {
    try Int64.fetchOne(
      self, sql: "SELECT number FROM memoryOperation WHERE ? BETWEEN firstAdded AND lastAdded",
      arguments: [unit])
  }

  fileprivate func doAgain(_ operation: Int64) throws {
    // What it removed has a copy of before alone.
    try execute(
      sql: """
        DELETE FROM unit WHERE id IN
          (SELECT unit FROM formerUnit WHERE operation = ?
          EXCEPT SELECT unit FROM formerUnit WHERE operation = ?)
        """, arguments: [operation, -operation])
    try putBackAll(from: -operation)
    try execute(
      sql: """
        DELETE FROM formerUnit WHERE operation = -\(operation);
        DELETE FROM redoCondition WHERE operation = \(operation);
        """)
  }
}
