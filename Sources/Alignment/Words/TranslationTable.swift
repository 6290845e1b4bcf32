/// How likely words translate each other, for the pairs of some texts.
struct TranslationTable: Sendable {
  /// Both directions beside each other, since they are always asked together.
  struct Probabilities: Sendable {
    /// Of the target type, given the source type.
    var forward: Float
    /// Of the source type, given the target type.
    var backward: Float
  }

  let pairs: WordPairs
  let probabilities: FixedBuffer<Probabilities>

  init(_ pairs: WordPairs) {
    self.pairs = pairs
    probabilities = FixedBuffer(
      repeating: Probabilities(forward: 0, backward: 0), count: pairs.count)
  }
}

/// How often each type occurs: what a word without a counterpart is drawn from.
struct NullTable: Sendable {
  private(set) var source: [Float]
  private(set) var target: [Float]

  init(of texts: [UInt32], in corpus: WordCorpus) {
    source = Self.shares(texts, corpus.source)
    target = Self.shares(texts, corpus.target)
  }

  private static func shares(_ texts: [UInt32], _ side: WordCorpus.Side) -> [Float] {
    var counts = [Float](repeating: 0, count: side.vocabulary.count)
    var total: Float = 1
    for text in texts {
      for word in side.words(of: Int(text)) { counts[Int(side.types[word])] += 1 }
      total += Float(side.words(of: Int(text)).count)
    }
    return counts.map { max($0, 0.01) / total }
  }
  /// For types too that the corpus has got since, which are rare.
  func grown(to corpus: WordCorpus) -> NullTable {
    var table = self
    func fill(_ shares: inout [Float], _ count: Int) {
      let least = shares.min() ?? 1
      while shares.count < count { shares.append(least) }
    }
    fill(&table.source, corpus.source.vocabulary.count)
    fill(&table.target, corpus.target.vocabulary.count)
    return table
  }

  func learnt(_ texts: [UInt32], _ corpus: WordCorpus, _ unlinked: (source: FixedBuffer<Float>, target: FixedBuffer<Float>), _ weight: Float) -> NullTable {
    var table = self
    func fill(_ shares: inout [Float], _ side: WordCorpus.Side, _ buffer: FixedBuffer<Float>) {
      var sum: Float = 0, n: Float = 0
      var counts = [Float](repeating: 0, count: shares.count)
      for text in texts { for word in side.words(of: Int(text)) { counts[Int(side.types[word])] += buffer[word]; sum += buffer[word]; n += 1 } }
      for t in shares.indices { shares[t] = (counts[t] + shares[t] * n * weight) / (sum + n * weight) }
    }
    fill(&table.source, corpus.source, unlinked.source)
    fill(&table.target, corpus.target, unlinked.target)
    return table
  }
}
