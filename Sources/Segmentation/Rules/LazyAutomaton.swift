/// A deterministic automaton that is made while it runs: a state exists once a text has led to it.
/// Time is linear in the text whatever the patterns are.
///
/// It reads scalars and tells, for each place between two of them, which patterns end there.
struct LazyAutomaton {
  private let graph: PatternGraph
  private let classes: ScalarClasses
  private let starts: [Int32]
  /// Whether patterns start at the first place alone, or anywhere.
  private let isAnchored: Bool

  /// For each state and class, ``Step`` in 32 bits; 0 where nobody has been yet.
  private var table: [UInt32] = []
  private var states: [StateKey] = []
  private var numbers: [StateKey: Int] = [:]
  /// Sorted lists of accepted values, one after the other, each behind its length. The first is
  /// empty.
  private(set) var accepted: [Int32] = [0]
  private var acceptedNumbers: [[Int32]: Int] = [[]: 0]
  /// The first states by ``StateKey/isStart`` and ``StateKey/followsWord``; 0 where not made yet.
  private var firsts = [0, 0, 0, 0]
  /// What the first states lead to, by what stands before and the class that follows.
  private var restarts: [Int: Expansion] = [:]
  /// Marks of the states of the graph that an expansion has met.
  private var marks: [UInt32]
  private var mark: UInt32 = 0

  private struct StateKey: Hashable {
    /// States of the graph before assertions are asked, sorted.
    var kernel: [Int32]
    var isStart: Bool
    var followsWord: Bool
  }

  private struct Expansion {
    var accepted: [Int32] = []
    var kernel: [Int32] = []
  }

  /// Where a character leads: the next state, and what ended before the character.
  struct Step {
    var bits: UInt32
    var state: Int { Int(bits & 0x3FFF) }
    /// Where the list starts in ``LazyAutomaton/accepted``; 0 where nothing ended.
    var accepted: Int { Int(bits >> 14) }
  }

  /// Fourteen bits of a step. When they are used up, all states are forgotten and made anew.
  private static let stateLimit = 0x3FFF
  /// The state from which nothing is accepted any more; only anchored automata come to it.
  static let dead = 1

  init(_ graph: PatternGraph, classes: ScalarClasses, starts: [Int32], isAnchored: Bool) {
    self.graph = graph
    self.classes = classes
    self.starts = starts
    self.isAnchored = isAnchored
    marks = [UInt32](repeating: 0, count: graph.states.count)
    forget()
  }

  private mutating func forget() {
    table = [UInt32](repeating: 0, count: classes.count * 2)
    let nothing = StateKey(kernel: [], isStart: false, followsWord: false)
    // State 0 is none, so that no step is all zeros.
    states = [nothing, nothing]
    numbers = isAnchored ? [nothing: Self.dead] : [:]
    firsts = [0, 0, 0, 0]
  }

  /// The state before the first character, given what stands before that.
  mutating func start(isStart: Bool, followsWord: Bool) -> Int {
    let place = (isStart ? 2 : 0) + (followsWord ? 1 : 0)
    if firsts[place] == 0 {
      firsts[place] = number(
        of: StateKey(
          kernel: isAnchored ? starts.sorted() : [], isStart: isStart,
          followsWord: followsWord && graph.hasWordEdges))
    }
    return firsts[place]
  }

  /// The step from a state over a class, if someone has been there before.
  @inline(__always)
  func knownStep(_ state: Int, _ classNumber: Int) -> Step? {
    let bits = table[state &* classes.count &+ classNumber]
    return bits != 0 ? Step(bits: bits) : nil
  }

  /// The step from a state over a class. It may forget other states, but not the one it leads to.
  ///
  /// `mayFollow` says whether the class may follow the end of a pattern; it is asked once for each
  /// step that is new.
  @inline(__always)
  mutating func step(
    _ state: Int, _ classNumber: Int, mayFollow: (_ value: Int32) -> Bool = { _ in true }
  ) -> Step {
    knownStep(state, classNumber) ?? makeStep(state, classNumber, mayFollow)
  }

  /// Whether some text that starts with a class is accepted, wherever it stands.
  mutating func mayStart(with classNumber: Int) -> Bool {
    for isStart in [false, true] {
      for followsWord in [false, true] {
        let before = StateKey(kernel: [], isStart: isStart, followsWord: followsWord)
        let expansion = expand(starts, before, classNumber)
        if !expansion.accepted.isEmpty || !expansion.kernel.isEmpty { return true }
      }
    }
    return false
  }

