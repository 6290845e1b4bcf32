public import Bitext
internal import GRDB
internal import Matching
internal import Segmentation

/// What is asked of the memory.
public struct MemoryQuery: Sendable {
  public var text: String
  /// The language of the text; `nil` searches the side that its script suggests.
  public var language: LanguageTag?
  /// The segments around the text, for matches in context.
  public var previous: String?
  public var next: String?
  /// The least similarity, a share 0…1.
  public var minimum: Double
  public var limit: Int
  /// Whether nothing may be missed that is alike enough, which takes many times as long.
  public var isExhaustive: Bool

  public init(
    text: String, language: LanguageTag? = nil, previous: String? = nil, next: String? = nil,
    minimum: Double = 0.7, limit: Int = 5, isExhaustive: Bool = false
  ) {
    self.text = text
    self.language = language
    self.previous = previous
    self.next = next
    self.minimum = minimum
    self.limit = limit
    self.isExhaustive = isExhaustive
  }
}

/// A unit that is like a query.
public struct MemoryMatch: Sendable, Hashable {
  public enum Kind: String, Sendable {
    /// The text itself, between the segments that stand around the query.
    case context
    /// The text itself, by match key.
    case exact
    case fuzzy
  }

  /// 1 − Levenshtein distance / longer length, over the code points of the match keys.
  public var score: Double
  public var kind: Kind
  public var unit: TranslationUnit
  /// Whether the query is in the unit's target language, so that its source is the translation.
  public var isReversed: Bool

  /// The shape that `search` promises to other programs.
  public func json() -> String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("score", share: score)
      writer.member("kind", kind.rawValue)
      writer.member("source", isReversed ? unit.target : unit.source)
      writer.member("target", isReversed ? unit.source : unit.target)
      writer.member("id", unit.id.map(Int.init))
      writer.member("origin", unit.origin)
    }
    return writer.text
  }
}

/// A place where a text occurs in the memory.
public struct ConcordanceHit: Sendable, Hashable {
  public typealias Side = UnitSide

  public var unit: TranslationUnit
  public var side: Side
  /// Bytes of that side's text.
  public var range: Range<Int>

  /// The shape that `concordance` promises to other programs.
  public func json() -> String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("id", unit.id.map(Int.init))
      writer.member("side", side.rawValue)
      writer.member("start", range.lowerBound)
      writer.member("end", range.upperBound)
      writer.member("source", unit.source)
      writer.member("target", unit.target)
      writer.member("origin", unit.origin)
    }
    return writer.text
  }
}

extension ConcordStore {
  /// The units most like a text, best first; of equal ones the newest.
  ///
  /// - Parameter query: the text, and what counts as a match.
  /// - Returns: at most as many as the query asks for.
  /// - Throws: `Trouble` when the store cannot be read.
  public func search(_ query: MemoryQuery) throws(Trouble) -> [MemoryMatch] {
    let key = MatchKey(query.text)
    guard !key.bytes.isEmpty else { return [] }
    let pattern = FuzzyPattern(key)
    let languages = query.languages
    // Context puts an exact match before others that are as exact, and newer.
    let hasContext = query.previous != nil || query.next != nil
    return try searchIndex { database, searcher in
      var hits = try searcher.fuzzy(
        pattern, minimum: query.minimum, limit: query.limit,
        effort: query.isExhaustive ? .exhaustive : .usual, in: languages)
      if hasContext, hits.count == query.limit, hits.last?.score == 1 {
        hits = try key.withBytes { try searcher.exact($0, in: languages) }
      }
      return try database.matches(hits, query)
    } linear: { database in
      try database.matches(
        database.linearSearch(
          pattern, minimum: query.minimum, limit: hasContext ? .max : query.limit, in: languages),
        query)
    }
  }

  /// Every occurrence of a text on either side, by match key: case, width and spacing do not
  /// matter. Short texts come first, since more of them is what was asked for.
  public func concordance(_ text: String, limit: Int?) throws(Trouble) -> [ConcordanceHit] {
    let key = MatchKey(text)
    guard !key.bytes.isEmpty else { return [] }
    return try searchIndex { database, searcher in
      let hits = try key.withBytes { try searcher.concordance($0, limit: limit, in: { _ in true }) }
      return try database.occurrences(of: key, hits, limit)
    } linear: { database in
      let hits = try key.withBytes {
        try database.linearConcordance($0, limit: limit, in: { _ in true })
      }
      return try database.occurrences(of: key, hits, limit)
    }
  }
}

extension Database {
  /// The units of hits, as matches in their order, those in context first.
  fileprivate func matches(_ hits: [TextHit], _ query: MemoryQuery) throws -> [MemoryMatch] {
    var matches: [MemoryMatch] = []
    var units = try UnitCursor(byNumberIn: self)
    var tags = LanguageTagCache()
    for hit in hits {
      guard let unit = try units.unit(hit.unit, &tags) else { continue }
      matches.append(
        MemoryMatch(
          score: hit.score, kind: query.kind(of: unit, hit), unit: unit,
          isReversed: hit.side == .target))
    }
    let inContext = matches.filter { $0.kind == .context }
    matches = inContext + matches.filter { $0.kind != .context }
    return Array(matches.prefix(query.limit))
  }

  /// Where a text occurs in the texts of hits.
  fileprivate func occurrences(
    of key: MatchKey, _ hits: [TextHit], _ limit: Int?
  ) throws -> [ConcordanceHit] {
    var found: [ConcordanceHit] = []
    var units = try UnitCursor(byNumberIn: self)
    var tags = LanguageTagCache()
    for hit in hits {
      guard let unit = try units.unit(hit.unit, &tags) else { continue }
      let text = hit.side == .source ? unit.source : unit.target
      for range in MatchKey(text).occurrences(of: key) {
        if found.count == limit { return found }
        found.append(ConcordanceHit(unit: unit, side: hit.side, range: range))
      }
    }
    return found
  }
}

extension MemoryQuery {
  /// Says which language tags the text may be in.
  fileprivate var languages: (String) -> Bool {
    let detected = language == nil ? LanguageMatching.detect(Array(text.utf8).span) : nil
    let wanted = language
    return { tag in
      guard let tag = LanguageTag(tag) else { return false }
      if let wanted { return LanguageMatching.match(tag, wanted) }
      return detected.map { LanguageMatching.sameLanguage(tag, $0) } ?? true
    }
  }

  fileprivate func kind(of unit: TranslationUnit, _ hit: TextHit) -> MemoryMatch.Kind {
    guard hit.score == 1 else { return .fuzzy }
    func same(_ asked: String?, _ kept: String?) -> Bool {
      guard let asked else { return true }
      return kept.map { MatchKey($0) == MatchKey(asked) } ?? false
    }
    let hasContext = previous != nil || next != nil
    return hasContext && same(previous, unit.previous) && same(next, unit.next) ? .context : .exact
  }
}
