internal import Alignment
internal import Bitext

/// Links the words of some pairs of texts, which have something in common: what is learnt from all
/// of them, the word lists and the termbase tell about each.
struct PairLinks {
  let aligner: PairAligner

  /// Words of one side times those of the other that are learnt from at the most, and that are
  /// linked in one pair at the most: sides of a hundred words. Learning from some hundred pairs then
  /// takes some milliseconds.
  private static let (mostCells, mostCellsOfPair) = (400_000, 10_000)
  /// Where it is known that something must stand for a stretch, weaker links tell what.
  private static let linkShare: Float = 0.3

  /// - Parameters:
  ///   - pairs: the texts.
  ///   - language: of the one side.
  ///   - target: of the other one.
  /// - Returns: what leads from one side to the other, for each pair.
  /// - Throws: `Trouble` when ICU's data lacks a language.
  func projections(
    _ pairs: [(own: String, other: String)], from language: LanguageTag, to target: LanguageTag
  ) throws(Trouble) -> [LinkProjection] {
    var corpus = WordCorpus(source: language, target: target)
    try corpus.append(pairs.map { ($0.own, $0.other) })
    var settings = WordModelSettings()
    settings.mostCells = Self.mostCells
    settings.mostCellsOfText = Self.mostCellsOfPair
    let words = WordAligner(
      lexicons: aligner.allLexicons, anchors: aligner.anchors(language, target), settings: settings)
    let links = words.align(corpus, threshold: LinkThreshold(share: Self.linkShare))
    let small = (source: SmallWords(language), target: SmallWords(target))
    return pairs.indices.map { index in
      LinkProjection(
        LinkedWords(
          source: Array(corpus.sourceWords(of: index)),
          target: Array(corpus.targetWords(of: index)), links: Array(links[index])),
        source: Array(pairs[index].own.utf8), target: Array(pairs[index].other.utf8),
        small: small)
    }
  }
}
