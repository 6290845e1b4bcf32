internal import Bitext

/// A rule about segments that recur in a run with other partners than before.
protocol TranslationRule: CollectionRule {
  var checker: Checker { get }
  static var name: RuleName { get }
  /// The side that recurs.
  static var own: KeyPath<SegmentTranslations.Entry, SegmentTranslations.SideKey> { get }
  /// The side that differs.
  static var partner: KeyPath<SegmentTranslations.Entry, SegmentTranslations.SideKey> { get }

  /// - Parameters:
  ///   - place: where the partner is not the commonest one.
  ///   - segment: the segment with all its places.
  ///   - all: what each text of the run translates.
  ///   - text: what stands at a place, where that can still be told.
  /// - Returns: the finding; `nil` where the rule is off.
  func diagnostic(
    _ place: DivergingSegment.Place, _ segment: DivergingSegment, _ all: [SegmentTranslations?],
    _ text: (Location) -> String?
  ) -> Diagnostic?
}

extension TranslationRule {
  func note(_ text: MatchedText, _ facts: inout CheckFacts) {}

  func note(_ pair: MatchedPair, _ facts: inout CheckFacts) {
    guard checker.settings.isOn(Self.name) else { return }
    facts.noteTranslations(of: pair)
  }

  func conclude(_ facts: [CheckFacts]) -> [Diagnostic] { conclude(facts) { _ in nil } }

  func conclude(_ facts: [CheckFacts], text: (Location) -> String?) -> [Diagnostic] {
    guard checker.settings.isOn(Self.name) else { return [] }
    let all = facts.map(\.translations)
    return DivergingSegment.find(in: all, own: Self.own, partner: Self.partner).flatMap { segment in
      segment.minority.compactMap { diagnostic($0, segment, all, text) }
    }
  }
}
