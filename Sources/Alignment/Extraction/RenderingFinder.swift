package import Bitext

/// Finds what stands for a term in one bead, by the links of its words: where a translation leaves
/// out the usual rendering, this tells which other one it has.
package struct RenderingFinder: Sendable {
  /// A stretch of the target that stands for the term.
  package struct Rendering: Sendable, Hashable {
    /// Bytes of the target text.
    package var range: Range<Int>
    /// How well the links hold term and rendering together, as a share 0…1.
    package var share: Double
    /// Whether it is written like a name.
    package var isName: Bool
    /// Whether it is one of those that were offered.
    package var isOffered = false
  }

  /// A term of a bead whose usual rendering the target does not have.
  package struct Term: Sendable {
    /// Bytes of the bead's source text.
    package var range: Range<Int>
    /// Whether it is a name, which takes unlinked words in capitals with it.
    package var isName: Bool
    /// The ``KeyToken/hash``es of the usual rendering.
    package var usual: [UInt64]
    /// Stretches of the target that are renderings of terms which the source does not have.
    package var offers: [Range<Int>]

    package init(range: Range<Int>, isName: Bool, usual: [UInt64], offers: [Range<Int>] = []) {
      self.range = range
      self.isName = isName
      self.usual = usual
      self.offers = offers
    }
  }

  /// How sure an offer is at the least: nothing else explains it, and nothing else stands there.
  private static let offeredShare: Float = 0.5

  private let vocabularies: (source: TermVocabulary, target: TermVocabulary)

  package init(source: LanguageTag, target: LanguageTag) {
    vocabularies = (TermVocabulary.of(source), TermVocabulary.of(target))
  }

  /// What stands for a term.
  ///
  /// - Parameters:
  ///   - term: the term.
  ///   - text: the bead.
  ///   - words: its words and their links.
  /// - Returns: the phrase of the target that most of the term's links lead to and few others, or
  ///   one of the offers that nothing else explains; `nil` when there is none, or when the term
  ///   ends inside a word.
  package func rendering(
    of term: Term, in text: TranslatedText, words: LinkedWords
  ) -> Rendering? {
    let source = PhraseText(text.source, words: words.source, vocabulary: vocabularies.source)
    let target = PhraseText(text.target, words: words.target, vocabulary: vocabularies.target)
    guard let own = source.words(of: term.range) else { return nil }
    let pull = Pull(of: own, source, target, links: words.links)
    for offer in term.offers.compactMap({ target.words(of: $0) })
    where pull.accepts(offer, isName: term.isName && target.isName(offer)) {
      return Rendering(
        range: target.range(offer), share: Double(max(Self.offeredShare, pull.share(offer))),
        isName: target.isName(offer), isOffered: true)
    }
    guard pull.total > 0 else { return nil }
    let usual = Set(term.usual)
    var best: (phrase: CandidatePhrase, gain: Float)?
    for phrase in target.candidatePhrases() {
      let gain = pull.gain(phrase, isName: term.isName, usual: usual)
      if gain > best?.gain ?? 0 { best = (phrase, gain) }
    }
    guard let phrase = best?.phrase else { return nil }
    return Rendering(
      range: target.range(phrase.words), share: Double(pull.share(phrase.words)),
      isName: phrase.isName)
  }
}

/// Which target words the links of a term lead to, and which those of other words do.
private struct Pull {
  private let target: PhraseText
  /// By target word.
  private var own: [Float]
  private var foreign: [Float]
  /// For each content word of the term, the target words that it is linked to.
  private var partners: [[(word: Int, share: Float)]] = []
  private(set) var total: Float = 0

  /// What an unlinked word is worth in a name when it has a capital, or beside words of the usual
  /// rendering where that has another one, and what it costs elsewhere.
  private static let freeCapital: Float = 0.25
  private static let freePart: Float = 0.2
  private static let freeWord: Float = 0.3

