internal import ArgumentParser
internal import Bitext
internal import Formats
internal import Project

struct Lookup: Verb {
  static let configuration = CommandConfiguration(
    commandName: "lookup",
    abstract: "List the glossary terms of a text with their translations.",
    discussion: """
      What a translator, or the prompt of a translation machine, needs before starting.

        concord lookup article.zh.md
      """)

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

  @OptionGroup var search: SearchOptions
  @OptionGroup var glossary: GlossaryFileOptions
  @OptionGroup var limit: LimitOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var place: StoreOptions

  func run(in session: Session) throws -> Int32 {
    let workspace = try place.workspace(session, glossaries: glossary.glossaries)
    let termbase = try workspace.termbase(warn: session.warn)
    var flow = LookupFlow(
      termbase: termbase, target: targetLanguage, includesProposed: glossary.includeProposed)
    let reading = try workspace.documentOptions(language: language, encoding: encoding)
    let search = search.search(
      FileSearch.documentEndings.subtracting(BilingualFile.endings), in: workspace)
    var printer = try ResultPrinter(session, output, limit: limit.limit)
    let paths = try search.files(files)
    let trouble = try session.work(on: paths) { file in
      let hits = flow.hits(in: try reading.segments(of: file))
      try print(hits, &printer, showsFile: paths.count > 1)
    }
    try printer.finish()
    return try session.status(after: trouble)
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
      let translations =
        hit.translations.isEmpty
        ? "—" : hit.translations.map(\.visible).joined(separator: " | ")
      try printer.print(
        json: hit.json(), text: "\(Columns.pad("\(count)×", to: 4))  \(term)  \(translations)\n")
    }
  }
}
