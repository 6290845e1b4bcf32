internal import Bitext
internal import Matching
internal import Segmentation

/// What the termbase says about candidates.
struct KnownTerms {
  private let termbase: Termbase
  private var concepts: [MatchKey: Set<Int>] = [:]

  init(_ termbase: Termbase) {
    self.termbase = termbase
    for (index, concept) in termbase.concepts.enumerated() {
      for term in concept.terms { concepts[MatchKey(term.text), default: []].insert(index) }
    }
  }

  /// Whether a concept has the pair, or has one side of it and the other as a part of a term:
  /// "Phoenix" beside 金凤凰 is a piece of what is known.
  func explain(_ candidate: TermCandidate) -> Bool {
    let (left, right) = (MatchKey(candidate.source), MatchKey(candidate.target))
    return concepts[left, default: []].contains { has(right, in: $0) }
      || concepts[right, default: []].contains { has(left, in: $0) }
  }

  private func has(_ key: MatchKey, in concept: Int) -> Bool {
    termbase.concepts[concept].terms.contains { !MatchKey($0.text).occurrences(of: key).isEmpty }
  }
}
