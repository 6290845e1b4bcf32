internal import Segmentation

extension FuzzyPattern {
  /// The word of a list that a misspelt one was most likely meant to be; `nil` when none is near.
  package static func nearest(to word: String, among known: [String]) -> String? {
    let pattern = FuzzyPattern(MatchKey(word))
    let best = known.map { ($0, pattern.similarity(to: MatchKey($0))) }.max { $0.1 < $1.1 }
    // Two letters in five may be wrong: "langauges" is near "languages", "colour" near nothing.
    guard let best, best.1 >= 0.6 else { return nil }
    return best.0
  }
}
