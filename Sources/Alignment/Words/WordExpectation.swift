internal import Bitext

/// The expectation step: how likely each source word is linked with each target word of its pair of
/// texts, in both directions.
struct WordExpectation: Sendable {
  let corpus: WordCorpus
  let texts: [UInt32]
  let table: TranslationTable
  /// How often each type occurs.
  let frequencies: TypeShares
  /// What words without a counterpart are.
  var nulls: TypeShares
  let settings: WordModelSettings

  /// The share of a cell in the two directions.
  typealias Shares = (forward: Float, backward: Float)

  /// By Model 1 (Brown et al. 1993), which does not ask where words stand.
  ///
  /// `store` is called on several threads with the number of each cell and its shares.
  func byWords(_ store: @escaping @Sendable (Int, Shares) -> Void) {
    concurrently(overRangesOf: texts.count) { range in
      var columnSums: [Float] = []
      for index in range { shareByWords(index, &columnSums, store) }
    }
  }

  private func shareByWords(
    _ index: Int, _ columnSums: inout [Float], _ store: (Int, Shares) -> Void
  ) {
    let rows = corpus.source.words(of: Int(texts[index]))
    let columns = corpus.target.words(of: Int(texts[index]))
    let odds = settings.null / (1 - settings.null)
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
}
