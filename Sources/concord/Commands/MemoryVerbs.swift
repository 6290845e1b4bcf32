internal import ArgumentParser
internal import Bitext
internal import Project
internal import Store

struct Search: Verb {
  static let configuration = CommandConfiguration(
    commandName: "search",
    abstract: "Search the memory for a text: exact, context and fuzzy matches.",
    discussion: """
      The score is 1 − edit distance / length, over the characters, with case, width and spacing \
      folded.

        concord search "The park will open next year."
      """)

  @Argument(help: "The text to search for, in either language.")
  var text: String

  @Option(
    help: ArgumentHelp("The language of the text. (default: by its script)", valueName: "tag"))
  var language: LanguageTag?

  @Option(help: ArgumentHelp("The least score.", valueName: "share"))
  var minScore = 0.7

  @Option(help: ArgumentHelp("Print at the most so many matches.", valueName: "count"))
  var limit = 5

  @Option(
    help: ArgumentHelp("The segment before the text, for matches in context.", valueName: "text"))
  var previous: String?

  @Option(help: ArgumentHelp("The segment after the text.", valueName: "text"))
  var next: String?

  @OptionGroup var output: OutputOptions
  @OptionGroup var place: StoreOptions

  func validate() throws {
    guard 0...1 ~= minScore else { throw ValidationError("--min-score is a share from 0 to 1.") }
    guard limit >= 0 else { throw ValidationError("--limit must be 0 or more.") }
  }

  func run(in session: Session) throws -> Int32 {
    let store = try place.workspace(session).store(.read)
    let matches = try store.search(
      MemoryQuery(
        text: text, language: language, previous: previous, next: next, minimum: minScore,
        limit: limit == 0 ? .max : limit))
    var printer = try ResultPrinter(session, output, limit: 0)
    for match in matches {
      let score = "\(Int((match.score * 100).rounded(.down))) %"
      let (left, right) =
        match.isReversed
        ? (match.unit.target, match.unit.source) : (match.unit.source, match.unit.target)
      let head = "\(Columns.pad(score, to: 5))  \(Columns.pad(match.kind.rawValue, to: 7))"
      let indent = Columns.pad("", to: Columns.width(head) + 2)
      try printer.print(
        json: match.json(),
        text: "\(head)  \(left.visible)\n\(indent)\(right.visible)\n"
          + (match.unit.origin.map { "\(indent)— \($0.visible)\n" } ?? ""))
    }
    if matches.isEmpty { session.remark("no match from \(Int(minScore * 100)) % on") }
    try printer.finish()
    return ExitStatus.clean
  }
}

struct Concordance: Verb {
  static let configuration = CommandConfiguration(
    commandName: "concordance",
    abstract: "Show every occurrence of a text in the memory, both sides.",
    discussion: """
      From one Chinese character upwards; case, width and spacing do not matter.

        concord concordance 科学城
      """)

  @Argument(help: "The text to look for, in either language.")
  var text: String

  @OptionGroup var limit: LimitOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var place: StoreOptions

  func run(in session: Session) throws -> Int32 {
    let store = try place.workspace(session).store(.read)
    let hits = try store.concordance(text, limit: nil)
    var printer = try ResultPrinter(session, output, limit: limit.limit)
    for hit in hits { try printer.print(json: hit.json(), text: line(hit, session)) }
    if hits.isEmpty { session.remark("no occurrence") }
    try printer.finish()
    return ExitStatus.clean
  }

  /// The key word in its context, with the other side below.
  private func line(_ hit: ConcordanceHit, _ session: Session) -> String {
    let side = hit.side == .source ? hit.unit.source : hit.unit.target
    let other = hit.side == .source ? hit.unit.target : hit.unit.source
    let bytes = Array(side.utf8)
    func text(_ range: Range<Int>) -> String {
      String(decoding: bytes[range], as: UTF8.self).visible
    }
    let key = text(hit.range)
    let marked = session.usesColor ? "\u{1B}[1;31m\(key)\u{1B}[0m" : "[\(key)]"
    return text(0..<hit.range.lowerBound) + marked + text(hit.range.upperBound..<bytes.count)
      + "\n    \(other.visible)\n"
  }
}
