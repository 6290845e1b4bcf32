internal import Bitext
internal import Store

/// What stands on the screen: a function of the session and the size alone.
struct ReviewScreen: Equatable {
  struct Size: Equatable {
    var columns: Int
    var rows: Int
  }

  struct Place: Equatable {
    var row: Int
    var column: Int
  }

  /// Exactly as many lines as the screen has rows, none wider than the screen.
  private(set) var lines: [StyledLine]
  /// Where the cursor stands while a text is edited, from 0: input methods compose there.
  private(set) var cursor: Place?

  /// Lines longer than this are hard to read.
  private static let widest = 110

  init(_ session: ReviewSession, _ size: Size) {
    let width = min(size.columns, Self.widest)
    var body = Self.body(session, width)
    var foot = Self.foot(session, width)
    // On a screen of few rows the talk gives way to the terms.
    while foot.count > 1, foot.count > size.rows / 3 { foot.removeLast() }
    let room = max(0, size.rows - foot.count)
    if let proposal = session.current, session.mode != .help, session.mode.search == nil {
      body.lines += ReviewEvidence(proposal, from: session.evidence)
        .lines(width, rows: room - body.lines.count)
    }
    lines = Array(body.lines.prefix(room))
    lines += Array(repeating: StyledLine(), count: max(0, room - lines.count))
    lines = (lines + foot).prefix(size.rows).map { $0.cut(to: size.columns) }
    if let place = body.cursor, place.row < room { cursor = place }
  }

  private struct Body {
    var lines: [StyledLine] = []
    var cursor: Place?
  }

  // MARK: - Body

  private static func body(_ session: ReviewSession, _ width: Int) -> Body {
    var body = Body(lines: [title(session), StyledLine()])
    if session.mode == .help {
      body.lines += help(width)
      return body
    }
    guard let proposal = session.current else {
      body.lines.append(StyledLine("Nothing waits for review any more.", .strong))
      return body
    }
    body.lines.append(headline(proposal))
    body.lines.append(StyledLine())
    addTerms(proposal, session.mode, width, to: &body)
    if let search = session.mode.search {
      addSearch(search, width, to: &body)
    } else if proposal.kind == .variant {
      body.lines += concept(proposal.concept, width)
    }
    return body
  }

  private static func title(_ session: ReviewSession) -> StyledLine {
    let counts = session.counts
    var parts: [String] = []
    if !session.queue.isEmpty { parts.append("\(session.position + 1) of \(session.queue.count)") }
    for (count, name) in [
      (counts.accepted, "accepted"), (counts.forbidden, "forbidden"), (counts.rejected, "rejected"),
      (counts.merged, "merged"), (counts.skipped, "skipped"),
    ] where count > 0 {
      parts.append("\(count) \(name)")
    }
    return StyledLine([
      StyledText("concord review", .strong),
      StyledText("  " + parts.joined(separator: " · "), .faint),
    ])
  }

  private static func headline(_ proposal: Proposal) -> StyledLine {
    var pieces = [StyledText(proposal.kind == .new ? "new pair" : "variant", .notice)]
    if let score = proposal.score {
      pieces.append(StyledText("  \(Int((score * 100).rounded())) %", .strong))
    }
    var talk = ""
    if let count = proposal.count, let source = proposal.sourceCount,
      let target = proposal.targetCount
    {
      talk += "  both in \(count) sentence\(count == 1 ? "" : "s"), of \(source) and \(target)"
    } else {
      talk += "  added by hand"
    }
    if proposal.isSkipped { talk += ", skipped before" }
    if let domain = proposal.concept.domain { talk += "  [\(domain.visible)]" }
    pieces.append(StyledText(talk, .faint))
    return StyledLine(pieces)
  }

  /// Both terms, or the fields in which they are edited.
  private static func addTerms(
    _ proposal: Proposal, _ mode: ReviewSession.Mode, _ width: Int, to body: inout Body
  ) {
    let labels = LanguageLabels(proposal)
    for (side, term) in [proposal.source, proposal.target].enumerated() {
      let label = labels.label(term)
      let room = max(2, width - labels.width)
      guard case .editing(let editing) = mode else {
        let isKnown = proposal.kind == .variant && !proposal.isProposed(term)
        let style: TextStyle = isKnown ? .plain : .strong
        var lines = [StyledText(term.text.visible, style)]
        if isKnown { lines.append(StyledText("  (known)", .faint)) }
        body.lines += lines.wrapped(to: room).enumerated().map { index, line in
          StyledLine([index == 0 ? label : labels.gap] + line.pieces)
        }
        continue
      }
      let editor = side == 0 ? editing.source : editing.target
      let window = editor.window(room)
      let isActive = editing.isOnTarget == (side == 1)
      if isActive {
        body.cursor = Place(row: body.lines.count, column: labels.width + window.cursor)
      }
      let text = StyledText(window.text.visible, isActive ? .term : .plain)
      body.lines.append(StyledLine([label, text]))
    }
  }

