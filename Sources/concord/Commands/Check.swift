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
      are aligned and checked as a pair, and so are files that hold both languages (TMX, XLIFF, PO; \
      CSV and TSV where they are named); others by themselves. docs/rules.md has the rules. Exit \
      code 1 says that there are findings. A comment in a document, such as \
      "concord-disable-next-line missing-term -- why", silences findings.

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

  @Option(
    help: ArgumentHelp(
      "The two columns of a CSV or TSV file that hold the texts, by name or number.",
      valueName: "source,target"))
  var columns: String?

  @Option(help: "The least severity that makes exit code 1.")
  var failOn: FailOn = .error

  @Flag(help: "With --source and --target: every line is a segment and keeps its number.")
  var segmented = false

  @Flag(help: "Say of each missing term what was looked for and what speaks for a mistake.")
  var explain = false

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
  @OptionGroup var report: ReportOptions
  @OptionGroup var baseline: BaselineOptions
  @OptionGroup var fixing: FixOptions
  @OptionGroup var cache: CacheOptions
  @OptionGroup var place: StoreOptions

  func validate() throws {
    guard (source == nil) == (target == nil) else {
      throw ValidationError("--source and --target go together.")
    }
    if source != nil, !files.isEmpty {
      throw ValidationError("Name files, or --source and --target, not both.")
    }
    guard columns == nil || columnPair != nil else {
      throw ValidationError("--columns names two, with a comma between them, such as 2,3.")
    }
    if watch { try CheckWatch.validate(report, fixing, baseline) }
  }

  func run(in session: Session) throws -> Int32 {
    if watch {
      var watch = CheckWatch(self, session)
      return try watch.run()
    }
    let workspace = try place.workspace(session, glossaries: glossary.glossaries)
    let items = try items(workspace)
    let fixer =
      fixing.isOn ? FixFlow(files: items.flatMap(\.files), encoding: languages.encoding) : nil
    var round = try round(workspace, items, session, warn: session.warn)
    if let fixer, try fixing.fix(round.comparison.new, fixer, session) {
      round = try self.round(workspace, items, session) { _ in }
    }
    round.result.warnings.forEach(session.warn)
    round.result.troubles.forEach(session.report)
    return try conclude(round, session)
  }

  /// Prints a round, and keeps the baseline where that was asked for.
  private func conclude(_ round: Round, _ session: Session) throws -> Int32 {
    let result = round.result
    let new = round.comparison.new
    let files = round.items.flatMap(\.files)
    let run = CheckedRun(
      files: files.map { $0 == "-" ? Files.standardInputName : $0 },
      troubles: result.troubles, warnings: result.warnings, facts: result.facts)
    let isUpdated = baseline.updates && result.troubles.isEmpty
    if !fixing.diff {
      try print(isUpdated ? [] : new, result.lines, run, round.workspace, session)
    }
    if new.isEmpty, result.troubles.isEmpty, !isUpdated {
      let kind = round.baseline == nil ? "" : "new "
      session.remark("no \(kind)findings in \(files.count) file\(files.count == 1 ? "" : "s")")
    }
    try baseline.conclude(round.comparison, round.baseline, result.troubles, session)
    if !result.troubles.isEmpty { return try session.status(after: result.troubles.first) }
    return isUpdated ? ExitStatus.clean : status(new)
  }

  private var columnPair: (source: String, target: String)? {
    let names = (columns ?? "").split(separator: ",").map(String.init)
    return names.count == 2 ? (names[0], names[1]) : nil
  }

  /// One run of the check.
  struct Round {
    var workspace: Workspace
    var items: [CheckItem]
    var result: CheckFlow.Result
    /// The findings that a project has decided to live with; `nil` when there are none.
    var baseline: BaselineFile?
    /// What of the result is new; all of it without a baseline.
    var comparison: Baseline.Comparison
  }

  func round(
    _ workspace: Workspace, _ items: [CheckItem], _ session: Session, warn: (Warning) -> Void
  ) throws -> Round {
    let baseline = try baseline.file(workspace)
    let flow = try flow(workspace, try termbase(workspace, items, warn), session)
    var result = flow.run(items)
    // Only a check of the whole project sees whether its patterns fit anything.
    if files.isEmpty, source == nil, let configuration = workspace.configuration {
      let problems = pairProblems(items.flatMap(\.files), configuration)
      result.troubles = problems.troubles + result.troubles
      result.warnings = problems.warnings + result.warnings
    }
    let comparison =
      baseline?.compare(result.diagnostics, checked: items.flatMap(\.files), result.lines)
      ?? Baseline.Comparison(new: result.diagnostics)
    return Round(
      workspace: workspace, items: items, result: result, baseline: baseline,
      comparison: comparison)
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
      includesProposed: glossary.includeProposed, explains: explain,
      countsTerms: report.format == .html, warnOnly: try workspace.warnOnly(warnOnly),
      doNotTranslate: workspace.configuration?.doNotTranslate ?? [],
      aligner: try PairAligner(
        lexicons: lexicon, termbase: termbase, source: reading(languages.sourceLanguage),
        target: reading(languages.targetLanguage), usesCache: cache.usesCache),
      reading: reading(nil), languages: (languages.sourceLanguage, languages.targetLanguage),
      columns: columnPair, usesCache: cache.usesCache)
  }

  /// The least severity of a finding that fails; `nil` when none does.
  var failing: Severity? { Severity(rawValue: failOn.rawValue) }

  private func status(_ diagnostics: [Diagnostic]) -> Int32 {
    guard let failing else { return ExitStatus.clean }
    return diagnostics.contains { $0.severity >= failing } ? ExitStatus.findings : ExitStatus.clean
  }
}
