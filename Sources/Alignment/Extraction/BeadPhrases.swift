internal import Bitext
internal import Segmentation

/// What one bead says: the phrases of each side, their neighbours, and the pairs among them.
struct BeadPhrases {
  /// A phrase of one side, once however often it stands there.
  struct Phrase: BitwiseCopyable {
    var key: UInt64
    var occurrences: UInt32
    /// The occurrences that are written like a name.
    var names: UInt32
  }

  /// What stands beside an occurrence of a phrase.
  struct Neighbour: BitwiseCopyable {
    var phrase: UInt64
    var token: UInt64
    var isRight: Bool
  }

  /// Where the two terms of a pair stand, in bytes. An author's bracket may give a term on the
  /// other language's side alone.
  struct Spans: Sendable {
    var source: Range<UInt32>
    var target: Range<UInt32>
    var sourceIsInTarget = false
    var targetIsInSource = false
  }

  struct Pair: Sendable {
    var source: UInt64
    var target: UInt64
    var weight: Float
    var cue: TermCandidate.Cue?
    var spans: Spans
  }

  private(set) var source: [Phrase] = []
  private(set) var target: [Phrase] = []
  private(set) var sourceNeighbours: [Neighbour] = []
  private(set) var targetNeighbours: [Neighbour] = []
  /// Each pair once, ascending by its keys.
  private(set) var pairs: [Pair] = []

  private let texts: (source: PhraseText, target: PhraseText)
  private let phrases: (source: [CandidatePhrase], target: [CandidatePhrase])

  init(_ source: PhraseText, _ target: PhraseText, links: [WordLink]) {
    texts = (source, target)
    phrases = (source.candidatePhrases(), target.candidatePhrases())
    let explained = (source.abbreviations(), target.abbreviations())
    addLinked(links, explained)
    addGiven()
    pairs = Self.merged(pairs)
    self.source = Self.counted(phrases.source)
    self.target = Self.counted(phrases.target)
    sourceNeighbours = source.neighbours(of: phrases.source)
    targetNeighbours = target.neighbours(of: phrases.target)
  }

  private mutating func addLinked(
    _ links: [WordLink], _ explained: ([Abbreviation], [Abbreviation])
  ) {
    let consistent = ConsistentPairs(
      source: texts.source, target: texts.target, links: links,
      ignored: (Set(explained.0.flatMap(\.short)), Set(explained.1.flatMap(\.short))))
    var linked: [ConsistentPairs.Pair] = []
    consistent.forEach(phrases.source, phrases.target) { linked.append($0) }
    for pair in linked {
      let (left, right) = (phrases.source[Int(pair.source)], phrases.target[Int(pair.target)])
      add(left.words, right.words, weight: pair.weight, cue: nil)
    }
    for abbreviation in explained.0 {
      let partner = longest(linked, of: abbreviation, in: phrases.source, \.source)
      guard let partner else { continue }
      let other = phrases.target[Int(partner.target)].words
      add(abbreviation.short, other, weight: partner.weight, cue: .abbreviation)
    }
    for abbreviation in explained.1 {
      let partner = longest(linked, of: abbreviation, in: phrases.target, \.target)
      guard let partner else { continue }
      let other = phrases.source[Int(partner.source)].words
      add(other, abbreviation.short, weight: partner.weight, cue: .abbreviation)
    }
  }

  /// The pair of the longest name that an abbreviation may stand for.
  private func longest(
    _ linked: [ConsistentPairs.Pair], of abbreviation: Abbreviation, in phrases: [CandidatePhrase],
    _ side: KeyPath<ConsistentPairs.Pair, UInt32>
  ) -> ConsistentPairs.Pair? {
    var best: ConsistentPairs.Pair?
    var bestRank: (Float, Int) = (0, 0)
    for pair in linked {
      let words = phrases[Int(pair[keyPath: side])].words
      guard words.upperBound == abbreviation.long.upperBound,
        words.lowerBound <= abbreviation.long.lowerBound
      else { continue }
      let rank = (pair.weight, words.count)
      if rank > bestRank { (best, bestRank) = (pair, rank) }
    }
    return best
  }

  private mutating func addGiven() {
    let cues = Cues(texts.source, texts.target, phrases: phrases)
    let linked = Set(pairs.map { PairKey.of($0.source, $0.target) })
    for given in cues.givenPairs(isLinked: { linked.contains(PairKey.of($0, $1)) }) {
      add(given)
    }
  }

