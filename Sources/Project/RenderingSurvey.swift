internal import Alignment
internal import Bitext
internal import Checking
internal import Matching
internal import Segmentation

/// Where terms stand with their usual renderings and where without.
struct RenderingSurvey {
  /// A term without its usual rendering.
  struct Deviation: Sendable {
    var term: Int
    var bead: Int
    /// Bytes of the bead's source text.
    var source: Range<Int>
    /// Where the target has usual renderings of terms that its source does not have.
    var spare: [Range<Int>]
  }

  private struct Seen: Sendable {
    var bead: Int
    var source: Range<Int>
    var target: Range<Int>
  }

  private struct Other {
    var count = 0
    var rendering: RenderingFinder.Rendering
    var places: [Seen] = []
  }

  private let usual: UsualRenderings
  private var counts: [Int]
  /// Places where the side in letters is written like a name, and where it is not; the beginnings
  /// of sentences count for neither.
  private var capitals: [Int]
  private var smalls: [Int]
  private var places: [[Seen]]
  private(set) var deviations: [Deviation] = []
  /// For each term its other renderings, by key.
  private var others: [[[UInt64]: Other]]

  /// Places of the usual rendering that are remembered, and of another one.
  private static let placesOfUsual = 5
  private static let placesOfOther = 100
  /// Beads that are looked through at a time.
  private static let batch = 512
  /// Below this the links say hardly anything.
  private static let leastShare = 0.25

  init(_ usual: UsualRenderings) {
    self.usual = usual
    counts = Array(repeating: 0, count: usual.terms.count)
    capitals = counts
    smalls = counts
    places = Array(repeating: [], count: usual.terms.count)
    others = Array(repeating: [:], count: usual.terms.count)
  }

  /// Looks up all terms in all beads.
  mutating func look(through texts: MinedTexts, with work: OrderedWork) {
    let (usual, count) = (usual, texts.count)
    work.run(count: (count + Self.batch - 1) / Self.batch) { part in
      let start = part * Self.batch
      return (start..<min(count, start + Self.batch)).map { BeadTerms(usual, texts, $0) }
    } deliver: { _, beads in
      for bead in beads { take(bead) }
    }
    // Where a term seldom has its rendering, there is no usual one.
    var absent = Array(repeating: 0, count: counts.count)
    for deviation in deviations { absent[deviation.term] += 1 }
    let isJudged = counts.indices.map { term in
      counts[term] >= max(2, absent[term] / 2)
        && (isName(term) || usual.terms[term].isTellingNoun)
    }
    deviations.removeAll { !isJudged[$0.term] }
  }

  /// A name has its capitals in so many of its places: common nouns have them in headings.
  private static let nameShare = 0.65

  /// Whether a term is a name by the places of its usual rendering.
  func isName(_ term: Int) -> Bool {
    let (capitals, smalls) = (capitals[term], smalls[term])
    return usual.terms[term].isName
      && Double(capitals) >= Self.nameShare * Double(capitals + smalls)
  }

  private mutating func take(_ bead: BeadTerms) {
    for hit in bead.rendered {
      counts[hit.term] += 1
      if let isCapital = hit.isCapital {
        if isCapital { capitals[hit.term] += 1 } else { smalls[hit.term] += 1 }
      }
      if places[hit.term].count < Self.placesOfUsual {
        places[hit.term].append(Seen(bead: bead.bead, source: hit.source, target: hit.target))
      }
    }
    for hit in bead.absent {
      deviations.append(
        Deviation(term: hit.term, bead: bead.bead, source: hit.source, spare: bead.spare))
    }
  }

  /// Adds what stands for a term where its usual rendering does not.
  mutating func add(
    _ rendering: RenderingFinder.Rendering, at deviation: Deviation, in text: TranslatedText
  ) {
    let found = Array(text.target.utf8)[rendering.range]
    let key = KeyTokenizer().tokens(of: Array(found).span).map(\.hash)
    // Where a term stands twice, one of the two has its usual rendering after all.
    guard key != usual.terms[deviation.term].words, rendering.share >= Self.leastShare else {
      return
    }
    var other = others[deviation.term][key] ?? Other(rendering: rendering)
    other.count += 1
    if rendering.share > other.rendering.share { other.rendering = rendering }
    if other.places.count < Self.placesOfOther {
      other.places.append(
        Seen(bead: deviation.bead, source: deviation.source, target: rendering.range))
    }
    others[deviation.term][key] = other
  }

