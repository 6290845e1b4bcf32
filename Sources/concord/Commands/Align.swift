internal import ArgumentParser
internal import Bitext
internal import Formats
internal import Project
internal import Store

struct Align: Verb {
  static let configuration = CommandConfiguration(
    commandName: "align",
    abstract: "Find which sentences of two documents translate each other.",
    discussion: """
      Terms of the store or glossary, numbers, names and a built-in word list tell. Each bead has \
      a score: how sure the aligner is, from 0 to 1.

        concord align article.en.md article.zh.md
        concord align article.en.md article.zh.md --format tmx -o article.tmx
        concord align article.en.md article.zh.md --save
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json, jsonl, tsv, tmx
  }

  @Argument(help: "A document.")
  var source: String

  @Argument(help: "Its translation.")
  var target: String

  @Option(help: "How to print the beads.")
  var format: Format?

  @Option(name: [.short, .long], help: ArgumentHelp("Write to a file.", valueName: "file"))
  var output: String?

  @Flag(help: "Every line is a segment and keeps its number; a blank line is an empty one.")
  var segmented = false

  @Flag(help: "Keep the beads in the memory.")
  var save = false

  @Flag(help: "List the doubtful beads first.")
  var review = false

  @Option(help: ArgumentHelp("Leave out beads below this score.", valueName: "share"))
  var minScore = 0.0

  @Option(
    help: ArgumentHelp(
      "A word list beside the built-in one: TSV or CC-CEDICT, also gzipped. May be repeated.",
      valueName: "file"))
  var lexicon: [String] = []

  @OptionGroup var languages: LanguageOptions
  @OptionGroup var glossary: GlossaryFileOptions
  @OptionGroup var change: ChangeOptions
  @OptionGroup var cache: CacheOptions
  @OptionGroup var place: StoreOptions

  func validate() throws {
    guard 0...1 ~= minScore else { throw ValidationError("--min-score is a share from 0 to 1.") }
  }

  func run(in session: Session) throws -> Int32 {
    let workspace = try place.workspace(session, glossaries: glossary.glossaries)
    // A store that cannot be written must be known before the work is done.
    let store = save ? try workspace.store(.write) : nil
    let termbase = try workspace.termbase(isRequired: false, warn: session.warn)
    let aligner = try PairAligner(
      lexicons: lexicon, termbase: termbase,
      source: try workspace.documentOptions(
        language: languages.sourceLanguage, encoding: languages.encoding, isSegmented: segmented),
      target: try workspace.documentOptions(
        language: languages.targetLanguage, encoding: languages.encoding, isSegmented: segmented),
      usesCache: cache.usesCache)
    let text = try aligner.align(source: source, target: target)
    for side in [text.source, text.target] where side.segments.isEmpty {
      session.warn(Warning("holds no text to align", file: side.file))
    }
    if let store {
      let units = text.translationUnits(origin: Files.name(of: source), minimumScore: minScore)
      let outcomes = try store.save(units, by: change.change)
      session.remark(
        "\(source): \(outcomes[.added] ?? 0) units added to the memory, "
          + "\(outcomes[.unchanged] ?? 0) were there")
      guard format != nil || output != nil || session.collector != nil else {
        return ExitStatus.clean
      }
    }
    try print(text, session)
    return ExitStatus.clean
  }

  private func print(_ text: ParallelText, _ session: Session) throws {
    var beads = text.beads.filter { $0.score >= minScore }
    if review {
      beads = beads.enumerated().sorted {
        ($0.element.score, $0.offset) < ($1.element.score, $1.offset)
      }.map(\.element)
    }
    let format = format ?? output.flatMap { Format(rawValue: Files.ending(of: $0)) } ?? .text
    switch format {
    case .tsv, .tmx:
      if session.collector != nil, output == nil {
        throw Trouble("in a batch, --format \(format.rawValue) needs a file: give --output")
      }
      let file = try output.map { try OutputFile.replacing($0) } ?? .standardOutput()
      try write(text, beads, format, to: file)
      try file.finish()
      session.collector?([])
    default:
      var options = OutputOptions()
      options.format = ResultFormat(rawValue: format.rawValue) ?? .text
      options.output = output
      var printer = try ResultPrinter(session, options, limit: 0)
      for bead in beads {
        try printer.print(json: bead.json(in: text), text: BeadText.text(bead, in: text))
      }
      try printer.finish()
    }
  }

  private func write(
    _ text: ParallelText, _ beads: [Bead], _ format: Format, to file: OutputFile
  ) throws {
    if format == .tsv {
      try file.write(
        "\(text.source.language)\t\(text.target.language)\tscore\n")
      for bead in beads { try file.write(bead.tsvRow(in: text)) }
      return
    }
    let writer = TMXWriter(to: file)
    try writer.writeHeader(sourceLanguage: text.source.language, version: Concord.version)
    for unit in text.translationUnits(origin: Files.name(of: source), minimumScore: minScore) {
      try writer.write(unit)
    }
    try writer.writeEnd()
  }
}

/// Prints beads for people.
enum BeadText {
  static func text(_ bead: Bead, in text: ParallelText) -> String {
    let score = Int((bead.score * 100).rounded())
    let shape = "\(bead.source.count)-\(bead.target.count)"
    let head = Columns.pad("\(score) %", to: 5) + "  " + shape
    return "\(head)  \(side(bead.source, text.source))\n"
      + "\(Columns.pad("", to: Columns.width(head)))  \(side(bead.target, text.target))\n"
  }

  private static func side(_ segments: Range<Int>, _ text: SegmentedText) -> String {
    guard !segments.isEmpty else { return "—" }
    return segments.map { text.text($0).split(separator: "\n").joined(separator: " ").visible }
      .joined(separator: " ‖ ")
  }
}
