import Testing
import TestSupport

@testable import Alignment

/// Forward–backward against the sum over every way to link the words of tiny texts.
@Suite struct HiddenMarkovChainTests {
  /// One text with its emissions, and what all its paths weigh together.
  private struct Oracle {
    let model: JumpModel
    let null: Float
    let states: Int
    let words: Int
    var emissions: [[Float]]
    var nulls: [Float]
    var kinds: [Int]
    var shares: [[Double]]
    var jumps = [Double](repeating: 0, count: JumpModel.size * JumpModel.kinds)
    var total = 0.0

    init(states: Int, words: Int, null: Float, model: JumpModel, random: inout SeededGenerator) {
      self.model = model
      self.null = null
      self.states = states
      self.words = words
      emissions = (0..<words).map { _ in
        (0..<states).map { _ in Float(1 + random.below(20)) / 20 }
      }
      nulls = (0..<words).map { _ in Float(1 + random.below(20)) / 20 }
      kinds = (0...words).map { _ in random.below(JumpModel.kinds) }
      shares = emissions.map { $0.map { _ in 0 } }
      follow([], weight: 1, place: -1)
      shares = shares.map { $0.map { $0 / total } }
      jumps = jumps.map { $0 / total }
    }

    /// A step in a path: the place before, and the one that it leads to; `nil` for none.
    private typealias Step = (from: Int, to: Int?)

    /// Links the next word with each place and with none; `place` is that of the last linked word.
    private mutating func follow(_ path: [Step], weight: Double, place: Int) {
      let word = path.count
      guard word < words else {
        finish(path, weight * jump(from: place, to: states, kinds[words]))
        return
      }
      follow(
        path + [(place, nil)], weight: weight * Double(null * nulls[word]), place: place)
      for state in 0..<states {
        let step = jump(from: place, to: state, kinds[word])
        follow(
          path + [(place, state)],
          weight: weight * step * Double((1 - null) * emissions[word][state]), place: state)
      }
    }

    private mutating func finish(_ path: [Step], _ weight: Double) {
      total += weight
      for (word, step) in path.enumerated() {
        guard let state = step.to else { continue }
        shares[word][state] += weight
        if step.from >= 0 {
          let index = JumpModel.index(of: state - step.from)
          jumps[kinds[word] * JumpModel.size + index] += weight
        }
      }
    }

    private func jump(from place: Int, to state: Int, _ kind: Int) -> Double {
      let kernel = model.kernel(length: states + 1, kind: kind)
      func weight(_ jump: Int) -> Double { Double(kernel[states + 1 + jump]) }
      return weight(state - place) / (0..<states).reduce(0) { $0 + weight($1 - place) }
    }
  }

  @Test(arguments: [(1, 1), (1, 4), (2, 3), (4, 1), (4, 4), (3, 5)])
  func sharesAndJumpsAreThoseOfAllPaths(states: Int, words: Int) {
    var random = SeededGenerator(seed: UInt64(states * 10 + words))
    let counts = (0..<JumpModel.size * JumpModel.kinds).map { _ in Float(1 + random.below(9)) }
    let model = JumpModel(counts: counts, smoothing: 0.1)
    for null in [0.05, 0.4] as [Float] {
      let oracle = Oracle(
        states: states, words: words, null: null, model: model, random: &random)
      var chain = HiddenMarkovChain(model, null: null)
      chain.reserve(states: states, words: words)
      for word in 0..<words {
        for state in 0..<states {
          chain.emissions[word * chain.stride + state] = oracle.emissions[word][state]
        }
        for state in states..<chain.stride { chain.emissions[word * chain.stride + state] = 0 }
        chain.nulls[word] = oracle.nulls[word]
      }
      for (word, kind) in oracle.kinds.enumerated() { chain.kinds[word] = UInt8(kind) }
      chain.run(states: states, words: words, countsJumps: true)
      for word in 0..<words {
        for state in 0..<states {
          let share = Double(chain.shares[word * chain.stride + state])
          #expect(abs(share - oracle.shares[word][state]) < 1e-3, "\(word) \(state)")
        }
      }
      for (jump, expected) in oracle.jumps.enumerated() {
        #expect(abs(Double(chain.jumps[jump]) - expected) < 1e-3, "jump \(jump)")
      }
    }
  }

  @Test func spaceThatALongerTextLeftDoesNotMatter() {
    var random = SeededGenerator(seed: 7)
    let texts = [(6, 7), (2, 2), (9, 3), (2, 2)].map { size in
      (size.0, size.1, (0..<size.0 * size.1).map { _ in Float(1 + random.below(9)) / 9 })
    }
    func shares(_ chain: inout HiddenMarkovChain, _ text: (Int, Int, [Float])) -> [Float] {
      chain.reserve(states: text.0, words: text.1)
      for word in 0..<text.1 {
        for state in 0..<chain.stride {
          chain.emissions[word * chain.stride + state] =
            state < text.0 ? text.2[word * text.0 + state] : 0
        }
        chain.nulls[word] = 0.3
      }
      chain.run(states: text.0, words: text.1, countsJumps: false)
      let stride = chain.stride
      return (0..<text.0 * text.1).map { chain.shares[$0 / text.0 * stride + $0 % text.0] }
    }
    var used = HiddenMarkovChain(JumpModel(), null: 0.1)
    for text in texts {
      var fresh = HiddenMarkovChain(JumpModel(), null: 0.1)
      #expect(shares(&used, text) == shares(&fresh, text))
    }
  }

  @Test func jumpsFallIntoClassesThatGrow() {
    let indices = (-80...80).map { JumpModel.index(of: $0) }
    #expect(indices == indices.sorted())
    #expect(indices[80] == JumpModel.size / 2)
    #expect(JumpModel.index(of: 5) == JumpModel.index(of: 6))
    #expect(JumpModel.index(of: 6) < JumpModel.index(of: 7))
    #expect(JumpModel.index(of: -1000) == 0)
    #expect(JumpModel.index(of: 1000) == JumpModel.size - 1)
  }
}
