internal import ArgumentParser
internal import Bitext
internal import Formats
internal import Project
internal import Store

struct Extract: Verb {
  static let configuration = CommandConfiguration(
    commandName: "extract",
    abstract: "Propose term pairs from bitexts.",
    discussion: """
      Reads TMX, TSV, the JSON lines of 'align', and pairs of documents (a.en.md a.zh.md), which \
      are aligned on the fly; without files, the memory. What the glossary has already is left out, \
      and so is what was rejected. A pair of which the glossary knows one side is proposed as a \
      variant of that concept. With --save the pairs wait for 'concord review'; a second name for a \
      known thing may be a mistake, so that --accept-above leaves variants to a person.

        concord extract memory.tmx
        concord extract news/ --save
        concord extract news/ --save --accept-above 0.9 --domain policy
      """)

  @Argument(help: "Bitexts, pairs of documents, or folders.")
  var files: [String] = []

  @Option(
    help: ArgumentHelp(
      "Leave out candidates below this score. (default: 0.5 with --save, else 0)",
      valueName: "share"))
  var minScore: Double?

  @Flag(help: "Keep the candidates in the glossary, as proposed.")
  var save = false

  @Option(
    help: ArgumentHelp("With --save, accept candidates from this score on.", valueName: "share"))
  var acceptAbove: Double?

  @Flag(help: "With --accept-above, accept variants of known concepts too.")
  var variants = false

  @Option(help: ArgumentHelp("The field of the concepts that are kept.", valueName: "name"))
  var domain: String?

  @Option(
    help: ArgumentHelp("A word list for sentences and words. May be repeated.", valueName: "file"))
  var lexicon: [String] = []

  @OptionGroup var search: SearchOptions
  @OptionGroup var languages: LanguageOptions
  @OptionGroup var glossary: GlossaryFileOptions
  @OptionGroup var change: ChangeOptions
  @OptionGroup var limit: LimitOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var cache: CacheOptions
  @OptionGroup var place: StoreOptions

  /// A candidate that is wrong more often than right is not worth a reviewer's look.
  private static let worthALook = 0.5

  func validate() throws {
    if acceptAbove != nil, !save { throw ValidationError("--accept-above goes with --save.") }
    if variants, acceptAbove == nil {
      throw ValidationError("--variants goes with --accept-above.")
    }
    for share in [minScore ?? 0, acceptAbove ?? 0] where !(0...1 ~= share) {
      throw ValidationError("A score is a share from 0 to 1.")
    }
  }

  func run(in session: Session) throws -> Int32 {
    let workspace = try place.workspace(session, glossaries: glossary.glossaries)
    let store = save ? try workspace.store(.write) : nil
    let termbase = try workspace.termbase(isRequired: false, warn: session.warn)
    var flow = ExtractFlow(lexicons: lexicon, usesCache: cache.usesCache)
    try addInput(to: &flow, workspace, termbase, session)
    var result = try flow.run(known: termbase, rejected: try workspace.rejectedPairs())
    let floor = minScore ?? (save ? Self.worthALook : 0)
    result.candidates.removeAll { $0.score < floor }
    if let store { try keep(result, store, session) }
    var printer = try ResultPrinter(session, output, limit: limit.limit)
    let width = result.candidates.prefix(50).map { Columns.width($0.source) }.max() ?? 0
    for candidate in result.candidates {
      try printer.print(
        json: candidate.json(), text: line(candidate, width: min(width, 44)))
    }
    try printer.finish()
    return ExitStatus.clean
  }

  private func addInput(
    to flow: inout ExtractFlow, _ workspace: Workspace, _ termbase: Termbase, _ session: Session
  ) throws {
    let pair = (languages.sourceLanguage, languages.targetLanguage)
    guard !files.isEmpty else { return try flow.add(memory: try workspace.store(.read)) }
    let aligner = try PairAligner(
      lexicons: lexicon, termbase: termbase,
      source: try workspace.documentOptions(
        language: languages.sourceLanguage, encoding: languages.encoding),
      target: try workspace.documentOptions(
        language: languages.targetLanguage, encoding: languages.encoding),
      usesCache: cache.usesCache)
    let search = search.search(
      FileSearch.documentEndings.union(["tsv", "jsonl"]), in: workspace)
    for item in checkItems(try search.files(files), workspace.configuration) {
      switch item {
      case .bilingual(let file): try flow.add(file: file, languages: pair, warn: session.warn)
      case .pair(let source, let target, _):
        try flow.add(try aligner.align(source: source, target: target))
      case .document(let file):
        guard ["tsv", "jsonl", "ndjson"].contains(Files.ending(of: file)) else {
          session.warn(Warning("has no translation among the files and is left out", file: file))
          continue
        }
        try flow.add(file: file, languages: pair, warn: session.warn)
      }
    }
  }

  private func keep(
    _ result: ExtractFlow.Result, _ store: ConcordStore, _ session: Session
  ) throws {
    let counts = try store.propose(
      result.candidates, languages: (result.source, result.target), domain: domain,
      acceptance: Acceptance(score: acceptAbove, takesVariants: variants), by: change.change)
    session.remark(
      "kept \(counts.new) new pairs and \(counts.variants) variants of known concepts; "
        + "\(counts.accepted) accepted, the others wait for 'concord review'")
  }

  private func line(_ candidate: TermCandidate, width: Int) -> String {
    let score = Columns.pad("\(Int((candidate.score * 100).rounded())) %", to: 5)
    let source = Columns.pad(Columns.cut(candidate.source.visible, to: width), to: width)
    let variant = candidate.concept.map { ", a variant of concept \($0.visible)" } ?? ""
    return "\(score)  \(source)  \(candidate.target.visible)  (\(candidate.count) of "
      + "\(candidate.sourceCount) and \(candidate.targetCount)\(variant))\n"
  }
}