  /// What is known of a concept.
  private static func concept(_ concept: Concept, _ width: Int) -> [StyledLine] {
    var lines = [StyledLine(), StyledLine("concept \(concept.id.visible)", .faint)]
    for language in concept.languages {
      let terms = concept.terms.filter { $0.language == language && $0.status != .proposed }
      guard !terms.isEmpty else { continue }
      let list = terms.map { ConceptText.term($0) }.joined(separator: " | ")
      lines.append(StyledLine("  " + list).cut(to: width))
    }
    for remark in [concept.definition, concept.note] {
      if let remark { lines.append(StyledLine("  " + remark.visible, .faint).cut(to: width)) }
    }
    return lines
  }

  private static func addSearch(
    _ search: ConceptSearch, _ width: Int, to body: inout Body
  ) {
    let prompt = "merge into: "
    let window = search.query.window(max(2, width - prompt.count))
    body.lines.append(StyledLine())
    body.cursor = Place(row: body.lines.count, column: prompt.count + window.cursor)
    body.lines.append(StyledLine([StyledText(prompt, .faint), StyledText(window.text.visible)]))
    guard !search.found.isEmpty else {
      let talk = search.query.text.isEmpty ? "type a part of a term" : "no concept has that"
      body.lines.append(StyledLine("  " + talk, .faint))
      return
    }
    // The chosen one stays in sight; the screen cuts what is behind.
    let first = max(0, search.selected - 4)
    for (index, concept) in search.found.enumerated().dropFirst(first) {
      let terms = concept.terms.filter(\.status.isAccepted).map(\.text.visible)
      let line = "  \(concept.id.visible)  \(terms.joined(separator: " | "))"
      body.lines.append(
        StyledLine(line, index == search.selected ? .chosen : .plain).cut(to: width))
    }
  }

  private static func help(_ width: Int) -> [StyledLine] {
    let keys = [
      ("a", "accept: the terms count from now on, a variant beside the preferred term"),
      ("e", "edit the terms and accept them; Tab changes the side, Esc goes back"),
      ("r", "reject: the pair is never proposed again"),
      ("f", "forbid a variant: it is wrong, and checks find it from now on"),
      ("m", "merge into another concept: type a part of a term, choose with ↑ ↓, Enter"),
      ("n", "accept a variant as a concept of its own: the same word, another meaning"),
      ("s", "skip: it comes last, next time too"),
      ("u", "undo your last decision; again, the one before, also of earlier days"),
      ("← →", "other sentences"),
      ("↑ ↓", "other pairs, without a decision"),
      ("^L ^Z", "paint the screen anew; suspend"),
      ("q", "quit: everything decided is kept already"),
    ]
    let column = 7
    return keys.flatMap { key, meaning in
      [StyledText(meaning)].wrapped(to: max(2, width - column)).enumerated().map { index, line in
        let label = Columns.pad(index == 0 ? key : "", to: column)
        return StyledLine([StyledText(label, .strong)] + line.pieces)
      }
    }
  }

  // MARK: - Foot

  private static func foot(_ session: ReviewSession, _ width: Int) -> [StyledLine] {
    let message = session.message.map { StyledLine($0.visible, .notice) } ?? StyledLine()
    return [message] + keys(session).wrapped(to: width)
  }

  private static func keys(_ session: ReviewSession) -> [StyledText] {
    let keys: [(String, String)]
    switch session.mode {
    case .help: keys = [("any key", "goes back")]
    case .editing: keys = [("Enter", "accepts"), ("Tab", "other side"), ("Esc", "goes back")]
    case .merging: keys = [("Enter", "merges"), ("↑↓", "choose"), ("Esc", "goes back")]
    case .browsing:
      guard let proposal = session.current else {
        keys = [("u", "undo"), ("q", "quit")]
        break
      }
      let forbid = proposal.canBeForbidden ? [("f", "forbid")] : []
      let own = proposal.kind == .variant ? [("n", "own concept")] : []
      keys =
        [("a", "accept"), ("e", "edit"), ("r", "reject")] + forbid + [("m", "merge")] + own
        + [("s", "skip"), ("u", "undo"), ("←→", "text"), ("?", "help"), ("q", "quit")]
    }
    // A space that no line breaks at keeps a key and its meaning together.
    return keys.enumerated().flatMap { index, key in
      [
        StyledText(index == 0 ? "" : "  ", .faint), StyledText(key.0, .strong),
        StyledText("\u{A0}" + key.1.split(separator: " ").joined(separator: "\u{A0}"), .faint),
      ]
    }
  }
}

extension ReviewSession.Mode {
  fileprivate var search: ConceptSearch? {
    if case .merging(let search) = self { search } else { nil }
  }
}

/// The languages of both sides, in a column.
struct LanguageLabels {
  let width: Int

  init(_ proposal: Proposal) {
    let tags = [proposal.source, proposal.target].map(\.language.description)
    width = (tags.map { Columns.width($0) }.max() ?? 0) + 2
  }

  var gap: StyledText { StyledText(String(repeating: " ", count: width)) }

  func label(_ term: Term) -> StyledText {
    StyledText(Columns.pad(term.language.description, to: width), .faint)
  }
}
