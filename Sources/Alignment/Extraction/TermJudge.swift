internal import Bitext
internal import Segmentation

/// Makes candidates of what was counted: the texts of the terms, their scores, their order.
struct TermJudge {
  /// A pair with what its places say.
  struct Draft {
    var pair: PairCount
    var places: [PairPlace]
    var source = ""
    var target = ""
    var sourceKeys: [KeyToken] = []
    var targetKeys: [KeyToken] = []
    var sourceTokens: [UInt64] = []
    var targetTokens: [UInt64] = []
  }

  private let statistics: TermStatistics
  private let languages: (source: LanguageTag, target: LanguageTag)
  private let lexicon: Lexicon

  /// Pairs that are linked less fully are accidents.
  private static let leastWeight: Float = 0.8
  /// Candidates at the most; nobody looks at more.
  private static let limit = 50_000
  /// Beads that are kept as evidence for each candidate.
  private static let evidenceLimit = 5
  /// A longer term that was seen this often makes its parts less likely terms.
  private static let leastNesting: Float = 1.5

  init(
    _ statistics: TermStatistics, languages: (source: LanguageTag, target: LanguageTag),
    lexicon: Lexicon
  ) {
    self.statistics = statistics
    self.languages = languages
    self.lexicon = lexicon
  }

  /// The candidates that are this likely right and are seen in so many beads.
  func candidates(
    in texts: some TranslatedTexts, leastScore: Double = 0, leastCount: Int = 0
  ) throws -> [TermCandidate] {
    var drafts = chosen().map { Draft(pair: $0, places: statistics.places(of: $0)) }
    let beads = try EvidenceTexts(texts, beads: drafts.flatMap { $0.places.map(\.bead) })
    for index in drafts.indices { spell(&drafts[index], beads) }
    drafts.removeAll { $0.sourceTokens.isEmpty || $0.targetTokens.isEmpty }
    let judged = judge(drafts)
    let kept = drafts.indices.filter {
      judged[$0].share >= leastScore && Int(drafts[$0].pair.beads) >= leastCount
    }
    let order = kept.sorted { left, right in
      let (a, b) = (judged[left].worth, judged[right].worth)
      if a != b { return a > b }
      return (drafts[left].source, drafts[left].target)
        < (drafts[right].source, drafts[right].target)
    }
    return order.map { candidate(drafts[$0], judged[$0], beads) }
  }

  /// The pairs that are worth a closer look.
  private func chosen() -> [PairCount] {
    let found = statistics.pairs {
      Float($0.weight) >= Self.leastWeight * PairCount.unit || $0.given > 0
    }
    guard found.count > Self.limit else { return found }
    let ranks = found.map { pair in
      let beads =
        Double(statistics.source(pair.source)?.beads ?? 1)
        + Double(statistics.target(pair.target)?.beads ?? 1)
      let weight = pair.meanWeight
      return (pair.given > 0 ? 1 : 2 * weight / beads) * logarithm(1 + weight)
    }
    let order = found.indices.sorted {
      ranks[$0] == ranks[$1] ? found[$0].key < found[$1].key : ranks[$0] > ranks[$1]
    }
    return order.prefix(Self.limit).map { found[$0] }
  }

  private func spell(_ draft: inout Draft, _ beads: EvidenceTexts) {
    var source = TermSpelling()
    var target = TermSpelling()
    for place in draft.places {
      let text = beads[place.bead]
      source.add(place.spans.source, in: place.spans.sourceIsInTarget ? text.target : text.source)
      target.add(place.spans.target, in: place.spans.targetIsInSource ? text.source : text.target)
    }
    draft.source = source.commonest
    draft.target = target.commonest
    let tokenizer = KeyTokenizer()
    draft.sourceKeys = tokenizer.tokens(of: draft.source)
    draft.targetKeys = tokenizer.tokens(of: draft.target)
    draft.sourceTokens = draft.sourceKeys.map(\.hash)
    draft.targetTokens = draft.targetKeys.map(\.hash)
  }

