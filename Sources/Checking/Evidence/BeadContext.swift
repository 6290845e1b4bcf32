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

  init(_ bead: PairedBead, _ checker: Checker) {
    let source = KeyedText(bead.left.text, bead.source)
    let target = KeyedText(bead.right.text, bead.target)
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
        let terms = occurrence.concepts.flatMap {
          checker.accepted($0, in: bead.left.text.language)
        }
        let shares = terms.map { PartialRendering(of: KeyedText($0), in: source).share }
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

  /// The spare term that most likely stands in the place of a source term, by where both stand in
  /// their sides; its strength is a share 0…1.
  func substitute(for term: Range<Int>) -> (text: String, strength: Double)? {
    let place = Self.place(term, in: source)
    var best: (text: String, strength: Double)?
    for spare in spares {
      let distance = abs(Self.place(spare.tokens, in: target) - place)
      let strength = (1 - spare.sourceShare) * (1 - distance)
      if strength > best?.strength ?? 0 { best = (target.text(spare.tokens), strength) }
    }
    return best
  }

  private static func place(_ tokens: Range<Int>, in text: KeyedText) -> Double {
    Double(tokens.lowerBound + tokens.upperBound) / 2 / Double(max(1, text.tokens.count))
  }
}
