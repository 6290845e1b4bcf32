import Bitext
import Foundation
import Segmentation
import TestSupport
import Testing

@testable import Alignment

/// The parts that the word model is made of, against naive ways to the same numbers.
@Suite struct WordStatisticsTests {
  /// Random texts over small alphabets, some of them empty.
  private static func corpus(seed: UInt64, pairs: Int) -> WordCorpus {
    var random = SeededGenerator(seed: seed)
    func text(_ words: [String]) -> String {
      (0..<random.below(6)).map { _ in random.pick(words) }.joined(separator: " ")
    }
    var corpus = WordCorpus(source: .simplifiedChinese, target: .english)
    corpus.append(
      tokenized: (0..<pairs).map { _ in
        (
          text(["甲乙", "乙丙", "丙", "丁", "戊"]),
          text(["one-two", "two-three", "opposed", "opposition"])
        )
      })
    return corpus
  }

  @Test func cellsNameThePairOfTheirTypes() {
    let corpus = Self.corpus(seed: 3, pairs: 40)
    let texts = stride(from: 1, to: 40, by: 2).map { UInt32($0) }
    let pairs = TypePairs(of: texts, in: corpus)
    var seen: Set<[UInt32]> = []
    for (index, text) in texts.enumerated() {
      var cell = pairs.tableStarts[index]
      for row in corpus.source.words(of: Int(text)).map({ corpus.source.types[$0] }) {
        for column in corpus.target.words(of: Int(text)).map({ corpus.target.types[$0] }) {
          let pair = Int(pairs.cells[cell])
          #expect(pairs.targets[pair] == column)
          #expect(pairs.pairs(ofRow: Int(row)).contains(pair))
          seen.insert([row, column])
          cell += 1
        }
      }
      #expect(cell == pairs.tableStarts[index + 1])
    }
    #expect(pairs.count == seen.count)
    let places = (0..<pairs.rowCount).flatMap { pairs.occurrences(ofRow: $0) }
    #expect(places == Array(0..<pairs.occurrences.count))
  }

  @Test func sharesOfModelOneAreNormalisedOverTheText() {
    let corpus = Self.corpus(seed: 4, pairs: 12)
    let texts = (0..<12).map { UInt32($0) }
    let table = TranslationTable(TypePairs(of: texts, in: corpus))
    var random = SeededGenerator(seed: 5)
    for pair in 0..<table.pairs.count {
      table.probabilities[pair] = TranslationTable.Probabilities(
        forward: Float(1 + random.below(9)) / 10, backward: Float(1 + random.below(9)) / 10)
    }
    let nulls = TypeShares(of: texts, in: corpus)
    var settings = WordModelSettings()
    settings.null = 0.2
    let cells = table.pairs.cells.count
    let forward = FixedBuffer<Float>(repeating: 0, count: cells)
    let backward = FixedBuffer<Float>(repeating: 0, count: cells)
    WordExpectation(
      corpus: corpus, texts: texts, table: table, frequencies: nulls, nulls: nulls,
      settings: settings
    ).byWords {
      forward[$0] = $1.forward
      backward[$0] = $1.backward
    }
    for text in 0..<12 {
      let rows = corpus.source.words(of: text).map { Int(corpus.source.types[$0]) }
      let columns = corpus.target.words(of: text).map { Int(corpus.target.types[$0]) }
      func probability(_ row: Int, _ column: Int) -> TranslationTable.Probabilities {
        let first = table.pairs.tableStarts[text]
        return table.probabilities[Int(table.pairs.cells[first + row * columns.count + column])]
      }
      for row in rows.indices {
        for column in columns.indices {
          // P(link) = (1 − p) / n · t / ((1 − p) / n · Σ t + p · null)
          let all = rows.indices.reduce(0) { $0 + probability($1, column).forward }
          let none = nulls.target[columns[column]] * 0.2 * Float(rows.count) / 0.8
          let back = columns.indices.reduce(0) { $0 + probability(row, $1).backward }
          let backNone = nulls.source[rows[row]] * 0.2 * Float(columns.count) / 0.8
          let cell = table.pairs.tableStarts[text] + row * columns.count + column
          #expect(abs(forward[cell] - probability(row, column).forward / (all + none)) < 1e-5)
          #expect(
            abs(backward[cell] - probability(row, column).backward / (back + backNone)) < 1e-5)
        }
      }
    }
  }

  @Test func unitsSpreadWhatTheirWordsTranslate() throws {
    let corpus = Self.corpus(seed: 6, pairs: 60)
    let pairs = TypePairs(of: (0..<60).map { UInt32($0) }, in: corpus)
    var random = SeededGenerator(seed: 8)
    let counts = FixedBuffer<Float>(repeating: 0, count: pairs.count)
    for pair in 0..<pairs.count { counts[pair] = Float(random.below(5)) }
    let prior = FixedBuffer<Float>(repeating: 0, count: pairs.count)
    UnitPriors(corpus).spread(counts, of: pairs, strength: (source: 3, target: 2), to: prior)

    func units(_ vocabulary: WordVocabulary, _ type: Int) -> Set<UInt64> {
      Set(vocabulary.units(of: type)).union(
        vocabulary.stems[type] == 0 ? [] : [vocabulary.stems[type]])
    }
    func shared(_ vocabulary: WordVocabulary) -> [Set<UInt64>] {
      let all = (0..<vocabulary.count).map { units(vocabulary, $0) }
      return all.map { mine in mine.filter { unit in all.count { $0.contains(unit) } > 1 } }
    }
    let (left, right) = (shared(corpus.source.vocabulary), shared(corpus.target.vocabulary))
    var table: [[Int]: Float] = [:]
    for row in 0..<pairs.rowCount {
      for pair in pairs.pairs(ofRow: row) { table[[row, Int(pairs.targets[pair])]] = counts[pair] }
    }
    /// The share of a unit's counts, over the words of one side that have it.
    func share(_ own: (Int, Int) -> Bool, of all: (Int, Int) -> Bool) -> Float {
      var (part, total) = (Float(0), Float(1))
      for (key, count) in table where all(key[0], key[1]) {
        total += count
        if own(key[0], key[1]) { part += count }
      }
      return part / total
    }
    for row in 0..<pairs.rowCount {
      for pair in pairs.pairs(ofRow: row) {
        let column = Int(pairs.targets[pair])
        var expected: Float = 0
        for unit in left[row] {
          expected +=
            share({ $1 == column }, of: { row, _ in left[row].contains(unit) })
            * 3 / Float(left[row].count)
        }
        for unit in right[column] {
          expected +=
            share({ other, _ in other == row }, of: { _, column in right[column].contains(unit) })
            * 2 / Float(right[column].count)
        }
        #expect(abs(prior[pair] - expected) < 0.02, "\(row) \(column)")
      }
    }
    #expect(left.contains { !$0.isEmpty } && right.contains { !$0.isEmpty })
  }

  @Test(arguments: [
    // ψ by Abramowitz and Stegun 6.3.
    (0.1, -10.423_754), (0.5, -1.963_510), (1, -0.577_216), (1.5, 0.036_490), (3, 0.922_784),
    (10, 2.251_753), (1000, 6.907_255),
  ])
  func exponentialOfDigamma(value: Double, digamma: Double) {
    let expected = exp(digamma)
    #expect(abs(Double(exponentialDigamma(Float(value))) - expected) < expected * 1e-3)
  }

  @Test func tinyCountsVanish() {
    #expect(exponentialDigamma(0) == 0)
    #expect(exponentialDigamma(0.03) < 1e-10)
  }
}
