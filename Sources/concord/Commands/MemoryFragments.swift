internal import ArgumentParser
internal import Bitext
internal import Project
internal import Store

struct MemoryFragments: Verb {
  static let configuration = CommandConfiguration(
    commandName: "fragments",
    abstract: "Show what the memory and the termbase have for parts of a text.",
    discussion: """
      The longest parts that units hold word for word, and the terms, with their translations. The \
      translation of a part is what most units have for it, by the links of their words; where \
      they do not agree, one of them is shown.

        concord memory fragments "The science city will open next year."
        concord memory fragments 西部科学城明年开放 --format jsonl
      """)

  @Argument(help: "The text, in either language: a sentence.")
  var text: String

  @Option(
    help: ArgumentHelp("The language of the text. (default: by its script)", valueName: "tag"))
  var language: LanguageTag?

  @Option(
    help: ArgumentHelp(
      "The language of the translations. (default: the one of most units)", valueName: "tag"))
  var targetLanguage: LanguageTag?

  @Flag(help: "Count terms too that wait for review.")
  var includeProposed = false

  @OptionGroup var output: OutputOptions
  @OptionGroup var place: StoreOptions

  func run(in session: Session) throws -> Int32 {
    let workspace = try place.workspace(session)
    let options = FragmentOptions(
      termbase: try workspace.termbase(isRequired: false, warn: session.warn),
      target: targetLanguage, includesProposed: includeProposed)
    var flow = try FragmentFlow(store: try workspace.store(.read), options: options)
    let fragments = try flow.fragments(of: text, language: language)
    if let trouble = flow.indexTrouble { session.warn(trouble) }
    var printer = try ResultPrinter(session, output, limit: 0)
    try FragmentPrinting.print(fragments, &printer, session)
    try printer.finish()
    return ExitStatus.clean
  }
}
