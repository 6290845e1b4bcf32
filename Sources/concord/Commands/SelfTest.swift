internal import ArgumentParser
internal import Bitext
internal import Formats
internal import Project

struct SelfTest: Verb {
  static let configuration = CommandConfiguration(
    commandName: "selftest",
    abstract: "Measure each term's precision on translations of your own.",
    discussion: """
      Checks a bitext that people have translated: TMX, TSV, or pairs of documents. Nearly every \
      alarm there is a false one, so that the share of a term's hits without an alarm tells what \
      its alarms are worth. A term should only warn when even the upper end of the 95 % interval is \
      below --min-precision; after one or two hits that end is high. The worst terms come first.

        concord selftest memory.tmx --glossary terms.csv
        concord selftest docs --write-warn-only warn-only.txt
        concord check docs --warn-only warn-only.txt
      """)

  @Argument(help: "Bitexts, pairs of documents, or folders.")
  var files: [String]

  @Option(
    help: ArgumentHelp(
      "The share of hits without an alarm that is asked of a term.", valueName: "share"))
  var minPrecision = 0.95

  @Option(
    help: ArgumentHelp(
      "Write the terms that should only warn, for 'check --warn-only'.", valueName: "file"))
  var writeWarnOnly: String?

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
    guard minPrecision > 0, minPrecision <= 1 else {
      throw ValidationError("--min-precision is a share above 0, at the most 1.")
    }
  }

  func run(in session: Session) throws -> Int32 {
    let workspace = try place.workspace(session, glossaries: glossary.glossaries)
    let termbase = try workspace.termbase(warn: session.warn)
    let search = search.search(FileSearch.documentEndings.union(["tsv"]), in: workspace)
    let items = checkItems(try search.files(files), workspace.configuration)
    let aligner = try PairAligner(
      lexicons: lexicon, termbase: termbase,
      source: try workspace.documentOptions(
        language: languages.sourceLanguage, encoding: languages.encoding),
      target: try workspace.documentOptions(
        language: languages.targetLanguage, encoding: languages.encoding),
      usesCache: cache.usesCache)
    let flow = SelfTestFlow(
      termbase: termbase, includesProposed: glossary.includeProposed, threshold: minPrecision,
      aligner: aligner, languages: (languages.sourceLanguage, languages.targetLanguage))
    let result = flow.run(items)
    result.warnings.forEach(session.warn)
    result.troubles.forEach(session.report)
    guard result.beads > 0 || !result.troubles.isEmpty else {
      throw Trouble("there is nothing to measure on: no bead has two sides", file: files.first)
    }
    try print(result, session)
    // A list made of half the evidence would look like one made of all.
    if let writeWarnOnly, result.troubles.isEmpty {
      let file = try OutputFile.replacing(writeWarnOnly)
      try file.write(WarnOnlyList.text(result.terms))
      try file.finish()
    }
    return try session.status(after: result.troubles.first)
  }

  private func print(_ result: SelfTestFlow.Result, _ session: Session) throws {
    var printer = try ResultPrinter(session, output, limit: limit.limit)
    let width = result.terms.prefix(50).map { Columns.width($0.term.visible) }.max() ?? 0
    if !result.terms.isEmpty {
      try printer.line("verdict  alarms/hits  without alarm    term and translation")
    }
    for term in result.terms {
      try printer.print(json: term.json(), text: line(term, width: min(width, 40)))
    }
    try printer.line(summary(result))
    try printer.finish()
  }

  private func line(_ term: TermPrecision, width: Int) -> String {
    func percent(_ share: Double) -> String { "\(Int((share * 100).rounded()))" }
    let interval = term.interval
    let range = "(\(percent(interval.lowerBound))–\(percent(interval.upperBound)) %)"
    let share = "\(percent(term.precision)) % \(range)"
    return Columns.pad(term.verdict.rawValue, to: 9)
      + Columns.pad("\(term.alarms)/\(term.hits)", to: 13) + Columns.pad(share, to: 17)
      + Columns.pad(term.term.visible, to: width) + "  "
      + term.translations.map(\.visible).joined(separator: " | ") + "\n"
  }

  private func summary(_ result: SelfTestFlow.Result) -> String {
    func count(_ verdict: TermPrecision.Verdict) -> Int {
      result.terms.count { $0.verdict == verdict }
    }
    return
      "\(result.terms.count) terms in \(result.beads) beads: \(count(.warn)) should only warn, "
      + "\(count(.unsure)) unsure, \(count(.trust)) trusted; concepts that do not occur: "
      + "\(result.unseen)"
  }
}
