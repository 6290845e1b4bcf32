public import Bitext
internal import Matching
internal import Segmentation
internal import Store

extension ConcordanceFlow {
  /// The concept that someone names: by its id, else by a term.
  ///
  /// - Parameter name: an id, or a term in any language, by match key, else as the term matcher finds
  ///   it: inflected, or in the other script.
  /// - Returns: the concept.
  /// - Throws: `Trouble` when there is none, or more than one with the term.
  public func concept(named name: String) throws(Trouble) -> Concept {
    if let concept = termbase.concepts.first(where: { $0.id == name }) { return concept }
    var found = concepts(withTerm: name, .spelling)
    if found.isEmpty { found = concepts(withTerm: name, .term) }
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

  private func concepts(withTerm name: String, _ folding: MatchKey.Folding) -> [Concept] {
    let key = MatchKey(name, folding: folding)
    guard !key.bytes.isEmpty else { return [] }
    return termbase.concepts.filter { concept in
      concept.terms.contains { MatchKey($0.text, folding: folding) == key }
    }
  }

  /// The occurrences of the terms of a concept that are wanted, in no particular order: all, or one
  /// more than are held at the most.
  mutating func lines(
    of concept: Concept, _ request: ConcordanceRequest
  ) throws(Trouble) -> [ConcordanceLine] {
    let filter = request.filter
    var others = ConcordanceCounterparts(
      store: store, aligner: aligner, concepts: [concept], includesProposed: includesProposed)
    var lines: [ConcordanceLine] = []
    if let texts = try texts(withTermsOf: concept, filter) {
      for text in texts where lines.count <= mostHits {
        lines += wanted(concept, in: text, request, &others)
      }
    } else {
      try store.forEachUnit(filter) { unit in
        for side in [UnitSide.source, .target] where lines.count <= mostHits {
          let text = ConcordanceHit(in: unit, on: side, at: 0..<0)
          lines += wanted(concept, in: text, request, &others)
        }
      }
    }
    return Array(lines.prefix(mostHits + 1))
  }

  private mutating func wanted(
    _ concept: Concept, in text: ConcordanceHit, _ request: ConcordanceRequest,
    _ others: inout ConcordanceCounterparts
  ) -> [ConcordanceLine] {
    let lines = occurrences(of: concept, in: text, &others)
    return request.isInconsistentOnly ? lines.filter { $0.isConsistent == false } : lines
  }

  /// The sides of units that may have a term, each once; `nil` where they are so many that going
  /// through all units is as good: short words are parts of many others.
  private func texts(
    withTermsOf concept: Concept, _ filter: UnitFilter
  ) throws(Trouble) -> [ConcordanceHit]? {
    var texts: [ConcordanceHit] = []
    var seen: [UnitSide: Set<Int64>] = [.source: [], .target: []]
    var done: Set<[String]> = []
    for term in concept.terms where includesProposed || term.status != .proposed {
      let needles = try cheapest(TermNeedles(term.text), filter)
      guard done.insert(needles).inserted else { continue }
      for needle in needles {
        let hits = try hits(of: needle, filter, limit: mostCandidates)
        guard hits.count < mostCandidates else { return nil }
        for hit in hits {
          if seen[hit.side]?.insert(hit.unit.id).inserted == true { texts.append(hit) }
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
    return try store.concordance(query).hits
  }

  /// Where the concept's terms stand in a text: not where they are a part of another concept's term.
  private mutating func occurrences(
    of concept: Concept, in text: ConcordanceHit, _ others: inout ConcordanceCounterparts
  ) -> [ConcordanceLine] {
    let line = ConcordanceLine(text)
    let matcher = matcher(line.ownLanguage)
    let found = matcher.matches(in: line.own).compactMap { match -> ConcordanceLine? in
      let number = match.terms.first {
        termbase.concepts[matcher.terms[$0].concept].id == concept.id
      }
      guard let number else { return nil }
      var line = line
      line.hit.range = match.range
      line.term = matcher.terms[number].term
      return line
    }
    guard !found.isEmpty else { return [] }
    let isConsistent = others.hasAcceptedTerm(line)
    return found.map { line in
      var line = line
      line.isConsistent = isConsistent
      return line
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
