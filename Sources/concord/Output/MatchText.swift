internal import Bitext
internal import Store

/// How matches are printed.
struct MatchText: Sendable {
  /// Whether what differs from the query is shown.
  var showsDifference: Bool
  var usesColor: Bool

  /// One object.
  func json(_ match: MemoryMatch, query: String, line: Int? = nil) -> String {
    match.json(
      line: line, query: line == nil ? nil : query,
      difference: showsDifference
        ? TextDifference.pieces(from: match.source, to: query) : nil)
  }

  /// The score, both sides below each other, and what is to be known of them.
  func text(_ match: MemoryMatch, query: String) -> String {
    // What is not exact is never 100.
    let percent = Int((match.score * 100 + 1e-9).rounded(.down))
    let score = "\(match.kind == .fuzzy ? min(99, percent) : percent) %"
    let head = "\(Columns.pad(score, to: 5))  \(Columns.pad(match.kind.rawValue, to: 7))"
    let indent = Columns.pad("", to: Columns.width(head) + 2)
    let source = showsDifference ? difference(match.source, query) : match.source.visible
    var text = "\(head)  \(source)\n\(indent)\(match.target.visible)\n"
    let marks = marks(match)
    if !marks.isEmpty { text += "\(indent)(\(marks.joined(separator: "; ")))\n" }
    if let origin = match.unit.origin { text += "\(indent)— \(origin.visible)\n" }
    return text
  }

  private func marks(_ match: MemoryMatch) -> [String] {
    var marks: [String] = []
    let reasons = Set(match.penalties.map(\.reason))
    if match.isMachineTranslated, !reasons.contains("machine") { marks.append("machine") }
    if match.isConverted, !reasons.contains("script") { marks.append("script converted") }
    if !match.statuses.isEmpty {
      marks.append("status \(match.statuses.map(\.visible).joined(separator: ", "))")
    }
    for penalty in match.penalties { marks.append("\(penalty.reason.visible) −\(penalty.points)") }
    for substitution in match.substitutions {
      marks.append("\(substitution.from.visible) → \(substitution.to.visible)")
    }
    if match.hasOtherNumbers { marks.append("numbers differ") }
    if match.hasTags { marks.append("has inline codes") }
    return marks
  }

  /// The unit's text with what the query lacks and what it has instead.
  private func difference(_ source: String, _ query: String) -> String {
    TextDifference.pieces(from: source, to: query).map { piece in
      let text = piece.text.visible
      switch piece.kind {
      case .same: return text
      case .removed: return usesColor ? "\u{1B}[9;31m\(text)\u{1B}[0m" : "[-\(text)-]"
      case .added: return usesColor ? "\u{1B}[32m\(text)\u{1B}[0m" : "{+\(text)+}"
      }
    }.joined()
  }
}
