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
    let isIrregular = !befores.isEmpty || !afters.isEmpty
    guard isIrregular else { return try scan(utf8, [], body) }
    try utf8.withUnsafeBufferPointer { (text) throws(Trouble) in
      var places: [(place: Int, rule: Int)] = []
      for (rule, box) in befores {
        try box.expression.setText(text)
        places += try box.expression.ends().map { ($0, rule) }
      }
      for box in afters { try box.expression.setText(text) }
      places.sort { ($0.place, $0.rule) < ($1.place, $1.rule) }
      try scan(utf8, places, body)
    }
  }

  /// - Parameter irregular: where the first parts that ICU has matched end, by place and rule.
  private mutating func scan(
    _ utf8: Span<UInt8>, _ irregular: [(place: Int, rule: Int)], _ body: (Decision) -> Void
  ) throws(Trouble) {
    for index in answers.indices { answers[index].place = -1 }
    var state = automata.before.start(isStart: true, followsWord: false)
    var place = 0
    var next = 0
    var candidates: [Int32] = []
    while true {
      let isEnd = place == utf8.count
      let scalar = isEnd ? (value: 0, length: 1) : utf8.scalar(at: place)
      let number = isEnd ? ScalarClasses.end : compiled.classes(scalar.value)
      let step = automata.before.step(state, number)
      if step.accepted != 0 || next < irregular.count && irregular[next].place <= place {
        candidates = automata.before.accepted[step.accepted]
        let first = next
        while next < irregular.count, irregular[next].place <= place {
          candidates.append(Int32(irregular[next].rule))
          next += 1
        }
        if next > first { candidates.sort() }
        if let decision = try decide(candidates, utf8, at: place) { body(decision) }
      }
      if isEnd { break }
      state = step.state
      place += scalar.length
    }
  }

  private mutating func decide(
    _ candidates: [Int32], _ utf8: Span<UInt8>, at place: Int
  ) throws(Trouble) -> Decision? {
    for number in candidates {
      let rule = Int(number)
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
    var state = automata.afters[number].start(
      isStart: place == 0, followsWord: followsWord(utf8, at: place))
    var holds = false
    var index = place
    while true {
      let isEnd = index == utf8.count
      let scalar = isEnd ? (value: 0, length: 1) : utf8.scalar(at: index)
      let classNumber = isEnd ? ScalarClasses.end : compiled.classes(scalar.value)
      let step = automata.afters[number].step(state, classNumber)
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
