internal import Bitext
internal import Segmentation
internal import Store

/// Finds the concepts that a proposal may join, while their terms are typed.
struct ConceptFinder {
  private let concepts: [(concept: Concept, keys: [[UInt8]])]
  private let proposal: Proposal

  /// More than this nobody looks through: he types another letter.
  private static let limit = 50

  /// - Throws: `Trouble` when the store cannot be read.
  init(_ store: ConcordStore, for proposal: Proposal) throws(Trouble) {
    self.proposal = proposal
    // One that waits itself is no concept to join yet.
    concepts = try store.termbase().concepts.filter { concept in
      concept.id != proposal.concept.id && concept.terms.contains(where: \.status.isAccepted)
    }.map { ($0, $0.terms.map { MatchKey($0.text).bytes }) }
  }

  /// The concepts with a term that holds the text; without a text those that share a part with the
  /// proposal. Whole terms come first, then beginnings, then the rest, each in the termbase's
  /// order.
  func concepts(with text: String) -> [Concept] {
    let query = MatchKey(text).bytes
    let sides = [proposal.source, proposal.target].map { MatchKey($0.text).bytes }
    var ranked: [[Concept]] = [[], [], []]
    for (concept, keys) in concepts {
      let ranks =
        query.isEmpty ? sides.flatMap { rank(of: $0, in: keys) } : rank(of: query, in: keys)
      if let best = ranks.min() { ranked[best].append(concept) }
    }
    return Array(ranked.joined().prefix(Self.limit))
  }

  /// How well a text fits each of some keys that it fits. A side of the proposal may also hold a
  /// term: Golden Phoenix Program belongs to Golden Phoenix.
  private func rank(of text: [UInt8], in keys: [[UInt8]]) -> [Int] {
    keys.compactMap { key in
      if key == text { return 0 }
      if key.starts(with: text) { return 1 }
      return key.holds(text) || text.count > key.count && text.holds(key) ? 2 : nil
    }
  }
}

extension [UInt8] {
  fileprivate func holds(_ other: [UInt8]) -> Bool {
    guard let first = other.first, other.count <= count else { return false }
    return (0...count - other.count).contains { start in
      self[start] == first && self[start..<start + other.count].elementsEqual(other)
    }
  }
}
