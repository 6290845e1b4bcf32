internal import Bitext
internal import Matching
internal import Segmentation

/// A term of the source has none of its accepted renderings in the translation.
///
/// For each bead, each concept that the source names is looked for in the target: any accepted term
/// counts, in any inflection, also inside a longer term. A concept without a term in the target's
/// language is never looked for, nor is one in a segment that has no counterpart. A rendering that
/// stands in the neighbouring bead without a source term there has moved: no finding. Where the
/// aligner is not sure of the bead, the finding is a warning.
///
/// Fires: 金凤实验室申请发明专利57件。 / The medical center applied for 57 patents.
///
/// Does not: 金凤实验室申请发明专利57件。 / Jinfeng Laboratory applied for 57 patents.
struct MissingTerm {
  let checker: Checker

  /// Below this the bead itself is as likely wrong as right.
  private static let doubtfulScore = 0.5

  func check(_ bead: PairedBead) -> [Diagnostic] {
    guard let severity = checker.settings[.missingTerm], !bead.target.isEmpty,
      !bead.isUntranslated
    else { return [] }
    var seen: Set<Int> = []
    var found: [Diagnostic] = []
    for occurrence in bead.left.occurrences(in: bead.source) {
      // Of homonyms one rendering is enough.
      guard occurrence.concepts.allSatisfy({ !bead.right.isPresent($0, in: bead.target) }),
        seen.insert(occurrence.concept).inserted
      else { continue }
      let expected = checker.accepted(occurrence.concept, in: bead.right.text.language)
      guard !expected.isEmpty else { continue }
      if bead.neighbours.contains(where: { bead.hasSpare(occurrence.concept, in: $0) }) { continue }
      let isDoubtful = bead.score < Self.doubtfulScore
      found.append(
        diagnostic(
          occurrence, bead, expected: expected,
          severity: isDoubtful ? min(severity, .warning) : severity))
    }
    return found
  }

  private func diagnostic(
    _ occurrence: MatchedText.Occurrence, _ bead: PairedBead, expected: [String],
    severity: Severity
  ) -> Diagnostic {
    let term = bead.left.text.prose.text(occurrence.range)
    let segments = bead.right.text.segments
    let range =
      segments[bead.target.lowerBound].range
      .lowerBound..<segments[bead.target.upperBound - 1].range.upperBound
    return Diagnostic(
      rule: RuleName.missingTerm.rawValue, severity: severity,
      message: .missing(term, expected: expected), location: bead.right.location(range),
      source: Diagnostic.Evidence(location: bead.left.location(occurrence.range), text: term),
      concept: checker.termbase.concepts[occurrence.concept].id, term: term, expected: expected)
  }
}

/// One bead with the terms of both its sides.
struct PairedBead {
  let left: MatchedText
  let right: MatchedText
  let source: Range<Int>
  let target: Range<Int>
  let score: Double
  /// The beads before and after.
  let neighbours: [Bead]

  init(_ beads: [Bead], _ index: Int, _ left: MatchedText, _ right: MatchedText) {
    self.left = left
    self.right = right
    source = beads[index].source
    target = beads[index].target
    score = beads[index].score
    neighbours = [index - 1, index + 1].filter(beads.indices.contains).map { beads[$0] }
  }

  /// Whether the target's segments are there and empty: a bilingual file's unit that waits for its
  /// translation.
  var isUntranslated: Bool {
    !target.isEmpty && right.text.segments[target].allSatisfy(\.range.isEmpty)
  }

  /// Whether a bead's target names a concept that its source does not.
  func hasSpare(_ concept: Int, in bead: Bead) -> Bool {
    right.isPresent(concept, in: bead.target) && !left.isPresent(concept, in: bead.source)
  }
}

extension String {
  fileprivate static func missing(_ term: String, expected: [String]) -> String {
    "“\(term)” is not rendered here: expected \(alternatives(expected))"
  }

  /// “a”, “b” or “c”, at the most three of them.
  static func alternatives(_ terms: [String]) -> String {
    let quoted = terms.prefix(3).map { "“\($0)”" }
    guard quoted.count > 1, let last = quoted.last else { return quoted.first ?? "" }
    return quoted.dropLast().joined(separator: ", ") + " or " + last
  }
}
