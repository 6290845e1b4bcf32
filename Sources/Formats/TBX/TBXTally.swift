internal import Bitext

/// What was odd in a file: a few of each kind with their lines, and a count of the others.
struct TBXTally {
  enum Kind: String, CaseIterable {
    case noLanguage = "further languages without a usable xml:lang, which were left out"
    case noTerm = "further entries without any term, which were left out"
    case emptyTerm = "further empty terms, which were left out"
    case repeatedTerm = "further terms that stood twice in their language and were merged"
    case repeatedID = "further ids that stood twice: the later entries got ids of their own"
    case noTranslation = "further entries without a translation, which are kept and never checked"
    case unknownStatus = "further unknown statuses: the terms count as if they had none"
    case waits = "further entries that the file calls unfinished: their terms wait for review"
    case inline = "entries with inline markup, which was left out while the text was kept"
    case back = "parts of <back>, people and sources that entries name by id, which were left out"
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
      warn(Warning("\(kind.rawValue): \(count - Self.limit)", file: file))
    }
  }
}