  private mutating func add(
    _ left: Range<Int>, _ right: Range<Int>, weight: Float, cue: TermCandidate.Cue?
  ) {
    pairs.append(
      Pair(
        source: texts.source.key(left), target: texts.target.key(right), weight: weight, cue: cue,
        spans: Spans(source: texts.source.span(left), target: texts.target.span(right))))
  }

  /// A given term is shown where its own language has it, else in its bracket.
  private mutating func add(_ given: Cues.GivenPair) {
    let left = given.source.side == .source ? texts.source : texts.target
    let right = given.target.side == .source ? texts.source : texts.target
    var pair = Pair(
      source: left.key(given.source.words), target: right.key(given.target.words), weight: 1,
      cue: given.kind,
      spans: Spans(source: left.span(given.source.words), target: right.span(given.target.words)))
    if given.source.side == .target {
      let own = texts.source.first(pair.source, in: phrases.source)
      pair.spans.sourceIsInTarget = own == nil
      pair.spans.source = own ?? pair.spans.source
    }
    if given.target.side == .source {
      let own = texts.target.first(pair.target, in: phrases.target)
      pair.spans.targetIsInSource = own == nil
      pair.spans.target = own ?? pair.spans.target
    }
    pairs.append(pair)
  }

  /// Each pair once: where it is linked best, with the cue that any of its places has.
  private static func merged(_ pairs: [Pair]) -> [Pair] {
    let order = pairs.indices.sorted {
      let (left, right) = (pairs[$0], pairs[$1])
      if left.source != right.source { return left.source < right.source }
      if left.target != right.target { return left.target < right.target }
      return left.weight == right.weight ? $0 < $1 : left.weight > right.weight
    }
    var merged: [Pair] = []
    merged.reserveCapacity(pairs.count)
    for index in order {
      let pair = pairs[index]
      guard let last = merged.last, last.source == pair.source, last.target == pair.target else {
        merged.append(pair)
        continue
      }
      guard let cue = pair.cue else { continue }
      merged[merged.count - 1].cue = max(cue, last.cue ?? cue)
    }
    return merged
  }

  private static func counted(_ phrases: [CandidatePhrase]) -> [Phrase] {
    var counted: [Phrase] = []
    counted.reserveCapacity(phrases.count)
    for phrase in phrases.sorted(by: { $0.key < $1.key }) {
      if counted.last?.key != phrase.key {
        counted.append(Phrase(key: phrase.key, occurrences: 0, names: 0))
      }
      counted[counted.count - 1].occurrences += 1
      if phrase.isName { counted[counted.count - 1].names += 1 }
    }
    return counted
  }
}

/// The number that stands for two phrases.
enum PairKey {
  @inline(__always)
  static func of(_ source: UInt64, _ target: UInt64) -> UInt64 {
    let mixed = (source &* 0x9E37_79B9_7F4A_7C15) ^ (target &+ target << 23)
    return max(1, (mixed ^ mixed >> 31) &* 0xBF58_476D_1CE4_E5B9)
  }
}

extension PhraseText {
  func span(_ words: Range<Int>) -> Range<UInt32> {
    let range = range(words)
    return UInt32(range.lowerBound)..<UInt32(range.upperBound)
  }

  /// Where a phrase stands first.
  func first(_ key: UInt64, in phrases: [CandidatePhrase]) -> Range<UInt32>? {
    phrases.first { $0.key == key }.map { span($0.words) }
  }

  /// The words on both sides of each phrase: of ideographs the nearest one, else the whole word.
  /// A mark, a small word, another script and the end of the text are neighbours like no other,
  /// and are left out.
  func neighbours(of phrases: [CandidatePhrase]) -> [BeadPhrases.Neighbour] {
    var found: [BeadPhrases.Neighbour] = []
    found.reserveCapacity(phrases.count)
    for phrase in phrases {
      let (first, end) = (Int(phrase.first), Int(phrase.end))
      if first > 0, isNeighbour(first - 1, of: first) {
        let token = tokens[Int(words[first - 1].tokenEnd) - 1]
        found.append(.init(phrase: phrase.key, token: token, isRight: false))
      }
      if end < words.count, isNeighbour(end, of: end - 1) {
        let token = tokens[Int(words[end].firstToken)]
        found.append(.init(phrase: phrase.key, token: token, isRight: true))
      }
    }
    return found
  }

  private func isNeighbour(_ word: Int, of edge: Int) -> Bool {
    let traits = words[word].traits
    return traits.isDisjoint(with: [.function, .breaks, .mark, .hyphen])
      && words[word].firstToken < words[word].tokenEnd
      && traits.contains(.han) == words[edge].traits.contains(.han)
  }
}
