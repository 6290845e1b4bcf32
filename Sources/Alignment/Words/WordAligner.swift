internal import Bitext
public import Segmentation

/// Finds which words of a text translate which of another.
///
/// Learns from the pairs themselves: Model 1 and a hidden Markov model of both directions that
/// agree, with Dirichlet priors from lexicons, terms, numbers, marks, words written alike, and the
/// parts that words share. No random numbers: the same corpus gives the same links, whatever the
/// number of cores. The method and its sources are told in docs/design/word-alignment.md.
///
/// ```swift
/// var corpus = WordCorpus(source: .english, target: .simplifiedChinese)
/// try corpus.append([(source: "Golden Phoenix", target: "金凤凰")])
/// let links = WordAligner().align(corpus)
/// for link in links[0] { print(corpus.sourceWords(of: 0)[link.source] …) }
/// ```
public struct WordAligner: Sendable {
  private let lexicons: [Lexicon]
  private let settings: WordModelSettings

  /// - Parameters:
  ///   - lexicons: bilingual word lists, in either direction; those of other languages than the
  ///     corpus's are not asked.
  ///   - anchors: term pairs that translate each other for certain, such as a termbase's.
  public init(lexicons: [Lexicon] = [.builtin], anchors: TermAnchors? = nil) {
    self.init(lexicons: lexicons, anchors: anchors, settings: WordModelSettings())
  }

  package init(
    lexicons: [Lexicon], anchors: TermAnchors? = nil, settings: WordModelSettings
  ) {
    self.lexicons = (anchors.map { [$0.lexicon] } ?? []) + lexicons
    self.settings = settings
  }

  /// Learns from a corpus and links its words.
  ///
  /// - Parameters:
  ///   - corpus: the pairs of texts.
  ///   - threshold: which links are kept.
  /// - Returns: the links of each pair. A pair of two very long texts, with more than a million
  ///   pairs of words, has none.
  public func align(_ corpus: WordCorpus, threshold: LinkThreshold = .balanced) -> WordLinks {
    learn(from: corpus, first: 0..<corpus.count).links(
      in: corpus, of: 0..<corpus.count, threshold: threshold)
  }

  /// Learns from a corpus.
  ///
  /// Of a great corpus, a part: the pairs of `first`, then the shortest, which say most for their
  /// size, up to a fixed number of pairs of words.
  ///
  /// - Parameters:
  ///   - corpus: the pairs of texts.
  ///   - first: those that are to be linked, which are learnt from before others.
  /// - Returns: what links words of the corpus.
  public func learn(from corpus: WordCorpus, first: Range<Int>) -> WordModel {
    let priors = WordPriors(corpus, lexicons: lexicons)
    var learning = WordLearning(
      corpus, texts: sample(corpus, first: first), priors: priors, settings: settings)
    return learning.run(priors)
  }

  private func sample(_ corpus: WordCorpus, first: Range<Int>) -> [UInt32] {
    let others = [0..<first.lowerBound, first.upperBound..<corpus.count]
    var sample: [UInt32] = []
    var cells = 0
    func take(_ texts: [UInt32]) {
      for (size, text) in texts.map({ (corpus.size($0), $0) }).sorted(by: <) where size > 0 {
        cells += size
        guard cells <= settings.mostCells, size <= settings.mostCellsOfText else { return }
        sample.append(text)
      }
    }
    take(first.map { UInt32($0) })
    take(others.joined().map { UInt32($0) })
    return sample.sorted()
  }
}
