/// What the ideographs of a text say about the way in which it is written: see ``HanForm``.
package struct HanEvidence: Sendable, Hashable {
  package private(set) var ideographs = 0
  /// Ideographs that only Simplified, Traditional or Japanese texts have.
  package private(set) var simplified = 0
  package private(set) var traditional = 0
  package private(set) var japanese = 0

  package init(_ text: String) {
    for scalar in text.unicodeScalars where scalar.value.isHanScalar {
      ideographs += 1
      switch HanForm.form(of: scalar.value) {
      case .shared: break
      case .simplified: simplified += 1
      case .traditional: traditional += 1
      case .japanese: japanese += 1
      }
    }
  }

  /// The script that prevails; `nil` where none does.
  package var script: HanConversion.Script? {
    if simplified == traditional { return nil }
    return simplified > traditional ? .simplified : .traditional
  }
}
