internal import ArgumentParser
internal import Bitext
internal import Checking
internal import Formats
internal import Project
internal import Segmentation

struct Lookup: Verb {
  static let configuration = CommandConfiguration(
    commandName: "lookup",
    abstract: "List the glossary terms of a text with their translations.",
    discussion: """
      What a translator, or the prompt of a translation machine, needs before starting. As text, \
      each file has its own list; 'table' makes one list of all files, with the first place of each \
      term; 'brief' makes a block to paste, each concept once, with the translations that must not \
      be used.

        concord lookup article.zh.md
        concord lookup docs/zh --target-language en --format brief
      """)

  /// How terms are printed.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, table, brief, json, jsonl
  }

  @Argument(help: "Files, or folders to search; - is standard input.")
  var files: [String]

  @Option(
    help: ArgumentHelp("The language of the files. (default: by name and script)", valueName: "tag")
  )
  var language: LanguageTag?

  @Option(
    help: ArgumentHelp("The language of the translations. (default: all others)", valueName: "tag"))
  var targetLanguage: LanguageTag?

  @Option(
    help: ArgumentHelp("The encoding of the files, where it is guessed wrong.", valueName: "name"))
  var encoding: String?

  @Option(help: "How to print results.")
  var format: Format = .text

  @Option(name: [.short, .long], help: ArgumentHelp("Write to a file.", valueName: "file"))
  var output: String?

  @OptionGroup var search: SearchOptions
  @OptionGroup var glossary: GlossaryFileOptions
  @OptionGroup var limit: LimitOptions
  @OptionGroup var place: StoreOptions

  func run(in session: Session) throws -> Int32 {
    let workspace = try place.workspace(session, glossaries: glossary.glossaries)
    let termbase = try workspace.termbase(warn: session.warn)
    var flow = LookupFlow(
      termbase: termbase, target: targetLanguage, includesProposed: glossary.includeProposed)
    let reading = try workspace.documentOptions(language: language, encoding: encoding)
    let search = search.search(
      FileSearch.documentEndings.subtracting(BilingualFile.endings), in: workspace)
    let paths = try search.files(files)
    var printer = try ResultPrinter(
      session, outputOptions, limit: format == .brief ? 0 : limit.limit)
    var list = TermList()
    let trouble = try session.work(on: paths) { file in
      let hits = flow.hits(in: try reading.segments(of: file))
      if printer.isText, format != .text {
        list.add(hits)
      } else {
        try print(hits, &printer, showsFile: paths.count > 1)
      }
    }
    if printer.isText, format == .table { try print(list, &printer) }
    if printer.isText, format == .brief { try print(brief: list, &printer, session) }
    try printer.finish()
    return try session.status(after: trouble)
  }

  /// The two formats of this verb alone are texts.
  private var outputOptions: OutputOptions {
    var options = OutputOptions()
    options.format = ResultFormat(rawValue: format.rawValue) ?? .text
    options.output = output
    return options
  }

  private func print(
    brief list: TermList, _ printer: inout ResultPrinter, _ session: Session
  ) throws {
    let brief = list.brief
    guard !brief.isEmpty else { return session.remark("no glossary term with a translation") }
    try printer.print(json: "", text: brief)
  }

  /// All files' terms: how often, term, translations, the first place.
  private func print(_ list: TermList, _ printer: inout ResultPrinter) throws {
    let sources = FileLines()
    let rows = list.lines.map { line in
      let hit = line.first
      let start = sources.lines(of: hit.file)?.position(at: hit.range.lowerBound)
      let place = start.map { ":\($0.line):\($0.column)" } ?? ""
      return (
        count: "\(line.count)×", term: line.term.visible, translations: translations(hit),
        place: hit.file.visible + place
      )
    }
    let widths = (
      min(44, rows.map { Columns.width($0.term) }.max() ?? 0),
      min(60, rows.map { Columns.width($0.translations) }.max() ?? 0)
    )
    for row in rows {
      let text =
        "\(Columns.pad(row.count, to: 4))  \(Columns.pad(row.term, to: widths.0))  "
        + "\(Columns.pad(row.translations, to: widths.1))  \(row.place)\n"
      try printer.print(json: "", text: text)
    }
  }

  private func translations(_ hit: LookupHit) -> String {
    hit.translations.isEmpty ? "—" : hit.translations.map(\.visible).joined(separator: " | ")
  }

  /// Objects for every occurrence; for people one line a term, with how often it occurs.
  private func print(
    _ hits: [LookupHit], _ printer: inout ResultPrinter, showsFile: Bool
  ) throws {
    guard printer.isText else {
      for hit in hits { try printer.print(json: hit.json(), text: "") }
      return
    }
    var order: [LookupHit] = []
    var counts: [String: Int] = [:]
    for hit in hits {
      let key = hit.concept + "\u{0}" + hit.term
      if counts[key] == nil { order.append(hit) }
      counts[key, default: 0] += 1
    }
    let width = min(44, order.map { Columns.width($0.term) }.max() ?? 0)
    if showsFile, let first = order.first { try printer.line(first.file.visible) }
    for hit in order {
      let count = counts[hit.concept + "\u{0}" + hit.term] ?? 1
      let term = Columns.pad(hit.term.visible, to: width)
      try printer.print(
        json: hit.json(),
        text: "\(Columns.pad("\(count)×", to: 4))  \(term)  \(translations(hit))\n")
    }
  }
}
