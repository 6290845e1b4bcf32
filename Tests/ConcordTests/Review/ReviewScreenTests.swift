import Bitext
import Store
import Testing

@testable import concord

@Suite struct ReviewScreenTests {
  private static func session(_ proposal: Proposal, _ keys: [Key] = []) -> ReviewSession {
    var session = ReviewSession(queue: [proposal.id, 11, 12])
    session.show(proposal)
    for key in keys {
      guard case .search = session.handle(key) else { continue }
      session.found([
        Proposal.variant.concept,
        Concept(id: "4", terms: [.english("gold", .preferred), .chinese("黄金", .preferred)]),
      ])
    }
    return session
  }

  private static let states: [(name: String, session: ReviewSession)] = [
    ("new", session(.new)),
    ("second-sentences", session(.new, [.right])),
    ("variant", session(.variant)),
    ("by-hand", session(.byHand, [.text("x")])),
    ("editing", session(.new, [.text("e"), .tab, .left])),
    ("merging", session(.new, [.text("m"), .text("金"), .down])),
    ("help", session(.new, [.text("?")])),
    ("finished", ReviewSession(queue: [])),
  ]

  /// The screen as text: terms and fields in brackets, what is chosen with a mark.
  private func text(_ screen: ReviewScreen) -> String {
    var text = ""
    for line in screen.lines {
      var shown = line.pieces.map { piece in
        switch piece.style {
        case .term: "⟦\(piece.text)⟧"
        case .chosen: "▶\(piece.text)"
        default: piece.text
        }
      }.joined()
      while shown.hasSuffix(" ") { shown.removeLast() }
      text += shown + "\n"
    }
    if let cursor = screen.cursor { text += "cursor: \(cursor.row), \(cursor.column)\n" }
    return text
  }

  @Test(arguments: states)
  func screenLooksAsItWasAgreed(name: String, session: ReviewSession) throws {
    let screen = ReviewScreen(session, ReviewScreen.Size(columns: 80, rows: 24))
    try expectSnapshot(text(screen), "review/\(name).txt")
  }

  @Test func narrowScreenKeepsTheMarkedWords() throws {
    let session = Self.session(.new, [.right])
    let screen = ReviewScreen(session, ReviewScreen.Size(columns: 40, rows: 14))
    try expectSnapshot(text(screen), "review/narrow.txt")
  }

  @Test(arguments: states)
  func everySizeIsFilledAndNeverOverrun(name: String, session: ReviewSession) {
    for columns in 1...50 {
      for rows in 1...26 {
        let screen = ReviewScreen(session, ReviewScreen.Size(columns: columns, rows: rows))
        #expect(screen.lines.count == rows)
        // An ideograph does not fit into one column.
        let widest = screen.lines.map(\.width).max() ?? 0
        #expect(widest <= columns, "\(name) at \(columns)x\(rows)")
        if let cursor = screen.cursor { #expect(cursor.row < rows) }
      }
    }
  }

  @Test func controlsInSentencesAreShownAndMoveNoSpan() {
    var proposal = Proposal.new
    proposal.evidence = [
      .init("a\u{1B}[2J.md", 0, "\u{202E}the\u{7} ⟦dry port⟧ opens", "⟦无水港⟧\u{1B}]0;x")
    ]
    let screen = ReviewScreen(
      Self.session(proposal), ReviewScreen.Size(columns: 80, rows: 24))
    let shown = text(screen)
    #expect(shown.contains("<U+202E>the␇ ⟦dry port⟧ opens"))
    #expect(shown.contains("⟦无水港⟧␛]0;x"))
    #expect(!shown.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
  }

  @Test func linesBreakWhereAReaderExpectsIt() {
    func wrap(_ text: String, _ width: Int) -> [String] {
      [StyledText(text)].wrapped(to: width).map { $0.pieces.map(\.text).joined() }
    }
    #expect(wrap("", 10) == [""])
    #expect(wrap("one two three", 8) == ["one two", "three"])
    #expect(wrap("one two three", 7) == ["one two", "three"])
    #expect(wrap("incomprehensible", 6) == ["incomp", "rehens", "ible"])
    #expect(wrap("港口，码头。", 6) == ["港口，", "码头。"])
    // No mark at the start of a line, no bracket at its end.
    #expect(wrap("港口码，头", 6) == ["港口", "码，头"])
    #expect(wrap("港口（码头）", 6) == ["港口", "（码", "头）"])
    #expect(wrap("dry 港口 port", 9) == ["dry 港口", "port"])
    #expect(wrap("港", 1) == ["港"])
  }

  @Test func coloursAreLeftOutWhereTheyAreNotWanted() {
    let line = StyledLine([StyledText("a", .term), StyledText("b", .notice), StyledText("c")])
    #expect(line.painted(usesColor: true) == "\u{1B}[1;4;36ma\u{1B}[0m\u{1B}[1;33mb\u{1B}[0mc")
    #expect(line.painted(usesColor: false) == "\u{1B}[1;4ma\u{1B}[0m\u{1B}[1mb\u{1B}[0mc")
  }

  @Test func painterSendsWhatHasChanged() {
    var painter = ScreenPainter()
    let size = ReviewScreen.Size(columns: 80, rows: 24)
    var session = Self.session(.new)
    let first = painter.paint(ReviewScreen(session, size), columns: 80, usesColor: false)
    #expect(first.contains("\u{1B}[2J"))
    #expect(
      painter.paint(ReviewScreen(session, size), columns: 80, usesColor: false) == "\u{1B}[?25l")
    _ = session.handle(.text("x"))
    let second = painter.paint(ReviewScreen(session, size), columns: 80, usesColor: false)
    #expect(second.contains("x is no key here"))
    #expect(!second.contains("dry port"))
  }
}
