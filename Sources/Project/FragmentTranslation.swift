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
  private var joints: WordJoints

  init(
    store: ConcordStore, aligner: PairAligner, language: LanguageTag, target: LanguageTag?
  ) {
    self.store = store
    self.aligner = aligner
    self.language = language
    self.target = target
    joints = WordJoints(store)
  }

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

  /// A unit as it votes for the translation of a stretch.
  private struct Voter {
    let pair: Pair
    let ballot: RenderingPoll.Ballot
    /// Whether the stretch is all that the unit says.
    let isWhole: Bool
  }

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
    let linked = try PairLinks(aligner: aligner).projections(
      order.map { ($0.own, $0.other) }, from: language, to: target)
    var fragments: [Fragment] = []
    for stretch in stretches {
      let voters = stretch.places.compactMap { place in
        pairs[place].flatMap { voter($0, words.key(of: stretch.words), linked[$0.number]) }
      }
      if let fragment = try fragment(words.range(of: stretch.words), of: utf8, voters) {
        fragments.append(fragment)
      }
    }
    return fragments
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

  private func voter(
    _ pair: Pair, _ needle: ArraySlice<UInt8>, _ projection: LinkProjection
  ) -> Voter? {
    let own = MatchKey(pair.own)
    guard let place = own.bytes.firstWords(needle) else { return nil }
    let range = own.sourceRange(place)
    return Voter(
      pair: pair,
      ballot: RenderingPoll.Ballot(
        projection, range, other: pair.other,
        identity: own.bytes + [0] + MatchKey(pair.other).bytes),
      isWhole: projection.isWhole(range))
  }

  /// The share of the units asked that must have a translation, of two or more: of common words the
  /// renderings are many, and what a quarter has is still what a translator wants to see first.
  private static let leastAgreement = 0.25

  private mutating func fragment(
    _ range: Range<Int>, of utf8: [UInt8], _ voters: [Voter]
  ) throws(Trouble) -> Fragment? {
    var seen: Set<[UInt8]> = []
    let voters = voters.filter { seen.insert($0.ballot.identity).inserted }
    guard let first = voters.first else { return nil }
    let poll = RenderingPoll(voters.map(\.ballot))
    var fragment = Fragment(
      kind: .fragment, range: range, text: String(decoding: utf8[range], as: UTF8.self),
      translations: [])
    var chosen = poll.ballots[0]
    if let winners = try winners(poll, isWhole: first.isWhole), let winner = winners.first,
      let text = winner.text
    {
      fragment.translations = [text]
      fragment.agreement = Fragment.Agreement(units: winners.count, asked: voters.count)
      chosen = winner
    }
    guard let pair = voters.first(where: { $0.ballot.identity == chosen.identity })?.pair else {
      return nil
    }
    fragment.example = Fragment.Example(
      unit: pair.unit, isReversed: pair.isReversed, range: chosen.range,
      translation: fragment.translations.isEmpty && voters.count > 1 ? nil : chosen.rendering)
    return fragment
  }

  /// The units that agree, when they are enough: more than have any other translation, two at the
  /// least, or one that says nothing else. First the ones that spell it as most of them do.
  private mutating func winners(
    _ poll: RenderingPoll, isWhole: Bool
  ) throws(Trouble) -> [RenderingPoll.Ballot]? {
    let (groups, asked) = (poll.groups, poll.ballots.count)
    guard let best = groups.first, best.count > (groups.dropFirst().first?.count ?? 0),
      Double(best.count) >= Self.leastAgreement * Double(asked),
      best.count > 1 || asked == 1 && isWhole
    else { return nil }
    var complete: [RenderingPoll.Ballot] = []
    for var winner in best {
      try winner.completeWords(&joints)
      complete.append(winner)
    }
    let winners = poll.group(complete) { MatchKey($0) }.flatMap(\.self)
    let led = winners.reduce(Float(0)) { $0 + $1.ledShare } / Float(winners.count)
    return isWhole || winners.count > Self.fewUnits || led >= Self.fewUnitsLed ? winners : nil
  }

  /// Where so few units agree, all words of a stretch must lead into what stands for it: else a part
  /// of the rendering is all that is known.
  private static let (fewUnits, fewUnitsLed): (Int, Float) = (4, 0.99)
}
