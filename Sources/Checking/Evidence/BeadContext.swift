internal import Bitext
internal import Matching
internal import Segmentation

/// A bead's two texts with their tokens, for weighing what is missing in it: made only for beads in
/// which something is.
struct BeadContext {
  let bead: PairedBead
  let source: KeyedText
  let target: KeyedText
  /// Where terms stand in the target that the source names.
  let named: [Range<Int>]
  /// The terms of the target that the source does not name.
  let spares: [Spare]

  /// A term that is not asked for.
  struct Spare {
    let concept: Int
    let tokens: Range<Int>
    /// How much of its source term stands in the source, as a share: the translator may have had a
    /// reason for it.
    let sourceShare: Double
  }

  /// A longer side is no sentence: it is not weighed, and nothing in it is certain.
  static let longest = 4096

  init(_ bead: PairedBead, _ keyed: KeyedTerms) {
    let source = KeyedText(bead.left, bead.source)
    let target = KeyedText(bead.right, bead.target)
    var named: [Range<Int>] = []
    var spares: [Spare] = []
    if max(source.tokens.count, target.tokens.count) <= Self.longest {
      for occurrence in bead.right.occurrences(in: bead.target) {
        let tokens = target.tokens(in: occurrence.range)
        if tokens.isEmpty { continue }
        if occurrence.concepts.contains(where: { bead.left.isPresent($0, in: bead.source) }) {
          named.append(tokens)
          continue
        }
        let terms = occurrence.concepts.flatMap { keyed.accepted($0, in: .source).keyed }
        let shares = terms.map { PartialRendering(of: $0, in: source).share }
        spares.append(
          Spare(concept: occurrence.concept, tokens: tokens, sourceShare: shares.max() ?? 0))
      }
    }
    self.bead = bead
    self.source = source
    self.target = target
    self.named = named
    self.spares = spares
  }

  /// Whether the sides are short enough to be weighed.
  var canBeWeighed: Bool { max(source.tokens.count, target.tokens.count) <= Self.longest }

  /// A term that stands in another's place.
  struct Substitute {
    let text: String
    /// How likely it is no coincidence, as a share.
    let strength: Double
  }

  /// The spare terms that most likely stand in the places of source terms, by where both stand in
  /// their sides: each stands for one alone. A spare term that has its words from the rendering
  /// that is looked for is a variant of it, and no other term.
  ///
  /// - Parameter terms: where the source terms stand, and what is looked for.
  /// - Returns: for each source term its substitute, or `nil`.
  func substitutes(for terms: [(place: Range<Int>, renderings: [KeyedText])]) -> [Substitute?] {
    var candidates: [(term: Int, spare: Int, strength: Double)] = []
    for (term, wanted) in terms.enumerated() {
      let place = Self.place(wanted.place, in: source)
      for (index, spare) in spares.enumerated() {
        let distance = abs(Self.place(spare.tokens, in: target) - place)
        let difference = 1 - share(of: spare, in: wanted.renderings)
        candidates.append(
          (term, index, (1 - spare.sourceShare) * (1 - distance) * difference))
      }
    }
    candidates.sort {
      ($1.strength, $0.term, $0.spare) < ($0.strength, $1.term, $1.spare)
    }
    var found = [Substitute?](repeating: nil, count: terms.count)
    var used: Set<Int> = []
    for candidate in candidates where candidate.strength > 0 {
      guard found[candidate.term] == nil, used.insert(candidate.spare).inserted else { continue }
      found[candidate.term] = Substitute(
        text: target.text(spares[candidate.spare].tokens), strength: candidate.strength)
    }
    return found
  }

  /// How much of a spare term's content a rendering has too.
  private func share(of spare: Spare, in renderings: [KeyedText]) -> Double {
    let content = spare.tokens.filter { target.tokens[$0].saysSomething }
    guard !content.isEmpty else { return 0 }
    let shares = renderings.map { rendering in
      let known = Set(rendering.tokens.map(\.hash))
      return Double(content.count { known.contains(target.tokens[$0].hash) })
        / Double(content.count)
    }
    return shares.max() ?? 0
  }

  private static func place(_ tokens: Range<Int>, in text: KeyedText) -> Double {
    Double(tokens.lowerBound + tokens.upperBound) / 2 / Double(max(1, text.tokens.count))
  }
}
