internal import ArgumentParser
internal import Bitext
internal import Checking
internal import Formats
internal import Project

struct Check: Verb {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Check that documents use the glossary's terms.",
    discussion: """
      Files whose names differ in a language part alone (a.en.md and a.zh.md, en/a.md and zh/a.md) \
      are aligned and checked as a pair, and so are TMX files; others by themselves. Rules: \
      missing-term, forbidden-term, term-style. Exit code 1 says that there are findings.

        concord check docs --glossary terms.csv
        concord check --source a.md --target b.md --format jsonl
      """)

  enum FailOn: String, ExpressibleByArgument, CaseIterable {
    case error, warning, info, never
  }

  @Argument(help: "Files, folders to search, or patterns. (default: the project's folder)")
  var files: [String] = []

  @Option(help: ArgumentHelp("The original of one pair.", valueName: "file"))
  var source: String?

  @Option(help: ArgumentHelp("The translation of one pair.", valueName: "file"))
  var target: String?

  @Option(help: "The least severity that makes exit code 1.")
  var failOn: FailOn = .error

  @Flag(help: "With --source and --target: every line is a segment and keeps its number.")
  var segmented = false

  @Option(
    help: ArgumentHelp(
      "A list of terms whose findings are warnings at the most, as 'selftest' writes it.",
      valueName: "file"))
  var warnOnly: [String] = []

  @Flag(help: "Stay, and check again when a file changes: prints what is new, until Ctrl-C.")
  var watch = false

  @Option(help: ArgumentHelp("A word list for the alignment. May be repeated.", valueName: "file"))
  var lexicon: [String] = []

  @OptionGroup var search: SearchOptions
  @OptionGroup var languages: LanguageOptions
  @OptionGroup var glossary: GlossaryFileOptions
  @OptionGroup var limit: LimitOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var cache: CacheOptions
  @OptionGroup var place: StoreOptions

  func validate() throws {
    guard (source == nil) == (target == nil) else {
      throw ValidationError("--source and --target go together.")
    }
    if source != nil, !files.isEmpty {
      throw ValidationError("Name files, or --source and --target, not both.")
    }
    if watch { try CheckWatch.validate(output) }
  }

  func run(in session: Session) throws -> Int32 {
    if watch {
      var watch = CheckWatch(self, session)
      return try watch.run()
    }
    let round = try round(session, warn: session.warn)
    let result = round.result
    result.warnings.forEach(session.warn)
    result.troubles.forEach(session.report)
    try print(result, checked: round.items.flatMap(\.files).count, session)
    if !result.troubles.isEmpty { return try session.status(after: result.troubles.first) }
    return status(result.diagnostics)
  }

  /// One run of the check.
  struct Round {
    var workspace: Workspace
    var items: [CheckItem]
    var result: CheckFlow.Result
  }

  func round(_ session: Session, warn: (Warning) -> Void) throws -> Round {
    let workspace = try place.workspace(session, glossaries: glossary.glossaries)
    let items = try items(workspace)
    let flow = try flow(workspace, try termbase(workspace, items, warn), session)
    var result = flow.run(items)
    // Only a check of the whole project sees whether its patterns fit anything.
    if files.isEmpty, source == nil, let configuration = workspace.configuration {
      let problems = pairProblems(items.flatMap(\.files), configuration)
      result.troubles = problems.troubles + result.troubles
      result.warnings = problems.warnings + result.warnings
    }
    return Round(workspace: workspace, items: items, result: result)
  }

  func items(_ workspace: Workspace) throws -> [CheckItem] {
    if let source, let target { return [.pair(source: source, target: target, isDirected: true)] }
    var arguments = files
    if arguments.isEmpty {
      guard let configuration = workspace.configuration else {
        throw Trouble("no files to check: name some, or run 'concord init' to start a project here")
      }
      arguments = [configuration.directory]
    }
    let search = search.search(FileSearch.documentEndings, in: workspace)
    var paths = try search.files(arguments)
    // What a watch prints would change the file that it is printed to, and so on for ever.
    if watch { paths.removeAll(where: Files.isOutput) }
    return checkItems(paths, workspace.configuration)
  }

  /// Pairs have something to be checked without any glossary too; documents by themselves hardly.
  private func termbase(
    _ workspace: Workspace, _ items: [CheckItem], _ warn: (Warning) -> Void
  ) throws -> Termbase {
    let isRequired = workspace.hasGlossary || !items.contains(where: \.hasTwoSides)
    let termbase = try workspace.termbase(isRequired: isRequired, warn: warn)
    if termbase.concepts.isEmpty {
      warn(
        Warning("no glossary: nothing is said about terms; name one with --glossary FILE"))
    }
    return termbase
  }

  private func flow(
    _ workspace: Workspace, _ termbase: Termbase, _ session: Session
  ) throws -> CheckFlow {
    func reading(_ language: LanguageTag?) throws -> DocumentReading {
      try workspace.documentOptions(
        language: language, encoding: languages.encoding, isSegmented: segmented)
    }
    return try CheckFlow(
      termbase: termbase, settings: workspace.configuration?.rules ?? RuleSettings(),
      includesProposed: glossary.includeProposed, warnOnly: try workspace.warnOnly(warnOnly),
      aligner: try PairAligner(
        lexicons: lexicon, termbase: termbase, source: reading(languages.sourceLanguage),
        target: reading(languages.targetLanguage), usesCache: cache.usesCache),
      reading: reading(nil), languages: (languages.sourceLanguage, languages.targetLanguage))
  }

  /// Prints findings alone.
  func printFindings(_ diagnostics: [Diagnostic], _ session: Session) throws {
    let lines = FileLines()
    let report = TextReport(usesColor: session.usesColor, width: session.width)
    var printer = try ResultPrinter(session, output, limit: limit.limit)
    for diagnostic in diagnostics {
      try printer.print(json: diagnostic.json(lines), text: report.text(diagnostic, lines))
    }
    try printer.finish()
  }

  private func print(_ result: CheckFlow.Result, checked: Int, _ session: Session) throws {
    let lines = FileLines()
    let report = TextReport(
      usesColor: session.usesColor && output.output == nil, width: session.width)
    var printer = try ResultPrinter(session, output, limit: limit.limit)
    for diagnostic in result.diagnostics {
      try printer.print(json: diagnostic.json(lines), text: report.text(diagnostic, lines))
    }
    if result.diagnostics.isEmpty, result.troubles.isEmpty {
      session.remark("no findings in \(checked) file\(checked == 1 ? "" : "s")")
    } else if !result.diagnostics.isEmpty {
      try printer.line(TextReport.summary(result.diagnostics))
    }
    try printer.finish()
  }

  private func status(_ diagnostics: [Diagnostic]) -> Int32 {
    guard let least = Severity(rawValue: failOn.rawValue) else { return ExitStatus.clean }
    return diagnostics.contains { $0.severity >= least } ? ExitStatus.findings : ExitStatus.clean
  }
}