  @inline(never)
  private mutating func makeStep(
    _ state: Int, _ classNumber: Int, _ mayFollow: (Int32) -> Bool
  ) -> Step {
    let key = states[state]
    var result = expand(key.kernel, key, classNumber)
    if !isAnchored {
      let before = (key.isStart ? 2 : 0) + (key.followsWord ? 1 : 0)
      let place = before * classes.count + classNumber
      let restart = restarts[place] ?? expand(starts, key, classNumber)
      restarts[place] = restart
      result.accepted = merged(result.accepted, restart.accepted)
      result.kernel = merged(result.kernel, restart.kernel)
    }
    var next = StateKey(kernel: result.kernel, isStart: false, followsWord: false)
    if graph.hasWordEdges, classNumber != ScalarClasses.end, !(isAnchored && next.kernel.isEmpty) {
      next.followsWord =
        classes.contains(graph.ignorableSet, class: classNumber)
        ? key.followsWord : classes.contains(graph.wordSet, class: classNumber)
    }
    let acceptedNumber = number(ofAccepted: result.accepted.filter(mayFollow))
    let known = states.count
    let number = number(of: next)
    let step = Step(bits: UInt32(number) | UInt32(acceptedNumber) << 14)
    // Nothing is noted when the table was made anew in between.
    if states.count >= known { table[state * classes.count + classNumber] = step.bits }
    return step
  }

  private mutating func number(of key: StateKey) -> Int {
    if let number = numbers[key] { return number }
    if states.count >= Self.stateLimit { forget() }
    let number = states.count
    states.append(key)
    numbers[key] = number
    table.append(contentsOf: repeatElement(0, count: classes.count))
    return number
  }

  private mutating func number(ofAccepted values: [Int32]) -> Int {
    if let number = acceptedNumbers[values] { return number }
    let number = accepted.count
    accepted.append(Int32(values.count))
    accepted += values
    acceptedNumbers[values] = number
    return number
  }

  /// Follows the states that take no character, then the character.
  private mutating func expand(
    _ kernel: [Int32], _ before: StateKey, _ classNumber: Int
  ) -> Expansion {
    var result = Expansion()
    var stack = kernel
    mark &+= 1
    if mark == 0 {
      marks = [UInt32](repeating: 0, count: marks.count)
      mark = 1
    }
    while let index = stack.popLast() {
      guard marks[Int(index)] != mark else { continue }
      marks[Int(index)] = mark
      let state = graph.states[Int(index)]
      switch state.kind {
      case .set:
        if classNumber != ScalarClasses.end,
          classes.contains(Int(state.value), class: classNumber)
        {
          result.kernel.append(state.next)
        }
      case .split:
        stack.append(state.next)
        stack.append(state.other)
      case .assertion:
        if holds(state.value, before, classNumber) { stack.append(state.next) }
      case .accept: result.accepted.append(state.value)
      }
    }
    result.kernel = sortedUnique(result.kernel)
    result.accepted = sortedUnique(result.accepted)
    return result
  }

  private func holds(_ assertion: Int32, _ before: StateKey, _ classNumber: Int) -> Bool {
    if assertion == Int32(PatternNode.Assertion.start.rawValue) { return before.isStart }
    var isEdge = before.followsWord
    if classNumber != ScalarClasses.end {
      let isInner = classes.contains(graph.ignorableSet, class: classNumber)
      let isWord = classes.contains(graph.wordSet, class: classNumber)
      isEdge = !isInner && isWord != before.followsWord
    }
    return isEdge == (assertion == Int32(PatternNode.Assertion.wordEdge.rawValue))
  }

  private func sortedUnique(_ values: [Int32]) -> [Int32] {
    var result = values.sorted()
    var count = 0
    for value in result where count == 0 || result[count - 1] != value {
      result[count] = value
      count += 1
    }
    result.removeSubrange(count...)
    return result
  }

  private func merged(_ left: [Int32], _ right: [Int32]) -> [Int32] {
    left.isEmpty ? right : right.isEmpty ? left : sortedUnique(left + right)
  }
}
