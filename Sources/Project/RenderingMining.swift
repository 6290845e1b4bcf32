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
  /// enough to matter stands in a sample of this size too.
  private static let sampleLimit = 24_576
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
  }

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
  func mine(_ pairs: [Pair], with work: OrderedWork) throws(Trouble) -> [MinedTerm] {
    var found: [MinedTerm] = []
    for texts in MinedTexts.grouped(pairs) where texts.count > 0 {
      found += try mine(texts, work)
    }
    return found
  }

  private func mine(_ texts: MinedTexts, _ work: OrderedWork) throws(Trouble) -> [MinedTerm] {
    let step = (texts.count + Self.sampleLimit - 1) / Self.sampleLimit
    let sample = stride(from: 0, to: texts.count, by: max(1, step)).map { texts[$0] }
    var settings = WordModelSettings()
    settings.mostCells = Self.mostCells
    let words = WordAligner(
      lexicons: aligner.allLexicons, anchors: aligner.anchors(texts.source, texts.target),
      settings: settings)
    var corpus = WordCorpus(source: texts.source, target: texts.target)
    try corpus.append(sample.map { ($0.source, $0.target) })
    let model = words.learn(from: corpus, first: 0..<0)
    let lexicon = aligner.allLexicons.last ?? .builtin
    let extractor = TermExtractor(
      source: texts.source, target: texts.target, lexicon: lexicon, aligner: words)
    let learnt = corpus
    let candidates = try extractor.candidates(of: sample) { first, count in
      model.words(of: learnt, first..<first + count, share: Self.sureShare)
    }
    let usual = UsualRenderings(
      candidates, source: texts.source, target: texts.target, lexicon: lexicon,
      termbase: termbase)
    guard !usual.terms.isEmpty else { return [] }
    var survey = RenderingSurvey(usual)
    survey.look(through: texts, with: work)
    let deviations = survey.deviations
    let finder = RenderingFinder(source: texts.source, target: texts.target)
    for start in stride(from: 0, to: deviations.count, by: Self.batch) {
      let part = Array(deviations[start..<min(deviations.count, start + Self.batch)])
      let beads = part.map { texts[$0.bead] }
      let first = corpus.count
      try corpus.append(beads.map { ($0.source, $0.target) })
      let linked = model.words(of: corpus, first..<corpus.count, share: Self.fairShare)
      for (index, deviation) in part.enumerated() {
        let term = usual.terms[deviation.term]
        let rendering = finder.rendering(
          of: RenderingFinder.Term(
            range: deviation.source, isName: survey.isName(deviation.term), usual: term.words,
            offers: deviation.spare),
          in: beads[index], words: linked[index])
        if let rendering { survey.add(rendering, at: deviation, in: beads[index]) }
      }
    }
    return survey.terms(in: texts)
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
      return try candidates(in: texts) { batch, first in link(first, batch.count) }
    } catch {
      throw error as? Trouble ?? Trouble("\(error)")
    }
  }
}

extension WordModel {
  /// The words and links of some pairs of a corpus.
  fileprivate func words(
    of corpus: WordCorpus, _ range: Range<Int>, share: Float
  ) -> [LinkedWords] {
    let links = links(in: corpus, of: range, threshold: LinkThreshold(share: share))
    return range.map { pair in
      LinkedWords(
        source: Array(corpus.sourceWords(of: pair)), target: Array(corpus.targetWords(of: pair)),
        links: Array(links[pair - range.lowerBound]))
    }
  }
}

/// The beads of pairs in the same two languages, the source to the left.
struct MinedTexts: Sendable {
  let source: LanguageTag
  let target: LanguageTag
  private var pairs: [ParallelText] = []
  /// The numbers of the pair and of the bead.
  private var places: [(pair: UInt32, bead: UInt32)] = []

  /// How many beads have two sides and are not doubtful.
  var count: Int { places.count }

