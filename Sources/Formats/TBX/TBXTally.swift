internal import Bitext

/// What was odd in a file: a few of each kind with their lines, and a count of the others.
struct TBXTally {
  enum Kind: String, CaseIterable {
    case noLanguage = "languages without a usable xml:lang were left out"
    case noTerm = "entries without any term were left out"
    case emptyTerm = "empty terms were left out"
    case repeatedTerm = "terms stood twice in their language and were merged"
    case repeatedID = "ids stood twice: the later entries got ids of their own"
    case noTranslation = "entries have no translation: they are kept, and never checked"
    case unknownStatus = "statuses are not known: the terms count as if they had none"
    case waits = "entries are not finished, as the file says: their terms wait for review"
    case inline = "entries had inline markup, which was left out: the text is kept"
    case back = "entries of <back> were left out: people and sources that others name by id"
  }

  private let file: String
  private let warn: (Warning) -> Void
  private var counts: [Kind: Int] = [:]
  /// How many of a kind are told with their lines.
  private static let limit = 3

  init(file: String, warn: @escaping (Warning) -> Void) {
    self.file = file
    self.warn = warn
  }

  mutating func note(_ kind: Kind, _ message: String, line: Int) {
    counts[kind, default: 0] += 1
    if counts[kind, default: 0] <= Self.limit { warn(Warning(message, file: file, line: line)) }
  }

  /// Counts what has no message of its own.
  mutating func count(_ kind: Kind, _ number: Int = 1) {
    counts[kind, default: Self.limit] += number
  }

  /// Tells how many more there were.
  func finish() {
    for kind in Kind.allCases {
      guard let count = counts[kind], count > Self.limit else { continue }
      let isCountedAlone = kind == .inline || kind == .back
      let more = isCountedAlone ? "" : "more "
      warn(Warning("\(count - Self.limit) \(more)\(kind.rawValue)", file: file))
    }
  }
}
