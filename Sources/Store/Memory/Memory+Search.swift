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
    return try searchIndex { database, searcher in
      try database.page(of: key, query) { limit in
        try key.withBytes { try searcher.concordance($0, limit: limit, in: { _ in true }) }
      }
    } linear: { database in
      try database.page(of: key, query) { limit in
        try key.withBytes { try database.linearConcordance($0, limit: limit, in: { _ in true }) }
      }
    }
  }
}

extension Database {
  /// Texts that are asked for beyond those that a page needs, where a filter takes some away.
  private static let filterMargin = 64

  /// Where a text occurs in the texts that `find` finds, which come in the same order whatever their
  /// number is.
  fileprivate func page(
    of key: MatchKey, _ query: ConcordanceQuery, _ find: (_ limit: Int?) throws -> [TextHit]
  ) throws -> ConcordancePage {
    let skip = min(max(0, query.skip), ConcordanceQuery.mostOccurrences)
    let limit = query.limit.map { min(max(0, $0), ConcordanceQuery.mostOccurrences) }
    // One more tells whether there are more.
    let needed = limit.map { skip + $0 + 1 }
    var asked = needed.map { $0 + (query.filter.isEmpty ? 0 : Self.filterMargin) }
    var (done, count) = (0, 0)
    var hits: [ConcordanceHit] = []
    var cursor = try UnitCursor(byNumberIn: self)
    while true {
      let texts = try find(asked)
      let new = texts[min(done, texts.count)...]
      let fitting = try units(new.map(\.unit), fitting: query.filter)
      for text in new where fitting?.contains(text.unit) ?? true {
        if let needed, count >= needed { break }
        guard let unit = try cursor.unit(text.unit) else { continue }
        for range in MatchKey(text.side == .source ? unit.source : unit.target).occurrences(of: key)
        {
          if count >= skip, hits.count < limit ?? .max {
            hits.append(ConcordanceHit(unit: unit, side: text.side, range: range))
          }
          count += 1
        }
      }
      done = texts.count
      let isWhole = asked.map { texts.count < $0 } ?? true
      let hasMore = count > skip + hits.count
      if isWhole || needed.map({ count >= $0 }) ?? true {
        let isCounted = isWhole && (needed.map { count < $0 } ?? true)
        return ConcordancePage(hits: hits, total: isCounted ? count : nil, hasMore: hasMore)
      }
      asked = asked.map { min($0 * 4, ConcordanceQuery.mostOccurrences) }
    }
  }
}
