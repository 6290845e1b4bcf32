/// What is tuned in the word model.
package struct WordModelSettings: Sendable {
  package init() {}
  /// Rounds of Model 1, then of the hidden Markov model.
  package var lexicalRounds = 4
  package var jumpRounds = 5
  /// Pseudo-count of a pair of which nothing is known.
  package var sparsity: Float = 0.1
  /// Pseudo-counts in all of a type spread over the pairs by their units.
  package var unitStrength: Float = 4
  /// Pseudo-count of a pair that a lexicon has.
  package var lexiconStrength: Float = 3
  package var null: Float = 0.1
  /// 0: each direction counts its own; 1: product; 2: geometric mean
  package var agreement = 2
  package var diagonal: Float = 0
  package var bayes = true
  package var floor: Float = 1e-7
  package var jumpSmoothing: Float = 0.1
  package var threshold: Float = 0.3
  package var mode = 0
  package var nullCounts = 0
}

/// The lexical probabilities of both directions, their priors, and the jumps.
final class WordModel: Sendable {
  let pairs: WordPairs
  let settings: WordModelSettings
  /// For each pair: how likely the target type is given the source type, and the other way round.
  let forward: FixedBuffer<Float>
  let backward: FixedBuffer<Float>
  /// What each type gives to no counterpart.
  let sourceNull: FixedBuffer<Float>
  let targetNull: FixedBuffer<Float>
  /// For each cell how likely the two words are linked, in the last round.
  let shares: FixedBuffer<Float>
  let backShares: FixedBuffer<Float>
  /// Pseudo-counts.
  let prior: FixedBuffer<Float>
  let priorBase: FixedBuffer<Float>
  let counts: FixedBuffer<Float>
  let backCounts: FixedBuffer<Float>
  private let texts: [UInt32]
  private let source: WordCorpus.Side
  private let target: WordCorpus.Side

  init(
    _ corpus: WordCorpus, texts: [UInt32], settings: WordModelSettings,
    priors: (WordPairs) -> FixedBuffer<Float>
  ) {
    pairs = WordPairs(corpus.source, corpus.target, texts: texts)
    self.settings = settings
    self.texts = texts
    source = corpus.source
    target = corpus.target
    func zeros(_ count: Int) -> FixedBuffer<Float> { FixedBuffer(repeating: 0, count: count) }
    forward = zeros(pairs.count)
    backward = zeros(pairs.count)
    counts = zeros(pairs.count)
    backCounts = settings.agreement == 0 ? zeros(pairs.count) : counts
    priorBase = priors(pairs)
    prior = zeros(pairs.count)
    prior.base.update(from: priorBase.base, count: pairs.count)
    for i in 0..<pairs.count { prior[i] += settings.sparsity }
    sourceNull = zeros(corpus.source.vocabulary.count)
    targetNull = zeros(corpus.target.vocabulary.count)
    shares = zeros(pairs.cells.count)
    backShares = settings.agreement == 0 ? zeros(pairs.cells.count) : shares
  }

  func learn() -> (JumpModel, JumpModel) {
    setNulls()
    start()
    for round in 0..<settings.lexicalRounds {
      lexicalRound()
      maximise(last: round == settings.lexicalRounds - 1 && settings.jumpRounds == 0)
    }
    var models = (
      JumpModel(null: settings.null), JumpModel(null: settings.null)
    )
    for _ in 0..<settings.jumpRounds {
      models = jumpRound(models)
      maximise(last: false)
    }
    return models
  }

  private func setNulls() {
    // A word without counterpart is any word, as often as it occurs.
    func fill(_ nulls: FixedBuffer<Float>, _ side: WordCorpus.Side) {
      var total: Float = 0
      for text in texts {
        for token in side.tokens(of: Int(text)) {
          nulls[Int(side.types[token])] += 1
          total += 1
        }
      }
      for index in 0..<nulls.count { nulls[index] = (nulls[index] + 0.01) / total }
    }
    fill(sourceNull, source)
    fill(targetNull, target)
  }

  /// Before the first round all pairs are as likely as their prior says, rare words preferring
  /// rare ones.
  private func start() {
    let pairs = self.pairs
    inParts(of: pairs.rows) { [self] rows in
      for row in rows {
        for pair in pairs.rowStarts[row]..<pairs.rowStarts[row + 1] {
          let weight = 1 + settings.lexiconStrength * priorBase[pair] * 20
          forward[pair] = weight * targetNull[Int(pairs.targets[pair])]
          backward[pair] = weight * sourceNull[row]
        }
      }
    }
  }

