internal import Bitext
internal import Segmentation

/// A unit of a bilingual file has a source and no translation: an empty one, white space, or none
/// at all.
///
/// Only files that say themselves what belongs together are looked at; of documents that were
/// aligned `missing-segment` speaks. A source without letters and digits asks for nothing.
///
/// Fires: 本园区明年开工。 / (nothing)
///
/// Does not: — / (nothing); 同上 / —
struct EmptyTarget: PairRule {
  let checker: Checker

  func check(_ pair: MatchedPair) -> [Diagnostic] {
    guard !pair.isAligned else { return [] }
    return pair.beads.compactMap { bead in
      guard !bead.source.isEmpty, pair.target.text.isBlank(bead.target),
        pair.source.text.hasInk(bead.source)
      else { return nil }
      return diagnostic(bead, pair)
    }
  }

  private func diagnostic(_ bead: Bead, _ pair: MatchedPair) -> Diagnostic? {
    let (source, target) = (pair.source.text, pair.target.text)
    let place = pair.source.location(source.range(bead.source))
    let location =
      bead.target.isEmpty ? place : pair.target.location(target.range(bead.target))
    guard let severity = checker.settings.severity(of: .emptyTarget, in: location.file) else {
      return nil
    }
    let text = source.text(bead.source)
    return Diagnostic(
      rule: RuleName.emptyTarget.rawValue, severity: severity,
      message: .empty(target.language, isThere: !bead.target.isEmpty), location: location,
      source: Diagnostic.Evidence(location: place, text: text), term: text, context: text)
  }
}

extension SegmentedText {
  /// Whether neighbouring segments hold letters, digits or ideographs.
  func hasInk(_ segments: Range<Int>) -> Bool {
    has(segments) { $0.isWordScalar || $0.isHanScalar }
  }

  /// Whether neighbouring segments hold nothing but white space.
  func isBlank(_ segments: Range<Int>) -> Bool { !has(segments) { !$0.isWhitespaceScalar } }

  private func has(_ segments: Range<Int>, _ isMeant: (UInt32) -> Bool) -> Bool {
    for segment in segments {
      let utf8 = prose.utf8.span.extracting(self.segments[segment].range)
      var index = 0
      while index < utf8.count {
        let (scalar, length) = utf8.scalar(at: index)
        if isMeant(scalar) { return true }
        index += length
      }
    }
    return false
  }
}

extension String {
  fileprivate static func empty(_ language: LanguageTag, isThere: Bool) -> String {
    isThere
      ? "the translation is empty: fill it in" : "there is no translation into \(language): add one"
  }
}
