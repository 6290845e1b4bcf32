internal import ArgumentParser
internal import Bitext
internal import Checking
internal import Formats
internal import Project

/// How the findings of a check are printed.
enum ReportFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json, jsonl
  /// For code hosts and editors.
  case sarif
  /// For GitHub workflows.
  case github
  /// For build servers.
  case junit
  /// For people who were not there.
  case html

  /// The form that all verbs have, where it is one of theirs.
  fileprivate var plain: ResultFormat? { ResultFormat(rawValue: rawValue) }
}

struct ReportOptions: ParsableArguments {
  @Option(help: "How to print findings.")
  var format: ReportFormat = .text

  @Option(name: [.short, .long], help: ArgumentHelp("Write to a file.", valueName: "file"))
  var output: String?
}

extension Check {
  /// Prints findings in the form that was asked for.
  func print(
    _ diagnostics: [Diagnostic], _ lines: FileLines, _ run: CheckedRun, _ workspace: Workspace,
    _ session: Session
  ) throws {
    let settings = workspace.configuration?.rules ?? RuleSettings()
    // A batch takes objects, whatever else was asked for.
    let format = session.collector != nil && report.output == nil ? .jsonl : report.format
    switch format {
    case .text, .json, .jsonl:
      try printPlain(
        diagnostics, lines, as: format.plain ?? .text, session, isWhole: true)
    case .sarif:
      try write(SARIFReport(version: Concord.version, settings: settings), diagnostics, lines, run)
    case .github: try write(GitHubReport(), diagnostics, lines, run)
    case .junit: try write(JUnitReport(files: run.files, failing: failing), diagnostics, lines, run)
    case .html: try write(HTMLReport(), diagnostics, lines, run)
    }
    if format.plain == nil, !diagnostics.isEmpty {
      session.summarise(TextReport.summary(diagnostics))
    }
  }

  /// Prints findings in a form that all verbs have.
  ///
  /// - Parameters:
  ///   - diagnostics: the findings.
  ///   - lines: where they are.
  ///   - format: the form; `nil` stands for what was asked for.
  ///   - session: prints.
  ///   - isWhole: whether these are all there are, so that they can be counted.
  /// - Throws: `Trouble` where nothing can be written.
  func printPlain(
    _ diagnostics: [Diagnostic], _ lines: FileLines, as format: ResultFormat? = nil,
    _ session: Session, isWhole: Bool = false
  ) throws {
    let format = format ?? report.format.plain ?? .text
    let text = TextReport(
      usesColor: session.usesColor && report.output == nil, width: session.width)
    var printer = try ResultPrinter(
      session, format: format, output: report.output, limit: limit.limit)
    for diagnostic in diagnostics {
      try printer.print(json: diagnostic.json(lines), text: text.text(diagnostic, lines))
    }
    if isWhole, !diagnostics.isEmpty {
      try printer.line(TextReport.summary(diagnostics))
    }
    try printer.finish()
  }

  private func write(
    _ report: some DiagnosticReport, _ diagnostics: [Diagnostic], _ lines: FileLines,
    _ run: CheckedRun
  ) throws {
    let file = try OutputFile.named(self.report.output)
    var report = report
    try file.write(report.begin())
    let limit = limit.limit.flatMap { $0 > 0 ? $0 : nil } ?? diagnostics.count
    for diagnostic in diagnostics.prefix(limit) { try file.write(report.add(diagnostic, lines)) }
    try file.write(report.end(run))
    try file.finish()
  }
}
