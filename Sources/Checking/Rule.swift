internal import Bitext

/// A rule about one text by itself.
protocol TextRule {
  /// - Parameter text: a document, or one side of a pair, with the terms in it.
  /// - Returns: the findings, in any order.
  func check(_ text: MatchedText) -> [Diagnostic]
}

/// A rule about two texts that translate each other.
protocol PairRule {
  /// - Parameter pair: both sides with the terms in them; when both directions are to be checked,
  ///   the rule sees to that itself (``MatchedPair/directions``).
  /// - Returns: the findings, in any order.
  func check(_ pair: MatchedPair) -> [Diagnostic]
}

/// A rule about all texts of a run together: it notes facts about each, and judges when all are
/// there.
protocol CollectionRule {
  /// Adds to `facts` what the rule must know of a document that stands by itself.
  func note(_ text: MatchedText, _ facts: inout CheckFacts)
  /// Adds to `facts` what the rule must know of a pair.
  func note(_ pair: MatchedPair, _ facts: inout CheckFacts)
  /// - Parameter facts: of all texts, in the order of the run.
  /// - Returns: the findings, in any order.
  func conclude(_ facts: [CheckFacts]) -> [Diagnostic]
}

extension CollectionRule {
  func note(_ text: MatchedText, _ facts: inout CheckFacts) {}

  func note(_ pair: MatchedPair, _ facts: inout CheckFacts) {
    note(pair.source, &facts)
    note(pair.target, &facts)
  }
}

/// What the rules about all texts keep of one document or pair: plain values, small beside the
/// text, and the same whenever the text is.
public struct CheckFacts: Sendable, Hashable {
  /// For `inconsistent-term`: how each text uses the terms that have variants.
  var variants: [VariantUses] = []

  public init() {}
}

/// Two texts that translate each other, with the terms in both.
struct MatchedPair {
  let source: MatchedText
  let target: MatchedText
  let beads: [Bead]
  /// Whether an aligner found the beads; else a file says what belongs together.
  let isAligned: Bool
  let direction: CheckDirection

  /// Each bead as it is to be checked: once, or both ways where nobody said which side was written
  /// first.
  var directions: [PairedBeads] {
    let forward = PairedBeads(left: source, right: target, beads: beads)
    guard direction == .both else { return [forward] }
    let flipped = beads.map {
      Bead(source: $0.target, target: $0.source, score: $0.score, isMoved: $0.isMoved)
    }
    return [forward, PairedBeads(left: target, right: source, beads: flipped)]
  }
}

/// The beads of a pair in one direction: from the side whose terms are looked for to the other.
struct PairedBeads {
  let left: MatchedText
  let right: MatchedText
  let beads: [Bead]

  subscript(index: Int) -> PairedBead { PairedBead(beads, index, left, right) }
  var indices: Range<Int> { beads.indices }
}
