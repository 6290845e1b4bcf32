public import Bitext
public import Segmentation

/// A bead as term extraction reads it: two texts that translate each other.
public struct TranslatedText: Sendable, Hashable {
  public var source: String
  public var target: String
  /// Where it stands: the bitext's file and the zero-based number of the bead in it.
  public var evidence: TermCandidate.Evidence

  public init(source: String, target: String, evidence: TermCandidate.Evidence) {
    self.source = source
    self.target = target
    self.evidence = evidence
  }
}

/// Finds pairs of terms in a bitext: phrases of each side that keep each other's company, and
/// pairs that an author gives himself, such as “Golden Phoenix (金凤凰)”.
///
/// Phrases are joined by Dice's coefficient over the beads that hold them, discounted where they
/// are few, and only when each is the other's best partner (competitive linking, Melamed 2000).
public struct TermExtractor: Sendable {
  private let languages: (source: LanguageTag, target: LanguageTag)
  private let lexicon: Lexicon

  /// The least score that is worth showing.
  private static let minimumScore = 0.4
  /// One bead on its own says little: c beads count as c / (c + 1).
  private static let discount = 1.0
  /// A pair that the author gives.
  private static let givenScore = 0.98

  /// An extractor for bitexts of two languages; `lexicon` holds everyday words, whose pairs are no
  /// terms.
  public init(source: LanguageTag, target: LanguageTag, lexicon: Lexicon = .builtin) {
    languages = (source, target)
    self.lexicon = lexicon
  }

  /// The candidates, best first.
  public func candidates(in texts: [TranslatedText]) throws(Trouble) -> [TermCandidate] {
    let source = try PhraseIndex(texts.map(\.source), language: languages.source)
    let target = try PhraseIndex(texts.map(\.target), language: languages.target)
    var found = pair(source, target, texts)
    addGiven(&found, texts, source, target)
    return found.sorted { left, right in
      if left.score != right.score { return left.score > right.score }
      if left.count != right.count { return left.count > right.count }
      return (left.source, left.target) < (right.source, right.target)
    }
  }

  private func pair(
    _ source: PhraseIndex, _ target: PhraseIndex, _ texts: [TranslatedText]
  ) -> [TermCandidate] {
    var best = BestPartners(source, target)
    for phrase in source.phrases.indices { best.count(phrase) }
    return best.mutual.compactMap { left, right, count in
      let score = best.score(left, right, count)
      let phrases = (source.phrases[left], target.phrases[right])
      guard score >= Self.minimumScore, !isEveryday(phrases.0, phrases.1) else { return nil }
      let shared = Set(phrases.1.beads)
      return TermCandidate(
        source: phrases.0.text, target: phrases.1.text, score: score, count: count,
        sourceCount: phrases.0.beads.count, targetCount: phrases.1.beads.count,
        evidence: phrases.0.beads.filter(shared.contains).map { texts[Int($0)].evidence })
    }
  }

  /// Whether the pair is no term: the same text on both sides, or words that the word list
  /// translates by one another, as 公里 is a kilometer in every text. Names stay.
  private func isEveryday(_ source: PhraseIndex.Phrase, _ target: PhraseIndex.Phrase) -> Bool {
    let (left, right) = languages.source.isChinese ? (source, target) : (target, source)
    // What stands in both languages alike is code or a name that nobody translated.
    if MatchKey(left.text) == MatchKey(right.text) { return true }
    guard !right.isName else { return false }
    let tokenizer = KeyTokenizer()
    let key = tokenizer.tokens(of: left.text)
    guard let match = lexicon.longestMatch(key.span, at: 0), match.length == key.count else {
      return false
    }
    let known = Set(match.translations.map(\.hash))
    return tokenizer.tokens(of: right.text).allSatisfy { known.contains($0.hash) }
  }

  /// Adds what the author says himself; such a pair needs to stand there but once.
  private func addGiven(
    _ candidates: inout [TermCandidate], _ texts: [TranslatedText], _ source: PhraseIndex,
    _ target: PhraseIndex
  ) {
    var known: [String: Int] = [:]
    for (index, candidate) in candidates.enumerated() {
      known[candidate.source + "\u{0}" + candidate.target] = index
    }
    for text in texts {
      for pair in GivenPairs.find(in: text, languages: languages) {
        if let index = known[pair.source + "\u{0}" + pair.target] {
          candidates[index].score = max(candidates[index].score, Self.givenScore)
          continue
        }
        known[pair.source + "\u{0}" + pair.target] = candidates.count
        candidates.append(
          TermCandidate(
            source: pair.source, target: pair.target, score: Self.givenScore, count: 1,
            sourceCount: max(1, source.beadCount(of: pair.source)),
            targetCount: max(1, target.beadCount(of: pair.target)), evidence: [text.evidence]))
      }
    }
  }

  /// The best partner of each phrase of both sides.
  private struct BestPartners {
    let source: PhraseIndex
    let target: PhraseIndex
    private var ofSource: [(partner: Int, count: Int, score: Double)?]
    private var ofTarget: [(partner: Int, count: Int, score: Double)?]
    private var counts: [Int32]

    init(_ source: PhraseIndex, _ target: PhraseIndex) {
      self.source = source
      self.target = target
      ofSource = Array(repeating: nil, count: source.phrases.count)
      ofTarget = Array(repeating: nil, count: target.phrases.count)
      counts = Array(repeating: 0, count: target.phrases.count)
    }

    mutating func count(_ phrase: Int) {
      var touched: [Int] = []
      for bead in source.phrases[phrase].beads {
        for other in target.phrasesOfBead[Int(bead)] {
          if counts[Int(other)] == 0 { touched.append(Int(other)) }
          counts[Int(other)] += 1
        }
      }
      for other in touched {
        let count = Int(counts[other])
        counts[other] = 0
        let score = score(phrase, other, count)
        if isBetter(score, phrase, other, than: ofSource[phrase]) {
          ofSource[phrase] = (other, count, score)
        }
        if let best = ofTarget[other],
          best.score > score
            || best.score == score && source.weight(best.partner) >= source.weight(phrase)
        {
          continue
        }
        ofTarget[other] = (phrase, count, score)
      }
    }

    /// Of phrases with the same score the longer one is the term and the other a part of it.
    private func isBetter(
      _ score: Double, _ phrase: Int, _ other: Int,
      than best: (partner: Int, count: Int, score: Double)?
    ) -> Bool {
      guard let best else { return true }
      if score != best.score { return score > best.score }
      return target.weight(other) > target.weight(best.partner)
    }

    func score(_ left: Int, _ right: Int, _ count: Int) -> Double {
      let (a, b) = (source.phrases[left].beads.count, target.phrases[right].beads.count)
      let dice = 2 * Double(count) / Double(a + b)
      return dice * Double(count) / (Double(count) + TermExtractor.discount)
    }

    var mutual: [(Int, Int, Int)] {
      ofSource.indices.compactMap { left in
        guard let best = ofSource[left], best.count > 1, ofTarget[best.partner]?.partner == left
        else { return nil }
        return (left, best.partner, best.count)
      }
    }
  }
}
