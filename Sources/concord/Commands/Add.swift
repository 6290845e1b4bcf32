internal import ArgumentParser
internal import Bitext
internal import Project
internal import Segmentation
internal import Store

struct Add: Verb {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Add a glossary entry.",
    discussion: """
      If exactly one concept has the source term, the target joins it as admitted. The concept's \
      id is printed.

        concord add "Golden Phoenix" 金凤凰 --domain policy --note "talent programme"
      """)

  @Argument(help: "The term in one language.")
  var source: String

  @Argument(help: "Its translation.")
  var target: String

  @Option(help: ArgumentHelp("The field that the concept belongs to.", valueName: "name"))
  var domain: String?

  @Option(help: ArgumentHelp("What the concept is.", valueName: "text"))
  var definition: String?

  @Option(help: ArgumentHelp("Advice on its use.", valueName: "text"))
  var note: String?

  @Option(help: ArgumentHelp("Where the translation was found.", valueName: "text"))
  var reference: String?

  @Option(
    help: ArgumentHelp(
      "The status of the translation (a proposal concerns both terms): preferred, admitted, "
        + "deprecated, forbidden or proposed.", valueName: "status"))
  var status: TermStatus?

  @Option(help: ArgumentHelp("Another right term, in either language.", valueName: "term"))
  var admit: [String] = []

  @Option(help: ArgumentHelp("A wrong term, in either language.", valueName: "term"))
  var forbid: [String] = []

  @Option(name: .customLong("concept"), help: ArgumentHelp("The concept to join.", valueName: "id"))
  var conceptID: String?

  @Flag(help: "Make a concept of its own, though another one has the term: a homonym.")
  var new = false

  @OptionGroup var languages: TermLanguageOptions
  @OptionGroup var change: ChangeOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var place: StoreOptions

  func validate() throws {
    if new, conceptID != nil { throw ValidationError("--new and --concept exclude each other.") }
  }

  func run(in session: Session) throws -> Int32 {
    let workspace = try place.workspace(session)
    let store = try workspace.store(.write)
    let choice: ConceptChoice = new ? .new : conceptID.map { .id($0) } ?? .bySource
    let (concept, outcome) = try store.add(
      try concept(workspace), choice: choice, by: change.change)
    switch outcome {
    case .added: break
    case .changed: session.remark("joined concept \(concept.id)")
    case .unchanged: session.remark("concept \(concept.id) has that already")
    }
    var printer = try ResultPrinter(session, output)
    try printer.print(json: concept.json(), text: concept.id + "\n")
    try printer.finish()
    return ExitStatus.clean
  }

  private func concept(_ workspace: Workspace) throws(Trouble) -> Concept {
    let (source, target) = try cleaned()
    let left = try languages.source(of: source, workspace)
    let right = try languages.target(of: target, workspace)
    guard !LanguageMatching.match(left, right) else {
      throw Trouble(
        "both terms look like \(left): say which with --source-language and --target-language")
    }
    let (leftStatus, rightStatus): (TermStatus, TermStatus) =
      status == .proposed ? (.proposed, .proposed) : (.preferred, status ?? .preferred)
    var terms = [
      Term(source, language: left, status: leftStatus),
      Term(target, language: right, status: rightStatus),
    ]
    for (texts, status) in [(admit, TermStatus.admitted), (forbid, .forbidden)] {
      for text in texts {
        let isLeft = languages.belongs(text, to: left, rather: right)
        terms.append(Term(text, language: isLeft ? left : right, status: status))
      }
    }
    return Concept(
      id: "", terms: terms, domain: domain, definition: definition, note: note, source: reference)
  }

  private func cleaned() throws(Trouble) -> (String, String) {
    let pair = (TermText.cleaned(source), TermText.cleaned(target))
    for text in [pair.0, pair.1] + admit + forbid { try TermText.check(text) }
    return pair
  }
}

/// The languages of terms that are typed.
struct TermLanguageOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The language of the source term. (default: by its script)", valueName: "tag"))
  var sourceLanguage: LanguageTag?

  @Option(
    help: ArgumentHelp(
      "The language of the target term. (default: by its script)", valueName: "tag"))
  var targetLanguage: LanguageTag?

  func source(of text: String, _ workspace: Workspace) throws(Trouble) -> LanguageTag {
    if let sourceLanguage { return sourceLanguage }
    return try language(of: text, workspace, option: "--source-language")
  }

  func target(of text: String, _ workspace: Workspace) throws(Trouble) -> LanguageTag {
    if let targetLanguage { return targetLanguage }
    return try language(of: text, workspace, option: "--target-language")
  }

  /// Which of two languages a text is in, by its script.
  func belongs(_ text: String, to left: LanguageTag, rather right: LanguageTag) -> Bool {
    guard let detected = LanguageMatching.detect(Array(text.utf8).span) else { return false }
    return LanguageMatching.sameLanguage(detected, left)
      && !LanguageMatching.match(detected, right)
  }

  private func language(
    of text: String, _ workspace: Workspace, option: String
  ) throws(Trouble) -> LanguageTag {
    guard let detected = LanguageMatching.detect(Array(text.utf8).span) else {
      throw Trouble("the language of “\(text)” cannot be told: give \(option)")
    }
    let configuration = workspace.configuration
    if detected == .chinese { return configuration?.chinese ?? .simplifiedChinese }
    return configuration?.languages.first { LanguageMatching.match($0, detected) } ?? detected
  }
}
