internal import Bitext

/// Asks the rules of a language about every place of a text.
struct RuleMatcher: ~Copyable {
  private let compiled: CompiledRules
  private var automata: CompiledRules.Automata
  private var befores: [(rule: Int, pattern: RegularExpressionBox)] = []
  private var afters: [RegularExpressionBox] = []
  /// The last place where each pattern after a break was asked for, in bytes of all texts so far,
  /// and whether it matched.
  private var answers: [(place: Int, holds: Bool)]
  /// Where the text starts among all texts so far.
  private var origin = 0
  /// How many characters may still be read far after places of this text.
  private var budget = 0
  /// The last place where a word was looked for before it, and whether one was there.
  private var edge = (place: -1, followsWord: false)

  /// How often a text may be read again, on the whole, by patterns that reach further than
  /// ``reach`` bytes after a place.
  private static let readings = 64
  private static let reach = 256

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

  /// Adds the decisions in a text to a list, by ascending place: at most one a place.
  ///
  /// - Throws: `Trouble` with the rule whose pattern takes too long in this text.
  mutating func decide(in utf8: Span<UInt8>, _ decisions: inout [Decision]) throws(Trouble) {
    var places: [(place: Int, rule: Int)] = []
    for (rule, box) in befores {
      try box.expression.setText(utf8)
      places += try box.expression.ends().map { ($0, rule) }
    }
    for box in afters { try box.expression.setText(utf8) }
    places.sort { ($0.place, $0.rule) < ($1.place, $1.rule) }
    defer { origin += utf8.count + 1 }
    budget = Self.readings * (utf8.count + 1024)
    try utf8.withUnsafeBufferPointer { (text) throws(Trouble) in
      try scan(text, places, &decisions)
    }
  }

  /// Reads a text once. `irregular` is where the first parts that ICU has matched end, by place and
  /// rule.
  private mutating func scan(
    _ text: UnsafeBufferPointer<UInt8>, _ irregular: [(place: Int, rule: Int)],
    _ decisions: inout [Decision]
  ) throws(Trouble) {
    var row = automata.before.start(isStart: true, followsWord: false)
    var table = UnsafePointer(automata.before.table)
    var place = 0
    var next = 0
    while true {
      /// The next place that an irregular rule has to say something of.
      let stop = next < irregular.count ? irregular[next].place : text.count
      skip(text, upTo: min(stop, text.count), table, &row, &place)
      var scalar = (value: UInt32(0), length: 1)
      var number = ScalarClasses.end
      if place < text.count {
        scalar = text.span.scalar(at: place)
        number = compiled.before.classes(scalar.value)
      }
      var step = LazyAutomaton.Step(bits: table[row + number])
      if step.bits == 0 {
        step = makeStep(row, number)
        table = UnsafePointer(automata.before.table)
      }
      row = step.row
      if step.accepted != 0 || next < irregular.count && place >= stop {
        let first = next
        while next < irregular.count, irregular[next].place <= place { next += 1 }
        let rule =
          first == next
          ? try firstRule(step.accepted, text.span, at: place)
          : try firstRule(step.accepted, irregular[first..<next], text.span, at: place)
        if let rule {
          decisions.append(
            Decision(place: place, rule: rule, isBreak: compiled.rules[rule].isBreak))
        }
      }
      if place == text.count { break }
      place += scalar.length
    }
  }

  /// Goes on to the next place where something ends or nobody has been, or to `stop`: the loop that
  /// takes the time.
  @inline(__always)
  private func skip(
    _ text: UnsafeBufferPointer<UInt8>, upTo stop: Int, _ table: UnsafePointer<UInt32>,
    _ row: inout Int, _ place: inout Int
  ) {
    let plane = compiled.before.classes.plane
    guard let bytes = text.baseAddress else { return }
    var (state, index) = (row, place)
    defer { (row, place) = (state, index) }
    while index < stop {
      let byte = bytes[index]
      var length = 1
      var number: Int
      if byte < 0x80 {
        number = Int(plane[Int(byte)])
      } else if byte & 0xF0 == 0xE0, index &+ 2 < text.count, bytes[index &+ 1] & 0xC0 == 0x80,
        bytes[index &+ 2] & 0xC0 == 0x80
      {
        let high = Int(byte & 0x0F) << 12 | Int(bytes[index &+ 1] & 0x3F) << 6
        number = Int(plane[high | Int(bytes[index &+ 2] & 0x3F)])
        length = 3
      } else {
        let scalar = text.span.scalar(at: index)
        number = compiled.before.classes(scalar.value)
        length = scalar.length
      }
      let bits = table[state &+ number]
      // A step that accepts something has higher bits, one that is not made yet has none.
      guard bits &- 1 < LazyAutomaton.Step.silentLimit else { return }
      state = Int(bits)
      index &+= length
    }
  }

