internal import Alignment
internal import Bitext
internal import Checking
internal import Matching
internal import Segmentation

/// Mines the pairs of a run for terms and for the ways in which they are rendered: the engine behind
/// `inconsistent-rendering`.
///
/// Three passes. Candidates are extracted from the beads, or from a sample of them where there are
/// many, and give each term its usual rendering. Terms and renderings are then looked up in all
/// beads, by key. Only where a term stands without its usual rendering are the words linked, to see
/// what stands there instead; that is a small part of the beads, so that mining costs less than the
/// alignment before it.
struct RenderingMining: Sendable {
  private let aligner: PairAligner
  private let termbase: Termbase

  /// Beads that candidates are extracted from at the most: a term that is rendered in two ways often
  /// enough to matter stands in a sample of this size too. A third of it found half as many places in
  /// fifty thousand messages.
  private static let sampleLimit = 24_576
  /// Three with a usual rendering and one without: in fewer nothing is usual.
  private static let fewestBeads = 4
  /// Pairs of words that links are learnt from at the most: half of what they are learnt from
  /// elsewhere, and no worse here.
  private static let mostCells = 4_000_000
  /// Beads that are linked at a time.
  private static let batch = 4096

  /// - Parameters:
  ///   - aligner: has the word lists.
  ///   - termbase: what is known; its terms are not mined, and what they cover is no part of others.
  init(aligner: PairAligner, termbase: Termbase) {
    self.aligner = aligner
    self.termbase = termbase
  }

  /// A pair whose direction is known, or one that may be read either way.
  struct Pair: Sendable {
    var text: ParallelText
    var isDirected: Bool

    /// Bytes of both texts.
    var size: Int { text.source.prose.utf8.count + text.target.prose.utf8.count }
  }

  /// Bytes of text that are held until they are mined: what comes after them in a run is not.
  static let mostBytes = 32 << 20

  /// The terms of some pairs, each with its renderings.
  ///
  /// Pairs of different languages are mined by themselves. A pair of which nobody said which side is
  /// the source is read from Chinese, whose terms are rendered in more ways than they have.
  ///
  /// - Parameters:
  ///   - pairs: in the order of the run.
  ///   - work: does the parts that can be done side by side.
  /// - Returns: the terms that have more than one rendering, in an order that depends on the texts
  ///   alone.
  /// - Throws: `Trouble` when ICU's data lacks a language.
  func mine(_ pairs: [MinedPair], with work: OrderedWork) throws(Trouble) -> [MinedTerm] {
    var found: [MinedTerm] = []
    for texts in MinedTexts.grouped(pairs) where texts.count >= Self.fewestBeads {
      found += try mine(texts, work)
    }
    return found
  }

  private func mine(_ texts: MinedTexts, _ work: OrderedWork) throws(Trouble) -> [MinedTerm] {
    let step = (texts.count + Self.sampleLimit - 1) / Self.sampleLimit
    let sample = stride(from: 0, to: texts.count, by: max(1, step)).map { texts[$0] }
    var linker = try SampleLinker(
      sample, source: texts.source, target: texts.target, aligner: aligner,
      mostCells: Self.mostCells)
    let usual = try usualRenderings(in: sample, texts, linker)
    guard !usual.terms.isEmpty else { return [] }
    var survey = RenderingSurvey(usual)
    survey.look(through: texts, with: work)
    let deviations = survey.deviations
    for start in stride(from: 0, to: deviations.count, by: Self.batch) {
      let part = deviations[start..<min(deviations.count, start + Self.batch)]
      try add(Array(part), of: texts, usual, &linker, to: &survey)
    }
    return survey.terms(in: texts)
  }

  private func usualRenderings(
    in sample: [TranslatedText], _ texts: MinedTexts, _ linker: SampleLinker
  ) throws(Trouble) -> UsualRenderings {
    let lexicon = aligner.allLexicons.last ?? .builtin
    let extractor = TermExtractor(source: texts.source, target: texts.target, lexicon: lexicon)
    let candidates = try extractor.candidates(of: sample) { first, count in
      linker.words(of: first..<first + count, share: Self.sureShare)
    }
    return UsualRenderings(
      candidates, source: texts.source, target: texts.target, lexicon: lexicon, termbase: termbase)
  }

  /// Adds what stands in the beads of some deviations.
  private func add(
    _ deviations: [RenderingSurvey.Deviation], of texts: MinedTexts, _ usual: UsualRenderings,
    _ linker: inout SampleLinker, to survey: inout RenderingSurvey
  ) throws(Trouble) {
    let beads = deviations.map { texts[$0.bead] }
    let linked = try linker.link(beads, share: Self.fairShare)
    let finder = RenderingFinder(source: texts.source, target: texts.target)
    for (index, deviation) in deviations.enumerated() {
      let rendering = finder.rendering(
        of: RenderingFinder.Term(
          range: deviation.source, isName: survey.isName(deviation.term),
          usual: usual.terms[deviation.term].words, offers: deviation.spare),
        in: beads[index], words: linked[index])
      guard let rendering, !texts.isLiteral(deviation.bead, target: rendering.range) else {
        continue
      }
      survey.add(rendering, at: deviation, in: beads[index])
    }
  }

  /// Links that are likelier than not make candidates (docs/design/term-extraction.md); where it is
  /// known that something else must stand for a term, weaker ones tell what.
  private static let sureShare: Float = 0.5
  private static let fairShare: Float = 0.3
}

extension TermExtractor {
  /// Candidates of texts in memory, which can only fail for want of ICU's data.
  fileprivate func candidates(
    of texts: [TranslatedText], link: (Int, Int) -> [LinkedWords]
  ) throws(Trouble) -> [TermCandidate] {
    do {
      return try candidates(
        in: texts, leastScore: UsualRenderings.leastScore, leastCount: UsualRenderings.leastCount
      ) { batch, first in
        link(first, batch.count)
      }
    } catch {
      throw error as? Trouble ?? Trouble("\(error)")
    }
  }
}

/// Links words by what a sample of a bitext has taught.
private struct SampleLinker {
  private var corpus: WordCorpus
  private let model: WordModel

  init(
    _ sample: [TranslatedText], source: LanguageTag, target: LanguageTag, aligner: PairAligner,
    mostCells: Int
  ) throws(Trouble) {
    var settings = WordModelSettings()
    settings.mostCells = mostCells
    let words = WordAligner(
      lexicons: aligner.allLexicons, anchors: aligner.anchors(source, target), settings: settings)
    corpus = WordCorpus(source: source, target: target)
    try corpus.append(sample.map { ($0.source, $0.target) })
    model = words.learn(from: corpus, first: 0..<0)
  }

  /// The words and links of some beads that need not be in the sample.
  mutating func link(
    _ beads: [TranslatedText], share: Float
  ) throws(Trouble) -> [LinkedWords] {
    let first = corpus.count
    try corpus.append(beads.map { ($0.source, $0.target) })
    return words(of: first..<corpus.count, share: share)
  }

  /// The words and links of beads by their numbers, the sample's first.
  func words(of range: Range<Int>, share: Float) -> [LinkedWords] {
    let links = model.links(in: corpus, of: range, threshold: LinkThreshold(share: share))
    return range.map { pair in
      LinkedWords(
        source: Array(corpus.sourceWords(of: pair)), target: Array(corpus.targetWords(of: pair)),
        links: Array(links[pair - range.lowerBound]))
    }
  }
}
