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
  let graph: PatternGraph
  let classes: ScalarClasses
  /// The first states of all that stands before a break; the rule's number is accepted.
  let befores: [Int32]
  /// The rules whose first part is ICU's matter.
  let irregularBefores: [Int]
  /// What is asked of the text after a place, rule by rule: all must hold.
  let conditions: [Condition]
  /// Where the conditions of each rule start, and where the last ones end.
  let conditionStarts: [Int]
  /// The first state of each pattern after a break, once however many rules have it.
  let afters: [Int32]
  /// The rules and patterns of ``Condition/regular``.
  let irregularAfters: [Int]

  struct Condition: Sendable, Hashable {
    /// In ``afters``, or in ``irregularAfters`` when that is what it is.
    var number: Int
    var isRegular = true
    var isPositive = true
  }

  /// Automata that are not in use, with the states that texts have led them to: making them anew
  /// for each document would cost more than a short document does.
  private let idle = Mutex<[Automata]>([])

  struct Automata {
    var before: LazyAutomaton
    var after: AfterAutomata
  }

  struct AfterAutomata {
    var automata: [LazyAutomaton]
    /// For each automaton and class, whether the pattern may start with it, once that is known.
    var openings: [Bool?]

    /// Whether all conditions may hold at a place that a class follows.
    mutating func mayHold(_ conditions: ArraySlice<Condition>, before classNumber: Int) -> Bool {
      for condition in conditions where condition.isRegular && condition.isPositive {
        let place = openings.count / automata.count * condition.number + classNumber
        if let known = openings[place] {
          if !known { return false }
          continue
        }
        let result = automata[condition.number].mayStart(with: classNumber)
        openings[place] = result
        if !result { return false }
      }
      return true
    }
  }

  init(_ rules: [SegmentationRules.Rule], file: String) {
    var graph = PatternGraph()
    var befores: [Int32] = []
    var irregularBefores: [Int] = []
    var conditions: [Condition] = []
    var conditionStarts = [0]
    var afters: [Int32] = []
    var irregularAfters: [Int] = []
    var numbers: [PatternNode: Int] = [:]
    func condition(_ node: PatternNode, isPositive: Bool = true) -> Condition {
      if let number = numbers[node] { return Condition(number: number, isPositive: isPositive) }
      afters.append(graph.add(node, accepting: 0))
      numbers[node] = afters.count - 1
      return Condition(number: afters.count - 1, isPositive: isPositive)
    }
    for (number, rule) in rules.enumerated() {
      if let before = PatternParser.parse(rule.before, side: .before) {
        befores.append(graph.add(before.node, accepting: number))
        conditions += before.lookaheads.map { condition($0.node, isPositive: $0.isPositive) }
      } else {
        irregularBefores.append(number)
      }
      if let after = PatternParser.parse(rule.after, side: .after) {
        conditions += after.lookaheads.map { condition($0.node, isPositive: $0.isPositive) }
        if after.node != .empty { conditions.append(condition(after.node)) }
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
    classes = ScalarClasses(graph.sets)
    self.graph = graph
  }

  func borrow() -> Automata {
    if let automata = idle.withLock({ $0.popLast() }) { return automata }
    let after = AfterAutomata(
      automata: afters.map {
        LazyAutomaton(graph, classes: classes, starts: [$0], isAnchored: true)
      }, openings: [Bool?](repeating: nil, count: afters.count * classes.count))
    return Automata(
      before: LazyAutomaton(graph, classes: classes, starts: befores, isAnchored: false),
      after: after)
  }

  func giveBack(_ automata: Automata) { idle.withLock { $0.append(automata) } }

  /// The rules of a file for a language. Those that ship with Concord (`nil`) are compiled once.
  static func of(
    _ rules: SegmentationRules?, for language: LanguageTag
  ) throws(Trouble) -> CompiledRules {
    if let rules { return CompiledRules(try rules.rules(for: language), file: rules.file) }
    if let compiled = known.withLock({ $0[language] }) { return compiled }
    let compiled = try of(.builtin, for: language)
    known.withLock { $0[language] = compiled }
    return compiled
  }

  private static let known = Mutex<[LanguageTag: CompiledRules]>([:])
}
