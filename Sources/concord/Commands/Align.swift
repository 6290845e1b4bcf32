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
        concord align report-en.txt report-zh.txt -o report.csv     (opens in Excel)
        concord align article.en.md article.zh.md --format tmx -o article.tmx
        concord align article.en.md article.zh.md --review          (doubtful beads first)
        concord align article.en.md article.zh.md --save

      Many pairs: a list with a source, a tab and a target on each line, and in a third column a \
      name for the result where the source's own will not do. Paths start at the list's folder. \
      Words are learnt over all pairs first. A folder gets a file for each pair, and a run that \
      was stopped goes on from there; a file or standard output gets all in the list's order.

        concord align --batch pairs.tsv -o aligned/ --format tmx
        concord align --batch pairs.tsv -o all.jsonl
        concord align --batch pairs.tsv --save

      Words: which words of a bead translate each other, learnt from the documents themselves, \
      from word lists, and from more bitext where there is some. Texts that were cut into words \
      before, one a line, give the links that other word aligners print.

        concord align article.en.md article.zh.md --words --train memory.tmx
        concord align --tokenized corpus.zh corpus.en -o corpus.links
      """)

  @Argument(help: "A document.")
  var source: String?

  @Argument(help: "Its translation.")
  var target: String?

  @Option(
    help: ArgumentHelp(
      "Align all pairs of a list; - is standard input.", valueName: "pairs.tsv"))
  var batch: String?

  @Option(help: "How to print the beads. (default: by the ending of --output, else text)")
  var format: BeadRendering.Format?

  @Option(
    name: [.short, .long],
    help: ArgumentHelp(
      "Write to a file; with --batch also to a folder, a file for each pair.", valueName: "file"))
  var output: String?

  @Flag(help: "Every line is a segment and keeps its number; a blank line is an empty one.")
  var segmented = false

  @Flag(help: "Keep the beads in the memory.")
  var save = false

  @Flag(
    help: """
      List the beads by their score, the doubtful ones first; as text, with their lines and \
      neighbours.
      """)
  var review = false

  @Option(help: ArgumentHelp("Leave out beads below this score.", valueName: "share"))
  var minScore = 0.0

  @Option(
    help: ArgumentHelp(
      "A word list beside the built-in one: TSV or CC-CEDICT, also gzipped. May be repeated.",
      valueName: "file"))
  var lexicon: [String] = []

  @Option(
    help: ArgumentHelp(
      "With --batch: align so many pairs at a time. The result is the same. (default: all cores)",
      valueName: "count"))
  var threads: Int?

  @Flag(help: "Do without the built-in word list.")
  var noBuiltinLexicon = false

  @OptionGroup(title: "Word alignment") var words: WordOptions
  @OptionGroup var languages: LanguageOptions
  @OptionGroup var glossary: GlossaryFileOptions
  @OptionGroup var change: ChangeOptions
  @OptionGroup var cache: CacheOptions
  @OptionGroup var place: StoreOptions

  func validate() throws {
    guard 0...1 ~= minScore else { throw ValidationError("--min-score is a share from 0 to 1.") }
    if batch != nil {
      guard source == nil else {
        throw ValidationError("Name two documents, or a list of pairs with --batch, not both.")
      }
    } else if target == nil {
      throw ValidationError(
        "Name a document and its translation, or a list of pairs with --batch.")
    } else if threads != nil {
      throw ValidationError("--threads goes with --batch.")
    }
    try words.validate(self)
    if let threads, threads < 1 { throw ValidationError("--threads must be 1 or more.") }
  }

  func run(in session: Session) throws -> Int32 {
    let workspace = try place.workspace(session, glossaries: glossary.glossaries)
    // A store that cannot be written must be known before the work is done.
    let store = save ? try workspace.store(.write) : nil
    let aligner = try aligner(workspace, session)
    if let batch {
      return try runBatch(try PairList(batch), aligner, store, session)
    }
    guard let source, let target else { return ExitStatus.clean }
    try refuseToOverwrite([source, target])
    if words.isOn { return try runWords(source, target, aligner, session) }
    let text = try session.withProgress { progress in
      progress.say("aligning \(source) with \(target) …")
      return try aligner.align(source: source, target: target)
    }
    for side in [text.source, text.target] where side.segments.isEmpty {
      session.warn(Warning("holds no text to align", file: side.file))
    }
    if let store {
      let units = text.translationUnits(origin: Files.name(of: source), minimumScore: minScore)
      let outcomes = try store.save(units, by: change.change)
      session.remark("\(source): \(Self.savedText(outcomes))")
    }
    if printsBeads(session) { try print(text, session) }
    return ExitStatus.clean
  }

  /// Beads that are saved are printed only for those who ask for it.
  func printsBeads(_ session: Session) -> Bool {
    !save || format != nil || output != nil || session.collector != nil
  }

  func rendering(_ format: BeadRendering.Format) -> BeadRendering {
    BeadRendering(format: format, minimumScore: minScore, isReview: review)
  }

  /// The format that was asked for, or that the name of the output tells.
  var fileFormat: BeadRendering.Format {
    format ?? BeadRendering.Format(fileName: output) ?? .text
  }

  static func savedText(_ outcomes: [StoreOutcome: Int]) -> String {
    "\(outcomes[.added] ?? 0) units added to the memory, \(outcomes[.unchanged] ?? 0) were there"
  }

  func openOutput() throws -> OutputFile {
    guard let output, output != "-" else { return .standardOutput() }
    return try .replacing(output)
  }

  /// In a batch of commands the answer has objects; other formats need a file.
  func requireFile(for format: BeadRendering.Format, _ session: Session) throws {
    guard session.collector != nil, output == nil, !format.isObjects else { return }
    throw Trouble("in a batch, --format \(format.rawValue) needs a file: give --output")
  }

  private func aligner(_ workspace: Workspace, _ session: Session) throws -> PairAligner {
    try PairAligner(
      lexicons: lexicon, termbase: try workspace.termbase(isRequired: false, warn: session.warn),
      source: try workspace.documentOptions(
        language: languages.sourceLanguage, encoding: languages.encoding,
        isSegmented: segmented || words.tokenized),
      target: try workspace.documentOptions(
        language: languages.targetLanguage, encoding: languages.encoding,
        isSegmented: segmented || words.tokenized),
      usesBuiltin: !noBuiltinLexicon, usesCache: cache.usesCache)
  }

  /// - Throws: `Trouble` when the output is one of the documents.
  func refuseToOverwrite(_ documents: [String]) throws(Trouble) {
    guard let output, let identity = Files.identity(of: output), Files.kind(of: output) == .file
    else { return }
    for document in documents where Files.identity(of: document) == identity {
      throw Trouble("is one of the documents: name another file with --output", file: output)
    }
  }

  private func print(_ text: ParallelText, _ session: Session) throws {
    let rendering = rendering(fileFormat)
    try requireFile(for: rendering.format, session)
    if output == nil, let collector = session.collector {
      return collector(rendering.beads(of: text).map { $0.json(in: text) })
    }
    let file = try openOutput()
    try file.write(rendering.head((text.source.language, text.target.language)))
    var separator = ""
    try rendering.forEachBead(of: text) { bead in
      try file.write(separator + bead)
      separator = rendering.separator
    }
    try file.write(rendering.foot)
    try file.finish()
    session.collector?([])
    let beads = rendering.beads(of: text)
    session.summarise(
      BeadRendering.summary(beads: beads.count, doubtful: beads.count(where: \.isDoubtful)))
  }
}
