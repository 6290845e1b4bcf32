internal import Bitext
internal import GRDB
internal import Matching
internal import Segmentation

/// Takes from the texts that hold a stretch of text as many as a page needs.
struct ConcordancePaging {
  private let query: ConcordanceQuery
  /// Which of some units count; `nil` for all of them.
  private let fitting: ([Int64]) throws -> Set<Int64>?

  /// Texts that are asked for beyond those that a page needs, where a filter takes some away.
  private static let filterMargin = 64

  init(_ query: ConcordanceQuery, fitting: @escaping ([Int64]) throws -> Set<Int64>?) {
    self.query = query
    self.fitting = fitting
  }

  /// A page of what the index finds.
  func page(of key: MatchKey, _ searcher: MemorySearcher) throws -> ConcordancePage {
    let needle = key.withBytes { ByteNeedle($0) }
    return try page { limit in
      try key.withBytes { try searcher.concordance($0, limit: limit, in: { _ in true }) }
    } unit: {
      $0.hit.unit
    } prepare: {
      try searcher.prepare($0)
    } read: { text, body in
      try searcher.forEachOccurrence(of: needle, in: text) {
        body(ConcordanceHit(unit: $0, side: text.hit.side, range: $1))
      }
    }
  }

  /// A page of what a look at all rows finds.
  func page(of key: MatchKey, _ database: Database) throws -> ConcordancePage {
    var cursor = try UnitCursor(byNumberIn: database)
    return try page { limit in
      try key.withBytes { try database.linearConcordance($0, limit: limit, in: { _ in true }) }
    } unit: {
      $0.unit
    } prepare: { _ in
    } read: { text, body in
      guard let unit = try cursor.unit(text.unit)?.texts else { return }
      for range in MatchKey(unit.text(text.side)).occurrences(of: key) {
        body(ConcordanceHit(unit: unit, side: text.side, range: range))
      }
    }
  }

  /// - Parameters:
  ///   - find: finds texts, in an order that does not depend on how many are asked for.
  ///   - unit: the unit of a text.
  ///   - prepare: is told which texts are read next.
  ///   - read: calls what it is given with each occurrence in a text.
  /// - Returns: the page.
  /// - Throws: what the others throw.
  private func page<Text>(
    _ find: (_ limit: Int?) throws -> [Text], unit: (Text) -> Int64,
    prepare: (ArraySlice<Text>) throws -> Void,
    read: (Text, (ConcordanceHit) -> Void) throws -> Void
  ) throws -> ConcordancePage {
    let skip = min(max(0, query.skip), ConcordanceQuery.mostOccurrences)
    let limit = query.limit.map { min(max(0, $0), ConcordanceQuery.mostOccurrences) }
    // One more tells whether there are more.
    let needed = limit.map { skip + $0 + 1 }
    var asked = needed.map { $0 + (query.filter.isEmpty ? 0 : Self.filterMargin) }
    var (done, count) = (0, 0)
    var hits: [ConcordanceHit] = []
    while true {
      let texts = try find(asked)
      let new = texts[min(done, texts.count)...]
      if hits.isEmpty { hits.reserveCapacity(min(new.count, limit ?? .max)) }
      let fitting = try fitting(new.map(unit))
      var prepared = new.startIndex
      for (index, text) in zip(new.indices, new) where fitting?.contains(unit(text)) ?? true {
        if let needed, count >= needed { break }
        if prepared <= index {
          prepared = min(index + MemorySearcher.preparedAtOnce, new.endIndex)
          try prepare(new[index..<prepared])
        }
        try read(text) { hit in
          if count >= skip, hits.count < limit ?? .max { hits.append(hit) }
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
