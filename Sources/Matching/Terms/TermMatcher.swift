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

/// Finds the terms of one language in texts: built once, then only read, by any number of threads.
///
/// Latin terms match whole words in any inflection, Chinese ones anywhere. An acronym or a name of
/// one word is found in its own case alone, any other term in every case. Of occurrences that
/// overlap the one of more tokens wins, then the first.
public struct TermMatcher: Sendable {
  /// A term with the place of its concept in the termbase.
  public struct Entry: Sendable, Hashable {
    public var concept: Int
    public var term: Term
  }

  let compiled: CompiledTerms

  /// The language whose terms are matched.
  public var language: LanguageTag { compiled.languages[0] }
  /// Those that can match, in the order of the termbase.
  public var terms: Terms { Terms(compiled: compiled) }

  /// - Parameters:
  ///   - termbase: the concepts; the terms of languages that do not match are left out.
  ///   - language: of the texts.
  ///   - includesProposed: whether terms that wait for review count too.
  public init(_ termbase: Termbase, language: LanguageTag, includesProposed: Bool = false) {
    self.init(termbase, language: language, includesProposed: includesProposed, source: 0)
  }

  /// - Parameters:
  ///   - termbase: the concepts; the terms of languages that do not match are left out.
  ///   - language: of the texts.
  ///   - includesProposed: whether terms that wait for review count too.
  ///   - source: a hash of what the termbase was read from, to know compiled terms by.
  package init(
    _ termbase: Termbase, language: LanguageTag, includesProposed: Bool = false, source: UInt64
  ) {
    let texts = language
    var builder = TermTableBuilder(texts, expected: termbase.concepts.count)
    // One question a tag, not one a term.
    var known: [String: Int?] = [:]
    var last: (tag: String, number: Int?)?
    // By index, since taking a term out of its array would count references for each of its parts.
    for concept in termbase.concepts.indices {
      for index in termbase.concepts[concept].terms.indices {
        let status = termbase.concepts[concept].terms[index].status
        guard includesProposed || status != .proposed else { continue }
        let tag = termbase.concepts[concept].terms[index].language.description
        if last?.tag != tag {
          let language = termbase.concepts[concept].terms[index].language
          let isOurs = known[tag] == nil && LanguageMatching.match(language, texts)
          let number = known[tag] ?? (isOurs ? builder.number(of: language) : nil)
          known[tag] = .some(number)
          last = (tag, number)
        }
        guard let number = last?.number else { continue }
        builder.add(
          termbase.concepts[concept].terms[index].text, status: status, language: number,
          concept: concept)
      }
    }
    compiled = builder.finish(source: source)
  }

  init(compiled: CompiledTerms) { self.compiled = compiled }

  /// Terms that can never match, since nothing is left of them in a match key.
  public var unmatchable: [Entry] { compiled.unmatchable }

  // MARK: Finding

  /// Hands over the occurrences in a text that no longer one takes the place of, in the order of the
  /// text. A text of whatever length is read block by block.
  public func forEachHit(in utf8: Span<UInt8>, _ body: (TermHit) -> Void) {
    TermSearch.withSearch { $0.forEachHit(compiled, utf8, body) }
  }

  /// The occurrences in a text that no longer one takes the place of, in the order of the text.
  public func hits(in utf8: Span<UInt8>) -> [TermHit] {
    var hits: [TermHit] = []
    forEachHit(in: utf8) { hits.append($0) }
    return hits
  }

  /// The terms that a text means by an occurrence, as indices of ``terms``, in the order of the
  /// termbase.
  ///
  /// - Parameters:
  ///   - hit: found in the text.
  ///   - utf8: the text.
  /// - Returns: one at the least for a hit of this matcher; none for another one's.
  public func terms(of hit: TermHit, in utf8: Span<UInt8>) -> [Int] {
    guard let group = compiled.records.group(at: hit.group) else { return [] }
    let terms = compiled.terms(of: group)
    guard group.isSensitive, hit.start <= hit.end, Int(hit.end) <= utf8.count else { return terms }
    return terms.filter { compiled.accepts(utf8.extracting(hit.range), for: $0) }
  }

  /// The place of a term's concept in the termbase.
  public func concept(of term: Int) -> Int { compiled.concept(of: term) }

  /// All occurrences of all terms, those inside longer ones too, by start and then by length.
  ///
  /// `tokens` are those of the text, as `KeyTokenizer` gives them.
  public func allMatches(in utf8: Span<UInt8>, tokens: [KeyToken]) -> [TermMatch] {
    matches(in: utf8, tokens: tokens) { search, tokens, bytes in
      search.allHits(compiled, tokens, bytes)
    }
  }

  /// The occurrences that no longer one takes the place of: of two that overlap the one of more
  /// tokens wins, then the first.
  public func matches(in utf8: Span<UInt8>, tokens: [KeyToken]) -> [TermMatch] {
    matches(in: utf8, tokens: tokens) { search, tokens, bytes in
      search.longestHits(compiled, tokens, bytes)
    }
  }

  private func matches(
    in utf8: Span<UInt8>, tokens: [KeyToken],
    _ find: (inout TermSearch, UnsafeBufferPointer<KeyToken>, UnsafeBufferPointer<UInt8>) ->
      [TermHit]
  ) -> [TermMatch] {
    let hits = utf8.withUnsafeBufferPointer { bytes in
      tokens.withUnsafeBufferPointer { tokens in
        TermSearch.withSearch { find(&$0, tokens, bytes) }
      }
    }
    return hits.map { hit in
      TermMatch(range: hit.range, tokens: hit.tokens, terms: terms(of: hit, in: utf8))
    }
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
}

extension TermMatcher {
  /// The terms of a matcher, each read from its memory when it is asked for.
  public struct Terms: RandomAccessCollection, Sendable {
    let compiled: CompiledTerms

    public var startIndex: Int { 0 }
    public var endIndex: Int { compiled.layout.termCount }

    public subscript(position: Int) -> Entry {
      precondition(indices.contains(position), "no term has this index")
      return compiled.entry(position)
    }
  }
}
