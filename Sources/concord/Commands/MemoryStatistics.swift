internal import ArgumentParser
internal import Bitext
internal import Project
internal import Store

struct MemoryStatisticsVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "statistics",
    abstract: "Count what the memory holds.",
    discussion: """
      By languages, origin, author and month, with words and characters of both sides, sources \
      that several units have, units whose context is known, and the size of the store.

        concord memory statistics
        concord memory statistics --origin "news/*" --format json
      """)

  @OptionGroup var filter: MemoryFilterOptions

  @Option(
    help: ArgumentHelp(
      """
      Name at the most so many origins, authors and months; 0 names all. (default: 10 in text, \
      else all)
      """,
      valueName: "count"))
  var limit: Int?

  @OptionGroup var output: OutputOptions
  @OptionGroup var place: StoreOptions

  /// Rows of a list that a person takes in at a glance.
  private static let shownRows = 10

  func validate() throws {
    if let limit, limit < 0 { throw ValidationError("--limit must be 0 or more.") }
  }

  func run(in session: Session) throws -> Int32 {
    let store = try place.workspace(session).store(.read)
    let statistics = try store.memoryStatistics(filter.filter)
    var printer = try ResultPrinter(session, output, limit: 0)
    let rows = limit ?? (printer.isText ? Self.shownRows : 0)
    let most = rows == 0 ? Int.max : rows
    try printer.print(
      json: statistics.json(most: most), text: StatisticsText(statistics, most: most).text)
    try printer.finish()
    return ExitStatus.clean
  }
}

/// Prints the counts for people.
private struct StatisticsText {
  private(set) var text = ""

  init(_ statistics: MemoryStatistics, most: Int) {
    add("units", Self.number(statistics.units))
    add("repeated sources", Self.share(statistics.repeatedSources, of: statistics.units))
    add("with context", Self.share(statistics.withContext, of: statistics.units))
    add("with inline elements", Self.share(statistics.withMarkup, of: statistics.units))
    let free = statistics.freeBytes
    add(
      "store",
      Self.size(statistics.storeBytes) + (free > 0 ? ", of which \(Self.size(free)) free" : ""))
    if !statistics.languages.isEmpty { text += "languages\n" }
    for languages in statistics.languages {
      let pair = "\(languages.pair.source) → \(languages.pair.target)"
      add("  " + pair, Self.number(languages.units))
      text += "    source  \(Self.side(languages.source))\n"
      text += "    target  \(Self.side(languages.target))\n"
    }
    addList("origins", statistics.origins, unknown: "(none)", most: most)
    addList("authors", statistics.authors, unknown: "(unknown)", most: most)
    // The latest months say most.
    addList("months", statistics.months.suffix(most), unknown: "(undated)", most: most)
    let older = statistics.months.count - min(most, statistics.months.count)
    if older > 0 { text += "  … and \(older) earlier\n" }
  }

  private mutating func add(_ name: String, _ value: String) {
    text += "\(Columns.pad(name.visible, to: 22))  \(value)\n"
  }

  private mutating func addList(
    _ name: String, _ list: some Collection<MemoryStatistics.Share>, unknown: String, most: Int
  ) {
    guard !list.isEmpty else { return }
    text += name + "\n"
    for share in list.prefix(most) {
      add("  " + (share.value ?? unknown), Self.number(share.units))
    }
    if list.count > most { text += "  … and \(list.count - most) more: --limit 0 names all\n" }
  }

  private static func side(_ side: MemoryStatistics.Side) -> String {
    "\(number(side.words)) words, \(number(side.ideographs)) ideographs, "
      + "\(number(side.characters)) characters"
  }

  private static func share(_ count: Int, of total: Int) -> String {
    guard total > 0 else { return "0" }
    return "\(number(count)) (\(Int((Double(count) / Double(total) * 100).rounded())) %)"
  }

  /// With a comma before each three digits.
  private static func number(_ value: Int) -> String {
    let digits = Array(String(value))
    return String(
      digits.enumerated().flatMap { index, digit in
        index > 0 && (digits.count - index) % 3 == 0 ? [",", digit] : [digit]
      })
  }

  private static func size(_ bytes: Int) -> String {
    let megabytes = (Double(bytes) / 1_000_000 * 10).rounded() / 10
    return megabytes < 1 ? "\(number((bytes + 999) / 1000)) kB" : "\(megabytes) MB"
  }
}

extension MemoryStatistics {
  /// The shape that `memory statistics` promises to other programs.
  fileprivate func json(most: Int) -> String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("units", units)
      writer.member("repeatedSources", repeatedSources)
      writer.member("withContext", withContext)
      writer.member("withDetails", withDetails)
      writer.member("withMarkup", withMarkup)
      writer.member("storeBytes", storeBytes)
      writer.member("freeBytes", freeBytes)
      writer.key("languages")
      writer.array(languages) { writer, languages in
        writer.object { writer in
          writer.member("sourceLanguage", languages.pair.source.description)
          writer.member("targetLanguage", languages.pair.target.description)
          writer.member("units", languages.units)
          for (name, side) in [("source", languages.source), ("target", languages.target)] {
            writer.key(name)
            writer.object { writer in
              writer.member("words", side.words)
              writer.member("ideographs", side.ideographs)
              writer.member("characters", side.characters)
            }
          }
        }
      }
      for (key, name, list) in [
        ("origins", "origin", origins.prefix(most)), ("authors", "author", authors.prefix(most)),
        ("months", "month", months.suffix(most)),
      ] {
        writer.key(key)
        writer.array(list) { writer, share in
          writer.object { writer in
            writer.member(name, share.value)
            writer.member("units", share.units)
          }
        }
      }
    }
    return writer.text
  }
}
