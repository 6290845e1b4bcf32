internal import Bitext

/// Asks the rules of a language about every place of a text.
struct RuleMatcher: ~Copyable {
  private let compiled: CompiledRules
  private var automata: CompiledRules.Automata
  private var befores: [(rule: Int, pattern: RegularExpressionBox)] = []
  private var afters: [RegularExpressionBox] = []
  /// Whether each pattern after a break matches at the place ``asked``, where that is known.
  private var answers: [(place: Int, holds: Bool)]

  /// What the first rule that fits a place says of it.
  struct Decision: Hashable {
    /// In bytes of the text.
    var place: Int
    /// The number of the rule among those of the language.
    var rule: Int
    var isBreak: Bool
  }

  /// Regular expressions are not copyable, and arrays hold only what is.
  private final class RegularExpressionBox {
    let expression: RegularExpression

    init(_ pattern: String, _ rule: SegmentationRules.Rule, file: String, what: String)
      throws(Trouble)
    {
      expression = try RegularExpression(pattern, file: file, line: rule.line, what: what)
    }
  }

  init(_ compiled: CompiledRules) throws(Trouble) {
    self.compiled = compiled
    automata = compiled.borrow()
    answers = [(Int, Bool)](repeating: (-1, false), count: compiled.afters.count)
    for number in compiled.irregularBefores {
      let rule = compiled.rules[number]
      befores.append(
        (
          number,
          try RegularExpressionBox(rule.before, rule, file: compiled.file, what: "beforebreak")
        ))
    }
    for number in compiled.irregularAfters {
      let rule = compiled.rules[number]
      afters.append(
        try RegularExpressionBox(rule.after, rule, file: compiled.file, what: "afterbreak"))
    }
  }

  deinit { compiled.giveBack(automata) }

  /// Calls `body` with each decision, by ascending place: at most one a place.
  ///
  /// - Throws: `Trouble` with the rule whose pattern takes too long in this text.
  mutating func forEachDecision(
    in utf8: Span<UInt8>, _ body: (Decision) -> Void
  ) throws(Trouble) {
    var places: [(place: Int, rule: Int)] = []
    for (rule, box) in befores {
      try box.expression.setText(utf8)
      places += try box.expression.ends().map { ($0, rule) }
    }
    for box in afters { try box.expression.setText(utf8) }
    places.sort { ($0.place, $0.rule) < ($1.place, $1.rule) }
    try scan(utf8, places, body)
  }

  /// - Parameter irregular: where the first parts that ICU has matched end, by place and rule.
  private mutating func scan(
    _ utf8: Span<UInt8>, _ irregular: [(place: Int, rule: Int)], _ body: (Decision) -> Void
  ) throws(Trouble) {
    for index in answers.indices { answers[index].place = -1 }
    var state = automata.before.start(isStart: true, followsWord: false)
    var place = 0
    var next = 0
    while true {
      let isEnd = place == utf8.count
      let scalar = isEnd ? (value: 0, length: 1) : utf8.scalar(at: place)
      let number = isEnd ? ScalarClasses.end : compiled.classes(scalar.value)
      let step = step(state, number)
      let isIrregular = next < irregular.count && irregular[next].place <= place
      if step.accepted != 0 || isIrregular {
        let first = next
        while next < irregular.count, irregular[next].place <= place { next += 1 }
        if let decision = try decide(step.accepted, irregular[first..<next], utf8, at: place) {
          body(decision)
        }
      }
      if isEnd { break }
      state = step.state
      place += scalar.length
    }
  }

  @inline(__always)
  private mutating func step(_ state: Int, _ classNumber: Int) -> LazyAutomaton.Step {
    if let step = automata.before.knownStep(state, classNumber) { return step }
    return Self.makeStep(&automata.before, &automata.after, compiled, state, classNumber)
  }

  /// Leaves out the rules whose second part cannot start with the class: `\S` stands before nearly
  /// every place, but a bullet after few.
  private static func makeStep(
    _ before: inout LazyAutomaton, _ after: inout CompiledRules.AfterAutomata,
    _ compiled: CompiledRules, _ state: Int, _ classNumber: Int
  ) -> LazyAutomaton.Step {
    before.step(state, classNumber) { rule in
      after.mayHold(compiled.conditions[Int(rule)], before: classNumber)
    }
  }

  /// - Parameters:
  ///   - accepted: where the list of rules whose first part ends here starts.
  ///   - irregular: those of ICU's matches.
  private mutating func decide(
    _ accepted: Int, _ irregular: ArraySlice<(place: Int, rule: Int)>, _ utf8: Span<UInt8>,
    at place: Int
  ) throws(Trouble) -> Decision? {
    var regular = accepted + 1
    let end = regular + Int(automata.before.accepted[accepted])
    var other = irregular.startIndex
    // The two lists are merged, since the first rule that fits decides.
    while regular < end || other < irregular.endIndex {
      let rule: Int
      if other == irregular.endIndex
        || regular < end && Int(automata.before.accepted[regular]) < irregular[other].rule
      {
        rule = Int(automata.before.accepted[regular])
        regular += 1
      } else {
        rule = irregular[other].rule
        other += 1
      }
      if try hold(compiled.conditions[rule], utf8, at: place) {
        return Decision(place: place, rule: rule, isBreak: compiled.rules[rule].isBreak)
      }
    }
    return nil
  }

  private mutating func hold(
    _ conditions: [CompiledRules.Condition], _ utf8: Span<UInt8>, at place: Int
  ) throws(Trouble) -> Bool {
    for condition in conditions {
      let holds =
        condition.isRegular
        ? matches(condition.number, utf8, at: place)
        : try afters[condition.number].expression.matches(at: place)
      if holds != condition.isPositive { return false }
    }
    return true
  }

  /// Whether a pattern matches from a place on. Rules share patterns, and so the answer.
  private mutating func matches(_ number: Int, _ utf8: Span<UInt8>, at place: Int) -> Bool {
    if answers[number].place == place { return answers[number].holds }
    var state = automata.after.automata[number].start(
      isStart: place == 0, followsWord: followsWord(utf8, at: place))
    var holds = false
    var index = place
    while true {
      let isEnd = index == utf8.count
      let scalar = isEnd ? (value: 0, length: 1) : utf8.scalar(at: index)
      let classNumber = isEnd ? ScalarClasses.end : compiled.classes(scalar.value)
      let step = automata.after.automata[number].step(state, classNumber)
      holds = step.accepted != 0
      if holds || isEnd || step.state == LazyAutomaton.dead { break }
      state = step.state
      index += scalar.length
    }
    answers[number] = (place, holds)
    return holds
  }

  /// Whether a word stands before a place, marks set aside.
  private func followsWord(_ utf8: Span<UInt8>, at place: Int) -> Bool {
    guard compiled.graph.hasWordEdges else { return false }
    var index = place
    while index > 0 {
      index -= 1
      while index > 0, utf8[index].isUTF8Continuation { index -= 1 }
      let number = compiled.classes(utf8.scalar(at: index).value)
      if compiled.classes.contains(compiled.graph.ignorableSet, class: number) { continue }
      return compiled.classes.contains(compiled.graph.wordSet, class: number)
    }
    return false
  }
}
