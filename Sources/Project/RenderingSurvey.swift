internal import Alignment
internal import Bitext
internal import Checking
internal import Matching
internal import Segmentation

/// The terms that candidates suggest, each with its usual rendering.
struct UsualRenderings: Sendable {
  struct Term: Sendable {
    var source: String
    var target: String
    /// Whether the side in letters is written like a name.
    var isName: Bool
  }

  private(set) var terms: [Term] = []
  let sourceLanguage: LanguageTag
  let targetLanguage: LanguageTag
  /// Terms and, behind them, the known ones of the termbase.
  let sources: TermMatcher
  let targets: TermMatcher

  /// How likely a pair is right at the least, and in how many beads it is seen.
  private static let leastScore = 0.6
  private static let leastCount = 2

  /// - Parameters:
  ///   - candidates: best first.
  ///   - source: the language of the terms.
  ///   - target: the language of their renderings.
  ///   - termbase: whose terms are known and not to be surveyed.
  init(
    _ candidates: [TermCandidate], source: LanguageTag, target: LanguageTag, termbase: Termbase
  ) {
    (sourceLanguage, targetLanguage) = (source, target)
    let tokenizer = KeyTokenizer()
    var seen: Set<[UInt64]> = []
    var concepts: [Concept] = []
    for candidate in candidates
    where candidate.score >= Self.leastScore && candidate.count >= Self.leastCount {
      let left = tokenizer.tokens(of: candidate.source)
      let right = tokenizer.tokens(of: candidate.target)
      let isName = candidate.isName(source: source, target: target, left, right)
      guard candidate.isTelling(left, right, isName: isName), left.map(\.hash) != right.map(\.hash)
      else { continue }
      let rendering = Bitext.Term(candidate.target, language: target)
      guard seen.insert(left.map(\.hash)).inserted else {
        // An abbreviation that the text explains is another usual rendering.
        if candidate.cue == .abbreviation,
          let index = terms.firstIndex(where: { $0.source == candidate.source })
        {
          concepts[index].terms.append(rendering)
        }
        continue
      }
      terms.append(Self.Term(source: candidate.source, target: candidate.target, isName: isName))
      concepts.append(
        Concept(
          id: "\(terms.count)",
          terms: [Bitext.Term(candidate.source, language: source), rendering]))
    }
    let known = termbase.concepts.map { concept in
      var concept = concept
      // Renderings of known terms are none of ours.
      concept.terms.removeAll { !LanguageMatching.sameLanguage($0.language, source) }
      return concept
    }
    let all = Termbase(concepts: concepts + known)
    sources = TermMatcher(all, language: source)
    targets = TermMatcher(all, language: target)
  }
}

extension TermCandidate {
  /// Whether the side in letters has a capital in each of its words, small ones aside.
  fileprivate func isName(
    source: LanguageTag, target: LanguageTag, _ left: [KeyToken], _ right: [KeyToken]
  ) -> Bool {
    let letters = source.isChinese ? right : left
    let words = letters.filter {
      $0.kind == .word && !FunctionWords.english.contains($0.hash)
    }
    return !words.isEmpty && words.allSatisfy { $0.letterCase != .lower && $0.letterCase != .none }
  }

  /// Ideographs of a name, and of a common term, at the least: 银行 is in every sentence.
  private static let nameLength = 2
  private static let commonLength = 4

  /// Whether the term says enough for a second rendering of it to be a fault.
  fileprivate func isTelling(_ left: [KeyToken], _ right: [KeyToken], isName: Bool) -> Bool {
    [left, right].allSatisfy { tokens in
      let ideographs = tokens.count { $0.kind == .han }
      if ideographs > 0 { return ideographs >= (isName ? Self.nameLength : Self.commonLength) }
      let words = tokens.count {
        $0.kind == .word && !FunctionWords.english.contains($0.hash)
      }
      return isName ? words > 0 : words > 1
    }
  }
}

/// Where terms stand with their usual renderings and where without.
struct RenderingSurvey {
  /// A term without its usual rendering.
  struct Deviation: Sendable {
    var term: Int
    var bead: Int
    /// Bytes of the bead's source text.
    var source: Range<Int>
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
  private var places: [[Seen]]
  private(set) var deviations: [Deviation] = []
  /// For each term its other renderings, by key.
  private var others: [[[UInt64]: Other]]

