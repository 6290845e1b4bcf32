internal import Bitext

/// Learns a translation table and jumps by expectation and maximisation.
///
/// Variational Bayes with Dirichlet priors (Johnson 2007; Riley and Gildea 2012) keeps rare words
/// from taking what nothing else explains. Both directions are learnt together: what they count is
/// the geometric mean of what each expects, after Liang, Taskar and Klein (2006).
struct WordLearning {
  private let corpus: WordCorpus
  private let texts: [UInt32]
  private let settings: WordModelSettings
  private let table: TranslationTable
  private let frequencies: TypeShares
  /// For each cell the share that both directions agree on.
  private let shares: FixedBuffer<Float>
  /// For each pair how often it is expected, what is known of it beforehand, and its pseudo-count.
  private let counts: FixedBuffer<Float>
  private let known: FixedBuffer<Float>
  private let prior: FixedBuffer<Float>
  private let unitPriors: UnitPriors
  private var jumps = (forward: JumpModel(), backward: JumpModel())

  init(
    _ corpus: WordCorpus, texts: [UInt32], priors: WordPriors, settings: WordModelSettings
  ) {
    self.corpus = corpus
    self.texts = texts
    self.settings = settings
    let pairs = TypePairs(of: texts, in: corpus)
    table = TranslationTable(pairs)
    frequencies = TypeShares(of: texts, in: corpus)
    shares = FixedBuffer(repeating: 0, count: pairs.cells.count)
    counts = FixedBuffer(repeating: 0, count: pairs.count)
    known = priors.weights(of: pairs)
    prior = FixedBuffer(repeating: 0, count: pairs.count)
    unitPriors = UnitPriors(corpus)
  }

  mutating func run(_ priors: WordPriors) -> WordModel {
    start()
    var expectation = WordExpectation(
      corpus: corpus, texts: texts, table: table, frequencies: frequencies, nulls: frequencies,
      settings: settings)
    let shares = self.shares
    for _ in 0..<settings.lexicalRounds {
      expectation.byWords { shares[$0] = ($1.forward * $1.backward).squareRoot() }
      maximise()
    }
    let unlinked = Unlinked(corpus)
    for _ in 0..<settings.jumpRounds {
      let counts = expectation.byJumps(jumps, countsJumps: true, unlinked: unlinked) {
        shares[$0] = ($1.forward * $1.backward).squareRoot()
      }
      jumps = (
        JumpModel(counts: counts.forward, smoothing: settings.jumpSmoothing),
        JumpModel(counts: counts.backward, smoothing: settings.jumpSmoothing)
      )
      expectation.nulls = frequencies.updated(
        by: unlinked, of: texts, in: corpus, weight: settings.nullPrior)
      maximise()
    }
    return WordModel(
      table: table, frequencies: frequencies, nulls: expectation.nulls, jumps: jumps,
      totals: totals(), priors: priors, settings: settings)
  }

  /// Before the first round a translation is any word, as often as it occurs, the known ones far
  /// likelier.
  private func start() {
    let pairs = table.pairs
    concurrently(overRangesOf: pairs.rowCount) { rows in
      for row in rows {
        for pair in pairs.pairs(ofRow: row) {
          let weight = 1 + settings.priorStart * known[pair]
          table.probabilities[pair] = TranslationTable.Probabilities(
            forward: weight * frequencies.target[Int(pairs.targets[pair])],
            backward: weight * frequencies.source[row])
        }
      }
    }
  }

  private func maximise() {
    count()
    setPriors()
    let totals = self.totals()
    let pairs = table.pairs
    concurrently(overRangesOf: pairs.rowCount) { rows in
      for row in rows {
        for pair in pairs.pairs(ofRow: row) {
          let value = exponentialDigamma(counts[pair] + prior[pair])
          table.probabilities[pair] = TranslationTable.Probabilities(
            forward: max(value / totals.source[row], settings.floor),
            backward: max(value / totals.target[Int(pairs.targets[pair])], settings.floor))
        }
      }
    }
  }

  /// Sums the cells of each pair, in the order of the texts.
  private func count() {
    let pairs = table.pairs
    concurrently(overRangesOf: pairs.rowCount) { rows in
      for row in rows {
        for pair in pairs.pairs(ofRow: row) { counts[pair] = 0 }
        for place in pairs.occurrences(ofRow: row) {
          for cell in pairs.occurrences[place].cells {
            counts[Int(pairs.cells[cell])] += shares[cell]
          }
        }
      }
    }
  }

  private func setPriors() {
    for pair in 0..<prior.count {
      prior[pair] = settings.sparsity + settings.priorStrength * known[pair]
    }
    unitPriors.spread(
      counts, of: table.pairs, strength: (settings.sourceUnits, settings.targetUnits),
      to: prior)
  }

  /// What the counts of each type are divided by.
  private func totals() -> WordModel.Totals {
    let pairs = table.pairs
    var source = [Float](repeating: 0, count: pairs.rowCount)
    var target = [Float](repeating: 0, count: frequencies.target.count)
    for row in 0..<pairs.rowCount {
      for pair in pairs.pairs(ofRow: row) {
        let value = counts[pair] + prior[pair]
        source[row] += value
        target[Int(pairs.targets[pair])] += value
      }
    }
    func divisors(_ sums: [Float]) -> [Float] { sums.map { max(exponentialDigamma($0), 1e-9) } }
    return WordModel.Totals(source: divisors(source), target: divisors(target))
  }
}
