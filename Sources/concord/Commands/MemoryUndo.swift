internal import ArgumentParser
internal import Bitext
internal import Project
internal import Store

struct MemoryHistory: Verb {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract: "List what was done to the memory, the last operation first.",
    discussion: """
        concord memory history
        concord memory history --limit 0 --format jsonl
      """)

  @OptionGroup var limit: LimitOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var place: StoreOptions

  func run(in session: Session) throws -> Int32 {
    let store = try place.workspace(session).store(.read)
    let operations = try store.memoryOperations()
    var printer = try ResultPrinter(session, output, limit: limit.limit)
    for operation in operations {
      try printer.print(json: operation.json(), text: OperationText.line(operation))
    }
    if operations.isEmpty { session.remark("nothing was done to the memory yet") }
    try printer.finish()
    return ExitStatus.clean
  }
}

struct MemoryUndo: Verb {
  static let configuration = CommandConfiguration(
    commandName: "undo",
    abstract: "Undo an operation on the memory.",
    discussion: """
      Units that it added go, and those that it changed or removed are there again as they were. \
      An operation whose units a later one changed waits until that one is undone.

        concord memory undo
        concord memory undo 12
      """)

  @Argument(help: "The operation, as 'history' numbers it. (default: the last one that stands)")
  var operation: Int64?

  @OptionGroup var change: ChangeOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var place: StoreOptions

  func run(in session: Session) throws -> Int32 {
    let store = try place.workspace(session).store(.write)
    let undone = try store.undoMemoryOperation(operation, by: change.change)
    var printer = try ResultPrinter(session, output, limit: 0)
    if let undone {
      try printer.print(json: undone.json(), text: "undid \(OperationText.line(undone))")
    } else {
      session.remark("there is nothing to undo")
    }
    try printer.finish()
    return ExitStatus.clean
  }
}

/// Prints operations on the memory for people.
enum OperationText {
  static func line(_ operation: MemoryOperation) -> String {
    let counts = [
      (operation.added, "added"), (operation.changed, "changed"), (operation.removed, "removed"),
    ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    var parts = [
      "operation \(operation.number)", operation.kind.rawValue, counts, when(operation.change),
    ]
    if let detail = operation.detail, !detail.isEmpty { parts.append(detail.visible) }
    if let undone = operation.undone { parts.append("(undone \(when(undone)))") }
    return parts.joined(separator: "  ") + "\n"
  }

  private static func when(_ change: Change) -> String {
    change.author.map { "\(change.date) by \($0.visible)" } ?? change.date
  }
}
