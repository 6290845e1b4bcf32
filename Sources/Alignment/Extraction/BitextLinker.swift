internal import Bitext
internal import Segmentation

/// Links the words of a bitext of any size: learns from all of it while it is small, else from
/// pairs taken evenly from it, and links batch by batch.
struct BitextLinker {
  private let corpus: WordCorpus
  private let model: WordModel
  /// How many beads there are; more than the corpus has when that is a sample.
  private let count: Int
  /// The vocabulary of the sample alone, for batches that are not in it.
  private let empty: WordCorpus

  /// Links that are likelier than not: fewer and surer ones than those with the fewest errors, since
  /// a wrong link costs a phrase its pair and a missing one does not.
  private static let threshold = LinkThreshold(share: 0.5)
  /// Pairs that are learnt from at the most; beyond that words are learnt no better.
  private static let sampleLimit = 131_072

  init(
    _ texts: some TranslatedTexts, languages: (source: LanguageTag, target: LanguageTag),
    aligner: WordAligner, sampleLimit: Int = Self.sampleLimit
  ) throws {
    let sample = try EvenSample(texts, limit: sampleLimit)
    var corpus = WordCorpus(source: languages.source, target: languages.target)
    try corpus.append(sample.pairs)
    self.corpus = corpus
    count = sample.count
    model = aligner.learn(from: corpus, first: 0..<0)
    corpus.removePairs()
    empty = corpus
  }

  /// The words and links of a batch whose first bead has a number.
  func link(_ texts: [TranslatedText], from first: Int) throws -> [LinkedWords] {
    guard corpus.count < count else {
      return links(in: corpus, of: first..<first + texts.count)
    }
    var batch = empty
    try batch.append(texts.map { ($0.source, $0.target) })
    return links(in: batch, of: 0..<texts.count)
  }

  private func links(in corpus: WordCorpus, of range: Range<Int>) -> [LinkedWords] {
    let links = model.links(in: corpus, of: range, threshold: Self.threshold)
    return range.map { pair in
      LinkedWords(
        source: Array(corpus.sourceWords(of: pair)), target: Array(corpus.targetWords(of: pair)),
        links: Array(links[pair - range.lowerBound]))
    }
  }
}

/// Pairs taken evenly from a bitext whose length is not known beforehand: every one, then every
/// second, every fourth …
struct EvenSample {
  private(set) var pairs: [(source: String, target: String)] = []
  /// How many pairs the bitext has.
  private(set) var count = 0

  init(_ texts: some TranslatedTexts, limit: Int) throws {
    var step = 1
    var pairs: [(source: String, target: String)] = []
    var count = 0
    try texts.forEachBatch(of: 1024) { batch in
      for text in batch {
        if count % step == 0 { pairs.append((text.source, text.target)) }
        count += 1
        if pairs.count > limit {
          pairs = stride(from: 0, to: pairs.count, by: 2).map { pairs[$0] }
          step *= 2
        }
      }
    }
    self.pairs = pairs
    self.count = count
  }
}

extension WordCorpus {
  /// Forgets the pairs and keeps the numbers of the words.
  mutating func removePairs() {
    for side in [\WordCorpus.source, \WordCorpus.target] {
      self[keyPath: side].types = []
      self[keyPath: side].ranges = []
      self[keyPath: side].starts = [0]
    }
  }
}
