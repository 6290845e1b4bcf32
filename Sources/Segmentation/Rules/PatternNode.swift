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