  /// Places of the usual rendering that are remembered, and of another one.
  private static let placesOfUsual = 5
  private static let placesOfOther = 100
  /// Beads that are looked through at a time.
  private static let batch = 512

  init(_ usual: UsualRenderings) {
    self.usual = usual
    counts = Array(repeating: 0, count: usual.terms.count)
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
    deviations.removeAll { counts[$0.term] < max(2, absent[$0.term] / 2) }
  }

  private mutating func take(_ bead: BeadTerms) {
    for hit in bead.rendered {
      counts[hit.term] += 1
      if places[hit.term].count < Self.placesOfUsual {
        places[hit.term].append(Seen(bead: bead.bead, source: hit.source, target: hit.target))
      }
    }
    for hit in bead.absent {
      deviations.append(Deviation(term: hit.term, bead: bead.bead, source: hit.source))
    }
  }

  /// Adds what stands for a term where its usual rendering does not.
  mutating func add(
    _ rendering: RenderingFinder.Rendering, at deviation: Deviation, in text: TranslatedText
  ) {
    let found = Array(text.target.utf8)[rendering.range]
    let key = KeyTokenizer().tokens(of: Array(found).span).map(\.hash)
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
        text: term.target, count: counts[index], share: 1, isName: term.isName,
        places: places(self.places[index]))
      let rest = others[index].values.sorted {
        ($1.count, $0.places[0].bead, $0.places[0].target.lowerBound)
          < ($0.count, $1.places[0].bead, $1.places[0].target.lowerBound)
      }.map { other in
        let places = places(other.places)
        return MinedTerm.Rendering(
          text: places.first?.target.text ?? "", count: other.count, share: other.rendering.share,
          isName: other.rendering.isName, places: places)
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
  }

  let bead: Int
  /// Terms with their usual renderings, each once.
  private(set) var rendered: [Hit] = []
  /// Terms that stand there more often than their renderings.
  private(set) var absent: [Hit] = []

  init(_ usual: UsualRenderings, _ texts: MinedTexts, _ bead: Int) {
    self.bead = bead
    let text = texts[bead]
    let sources = Self.matches(usual.sources, text.source)
    let named = sources.longest.filter { match in
      // A known term, or one of several with the same key.
      match.terms.allSatisfy { usual.sources.terms[$0].concept < usual.terms.count }
        && !texts.isLiteral(bead, source: match.range)
    }
    guard !named.isEmpty else { return }
    let targets = Self.matches(usual.targets, text.target).all
    for match in named {
      guard let index = match.terms.first else { continue }
      let term = usual.sources.terms[index].concept
      let renderings = targets.filter { target in
        target.terms.contains { usual.targets.terms[$0].concept == term }
      }
      if let first = renderings.first {
        let isFirst = !rendered.contains { $0.term == term }
        if isFirst { rendered.append(Hit(term: term, source: match.range, target: first.range)) }
        continue
      }
      if Self.hasMoved(term, usual, texts, bead) { continue }
      absent.append(Hit(term: term, source: match.range, target: 0..<0))
    }
  }

  private static func matches(
    _ matcher: TermMatcher, _ text: String
  ) -> (all: [TermMatch], longest: [TermMatch]) {
    let utf8 = Array(text.utf8)
    let all = matcher.allMatches(in: utf8.span, tokens: KeyTokenizer().tokens(of: utf8.span))
    return (all, TermMatcher.longest(all))
  }

  /// Whether a neighbouring bead has the rendering and not the term.
  private static func hasMoved(
    _ term: Int, _ usual: UsualRenderings, _ texts: MinedTexts, _ bead: Int
  ) -> Bool {
    [bead - 1, bead + 1].contains { other in
      guard texts.areNeighbours(bead, other) else { return false }
      let text = texts[other]
      func has(_ matcher: TermMatcher, _ text: String) -> Bool {
        matches(matcher, text).all.contains { match in
          match.terms.contains { matcher.terms[$0].concept == term }
        }
      }
      return has(usual.targets, text.target) && !has(usual.sources, text.source)
    }
  }
}
