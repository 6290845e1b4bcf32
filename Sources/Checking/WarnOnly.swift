public import Bitext

/// Concepts whose findings are warnings at the most: those whose terms were seen to raise false
/// alarms, or whose use is a matter of taste.
public struct WarnOnly: Sendable {
  private var concepts: Set<String> = []
  /// Names that no concept of the termbase bears.
  public private(set) var unknown: [String] = []

  /// No concepts.
  public init() {}

  /// - Parameters:
  ///   - names: ids of concepts, or terms as the termbase writes them.
  ///   - termbase: where they are looked up.
  public init(_ names: [String], in termbase: Termbase) {
    guard !names.isEmpty else { return }
    let wanted = Set(names)
    var met: Set<String> = []
    for concept in termbase.concepts {
      var own = concept.terms.map(\.text)
      own.append(concept.id)
      let found = own.filter(wanted.contains)
      guard !found.isEmpty else { continue }
      concepts.insert(concept.id)
      met.formUnion(found)
    }
    var seen = met
    unknown = names.filter { seen.insert($0).inserted }
  }

  /// The findings, those about these concepts as warnings at the most.
  func weighed(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    guard !concepts.isEmpty else { return diagnostics }
    return diagnostics.map { diagnostic in
      guard diagnostic.severity > .warning, let concept = diagnostic.concept,
        concepts.contains(concept)
      else { return diagnostic }
      var result = diagnostic
      result.severity = .warning
      return result
    }
  }
}
