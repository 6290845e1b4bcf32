internal import Bitext
internal import Store

/// The state of a review: what is shown, and what a key does.
///
/// It touches neither the terminal nor the store. ``handle(_:)`` answers a key with the effect that
/// it asks for; whoever carries that out reports back (``show(_:)``, ``decided(_:)``, …), so that
/// nothing counts as decided before the store has it.
struct ReviewSession {
  /// What a key asks for.
  enum Effect: Equatable {
    case decide(Verdict, Int64)
    case skip(Int64)
    /// Takes a skip back.
    case unskip(Int64)
    /// Takes a decision back; `nil` means the last one of an earlier session.
    case undo(Int64?)
    /// Looks for concepts to merge into; afresh, when the search begins.
    case search(String, isFirst: Bool)
    /// Paints everything anew.
    case repaint
    case suspend
    case quit
  }

  enum Mode: Equatable {
    case browsing
    case editing(TermEditing)
    case merging(ConceptSearch)
    case help
  }

  /// What the reviewer has done so far.
  struct Counts: Equatable {
    var accepted = 0
    var forbidden = 0
    var rejected = 0
    var merged = 0
    var skipped = 0

    mutating func count(_ decision: Proposal.Decision, _ step: Int) {
      switch decision {
      case .accepted, .edited, .separated: accepted += step
      case .forbidden: forbidden += step
      case .merged: merged += step
      case .rejected: rejected += step
      case .withdrawn: break
      }
    }
  }

  /// What can be taken back.
  private enum Step: Equatable {
    case decided(Int64)
    case skipped(Int64)
  }

  /// The proposals that wait, in order, and which of them is on the screen.
  private(set) var queue: [Int64]
  private(set) var position = 0
  /// The proposal on the screen; `nil` until ``show(_:)`` brings the one that is ``wanted``.
  private(set) var current: Proposal?
  /// The first sentence pair on the screen.
  private(set) var evidence = 0
  private(set) var mode = Mode.browsing
  private(set) var message: String?
  private(set) var counts = Counts()
  private var steps: [Step] = []

  init(queue: [Int64]) { self.queue = queue }

  /// The proposal that is to be shown next.
  var wanted: Int64? {
    current == nil && queue.indices.contains(position) ? queue[position] : nil
  }

  mutating func handle(_ key: Key) -> Effect? {
    message = nil
    switch key {
    case .control("c"): return .quit
    case .control("z"): return .suspend
    case .control("l"): return .repaint
    default: break
    }
    switch mode {
    case .browsing: return browse(key)
    case .editing(let editing): return edit(key, editing)
    case .merging(let search): return merge(key, search)
    case .help:
      mode = .browsing
      return nil
    }
  }

  // MARK: - Browsing

  private mutating func browse(_ key: Key) -> Effect? {
    switch key {
    case .text(let scalar): return command(scalar)
    case .left, .backTab: moveEvidence(-1)
    case .right, .tab: moveEvidence(1)
    case .up, .pageUp: move(-1)
    case .down, .pageDown: move(1)
    default: break
    }
    return nil
  }

  private mutating func command(_ scalar: Unicode.Scalar) -> Effect? {
    let letter = Self.plain(scalar)
    switch letter {
    case "q": return .quit
    case "u": return undo()
    case "?", "h": mode = .help
    case "a", "e", "f", "r", "m", "s", "n":
      guard let current else { return nil }
      return decide(letter, current)
    default:
      message =
        scalar.value < 0x80
        ? "\(scalar) is no key here: ? shows the keys"
        : "\(scalar) is no key here: turn the input method off; ? shows the keys"
    }
    return nil
  }

  private mutating func decide(_ letter: Unicode.Scalar, _ proposal: Proposal) -> Effect? {
    switch letter {
    case "a": return .decide(.accept, proposal.id)
    case "r": return .decide(.reject, proposal.id)
    case "s": return skip(proposal)
    case "f":
      guard proposal.canBeForbidden else {
        message = "there is no right term beside it yet: r rejects the pair"
        return nil
      }
      return .decide(.forbid, proposal.id)
    case "m":
      mode = .merging(ConceptSearch())
      return .search("", isFirst: true)
    case "n":
      guard proposal.kind == .variant else {
        message = "this pair has a concept of its own already: a accepts it"
        return nil
      }
      return .decide(.separate, proposal.id)
    default:
      mode = .editing(TermEditing(proposal))
      return nil
    }
  }

  /// The letter in lower case, also where an input method made it a full-width one.
  private static func plain(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    let narrow = 0xFF01...0xFF5E ~= scalar.value ? scalar.value - 0xFEE0 : scalar.value
    let lower = 0x41...0x5A ~= narrow ? narrow + 0x20 : narrow
    return Unicode.Scalar(lower) ?? scalar
  }

