public import Bitext
internal import GRDB

/// Which operations on the memory are to be kept so that they can be undone.
public enum OperationRetention: Sendable, Hashable {
  /// Those of a date and later.
  case since(Timestamp)
  /// So many, the last ones.
  case last(Int)
}

extension ConcordStore {
  /// Forgets what old operations on the memory need to be undone or done again. They stay in the
  /// list of operations; the units are not touched.
  ///
  /// An operation that stands is forgotten only with all that were done before it, since undoing
  /// those would go past it unseen. The pages of the file that become free are used again by what
  /// comes next: the file does not shrink.
  ///
  /// - Parameters:
  ///   - retention: which ones are kept.
  ///   - isDryRun: whether only to tell.
  /// - Returns: the operations that are forgotten now and were not before, the last one first.
  /// - Throws: `Trouble` when the store cannot be read or written.
  public func forgetMemoryOperations(
    keeping retention: OperationRetention, isDryRun: Bool = false
  ) throws(Trouble) -> [MemoryOperation] {
    if isDryRun { return try read { try $0.operations(outside: retention) } }
    return try write { database in
      let operations = try database.operations(outside: retention)
      try database.withLargeCache { for operation in operations { try database.forget(operation) } }
      return operations.map { operation in
        var operation = operation
        operation.isForgotten = true
        return operation
      }
    }
  }
}

extension Database {
  /// Operations that are not kept, the last one first.
  fileprivate func operations(outside retention: OperationRetention) throws -> [MemoryOperation] {
    let all = try Row.fetchAll(self, sql: "SELECT * FROM memoryOperation ORDER BY turn")
      .map { MemoryOperation($0) }
    let old: [MemoryOperation]
    switch retention {
    case .last(let count): old = all.dropLast(max(count, 0))
    case .since(let date):
      let firstKept = all.firstIndex { $0.undone == nil && $0.change.date >= date } ?? all.count
      let lastOld = all[..<firstKept].lastIndex { $0.undone == nil } ?? -1
      // What was undone before one that is forgotten goes with it: nobody could tell whether that
      // one stands in its way.
      old = all.enumerated().filter { index, operation in
        index <= lastOld || operation.undone.map { $0.date < date } ?? false
      }.map(\.element)
    }
    return old.reversed().filter { !$0.isForgotten }
  }

  fileprivate func forget(_ operation: MemoryOperation) throws {
    let number = operation.number
    try execute(
      sql: operation.undone == nil
        // What builds on one that stands builds on the units as they are.
        ? "DELETE FROM redoCondition WHERE below = ?"
        // What it replaced is there, for good.
        : "DELETE FROM replacedUnit WHERE operation = ?", arguments: [number])
    try execute(
      sql: """
        DELETE FROM formerUnit WHERE operation IN (\(number), -\(number));
        DELETE FROM redoCondition WHERE operation = \(number);
        UPDATE memoryOperation SET isForgotten = 1 WHERE number = \(number);
        """)
  }
}