  /// Leaves out the rules whose second part cannot start with the class: `\S` stands before nearly
  /// every place, but a bullet after few.
  private func makeStep(_ row: Int, _ classNumber: Int) -> LazyAutomaton.Step {
    automata.before.makeStep(row, classNumber) { compiled.mayFollow(Int($0), classNumber) }
  }

  /// The first rule of a list of the automaton's that fits a place; `nil` when none does.
  private mutating func firstRule(
    _ accepted: Int, _ utf8: Span<UInt8>, at place: Int
  ) throws(Trouble) -> Int? {
    let before = automata.before
    for index in before.acceptedStarts[accepted]..<before.acceptedStarts[accepted + 1] {
      let rule = Int(before.accepted[index])
      if try fits(rule, utf8, at: place) { return rule }
    }
    return nil
  }

  /// The same where ICU's matches end too: the lists are merged, since the first rule decides.
  private mutating func firstRule(
    _ accepted: Int, _ irregular: ArraySlice<(place: Int, rule: Int)>, _ utf8: Span<UInt8>,
    at place: Int
  ) throws(Trouble) -> Int? {
    let before = automata.before
    let list = before.acceptedStarts[accepted]..<before.acceptedStarts[accepted + 1]
    let rules = before.accepted[list].map { Int($0) } + irregular.map(\.rule)
    for rule in rules.sorted() where try fits(rule, utf8, at: place) { return rule }
    return nil
  }

  /// Whether the second part of a rule holds at a place.
  private mutating func fits(
    _ rule: Int, _ utf8: Span<UInt8>, at place: Int
  ) throws(Trouble) -> Bool {
    for index in compiled.conditionStarts[rule]..<compiled.conditionStarts[rule + 1] {
      let condition = compiled.conditions[index]
      let holds =
        condition.isRegular
        ? try matches(condition.number, of: rule, utf8, at: place)
        : try afters[condition.number].expression.matches(at: place)
      if holds != condition.isPositive { return false }
    }
    return true
  }

  /// Whether a pattern matches from a place on. Rules share patterns, and so the answer.
  private mutating func matches(
    _ number: Int, of rule: Int, _ utf8: Span<UInt8>, at place: Int
  ) throws(Trouble) -> Bool {
    if answers[number].place == origin + place { return answers[number].holds }
    let automaton = compiled.after(number, of: &automata)
    var row = automaton.start(isStart: place == 0, followsWord: followsWord(utf8, at: place))
    var holds = false
    var index = place
    while true {
      let isEnd = index == utf8.count
      let scalar = isEnd ? (value: 0, length: 1) : utf8.scalar(at: index)
      let classNumber = isEnd ? ScalarClasses.end : compiled.after.classes(scalar.value)
      let step = automaton.step(row, classNumber)
      holds = step.accepted != 0
      if holds || isEnd || step.row == automaton.dead { break }
      row = step.row
      index += scalar.length
      if index - place > Self.reach {
        budget -= 1
        if budget < 0 { throw runaway(rule) }
      }
    }
    answers[number] = (origin + place, holds)
    return holds
  }

  private func runaway(_ number: Int) -> Trouble {
    let rule = compiled.rules[number]
    return Trouble(
      "the pattern \(rule.after) reads far into the text from too many places: say how far it may "
        + "read, as .{0,99} does", file: compiled.file, line: rule.line)
  }

  /// Whether a word stands before a place, marks set aside.
  private mutating func followsWord(_ utf8: Span<UInt8>, at place: Int) -> Bool {
    guard compiled.after.graph.hasWordEdges else { return false }
    let answer = findsWord(utf8, before: place)
    edge = (origin + place, answer)
    return answer
  }

  private func findsWord(_ utf8: Span<UInt8>, before place: Int) -> Bool {
    var index = place
    while index > 0 {
      // A run of marks is walked through once, however many places it has.
      if index < place, origin + index == edge.place { return edge.followsWord }
      index -= 1
      while index > 0, utf8[index].isUTF8Continuation { index -= 1 }
      let number = compiled.after.classes(utf8.scalar(at: index).value)
      if compiled.after.classes.contains(compiled.after.graph.ignorableSet, class: number) {
        continue
      }
      return compiled.after.classes.contains(compiled.after.graph.wordSet, class: number)
    }
    return false
  }
}
