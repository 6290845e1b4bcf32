public import Bitext

/// A report that grows with each finding: the pieces of text that its calls return, one after the
/// other, are the report.
public protocol DiagnosticReport {
  /// What stands before the first finding.
  mutating func begin() -> String

  /// Adds a finding. They come in the order of ``Checker/inOrder(_:_:)``.
  mutating func add(_ diagnostic: Diagnostic, _ sources: some SourceLines) -> String

  /// What stands behind the last finding.
  mutating func end(_ run: CheckedRun) -> String
}

/// What a report says of a run beside its findings.
public struct CheckedRun: Sendable {
  /// All files that were checked or should have been, as the user names them.
  public var files: [String]
  /// What kept files from being checked.
  public var troubles: [Trouble]
  public var warnings: [Warning]
  /// Of each document or pair, for the table of terms.
  public var facts: [CheckFacts]

  public init(
    files: [String], troubles: [Trouble] = [], warnings: [Warning] = [], facts: [CheckFacts] = []
  ) {
    self.files = files
    self.troubles = troubles
    self.warnings = warnings
    self.facts = facts
  }
}
