internal import ArgumentParser
internal import Bitext
internal import Project
internal import Store

struct MemoryConflicts: Verb {
  static let configuration = CommandConfiguration(
    commandName: "conflicts",
    abstract: "Show sources that the memory translates in several ways.",
    discussion: """
      Texts count as one when case, width and spacing alone make them differ, and so do \
      translations, unless --strict. What most units have comes first.

        concord memory conflicts
        concord memory conflicts --reverse --strict --format jsonl
      """)

  @OptionGroup var filter: MemoryFilterOptions

  @Flag(help: "Show targets with several sources too.")
  var reverse = false

  @Flag(help: "Count translations as different that differ in case, width or spacing alone.")
  var strict = false

  @OptionGroup var limit: LimitOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var place: StoreOptions

  func run(in session: Session) throws -> Int32 {
    let store = try place.workspace(session).store(.read)
    var printer = try ResultPrinter(session, output, limit: limit.limit)
    var count = 0
    for side in reverse ? [ConcordanceHit.Side.source, .target] : [.source] {
      try store.forEachConflict(filter.filter, on: side, isStrict: strict) { conflict in
        count += 1
        try printer.print(json: conflict.json(), text: Self.text(conflict))
      }
    }
    if count == 0 {
      session.remark("no conflict")
    } else {
      try printer.line("\(count) conflict\(count == 1 ? "" : "s")")
    }
    try printer.finish()
    return ExitStatus.clean
  }

  private static func text(_ conflict: MemoryConflict) -> String {
    let languages = "\(conflict.languages.source) → \(conflict.languages.target)".visible
    let kind = conflict.side == .source ? "" : "  (one target, several sources)"
    var text = "\(conflict.text.visible)\n  \(languages)\(kind)\n"
    for variant in conflict.variants {
      text += "  - \(variant.text.visible)\n"
      text += "    \(count(variant)), \(origins(variant))\(dates(variant))\n"
    }
    return text + "\n"
  }

  /// Numbers that are named before the rest is counted.
  private static let shown = 5

  private static func count(_ variant: MemoryConflict.Variant) -> String {
    let ids = variant.ids.prefix(shown).map { "\($0)" }.joined(separator: ", ")
    let rest = variant.ids.count > shown ? " and \(variant.ids.count - shown) more" : ""
    return "unit\(variant.ids.count == 1 ? "" : "s") \(ids)\(rest)"
  }

  private static func origins(_ variant: MemoryConflict.Variant) -> String {
    guard !variant.origins.isEmpty else { return "no origin" }
    let names = variant.origins.prefix(shown).map(\.visible).joined(separator: ", ")
    let rest = variant.origins.count > shown ? " and \(variant.origins.count - shown) more" : ""
    return names + rest
  }

  private static func dates(_ variant: MemoryConflict.Variant) -> String {
    guard let first = variant.first, let last = variant.last else { return "" }
    return first == last ? ", \(first)" : ", \(first) … \(last)"
  }
}
