internal import Bitext
internal import Segmentation

/// A sentence of the source has no counterpart in the translation.
///
/// Only documents that were aligned are looked at, and only what the aligner is sure to have left
/// over: headings, captions, bylines, notes in brackets, and what is too short to be a sentence are
/// often added or dropped on purpose. Sentences that stand together are one finding, at the place in
/// the translation where they would stand. Where nobody said which side is the source, a sentence
/// that the translation alone has is reported as a remark.
///
/// Fires: 园区明年开工。园区面积三平方公里，将建三座桥。 / The park will be begun next year.
///
/// Does not: （记者 陈清扬）; a sentence that was joined to the next one
struct MissingSegment: PairRule {
  let checker: Checker

  /// How sure the aligner is at the least that a sentence has no counterpart.
  private static let leastScore = 0.8

  func check(_ pair: MatchedPair) -> [Diagnostic] {
    guard pair.isAligned else { return [] }
    return pair.directions.enumerated().flatMap { number, beads in
      check(
        beads, isAddition: number > 0, source: pair.direction == .both ? "other text" : "source")
    }
  }

  /// Looks one way; `source` is what to call the side that has the sentence.
  private func check(_ beads: PairedBeads, isAddition: Bool, source: String) -> [Diagnostic] {
    guard
      let severity = checker.settings.severity(of: .missingSegment, in: beads.right.text.file)
    else { return [] }
    // The beads are in the order of the pair's source; a translation has an order of its own.
    let order = beads.indices.filter { !beads.beads[$0].source.isEmpty }
      .sorted { beads.beads[$0].source.lowerBound < beads.beads[$1].source.lowerBound }
    var found: [Diagnostic] = []
    var run: [Int] = []
    var place = 0
    func close() {
      if var diagnostic = diagnostic(beads, run, at: place, source: source) {
        diagnostic.severity = isAddition ? min(severity, .info) : severity
        found.append(diagnostic)
      }
      run = []
    }
    for index in order {
      let bead = beads.beads[index]
      if isLeftOut(bead, beads.left.text) {
        run.append(index)
        continue
      }
      close()
      if !bead.target.isEmpty, !bead.isMoved { place = bead.target.upperBound }
    }
    close()
    return found
  }

  private func isLeftOut(_ bead: Bead, _ text: SegmentedText) -> Bool {
    bead.target.isEmpty && !bead.isMoved && bead.score >= Self.leastScore
      && bead.source.allSatisfy { text.isSentence($0) }
  }

  /// What to say of sentences that would stand before the target segment with a number.
  private func diagnostic(_ beads: PairedBeads, _ run: [Int], at place: Int, source: String)
    -> Diagnostic?
  {
    guard let first = run.first, let last = run.last else { return nil }
    let (left, right) = (beads.left.text, beads.right.text)
    let segments = beads.beads[first].source.lowerBound..<beads.beads[last].source.upperBound
    let end = place > 0 ? right.segments[place - 1].range.upperBound : 0
    let text = left.text(segments)
    return Diagnostic(
      rule: RuleName.missingSegment.rawValue, severity: .warning,
      message: .missing(segments.count, of: source), location: beads.right.location(end..<end),
      source: Diagnostic.Evidence(
        location: beads.left.location(left.range(segments)), text: text),
      term: text, context: text)
  }
}

extension SegmentedText {
  /// Words or ideographs of a sentence at the least: fewer are a date, a byline, a label.
  private static let fewWords = 6
  private static let fewIdeographs = 10

  /// Whether a segment is a sentence that a translator would not leave out on purpose.
  fileprivate func isSentence(_ index: Int) -> Bool {
    let segment = segments[index]
    switch prose.blocks[segment.block].kind {
    case .heading, .caption, .tableCell: return false
    case .paragraph, .listItem, .quote: break
    }
    let utf8 = prose.utf8.span.extracting(segment.range)
    let tokens = KeyTokenizer().tokens(of: utf8)
    let words = tokens.count { $0.kind == .word }
    let ideographs = tokens.count { $0.kind == .han }
    guard words >= Self.fewWords || ideographs >= Self.fewIdeographs else { return false }
    return endsAsSentence(utf8) && !isNote(utf8)
  }

  /// Whether a full stop, a question mark or the like ends the text, before closing quotes.
  private func endsAsSentence(_ utf8: Span<UInt8>) -> Bool {
    var index = utf8.count
    while index > 0 {
      index -= 1
      while index > 0, utf8[index].isUTF8Continuation { index -= 1 }
      let scalar = utf8.scalar(at: index).value
      let mark = scalar.narrowed
      if [0x2E, 0x3F, 0x21, 0x2026, 0x3B].contains(mark) { return true }
      guard scalar.isQuoteScalar || mark == 0x29 else { return false }
    }
    return false
  }

  /// Whether the whole text stands in brackets.
  private func isNote(_ utf8: Span<UInt8>) -> Bool {
    guard !utf8.isEmpty else { return true }
    let mark = utf8.scalar(at: 0).value.narrowed
    return mark == 0x28 || mark == 0x5B
  }
}

extension String {
  fileprivate static func missing(_ count: Int, of source: String) -> String {
    count == 1
      ? "a sentence of the \(source) has no counterpart here"
      : "\(count) sentences of the \(source) have no counterpart here"
  }
}
