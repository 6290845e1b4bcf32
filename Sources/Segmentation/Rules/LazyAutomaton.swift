/// A deterministic automaton that is made while it runs: a state exists once a text has led to it.
/// Time is linear in the text whatever the patterns are.
///
/// It reads scalars and tells, for each place between two of them, which patterns end there. One
/// text at a time is read with it.
final class LazyAutomaton: @unchecked Sendable {
  private let graph: PatternGraph
  private let classes: ScalarClasses
  private let starts: [Int32]
  /// Whether patterns start at the first place alone, or anywhere.
  private let isAnchored: Bool

  /// A row for each state with a ``Step`` for each class, of no bits where nobody has been yet. It
  /// moves when a step is made.
  @exclusivity(unchecked)
  private(set) var table: UnsafeMutablePointer<UInt32>
  private var capacity: Int
  private var states: [StateKey] = []
  /// The states of the graph in all of ``states``.
  private var kernelSize = 0
  private var numbers: [StateKey: Int] = [:]
  /// Sorted lists of accepted values, one after the other; the first is empty.
  @exclusivity(unchecked)
  private(set) var accepted: [Int32] = []
  /// Where each of the lists starts, and where the last one ends.
  @exclusivity(unchecked)
  private(set) var acceptedStarts = [0, 0]
  private var acceptedNumbers: [[Int32]: Int] = [[]: 0]
  /// The first states by ``StateKey/isStart`` and ``StateKey/followsWord``; 0 where not made yet.
  @exclusivity(unchecked)
  private var firsts = [0, 0, 0, 0]
  /// What the first states lead to, by what stands before and the class that follows.
  @exclusivity(unchecked)
  private var restarts: [Expansion?]
  private let firstState: Int
  /// Marks of the states from ``firstState`` on that an expansion has met.
  @exclusivity(unchecked)
  private var marks: [UInt32]
  @exclusivity(unchecked)
  private var mark: UInt32 = 0
  /// What an expansion has accepted, the states that it has come to, and those that it is still to
  /// look at: kept for the next one.
  @exclusivity(unchecked)
  private var ended: [Int32] = []
  @exclusivity(unchecked)
  private var reached: [Int32] = []
  @exclusivity(unchecked)
  private var stack: [Int32] = []

  private struct StateKey: Hashable {
    /// States of the graph before assertions are asked, sorted.
    var kernel: [Int32]
    var isStart: Bool
    var followsWord: Bool

    func hash(into hasher: inout Hasher) {
      kernel.withUnsafeBytes { hasher.combine(bytes: $0) }
    }
  }

  private struct Expansion {
    var accepted: [Int32] = []
    var kernel: [Int32] = []
  }

  /// Where a character leads: the row of the next state, and what ended before the character.
  struct Step {
    var bits: UInt32

    @inline(__always)
    init(bits: UInt32) { self.bits = bits }

    init(row: Int, accepted: Int) { bits = UInt32(row) | UInt32(accepted) << 22 }

    /// The steps below accept nothing: they are just a row.
    static let silentLimit: UInt32 = 0x3F_FFFF

    /// Where the row of the next state starts in the table.
    @inline(__always)
    var row: Int { Int(bits & 0x3F_FFFF) }
    /// The number of a list in ``LazyAutomaton/acceptedStarts``; 0 where nothing ended.
    @inline(__always)
    var accepted: Int { Int(bits >> 22) }
  }

  /// Rows and states take so many numbers at the most, 4 MB. When they are used up, all states are
  /// forgotten and made anew. A row's place has 22 bits in a step.
  private static let capacityLimit = 1 << 20
  /// Ten bits of a step.
  private static let acceptedLimit = 1 << 10

  /// - Parameters:
  ///   - graph: holds the patterns, and maybe others.
  ///   - range: the states of the patterns.
  ///   - classes: the alphabet of the graph.
  ///   - starts: the first states.
  ///   - isAnchored: whether patterns start at the first place alone, or anywhere.
  init(
    _ graph: PatternGraph, _ range: Range<Int>, classes: ScalarClasses, starts: [Int32],
    isAnchored: Bool
  ) {
    self.graph = graph
    self.classes = classes
    self.starts = starts.sorted()
    self.isAnchored = isAnchored
    firstState = range.lowerBound
    marks = [UInt32](repeating: 0, count: range.count)
    restarts = isAnchored ? [] : [Expansion?](repeating: nil, count: classes.count * 4)
    capacity = classes.count * 4
    table = .allocate(capacity: capacity)
    forget()
  }

  deinit { table.deallocate() }

  private func forget() {
    // The first row is that of no state, so that no step is all zeros; the second that of the
    // state from which nothing is accepted.
    let nothing = StateKey(kernel: [], isStart: false, followsWord: false)
    states = [nothing, nothing]
    kernelSize = 0
    table.initialize(repeating: 0, count: classes.count * 2)
    numbers = isAnchored ? [nothing: 1] : [:]
    accepted = []
    acceptedStarts = [0, 0]
    acceptedNumbers = [[]: 0]
    firsts = [0, 0, 0, 0]
  }

  /// The row of the state from which nothing is accepted; only anchored automata come to it.
  var dead: Int { classes.count }

