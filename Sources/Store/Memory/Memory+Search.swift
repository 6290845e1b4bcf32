public import Bitext
internal import GRDB
internal import Matching
internal import Segmentation

extension ConcordStore {
  /// The units most like a text, best first; of equal ones the newest.
  ///
  /// - Parameter query: the text, and what counts as a match.
  /// - Returns: at most as many as the query asks for.
  /// - Throws: `Trouble` when the store cannot be read.
  public func search(_ query: MemoryQuery) throws(Trouble) -> [MemoryMatch] {
    guard let builder = MatchBuilder(query) else { return [] }
    let languages = query.languages
    return try searchIndex { database, searcher in
      var collector = try MatchCollector(builder, database)
      return try collector.collect { pattern, minimum, limit in
        try searcher.fuzzy(
          pattern, minimum: minimum, limit: limit,
          effort: query.isExhaustive ? .exhaustive : .usual, in: languages)
      } findExact: {
        try builder.key.withBytes { try searcher.exact($0, in: languages) }
      }
    } linear: { database in
      var collector = try MatchCollector(builder, database)
      return try collector.collect { pattern, minimum, limit in
        try database.linearSearch(pattern, minimum: minimum, limit: limit, in: languages)
      } findExact: {
        try database.linearSearch(builder.pattern, minimum: 1, limit: .max, in: languages)
      }
    }
  }

  /// Every occurrence of a text on either side, by match key: case, width and spacing do not
  /// matter. Short texts come first, since more of them is what was asked for.
  public func concordance(_ text: String, limit: Int?) throws(Trouble) -> [ConcordanceHit] {
    try concordance(ConcordanceQuery(text: text, limit: limit)).hits
  }

  /// Some of the occurrences of a text, in the same order.
  ///
  /// - Parameter query: the text, and which of its occurrences are wanted.
  /// - Returns: the occurrences, and how many there are where that was found out.
  /// - Throws: `Trouble` when the store cannot be read.
  public func concordance(_ query: ConcordanceQuery) throws(Trouble) -> ConcordancePage {
    let key = MatchKey(query.text)
    guard !key.bytes.isEmpty else { return ConcordancePage(hits: [], total: 0, hasMore: false) }
    if query.filter.isEmpty {
      return try searchTexts { searcher in
        try ConcordancePaging(query) { _ in nil }.page(of: key, searcher)
      } linear: { database in
        try ConcordancePaging(query) { _ in nil }.page(of: key, database)
      }
    }
    return try searchIndex { database, searcher in
      try ConcordancePaging(query) { try database.units($0, fitting: query.filter) }
        .page(of: key, searcher)
    } linear: { database in
      try ConcordancePaging(query) { try database.units($0, fitting: query.filter) }
        .page(of: key, database)
    }
  }
}
