internal import ArgumentParser
internal import Bitext
internal import Checking
internal import Formats
internal import Project
internal import Segmentation
internal import Store

struct Lint: Verb {
  static let configuration = CommandConfiguration(
    commandName: "lint",
    abstract: "Check a glossary or an exchange file itself.",
    discussion: """
      Names what makes a glossary find too little or too much: terms that can never match, \
      duplicates, one term with several translations, letters of the wrong script, invisible \
      characters, brackets without their other half, a language without a preferred term. Terms \
      inside longer ones are remarks. The worst comes first.

      In exchange files it names what other programs stumble over, and goes on behind each fault: \
      with --repair it writes the file again, valid and with all that could be kept.

        concord lint terms.csv
        concord lint memory.tmx
        concord lint --repair memory.tmx -o repaired.tmx
        concord lint
      """)

  @Argument(
    help: """
      Glossaries, CSV or TSV, and exchange files. (default: the project's store and its glossary \
      files)
      """)
  var files: [String] = []

  @Flag(help: "Write an exchange file with its faults mended to the file that -o names.")
  var repair = false

  @Option(help: "The least severity that makes exit code 1.")
  var failOn: Check.FailOn = .error

  @Option(help: ArgumentHelp("Read a language code as another one.", valueName: "zh=zh-CN"))
  var mapLanguage: [String] = []

  @OptionGroup var languages: LanguageOptions
  @OptionGroup var limit: LimitOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var place: StoreOptions

  /// The files that a glossary can be linted in.
  private static let endings: Set<String> = ["csv", "tsv", "tab", "txt"]

  func validate() throws {
    guard repair else { return }
    guard files.count == 1 else { throw ValidationError("--repair takes one file.") }
    guard output.output != nil else {
      throw ValidationError("--repair writes a file: name it with -o.")
    }
  }

  func run(in session: Session) throws -> Int32 {
    if repair { return try runRepair(in: session) }
    let workspace = try place.workspace(session)
    var lint = GlossaryLint()
    var exchange = ExchangeLint()
    let trouble = try add(to: &lint, &exchange, workspace, session)
    let diagnostics = Self.merged(exchange.diagnostics, lint.diagnostics())
    let lines = LintedLines(store: workspace.storePath, exchange: exchange)
    try print(diagnostics, lines, session) {
      let count = lint.conceptCount
      let concepts = "\(count) concept\(count == 1 ? "" : "s")"
      let files = "\(exchange.fileCount) file\(exchange.fileCount == 1 ? "" : "s")"
      if exchange.fileCount == 0 { return concepts }
      return count == 0 ? files : "\(files) and \(concepts)"
    }
    for line in exchange.unlisted { session.remark(line) }
    if trouble != nil { return try session.status(after: trouble) }
    return status(of: diagnostics)
  }

  private func status(of diagnostics: [Diagnostic]) -> Int32 {
    guard let least = Severity(rawValue: failOn.rawValue) else { return ExitStatus.clean }
    return diagnostics.contains { $0.severity >= least } ? ExitStatus.findings : ExitStatus.clean
  }

  /// Both lists have the worst first.
  private static func merged(_ left: [Diagnostic], _ right: [Diagnostic]) -> [Diagnostic] {
    Severity.allCases.reversed().flatMap { severity in
      (left + right).filter { $0.severity == severity }
    }
  }

  private func runRepair(in session: Session) throws -> Int32 {
    let workspace = try place.workspace(session)
    let (file, path) = (files[0], output.output ?? "-")
    guard ExchangeLint.takes(file) else {
      throw Trouble(
        "only exchange files can be repaired, such as TMX: correct a glossary by hand", file: file)
    }
    var exchange = ExchangeLint()
    try exchange.repair(file: file, encoding: languages.encoding, to: path)
    let lines = LintedLines(store: workspace.storePath, exchange: exchange)
    // Where the file itself goes to standard output, the findings have no place there.
    let found = exchange.diagnostics
    if path != "-", !found.isEmpty || output.format != .text {
      try print(found, lines, session) { "1 file" }
    }
    for line in exchange.unlisted { session.remark(line) }
    session.remark(Self.summary(exchange, path))
    return status(of: exchange.leftDiagnostics)
  }

