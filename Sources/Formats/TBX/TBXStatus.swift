internal import Bitext

/// How the statuses of TBX and of the tools that write it stand for ours, and back: the one table.
enum TBXStatus {
  /// What a word says of a term; `nil` when it says nothing of its use.
  static func status(of word: String) -> TermStatus? { words[token(word)] }

  /// What an entry says of itself as a whole.
  static func isStatusOfEntry(_ category: String) -> Bool {
    entryCategories.contains(token(category))
  }

  /// The categories that speak of a term's use; the first that says something counts.
  static let termCategories = [
    "administrativeStatus", "normativeAuthorization", "termStatus", "status", "Status",
    "usageStatus", "Usage status",
  ]

  /// Where a tool says how far it got with a term: work that is not finished is a proposal.
  static let processCategory = "processStatus"

  /// TBX-Basic's picklist, with the status that each word stands for.
  static let basicWords: [String: TermStatus] = [
    "preferredTerm-admn-sts": .preferred, "admittedTerm-admn-sts": .admitted,
    "deprecatedTerm-admn-sts": .deprecated, "supersededTerm-admn-sts": .deprecated,
  ]

  /// How a status is written in TBX-Basic, and the note that tells it from its neighbour.
  static func basic(_ status: TermStatus) -> (word: String, note: String?) {
    switch status {
    case .preferred: ("preferredTerm-admn-sts", nil)
    case .admitted: ("admittedTerm-admn-sts", nil)
    case .deprecated: ("deprecatedTerm-admn-sts", nil)
    case .forbidden: ("deprecatedTerm-admn-sts", TermStatus.forbidden.rawValue)
    case .proposed: ("admittedTerm-admn-sts", TermStatus.proposed.rawValue)
    }
  }

  /// Whether a word is but another spelling of what we write for its status.
  static func isOrdinary(_ word: String) -> Bool {
    guard let status = status(of: word) else { return false }
    return token(word) == status.rawValue
  }

  /// A word in lower case, without what parts its letters and without TBX's endings.
  private static func token(_ word: String) -> String {
    var token: [UInt8] = []
    for byte in word.utf8 where byte.isASCIILetter || byte >= 0x80 {
      token.append(byte.isASCIIUppercase ? byte | 0x20 : byte)
    }
    for ending in endings where token.count > ending.count {
      if token.suffix(ending.count).elementsEqual(ending) { token.removeLast(ending.count) }
    }
    return String(decoding: token, as: UTF8.self)
  }

  private static let endings = [Array("admnsts".utf8), Array("term".utf8)]

  private static let words: [String: TermStatus] = {
    let table: [(TermStatus, [String])] = [
      (
        .preferred,
        [
          "preferred", "approved", "standard", "standardized", "recommended", "valid", "legal",
          "regulated",
        ]
      ),
      (.admitted, ["admitted", "allowed", "acceptable", "permitted", "alternative"]),
      (
        .deprecated,
        [
          "deprecated", "superseded", "obsolete", "notrecommended", "nonstandard", "archaic",
          "outdated", "retired",
        ]
      ),
      (
        .forbidden,
        [
          "forbidden", "prohibited", "disallowed", "notallowed", "banned", "rejected", "invalid",
          "donotuse", "unacceptable",
        ]
      ),
      (
        .proposed,
        [
          "proposed", "draft", "new", "provisional", "suggested", "candidate", "pending",
          "unprocessed", "provisionallyprocessed", "underreview", "inreview", "unapproved",
          "notapproved", "unconfirmed",
        ]
      ),
    ]
    return Dictionary(uniqueKeysWithValues: table.flatMap { row in row.1.map { ($0, row.0) } })
  }()

  private static let entryCategories: Set<String> = [
    "entrystatus", "status", "processstatus", "workflowstatus", "conceptstatus",
  ]
}
