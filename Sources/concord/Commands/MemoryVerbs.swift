internal import ArgumentParser
internal import Bitext
internal import Formats
internal import Project
internal import Store

struct Search: Verb {
  static let configuration = CommandConfiguration(
    commandName: "search",
    abstract: "Search the memory for a text: exact, context and fuzzy matches.",
    discussion: """
      The score is 1 − edit distance / length, over the characters, with case, width and spacing \
      folded; --score words counts words and ideographs, as CAT tools do. A unit that is the same \
      but for numbers is offered with the query's numbers and at most 99 %. Machine translations \
      are marked and penalised. Of Chinese only the script that is asked for is offered, whatever a \
      unit's tag says. A match is one in context (101 %) when the segments around it are the same, \
      or what names its place. Where nothing is alike enough, the longest parts that units hold and \
      the glossary's terms are shown, as 'memory fragments' does.

        concord search "The park will open next year."
        concord search Open --context-id menu.file --penalty 'status:draft=5'
        concord search "Stop the pump." --domain 'marine*' --fragments
        concord search 公园将于2027年开放。 --difference --penalty 'origin:draft-*=5'
        concord search "Stop the pump." --target-language zh-Hans --convert-script
        concord search --batch segments.txt --format jsonl --from 2025-01-01
      """)

  @Argument(help: "The text to search for, in either language.")
  var text: String?

  @Option(
    help: ArgumentHelp(
      "Search for each line of a file, on all cores; - is standard input.", valueName: "file"))
  var batch: String?

  @Option(
    help: ArgumentHelp("The language of the text. (default: by its script)", valueName: "tag"))
  var language: LanguageTag?

  @Option(
    help: ArgumentHelp("The language of the translations. (default: any)", valueName: "tag"))
  var targetLanguage: LanguageTag?

  @Option(help: ArgumentHelp("The least score.", valueName: "share"))
  var minScore = 0.7

  @Option(help: ArgumentHelp("Print at the most so many matches of a text.", valueName: "count"))
  var limit = 5

  @Option(
    help: ArgumentHelp("The segment before the text, for matches in context.", valueName: "text"))
  var previous: String?

  @Option(help: ArgumentHelp("The segment after the text.", valueName: "text"))
  var next: String?

  @Option(
    help: ArgumentHelp(
      "What names the text's place in its document: a unit with this name is a match in context.",
      valueName: "id"))
  var contextID: String?

  @Flag(help: "Show in what the text differs from the units.")
  var difference = false

  @Flag(
    inversion: .prefixedNo,
    help: ArgumentHelp(
      "Show what the memory has for parts of the text, behind the matches. (default: in text, "
        + "where nothing is alike enough and --min-score is below 1)")
  )
  var fragments: Bool?

  @OptionGroup var matching: MatchOptions
  @OptionGroup var units: UnitFilterOptions
  @OptionGroup var threads: ThreadOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var place: StoreOptions

  func validate() throws {
    guard (text == nil) != (batch == nil) else {
      throw ValidationError("Give a text to search for, or --batch FILE.")
    }
    guard batch == nil || previous == nil && next == nil && contextID == nil else {
      throw ValidationError("--previous, --next and --context-id do not go with --batch.")
    }
    guard 0...1 ~= minScore else { throw ValidationError("--min-score is a share from 0 to 1.") }
    guard limit >= 0 else { throw ValidationError("--limit must be 0 or more.") }
  }

  func run(in session: Session) throws -> Int32 {
    if let text { try QueryText.check(text, session) }
    let workspace = try place.workspace(session)
    let store = try workspace.store(.read)
    let look = MatchText(
      showsDifference: difference, usesColor: session.usesColor && output.output == nil)
    var query = query(in: workspace)
    if let batch { return try run(batch, like: query, in: store, workspace, look, session) }
    query.text = text ?? ""
    let matches = try store.search(query)
    if let trouble = store.takeIndexTrouble() { session.warn(trouble) }
    var printer = try ResultPrinter(session, output, limit: 0)
    for match in matches {
      try printer.print(
        json: look.json(match, query: query.text), text: look.text(match, query: query.text))
    }
    if matches.isEmpty, printer.isText, !session.isQuiet {
      let hint = try hint(query, store)
      session.remark(
        "no match from \(Int(minScore * 100)) % on\(QueryText.remark(query.text))\(hint)")
    }
    let isText = printer.isText
    // Who wants the very text alone has no use for parts of it.
    let suits = isText && minScore < 1
    if fragments ?? (matches.isEmpty && suits) {
      for (json, text) in try self.fragments(of: query.text, workspace, session) {
        try printer.print(json: json, text: text)
      }
    }
    try printer.finish()
    return ExitStatus.clean
  }

