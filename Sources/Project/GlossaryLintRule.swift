internal import Bitext

/// What `lint` looks for in a glossary, by the names that it prints.
enum GlossaryLintRule: String, CaseIterable, Sendable {
  /// A row that cannot be read: too many fields, or a status that there is none of.
  case brokenRow = "broken-row"
  /// A column whose name says nothing.
  case unknownColumn = "unknown-column"
  /// A term of marks alone, which no text can ever match.
  case unmatchableTerm = "unmatchable-term"
  /// A term twice in one concept.
  case duplicateTerm = "duplicate-term"
  /// Two concepts that share a term in both languages.
  case duplicateConcept = "duplicate-concept"
  /// One source term of several concepts of a domain, with different targets.
  case conflictingTargets = "conflicting-targets"
  /// A term inside longer ones: where these stand, it is not looked for.
  case nestedTerm = "nested-term"
  /// Letters that the language of the column is not written in.
  case wrongScript = "wrong-script"
  /// White space and invisible characters that nobody meant to be there.
  case suspiciousWhitespace = "suspicious-whitespace"
  /// A language without a preferred term.
  case missingPreferred = "missing-preferred"
  /// A bracket or quotation mark without its other half.
  case unbalancedBrackets = "unbalanced-brackets"
  /// A term that one concept forbids and another one accepts.
  case forbiddenConflict = "forbidden-conflict"
  /// A term that a concept both accepts and rejects, or two preferred terms of one language.
  case contradictoryStatus = "contradictory-status"

  /// How grave the rule's findings are, unless the finding itself says otherwise.
  var severity: Severity {
    switch self {
    case .brokenRow, .unmatchableTerm, .forbiddenConflict, .contradictoryStatus: .error
    case .nestedTerm: .info
    default: .warning
    }
  }
}
