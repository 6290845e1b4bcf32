internal import Bitext
internal import Matching
internal import Segmentation

/// A term stands in a text in another language's script, though the termbase has a term for it in
/// the language of the text.
///
/// In a pair the translation alone is looked at, and what `missing-term` says already is not said
/// again: what is left is a term that is translated in one place and left as it was in another. A
/// document by itself is looked at as a whole. A gloss is no finding, be it the translation that
/// stands in brackets or the original, and neither are acronyms and names in mixed case, a term
/// that the termbase has within its translation too, and a sentence that is mostly in the other
/// script.
///
/// Fires: Young people may apply for the 金凤凰 program. (金凤凰: Golden Phoenix)
///
/// Does not: The Golden Phoenix (金凤凰) program is open to young people.
struct UntranslatedTerm: TextRule, PairRule {
  let checker: Checker

  func check(_ text: MatchedText) -> [Diagnostic] {
    check(text) { _ in false }
  }

  func check(_ pair: MatchedPair) -> [Diagnostic] {
    pair.directions.flatMap { beads in
      let isMissed = missed(beads)
      return check(beads.right) { isMissed.contains(Place(segment: $0.segment, $0.concepts)) }
    }
  }

  private func check(
    _ text: MatchedText, except isSaid: (MatchedText.ForeignOccurrence) -> Bool
  ) -> [Diagnostic] {
    guard !text.foreign.isEmpty,
      let severity = checker.settings.severity(of: .untranslatedTerm, in: text.text.file)
    else { return [] }
    return text.foreign.compactMap { occurrence in
      guard !isSaid(occurrence), let concept = translated(occurrence.concepts, text),
        !isKept(occurrence, concept, text)
      else { return nil }
      let found = text.text.prose.text(occurrence.range)
      let expected = checker.accepted(concept, in: text.text.language)
      return Diagnostic(
        rule: RuleName.untranslatedTerm.rawValue, severity: severity,
        message: .untranslated(found, expected: expected),
        location: text.location(occurrence.range),
        concept: checker.termbase.concepts[concept].id, term: found, found: found,
        expected: expected)
    }
  }

  /// The concept that has a term in the text's language; `nil` where none has, or where the term is
  /// the same in both.
  private func translated(_ concepts: [Int], _ text: MatchedText) -> Int? {
    let terms = concepts.map { ($0, checker.accepted($0, in: text.text.language)) }
    guard !terms.contains(where: { $0.1.isEmpty }) else { return nil }
    return terms.first?.0
  }

  /// Whether a term may stay as it is.
  private func isKept(
    _ occurrence: MatchedText.ForeignOccurrence, _ concept: Int, _ text: MatchedText
  ) -> Bool {
    let range = occurrence.range
    let term = KeyedText(text.text.prose.text(range))
    if let first = term.tokens.first, term.tokens.count == 1,
      first.letterCase == .upper || first.letterCase == .mixed
    {
      return true
    }
    let keys = term.tokens.map(\.hash)
    let isPart = checker.accepted(concept, in: text.text.language).contains {
      !KeyedText($0).places(of: keys).isEmpty
    }
    if isPart { return true }
    let segment = KeyedText(text, occurrence.segment..<occurrence.segment + 1)
    return segment.isMostlyForeign(to: text.text.language)
      || segment.isGloss(segment.tokens(in: range), renderings: renderings(occurrence, text))
  }

  /// Where the renderings of a concept stand in the same segment.
  private func renderings(
    _ occurrence: MatchedText.ForeignOccurrence, _ text: MatchedText
  ) -> [Range<Int>] {
    text.occurrences(in: occurrence.segment..<occurrence.segment + 1)
      .filter { !Set($0.concepts).isDisjoint(with: occurrence.concepts) }
      .map(\.range)
  }

  /// A segment of the target with a concept.
  private struct Place: Hashable {
    let segment: Int
    let concepts: [Int]

    init(segment: Int, _ concepts: [Int]) {
      self.segment = segment
      self.concepts = concepts
    }
  }

  /// The foreign terms that `missing-term` speaks of.
  private func missed(_ beads: PairedBeads) -> Set<Place> {
    guard !beads.right.foreign.isEmpty,
      checker.settings.severity(of: .missingTerm, in: beads.right.text.file) != nil
    else { return [] }
    var bead = [Int](repeating: -1, count: beads.right.text.segments.count)
    for (index, each) in beads.beads.enumerated() {
      for segment in each.target { bead[segment] = index }
    }
    var places: Set<Place> = []
    for occurrence in beads.right.foreign where bead[occurrence.segment] >= 0 {
      let sides = beads.beads[bead[occurrence.segment]]
      let isMissing = occurrence.concepts.contains {
        beads.left.isPresent($0, in: sides.source) && !beads.right.isPresent($0, in: sides.target)
      }
      if isMissing { places.insert(Place(segment: occurrence.segment, occurrence.concepts)) }
    }
    return places
  }
}

extension KeyedText {
  /// Whether most of a text is not in its language's script.
  fileprivate func isMostlyForeign(to language: LanguageTag) -> Bool {
    let han = tokens.count { $0.kind == .han }
    let words = tokens.count { $0.kind == .word }
    // A word of English takes the place of some two characters.
    return language.isChinese ? words * 2 > han : han > words * 2
  }

  /// Whether a term explains its translation or is explained by it: one of them stands in brackets,
  /// or right beside the other.
  fileprivate func isGloss(_ term: Range<Int>, renderings: [Range<Int>]) -> Bool {
    let before = tokens[..<term.lowerBound].last
    let after = tokens[term.upperBound...].first
    if before?.opensBracket == true || after?.closesBracket == true { return true }
    return renderings.contains { bytes in
      let rendering = tokens(in: bytes)
      let gap =
        rendering.upperBound <= term.lowerBound
        ? rendering.upperBound..<term.lowerBound
        : term.upperBound..<Swift.max(term.upperBound, rendering.lowerBound)
      return gap.count <= Self.glossGap && tokens[gap].allSatisfy { $0.kind == .punctuation }
    }
  }

  /// A bracket and a quotation mark stand between a term and its gloss.
  private static let glossGap = 2
}

extension String {
  fileprivate static func untranslated(_ term: String, expected: [String]) -> String {
    "“\(term)” is left untranslated: write \(alternatives(expected))"
  }
}
