internal import Bitext
internal import Matching
internal import Segmentation

/// A term stands in the text that the termbase forbids or calls deprecated.
///
/// The rule needs one language alone. A forbidden term inside a longer accepted one is no finding,
/// and neither is one in code, an address or front matter. When the concept has an accepted term in
/// the same language, the finding offers it.
///
/// Fires: the Gold Phoenix program (forbidden; preferred: Golden Phoenix)
///
/// Does not: the Golden Phoenix program
struct ForbiddenTerm: TextRule {
  let checker: Checker

  func check(_ text: MatchedText) -> [Diagnostic] {
    guard let severity = checker.settings.severity(of: .forbiddenTerm, in: text.text.file) else {
      return []
    }
    return text.occurrences.compactMap { occurrence in
      guard case .forbidden(let term) = occurrence.verdict else { return nil }
      let found = text.text.prose.text(occurrence.range)
      let expected = checker.accepted(occurrence.concept, in: text.text.language)
      return Diagnostic(
        rule: RuleName.forbiddenTerm.rawValue, severity: severity,
        message: .forbidden(found, status: term.status, expected: expected),
        location: text.location(occurrence.range),
        concept: checker.termbase.concepts[occurrence.concept].id, term: found, found: found,
        expected: expected, replacement: replacement(found, term, expected))
    }
  }

  /// Only the uninflected term can be exchanged without a thought for grammar.
  private func replacement(_ found: String, _ term: Term, _ expected: [String]) -> String? {
    MatchKey(found) == MatchKey(term.text) ? expected.first : nil
  }
}

extension String {
  fileprivate static func forbidden(
    _ term: String, status: TermStatus, expected: [String]
  ) -> String {
    let advice = expected.isEmpty ? "" : ": write \(alternatives(expected))"
    return "“\(term)” is \(status.rawValue)\(advice)"
  }
}