  private func candidate(
    _ draft: Draft, _ score: TermScore, _ beads: EvidenceTexts
  ) -> TermCandidate {
    let pair = draft.pair
    return TermCandidate(
      source: draft.source, target: draft.target, score: score.share, count: Int(pair.beads),
      sourceCount: Int(max(pair.beads, statistics.source(pair.source)?.beads ?? 0)),
      targetCount: Int(max(pair.beads, statistics.target(pair.target)?.beads ?? 0)),
      cue: TermCandidate.Cue(rawValue: pair.cue),
      evidence: draft.places.prefix(Self.evidenceLimit).map { place in
        let text = beads[place.bead]
        var evidence = text.evidence
        (evidence.sourceText, evidence.targetText) = (text.source, text.target)
        evidence.sourceSpan = place.spans.sourceIsInTarget ? 0..<0 : place.spans.source.inInts
        evidence.targetSpan = place.spans.targetIsInSource ? 0..<0 : place.spans.target.inInts
        return evidence
      })
  }
}

// MARK: Judging

extension TermJudge {
  private func judge(_ drafts: [Draft]) -> [TermScore] {
    let sides = (SideTerms(drafts, statistics, .source), SideTerms(drafts, statistics, .target))
    let nesting = PairNesting(drafts)
    return drafts.map { draft in
      var evidence = evidence(draft, sides.0, sides.1)
      evidence.pairIndependence = nesting.independence(of: draft.pair)
      return TermScore(evidence)
    }
  }

  private func evidence(_ draft: Draft, _ source: SideTerms, _ target: SideTerms) -> PairEvidence {
    let pair = draft.pair
    let left = statistics.source(pair.source)
    let right = statistics.target(pair.target)
    let sourceIsHan = languages.source.isChinese
    let tokens = sourceIsHan ? draft.targetKeys : draft.sourceKeys
    let latinCount = sourceIsHan ? right : left
    let small = tokens.count { $0.kind == .word && FunctionWords.english.contains($0.hash) }
    return PairEvidence(
      weight: pair.meanWeight, sourceBeads: Double(max(pair.beads, left?.beads ?? 0)),
      targetBeads: Double(max(pair.beads, right?.beads ?? 0)),
      cue: TermCandidate.Cue(rawValue: pair.cue), bestOfSource: source.best[pair.source] ?? 1,
      bestOfTarget: target.best[pair.target] ?? 1, nameShare: latinCount?.nameShare ?? 1,
      sourceIndependence: source.nesting.independence(of: pair.source) ?? 1,
      targetIndependence: target.nesting.independence(of: pair.target) ?? 1,
      pairIndependence: 1, entropy: entropy(pair, source, target), words: tokens.count - small,
      ideographs: (sourceIsHan ? draft.sourceTokens : draft.targetTokens).count,
      hasInnerFunctionWord: small > 0, isEveryday: isEveryday(draft),
      isIdentical: pair.source == pair.target)
  }

  private func entropy(
    _ pair: PairCount, _ source: SideTerms, _ target: SideTerms
  ) -> Double? {
    [source.entropies[pair.source]?.least, target.entropies[pair.target]?.least]
      .compactMap { $0 }.min()
  }

  /// Whether the word list translates one side by the other, as 公里 is a kilometer in every text.
  private func isEveryday(_ draft: Draft) -> Bool {
    let (key, other) =
      languages.source.isChinese
      ? (draft.sourceKeys, draft.targetKeys) : (draft.targetKeys, draft.sourceKeys)
    guard let match = lexicon.longestMatch(key.span, at: 0), match.length == key.count else {
      return false
    }
    return other.allSatisfy { token in match.translations.contains { $0.hash == token.hash } }
  }
}

/// Pairs within pairs: 财务报表 and "statements" within 财务报表 and "financial statements".
private struct PairNesting {
  private var numbers = KeyNumbers()
  /// The weight of the best pair that has the same phrase on one side and a longer one on the other.
  private var longer: [Double]