  /// The terms that have other renderings, in the order of the candidates.
  func terms(in texts: MinedTexts) -> [MinedTerm] {
    usual.terms.indices.compactMap { index in
      guard !others[index].isEmpty else { return nil }
      let term = usual.terms[index]
      func places(_ seen: [Seen]) -> [MinedTerm.Place] {
        seen.map { texts.place($0.bead, $0.source, $0.target) }
      }
      let first = MinedTerm.Rendering(
        text: term.target, count: counts[index], share: 1, isName: isName(index),
        isUsualElsewhere: false,
        places: places(self.places[index]))
      let rest = others[index].values.sorted {
        ($1.count, $0.places[0].bead, $0.places[0].target.lowerBound)
          < ($0.count, $1.places[0].bead, $1.places[0].target.lowerBound)
      }.map { other in
        let places = places(other.places)
        return MinedTerm.Rendering(
          text: places.first?.target.text ?? "", count: other.count, share: other.rendering.share,
          isName: other.rendering.isName, isUsualElsewhere: other.rendering.isOffered,
          places: places)
      }
      return MinedTerm(
        term: term.source, sourceLanguage: usual.sourceLanguage,
        targetLanguage: usual.targetLanguage, renderings: [first] + rest)
    }
  }
}

/// The terms of one bead.
private struct BeadTerms: Sendable {
  struct Hit: Sendable {
    var term: Int
    var source: Range<Int>
    var target: Range<Int>
    /// Whether the side in letters is written like a name; `nil` at the beginning of a sentence.
    var isCapital: Bool?
  }

  let bead: Int
  /// Terms with their usual renderings, each once.
  private(set) var rendered: [Hit] = []
  /// Terms that stand there more often than their renderings.
  private(set) var absent: [Hit] = []
  /// Usual renderings of terms that are not there.
  private(set) var spare: [Range<Int>] = []

  init(_ usual: UsualRenderings, _ texts: MinedTexts, _ bead: Int) {
    self.bead = bead
    let text = texts[bead]
    let sources = SideMatches(usual.sources, text.source)
    let named = sources.longest.filter { match in
      // Not a known term.
      match.terms.allSatisfy { usual.sources.terms[$0].concept < usual.terms.count }
        && !texts.isLiteral(bead, source: match.range)
    }
    guard !named.isEmpty else { return }
    let targets = SideMatches(usual.targets, text.target)
    let letters = usual.sourceLanguage.isChinese ? targets : sources
    for match in named {
      guard let index = match.terms.first else { continue }
      let term = usual.sources.terms[index].concept
      let renderings = targets.all(of: term)
      if let first = renderings.first {
        if !rendered.contains(where: { $0.term == term }) {
          let shown = usual.sourceLanguage.isChinese ? first : match
          rendered.append(
            Hit(
              term: term, source: match.range, target: first.range,
              isCapital: letters.isCapital(shown)))
        }
        let isNamedMoreOften = sources.longest(of: term).count > renderings.count
        guard isNamedMoreOften, usual.terms[term].isName else { continue }
      } else if Self.hasMoved(term, usual, texts, bead) {
        continue
      }
      absent.append(Hit(term: term, source: match.range, target: 0..<0))
    }
    guard !absent.isEmpty else { return }
    spare = targets.longest.filter { match in
      match.terms.allSatisfy { sources.all(of: usual.targets.terms[$0].concept).isEmpty }
    }.map(\.range)
  }

  /// Whether a neighbouring bead has the rendering and not the term.
  private static func hasMoved(
    _ term: Int, _ usual: UsualRenderings, _ texts: MinedTexts, _ bead: Int
  ) -> Bool {
    [bead - 1, bead + 1].contains { other in
      guard texts.areNeighbours(bead, other) else { return false }
      let text = texts[other]
      return !SideMatches(usual.targets, text.target).all(of: term).isEmpty
        && SideMatches(usual.sources, text.source).all(of: term).isEmpty
    }
  }
}

/// The terms in one side of a bead.
private struct SideMatches {
  private let matcher: TermMatcher
  private let utf8: [UInt8]
  private let tokens: [KeyToken]
  private let all: [TermMatch]
  let longest: [TermMatch]

  init(_ matcher: TermMatcher, _ text: String) {
    self.matcher = matcher
    let utf8 = Array(text.utf8)
    let tokens = KeyTokenizer().tokens(of: utf8.span)
    let all = matcher.allMatches(in: utf8.span, tokens: tokens)
    (self.utf8, self.tokens, self.all) = (utf8, tokens, all)
    longest = TermMatcher.longest(all)
  }

  /// The matches of a concept, those inside longer terms among them.
  func all(of concept: Int) -> [TermMatch] { matches(of: concept, in: all) }
  func longest(of concept: Int) -> [TermMatch] { matches(of: concept, in: longest) }

  private func matches(of concept: Int, in list: [TermMatch]) -> [TermMatch] {
    list.filter { match in
      match.terms.contains { matcher.terms[$0].concept == concept }
    }
  }

  /// Whether each word of a match but the small ones has a capital; `nil` where a sentence begins.
  func isCapital(_ match: TermMatch) -> Bool? {
    let words = tokens[match.tokens].filter {
      $0.kind == .word && !FunctionWords.english.contains($0.hash)
    }
    let isCapital = words.allSatisfy { $0.letterCase != .lower && $0.letterCase != .none }
    let before = match.tokens.lowerBound - 1
    let leads =
      before < 0
      || tokens[before].kind == .punctuation
        && [0x2E, 0x3F, 0x21, 0x3A].contains(utf8[Int(tokens[before].start)])
    return leads && isCapital ? nil : isCapital
  }
}
