public import ArgumentParser
internal import Bitext
public import Project
internal import Store

struct MemoryCheck: Verb {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Examine the units of the memory one by one.",
    discussion: """
      Rules: \(MemoryRule.allCases.map(\.rawValue).joined(separator: ", ")). What length is usual \
      is learnt from the memory itself. 'concord memory edit' and 'delete' mend what is found.

        concord memory check
        concord memory check --rule wrong-script --rule mojibake --format jsonl
      """)

  @OptionGroup var filter: MemoryFilterOptions

  @Option(
    help: ArgumentHelp("Look for this alone. May be repeated. (default: all)", valueName: "rule"))
  var rule: [MemoryRule] = []

  @Option(help: "The least severity that makes exit code 1.")
  var failOn: Check.FailOn = .error

  @OptionGroup var limit: LimitOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var place: StoreOptions

  func run(in session: Session) throws -> Int32 {
    let store = try place.workspace(session).store(.read)
    var printer = try ResultPrinter(session, output, limit: limit.limit)
    let rules = rule.isEmpty ? Set(MemoryRule.allCases) : Set(rule)
    var counts: [Severity: Int] = [:]
    let examined = try checkMemory(store, filter.filter, rules: rules) { finding in
      counts[finding.severity, default: 0] += 1
      try printer.print(json: finding.json(), text: Self.text(finding, session))
    }
    let units = "\(examined) unit\(examined == 1 ? "" : "s")"
    if counts.isEmpty {
      session.remark("no findings in \(units)")
    } else {
      try printer.line(Self.summary(counts) + " in \(units)")
    }
    try printer.finish()
    guard let least = Severity(rawValue: failOn.rawValue) else { return ExitStatus.clean }
    let found = counts.keys.contains { $0 >= least }
    return found ? ExitStatus.findings : ExitStatus.clean
  }

  private static func text(_ finding: MemoryFinding, _ session: Session) -> String {
    let unit = finding.unit
    let severity = finding.severity == .info ? "remark" : finding.severity.rawValue
    let origin = unit.origin.map { "  \($0.visible)" } ?? ""
    return "unit \(unit.id ?? 0): \(severity)[\(finding.rule.rawValue)]: "
      + "\(finding.message.visible)\(origin)\n"
      + "  \(unit.source.visible)\n  \(unit.target.visible)\n\n"
  }

  /// `3 findings: 1 error, 2 warnings`.
  private static func summary(_ counts: [Severity: Int]) -> String {
    let total = counts.values.reduce(0, +)
    let parts = Severity.allCases.reversed().compactMap { severity -> String? in
      guard let count = counts[severity] else { return nil }
      let name = severity == .info ? "remark" : severity.rawValue
      return "\(count) \(name)\(count == 1 ? "" : "s")"
    }
    return "\(total) finding\(total == 1 ? "" : "s"): \(parts.joined(separator: ", "))"
  }
}

extension MemoryRule: ExpressibleByArgument {}