  init(_ drafts: [TermJudge.Draft]) {
    for draft in drafts { _ = numbers.number(of: draft.pair.key) }
    longer = Array(repeating: 0, count: numbers.count)
    var parts = PhraseParts()
    for draft in drafts {
      let (pair, weight) = (draft.pair, draft.pair.meanWeight)
      parts.fill(draft.targetTokens)
      for part in parts.keys where part != pair.target {
        note(PairKey.of(pair.source, part), weight)
      }
      parts.fill(draft.sourceTokens)
      for part in parts.keys where part != pair.source {
        note(PairKey.of(part, pair.target), weight)
      }
    }
  }

  private mutating func note(_ part: UInt64, _ weight: Double) {
    guard let number = numbers[part] else { return }
    longer[number] = max(longer[number], weight)
  }

  func independence(of pair: PairCount) -> Double {
    let longest = numbers[pair.key].map { longer[$0] } ?? 0
    return max(0, 1 - longest / max(pair.meanWeight, 0.5))
  }
}

/// What the phrases of one side are among themselves.
private struct SideTerms {
  /// The weight of the best pair of each phrase.
  var best: [UInt64: Double] = [:]
  var nesting: CValue
  var entropies: [UInt64: BranchingEntropy] = [:]

  init(_ drafts: [TermJudge.Draft], _ statistics: TermStatistics, _ side: Cues.Side) {
    var tokens: [UInt64: [UInt64]] = [:]
    var occurrences: [UInt64: UInt32] = [:]
    for draft in drafts {
      let key = side == .source ? draft.pair.source : draft.pair.target
      let count = side == .source ? statistics.source(key) : statistics.target(key)
      best[key] = max(best[key] ?? 0, draft.pair.meanWeight)
      occurrences[key] = count?.occurrences ?? 1
      tokens[key] = side == .source ? draft.sourceTokens : draft.targetTokens
    }
    nesting = CValue(phrases: tokens) { Double(occurrences[$0] ?? 1) }
    entropies = BranchingEntropy.of(
      occurrences,
      neighbours: statistics.shards.map {
        side == .source ? $0.sourceNeighbours : $0.targetNeighbours
      })
  }
}

/// The texts of the beads that are asked for.
private struct EvidenceTexts {
  private var texts: [UInt32: TranslatedText] = [:]

  init(_ all: some TranslatedTexts, beads: [UInt32]) throws {
    let wanted = Set(beads)
    var texts: [UInt32: TranslatedText] = [:]
    texts.reserveCapacity(wanted.count)
    var number: UInt32 = 0
    try all.forEachBatch(of: 1024) { batch in
      for text in batch {
        if wanted.contains(number) { texts[number] = text }
        number += 1
      }
    }
    self.texts = texts
  }

  subscript(bead: UInt32) -> TranslatedText {
    texts[bead]
      ?? TranslatedText(source: "", target: "", evidence: .init(file: "", bead: Int(bead)))
  }
}

extension TermSpelling {
  fileprivate mutating func add(_ range: Range<UInt32>, in text: String) {
    let utf8 = text.utf8
    // A bitext that changed while it was read has other texts the second time.
    guard Int(range.upperBound) <= utf8.count else { return }
    let start = utf8.index(utf8.startIndex, offsetBy: Int(range.lowerBound))
    let end = utf8.index(start, offsetBy: range.count)
    add(
      String(decoding: utf8[start..<end], as: UTF8.self),
      leadsSentence: utf8.leadsSentence(at: Int(range.lowerBound)))
  }
}

extension PairCount {
  fileprivate var meanWeight: Double { Double(weight) / Double(PairCount.unit) }
}

extension PhraseCount {
  fileprivate var nameShare: Double { Double(names) / Double(max(1, occurrences)) }
}

extension Range<UInt32> {
  fileprivate var inInts: Range<Int> { Int(lowerBound)..<Int(upperBound) }
}
