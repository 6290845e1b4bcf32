public import Bitext
internal import Matching
internal import Segmentation
internal import Store

extension ConcordanceFlow {
  /// The concept that someone names: by its id, else by a term.
  ///
  /// - Parameter name: an id, or a term in any language, by match key.
  /// - Returns: the concept.
  /// - Throws: `Trouble` when there is none, or more than one with the term.
  public func concept(named name: String) throws(Trouble) -> Concept {
    if let concept = termbase.concepts.first(where: { $0.id == name }) { return concept }
    let key = MatchKey(name)
    let found =
      key.bytes.isEmpty
      ? []
      : termbase.concepts.filter { concept in
        concept.terms.contains { MatchKey($0.text) == key }
      }
    guard let concept = found.first else {
      throw Trouble(
        "no concept has the id or the term '\(name)': 'concord list' shows the concepts")
    }
    guard found.count == 1 else {
      throw Trouble(
        "several concepts have the term '\(name)': name one by its id, "
          + found.map(\.id).joined(separator: ", "))
    }
    return concept
  }

  /// Every occurrence of the terms of a concept, in no particular order.
  mutating func lines(
    of concept: Concept, _ filter: UnitFilter
  ) throws(Trouble) -> [ConcordanceLine] {
    var others = ConcordanceCounterparts(
      store: store, aligner: aligner, concepts: [concept], includesProposed: includesProposed)
    var lines: [ConcordanceLine] = []
    for text in try texts(withTermsOf: concept, filter) {
      let line = ConcordanceLine(text)
      let isConsistent = others.hasAcceptedTerm(line)
      for (range, term) in occurrences(of: concept, in: line) {
        var line = line
        line.hit.range = range
        line.term = term
        line.isConsistent = isConsistent
        lines.append(line)
      }
    }
    return lines
  }

  /// The sides of units that may have a term, each once.
  private func texts(
    withTermsOf concept: Concept, _ filter: UnitFilter
  ) throws(Trouble) -> [ConcordanceHit] {
    var texts: [ConcordanceHit] = []
    var seen: [UnitSide: Set<Int64>] = [.source: [], .target: []]
    var done: Set<[String]> = []
    for term in concept.terms where includesProposed || term.status != .proposed {
      let needles = try cheapest(TermNeedles(term.text), filter)
      guard done.insert(needles).inserted else { continue }
      for needle in needles {
        for hit in try hits(of: needle, filter, limit: Self.mostHits) {
          guard let id = hit.unit.id, seen[hit.side]?.insert(id).inserted == true else { continue }
          texts.append(hit)
        }
      }
    }
    return texts
  }

  /// Occurrences up to which a needle is rare enough, so that no better one is looked for.
  private static let rare = 64

  private func cheapest(_ needles: TermNeedles, _ filter: UnitFilter) throws(Trouble) -> [String] {
    guard needles.choices.count > 1 else { return needles.choices.first ?? [] }
    for choice in needles.choices {
      var count = 0
      for needle in choice where count < Self.rare {
        count += try hits(of: needle, filter, limit: Self.rare).count
      }
      if count < Self.rare { return choice }
    }
    return needles.choices[0]
  }

  private func hits(
    of text: String, _ filter: UnitFilter, limit: Int
  ) throws(Trouble) -> [ConcordanceHit] {
    var query = ConcordanceQuery(text: text, limit: limit)
    query.filter = filter
    let page = try store.concordance(query)
    if page.hasMore, limit >= Self.mostHits { throw Self.tooMany }
    return page.hits
  }

  /// Where the concept's terms stand in a text: not where they are a part of another concept's term.
  private mutating func occurrences(
    of concept: Concept, in line: ConcordanceLine
  ) -> [(Range<Int>, Term)] {
    let matcher = matcher(line.ownLanguage)
    return matcher.matches(in: line.own).compactMap { match in
      let term = match.terms.first {
        termbase.concepts[matcher.terms[$0].concept].id == concept.id
      }
      return term.map { (match.range, matcher.terms[$0].term) }
    }
  }

  private mutating func matcher(_ language: LanguageTag) -> TermMatcher {
    let matcher =
      matchers[language]
      ?? TermMatcher(termbase, language: language, includesProposed: includesProposed)
    matchers[language] = matcher
    return matcher
  }
}
