/// The patterns of a rule set as one non-deterministic automaton, after Thompson, "Regular
/// expression search algorithm" (CACM, 1968).
struct PatternGraph: Sendable {
  struct State: Sendable {
    enum Kind: UInt8, Sendable { case set, split, assertion, accept }
    var kind: Kind
    /// The number of the set, of the assertion, or of what is accepted.
    var value: Int32 = 0
    var next: Int32 = 0
    var other: Int32 = 0
  }

  private(set) var states: [State] = []
  private(set) var sets: [ScalarSet] = []
  private var numbers: [ScalarSet: Int32] = [:]
  private(set) var hasWordEdges = false

  /// The characters of words, as `\b` knows them.
  private(set) var wordSet = 0
  /// The characters that `\b` looks through: marks, and what only formats.
  private(set) var ignorableSet = 0

  /// The number of a set in ``sets``.
  mutating func number(of set: ScalarSet) -> Int32 {
    if let number = numbers[set] { return number }
    let number = Int32(sets.count)
    sets.append(set)
    numbers[set] = number
    return number
  }

  /// Adds a pattern and returns its first state. Where it ends, `value` is accepted.
  mutating func add(_ node: PatternNode, accepting value: Int) -> Int32 {
    build(node, then: append(State(kind: .accept, value: Int32(value))))
  }

  private mutating func append(_ state: State) -> Int32 {
    states.append(state)
    return Int32(states.count - 1)
  }

  private mutating func build(_ node: PatternNode, then next: Int32) -> Int32 {
    switch node {
    case .empty: return next
    case .set(let set): return append(State(kind: .set, value: number(of: set), next: next))
    case .assertion(let assertion):
      if assertion != .start { needWordEdges() }
      return append(State(kind: .assertion, value: Int32(assertion.rawValue), next: next))
    case .sequence(let nodes): return nodes.reversed().reduce(next) { build($1, then: $0) }
    case .choice(let nodes):
      guard let last = nodes.last else { return next }
      return nodes.dropLast().reversed().reduce(build(last, then: next)) { other, node in
        let first = build(node, then: next)
        return append(State(kind: .split, next: first, other: other))
      }
    case .repetition(let node, let least, let most):
      var start = next
      if let most {
        for _ in least..<most {
          let first = build(node, then: start)
          start = append(State(kind: .split, next: first, other: next))
        }
      } else {
        start = append(State(kind: .split, other: next))
        let first = build(node, then: start)
        states[Int(start)].next = first
      }
      for _ in 0..<least { start = build(node, then: start) }
      return start
    }
  }

  private mutating func needWordEdges() {
    guard !hasWordEdges else { return }
    hasWordEdges = true
    let word = "[\\p{Alphabetic}\\p{Mark}\\p{Nd}\\p{Connector_Punctuation}\\u200c\\u200d]"
    wordSet = Int(number(of: ScalarSet(pattern: word) ?? ScalarSet()))
    let ignorable = "[\\p{Grapheme_Extend}\\p{Cf}]"
    ignorableSet = Int(number(of: ScalarSet(pattern: ignorable) ?? ScalarSet()))
  }
}
