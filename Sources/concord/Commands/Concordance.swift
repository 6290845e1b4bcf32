public import ArgumentParser
internal import Bitext
internal import Formats
public import Project
internal import Segmentation
internal import Store

struct Concordance: Verb {
  static let configuration = CommandConfiguration(
    commandName: "concordance",
    abstract: "Show every occurrence of a text in the memory, both sides.",
    discussion: """
      From one Chinese character upwards; case, width and spacing do not matter, unless --exact is \
      given. On the other side it is marked where the translation stands: by the termbase where the \
      text is one of its terms, else by links of words that the units themselves teach; where these \
      are not sure nothing is marked. That takes some 35 ms a page of 50, and many times as long as \
      finding them where all occurrences are printed, as in JSON: there they are looked for with \
      --counterparts alone, in text unless --no-counterparts is given.

      --renderings counts what the units have for the text, each spelling by itself. --concept finds \
      all terms of a concept, inflected too, and says of each unit whether the other side has one of \
      its terms.

        concord concordance 科学城
        concord concordance 科学城 --limit 50 --skip 50 --origin 'news-*'
        concord concordance 金凤凰 --renderings
        concord concordance --concept "Golden Phoenix" --inconsistent
        concord concordance "the Plan" --exact --sort newest
      """)

  @Argument(help: "The text to look for, in either language.")
  var text: String?

  @Option(
    help: ArgumentHelp(
      "Look for all terms of a concept instead: its id, or one of its terms.", valueName: "id"))
  var concept: String?

  @Flag(help: "With --concept: only units whose other side has none of the accepted terms.")
  var inconsistent = false

  @Flag(help: "Print what the units have for the text, with how many have it.")
  var renderings = false

  @Flag(help: "Take the very characters: case, width and spacing matter.")
  var exact = false

  @Option(
    help: ArgumentHelp(
      "Short segments first, or those changed last, or by origin, or as they were added: length, "
        + "newest, origin, unit. (default: length)", valueName: "order"))
  var sort: ConcordanceRequest.Order?

  @Flag(
    inversion: .prefixedNo,
    help: ArgumentHelp(
      "Look where the translation stands, which takes much longer than finding the text. (default: "
        + "in text, and with --renderings)"))
  var counterparts: Bool?

  @OptionGroup var limit: LimitOptions

  @Option(
    help: ArgumentHelp(
      "Pass over so many occurrences first: those of the pages before.", valueName: "count"))
  var skip = 0

  @Option(
    help: ArgumentHelp(
      "Cut segments that take more columns; 0 cuts none. (default: the terminal's, elsewhere 0)",
      valueName: "columns"))
  var width: Int?

  @Flag(help: "Count terms too that wait for review.")
  var includeProposed = false

  @OptionGroup var units: UnitFilterOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var place: StoreOptions

  /// Occurrences on a page of text.
  private static let page = 50
  /// In fewer columns nothing could be read.
  private static let leastWidth = 20

  func validate() throws {
    guard (text == nil) != (concept == nil) else {
      throw ValidationError("Give a text to look for, or --concept ID.")
    }
    guard skip >= 0 else { throw ValidationError("--skip must be 0 or more.") }
    if let width, width != 0, width < Self.leastWidth {
      throw ValidationError("--width is \(Self.leastWidth) or more, or 0.")
    }
    if inconsistent, concept == nil {
      throw ValidationError("--inconsistent goes with --concept ID.")
    }
    if exact, concept != nil {
      throw ValidationError("--exact goes with a text: a concept's terms are found inflected too.")
    }
    if renderings {
      if counterparts == false {
        throw ValidationError("--renderings and --no-counterparts do not go together.")
      }
      if skip > 0 {
        throw ValidationError("--renderings counts all occurrences: leave out --skip.")
      }
      if sort != nil {
        throw ValidationError("--renderings have an order of their own: leave out --sort.")
      }
    }
  }

  func run(in session: Session) throws -> Int32 {
    if let text { try QueryText.check(text, session) }
    let workspace = try place.workspace(session)
    let needsTerms = concept != nil || findsCounterparts(session)
    var flow = try ConcordanceFlow(
      store: try workspace.store(.read),
      termbase: needsTerms
        ? try workspace.termbase(isRequired: concept != nil, warn: session.warn) : Termbase(),
      includesProposed: includeProposed)
    let request = try request(flow, session)
    if renderings {
      try print(try flow.renderings(request), session)
    } else {
      try print(&flow, request, session)
    }
    if let trouble = flow.indexTrouble { session.warn(trouble) }
    return ExitStatus.clean
  }