  func lexicalRound() {
    let pairs = self.pairs
    inParts(of: texts.count) { [self] part in
      var columnSums: [Float] = []
      for index in part {
        let rows = source.tokens(of: Int(texts[index]))
        let columns = target.tokens(of: Int(texts[index]))
        let first = pairs.cellStarts[index]
        if columnSums.count < columns.count { columnSums = [Float](repeating: 0, count: columns.count * 2) }
        let width = columns.count
        let diagonal = settings.diagonal
        func weight(_ i: Int, _ j: Int) -> Float {
          if diagonal == 0 { return 1 }
          let x = Float(i) / Float(rows.count) - Float(j) / Float(width)
          return exponential(-diagonal * x.magnitude)
        }
        for j in 0..<width {
          columnSums[j] = Float(rows.count) * targetNull[Int(target.types[columns.lowerBound + j])] * settings.null / (1 - settings.null)
        }
        for i in 0..<rows.count {
          let row = first + i * width
          for j in 0..<width {
            columnSums[j] += forward[Int(pairs.cells[row + j])] * weight(i, j)
          }
        }
        for i in 0..<rows.count {
          let row = first + i * width
          var sum = Float(width) * sourceNull[Int(source.types[rows.lowerBound + i])] * settings.null / (1 - settings.null)
          for j in 0..<width { sum += backward[Int(pairs.cells[row + j])] * weight(i, j) }
          let scale = 1 / sum
          for j in 0..<width {
            let pair = Int(pairs.cells[row + j])
            let w = weight(i, j)
            store(row + j, forward[pair] * w / columnSums[j], backward[pair] * w * scale)
          }
        }
      }
    }
  }

  @inline(__always)
  private func store(_ cell: Int, _ a: Float, _ b: Float) {
    switch settings.agreement {
    case 0:
      shares[cell] = a
      backShares[cell] = b
    case 1: shares[cell] = a * b
    default: shares[cell] = (a * b).squareRoot()
    }
  }

  func jumpRound(_ models: (JumpModel, JumpModel), decoding: Bool = false) -> (JumpModel, JumpModel) {
    let parts = 64
    let jumps = SharedSlots<([Float], [Float])>(count: parts)
    let pairs = self.pairs
    let total = texts.count
    inParts(of: parts, parts) { [self] range in
      for part in range {
        var forwardChain = HiddenMarkovChain(models.0)
        var backwardChain = HiddenMarkovChain(models.1)
        for index in total * part / parts..<total * (part + 1) / parts {
          let rows = source.tokens(of: Int(texts[index]))
          let columns = target.tokens(of: Int(texts[index]))
          let (height, width) = (rows.count, columns.count)
          guard height > 0, width > 0 else { continue }
          let first = pairs.cellStarts[index]
          forwardChain.reserve(states: height, words: width)
          backwardChain.reserve(states: width, words: height)
          for i in 0..<height {
            for j in 0..<width {
              let pair = Int(pairs.cells[first + i * width + j])
              forwardChain.emissions[j * height + i] = forward[pair]
              backwardChain.emissions[i * width + j] = backward[pair]
            }
            backwardChain.nulls[i] = sourceNull[Int(source.types[rows.lowerBound + i])]
          }
          for j in 0..<width {
            forwardChain.nulls[j] = targetNull[Int(target.types[columns.lowerBound + j])]
          }
          forwardChain.run(states: height, words: width, countsJumps: !decoding)
          backwardChain.run(states: width, words: height, countsJumps: !decoding)
          for i in 0..<height {
            for j in 0..<width {
              let a = forwardChain.shares[j * height + i]
              let b = backwardChain.shares[i * width + j]
              let cell = first + i * width + j
              if decoding {
                shares[cell] = a
                backShares[cell] = b
              } else {
                store(cell, a, b)
              }
            }
          }
        }
        jumps[part] = (Array(UnsafeBufferPointer(start: forwardChain.jumps.base, count: JumpModel.size)), Array(UnsafeBufferPointer(start: backwardChain.jumps.base, count: JumpModel.size)))
      }
    }
    var sums = ([Float](repeating: 0, count: JumpModel.size), [Float](repeating: 0, count: JumpModel.size))
    for part in 0..<parts {
      guard let (a, b) = jumps[part] else { continue }
      for k in 0..<JumpModel.size { sums.0[k] += a[k]; sums.1[k] += b[k] }
    }
    return (
      JumpModel(counts: sums.0, null: settings.null, smoothing: settings.jumpSmoothing),
      JumpModel(counts: sums.1, null: settings.null, smoothing: settings.jumpSmoothing)
    )
  }

