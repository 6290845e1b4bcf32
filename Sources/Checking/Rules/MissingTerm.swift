internal import Bitext
internal import Matching
internal import Segmentation

/// A term of the source has none of its accepted renderings in the translation.
///
/// For each bead, each concept that the source names is looked for in the target: any accepted term
/// counts, in any inflection, also inside a longer term. A concept without a term in the target's
/// language is never looked for, nor is one in a segment that has no counterpart, nor one whose
/// term is the same in both languages, which is the business of `do-not-translate`.
///
/// Nothing is missing where the rendering stands in another order ("the Authority's Chief
/// Executive"), is cut into other words, or is replaced by a short form that the termbase has in
/// brackets or that the document has introduced so. In documents that were aligned, a rendering
/// that stands in the neighbouring bead without a source term there has moved.
///
/// How sure the finding is decides its severity. The source term itself in the target, or a term
/// that the source does not name, make it sure; other words that translate the term, the same words
/// in its place elsewhere, a source form that the termbase does not have, a long sentence, the
/// rendering in the bead before or after, and a doubtful alignment make it less so, down to a
/// warning or a remark. A term that the document renders otherwise time and again is reported once,
/// with the other places.
///
/// Fires: 金凤实验室申请发明专利57件。 / The medical center applied for 57 patents.
///
/// Does not: 金凤实验室申请发明专利57件。 / Jinfeng Laboratory applied for 57 patents.
struct MissingTerm: PairRule {
  let checker: Checker

  func check(_ pair: MatchedPair) -> [Diagnostic] {
    pair.directions.flatMap { check($0, isAligned: pair.isAligned) }
  }

  private func check(_ beads: PairedBeads, isAligned: Bool) -> [Diagnostic] {
    let file = beads.right.text.file
    guard let severity = checker.settings.severity(of: .missingTerm, in: file) else { return [] }
    let search = AbsenceSearch(beads, checker, isAligned: isAligned)
    return search.findings().map { finding in
      diagnostic(finding, beads[finding.absence.bead], severity, isAligned: isAligned)
    }
  }

  private func diagnostic(
    _ finding: AbsenceSearch.Finding, _ bead: PairedBead, _ most: Severity, isAligned: Bool
  ) -> Diagnostic {
    let (absence, evidence) = (finding.absence, finding.evidence)
    let range = bead.left.text.prose.withTitleMarks(
      absence.occurrence.range, in: bead.left.text.segments[absence.occurrence.segment].range)
    let term = bead.left.text.prose.text(range)
    let segments = bead.right.text.segments
    let place =
      segments[bead.target.lowerBound].range
      .lowerBound..<segments[bead.target.upperBound - 1].range.upperBound
    let severity = min(most, evidence.severity(isDoubtfulBead: isAligned && bead.isDoubtful))
    return Diagnostic(
      rule: RuleName.missingTerm.rawValue, severity: severity,
      message: .missing(term, evidence, others: finding.others.count, expected: absence.expected),
      location: bead.right.location(place),
      source: Diagnostic.Evidence(location: bead.left.location(range), text: term),
      concept: checker.termbase.concepts[absence.concept].id, term: term, found: evidence.found,
      expected: absence.expected,
      related: finding.others.prefix(Diagnostic.mostRelated).map { other in
        Diagnostic.Evidence(location: bead.left.location(other.range), text: term)
      },
      explanation: checker.explains
        ? finding.explanation(bead, isAligned: isAligned, severity: severity) : [])
  }
}

extension AbsenceEvidence {
  /// The gravest severity that the evidence bears out.
  func severity(isDoubtfulBead: Bool) -> Severity {
    if score < Clue.doubtful { return .info }
    return score < Clue.certain || isDoubtfulBead ? .warning : .error
  }
}

extension Diagnostic {
  /// More places than this help nobody.
  static let mostRelated = 5
}

extension PairedBead {
  /// Whether the bead itself is as likely wrong as right.
  var isDoubtful: Bool { score < 0.5 }
}

extension Prose {
  /// A range and the title or quotation marks that belong to it: 《季报》. They say nothing in a key,
  /// and are a part of the term all the same, where both of a pair stand around it or one within it.
  fileprivate func withTitleMarks(_ range: Range<Int>, in segment: Range<Int>) -> Range<Int> {
    for (open, close) in [("《", "》"), ("「", "」"), ("“", "”")] {
      let (open, close) = (Array(open.utf8), Array(close.utf8))
      let start = range.lowerBound - open.count
      let end = range.upperBound + close.count
      let opens = start >= segment.lowerBound && utf8[start..<range.lowerBound].elementsEqual(open)
      let closes = end <= segment.upperBound && utf8[range.upperBound..<end].elementsEqual(close)
      if opens, closes { return start..<end }
      let inner = text(range)
      if opens, inner.utf8.contains(close) { return start..<range.upperBound }
      if closes, inner.utf8.contains(open) { return range.lowerBound..<end }
    }
    return range
  }
}

extension Sequence<UInt8> {
  fileprivate func contains(_ bytes: [UInt8]) -> Bool {
    let all = Array(self)
    guard let first = bytes.first, all.count >= bytes.count else { return false }
    return (0...all.count - bytes.count).contains {
      all[$0] == first && all[$0..<$0 + bytes.count].elementsEqual(bytes)
    }
  }
}

extension String {
  fileprivate static func missing(
    _ term: String, _ evidence: AbsenceEvidence, others: Int, expected: [String]
  ) -> String {
    let places = others == 0 ? "" : " and in \(others) other place\(others == 1 ? "" : "s")"
    for clue in evidence.clues {
      switch clue {
      case .untranslated:
        return "“\(term)” is left untranslated here\(places): expected \(alternatives(expected))"
      case .otherTerm(let text, let strength) where strength >= Clue.clearSubstitute:
        return "“\(term)” is not rendered here\(places), where “\(text)” stands: "
          + "expected \(alternatives(expected))"
      default: continue
      }
    }
    return "“\(term)” is not rendered here\(places): expected \(alternatives(expected))"
  }

  /// “a”, “b” or “c”, at the most three of them.
  static func alternatives(_ terms: [String]) -> String {
    let quoted = terms.prefix(3).map { "“\($0)”" }
    guard quoted.count > 1, let last = quoted.last else { return quoted.first ?? "" }
    return quoted.dropLast().joined(separator: ", ") + " or " + last
  }
}
