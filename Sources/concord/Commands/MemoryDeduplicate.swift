internal import ArgumentParser
internal import Bitext
internal import Formats
internal import Project
internal import Store

struct MemoryDeduplicate: Verb {
  static let configuration = CommandConfiguration(
    commandName: "deduplicate",
    abstract: "Keep of units that say the same the best one.",
    discussion: """
      Units are duplicates when both languages and both texts are the same and their inline \
      elements do not differ. The latest is kept, before others one with inline elements; of \
      equal ones that with context, then the first. Context, note and the first date of the \
      others are kept with it. 'concord memory undo' brings the others back.

        concord memory deduplicate --dry-run
        concord memory deduplicate --by-key --keep-contexts
      """)

  @OptionGroup var filter: MemoryFilterOptions

  @Flag(help: "Take texts for the same that differ in case, width or spacing alone.")
  var byKey = false

  @Flag(help: "Let units stay that stand between other segments.")
  var keepContexts = false

  @Flag(help: "Change nothing: show what would go.")
  var dryRun = false

  @OptionGroup var change: MemoryChangeOptions
  @OptionGroup var limit: LimitOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var place: StoreOptions

  func run(in session: Session) throws -> Int32 {
    let store = try place.workspace(session).store(dryRun ? .read : .write)
    let rule = DuplicateRule(byKey: byKey, keepsContexts: keepContexts)
    var printer = try ResultPrinter(session, output, limit: limit.limit)
    var (groups, units) = (0, 0)
    var isHeard = true
    func note(_ group: DuplicateUnits, _ printer: inout ResultPrinter) throws {
      groups += 1
      units += group.removed.count
      try whileHeard(&isHeard) {
        try printer.print(json: group.json(), text: Self.text(group))
      }
    }
    var operation: MemoryOperation?
    if dryRun {
      try store.forEachDuplicate(filter.filter, rule) { try note($0, &printer) }
    } else {
      operation = try store.deduplicate(filter.filter, rule, by: change.change) {
        try note($0, &printer)
      }
    }
    do { try printer.finish() } catch is ClosedPipe {}
    session.remark(summary(groups, units, operation))
    return ExitStatus.clean
  }

  private func summary(_ groups: Int, _ units: Int, _ operation: MemoryOperation?) -> String {
    guard groups > 0 else { return "no duplicate" }
    let text = "\(units) unit\(units == 1 ? "" : "s") of \(groups) group\(groups == 1 ? "" : "s")"
    guard let operation else { return "would remove \(text)" }
    return "removed \(text): \(operation.advice)"
  }

  private static func text(_ group: DuplicateUnits) -> String {
    let removed = group.removed.map { "\($0.id ?? 0)" }
    let numbers = removed.prefix(10).joined(separator: ", ")
    let rest = removed.count > 10 ? " and \(removed.count - 10) more" : ""
    return UnitText.block(group.kept)
      + "  instead of \(numbers)\(rest)\(group.isRicher ? ", with what they knew" : "")\n"
  }
}

/// Prints as long as somebody reads: a change that is under way must not end because the reader
/// of its results left.
func whileHeard(_ isHeard: inout Bool, _ body: () throws -> Void) throws {
  guard isHeard else { return }
  do { try body() } catch is ClosedPipe { isHeard = false }
}

extension MemoryOperation {
  /// How to take the operation back.
  var advice: String { "'concord memory undo \(number)' takes that back" }
}
