internal import Bitext
internal import Synchronization

/// The rules of one language, ready to be asked.
///
/// What stands before a break is one automaton over all rules, so that a text is read once however
/// many there are; what stands after it is asked only where some rule's first part has ended.
/// Patterns that are not regular are matched by ICU, rule by rule.
final class CompiledRules: Sendable {
  let rules: [SegmentationRules.Rule]
  let file: String
  /// What stands before a break, all rules together; the rule's number is accepted.
  let before: Side
  /// The first states of it.
  let befores: [Int32]
  /// The rules whose first part is ICU's matter.
  let irregularBefores: [Int]
  /// What is asked of the text after a place, rule by rule: all must hold.
  let conditions: [Condition]
  /// Where the conditions of each rule start, and where the last ones end.
  let conditionStarts: [Int]
  /// What stands after a break.
  let after: Side
  /// The first state of each pattern after a break, once however many rules have it, and all its
  /// states.
  let afters: [(start: Int32, states: Range<Int>)]
  /// The rules whose second part is ICU's matter.
  let irregularAfters: [Int]

  /// The patterns of one side of a break. The sides have alphabets of their own, since the smaller
  /// one has fewer steps to make.
  struct Side: Sendable {
    let graph: PatternGraph
    let classes: ScalarClasses

    /// - Returns: `nil` when the patterns tell too many characters apart.
    init?(_ graph: PatternGraph) {
      guard let classes = ScalarClasses(graph.sets) else { return nil }
      self.graph = graph
      self.classes = classes
    }
  }

  struct Condition: Sendable {
    /// In ``afters``, or in ``irregularAfters`` when that is what it is.
    var number: Int
    var isRegular = true
    var isPositive = true
    /// The number of the set, among those of ``before``, that the text must start with; below 0
    /// when it may start with anything.
    var opening: Int32 = -1
  }

  /// Automata that are not in use, with the states that texts have led them to: making them anew
  /// for each document would cost more than a short document does.
  private let idle = Mutex<[Automata]>([])

  struct Automata {
    var before: LazyAutomaton
    /// Those that have been asked for.
    var afters: [LazyAutomaton?]
  }

  /// - Throws: `Trouble` when the patterns tell too many characters apart.
  init(_ rules: [SegmentationRules.Rule], file: String) throws(Trouble) {
    var before = PatternGraph()
    var after = PatternGraph()
    var befores: [Int32] = []
    var irregularBefores: [Int] = []
    var conditions: [Condition] = []
    var conditionStarts = [0]
    var afters: [(start: Int32, states: Range<Int>)] = []
    var irregularAfters: [Int] = []
    var numbers: [PatternNode: Int] = [:]
    func condition(_ node: PatternNode, isPositive: Bool = true) -> Condition {
      let number = numbers[node] ?? afters.count
      if number == afters.count {
        let first = after.states.count
        let start = after.add(node, accepting: 0)
        afters.append((start, first..<after.states.count))
        numbers[node] = number
      }
      let opening = isPositive ? node.opening.map { before.number(of: $0) } : nil
      return Condition(number: number, isPositive: isPositive, opening: opening ?? -1)
    }
    for (number, rule) in rules.enumerated() {
      if let pattern = PatternParser.parse(rule.before, side: .before) {
        befores.append(before.add(pattern.node, accepting: number))
        conditions += pattern.lookaheads.map { condition($0.node, isPositive: $0.isPositive) }
      } else {
        irregularBefores.append(number)
      }
      if let pattern = PatternParser.parse(rule.after, side: .after) {
        conditions += pattern.lookaheads.map { condition($0.node, isPositive: $0.isPositive) }
        if pattern.node != .empty { conditions.append(condition(pattern.node)) }
      } else {
        conditions.append(Condition(number: irregularAfters.count, isRegular: false))
        irregularAfters.append(number)
      }
      conditionStarts.append(conditions.count)
    }
    self.rules = rules
    self.file = file
    self.befores = befores
    self.irregularBefores = irregularBefores
    self.conditions = conditions
    self.conditionStarts = conditionStarts
    self.afters = afters
    self.irregularAfters = irregularAfters
    guard let before = Side(before), let after = Side(after) else {
      throw Trouble("has too many different sets of characters for one language", file: file)
    }
    self.before = before
    self.after = after
  }

  /// Whether a place that a class of ``before`` follows may fit the second part of a rule.
  func mayFollow(_ rule: Int, _ classNumber: Int) -> Bool {
    for condition in conditions[conditionStarts[rule]..<conditionStarts[rule + 1]]
    where condition.opening >= 0 {
      guard before.classes.contains(Int(condition.opening), class: classNumber) else {
        return false
      }
    }
    return true
  }

  func borrow() -> Automata {
    if let automata = idle.withLock({ $0.popLast() }) { return automata }
    return Automata(
      before: LazyAutomaton(
        before.graph, 0..<before.graph.states.count, classes: before.classes, starts: befores,
        isAnchored: false),
      afters: [LazyAutomaton?](repeating: nil, count: afters.count))
  }

  /// The automaton of a pattern after a break.
  func after(_ number: Int, of automata: inout Automata) -> LazyAutomaton {
    if let automaton = automata.afters[number] { return automaton }
    let automaton = LazyAutomaton(
      after.graph, afters[number].states, classes: after.classes, starts: [afters[number].start],
      isAnchored: true)
    automata.afters[number] = automaton
    return automaton
  }

  func giveBack(_ automata: Automata) { idle.withLock { $0.append(automata) } }
}
