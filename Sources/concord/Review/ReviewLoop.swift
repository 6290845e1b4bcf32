internal import Bitext
internal import Store

/// Joins a review to the terminal and the store: keys go in, effects are carried out at once, and
/// the screen shows what came of them.
struct ReviewLoop {
  private(set) var session: ReviewSession
  private let store: ConcordStore
  /// Who decides, and when: asked anew for each decision.
  private let change: () -> Change
  private let usesColor: Bool
  private var decoder = KeyDecoder()
  private var finder: ConceptFinder?
  private var painter = ScreenPainter()

  /// How long the rest of a key's bytes may take, in milliseconds: over a slow connection they come
  /// in several pieces.
  private static let keyPatience: Int32 = 100
  /// How often the size of the window is looked at when nothing else happens, in milliseconds.
  private static let sizePatience: Int32 = 1000

  init(
    _ store: ConcordStore, usesColor: Bool, change: @escaping () -> Change
  ) throws(Trouble) {
    self.store = store
    self.usesColor = usesColor
    self.change = change
    session = ReviewSession(queue: try store.waitingProposals())
  }

  /// Runs until the reviewer leaves or the terminal is gone.
  mutating func run(_ terminal: Terminal) throws(Trouble) {
    while true {
      try load()
      let (columns, rows) = terminal.size
      let screen = ReviewScreen(session, ReviewScreen.Size(columns: columns, rows: rows))
      terminal.write(painter.paint(screen, columns: columns, usesColor: usesColor))
      let patience = decoder.isWaiting ? Self.keyPatience : Self.sizePatience
      guard let bytes = terminal.read(patience: patience) else { return }
      let keys = bytes.isEmpty ? decoder.flush() : decoder.keys(bytes)
      for key in keys {
        guard handle(key, terminal) else { return }
        try load()
      }
    }
  }

  /// Brings the proposal that the session wants; one that another reviewer has decided is passed
  /// over.
  private mutating func load() throws(Trouble) {
    while let number = session.wanted { session.show(try store.proposal(number)) }
  }

  /// - Returns: whether the review goes on.
  private mutating func handle(_ key: Key, _ terminal: Terminal) -> Bool {
    guard let effect = session.handle(key) else { return true }
    switch effect {
    case .quit: return false
    case .repaint: painter = ScreenPainter()
    case .suspend:
      terminal.suspend()
      painter = ScreenPainter()
    default:
      do {
        try carryOut(effect)
      } catch {
        session.failed(error)
      }
    }
    return true
  }

  private mutating func carryOut(_ effect: ReviewSession.Effect) throws(Trouble) {
    switch effect {
    case .decide(let verdict, let number):
      session.decided(try store.decide(verdict, on: number, by: change()))
    case .skip(let number):
      try store.skip(number)
      session.skipped(number)
    case .unskip(let number):
      try store.skip(number, isSkipped: false)
      session.unskipped(number)
    case .undo(let number):
      let proposal = try store.undoDecision(number, by: change())
      session.undone(proposal, waiting: try store.waitingProposals())
    case .search(let text, let isFirst):
      if isFirst, let proposal = session.current {
        finder = try ConceptFinder(store, for: proposal)
      }
      session.found(finder?.concepts(with: text) ?? [])
    case .repaint, .suspend, .quit: break
    }
  }
}

/// Sends to a terminal what has changed on the screen, line by line: over a slow connection a key
/// should not cost a whole screen.
struct ScreenPainter {
  private var lines: [String] = []
  private var columns = 0

  /// The control sequences (ECMA-48) that bring the terminal from the last screen to this one.
  mutating func paint(_ screen: ReviewScreen, columns: Int, usesColor: Bool) -> String {
    let new = screen.lines.map { $0.painted(usesColor: usesColor) }
    var text = "\u{1B}[?25l"
    if new.count != lines.count || columns != self.columns {
      text += "\u{1B}[2J"
      lines = Array(repeating: "", count: new.count)
      self.columns = columns
    }
    for row in new.indices where new[row] != lines[row] {
      text += "\u{1B}[\(row + 1);1H\u{1B}[K" + new[row]
    }
    lines = new
    if let cursor = screen.cursor {
      text += "\u{1B}[\(cursor.row + 1);\(cursor.column + 1)H\u{1B}[?25h"
    }
    return text
  }
}
