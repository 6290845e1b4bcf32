/// The expectation step: how likely each source word is linked with each target word of its pair of
/// texts, in both directions.
struct WordExpectation: Sendable {
  let corpus: WordCorpus
  let texts: [UInt32]
  let table: TranslationTable
  var nulls: NullTable
  /// The probability that a word has no counterpart.
  let null: Float
  let frequent: Float
  var unlinked: (source: FixedBuffer<Float>, target: FixedBuffer<Float>)?

  /// The share of a cell in the two directions.
  typealias Shares = (forward: Float, backward: Float)

  /// By Model 1 (Brown et al. 1993), which does not ask where words stand.
  ///
  /// `store` is called on several threads with the number of each cell and its shares.
  func byWords(_ store: @escaping @Sendable (Int, Shares) -> Void) {
    concurrently(overRangesOf: texts.count) { range in
      var columnSums: [Float] = []
      for index in range { lexicalShares(index, &columnSums, store) }
    }
  }

  private func lexicalShares(
    _ index: Int, _ columnSums: inout [Float], _ store: (Int, Shares) -> Void
  ) {
    let rows = corpus.source.words(of: Int(texts[index]))
    let columns = corpus.target.words(of: Int(texts[index]))
    let odds = null / (1 - null)
    columnSums.removeAll(keepingCapacity: true)
    for word in columns {
      columnSums.append(nulls.target[Int(corpus.target.types[word])] * odds * Float(rows.count))
    }
    var cell = table.pairs.tableStarts[index]
    for _ in rows {
      for column in 0..<columns.count {
        columnSums[column] += table.probabilities[Int(table.pairs.cells[cell])].forward
        cell += 1
      }
    }
    cell = table.pairs.tableStarts[index]
    for word in rows {
      var sum = nulls.source[Int(corpus.source.types[word])] * odds * Float(columns.count)
      for column in 0..<columns.count {
        sum += table.probabilities[Int(table.pairs.cells[cell + column])].backward
      }
      for column in 0..<columns.count {
        let known = table.probabilities[Int(table.pairs.cells[cell + column])]
        store(cell + column, (known.forward / columnSums[column], known.backward / sum))
      }
      cell += columns.count
    }
  }

  /// By the hidden Markov model, which expects neighbours to have neighbours as counterparts.
  ///
  /// `store` is called on several threads with the number of each cell and its shares.
  ///
  /// - Returns: the expected jumps of both directions, where `countsJumps` asks for them.
  @discardableResult
  func byJumps(
    _ jumps: (forward: JumpModel, backward: JumpModel), countsJumps: Bool,
    _ store: @escaping @Sendable (Int, Shares) -> Void
  ) -> (forward: [Float], backward: [Float]) {
    let parts = min(rangeCount, texts.count)
    let results = PartialResults<(forward: [Float], backward: [Float])>(count: parts)
    concurrently(parts) { part in
      var chains = (
        forward: HiddenMarkovChain(jumps.forward, null: null),
        backward: HiddenMarkovChain(jumps.backward, null: null)
      )
      for index in texts.count * part / parts..<texts.count * (part + 1) / parts {
        run(index, &chains.forward, &chains.backward, countsJumps, store)
      }
      results[part] = (chains.forward.jumps.array, chains.backward.jumps.array)
    }
    var sums = (
      forward: [Float](repeating: 0, count: JumpModel.size * JumpModel.kinds),
      backward: [Float](repeating: 0, count: JumpModel.size * JumpModel.kinds)
    )
    for part in 0..<parts {
      guard let result = results[part] else { continue }
      for jump in 0..<JumpModel.size * JumpModel.kinds {
        sums.forward[jump] += result.forward[jump]
        sums.backward[jump] += result.backward[jump]
      }
    }
    return sums
  }

  private func run(
    _ index: Int, _ forward: inout HiddenMarkovChain, _ backward: inout HiddenMarkovChain,
    _ countsJumps: Bool, _ store: (Int, Shares) -> Void
  ) {
    let rows = corpus.source.words(of: Int(texts[index]))
    let columns = corpus.target.words(of: Int(texts[index]))
    let (height, width) = (rows.count, columns.count)
    guard height > 0, width > 0 else { return }
    forward.reserve(states: height, words: width)
    backward.reserve(states: width, words: height)
    let first = table.pairs.tableStarts[index]
    for (row, word) in rows.enumerated() {
      for column in 0..<width {
        let known = table.probabilities[Int(table.pairs.cells[first + row * width + column])]
        forward.emissions[column * height + row] = known.forward
        backward.emissions[row * width + column] = known.backward
      }
      backward.nulls[row] = nulls.source[Int(corpus.source.types[word])]
    }
    for (column, word) in columns.enumerated() {
      forward.nulls[column] = nulls.target[Int(corpus.target.types[word])]
    }
    setKinds(&forward, corpus.target, columns, nulls.target)
    setKinds(&backward, corpus.source, rows, nulls.source)
    forward.run(states: height, words: width, countsJumps: countsJumps)
    backward.run(states: width, words: height, countsJumps: countsJumps)
    if let unlinked {
      for column in 0..<width {
        var sum: Float = 0
        for row in 0..<height { sum += forward.shares[column * height + row] }
        unlinked.target[columns.lowerBound + column] = max(0, 1 - sum)
      }
      for row in 0..<height {
        var sum: Float = 0
        for column in 0..<width { sum += backward.shares[row * width + column] }
        unlinked.source[rows.lowerBound + row] = max(0, 1 - sum)
      }
    }
    for row in 0..<height {
      for column in 0..<width {
        let shares = (
          forward: forward.shares[column * height + row],
          backward: backward.shares[row * width + column]
        )
        store(first + row * width + column, shares)
      }
    }
  }

  private func setKinds(
    _ chain: inout HiddenMarkovChain, _ side: WordCorpus.Side, _ words: Range<Int>,
    _ shares: [Float]
  ) {
    var before = false
    for (place, word) in words.enumerated() {
      let isFrequent = shares[Int(side.types[word])] > frequent
      chain.kinds[place] = UInt8(JumpModel.kind(from: before, to: isFrequent))
      before = isFrequent
    }
    chain.kinds[words.count] = UInt8(JumpModel.kind(from: before, to: false))
  }
}
