public import Bitext
public import Segmentation

/// An occurrence of one or more terms in a text.
public struct TermMatch: Sendable, Hashable {
  /// The bytes of the text, without a possessive ending that no term has.
  public var range: Range<Int>
  /// The tokens of the text that the match covers.
  public var tokens: Range<Int>
  /// The terms with this key, as indices of ``TermMatcher/terms``, in the order of the termbase.
  public var terms: [Int]
}

/// Finds the terms of one language in texts: built once, then only read.
///
/// A trie over ``KeyToken`` hashes, kept in one table: each prefix of a term is an entry under its
/// rolling hash, so that a step costs one look-up however many terms there are. Latin terms match
/// whole words in any inflection, Chinese ones anywhere.
public struct TermMatcher: Sendable {
  /// A term with the place of its concept in the termbase.
  public struct Entry: Sendable, Hashable {
    public var concept: Int
    public var term: Term
  }

  /// The language whose terms are matched.
  public let language: LanguageTag
  public private(set) var terms: [Entry] = []
  /// Terms that can never match, since nothing is left of them in a match key.
  public private(set) var unmatchable: [Entry] = []

  private var nodes: [UInt64: Node] = [:]
  private var termLists: [[Int]] = []

  private struct Node {
    /// Index of ``termLists``, or −1 where no term ends.
    var list: Int32 = -1
    /// Whether a longer term starts with this prefix.
    var goesOn = false
  }

  /// - Parameters:
  ///   - termbase: the concepts; the terms of languages that do not match are left out.
  ///   - language: of the texts.
  ///   - includesProposed: whether terms that wait for review count too.
  public init(_ termbase: Termbase, language: LanguageTag, includesProposed: Bool = false) {
    self.language = language
    let tokenizer = KeyTokenizer()
    // One question a tag, not one a term.
    var fits: [LanguageTag: Bool] = [:]
    for (index, concept) in termbase.concepts.enumerated() {
      for term in concept.terms where includesProposed || term.status != .proposed {
        let isOurs = fits[term.language] ?? LanguageMatching.match(term.language, language)
        fits[term.language] = isOurs
        guard isOurs else { continue }
        let tokens = tokenizer.tokens(of: term.text)
        let entry = Entry(concept: index, term: term)
        guard tokens.contains(where: { $0.kind != .punctuation }) else {
          unmatchable.append(entry)
          continue
        }
        insert(tokens, terms.count)
        terms.append(entry)
      }
    }
  }

  private mutating func insert(_ tokens: [KeyToken], _ term: Int) {
    var hash = Self.seed
    for token in tokens.dropLast() {
      hash = Self.extend(hash, token.hash)
      nodes[hash, default: Node()].goesOn = true
    }
    guard let last = tokens.last else { return }
    hash = Self.extend(hash, last.hash)
    var node = nodes[hash, default: Node()]
    if node.list < 0 {
      node.list = Int32(termLists.count)
      termLists.append([])
    }
    termLists[Int(node.list)].append(term)
    nodes[hash] = node
  }

  /// All occurrences of all terms, those inside longer ones too, by start and then by length.
  ///
  /// `tokens` are those of the text, as `KeyTokenizer` gives them.
  public func allMatches(in utf8: Span<UInt8>, tokens: [KeyToken]) -> [TermMatch] {
    var matches: [TermMatch] = []
    for start in tokens.indices {
      var hash = Self.seed
      for index in start..<tokens.count {
        hash = Self.extend(hash, tokens[index].hash)
        guard let node = nodes[hash] else { break }
        if node.list >= 0 {
          let list = termLists[Int(node.list)]
          let end = trimmedEnd(utf8, tokens[index], list)
          matches.append(
            TermMatch(
              range: Int(tokens[start].start)..<end, tokens: start..<index + 1, terms: list))
        }
        if !node.goesOn { break }
      }
    }
    return matches
  }

  /// The occurrences that no longer one takes the place of: of two that overlap the one of more
  /// tokens wins, then the first.
  public func matches(in utf8: Span<UInt8>, tokens: [KeyToken]) -> [TermMatch] {
    Self.longest(allMatches(in: utf8, tokens: tokens))
  }

  /// The occurrences in a string.
  public func matches(in text: String) -> [TermMatch] {
    let utf8 = Array(text.utf8)
    return matches(in: utf8.span, tokens: KeyTokenizer().tokens(of: utf8.span))
  }

  /// Keeps of overlapping matches the longest ones, in the order of the text.
  public static func longest(_ matches: [TermMatch]) -> [TermMatch] {
    let order = matches.sorted { left, right in
      left.tokens.count != right.tokens.count
        ? left.tokens.count > right.tokens.count
        : left.tokens.lowerBound < right.tokens.lowerBound
    }
    var taken: [Bool] = []
    var kept: [TermMatch] = []
    for match in order {
      if taken.count < match.tokens.upperBound {
        taken += repeatElement(false, count: match.tokens.upperBound - taken.count)
      }
      guard !taken[match.tokens].contains(true) else { continue }
      for token in match.tokens { taken[token] = true }
      kept.append(match)
    }
    return kept.sorted { $0.tokens.lowerBound < $1.tokens.lowerBound }
  }

  /// Where a match ends: before "'s" unless a term ends so itself.
  private func trimmedEnd(_ utf8: Span<UInt8>, _ token: KeyToken, _ list: [Int]) -> Int {
    let end = Int(token.end)
    guard token.kind == .word else { return end }
    let bare = utf8.possessiveStart(token.range)
    let isOwn = list.contains {
      terms[$0].term.text.hasSuffix("s") && hasPossessive(terms[$0].term)
    }
    return isOwn ? end : bare
  }

  private func hasPossessive(_ term: Term) -> Bool {
    let bytes = Array(term.text.utf8)
    return bytes.span.possessiveStart(0..<bytes.count) < bytes.count
  }

  private static let seed: UInt64 = 0x9E37_79B9_7F4A_7C15

  private static func extend(_ hash: UInt64, _ token: UInt64) -> UInt64 {
    let mixed = (hash ^ token) &* 0x9FB2_1C65_1E98_DF25
    return mixed ^ mixed >> 29
  }
}

extension Span<UInt8> {
  /// Where the possessive ending of a word starts, `'s` or `’s`; else the word's end.
  fileprivate func possessiveStart(_ range: Range<Int>) -> Int {
    let end = range.upperBound
    guard range.count > 2, self[end - 1] | 0x20 == 0x73 else { return end }
    if self[end - 2] == 0x27 { return end - 2 }
    if range.count > 4, self[end - 2] == 0x99, self[end - 3] == 0x80, self[end - 4] == 0xE2 {
      return end - 4
    }
    return end
  }
}