  func maximise(last: Bool) {
    let pairs = self.pairs
    // Counts
    inParts(of: pairs.rows, 256) { [self] rows in
      for row in rows {
        let (a, b) = (pairs.rowStarts[row], pairs.rowStarts[row + 1])
        for pair in a..<b { counts[pair] = 0; backCounts[pair] = 0 }
        for place in pairs.occurrenceStarts[row]..<pairs.occurrenceStarts[row + 1] {
          let occurrence = pairs.occurrences[place]
          for cell in occurrence.cell..<occurrence.cell + Int(occurrence.columns) {
            counts[Int(pairs.cells[cell])] += shares[cell]
            if settings.agreement == 0 { backCounts[Int(pairs.cells[cell])] += backShares[cell] }
          }
        }
      }
    }
    if settings.unitStrength > 0 { setUnitPriors() }
    var columnTotals = [Float](repeating: 0, count: targetNull.count)
    for pair in 0..<pairs.count {
      columnTotals[Int(pairs.targets[pair])] += backCounts[pair] + prior[pair]
    }
    let totals = FixedBuffer(columnTotals.map { expDigamma($0) })
    inParts(of: pairs.rows, 256) { [self] rows in
      for row in rows {
        let (a, b) = (pairs.rowStarts[row], pairs.rowStarts[row + 1])
        var sum: Float = 0
        for pair in a..<b { sum += counts[pair] + prior[pair] }
        let scale = 1 / max(expDigamma(sum), 1e-9)
        for pair in a..<b {
          forward[pair] = max(expDigamma(counts[pair] + prior[pair]) * scale, settings.floor)
          backward[pair] = max(
            expDigamma(backCounts[pair] + prior[pair]) / max(totals[Int(pairs.targets[pair])], 1e-9),
            settings.floor)
        }
      }
    }
  }

  @inline(__always)
  private func expDigamma(_ value: Float) -> Float {
    settings.bayes ? exponentialDigamma(value) : value
  }

  /// Spreads pseudo-counts by what the units of a source word translate elsewhere.
  private func setUnitPriors() {
    let vocabulary = source.vocabulary
    var unitNumbers: [UInt64: Int] = [:]
    var unitTypes: [[UInt32]] = []
    var typeUnits: [[Int]] = []
    for type in 0..<vocabulary.count {
      var mine: [Int] = []
      for unit in vocabulary.units(of: type) {
        let number = unitNumbers[unit] ?? unitTypes.count
        if number == unitTypes.count { unitNumbers[unit] = number; unitTypes.append([]) }
        if !mine.contains(number) { mine.append(number); unitTypes[number].append(UInt32(type)) }
      }
      typeUnits.append(mine)
    }
    // Sparse p(target | unit)
    let lists = SharedSlots<[(UInt32, Float)]>(count: unitTypes.count)
    let pairs = self.pairs
    let allUnitTypes = unitTypes
    let allTypeUnits = typeUnits
    let width = target.vocabulary.count
    inParts(of: unitTypes.count) { [self] part in
      var sums = [Float](repeating: 0, count: width)
      for unit in part where allUnitTypes[unit].count > 1 {
        var touched: [UInt32] = []
        var total: Float = 0
        for type in allUnitTypes[unit] {
          for pair in pairs.rowStarts[Int(type)]..<pairs.rowStarts[Int(type) + 1] where counts[pair] > 1e-3 {
            let t = pairs.targets[pair]
            if sums[Int(t)] == 0 { touched.append(t) }
            sums[Int(t)] += counts[pair]
            total += counts[pair]
          }
        }
        let scale = 1 / (total + 1)
        lists[unit] = touched.compactMap { sums[Int($0)] * scale > 1e-3 ? ($0, sums[Int($0)] * scale) : nil }
        for t in touched { sums[Int(t)] = 0 }
      }
    }
    inParts(of: pairs.rows) { [self] rows in
      var sums = [Float](repeating: 0, count: width)
      for row in rows {
        let units = allTypeUnits[row]
        let share = settings.unitStrength / Float(max(1, units.count))
        for unit in units { for (t, p) in lists[unit] ?? [] { sums[Int(t)] += p * share } }
        for pair in pairs.rowStarts[row]..<pairs.rowStarts[row + 1] {
          prior[pair] = settings.sparsity + priorBase[pair] + sums[Int(pairs.targets[pair])]
        }
        for unit in units { for (t, _) in lists[unit] ?? [] { sums[Int(t)] = 0 } }
      }
    }
  }
}
