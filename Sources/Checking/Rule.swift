package import Bitext

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
  /// - Parameters:
  ///   - facts: of all texts, in the order of the run.
  ///   - text: what stands at a place, where that can still be told.
  /// - Returns: the findings, in any order.
  func conclude(_ facts: [CheckFacts], text: (Location) -> String?) -> [Diagnostic]
}

extension CollectionRule {
  func conclude(_ facts: [CheckFacts], text: (Location) -> String?) -> [Diagnostic] {
    conclude(facts)
  }

  func note(_ text: MatchedText, _ facts: inout CheckFacts) {}

  func note(_ pair: MatchedPair, _ facts: inout CheckFacts) {
    note(pair.source, &facts)
    note(pair.target, &facts)
  }
}

/// What the rules about all texts keep of one document or pair: plain values, small beside the
/// text, and the same whenever the text is.
public struct CheckFacts: Sendable, Hashable {
  /// Which segments translate which; `nil` for a document by itself.
  var translations: SegmentTranslations?
  /// How often each term stands in the texts, where that was asked for.
  public var usage: [TermUsage] = []
  /// The languages of the texts, where their terms are counted.
  public var languages: [DocumentLanguage] = []
  /// What comments in the texts say to the checks.
  public var suppressions: [Suppression] = []
  /// For `inconsistent-term`: how each text uses the terms that have variants.
  var variants: [VariantUses] = []

  public init() {}
}

extension CheckFacts: BinaryCodable {
  package func write(to writer: inout BinaryWriter) {
    writer.write(translations)
    writer.write(variants)
    writer.write(usage)
    writer.write(languages)
    writer.write(suppressions)
  }

  package init(from reader: inout BinaryReader) throws(BinaryReader.Damage) {
    self.init()
    translations = try reader.read()
    variants = try reader.read()
    usage = try reader.read()
    languages = try reader.read()
    suppressions = try reader.read()
  }
}

/// Two texts that translate each other, with the terms in both.
struct MatchedPair {
  let text: ParallelText
  let source: MatchedText
  let target: MatchedText
  let direction: CheckDirection

  var beads: [Bead] { text.beads }
  /// Whether an aligner found the beads; else a file says what belongs together.
  var isAligned: Bool { text.isAligned }

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
