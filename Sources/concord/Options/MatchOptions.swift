public import ArgumentParser
internal import Bitext
internal import Segmentation
internal import Store

/// Which units of the memory are searched.
struct UnitFilterOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Only units from this document or memory; * stands for any characters, \"\" for no origin.",
      valueName: "name"))
  var origin: String?

  @Option(
    help: ArgumentHelp("Only units that this person made or last changed.", valueName: "name"))
  var author: String?

  @Option(
    help: ArgumentHelp("Only units made or last changed on this day or later.", valueName: "date"))
  var from: String?

  @Option(
    help: ArgumentHelp("Only units made or last changed on this day or earlier.", valueName: "date")
  )
  var to: String?

  @Option(
    help: ArgumentHelp(
      "Only units whose file names this very domain or subject; * stands for any characters, \"\" "
        + "for none.", valueName: "name"))
  var domain: String?

  func validate() throws {
    for (name, date) in [("from", from), ("to", to)] {
      if let date, ChangeOptions.timestamp(date) == nil {
        throw ValidationError(
          "'\(date)' is no date: write --\(name) 2026-05-18 or 2026-05-18T09:30:00Z.")
      }
    }
  }

  var filter: UnitFilter {
    var filter = UnitFilter()
    filter.origin = origin
    filter.author = author
    filter.domain = domain
    filter.from = from.flatMap(ChangeOptions.timestamp)
    // A day ends with its last second.
    filter.to = to.flatMap { $0.utf8.count == 10 ? $0 + "T23:59:59Z" : ChangeOptions.timestamp($0) }
    return filter
  }
}

/// What units are worth, and what is done with their numbers.
struct PenaltyOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Take percentage points off: machine=15, origin:NAME=5, status:NAME=5 (* stands for any "
        + "characters), before:2020-01-01=2, aligned=3, script=5; 0 lifts one. May be repeated. "
        + "(default: machine=15, script=5)", valueName: "rule"))
  var penalty: [PenaltyRule] = []

  @Flag(help: "Leave the numbers of translations as the memory has them.")
  var keepNumbers = false

  var penalties: MatchPenalties {
    var penalties = MatchPenalties.usual
    for rule in penalty { penalties.set(rule.reason, to: rule.points) }
    return penalties
  }
}

/// How matches are scored and offered.
struct MatchOptions: ParsableArguments {
  @OptionGroup var worth: PenaltyOptions

  @Option(help: "Count likeness by characters, or by words as CAT tools do.")
  var score: MatchScoring = .characters

  @Flag(help: "Offer units in the other script of Chinese too, converted.")
  var convertScript = false

  @Flag(help: "Look at every unit that may be alike enough: misses nothing, and takes longer.")
  var exhaustive = false

  func apply(to query: inout MemoryQuery) {
    query.penalties = worth.penalties
    query.scoring = score
    query.convertsScript = convertScript
    query.substitutesNumbers = !worth.keepNumbers
    query.isExhaustive = exhaustive
  }
}

/// A penalty as it is typed: `machine=15`.
struct PenaltyRule: ExpressibleByArgument {
  var reason: MatchPenalties.Reason
  var points: Int

  init?(argument: String) {
    guard let sign = argument.lastIndex(of: "="),
      let points = Int(argument[argument.index(after: sign)...]), 0...100 ~= points
    else { return nil }
    self.points = points
    let name = String(argument[..<sign])
    let value = name.firstIndex(of: ":").map { String(name[name.index(after: $0)...]) }
    switch (name.prefix { $0 != ":" }, value) {
    case ("machine", nil): reason = .machine
    case ("aligned", nil): reason = .aligned
    case ("script", nil): reason = .script
    case ("origin", let pattern?): reason = .origin(pattern)
    case ("status", let pattern?) where !pattern.isEmpty: reason = .status(pattern)
    case ("before", let date?):
      guard let date = ChangeOptions.timestamp(date) else { return nil }
      reason = .before(date)
    default: return nil
    }
  }
}

extension MatchScoring: ExpressibleByArgument {}

/// How many threads work.
struct ThreadOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Threads that work at a time. (default: all cores)", valueName: "count"))
  var threads: Int?

  /// More would only wait for each other.
  private static let most = 256

  func validate() throws {
    if let threads, !(1...Self.most ~= threads) {
      throw ValidationError("--threads is from 1 to \(Self.most).")
    }
  }
}

/// Looks at a text that is to be searched for.
enum QueryText {
  /// - Throws: `Trouble` for a text in which there is nothing to look for.
  static func check(_ text: String, _ session: Session) throws {
    guard !MatchKey(text).bytes.isEmpty else {
      throw Trouble("the text is empty: there is nothing to search for")
    }
    if text.unicodeScalars.contains("\u{FFFD}") {
      session.warn(
        Warning("the text holds U+FFFD, which stands for what was not UTF-8: look at its encoding"))
    }
  }

  /// What to say of a text for which nothing was found.
  static func remark(_ text: String) -> String {
    KeyTokenizer().tokens(of: text).contains { $0.kind != .punctuation }
      ? "" : ": the text has neither letters nor digits"
  }
}