  /// The beads of some pairs, by languages, in the order in which these first come.
  static func grouped(_ pairs: [RenderingMining.Pair]) -> [MinedTexts] {
    var groups: [MinedTexts] = []
    for pair in pairs {
      let text = pair.isDirected ? pair.text : pair.text.fromChinese
      let (source, target) = (text.source.language, text.target.language)
      let known = groups.firstIndex {
        LanguageMatching.match($0.source, source) && LanguageMatching.match($0.target, target)
      }
      let index = known ?? groups.count
      if known == nil { groups.append(MinedTexts(source: source, target: target)) }
      groups[index].append(text)
    }
    return groups
  }

  private init(source: LanguageTag, target: LanguageTag) {
    self.source = source
    self.target = target
  }

  private mutating func append(_ pair: ParallelText) {
    for (index, bead) in pair.beads.enumerated()
    where !bead.source.isEmpty && !bead.target.isEmpty && !bead.isDoubtful {
      places.append((UInt32(pairs.count), UInt32(index)))
    }
    pairs.append(pair)
  }

  /// The text of a bead.
  subscript(number: Int) -> TranslatedText {
    let (pair, bead) = self.bead(number)
    return TranslatedText(
      source: pair.source.prose.text(pair.source.stretch(bead.source)),
      target: pair.target.prose.text(pair.target.stretch(bead.target)),
      evidence: TermCandidate.Evidence(
        file: pair.source.file, bead: Int(places[number].bead)))
  }

  /// Whether two beads with neighbouring numbers stand in one document.
  func areNeighbours(_ first: Int, _ second: Int) -> Bool {
    places.indices.contains(first) && places.indices.contains(second)
      && places[first].pair == places[second].pair
  }

  /// Where stretches of the two texts of a bead stand in their files.
  func place(_ number: Int, _ source: Range<Int>, _ target: Range<Int>) -> MinedTerm.Place {
    let (pair, bead) = self.bead(number)
    return MinedTerm.Place(
      source: pair.source.evidence(source, in: bead.source),
      target: pair.target.evidence(target, in: bead.target),
      context: pair.targetText(bead))
  }

  /// Whether a stretch of a bead's source or target is code or an address.
  func isLiteral(_ number: Int, source: Range<Int>? = nil, target: Range<Int>? = nil) -> Bool {
    let (pair, bead) = self.bead(number)
    if let source, pair.source.isLiteral(source, in: bead.source) { return true }
    return target.map { pair.target.isLiteral($0, in: bead.target) } ?? false
  }

  private func bead(_ number: Int) -> (ParallelText, Bead) {
    let place = places[number]
    let pair = pairs[Int(place.pair)]
    return (pair, pair.beads[Int(place.bead)])
  }
}

extension SegmentedText {
  /// The bytes of the prose from the first to the last of neighbouring segments.
  fileprivate func stretch(_ segments: Range<Int>) -> Range<Int> {
    self.segments[segments.lowerBound].range
      .lowerBound..<self.segments[segments.upperBound - 1].range.upperBound
  }

  private func shifted(_ range: Range<Int>, _ segments: Range<Int>) -> Range<Int> {
    let start = stretch(segments).lowerBound
    return start + range.lowerBound..<start + range.upperBound
  }

  fileprivate func evidence(_ range: Range<Int>, in segments: Range<Int>) -> Diagnostic.Evidence {
    let bytes = shifted(range, segments)
    return Diagnostic.Evidence(
      location: Location(file: file, range: prose.positions.source(bytes)), text: prose.text(bytes))
  }

  fileprivate func isLiteral(_ range: Range<Int>, in segments: Range<Int>) -> Bool {
    let bytes = shifted(range, segments)
    var low = 0
    var high = prose.literals.count
    while low < high {
      let middle = (low + high) / 2
      if prose.literals[middle].upperBound <= bytes.lowerBound {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low < prose.literals.count && prose.literals[low].lowerBound < bytes.upperBound
  }
}

extension ParallelText {
  /// The pair with its Chinese side as the source, if the target alone is Chinese.
  fileprivate var fromChinese: ParallelText {
    guard target.language.isChinese, !source.language.isChinese else { return self }
    return ParallelText(
      source: target, target: source,
      beads: beads.map {
        Bead(source: $0.target, target: $0.source, score: $0.score, isMoved: $0.isMoved)
      }, isAligned: isAligned)
  }
}