  init(of term: Range<Int>, _ source: PhraseText, _ target: PhraseText, links: [WordLink]) {
    self.target = target
    var own = [Float](repeating: 0, count: target.words.count)
    var foreign = own
    var partners: [Int: [(word: Int, share: Float)]] = [:]
    for word in term where source.isContent(word) { partners[word] = [] }
    for link in links {
      let (from, to) = (Int(link.source), Int(link.target))
      guard source.isContent(from), target.isContent(to) else { continue }
      if term.contains(from) {
        own[to] += link.share
        partners[from, default: []].append((to, link.share))
      } else {
        foreign[to] += link.share
      }
    }
    self.own = own
    self.foreign = foreign
    self.partners = partners.sorted { $0.key < $1.key }.map(\.value)
    total = own.reduce(0, +)
  }

  /// How much speaks for a phrase; not above 0 when it cannot be the rendering.
  func gain(_ phrase: CandidatePhrase, isName: Bool, usual: Set<UInt64>) -> Float {
    var gain: Float = 0
    var free = 0
    var known = 0
    var small = 0
    for word in phrase.words {
      guard target.isContent(word) else {
        if target.words[word].traits.contains(.function) { small += 1 }
        continue
      }
      let isUsual = target.isAny(of: usual, word)
      if isUsual { known += 1 }
      if own[word] > 0 || foreign[word] > 0 {
        gain += min(1, own[word]) - min(1, foreign[word])
      } else if isName, phrase.isName, target.words[word].traits.contains(.capital) {
        gain += Self.freeCapital
      } else if !isUsual {
        free += 1
      }
    }
    // "Monetary method" for monetary policy: what is strange stands where the other word would.
    let isExchanged = known > 0 && known + free + small <= usual.count
    return gain + Float(free) * (isExchanged ? Self.freePart : -Self.freeWord)
  }

  /// The share of its words that other words of the source may explain in an offer.
  private static let leastForeign: Float = 0.25

  /// Whether the term, and hardly anything else, explains some words. A name of several words in
  /// the place of a name of several words needs no link where no other word has one to it.
  func accepts(_ words: Range<Int>, isName: Bool) -> Bool {
    let content = words.filter { target.isContent($0) }
    let others = content.reduce(Float(0)) { $0 + foreign[$1] }
    if content.contains(where: { own[$0] > 0 }) {
      return others <= Self.leastForeign * Float(content.count)
    }
    return isName && content.count > 1 && partners.count > 1 && others == 0
  }

  /// The share of the term's words that lead into the phrase, times that of its links that do,
  /// times the share of the phrase's own links.
  func share(_ words: Range<Int>) -> Float {
    let inside = words.reduce(Float(0)) { $0 + own[$1] }
    let others = words.reduce(Float(0)) { $0 + foreign[$1] }
    guard inside > 0, !partners.isEmpty else { return 0 }
    let led = partners.count { links in links.contains { words.contains($0.word) } }
    return Float(led) / Float(partners.count) * inside / total * inside / (inside + others)
  }
}

extension PhraseText {
  fileprivate func isContent(_ word: Int) -> Bool {
    words.indices.contains(word)
      && words[word].traits.isDisjoint(with: [.function, .breaks, .mark, .hyphen])
  }

  /// Whether a word is one of some by its key.
  fileprivate func isAny(of keys: Set<UInt64>, _ word: Int) -> Bool {
    let tokens = tokens[Int(words[word].firstToken)..<Int(words[word].tokenEnd)]
    return tokens.contains { keys.contains($0) }
  }

  /// Whether each content word of a stretch has a capital.
  fileprivate func isName(_ range: Range<Int>) -> Bool {
    range.allSatisfy { !isContent($0) || words[$0].traits.contains(.capital) }
  }

  /// The words that a stretch of the text is made of; `nil` when it begins or ends inside one.
  fileprivate func words(of bytes: Range<Int>) -> Range<Int>? {
    guard let first = words.firstIndex(where: { $0.start == bytes.lowerBound }),
      let last = words[first...].firstIndex(where: {
        $0.end == bytes.upperBound || $0.termEnd == bytes.upperBound
      })
    else { return nil }
    return first..<last + 1
  }
}
