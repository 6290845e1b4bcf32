import GRDB

/// A memory that keeps of each operation the whole units before and after it, and of each unit the
/// operations that stand on it, in order.
struct WholeCopies {
  struct Operation {
    /// What units were before and after; `nil` where they were not there.
    var changes: [Int64: (before: [DatabaseValue]?, after: [DatabaseValue]?)]
    /// The operations that each unit had when this one was done.
    var below: [Int64: [Int64]]
    var stands = true
    var isForgotten = false
  }

  var units: [Int64: [DatabaseValue]] = [:]
  var operations: [Int64: Operation] = [:]
  private var stacks: [Int64: [Int64]] = [:]
  /// Operations by when they were done, undone or done again last.
  private var order: [Int64] = []

  mutating func note(
    _ number: Int64, _ before: [Int64: [DatabaseValue]], _ after: [Int64: [DatabaseValue]]
  ) {
    var changes: [Int64: (before: [DatabaseValue]?, after: [DatabaseValue]?)] = [:]
    for id in Set(before.keys).union(after.keys) where before[id] != after[id] {
      changes[id] = (before[id], after[id])
    }
    units = after
    guard !changes.isEmpty else { return }
    let below = Dictionary(
      uniqueKeysWithValues: changes.keys.map { ($0, stacks[$0, default: []]) })
    operations[number] = Operation(changes: changes, below: below)
    for id in changes.keys { stacks[id, default: []].append(number) }
    touch(number)
  }

  private mutating func touch(_ number: Int64) {
    order.removeAll { $0 == number }
    order.append(number)
  }

  func canUndo(_ number: Int64) -> Bool {
    guard let operation = operations[number], operation.stands, !operation.isForgotten else {
      return false
    }
    let tops = operation.changes.keys.map { stacks[$0]?.last }
    return tops.allSatisfy { $0 == number }
  }

  mutating func undo(_ number: Int64) {
    for (id, change) in operations[number]?.changes ?? [:] {
      stacks[id]?.removeLast()
      units[id] = change.before
    }
    operations[number]?.stands = false
    touch(number)
  }

  func canRedo(_ number: Int64) -> Bool {
    guard let operation = operations[number], !operation.stands, !operation.isForgotten else {
      return false
    }
    return operation.below.keys.allSatisfy { id in
      stacks[id, default: []] == operation.below[id, default: []]
    }
  }

  mutating func redo(_ number: Int64) {
    for (id, change) in operations[number]?.changes ?? [:] {
      stacks[id, default: []].append(number)
      units[id] = change.after
    }
    operations[number]?.stands = true
    touch(number)
  }

  /// - Returns: those that are forgotten now and were not before.
  mutating func forget(keeping count: Int) -> Set<Int64> {
    var new: Set<Int64> = []
    for number in order.dropLast(count) where operations[number]?.isForgotten == false {
      operations[number]?.isForgotten = true
      new.insert(number)
    }
    return new
  }
}
