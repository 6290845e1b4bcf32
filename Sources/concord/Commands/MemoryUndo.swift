internal import ArgumentParser
internal import Bitext
internal import Project
internal import Store

struct MemoryHistory: Verb {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract: "List what was done to the memory, the last operation first.",
    discussion: """
      With --id, what was done to one unit, and what it was before.

        concord memory history
        concord memory history --id 12 --format jsonl
      """)

  @Option(
    name: [.customLong("id"), .customLong("unit")],
    help: ArgumentHelp("Only what was done to the unit of this number.", valueName: "number"))
  var id: Int64?

  @OptionGroup var limit: LimitOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var place: StoreOptions

  func run(in session: Session) throws -> Int32 {
    let store = try place.workspace(session).store(.read)
    var printer = try ResultPrinter(session, output, limit: limit.limit)
    if let id {
      let entries = try store.history(ofUnit: id)
      for entry in entries {
        try printer.print(json: entry.json(), text: OperationText.block(entry))
      }
      if entries.isEmpty { session.remark("nothing is known of a unit \(id)") }
      try printer.finish()
      return ExitStatus.clean
    }
    let operations = try store.memoryOperations()
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
      An operation whose units a later one changed waits until that one is undone. 'concord memory \
      redo' does it again.

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
    var printer = try ResultPrinter(session, output, limit: 0)
    let undone = try store.undoMemoryOperation(operation, by: change.change)
    if let undone {
      try printer.print(json: undone.json(), text: "undid \(OperationText.line(undone))")
    } else {
      let stands = try store.memoryOperations().contains { $0.undone == nil }
      session.remark(
        stands
          ? "nothing can be undone: what the operations keep was forgotten"
          : "there is nothing to undo")
    }
    try printer.finish()
    return ExitStatus.clean
  }
}

struct MemoryRedo: Verb {
  static let configuration = CommandConfiguration(
    commandName: "redo",
    abstract: "Do an operation on the memory again that was undone.",
    discussion: """
      All its units are what they were after it, and it counts as the last operation. It is refused \
      where its units were changed since it was undone, and where one that it builds on is undone. The \
      history then no longer says that it was undone.

        concord memory redo
        concord memory redo 12
      """)

  @Argument(help: "The operation, as 'history' numbers it. (default: the one undone last)")
  var operation: Int64?

  @OptionGroup var output: OutputOptions
  @OptionGroup var place: StoreOptions

  func run(in session: Session) throws -> Int32 {
    let store = try place.workspace(session).store(.write)
    var printer = try ResultPrinter(session, output, limit: 0)
    if let redone = try store.redoMemoryOperation(operation) {
      try printer.print(json: redone.json(), text: "redid \(OperationText.line(redone))")
    } else {
      session.remark("there is nothing to redo")
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
    if operation.isForgotten { parts.append("(forgotten)") }
    return parts.joined(separator: "  ") + "\n"
  }

  static func block(_ entry: UnitHistoryEntry) -> String {
    let before = entry.before.map { "  \($0.source.visible)\n  \($0.target.visible)\n" }
    return line(entry.operation) + (before.map { "  before:\n" + $0 } ?? "")
  }

  private static func when(_ change: Change) -> String {
    change.author.map { "\(change.date) by \($0.visible)" } ?? change.date
  }
}
