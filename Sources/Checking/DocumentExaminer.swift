package import Bitext

/// Examines a document of which only a part is held at a time, with the same findings as if it were
/// examined as a whole.
package struct DocumentExaminer {
  private let checker: Checker
  private var script = WrongScript.Survey()

  fileprivate init(_ checker: Checker) { self.checker = checker }

  /// What the next part says by itself.
  package mutating func examine(_ part: SegmentedText) -> Examination {
    let matched = checker.matched(part)
    script.append(WrongScript(checker: checker).survey(matched))
    return checker.examine(part: matched)
  }

  /// What all parts say together.
  package func finish() -> [Diagnostic] { checker.weighed(script.findings) }
}

extension Checker {
  /// Examines a document part by part.
  ///
  /// - Parameter file: the document.
  /// - Returns: `nil` where a rule must have all of it before its eyes: `punctuation` does, to see
  ///   whether a text sets spaces between ideographs and letters.
  package func examiner(of file: String) -> DocumentExaminer? {
    settings.severity(of: .punctuation, in: file) == nil ? DocumentExaminer(self) : nil
  }
}