  /// What a repair did, by count: `out.tmx: 3 faults mended (2 language-case, …), 1 left`.
  private static func summary(_ exchange: ExchangeLint, _ path: String) -> String {
    let count = exchange.mendedCount
    let name = path == "-" ? "<stdout>" : path
    guard count > 0 else { return "\(name): nothing to mend, written as it was" }
    let rules = exchange.mendedCounts.map { "\($0.count) \($0.rule)" }.joined(separator: ", ")
    let left = exchange.leftDiagnostics.count
    return "\(name): \(count) fault\(count == 1 ? "" : "s") mended (\(rules)), "
      + (left == 0 ? "none left" : "\(left) left")
  }

  private func add(
    to lint: inout GlossaryLint, _ exchange: inout ExchangeLint, _ workspace: Workspace,
    _ session: Session
  ) throws -> Trouble? {
    var paths: [String]
    if files.isEmpty {
      let configuration = workspace.configuration
      let patterns = configuration.map { $0.glossaries.map($0.resolve) } ?? []
      paths = try FileSearch(endings: ["csv", "tsv"]).files(patterns)
      if workspace.hasStore, let path = workspace.storePath {
        lint.add(
          try workspace.store(.read).termbase(), from: path,
          languages: configuration?.languages ?? [])
      } else if paths.isEmpty {
        throw Trouble("no glossary: name a file, or run 'concord init' and 'concord import'")
      }
    } else {
      paths = try FileSearch(endings: ExchangeLint.endings.union(["csv", "tsv"])).files(files)
    }
    let options = GlossaryOptions(
      source: languages.sourceLanguage, target: languages.targetLanguage,
      encoding: languages.encoding, mapping: try LanguageMapping(mapLanguage))
    return try session.work(on: paths) { file in
      if ExchangeLint.takes(file) {
        return try exchange.add(file: file, encoding: languages.encoding)
      }
      guard file == "-" || Self.endings.contains(Files.ending(of: file)) else {
        throw Trouble(
          "lint reads glossaries in CSV and TSV and exchange files such as TMX: 'concord import' "
            + "takes other files into the store, and 'concord lint' without a file reads that",
          file: file)
      }
      try lint.add(file: file, options: options)
    }
  }

  private func print(
    _ diagnostics: [Diagnostic], _ lines: LintedLines, _ session: Session,
    examined: () -> String
  ) throws {
    let file = repair ? nil : output.output
    let report = TextReport(usesColor: session.usesColor && file == nil, width: session.width)
    var printer = try ResultPrinter(
      session, format: output.format, output: file, limit: limit.limit)
    for diagnostic in diagnostics {
      try printer.print(json: diagnostic.json(lines), text: report.text(diagnostic, lines))
    }
    if diagnostics.isEmpty {
      session.remark("no findings in \(examined())")
    } else {
      try printer.line(TextReport.summary(diagnostics))
    }
    try printer.finish()
  }
}

/// The lines of the files that were linted; a store has none, and a file that is too large to be
/// held shows its places alone.
private final class LintedLines: SourceLines {
  private let exchange: FileLines
  private let files = FileLines()
  private let store: String?

  /// Bytes of a file whose lines are shown.
  private static let sizeLimit = 1 << 24

  init(store: String?, exchange: ExchangeLint) {
    self.store = store
    self.exchange = exchange.lines
  }

  func lines(of file: String) -> LineIndex? {
    guard file != store else { return nil }
    guard exchange.knows(file) else { return files.lines(of: file) }
    return Files.size(of: file).map { $0 > Self.sizeLimit } == true
      ? nil : exchange.lines(of: file)
  }

  func position(of offset: Int, in file: String) -> LineIndex.Position? {
    if exchange.knows(file) { return exchange.position(of: offset, in: file) }
    return lines(of: file)?.position(at: offset)
  }
}
