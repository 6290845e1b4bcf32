internal import Bitext
internal import Segmentation

/// What an author himself says about terms: a name with its translation in brackets, marks around
/// it, a name that is spelt as it sounds.
struct Cues {
  /// A pair that the text gives, wherever its halves stand.
  struct GivenPair {
    var source: Place
    var target: Place
    var kind: TermCandidate.Cue
  }

  /// Words of one side.
  struct Place {
    var side: Side
    var words: Range<Int>
  }

  enum Side { case source, target }

  let source: PhraseText
  let target: PhraseText
  private let phrases: (source: [CandidatePhrase], target: [CandidatePhrase])

  init(
    _ source: PhraseText, _ target: PhraseText,
    phrases: (source: [CandidatePhrase], target: [CandidatePhrase])
  ) {
    self.source = source
    self.target = target
    self.phrases = phrases
  }

  /// The pairs that the bead gives. `isLinked` tells whether a source phrase and a target phrase, by
  /// their keys, are a pair that the word links allow.
  func givenPairs(isLinked: (UInt64, UInt64) -> Bool) -> [GivenPair] {
    translationsInBrackets(of: .source, isLinked) + translationsInBrackets(of: .target, isLinked)
      + marked() + namesBySound()
  }

  private func text(_ side: Side) -> PhraseText { side == .source ? source : target }
  private func phrases(_ side: Side) -> [CandidatePhrase] {
    side == .source ? phrases.source : phrases.target
  }
}

// MARK: Translations in brackets

extension Cues {
  /// “Golden Phoenix (金凤凰)” and 金凤凰（Golden Phoenix） on one side of a bead.
  private func translationsInBrackets(
    of side: Side, _ isLinked: (UInt64, UInt64) -> Bool
  ) -> [GivenPair] {
    let text = text(side)
    return text.brackets().compactMap { inside in
      let last = text.wordBefore(inside.lowerBound - 1)
      guard last >= 0, let insideIsHan = script(of: inside, in: text),
        text.words[last].traits.contains(.han) != insideIsHan,
        text.words[last].traits.isDisjoint(with: [.mark, .number]),
        let before = termBefore(inside, side: side, isLinked)
      else { return nil }
      let isQuoted = text.words[last + 1].traits.contains(.closesQuote)
      let isAcronym =
        inside.count == 1 && text.words[inside.lowerBound].traits.contains(.acronym)
      let kind: TermCandidate.Cue = isAcronym && !isQuoted ? .abbreviation : .brackets
      // The side's own language stands before the bracket.
      let (own, other) = (Place(side: side, words: before), Place(side: side, words: inside))
      return side == .source
        ? GivenPair(source: own, target: other, kind: kind)
        : GivenPair(source: other, target: own, kind: kind)
    }
  }

  /// Whether words are all ideographs; `nil` when they are neither that nor a Latin name.
  private func script(of words: Range<Int>, in text: PhraseText) -> Bool? {
    let traits = text.words[words].map(\.traits)
    if traits.allSatisfy({ $0.contains(.han) }) {
      return text.words[words].reduce(0) { $0 + Int($1.tokenEnd - $1.firstToken) } >= 2 ? true : nil
    }
    let isLatin = traits.allSatisfy { $0.isDisjoint(with: [.han, .mark, .opens]) }
    return isLatin && traits.contains { $0.isDisjoint(with: [.number, .hyphen]) } ? false : nil
  }

  /// The term that ends before a bracket: what stands in quotes there, else the phrase that the
  /// links pair with the words in the bracket, else a name in capitals. Without any of these nobody
  /// can tell where a term in ideographs begins.
  private func termBefore(
    _ inside: Range<Int>, side: Side, _ isLinked: (UInt64, UInt64) -> Bool
  ) -> Range<Int>? {
    let text = text(side)
    let last = text.wordBefore(inside.lowerBound - 1)
    if text.words[last + 1].traits.contains(.closesQuote) {
      return text.quoted(endingAt: last)
    }
    let key = text.key(inside)
    var best: Range<Int>?
    for phrase in phrases(side) where phrase.words.upperBound == last + 1 {
      let linked = side == .source ? isLinked(phrase.key, key) : isLinked(key, phrase.key)
      if phrase.isName || linked, phrase.words.count > best?.count ?? 0 { best = phrase.words }
    }
    if best == nil, text.words[last].traits.contains(.capital),
      text.words[last].traits.isDisjoint(with: [.function, .breaks])
    {
      best = last..<last + 1
    }
    return best
  }
}

// MARK: Marks around terms

extension Cues {
  /// “一带一路” beside "Belt and Road" in quotes: each side has one marked term, and they are one.
  private func marked() -> [GivenPair] {
    let (left, right) = (source.quotations(), target.quotations())
    guard left.count == 1, right.count == 1 else { return [] }
    return [
      GivenPair(
        source: Place(side: .source, words: left[0]),
        target: Place(side: .target, words: right[0]), kind: .quotes)
    ]
  }
}

extension PhraseText {
  /// Words of a quoted term at the most; longer quotations are speech.
  private static let longestQuotation = 8

  /// The words in quotes that end with a word.
  func quoted(endingAt last: Int) -> Range<Int>? {
    var first = last
    while first >= 0, last - first < Self.longestQuotation {
      if words[first].traits.contains(.opensQuote) {
        return first < last ? first + 1..<last + 1 : nil
      }
      if words[first].traits == .mark { return nil }
      first -= 1
    }
    return nil
  }

  /// What stands in quotes or title marks and may be a term: short, and no sentence.
  func quotations() -> [Range<Int>] {
    var found: [Range<Int>] = []
    var open: Int?
    for index in words.indices {
      let traits = words[index].traits
      if let start = open, traits.contains(.closesQuote) {
        let inside = start + 1..<index
        open = nil
        guard (1...Self.longestQuotation).contains(inside.count), isTermLike(inside) else {
          continue
        }
        found.append(inside)
      } else if traits.contains(.opensQuote) {
        open = index
      }
    }
    return found
  }

  private func isTermLike(_ range: Range<Int>) -> Bool {
    let edges: Traits = [.function, .breaks, .mark, .number]
    return words[range.lowerBound].traits.isDisjoint(with: edges)
      && words[range.upperBound - 1].traits.isDisjoint(with: edges)
      && words[range].allSatisfy { $0.traits.isDisjoint(with: .breaks) && $0.traits != .mark }
  }
}
