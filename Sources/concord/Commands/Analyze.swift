internal import ArgumentParser
internal import Bitext
internal import Formats
internal import Project
internal import Store

struct Analyze: Verb {
  static let configuration = CommandConfiguration(
    commandName: "analyze",
    abstract: "Tell how much of some files the memory has: the table that quotes are made of.",
    discussion: """
      Each segment counts once, in the first row that fits: in context (101 %), exact, repeated \
      within its file, repeated across files, fuzzy, new. Of XLIFF, PO, TMX and tables the source \
      sides count, translated or not. A unit is in context when the segments around it are the \
      same, or what names its place: the msgctxt of PO, the resname of XLIFF, else its file and id. \
      One that is the same but for numbers, which are substituted, counts as 95–99 %; penalties \
      make exact matches fuzzy ones. A word stands between spaces; each Chinese character counts as \
      a word.

        concord analyze docs --source-language en
        concord analyze app.xlf manual.docx --by-file --penalty 'status:draft=5'
        concord analyze docs --format csv -o quote.csv
      """)

  /// How tables are printed.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, csv, json, jsonl
  }

  @Argument(help: "Files, or folders to search; - is standard input.")
  var files: [String]

  @Option(
    help: ArgumentHelp("The least score of a fuzzy match, from 0 to 1.", valueName: "share"))
  var minScore = 0.5

  @Flag(help: "Print the table of each file too. (csv, json, jsonl: always)")
  var byFile = false

  @Option(help: "How to print the tables.")
  var format: Format = .text

  @Option(name: [.short, .long], help: ArgumentHelp("Write to a file.", valueName: "file"))
  var output: String?

  @OptionGroup var worth: PenaltyOptions
  @OptionGroup var languages: LanguageOptions
  @OptionGroup var search: SearchOptions
  @OptionGroup var place: StoreOptions

  func validate() throws {
    guard 0...1 ~= minScore else { throw ValidationError("--min-score is a share from 0 to 1.") }
  }

  func run(in session: Session) throws -> Int32 {
    let workspace = try place.workspace(session)
    var flow = try AnalyzeFlow(
      store: try workspace.store(.read),
      options: AnalyzeOptions(
        source: languages.sourceLanguage, target: languages.targetLanguage, minimum: minScore,
        projectLanguages: workspace.configuration?.languages ?? [], penalties: worth.penalties,
        substitutesNumbers: !worth.keepNumbers),
      reading: try workspace.documentOptions(encoding: languages.encoding))
    if flow.isMemoryEmpty {
      session.warn(Warning("the memory is empty", file: workspace.storePath))
    }
    let paths = try paths(in: workspace, flow, session)
    var printer = try ResultPrinter(
      session, format: ResultFormat(rawValue: format.rawValue) ?? .text, output: output, limit: 0)
    let isCSV = printer.isText && format == .csv
    if isCSV { try printer.print(json: "", text: LeverageTable.csvHeader) }
    let isForEach = byFile || paths.count == 1 || format != .text || !printer.isText
    var total = LeverageTable()
    let trouble = try session.withProgress { progress in
      try session.work(on: paths) { file in
        progress.say("analysing \(file) …")
        let table = try flow.analyze(file, warn: session.warn)
        total.add(table)
        if isForEach {
          // The sum of several stands under their tables.
          let gap = paths.count > 1 ? "\n" : ""
          try printer.print(json: table.json(), text: isCSV ? table.csv() : table.text() + gap)
        }
      }
    }
    if paths.count > 1 {
      try printer.print(json: total.json(), text: isCSV ? total.csv() : total.text())
    }
    try printer.finish()
    return try session.status(after: trouble)
  }
}

extension Analyze {
  /// The files to work on: of those in folders only the ones in the source's language.
  private func paths(
    in workspace: Workspace, _ flow: AnalyzeFlow, _ session: Session
  ) throws -> [String] {
    let found = try search.search(FileSearch.documentEndings, in: workspace).files(files)
    let paths = found.filter { files.contains($0) || !flow.isOfOtherLanguage($0) }
    let count = found.count - paths.count
    if paths.isEmpty, let language = languages.sourceLanguage {
      throw Trouble("holds no file in \(language): all are in other languages", file: files[0])
    }
    if count > 0 {
      session.remark(
        count == 1
          ? "1 file in another language is left out"
          : "\(count) files in other languages are left out")
    }
    return paths
  }
}

extension LeverageTable {
  fileprivate static let csvHeader = csvRow([
    "file", "language", "match", "segments", "words", "characters",
  ])

  fileprivate func csv() -> String {
    let rows = LeverageBand.allCases.map { ($0.rawValue, self[$0]) } + [("total", total)]
    return rows.map { name, volume in
      csvRow(
        [
          file?.visible ?? "", language?.description ?? "", name, "\(volume.segments)",
          "\(volume.words)",
          "\(volume.characters)",
        ], guardsFormulas: true)
    }.joined()
  }

  /// A table for people, under the name of its file.
  fileprivate func text() -> String {
    let name = file.map { "\($0.visible)\(language.map { " (\($0))" } ?? "")" } ?? "all files"
    let rows = LeverageBand.allCases.map { ($0.title, self[$0]) } + [("total", total)]
    let lines =
      [(name, ["segments", "words", "%", "characters"])] + rows.map { ($0, columns(of: $1)) }
    let width = lines.map { Columns.width($0.0) }.max() ?? 0
    return lines.map { title, columns in
      Columns.pad(title, to: width)
        + zip(columns, Self.columnWidths).map { Self.flushRight($0, to: $1) }.joined()
    }.joined(separator: "\n") + "\n"
  }

  private func columns(of volume: TextVolume) -> [String] {
    // Of words, rounded to the nearest: what quotes are made by.
    let share = total.words == 0 ? 0 : (volume.words * 200 + total.words) / (total.words * 2)
    return ["\(volume.segments)", "\(volume.words)", "\(share)", "\(volume.characters)"]
  }

  private static let columnWidths = [12, 10, 5, 12]

  private static func flushRight(_ text: String, to width: Int) -> String {
    String(repeating: " ", count: max(1, width - text.utf8.count)) + text
  }
}

extension LeverageBand {
  fileprivate var title: String {
    switch self {
    case .context: "context (101 %)"
    case .exact: "exact (100 %)"
    case .repetition: "repetitions"
    case .crossFileRepetition: "repetitions across files"
    case .fuzzy95: "95–99 %"
    case .fuzzy85: "85–94 %"
    case .fuzzy75: "75–84 %"
    case .fuzzy50: "50–74 %"
    case .new: "new"
    }
  }
}
