internal import Bitext
internal import Store

/// The sentences of a proposal, with its terms marked.
struct ReviewEvidence {
  private let proposal: Proposal
  private let first: Int

  init(_ proposal: Proposal, from first: Int) {
    self.proposal = proposal
    self.first = first
  }

  /// As many sentence pairs as there is room for; of the first one, what there is room for.
  func lines(_ width: Int, rows: Int) -> [StyledLine] {
    guard rows > 1 else { return [] }
    guard !proposal.evidence.isEmpty else {
      return [StyledLine(), StyledLine("no sentences were kept for this pair", .faint)]
    }
    var lines: [StyledLine] = []
    for index in first..<max(first, proposal.evidence.count) {
      let room = rows - lines.count
      let pair = pair(index, width, rows: index == first ? room : Int.max)
      guard pair.count <= room else { break }
      lines += pair
    }
    return lines
  }

  /// A blank line, where the pair is from, and both sentences.
  private func pair(_ index: Int, _ width: Int, rows: Int) -> [StyledLine] {
    let evidence = proposal.evidence[index]
    let place =
      "sentences \(index + 1) of \(proposal.evidence.count)  "
      + "\(evidence.file.visible), bead \(evidence.bead + 1)"
    let head = [StyledLine(), StyledLine(place, .faint).cut(to: width)]
    guard !evidence.sourceText.isEmpty || !evidence.targetText.isEmpty else { return head }
    let labels = LanguageLabels(proposal)
    let room = max(2, width - labels.width)
    let source = Self.marked(evidence.sourceText, evidence.sourceSpan).wrapped(to: room)
    let target = Self.marked(evidence.targetText, evidence.targetSpan).wrapped(to: room)
    let share = Self.share(rows: rows == Int.max ? rows : rows - 2, source.count, target.count)
    var lines = head
    for (term, text, count) in [
      (proposal.source, source, share.source), (proposal.target, target, share.target),
    ] {
      let shown = Self.window(text, count)
      lines += shown.enumerated().map { number, line in
        StyledLine([number == 0 ? labels.label(term) : labels.gap] + line.pieces)
      }
    }
    return Array(lines.prefix(rows))
  }

  /// How many rows each side gets: half of them, and what the other side does not need.
  private static func share(
    rows: Int, _ source: Int, _ target: Int
  ) -> (source: Int, target: Int) {
    let rows = max(2, rows)
    let half = rows / 2
    let own = min(source, max(half, rows - min(target, rows)))
    return (own, min(target, rows - own))
  }

  /// So many of the lines, with the marked one among them.
  private static func window(_ lines: [StyledLine], _ count: Int) -> ArraySlice<StyledLine> {
    guard lines.count > count, count > 0 else { return lines[...] }
    let marked = lines.firstIndex { $0.pieces.contains { $0.style == .term } } ?? 0
    let start = min(max(0, marked - count / 2), lines.count - count)
    return lines[start..<start + count]
  }

  /// The text in three pieces, each with its control characters made visible.
  private static func marked(_ text: String, _ span: Range<Int>) -> [StyledText] {
    let bytes = Array(text.utf8)
    guard span.lowerBound >= 0, span.upperBound <= bytes.count else {
      return [StyledText(text.visible)]
    }
    func piece(_ range: Range<Int>, _ style: TextStyle) -> StyledText {
      StyledText(String(decoding: bytes[range], as: UTF8.self).visible, style)
    }
    let pieces = [
      piece(0..<span.lowerBound, .plain), piece(span, .term),
      piece(span.upperBound..<bytes.count, .plain),
    ]
    return pieces.filter { !$0.text.isEmpty }
  }
}
