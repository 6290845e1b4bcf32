/// A regular expression without what goes beyond regular languages.
indirect enum PatternNode: Hashable {
  case empty
  case set(ScalarSet)
  case sequence([PatternNode])
  case choice([PatternNode])
  /// `most` is `nil` where there is no bound.
  case repetition(PatternNode, least: Int, most: Int?)
  case assertion(Assertion)

  /// What is true of a place between two characters.
  enum Assertion: UInt8 {
    /// `^` and `\A`: nothing stands before it.
    case start
    /// `\b`: a word starts or ends.
    case wordEdge
    /// `\B`
    case notWordEdge
  }

  /// The sizes of an automaton stay below this, or the pattern is left to ICU's backtracking.
  static let sizeLimit = 5_000

  /// The scalars that a text may start with that matches; `nil` when it may be empty or start with
  /// anything.
  var opening: ScalarSet? {
    switch self {
    case .empty, .assertion: return nil
    case .set(let set): return set
    case .sequence(let nodes):
      var result = ScalarSet()
      for node in nodes {
        if case .assertion = node { continue }
        if case .empty = node { continue }
        if let opening = node.opening { return result.union(opening) }
        // What may be left out says what it starts with, and the next one has its say too.
        guard case .repetition(let inner, least: 0, most: _) = node, let opening = inner.opening
        else { return nil }
        result = result.union(opening)
      }
      return nil
    case .choice(let nodes):
      var result = ScalarSet()
      for node in nodes {
        guard let opening = node.opening else { return nil }
        result = result.union(opening)
      }
      return result
    case .repetition(let node, let least, _): return least > 0 ? node.opening : nil
    }
  }

  /// How many states the pattern takes in an automaton, about.
  var size: Int {
    switch self {
    case .empty: 0
    case .set, .assertion: 1
    case .sequence(let nodes), .choice(let nodes):
      nodes.reduce(nodes.count) { min($0 + $1.size, Self.sizeLimit * 2) }
    case .repetition(let node, let least, let most):
      min((node.size + 1) * max(least + 1, most ?? 0), Self.sizeLimit * 2)
    }
  }
}

/// One side of a rule as an automaton can read it.
struct RulePattern: Hashable {
  var node: PatternNode
  /// What must (`true`) or must not (`false`) follow the place where the pattern ends, or in the
  /// part after a break: also stand from its start on.
  var lookaheads: [Lookahead] = []

  struct Lookahead: Hashable {
    var node: PatternNode
    var isPositive: Bool
  }
}
