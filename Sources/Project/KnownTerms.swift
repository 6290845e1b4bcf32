internal import Bitext
internal import Matching
internal import Segmentation
internal import Store

/// What the termbase and earlier decisions say about candidates.
struct KnownTerms {
  /// A concept of the termbase, with the match keys of its terms.
  private struct Known {
    var id: String
    var terms: [(language: LanguageTag, key: MatchKey)]
  }

  private struct Pair: Hashable {
    var source: MatchKey
    var target: MatchKey
  }

  private let languages: (source: LanguageTag, target: LanguageTag)
  private var concepts: [Known] = []
  /// The concepts that have a term with a key, in their order.
  private var conceptsOfKey: [MatchKey: [Int]] = [:]
  private var rejected: Set<Pair> = []

  /// - Parameters:
  ///   - termbase: the concepts that are known, proposed ones among them.
  ///   - rejected: pairs that are not to be proposed again, in either direction.
  ///   - languages: of the two sides of the candidates.
  init(
    _ termbase: Termbase, rejected: [RejectedPair],
    languages: (source: LanguageTag, target: LanguageTag)
  ) {
    self.languages = languages
    for (index, concept) in termbase.concepts.enumerated() {
      let terms = concept.terms.map { (language: $0.language, key: Self.key($0.text)) }
      for key in Set(terms.map(\.key)) { conceptsOfKey[key, default: []].append(index) }
      concepts.append(Known(id: concept.id, terms: terms))
    }
    for pair in rejected {
      let (left, right) = (Self.key(pair.source.text), Self.key(pair.target.text))
      if isPair(pair.source.language, pair.target.language) {
        self.rejected.insert(Pair(source: left, target: right))
      } else if isPair(pair.target.language, pair.source.language) {
        self.rejected.insert(Pair(source: right, target: left))
      }
    }
  }

  /// Spellings that a check takes for one term are one here too, the plural among them; only
  /// Simplified and Traditional stay apart.
  private static func key(_ text: String) -> MatchKey {
    MatchKey(text, folding: .term.subtracting(.script))
  }

  private func isPair(_ source: LanguageTag, _ target: LanguageTag) -> Bool {
    LanguageMatching.match(source, languages.source)
      && LanguageMatching.match(target, languages.target)
  }

  /// The candidate with the concept that it would join, if it would join one; `nil` when it is not
  /// to be proposed.
  func judge(_ candidate: TermCandidate) -> TermCandidate? {
    let pair = Pair(source: Self.key(candidate.source), target: Self.key(candidate.target))
    guard !rejected.contains(pair), !explains(pair) else { return nil }
    var result = candidate
    let home =
      concept(with: pair.source, languages.source) ?? concept(with: pair.target, languages.target)
    result.concept = home.map { concepts[$0].id }
    return result
  }

  /// Whether a concept has the pair, or has one side of it and the other as a part of a term:
  /// "Phoenix" beside 金凤凰 is a piece of what is known.
  private func explains(_ pair: Pair) -> Bool {
    conceptsOfKey[pair.source, default: []].contains { has(pair.target, in: $0) }
      || conceptsOfKey[pair.target, default: []].contains { has(pair.source, in: $0) }
  }

  private func has(_ key: MatchKey, in concept: Int) -> Bool {
    concepts[concept].terms.contains { !$0.key.occurrences(of: key).isEmpty }
  }

  /// The first concept that has a term in this language, in whatever script.
  private func concept(with key: MatchKey, _ language: LanguageTag) -> Int? {
    conceptsOfKey[key, default: []].first { index in
      concepts[index].terms.contains {
        $0.key == key && LanguageMatching.sameLanguage($0.language, language)
      }
    }
  }
}
