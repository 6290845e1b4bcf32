internal import Bitext

/// What a ``WordAligner`` has learnt from a corpus: finds the links of that corpus's pairs, and of
/// those that were added to it since.
public struct WordModel: Sendable {
  let table: TranslationTable
  let frequencies: TypeShares
  let nulls: TypeShares
  let jumps: (forward: JumpModel, backward: JumpModel)
  /// What the counts of each type were divided by.
  let totals: Totals
  let priors: WordPriors
  let settings: WordModelSettings

  struct Totals: Sendable {
    var source: [Float]
    var target: [Float]
  }

  /// The links of some pairs of a corpus.
  ///
  /// - Parameters:
  ///   - corpus: the one that was learnt from, to which pairs may have been added.
  ///   - range: the numbers of the pairs.
  ///   - threshold: which links are kept.
  /// - Returns: the links, the first pair of the range being number 0.
  public func links(
    in corpus: WordCorpus, of range: Range<Int>, threshold: LinkThreshold = .balanced
  ) -> WordLinks {
    var result = WordLinks()
    var texts: [UInt32] = []
    var cells = 0
    for text in range {
      let size = corpus.size(UInt32(text))
      // Tables of some texts at a time: memory stays the same for any number of them.
      if cells + size > Self.cellsAtOnce, !texts.isEmpty {
        result.append(links(in: corpus, of: texts, threshold))
        texts = []
        cells = 0
      }
      texts.append(UInt32(text))
      cells += size
    }
    result.append(links(in: corpus, of: texts, threshold))
    return result
  }

  /// Whether a pair is too long to be linked.
  public func skips(_ pair: Int, in corpus: WordCorpus) -> Bool {
    corpus.size(UInt32(pair)) > settings.mostCellsOfText
  }

  private static let cellsAtOnce = 4_000_000

  private func links(
    in corpus: WordCorpus, of texts: [UInt32], _ threshold: LinkThreshold
  ) -> WordLinks {
    let fitting = texts.filter { corpus.size($0) > 0 && !skips(Int($0), in: corpus) }
    let pairs = TypePairs(of: fitting, in: corpus)
    let table = TranslationTable(pairs)
    fill(table, corpus)
    let shares = FixedBuffer<Float>(repeating: 0, count: pairs.cells.count)
    let expectation = WordExpectation(
      corpus: corpus, texts: fitting, table: table, frequencies: frequencies.grown(to: corpus),
      nulls: nulls.grown(to: corpus), settings: settings)
    expectation.byJumps(jumps, countsJumps: false) { shares[$0] = ($1.forward + $1.backward) / 2 }
    var result = WordLinks()
    var next = 0
    for text in texts {
      guard next < fitting.count, fitting[next] == text else {
        result.append([])
        continue
      }
      var links: [WordLink] = []
      let columns = corpus.target.words(of: Int(text)).count
      for cell in pairs.tableStarts[next]..<pairs.tableStarts[next + 1]
      where shares[cell] >= threshold.share {
        let place = cell - pairs.tableStarts[next]
        links.append(
          WordLink(
            source: UInt32(place / columns), target: UInt32(place % columns), share: shares[cell]))
      }
      result.append(links)
      next += 1
    }
    return result
  }

  /// Looks up what was learnt of the pairs of a table; of new ones the priors tell.
  private func fill(_ table: TranslationTable, _ corpus: WordCorpus) {
    let pairs = table.pairs
    let known = priors.grown(to: corpus).weights(of: pairs)
    let learnt = self.table
    concurrently(overRangesOf: pairs.rowCount) { rows in
      var numbers = [UInt32](repeating: 0, count: corpus.target.vocabulary.count)
      for row in rows where !pairs.pairs(ofRow: row).isEmpty {
        let old = row < learnt.pairs.rowCount ? learnt.pairs.pairs(ofRow: row) : 0..<0
        for pair in old { numbers[Int(learnt.pairs.targets[pair])] = UInt32(pair + 1) }
        for pair in pairs.pairs(ofRow: row) {
          let number = Int(numbers[Int(pairs.targets[pair])])
          table.probabilities[pair] =
            number > 0
            ? learnt.probabilities[number - 1]
            : probabilities(known[pair], row: row, column: Int(pairs.targets[pair]))
        }
        for pair in old { numbers[Int(learnt.pairs.targets[pair])] = 0 }
      }
    }
  }

  /// Of a pair that was not learnt from.
  private func probabilities(_ known: Float, row: Int, column: Int)
    -> TranslationTable.Probabilities
  {
    let prior = settings.sparsity + settings.priorStrength * known
    let value = exponentialDigamma(prior)
    func share(_ totals: [Float], _ type: Int) -> Float {
      max(value / (type < totals.count ? totals[type] + prior : max(1, prior)), settings.floor)
    }
    return TranslationTable.Probabilities(
      forward: share(totals.source, row), backward: share(totals.target, column))
  }
}
