internal import ArgumentParser
internal import Bitext
internal import Project
internal import Store

struct List: Verb {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the concepts of the store.",
    discussion: """
        concord list --domain policy
        concord list 科学城 --format jsonl
      """)

  @Argument(help: "Part of a term; case, width and spacing do not matter.")
  var text: String?

  @Option(help: ArgumentHelp("Only concepts of this field.", valueName: "name"))
  var domain: String?

  @Option(help: ArgumentHelp("Only concepts with a term of this status.", valueName: "status"))
  var status: TermStatus?

  @Option(help: ArgumentHelp("Only concepts with a term in this language.", valueName: "tag"))
  var language: LanguageTag?

  @OptionGroup var limit: LimitOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var place: StoreOptions

  func run(in session: Session) throws -> Int32 {
    let store = try place.workspace(session).store(.read)
    var printer = try ResultPrinter(session, output, limit: limit.limit)
    var concepts: [Concept] = []
    let filter = ConceptFilter(text: text, domain: domain, status: status, language: language)
    try store.forEachConcept(filter) { concepts.append($0) }
    var languages: [LanguageTag] = []
    for concept in concepts {
      for language in concept.languages where !languages.contains(language) {
        languages.append(language)
      }
    }
    languages = Array(languages.prefix(3))
    let widths = Self.widths(concepts, languages)
    for concept in concepts {
      try printer.print(
        json: concept.json(),
        text: ConceptText.line(concept, widths: widths, languages: languages))
    }
    try printer.finish()
    return ExitStatus.clean
  }

  private static func widths(_ concepts: [Concept], _ languages: [LanguageTag]) -> [Int] {
    var widths = [concepts.map { Columns.width($0.id) }.max() ?? 0]
    for language in languages {
      let terms = concepts.compactMap { $0.terms.first { $0.language == language } }
      widths.append(min(44, terms.map { Columns.width(ConceptText.term($0)) }.max() ?? 0))
    }
    return widths
  }
}

struct Show: Verb {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show one concept with its history.")

  @Argument(help: "The ids of concepts.")
  var ids: [String]

  @OptionGroup var output: OutputOptions
  @OptionGroup var place: StoreOptions

  func run(in session: Session) throws -> Int32 {
    let store = try place.workspace(session).store(.read)
    var printer = try ResultPrinter(session, output)
    for id in ids {
      guard let concept = try store.concept(id) else {
        throw Trouble("there is no concept \(id): 'concord list' shows them")
      }
      let history = try store.history(ofConcept: id)
      try printer.print(
        json: concept.json(), text: ConceptText.full(concept, history: history))
    }
    try printer.finish()
    return ExitStatus.clean
  }
}

struct Remove: Verb {
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract: "Remove concepts from the store.",
    discussion: "All of them or, when one does not exist, none. The history keeps them.")

  @Argument(help: "The ids of concepts.")
  var ids: [String]

  @OptionGroup var change: ChangeOptions
  @OptionGroup var place: StoreOptions

  func run(in session: Session) throws -> Int32 {
    let store = try place.workspace(session).store(.write)
    try store.removeConcepts(ids, by: change.change)
    session.remark("removed \(ids.count) concept\(ids.count == 1 ? "" : "s")")
    session.collector?([])
    return ExitStatus.clean
  }
}
