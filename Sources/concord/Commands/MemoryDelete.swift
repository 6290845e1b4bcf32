internal import ArgumentParser
internal import Bitext
internal import Project
internal import Store

struct MemoryDelete: Verb {
  static let configuration = CommandConfiguration(
    commandName: "delete",
    abstract: "Take units out of the memory by query.",
    discussion: """
      'concord memory undo' puts them back as they were.

        concord memory delete --origin draft.tmx --dry-run
        concord memory delete --author tool --to 2024-12-31
      """)

  @OptionGroup var filter: MemoryFilterOptions

  @Flag(help: "Take out every unit.")
  var all = false

  @Flag(help: "Change nothing: show what would go.")
  var dryRun = false

  @OptionGroup var change: MemoryChangeOptions
  @OptionGroup var limit: LimitOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var place: StoreOptions

  func validate() throws {
    if all != filter.filter.isEmpty {
      throw ValidationError(
        all
          ? "--all takes out every unit, and the other options only some: give one or the other."
          : "Which units? Give an option such as --origin or --id, or --all.")
    }
  }

  func run(in session: Session) throws -> Int32 {
    let store = try place.workspace(session).store(dryRun ? .read : .write)
    var printer = try ResultPrinter(session, output, limit: limit.limit)
    if dryRun {
      var count = 0
      try store.forEachUnit(filter.filter) { unit in
        count += 1
        try printer.print(json: UnitText.json(unit), text: UnitText.block(unit))
      }
      try printer.finish()
      session.remark(count == 0 ? "no unit" : "would remove \(Self.units(count))")
      return ExitStatus.clean
    }
    guard let operation = try store.removeUnits(filter.filter, by: change.change) else {
      session.remark("no unit")
      try printer.finish()
      return ExitStatus.clean
    }
    try printer.print(
      json: operation.json(),
      text: "removed \(Self.units(operation.removed)): \(operation.advice)\n")
    try printer.finish()
    return ExitStatus.clean
  }

  private static func units(_ count: Int) -> String { "\(count) unit\(count == 1 ? "" : "s")" }
}
