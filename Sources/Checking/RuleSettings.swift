public import Bitext

/// The rules there are, by the names that users write.
public enum RuleName: String, Sendable, Hashable, CaseIterable {
  case missingTerm = "missing-term"
  case forbiddenTerm = "forbidden-term"
  case termStyle = "term-style"
  case numberMismatch = "number-mismatch"

  /// Unless the project says otherwise.
  public var defaultSeverity: Severity {
    switch self {
    case .missingTerm, .forbiddenTerm: .error
    case .termStyle, .numberMismatch: .warning
    }
  }
}

/// How grave each rule's findings are in a project; a rule can be off.
public struct RuleSettings: Sendable {
  /// `nil` switches a rule off.
  private var severities: [RuleName: Severity?] = [:]

  public init() {}

  /// The severity of a rule's findings; `nil` when the rule is off.
  public subscript(rule: RuleName) -> Severity? {
    get { severities[rule] ?? rule.defaultSeverity }
    set { severities[rule] = .some(newValue) }
  }
}
