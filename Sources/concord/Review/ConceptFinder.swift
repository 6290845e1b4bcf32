internal import Bitext
internal import Matching
internal import Segmentation
internal import Store

/// Finds the concepts that a proposal may join, while their terms are typed.
struct ConceptFinder {
  private let concepts: [(concept: Concept, keys: [MatchKey])]
  private let proposal: Proposal

  /// More than this nobody looks through: he types another letter.
  private static let limit = 50

  /// - Throws: `Trouble` when the store cannot be read.
  init(_ store: ConcordStore, for proposal: Proposal) throws(Trouble) {
    self.proposal = proposal
    // One that waits itself is no concept to join yet.
    concepts = try store.termbase().concepts.filter { concept in
      concept.id != proposal.concept.id && concept.terms.contains(where: \.status.isAccepted)
    }.map { ($0, $0.terms.map { MatchKey($0.text) }) }
  }

  /// The concepts with a term that holds the text; without a text those that share a part with the
  /// proposal. Whole terms come first, then beginnings, then the rest, each in the termbase's
  /// order.
  func concepts(with text: String) -> [Concept] {
    let query = MatchKey(text)
    let sides = [proposal.source, proposal.target].map { MatchKey($0.text) }
    var ranked: [[Concept]] = [[], [], []]
    for (concept, keys) in concepts {
      let ranks =
        query.bytes.isEmpty
        ? sides.flatMap { rank(of: $0, in: keys, takesParts: true) } : rank(of: query, in: keys)
      if let best = ranks.min() { ranked[best].append(concept) }
    }
    return Array(ranked.joined().prefix(Self.limit))
  }

  /// How well a text fits each of some keys that it fits; with `takesParts` also those that it
  /// holds itself: Golden Phoenix Program belongs to Golden Phoenix.
  private func rank(of text: MatchKey, in keys: [MatchKey], takesParts: Bool = false) -> [Int] {
    keys.compactMap { key in
      if key == text { return 0 }
      if key.bytes.starts(with: text.bytes) { return 1 }
      return key.holds(text) || takesParts && text.holds(key) ? 2 : nil
    }
  }
}

extension MatchKey {
  fileprivate func holds(_ other: MatchKey) -> Bool { !occurrences(of: other).isEmpty }
}
