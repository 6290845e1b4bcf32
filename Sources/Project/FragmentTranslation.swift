internal import Alignment
internal import Bitext
internal import Matching
internal import Segmentation
internal import Store

/// Finds what translates stretches of a text, in the units that hold them.
struct FragmentTranslation {
  let store: ConcordStore
  let aligner: PairAligner
  let language: LanguageTag
  /// `nil` takes the language that most of the units have.
  let target: LanguageTag?

  /// A unit, read from the text's language.
  private struct Pair {
    let unit: TranslationUnit
    let isReversed: Bool
    /// The number of the pair among those whose words are linked.
    var number = 0

    var own: String { isReversed ? unit.target : unit.source }
    var other: String { isReversed ? unit.source : unit.target }
    var otherLanguage: LanguageTag { isReversed ? unit.sourceLanguage : unit.targetLanguage }
  }

  /// What a unit has for a stretch.
  private struct Vote {
    let pair: Pair
    /// Bytes of the side in the text's language, and of the other one.
    let range: Range<Int>
    let translation: Range<Int>?
    /// Whether the stretch is all that the unit says.
    let isWhole: Bool
    /// As units count as one that say the same.
    let key: [UInt8]

    var text: String? {
      translation.map { String(decoding: Array(pair.other.utf8)[$0], as: UTF8.self) }
    }
  }

  /// Words of one side times those of the other that are linked at the most in one pair: sides of a
  /// hundred words. Learning from some hundred pairs then takes some milliseconds.
  private static let (mostCells, mostCellsOfPair) = (400_000, 10_000)
  /// Where it is known that something must stand for a stretch, weaker links tell what.
  private static let linkShare: Float = 0.3

  /// The fragments that some stretches are.
  mutating func fragments(
    _ stretches: [HeldStretch], _ words: KeyedWords, _ utf8: [UInt8]
  ) throws(Trouble) -> [Fragment] {
    var pairs = try pairs(of: stretches)
    guard let target = target ?? mostFrequent(pairs.values.map(\.otherLanguage)) else { return [] }
    pairs = pairs.filter { LanguageMatching.match($0.value.otherLanguage, target) }
    var order: [Pair] = []
    for place in pairs.keys.sorted(by: { ($0.unit, $0.side.rawValue) < ($1.unit, $1.side.rawValue) }
    ) {
      pairs[place]?.number = order.count
      if let pair = pairs[place] { order.append(pair) }
    }
    let linked = try link(order, into: target)
    return stretches.compactMap { stretch in
      let votes = stretch.places.compactMap { place in
        pairs[place].flatMap { vote($0, words.key(of: stretch.words), linked[$0.number]) }
      }
      return fragment(words.range(of: stretch.words), of: utf8, votes)
    }
  }

  private func pairs(
    of stretches: [HeldStretch]
  ) throws(Trouble) -> [HeldStretch.Place: Pair] {
    let places = Set(stretches.flatMap(\.places))
    var units: [Int64: TranslationUnit] = [:]
    for unit in try store.units(Set(places.map(\.unit)).sorted()) {
      if let id = unit.id { units[id] = unit }
    }
    var pairs: [HeldStretch.Place: Pair] = [:]
    for place in places {
      guard let unit = units[place.unit] else { continue }
      pairs[place] = Pair(unit: unit, isReversed: place.side == .target)
    }
    return pairs
  }

  /// The language that is there most often; of equal ones the first by name.
  private func mostFrequent(_ languages: [LanguageTag]) -> LanguageTag? {
    var counts: [LanguageTag: Int] = [:]
    for language in languages { counts[language, default: 0] += 1 }
    return counts.min { ($1.value, $0.key) < ($0.value, $1.key) }?.key
  }

  private func link(
    _ pairs: [Pair], into target: LanguageTag
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

  private func vote(
    _ pair: Pair, _ needle: ArraySlice<UInt8>, _ projection: LinkProjection
  ) -> Vote? {
    let own = MatchKey(pair.own)
    guard let place = own.bytes.firstWords(needle) else { return nil }
    let range = own.sourceRange(place)
    return Vote(
      pair: pair, range: range, translation: projection.counterpart(of: range),
      isWhole: projection.isWhole(range),
      key: own.bytes + [0] + MatchKey(pair.other).bytes)
  }

  /// The share of the units asked that must have a translation, of two or more: of common words the
  /// renderings are many, and what a quarter has is still what a translator wants to see first.
  private static let leastAgreement = 0.25

  private func fragment(_ range: Range<Int>, of utf8: [UInt8], _ votes: [Vote]) -> Fragment? {
    var seen: Set<[UInt8]> = []
    let votes = votes.filter { seen.insert($0.key).inserted }
    guard let first = votes.first else { return nil }
    var fragment = Fragment(
      kind: .fragment, range: range, text: String(decoding: utf8[range], as: UTF8.self),
      translations: [])
    var chosen = first
    if let winners = winners(votes), let winner = winners.first, let text = winner.text {
      fragment.translations = [text]
      fragment.agreement = Fragment.Agreement(units: winners.count, asked: votes.count)
      chosen = winner
    }
    fragment.example = Fragment.Example(
      unit: chosen.pair.unit, isReversed: chosen.pair.isReversed, range: chosen.range,
      translation: fragment.translations.isEmpty && votes.count > 1 ? nil : chosen.translation)
    return fragment
  }

  /// The units that agree, when they are enough: more than have any other translation, two at the
  /// least, or one that says nothing else. First the ones that spell it as most of them do.
  private func winners(_ votes: [Vote]) -> [Vote]? {
    // Renderings that differ in inflection are one.
    let groups = groups(votes) { MatchKey($0, folding: .term).bytes }
    guard let best = groups.first, best.count > (groups.dropFirst().first?.count ?? 0),
      Double(best.count) >= Self.leastAgreement * Double(votes.count),
      best.count > 1 || votes.count == 1 && best[0].isWhole
    else { return nil }
    return self.groups(best) { MatchKey($0).bytes }.flatMap(\.self)
  }

  /// Votes for one translation together, the largest group first; of equal ones the earlier one.
  private func groups(_ votes: [Vote], by key: (String) -> [UInt8]) -> [[Vote]] {
    var groups: [[Vote]] = []
    var places: [[UInt8]: Int] = [:]
    for vote in votes {
      guard let text = vote.text else { continue }
      let key = key(text)
      if let place = places[key] {
        groups[place].append(vote)
      } else {
        places[key] = groups.count
        groups.append([vote])
      }
    }
    return groups.enumerated()
      .sorted { ($1.element.count, $0.offset) < ($0.element.count, $1.offset) }
      .map(\.element)
  }
}
