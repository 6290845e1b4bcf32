import Bitext
import TestSupport
import Testing

@testable import Alignment

@Suite struct TermStatisticsTests {
  /// Texts of few letters, so that phrases recur within one another.
  private func randomPhrases(_ seed: UInt64) -> [UInt64: [UInt64]] {
    var random = SeededGenerator(seed: seed)
    var phrases: [UInt64: [UInt64]] = [:]
    for _ in 0..<40 {
      let tokens = (0..<1 + random.below(5)).map { _ in UInt64(1 + random.below(3)) }
      phrases[PhraseKey.of(tokens)] = tokens
    }
    return phrases
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func cValueIsThatOfTheDefinition(seed: UInt64) throws {
    let phrases = randomPhrases(seed)
    func frequency(_ key: UInt64) -> Double { Double(key % 17 + 1) }
    let values = CValue(phrases: phrases, frequency: frequency)
    for (key, tokens) in phrases {
      let longer = phrases.filter { $0.value.count > tokens.count && $0.value.holds(tokens) }
      // f(a) − (1 / |T|) Σ f(b), as a share of f(a).
      let mean = longer.keys.map(frequency).reduce(0, +) / Double(max(1, longer.count))
      let expected = max(0, (frequency(key) - mean) / frequency(key))
      #expect(abs(try #require(values.independence(of: key)) - expected) < 1e-9)
    }
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func branchingEntropyIsThatOfTheDefinition(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    // For each phrase the neighbours of its occurrences on both sides; 0 is a mark.
    let phrases = (1...6).map { UInt64($0) &* 0x9E37_79B9_7F4A_7C15 }
    var table = CountTable<NeighbourCount>(limit: 1000)
    for phrase in phrases {
      var counts: [[Int: Int]] = [[:], [:]]
      let total = 1 + random.below(30)
      for _ in 0..<total {
        for side in 0...1 {
          let neighbour = random.below(5)
          guard neighbour > 0 else { continue }
          counts[side][neighbour, default: 0] += 1
          table.update(PairKey.of(phrase, UInt64(neighbour + side * 100))) {
            $0.phrase = phrase
            $0.isRight = side == 1
            $0.occurrences += 1
          }
        }
      }
      let entropy = try #require(
        BranchingEntropy.of([phrase: UInt32(total)], neighbours: [table])[phrase])
      for (side, value) in [entropy.left, entropy.right].enumerated() {
        let marks = total - counts[side].values.reduce(0, +)
        let shares =
          counts[side].values.map { Double($0) / Double(total) }
          + Array(repeating: 1 / Double(total), count: marks)
        let expected = shares.reduce(0) { $0 - $1 * logarithm($1) }
        #expect(abs(value - expected) < 1e-9)
      }
    }
  }

  @Test func tableCountsLikeADictionaryWhileAllFits() {
    var random = SeededGenerator(seed: 7)
    var table = CountTable<NeighbourCount>(limit: 10_000)
    var expected: [UInt64: UInt32] = [:]
    for _ in 0..<5000 {
      let key = UInt64(1 + random.below(900)) &* 0x9E37_79B9_7F4A_7C15
      table.update(key) { $0.occurrences += 1 }
      expected[key, default: 0] += 1
      table.prune()
    }
    #expect(table.count == expected.count)
    for (key, count) in expected { #expect(table[key]?.occurrences == count) }
    #expect(table[3] == nil)
  }

  @Test func fullTableKeepsWhatWasCountedMost() {
    var table = CountTable<NeighbourCount>(limit: 100)
    for round in 0..<50 {
      for key in 1...20 as ClosedRange<UInt64> {
        table.update(key) { $0.occurrences += 1 }
      }
      for key in 0..<40 { table.update(UInt64(1000 + round * 40 + key)) { $0.occurrences += 1 } }
      table.prune()
      #expect(table.count <= 100)
    }
    for key in 1...20 as ClosedRange<UInt64> { #expect(table[key]?.occurrences == 50) }
    #expect(table.floor > 0)
  }

  @Test func evenSampleTakesEverySecondOrFourthPair() throws {
    let texts = (0..<10).map {
      TranslatedText(source: "\($0)", target: "", evidence: .init(file: "", bead: $0))
    }
    #expect(try EvenSample(texts, limit: 10).pairs.count == 10)
    let sample = try EvenSample(texts, limit: 4)
    #expect(sample.pairs.map(\.source) == ["0", "4", "8"])
    #expect(sample.count == 10)
  }
}

extension [UInt64] {
  fileprivate func holds(_ other: [UInt64]) -> Bool {
    indices.contains { self[$0...].starts(with: other) }
  }
}
