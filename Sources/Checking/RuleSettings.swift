public import Bitext

/// The rules there are, by the names that users write.
public enum RuleName: String, Sendable, Hashable, CaseIterable {
  case missingTerm = "missing-term"
  case forbiddenTerm = "forbidden-term"
  case termStyle = "term-style"
  case numberMismatch = "number-mismatch"
  case wrongScript = "wrong-script"
  case punctuation
  case untranslatedSegment = "untranslated-segment"
  case emptyTarget = "empty-target"
  case missingSegment = "missing-segment"
  case sameSourceDifferentTarget = "same-source-different-target"
  case inconsistentRendering = "inconsistent-rendering"
  case sameTargetDifferentSource = "same-target-different-source"
  case unusedSuppression = "unused-suppression"
  case untranslatedTerm = "untranslated-term"
  case doNotTranslate = "do-not-translate"
  case inconsistentTerm = "inconsistent-term"

  /// Unless the project says otherwise; `nil` for a rule that must be asked for.
  public var defaultSeverity: Severity? {
    switch self {
    case .missingTerm, .forbiddenTerm: .error
    case .termStyle, .untranslatedTerm, .doNotTranslate, .inconsistentTerm, .numberMismatch,
      .unusedSuppression:
      .warning
    case .emptyTarget: .error
    case .wrongScript, .untranslatedSegment, .missingSegment, .sameSourceDifferentTarget,
      .inconsistentRendering:
      .warning
    case .sameTargetDifferentSource: .info
    case .punctuation: nil
    }
  }
}

/// How grave each rule's findings are in a project, which may differ from path to path; a rule can
/// be off.
public struct RuleSettings: Sendable {
  /// What is said of a rule; the last entry that fits a file counts.
  private var entries: [RuleName: [Entry]] = [:]

  private struct Entry: Sendable {
    /// `nil` switches the rule off.
    var severity: Severity?
    /// Whether the entry is about a file; `nil` for all files.
    var fits: (@Sendable (String) -> Bool)?
  }

  public init() {}

  /// The severity of a rule's findings where nothing is said about the file; `nil` when it is off.
  public subscript(rule: RuleName) -> Severity? {
    get {
      entries[rule]?.last { $0.fits == nil }.map(\.severity) ?? rule.defaultSeverity
    }
    set { entries[rule, default: []].append(Entry(severity: newValue, fits: nil)) }
  }

  /// Says what a rule is worth in some files.
  ///
  /// - Parameters:
  ///   - severity: of its findings; `nil` switches it off.
  ///   - rule: the rule.
  ///   - fits: whether a file is meant, by its path.
  public mutating func set(
    _ severity: Severity?, for rule: RuleName, where fits: @escaping @Sendable (String) -> Bool
  ) {
    entries[rule, default: []].append(Entry(severity: severity, fits: fits))
  }

  /// The severity of a rule's findings in a file; `nil` when the rule is off there.
  public func severity(of rule: RuleName, in file: String) -> Severity? {
    guard let entries = entries[rule] else { return rule.defaultSeverity }
    let entry = entries.last { $0.fits.map { $0(file) } ?? true }
    return entry.map(\.severity) ?? rule.defaultSeverity
  }

  /// Whether a rule can find anything in any file.
  public func isOn(_ rule: RuleName) -> Bool {
    self[rule] != nil || entries[rule]?.contains { $0.severity != nil } == true
  }
}
