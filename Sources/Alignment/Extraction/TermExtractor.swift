public import Bitext
public import Segmentation

/// Finds pairs of terms in a bitext: phrases of both sides that the links of their words join, and
/// pairs that an author gives himself, such as “Golden Phoenix (金凤凰)”.
///
/// The method and its sources are told in docs/design/term-extraction.md.
public struct TermExtractor: Sendable {
  let languages: (source: LanguageTag, target: LanguageTag)
  let lexicon: Lexicon
  private let aligner: WordAligner

  /// Beads that are read at a time. Fixed, since what is dropped for want of room depends on it.
  private static let batch = 1024
  /// The parts of a batch that threads share.
  private static let parts = 32

  /// An extractor for bitexts of two languages.
  ///
  /// - Parameters:
  ///   - source: the language of the source texts.
  ///   - target: the language of the target texts.
  ///   - lexicon: everyday words, whose pairs come after terms.
  ///   - aligner: links the words.
  public init(
    source: LanguageTag, target: LanguageTag, lexicon: Lexicon = .builtin,
    aligner: WordAligner = WordAligner()
  ) {
    languages = (source, target)
    self.lexicon = lexicon
    self.aligner = aligner
  }

  /// The candidates of a bitext, those first that a terminologist wants to see first.
  ///
  /// - Throws: `Trouble` when ICU's data lacks a language, and whatever `texts` throws.
  public func candidates(in texts: some TranslatedTexts) throws -> [TermCandidate] {
    let linker = try BitextLinker(texts, languages: languages, aligner: aligner)
    return try candidates(in: texts) { try linker.link($0, from: $1) }
  }

  /// The candidates of a bitext whose word links are known.
  ///
  /// - Parameters:
  ///   - texts: the beads.
  ///   - leastScore: how likely a candidate is right at the least.
  ///   - leastCount: in how many beads it is seen at the least.
  ///   - link: gives the words and links of each text of a batch, told the number of its first bead.
  /// - Returns: the candidates, those first that a terminologist wants to see first.
  /// - Throws: whatever `texts` and `link` throw.
  public func candidates(
    in texts: some TranslatedTexts, leastScore: Double = 0, leastCount: Int = 0,
    link: ([TranslatedText], Int) throws -> [LinkedWords]
  ) throws -> [TermCandidate] {
    let statistics = TermStatistics()
    try texts.forEachBatch(of: Self.batch) { batch in
      statistics.add(phrases(of: batch, try link(batch, statistics.beads)))
    }
    return try TermJudge(statistics, languages: languages, lexicon: lexicon)
      .candidates(in: texts, leastScore: leastScore, leastCount: leastCount)
  }

  private func phrases(of texts: [TranslatedText], _ words: [LinkedWords]) -> [BeadPhrases] {
    let vocabularies = (
      TermVocabulary.of(languages.source), TermVocabulary.of(languages.target)
    )
    // Enough parts for many cores, of a size that does not depend on their number.
    let collected = PartialResults<[BeadPhrases]>(count: Self.parts)
    concurrently(Self.parts) { part in
      let range = texts.count * part / Self.parts..<texts.count * (part + 1) / Self.parts
      collected[part] = range.map { index in
        BeadPhrases(
          PhraseText(
            texts[index].source, words: words[index].source, vocabulary: vocabularies.0),
          PhraseText(
            texts[index].target, words: words[index].target, vocabulary: vocabularies.1),
          links: words[index].links)
      }
    }
    return (0..<Self.parts).flatMap { collected[$0] ?? [] }
  }
}
