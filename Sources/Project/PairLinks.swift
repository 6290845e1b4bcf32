internal import Alignment
internal import Bitext
internal import Segmentation

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

  /// Whether the word lists or the termbase have a word of one text as the translation of one of the
  /// other's.
  ///
  /// - Parameters:
  ///   - own: the one text.
  ///   - other: the other one.
  ///   - language: of the one.
  ///   - target: of the other.
  /// - Returns: whether they do, in either direction.
  func translates(
    _ own: String, _ other: String, from language: LanguageTag, to target: LanguageTag
  ) -> Bool {
    var lexicons = aligner.allLexicons
    if let anchors = aligner.anchors(language, target) { lexicons.append(anchors.lexicon) }
    return lexicons.contains { lexicon in
      func fits(_ left: LanguageTag, _ right: LanguageTag) -> Bool {
        LanguageMatching.sameLanguage(lexicon.languages.left, left)
          && LanguageMatching.sameLanguage(lexicon.languages.right, right)
      }
      return fits(language, target) && lexicon.translates(own, other)
        || fits(target, language) && lexicon.translates(other, own)
    }
  }
}

extension Lexicon {
  /// What a word of a translation must say by itself: half of it.
  private static let leastWeight: Float = 0.5

  /// Whether a text of the left language has a key of which one of the right one has a word.
  fileprivate func translates(_ left: String, _ right: String) -> Bool {
    let (left, right) = (Array(left.utf8), Array(right.utf8))
    let words = Set(KeyTokenizer().tokens(of: right.span).map(\.hash))
    let tokens = KeyTokenizer().tokens(of: left.span)
    for place in tokens.indices {
      guard let match = longestMatch(tokens.span, at: place) else { continue }
      for word in match.translations where word.weight >= Self.leastWeight {
        if words.contains(word.hash) { return true }
      }
    }
    return false
  }
}