  /// The row of the state before the first character, given what stands before that.
  func start(isStart: Bool, followsWord: Bool) -> Int {
    let place = (isStart ? 2 : 0) + (followsWord ? 1 : 0)
    if firsts[place] == 0 {
      firsts[place] = row(
        of: StateKey(
          kernel: isAnchored ? starts : [], isStart: isStart,
          followsWord: followsWord && graph.hasWordEdges))
    }
    return firsts[place]
  }

  /// The step from a row over a class.
  @inline(__always)
  func step(_ row: Int, _ classNumber: Int) -> Step {
    let step = Step(bits: table[row &+ classNumber])
    return step.bits != 0 ? step : makeStep(row, classNumber) { _ in true }
  }

  /// Makes a step that is not there yet. It may forget other states, but not the one it leads to.
  ///
  /// - Parameters:
  ///   - row: of the state.
  ///   - classNumber: of the next character.
  ///   - mayFollow: whether the class may follow the end of a pattern, by what that accepts.
  /// - Returns: the step.
  @inline(never)
  func makeStep(_ row: Int, _ classNumber: Int, _ mayFollow: (Int32) -> Bool) -> Step {
    let key = states[row / classes.count]
    ended.removeAll(keepingCapacity: true)
    reached.removeAll(keepingCapacity: true)
    expand(key.kernel, key, classNumber)
    if !isAnchored {
      let before = (key.isStart ? 2 : 0) + (key.followsWord ? 1 : 0)
      let restart = restart(before * classes.count + classNumber, key, classNumber)
      ended += restart.accepted
      reached += restart.kernel
    }
    sortUniquely(&ended)
    sortUniquely(&reached)
    var next = StateKey(kernel: reached, isStart: false, followsWord: false)
    if graph.hasWordEdges, classNumber != ScalarClasses.end, !(isAnchored && next.kernel.isEmpty) {
      next.followsWord =
        classes.contains(graph.ignorableSet, class: classNumber)
        ? key.followsWord : classes.contains(graph.wordSet, class: classNumber)
    }
    let isFull =
      (states.count + 1) * classes.count + kernelSize > Self.capacityLimit
      || acceptedStarts.count > Self.acceptedLimit
    if isFull { forget() }
    let step = Step(
      row: self.row(of: next), accepted: number(ofAccepted: ended.filter(mayFollow)))
    if !isFull { table[row + classNumber] = step.bits }
    return step
  }

  private func row(of key: StateKey) -> Int {
    if let number = numbers[key] { return number * classes.count }
    let row = states.count * classes.count
    states.append(key)
    kernelSize += key.kernel.count
    numbers[key] = states.count - 1
    if row + classes.count > capacity {
      let larger = UnsafeMutablePointer<UInt32>.allocate(capacity: capacity * 2)
      larger.moveInitialize(from: table, count: row)
      table.deallocate()
      table = larger
      capacity *= 2
    }
    (table + row).initialize(repeating: 0, count: classes.count)
    return row
  }

  private func number(ofAccepted values: [Int32]) -> Int {
    if let number = acceptedNumbers[values] { return number }
    accepted += values
    acceptedStarts.append(accepted.count)
    acceptedNumbers[values] = acceptedStarts.count - 2
    return acceptedStarts.count - 2
  }

  private func restart(_ place: Int, _ before: StateKey, _ classNumber: Int) -> Expansion {
    if let restart = restarts[place] { return restart }
    let (outerEnded, outerReached) = (ended, reached)
    ended.removeAll()
    reached.removeAll()
    expand(starts, before, classNumber)
    sortUniquely(&ended)
    sortUniquely(&reached)
    let restart = Expansion(accepted: ended, kernel: reached)
    (ended, reached) = (outerEnded, outerReached)
    restarts[place] = restart
    return restart
  }

  /// Follows the states that take no character, then the character: adds to ``ended`` what is
  /// accepted on the way, and to ``reached`` the states behind the character.
  private func expand(_ kernel: [Int32], _ before: StateKey, _ classNumber: Int) {
    mark &+= 1
    if mark == 0 {
      marks = [UInt32](repeating: 0, count: marks.count)
      mark = 1
    }
    let (classes, mark) = (classes, mark)
    let isEnd = classNumber == ScalarClasses.end
    stack.removeAll(keepingCapacity: true)
    stack.append(contentsOf: kernel)
    graph.states.withUnsafeBufferPointer { states in
      while let index = stack.popLast() {
        guard marks[Int(index) - firstState] != mark else { continue }
        marks[Int(index) - firstState] = mark
        let state = states[Int(index)]
        switch state.kind {
        case .set:
          if !isEnd, classes.contains(Int(state.value), class: classNumber) {
            reached.append(state.next)
          }
        case .split:
          stack.append(state.other)
          stack.append(state.next)
        case .assertion:
          if holds(state.value, before, classNumber) { stack.append(state.next) }
        case .accept: ended.append(state.value)
        }
      }
    }
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

  private func sortUniquely(_ values: inout [Int32]) {
    guard values.count > 1 else { return }
    values.sort()
    var count = 1
    for index in 1..<values.count where values[index] != values[count - 1] {
      values[count] = values[index]
      count += 1
    }
    values.removeSubrange(count...)
  }
}