  /// What to say where only the other script of Chinese has something.
  private func hint(_ query: MemoryQuery, _ store: ConcordStore) throws -> String {
    guard !query.convertsScript else { return "" }
    var query = query
    query.convertsScript = true
    query.limit = 1
    return try store.search(query).isEmpty
      ? "" : "; --convert-script offers what is there in the other script of Chinese"
  }

  private func query(in workspace: Workspace) -> MemoryQuery {
    var query = MemoryQuery(
      text: "", language: language, previous: previous, next: next, minimum: minScore,
      limit: limit == 0 ? .max : limit)
    query.targetLanguage = targetLanguage
    query.contextID = contextID
    query.filter = units.filter
    let chinese = (workspace.configuration?.languages ?? []).filter(\.isChinese)
    if chinese.count == 1 { query.chinese = chinese[0] }
    matching.apply(to: &query)
    return query
  }

  // MARK: Fragments

  private func fragmentSearch(
    _ workspace: Workspace, warn: (Warning) -> Void
  ) throws -> SearchFragments {
    SearchFragments(
      storePath: try workspace.store(.read).path,
      options: FragmentOptions(
        termbase: try workspace.termbase(isRequired: false, warn: warn), target: targetLanguage,
        filter: units.filter),
      projectLanguages: workspace.configuration?.languages ?? [])
  }

  /// What covers a text, as it is printed.
  private func fragments(
    of text: String, _ workspace: Workspace, _ session: Session
  ) throws -> [(json: String, text: String)] {
    guard fragments == nil else {
      let search = try fragmentSearch(workspace, warn: session.warn)
      let found = try search.fragments(of: text, language: language)
      if let trouble = search.takeIndexTrouble() { session.warn(trouble) }
      return FragmentPrinting.printed(found, session)
    }
    // Nobody asked for them: that a text is too long for them is no trouble, and what a glossary
    // lacks is no matter of a search, but one that cannot be read is named.
    do {
      let search = try fragmentSearch(workspace) { _ in }
      return FragmentPrinting.printed(
        (try? search.fragments(of: text, language: language)) ?? [], session)
    } catch let trouble as Trouble {
      session.warn(trouble)
      return []
    }
  }

  // MARK: Many texts

  /// What a line of a batch prints.
  private struct Printed: Sendable {
    var line: SearchFlow.Line
    var matches: [(json: String, text: String)]
    var fragments: Result<[Fragment], Trouble>
  }

  private func run(
    _ file: String, like query: MemoryQuery, in store: ConcordStore, _ workspace: Workspace,
    _ look: MatchText, _ session: Session
  ) throws -> Int32 {
    let flow = SearchFlow(storePath: store.path, threads: threads.threads)
    let search = fragments == true ? try fragmentSearch(workspace, warn: session.warn) : nil
    let language = language
    var printer = try ResultPrinter(session, output, limit: 0)
    let isText = printer.isText
    var bad: Trouble?
    func note(_ trouble: Trouble) {
      session.report(trouble)
      bad = bad ?? trouble
    }
    try flow.search(file, like: query, report: note) { line, matches in
      Printed(
        line: line,
        matches: matches.map { match in
          isText
            ? ("", look.text(match, query: line.text))
            : (look.json(match, query: line.text, line: line.number), "")
        },
        fragments: Result { () throws(Trouble) in
          try search?.fragments(of: line.text, language: language) ?? []
        })
    } deliver: { printed in
      let line = printed.line
      let isEmpty = printed.matches.isEmpty
      try printer.line("\(line.number): \(line.text.visible)" + (isEmpty ? "\n  no match" : ""))
      for match in printed.matches { try printer.print(json: match.json, text: match.text) }
      switch printed.fragments {
      case .success(let fragments):
        for part in FragmentPrinting.printed(fragments, session, line) {
          try printer.print(json: part.json, text: part.text)
        }
      case .failure(let trouble):
        let name = file == "-" ? Files.standardInputName : file
        let isOfText = trouble.file == nil
        note(isOfText ? Trouble(trouble.message, file: name, line: line.number) : trouble)
      }
    }
    for trouble in [flow.takeIndexTrouble(), search?.takeIndexTrouble()] {
      if let trouble { session.warn(trouble) }
    }
    try printer.finish()
    return try session.status(after: bad)
  }
}
