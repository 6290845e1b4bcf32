internal import ArgumentParser
internal import Bitext
internal import Project
internal import Store

struct MemoryList: Verb {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the units of the memory.",
    discussion: """
      In the order in which they were added; all that is asked for must be true of a unit.

        concord memory list 科学城
        concord memory list --origin handbook.tmx --from 2026-01-01 --format jsonl
      """)

  @Argument(help: "Part of either side, as --text.")
  var query: String?

  @OptionGroup var filter: MemoryFilterOptions
  @OptionGroup var limit: LimitOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var place: StoreOptions

  func validate() throws {
    guard query != nil else { return }
    if filter.text != nil { throw ValidationError("The text is given twice: as QUERY and --text.") }
    var other = filter
    other.text = query
    try other.validate()
  }

  func run(in session: Session) throws -> Int32 {
    let store = try place.workspace(session).store(.read)
    var filter = filter.filter
    filter.text = filter.text ?? query
    var printer = try ResultPrinter(session, output, limit: limit.limit)
    var count = 0
    try store.forEachUnit(filter) { unit in
      count += 1
      try printer.print(json: UnitText.json(unit), text: UnitText.block(unit))
    }
    if count == 0 { session.remark("no unit") }
    try printer.finish()
    return ExitStatus.clean
  }
}

/// Prints units of the memory.
enum UnitText {
  /// Both sides with what is known of the unit above them.
  static func block(_ unit: TranslationUnit) -> String {
    head(unit) + "\n  \(unit.source.visible)\n  \(unit.target.visible)\n"
  }

  /// One line: number, languages, origin, and when it was last seen to.
  static func head(_ unit: TranslationUnit) -> String {
    var parts = [
      "unit \(unit.id ?? 0)", "\(unit.sourceLanguage) → \(unit.targetLanguage)".visible,
    ]
    if let origin = unit.origin { parts.append(origin.visible) }
    if let last = unit.changed ?? unit.created {
      parts.append(last.date + (last.author.map { " by \($0.visible)" } ?? ""))
    }
    if let note = unit.note { parts.append("“\(note.visible)”") }
    return parts.joined(separator: "  ")
  }

  /// The shape that `memory list` promises to other programs.
  static func json(_ unit: TranslationUnit) -> String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("id", unit.id.map(Int.init))
      writer.member("sourceLanguage", unit.sourceLanguage.description)
      writer.member("targetLanguage", unit.targetLanguage.description)
      writer.member("source", unit.source)
      writer.member("target", unit.target)
      writer.member("previous", unit.previous)
      writer.member("next", unit.next)
      writer.member("origin", unit.origin)
      writer.member("score", share: unit.score)
      for (name, change) in [("created", unit.created), ("changed", unit.changed)] {
        writer.key(name)
        guard let change else {
          writer.raw("null")
          continue
        }
        writer.object { writer in
          writer.member("date", change.date)
          writer.member("author", change.author)
        }
      }
      writer.member("note", unit.note)
    }
    return writer.text
  }
}