  /// Where all occurrences are printed, as in JSON, looking for what stands for each is most of the
  /// work, and programs seldom want it.
  private func findsCounterparts(_ session: Session) -> Bool {
    counterparts ?? (renderings || ResultPrinter.isText(session, output))
  }

  private func request(
    _ flow: ConcordanceFlow, _ session: Session
  ) throws -> ConcordanceRequest {
    var request = ConcordanceRequest(.text(text ?? ""))
    if let concept { request.subject = .concept(try flow.concept(named: concept)) }
    request.filter = units.filter
    request.isExact = exact
    request.order = sort ?? .length
    request.skip = skip
    request.findsCounterparts = findsCounterparts(session)
    request.isInconsistentOnly = inconsistent
    return request
  }

  // MARK: Occurrences

  private func print(
    _ flow: inout ConcordanceFlow, _ request: ConcordanceRequest, _ session: Session
  ) throws {
    var printer = try ResultPrinter(session, output, limit: 0)
    let wanted = limit.limit ?? (printer.isText ? Self.page : 0)
    var request = request
    request.limit = wanted == 0 ? nil : wanted
    let page = try flow.page(request)
    for line in page.lines { try printer.print(json: line.json(), text: block(line, session)) }
    let isText = printer.isText
    try printer.finish()
    if page.lines.isEmpty {
      let remark = QueryText.remark(text ?? "a")
      session.remark(skip == 0 ? "no occurrence\(remark)" : "no occurrence behind these \(skip)")
    } else if page.hasMore, isText {
      let count = page.total.map { "\($0 - skip - page.lines.count) more" } ?? "more"
      session.remark(
        "… and \(count): --skip \(skip + page.lines.count) shows the next, --limit 0 shows all")
    }
  }

  /// The key word in its context, with the other side below.
  private func block(_ line: ConcordanceLine, _ session: Session) -> String {
    let indent = "    "
    var text = marked(session, indent: 0).text(line.own, marking: [line.hit.range]) + "\n"
    text += indent
    text +=
      marked(session, indent: indent.count)
      .text(line.other, marking: line.counterparts ?? []) + "\n"
    if line.isConsistent == false { text += indent + "(none of the concept's accepted terms)\n" }
    return text
  }

  private func marked(_ session: Session, indent: Int) -> MarkedLine {
    let isOnTerminal = output.output == nil && session.collector == nil && Files.isTerminal(1)
    let columns = width ?? (isOnTerminal ? Terminal.columns ?? session.width : 0)
    return MarkedLine(
      usesColor: session.usesColor && output.output == nil,
      width: columns == 0 ? nil : max(1, columns - indent))
  }

  // MARK: Renderings

  private func print(_ found: ConcordanceFlow.Renderings, _ session: Session) throws {
    var printer = try ResultPrinter(session, output, limit: limit.limit)
    let width = found.renderings.map { "\($0.units)".count }.max() ?? 0
    let languages = Set(found.renderings.map(\.language))
    for rendering in found.renderings {
      let count =
        String(repeating: " ", count: width - "\(rendering.units)".count)
        + "\(rendering.units)"
      var head = "\(count)  \(rendering.text?.visible ?? "none found")"
      if let status = rendering.status { head += "  (\(status.rawValue))" }
      if languages.count > 1 { head += "  \(rendering.language)".visible }
      let indent = String(repeating: " ", count: width + 2)
      let line = marked(session, indent: indent.count)
      let example = rendering.example
      let counterparts = (example.counterparts ?? []).filter { range in
        String(decoding: Array(example.other.utf8)[range], as: UTF8.self) == rendering.text
      }
      try printer.print(
        json: rendering.json(),
        text: head + "\n" + indent + line.text(example.own, marking: [example.hit.range]) + "\n"
          + indent + line.text(example.other, marking: counterparts) + "\n")
    }
    try printer.finish()
    if found.renderings.isEmpty { session.remark("no occurrence\(QueryText.remark(text ?? "a"))") }
    if !found.isComplete {
      session.warn(
        Warning(
          "there are more occurrences: \(found.occurrences) of them were looked at, "
            + (found.areShortest ? "those in the shortest segments" : "whichever came first")))
    }
  }
}

extension ConcordanceRequest.Order: ExpressibleByArgument {}
