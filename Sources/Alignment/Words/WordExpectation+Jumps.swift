internal import Bitext

extension WordExpectation {
  /// By the hidden Markov model, which expects neighbours to have neighbours as counterparts.
  ///
  /// - Parameters:
  ///   - jumps: of both directions.
  ///   - countsJumps: whether the jumps are to be counted.
  ///   - unlinked: is told how likely each word has no counterpart.
  ///   - store: is called on several threads with the number of each cell and its shares.
  /// - Returns: the expected jumps of both directions, by kind and class.
  @discardableResult
  func byJumps(
    _ jumps: (forward: JumpModel, backward: JumpModel), countsJumps: Bool,
    unlinked: Unlinked? = nil, _ store: @escaping @Sendable (Int, Shares) -> Void
  ) -> (forward: [Float], backward: [Float]) {
    let parts = min(rangeCount, texts.count)
    let results = PartialResults<(forward: [Float], backward: [Float])>(count: parts)
    concurrently(parts) { part in
      var chains = (
        forward: HiddenMarkovChain(jumps.forward, null: settings.null),
        backward: HiddenMarkovChain(jumps.backward, null: settings.null)
      )
      for index in texts.count * part / parts..<texts.count * (part + 1) / parts {
        let table = WordTable(self, index)
        guard table.rows.count > 0, table.columns.count > 0 else { continue }
        fill(&chains.forward, &chains.backward, table)
        chains.forward.run(
          states: table.rows.count, words: table.columns.count, countsJumps: countsJumps)
        chains.backward.run(
          states: table.columns.count, words: table.rows.count, countsJumps: countsJumps)
        if let unlinked { tell(unlinked, chains.forward, chains.backward, table) }
        for row in 0..<table.rows.count {
          for column in 0..<table.columns.count {
            let shares = (
              forward: chains.forward.shares[column * chains.forward.stride + row],
              backward: chains.backward.shares[row * chains.backward.stride + column]
            )
            store(table.cell(row, column), shares)
          }
        }
      }
      results[part] = (chains.forward.jumps.array, chains.backward.jumps.array)
    }
    return Self.sum(results, parts)
  }

  /// The table of one pair of texts: its words in the corpus and its first cell.
  private struct WordTable {
    let rows: Range<Int>
    let columns: Range<Int>
    let first: Int

    init(_ expectation: WordExpectation, _ index: Int) {
      let text = Int(expectation.texts[index])
      rows = expectation.corpus.source.words(of: text)
      columns = expectation.corpus.target.words(of: text)
      first = expectation.table.pairs.tableStarts[index]
    }

    func cell(_ row: Int, _ column: Int) -> Int { first + row * columns.count + column }
  }

  /// Adds up what the threads counted, always in the same order.
  private static func sum(
    _ results: PartialResults<(forward: [Float], backward: [Float])>, _ parts: Int
  ) -> (forward: [Float], backward: [Float]) {
    let zeros = [Float](repeating: 0, count: JumpModel.size * JumpModel.kinds)
    var sums = (forward: zeros, backward: zeros)
    for part in 0..<parts {
      guard let result = results[part] else { continue }
      for jump in zeros.indices {
        sums.forward[jump] += result.forward[jump]
        sums.backward[jump] += result.backward[jump]
      }
    }
    return sums
  }

  private func fill(
    _ forward: inout HiddenMarkovChain, _ backward: inout HiddenMarkovChain, _ words: WordTable
  ) {
    let (height, width) = (words.rows.count, words.columns.count)
    forward.reserve(states: height, words: width)
    backward.reserve(states: width, words: height)
    for row in 0..<height {
      for column in 0..<width {
        let known = table.probabilities[Int(table.pairs.cells[words.cell(row, column)])]
        forward.emissions[column * forward.stride + row] = known.forward
        backward.emissions[row * backward.stride + column] = known.backward
      }
    }
    for column in 0..<width {
      for row in height..<forward.stride { forward.emissions[column * forward.stride + row] = 0 }
    }
    for row in 0..<height {
      for column in width..<backward.stride {
        backward.emissions[row * backward.stride + column] = 0
      }
    }
    describe(words.columns, corpus.target, frequencies.target, nulls.target, &forward)
    describe(words.rows, corpus.source, frequencies.source, nulls.source, &backward)
  }

  /// What the words of a text are to a chain that emits them.
  private func describe(
    _ words: Range<Int>, _ side: WordCorpus.Side, _ frequencies: [Float], _ nulls: [Float],
    _ chain: inout HiddenMarkovChain
  ) {
    var wasFrequent = false
    for (place, word) in words.enumerated() {
      let type = Int(side.types[word])
      let isFrequent = frequencies[type] > settings.frequent
      chain.nulls[place] = nulls[type]
      chain.kinds[place] = UInt8(JumpModel.kind(from: wasFrequent, to: isFrequent))
      wasFrequent = isFrequent
    }
    chain.kinds[words.count] = UInt8(JumpModel.kind(from: wasFrequent, to: false))
  }

  private func tell(
    _ unlinked: Unlinked, _ forward: HiddenMarkovChain, _ backward: HiddenMarkovChain,
    _ words: WordTable
  ) {
    let (height, width) = (words.rows.count, words.columns.count)
    for column in 0..<width {
      var sum: Float = 0
      for row in 0..<height { sum += forward.shares[column * forward.stride + row] }
      unlinked.target[words.columns.lowerBound + column] = max(0, 1 - sum)
    }
    for row in 0..<height {
      var sum: Float = 0
      for column in 0..<width { sum += backward.shares[row * backward.stride + column] }
      unlinked.source[words.rows.lowerBound + row] = max(0, 1 - sum)
    }
  }
}
