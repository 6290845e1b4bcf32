internal import ArgumentParser
internal import Bitext
internal import Project
internal import Store

struct Concordance: Verb {
  static let configuration = CommandConfiguration(
    commandName: "concordance",
    abstract: "Show every occurrence of a text in the memory, both sides.",
    discussion: """
      From one Chinese character upwards; case, width and spacing do not matter. Short segments \
      come first.

        concord concordance 科学城
        concord concordance 科学城 --limit 50 --skip 50 --origin 'news-*'
      """)

  @Argument(help: "The text to look for, in either language.")
  var text: String

  @OptionGroup var limit: LimitOptions

  @Option(
    help: ArgumentHelp(
      "Pass over so many occurrences first: those of the pages before.", valueName: "count"))
  var skip = 0

  @OptionGroup var units: UnitFilterOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var place: StoreOptions

  /// Occurrences on a page of text.
  private static let page = 50

  func validate() throws {
    guard skip >= 0 else { throw ValidationError("--skip must be 0 or more.") }
  }

  func run(in session: Session) throws -> Int32 {
    try QueryText.check(text, session)
    let store = try place.workspace(session).store(.read)
    var printer = try ResultPrinter(session, output, limit: 0)
    let wanted = limit.limit ?? (printer.isText ? Self.page : 0)
    var query = ConcordanceQuery(text: text, limit: wanted == 0 ? nil : wanted, skip: skip)
    query.filter = units.filter
    let page = try store.concordance(query)
    if let trouble = store.takeIndexTrouble() { session.warn(trouble) }
    for hit in page.hits { try printer.print(json: hit.json(), text: line(hit, session)) }
    let isText = printer.isText
    try printer.finish()
    if page.hits.isEmpty {
      session.remark(
        skip == 0 ? "no occurrence\(QueryText.remark(text))" : "no occurrence behind these \(skip)")
    } else if page.hasMore, isText {
      let count = page.total.map { "\($0 - skip - page.hits.count) more" } ?? "more"
      session.remark(
        "… and \(count): --skip \(skip + page.hits.count) shows the next, --limit 0 shows all")
    }
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
