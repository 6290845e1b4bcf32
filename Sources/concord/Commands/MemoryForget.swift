internal import ArgumentParser
internal import Bitext
internal import Project
internal import Store

struct MemoryForget: Verb {
  static let configuration = CommandConfiguration(
    commandName: "forget",
    abstract: "Drop what old operations keep to be undone with.",
    discussion: """
      The operations stay in the history, and can be neither undone nor redone any more; no unit is \
      touched. An operation that stands is forgotten only with all that were done before it, and \
      --keep counts by when operations were done, undone or redone last. 'history --id' shows no \
      forgotten state of a unit. The file does not shrink: what comes next uses the space.

        concord memory forget --keep 20
        concord memory forget --before 2026-01-01 --dry-run
      """)

  @Option(
    help: ArgumentHelp(
      "Forget operations made before this date, such as 2026-05-18 or 2026-05-18T09:30:00Z.",
      valueName: "date"))
  var before: String?

  @Option(help: ArgumentHelp("Forget all but so many, the last ones.", valueName: "number"))
  var keep: Int?

  @Flag(help: "Change nothing: show what would be forgotten.")
  var dryRun = false

  @OptionGroup var output: OutputOptions
  @OptionGroup var place: StoreOptions

  func validate() throws {
    if (before == nil) == (keep == nil) {
      throw ValidationError(
        before == nil
          ? "Which operations? Give --before or --keep."
          : "--before and --keep both say which operations: give one of them.")
    }
    if let keep, keep < 0 { throw ValidationError("--keep needs a number that is not below 0.") }
    if let before, ChangeOptions.timestamp(before) == nil {
      throw ValidationError(
        "'\(before)' is no date: write --before 2026-05-18 or 2026-05-18T09:30:00Z.")
    }
  }

  func run(in session: Session) throws -> Int32 {
    let store = try place.workspace(session).store(dryRun ? .read : .write)
    var printer = try ResultPrinter(session, output, limit: 0)
    let retention: OperationRetention =
      before.flatMap(ChangeOptions.timestamp).map { .since($0) } ?? .last(keep ?? 0)
    let operations = try store.forgetMemoryOperations(keeping: retention, isDryRun: dryRun)
    for operation in operations {
      try printer.print(json: operation.json(), text: OperationText.line(operation))
    }
    try printer.finish()
    session.remark(summary(operations.count))
    return ExitStatus.clean
  }

  private func summary(_ count: Int) -> String {
    guard count > 0 else { return "there is nothing to forget" }
    let operations = "\(count) operation\(count == 1 ? "" : "s")"
    return dryRun
      ? "would forget \(operations)"
      : "forgot \(operations), which cannot be undone any more"
  }
}
