internal import ArgumentParser
internal import Bitext
internal import Checking
internal import Project

/// Which findings a project has decided to live with.
struct BaselineOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Report only what is not in this file. (default: that of concord.yml)", valueName: "file"))
  var baseline: String?

  @Flag(name: .customLong("update-baseline"), help: "Write all findings of now to the baseline.")
  var updates = false

  @Flag(help: "Report what is in the project's baseline too.")
  var noBaseline = false

  /// So many entries that occur no longer are named; more are counted.
  private static let namedEntries = 10

  func validate() throws {
    if noBaseline, updates || baseline != nil {
      throw ValidationError("--no-baseline does not go with --baseline and --update-baseline.")
    }
  }

  func file(_ workspace: Workspace) throws -> BaselineFile? {
    let configured = workspace.configuration.flatMap { configuration in
      configuration.baseline.map { configuration.resolve($0) }
    }
    guard !noBaseline, let path = baseline ?? configured else {
      guard !updates else {
        throw ValidationError(
          "--update-baseline needs --baseline FILE, or 'baseline:' in concord.yml.")
      }
      return nil
    }
    return try BaselineFile(path, mayBeMissing: updates)
  }

  /// Says what the baseline did, and writes it where that was asked for.
  func conclude(
    _ comparison: Baseline.Comparison, _ file: BaselineFile?, _ troubles: [Trouble],
    _ session: Session
  ) throws {
    guard let file else { return }
    guard updates else {
      if comparison.known > 0 {
        session.remark("\(Self.findings(comparison.known, "known ")) in the baseline")
      }
      name(comparison.obsolete, session)
      return
    }
    guard troubles.isEmpty else {
      // What could not be checked would be lost.
      session.warn(
        Warning("was not updated, since not all files could be checked", file: file.path))
      return
    }
    try file.update(comparison)
    let dropped = comparison.obsolete.reduce(0) { $0 + $1.count }
    session.remark(
      "\(file.path): \(Self.findings(comparison.updated.count)), \(comparison.new.count) added, "
        + "\(dropped) dropped")
  }

  private static func findings(_ count: Int, _ kind: String = "") -> String {
    "\(count) \(kind)finding\(count == 1 ? "" : "s")"
  }

  private func name(_ obsolete: [Baseline.Entry], _ session: Session) {
    guard !obsolete.isEmpty else { return }
    let total = obsolete.reduce(0) { $0 + $1.count }
    session.remark(
      "\(Self.findings(total)) of the baseline \(total == 1 ? "occurs" : "occur") no longer: "
        + "--update-baseline drops \(total == 1 ? "it" : "them")")
    for entry in obsolete.prefix(Self.namedEntries) {
      session.remark("  \(entry.file): \(entry.rule) “\(entry.term)” in “\(entry.excerpt)”")
    }
    if obsolete.count > Self.namedEntries {
      session.remark("  … and \(obsolete.count - Self.namedEntries) more")
    }
  }
}
