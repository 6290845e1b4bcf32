internal import ArgumentParser
internal import Bitext
internal import Project
internal import Store

struct Edit: Verb {
  static let configuration = CommandConfiguration(
    commandName: "edit",
    abstract: "Change a concept.",
    discussion: """
        concord edit 12 --add-term en="Golden Phoenix Program"
        concord edit 12 --status "Gold Phoenix=forbidden" --note "the old name"
        concord edit 13 --accept
      """)

  @Argument(help: "The concept's id.")
  var id: String

  @Option(
    help: ArgumentHelp("Add a term, admitted if there is a preferred one.", valueName: "lang=term"))
  var addTerm: [String] = []

  @Option(help: ArgumentHelp("Take a term out.", valueName: "term"))
  var removeTerm: [String] = []

  @Option(help: ArgumentHelp("Give a term a status.", valueName: "term=status"))
  var status: [String] = []

  @Option(help: ArgumentHelp("The field; an empty text clears it.", valueName: "name"))
  var domain: String?

  @Option(help: ArgumentHelp("What the concept is; an empty text clears it.", valueName: "text"))
  var definition: String?

  @Option(help: ArgumentHelp("Advice on its use; an empty text clears it.", valueName: "text"))
  var note: String?

  @Flag(help: "Accept a proposal: its terms become preferred, or admitted beside preferred ones.")
  var accept = false

  @Flag(
    help:
      "Reject a proposal: its proposed terms are taken out, and extract never proposes it again.")
  var reject = false

  @OptionGroup var change: ChangeOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var place: StoreOptions

  func validate() throws {
    if accept, reject { throw ValidationError("--accept and --reject exclude each other.") }
    let hasTerms = !addTerm.isEmpty || !removeTerm.isEmpty || !status.isEmpty
    guard hasTerms || domain != nil || definition != nil || note != nil || accept || reject else {
      throw ValidationError("Nothing to change: give an option such as --note or --add-term.")
    }
  }

  func run(in session: Session) throws -> Int32 {
    let store = try place.workspace(session).store(.write)
    guard var concept = try store.concept(id) else {
      throw Trouble("there is no concept \(id): 'concord list' shows them")
    }
    try changeTerms(&concept)
    if let domain { concept.domain = domain.isEmpty ? nil : domain }
    if let definition { concept.definition = definition.isEmpty ? nil : definition }
    if let note { concept.note = note.isEmpty ? nil : note }
    if concept.terms.isEmpty {
      guard reject else {
        throw Trouble("a concept keeps at least one term: 'concord remove \(id)' takes it out")
      }
      try store.removeConcepts([id], rejects: true, by: change.change)
      session.remark("rejected and removed concept \(id)")
      session.collector?([])
      return ExitStatus.clean
    }
    let outcome = try store.replace(concept, rejects: reject, by: change.change)
    if outcome == .unchanged { session.remark("concept \(id) is so already") }
    var printer = try ResultPrinter(session, output)
    let stored = try store.concept(id) ?? concept
    try printer.print(json: stored.json(), text: ConceptText.full(stored))
    try printer.finish()
    return ExitStatus.clean
  }

  private func changeTerms(_ concept: inout Concept) throws(Trouble) {
    for text in addTerm {
      let (tag, term) = try split(text, at: text.firstIndex(of: "="), form: "en=TERM")
      guard let language = LanguageTag(tag) else {
        throw Trouble("'\(tag)' is no language tag: write --add-term en=TERM")
      }
      guard !concept.terms.contains(where: { $0.text == term && $0.language == language }) else {
        continue
      }
      let hasPreferred = concept.terms.contains {
        $0.language == language && $0.status == .preferred
      }
      concept.terms.append(
        Term(term, language: language, status: hasPreferred ? .admitted : .preferred))
    }
    for text in removeTerm { concept.terms.remove(at: try index(of: text, in: concept)) }
    for text in status {
      let (term, name) = try split(text, at: text.lastIndex(of: "="), form: "TERM=preferred")
      guard let status = TermStatus(rawValue: name) else {
        let names = TermStatus.allCases.map(\.rawValue).joined(separator: ", ")
        throw Trouble("'\(name)' is no status: write one of \(names)")
      }
      concept.setStatus(status, of: try index(of: term, in: concept))
    }
    if accept || reject {
      guard concept.terms.contains(where: { $0.status == .proposed }) else {
        throw Trouble("concept \(id) has no proposed term")
      }
      if reject {
        concept.terms.removeAll { $0.status == .proposed }
      } else {
        for index in concept.terms.indices { concept.accept(index) }
      }
    }
  }

  private func split(
    _ text: String, at index: String.Index?, form: String
  ) throws(Trouble) -> (String, String) {
    guard let index, index != text.startIndex, text.index(after: index) != text.endIndex else {
      throw Trouble("'\(text)' is not of the form \(form)")
    }
    return (String(text[..<index]), String(text[text.index(after: index)...]))
  }

  private func index(of term: String, in concept: Concept) throws(Trouble) -> Int {
    guard let index = concept.terms.firstIndex(where: { $0.text == term }) else {
      let known = concept.terms.map { "“\($0.text)”" }.joined(separator: ", ")
      throw Trouble("concept \(id) has no term “\(term)”, only \(known)")
    }
    return index
  }
}

extension Concept {
  /// Gives a term a status; a new preferred term takes the old one's place.
  fileprivate mutating func setStatus(_ status: TermStatus, of index: Int) {
    if status == .preferred {
      for other in terms.indices
      where terms[other].language == terms[index].language && terms[other].status == .preferred {
        terms[other].status = .admitted
      }
    }
    terms[index].status = status
  }
}
