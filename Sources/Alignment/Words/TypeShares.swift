/// The share of each type among the words of its side: of all words, or of those without a
/// counterpart.
struct TypeShares: Sendable {
  private(set) var source: [Float]
  private(set) var target: [Float]

  /// The shares among all words of some texts.
  init(of texts: [UInt32], in corpus: WordCorpus) {
    source = Self.shares(of: texts, corpus.source)
    target = Self.shares(of: texts, corpus.target)
  }

  /// A type of texts that are not among these.
  private static let leastCount: Float = 0.01

  private static func shares(of texts: [UInt32], _ side: WordCorpus.Side) -> [Float] {
    var counts = [Float](repeating: 0, count: side.vocabulary.count)
    var total: Float = 1
    for text in texts {
      for word in side.words(of: Int(text)) { counts[Int(side.types[word])] += 1 }
      total += Float(side.words(of: Int(text)).count)
    }
    return counts.map { max($0, leastCount) / total }
  }

  /// The shares among unlinked words, these here being their prior.
  ///
  /// - Parameters:
  ///   - unlinked: how likely each word of the corpus has no counterpart.
  ///   - texts: those that count.
  ///   - corpus: that the words stand in.
  ///   - weight: of the prior, as a share of the words of the texts.
  /// - Returns: the shares.
  func updated(
    by unlinked: Unlinked, of texts: [UInt32], in corpus: WordCorpus, weight: Float
  ) -> TypeShares {
    func update(
      _ shares: [Float], _ side: WordCorpus.Side, _ unlinked: FixedBuffer<Float>
    ) -> [Float] {
      var counts = [Float](repeating: 0, count: shares.count)
      var sum: Float = 0
      var words: Float = 0
      for text in texts {
        for word in side.words(of: Int(text)) {
          counts[Int(side.types[word])] += unlinked[word]
          sum += unlinked[word]
        }
        words += Float(side.words(of: Int(text)).count)
      }
      let pseudo = words * weight
      return shares.indices.map { (counts[$0] + shares[$0] * pseudo) / max(sum + pseudo, 1e-6) }
    }
    var result = self
    result.source = update(source, corpus.source, unlinked.source)
    result.target = update(target, corpus.target, unlinked.target)
    return result
  }

  /// With types too that the corpus has got since, which are rare.
  func grown(to corpus: WordCorpus) -> TypeShares {
    func grow(_ shares: [Float], _ count: Int) -> [Float] {
      let least = shares.min() ?? 1
      return shares + [Float](repeating: least, count: max(0, count - shares.count))
    }
    var result = self
    result.source = grow(source, corpus.source.vocabulary.count)
    result.target = grow(target, corpus.target.vocabulary.count)
    return result
  }
}

/// How likely each word of a corpus has no counterpart.
struct Unlinked: Sendable {
  let source: FixedBuffer<Float>
  let target: FixedBuffer<Float>

  init(_ corpus: WordCorpus) {
    source = FixedBuffer(repeating: 0, count: corpus.source.types.count)
    target = FixedBuffer(repeating: 0, count: corpus.target.types.count)
  }
}