  private mutating func moveEvidence(_ step: Int) {
    let count = current?.evidence.count ?? 0
    guard 0..<count ~= evidence + step else {
      message = step < 0 ? "these are the first sentences" : "there are no more sentences"
      return
    }
    evidence += step
  }

  private mutating func move(_ step: Int) {
    guard queue.indices.contains(position + step) else {
      message = step < 0 ? "this is the first pair" : "this is the last pair"
      return
    }
    go(to: position + step)
  }

  private mutating func go(to position: Int) {
    self.position = position < queue.count ? position : 0
    current = nil
    evidence = 0
    mode = .browsing
  }

  private mutating func skip(_ proposal: Proposal) -> Effect? {
    guard queue.count > 1 else {
      message = "this is the only pair that is left"
      return nil
    }
    return .skip(proposal.id)
  }

  private mutating func undo() -> Effect? {
    switch steps.last {
    case .decided(let number): return .undo(number)
    case .skipped(let number): return .unskip(number)
    case nil: return .undo(nil)
    }
  }

  // MARK: - Editing and merging

  private mutating func edit(_ key: Key, _ editing: TermEditing) -> Effect? {
    guard let current else { return nil }
    var editing = editing
    let answer = editing.handle(key)
    mode = .editing(editing)
    switch answer {
    case .nothing: return nil
    case .leaves: mode = .browsing
    case .says(let text): message = text
    case .edits(let source, let target):
      return .decide(.edit(source: source, target: target), current.id)
    }
    return nil
  }

  private mutating func merge(_ key: Key, _ search: ConceptSearch) -> Effect? {
    guard let current else { return nil }
    var search = search
    let answer = search.handle(key)
    mode = .merging(search)
    switch answer {
    case .nothing: return nil
    case .leaves: mode = .browsing
    case .says(let text): message = text
    case .searches(let text): return .search(text, isFirst: false)
    case .chooses(let concept): return .decide(.merge(concept: concept), current.id)
    }
    return nil
  }

  // MARK: - What became of effects

  /// The wanted proposal; `nil` when it does not wait any more, since another one has decided it.
  mutating func show(_ proposal: Proposal?) {
    if let proposal {
      current = proposal
    } else if queue.indices.contains(position) {
      queue.remove(at: position)
      go(to: position)
    }
  }

  /// The proposal on the screen was decided.
  mutating func decided(_ proposal: Proposal) {
    guard let decision = proposal.decision else { return }
    counts.count(decision, 1)
    steps.append(.decided(proposal.id))
    message = "\(decision.rawValue): \(proposal.pair)"
    queue.removeAll { $0 == proposal.id }
    go(to: position)
  }

  /// The proposal on the screen was put off.
  mutating func skipped(_ number: Int64) {
    counts.skipped += 1
    steps.append(.skipped(number))
    queue.removeAll { $0 == number }
    go(to: position)
    queue.append(number)
  }

  mutating func unskipped(_ number: Int64) {
    counts.skipped -= 1
    steps.removeAll { $0 == .skipped(number) }
    bringBack(number)
    message = "back to what was skipped"
  }

  /// A decision was taken back; `nil` when there was none.
  ///
  /// - Parameters:
  ///   - proposal: what was decided on, with the decision.
  ///   - waiting: all that waits now: others may have been settled along with it.
  mutating func undone(_ proposal: Proposal?, waiting: [Int64]) {
    guard let proposal else {
      message = "there is nothing to take back"
      return
    }
    if let decision = proposal.decision {
      if steps.last == .decided(proposal.id) {
        steps.removeLast()
        counts.count(decision, -1)
      }
      message = "taken back: \(decision.rawValue) \(proposal.pair)"
    }
    bringBack(proposal.id)
    let known = Set(queue)
    queue += waiting.filter { !known.contains($0) }
  }

  private mutating func bringBack(_ number: Int64) {
    queue.removeAll { $0 == number }
    queue.insert(number, at: min(position, queue.count))
    go(to: min(position, queue.count - 1))
  }

  /// Concepts that answer the search.
  mutating func found(_ concepts: [Concept]) {
    guard case .merging(var search) = mode else { return }
    search.found = concepts
    mode = .merging(search)
  }

  /// What was asked for could not be done; the proposal may have changed.
  mutating func failed(_ trouble: Trouble) {
    message = trouble.description
    if mode == .browsing { current = nil }
  }
}

extension Proposal {
  /// Both terms, for a line of talk.
  var pair: String { "\(source.text) / \(target.text)" }
}
