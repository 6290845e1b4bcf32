internal import Bitext
internal import Matching
internal import Segmentation

/// A comment silences findings of which there are none, names no rule, or gives no reason.
///
/// What was silenced once and is right today must not hide tomorrow's mistake. A comment is judged
/// only where its rule had its say: not for a rule that is off, nor for one about pairs in a
/// document that was checked without its translation. A missing reason is a remark (info).
///
/// Fires: concord-disable-next-line missing-term (nothing is missing there); concord-disable
/// mising-term
///
/// Does not: concord-disable-next-line missing-term: the old name is meant (and it is missing)
struct UnusedSuppression {
  let checker: Checker

  /// Rules that say something only of a text beside its translation.
  private static let pairRules: Set<RuleName> = [
    .missingTerm, .numberMismatch, .doNotTranslate, .untranslatedTerm, .untranslatedSegment,
    .emptyTarget, .missingSegment, .inconsistentRendering, .sameSourceDifferentTarget,
    .sameTargetDifferentSource,
  ]

  /// - Parameter table: of all remarks, once all findings have been filtered.
  /// - Returns: the findings, in any order.
  func check(_ table: SuppressionTable) -> [Diagnostic] {
    var found: [Diagnostic?] = []
    var withoutReason: Set<Location> = []
    for row in table.rows {
      let (suppression, entry) = (row.suppression, row.entry)
      let what = "\(suppression.remark.word) \(entry.text)"
      if entry.rule != SuppressionRemark.all, RuleName(rawValue: entry.rule) == nil {
        found.append(diagnostic(suppression, .unknownRule(entry.rule), term: entry.text))
      } else if !row.isUsed, canJudge(row) {
        found.append(diagnostic(suppression, .unused(what), term: what))
      } else if suppression.remark.reason == nil,
        withoutReason.insert(suppression.location).inserted
      {
        found.append(
          diagnostic(suppression, .withoutReason(suppression.remark), term: what, atMost: .info))
      }
    }
    for end in table.ends {
      let word = end.suppression.remark.word
      if end.suppression.remark.scope == nil {
        found.append(diagnostic(end.suppression, .unknownWord(word), term: word))
      } else if !end.isUsed {
        found.append(diagnostic(end.suppression, .endsNothing(word), term: word))
      }
    }
    return found.compactMap { $0 }
  }

  private func diagnostic(
    _ suppression: Suppression, _ message: String, term: String, atMost most: Severity = .error
  ) -> Diagnostic? {
    let severity = checker.settings.severity(of: .unusedSuppression, in: suppression.file)
    return severity.map { severity in
      Diagnostic(
        rule: RuleName.unusedSuppression.rawValue, severity: min(severity, most), message: message,
        location: suppression.location, term: term, found: term, context: term)
    }
  }

  /// Whether the rule of a remark had its say at all in this run.
  private func canJudge(_ row: SuppressionTable.Row) -> Bool {
    let hasTerms = !checker.termbase.concepts.isEmpty
    let isPaired = row.suppression.isPaired
    guard row.entry.rule != SuppressionRemark.all else { return isPaired && hasTerms }
    guard let rule = RuleName(rawValue: row.entry.rule), rule != .unusedSuppression,
      checker.settings.severity(of: rule, in: row.suppression.file) != nil
    else { return false }
    return (isPaired || !Self.pairRules.contains(rule))
      && (hasTerms || !rule.rawValue.hasSuffix("-term") && rule != .termStyle)
  }
}

extension Suppression {
  fileprivate var location: Location { Location(file: file, range: place) }
}

extension String {
  fileprivate static func unused(_ what: String) -> String {
    "nothing is silenced by “\(what)”: remove it"
  }

  fileprivate static func unknownRule(_ rule: String) -> String {
    let known = RuleName.allCases.map(\.rawValue) + [SuppressionRemark.all]
    let nearest = FuzzyPattern.nearest(to: rule, among: known)
    return "“\(rule)” is no rule: "
      + (nearest.map { "did you mean “\($0)”?" } ?? "docs/rules.md lists them")
  }

  fileprivate static func unknownWord(_ word: String) -> String {
    let known = SuppressionRemark.Scope.allCases.map { SuppressionRemark.mark + $0.rawValue }
    let nearest = FuzzyPattern.nearest(to: word, among: known)
    return "“\(word)” says nothing to the checks: "
      + (nearest.map { "did you mean “\($0)”?" } ?? "write \(known.joined(separator: ", "))")
  }

  fileprivate static func endsNothing(_ word: String) -> String {
    "“\(word)” ends nothing: no “concord-disable” stands before it for these rules"
  }

  fileprivate static func withoutReason(_ remark: SuppressionRemark) -> String {
    let rules = remark.entries.map(\.text).joined(separator: ", ")
    return "“\(remark.word) \(rules)” gives no reason: add “-- why” or “: why”"
  }
}
