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
    abstract: "Check the glossary itself.",
    discussion: """
      Names what makes a glossary find too little or too much: terms that can never match, \
      duplicates, one term with several translations, letters of the wrong script, invisible \
      characters, brackets without their other half, a language without a preferred term. Terms \
      inside longer ones are remarks. The worst comes first.

        concord lint terms.csv
        concord lint
      """)

  @Argument(
    help: "Glossaries: CSV or TSV. (default: the project's store and its glossary files)")
  var files: [String] = []

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

  func run(in session: Session) throws -> Int32 {
    let workspace = try place.workspace(session)
    var lint = GlossaryLint()
    let trouble = try add(to: &lint, workspace, session)
    let diagnostics = lint.diagnostics()
    try print(diagnostics, lint, LintedLines(store: workspace.storePath), session)
    if trouble != nil { return try session.status(after: trouble) }
    guard let least = Severity(rawValue: failOn.rawValue) else { return ExitStatus.clean }
    return diagnostics.contains { $0.severity >= least } ? ExitStatus.findings : ExitStatus.clean
  }

  private func add(
    to lint: inout GlossaryLint, _ workspace: Workspace, _ session: Session
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
      paths = try FileSearch(endings: ["csv", "tsv"]).files(files)
    }
    let options = GlossaryOptions(
      source: languages.sourceLanguage, target: languages.targetLanguage,
      encoding: languages.encoding, mapping: try LanguageMapping(mapLanguage))
    return try session.work(on: paths) { file in
      guard file == "-" || Self.endings.contains(Files.ending(of: file)) else {
        throw Trouble(
          "lint reads glossaries in CSV and TSV: 'concord import' takes other files into the "
            + "store, and 'concord lint' without a file reads that", file: file)
      }
      try lint.add(file: file, options: options)
    }
  }

  private func print(
    _ diagnostics: [Diagnostic], _ lint: GlossaryLint, _ lines: LintedLines, _ session: Session
  ) throws {
    let report = TextReport(
      usesColor: session.usesColor && output.output == nil, width: session.width)
    var printer = try ResultPrinter(session, output, limit: limit.limit)
    for diagnostic in diagnostics {
      try printer.print(json: diagnostic.json(lines), text: report.text(diagnostic, lines))
    }
    if diagnostics.isEmpty {
      let count = lint.conceptCount
      session.remark("no findings in \(count) concept\(count == 1 ? "" : "s")")
    } else {
      try printer.line(TextReport.summary(diagnostics))
    }
    try printer.finish()
  }
}

/// The lines of the files that were linted; a store has none.
private final class LintedLines: SourceLines {
  private let files = FileLines()
  private let store: String?

  init(store: String?) { self.store = store }

  func lines(of file: String) -> LineIndex? { file == store ? nil : files.lines(of: file) }
}
