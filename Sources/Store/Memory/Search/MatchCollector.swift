internal import Bitext
internal import GRDB
internal import Matching

/// Collects the matches of a query: asks the index for more as long as those that it found do not
/// suffice.
struct MatchCollector {
  private let builder: MatchBuilder
  private let database: Database
  private var units: UnitCursor
  private var seen: Set<TextPlace> = []
  private var matches: [MemoryMatch] = []

  private struct TextPlace: Hashable {
    var unit: Int64
    var side: UnitSide
  }

  /// Hits that are asked for at the most: the index holds them all in memory.
  private static let mostHits = 1 << 20
  /// Of how many hits the best are chosen where scores may be better than the similarity: so many,
  /// and so many times the limit.
  private static let (leastChoice, choice) = (32, 4)
  /// Hits more than the limit where a filter takes some away.
  private static let filterMargin = 16
  /// How many times as many hits are asked for when they do not suffice.
  private static let growth = 4

  init(_ builder: MatchBuilder, _ database: Database) throws {
    self.builder = builder
    self.database = database
    units = try UnitCursor(byNumberIn: database)
  }

  /// The best matches.
  ///
  /// - Parameters:
  ///   - find: asks for the texts most like a pattern, from a similarity on.
  ///   - findExact: asks for all texts with the match key of the query.
  /// - Returns: at most as many as the query asks for, best first.
  /// - Throws: what the searches throw.
  mutating func collect(
    find: (FuzzyPattern, _ minimum: Double, _ limit: Int) throws -> [TextHit],
    findExact: () throws -> [TextHit]
  ) throws -> [MemoryMatch] {
    let query = builder.query
    guard query.limit > 0 else { return [] }
    for (index, pattern) in builder.patterns.enumerated() {
      var asked = firstCount
      while true {
        let hits = try find(pattern, builder.floor, asked)
        try add(hits, isOfText: index == 0)
        if query.hasContext, index == 0, hits.count == asked, hits.last?.score == 1 {
          // Context puts an exact match before others that are as exact, and newer.
          try add(try findExact(), isOfText: true)
        }
        guard hits.count >= asked, asked < Self.mostHits, let last = hits.last else { break }
        // Nothing behind the last hit can be better than it, as far as penalties go.
        if matches.count >= query.limit, matches[query.limit - 1].score >= last.score { break }
        // All that is alike enough by characters was seen; what numbers or words may raise beyond it
        // is chosen of so many, since under a low bar there may be a million.
        if builder.mayRaise, last.score < query.minimum { break }
        asked = min(Self.mostHits, asked * Self.growth)
      }
    }
    return Array(matches.prefix(query.limit))
  }

  private var firstCount: Int {
    let query = builder.query
    let limit = min(query.limit, Self.mostHits)
    var count = limit
    if builder.mayRaise { count = max(Self.leastChoice, limit * Self.choice) }
    if !query.filter.isEmpty { count += Self.filterMargin }
    return min(count, Self.mostHits)
  }

  private mutating func add(_ hits: [TextHit], isOfText: Bool) throws {
    let new = hits.filter { seen.insert(TextPlace(unit: $0.unit, side: $0.side)).inserted }
    guard !new.isEmpty else { return }
    let wanted = try database.units(new.map(\.unit), fitting: builder.query.filter)
    for hit in new where wanted?.contains(hit.unit) ?? true {
      guard let unit = try units.unit(hit.unit) else { continue }
      if let match = builder.match(unit, hit, isOfText: isOfText) { matches.append(match) }
    }
    matches.sort(by: Self.isBetter)
  }

  /// Whether `left` goes before `right`: in context, then the better score, then the newer unit.
  private static func isBetter(_ left: MemoryMatch, _ right: MemoryMatch) -> Bool {
    func rank(_ match: MemoryMatch) -> (Int, Double, Double, Int64, Int) {
      (
        match.kind == .context ? 1 : 0, match.score, match.similarity, match.unit.id ?? 0,
        match.isReversed ? 0 : 1
      )
    }
    return rank(left) > rank(right)
  }
}

extension Database {
  /// Which of some units fit a filter; `nil` for all of them.
  func units(_ units: [Int64], fitting filter: UnitFilter) throws -> Set<Int64>? {
    guard !filter.isEmpty else { return nil }
    var fitting: Set<Int64> = []
    var filter = filter
    let asked = filter.ids.isEmpty ? nil : Set(filter.ids)
    let candidates = Array(Set(units).filter { asked?.contains($0) ?? true }).sorted()
    // The numbers stand in the statement, whose length SQLite bounds.
    for start in stride(from: 0, to: candidates.count, by: 1000) {
      filter.ids = Array(candidates[start..<min(candidates.count, start + 1000)])
      fitting.formUnion(try unitIDs(filter))
    }
    return fitting
  }
}
