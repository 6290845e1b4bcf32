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

  public init(
    text: String, language: LanguageTag? = nil, previous: String? = nil, next: String? = nil,
    minimum: Double = 0.7, limit: Int = 5
  ) {
    self.text = text
    self.language = language
    self.previous = previous
    self.next = next
    self.minimum = minimum
    self.limit = limit
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
  public enum Side: String, Sendable { case source, target }

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
  public func search(_ query: MemoryQuery) throws(Trouble) -> [MemoryMatch] {
    let key = MatchKey(query.text)
    guard !key.bytes.isEmpty else { return [] }
    let pattern = FuzzyPattern(key)
    let lengths = pattern.lengths(minimum: query.minimum)
    return try read { database in
      var best: [MemoryMatch] = []
      for side in query.sides {
        let column = side == .source ? "source" : "target"
        let rows = try Row.fetchCursor(
          database,
          sql: """
            SELECT * FROM unit WHERE \(column)Length BETWEEN ? AND ? ORDER BY id DESC
            """, arguments: [lengths.lowerBound, lengths.upperBound])
        while let row = try rows.next() {
          guard query.fits(row.language(column + "Language")) else { continue }
          let text: String = row[column + "Key"]
          let score = pattern.similarity(toKey: text)
          guard score >= query.minimum else { continue }
          let unit = TranslationUnit(row)
          best.append(
            MemoryMatch(
              score: score, kind: query.kind(of: unit, score), unit: unit,
              isReversed: side == .target))
        }
      }
      // Sorting keeps equal ones in the order in which they came: the newest first.
      best = best.enumerated().sorted { left, right in
        (left.element.rank, -left.offset) > (right.element.rank, -right.offset)
      }.map(\.element)
      return Array(best.prefix(query.limit))
    }
  }

  /// Every occurrence of a text on either side, by match key: case, width and spacing do not
  /// matter.
  public func concordance(_ text: String, limit: Int?) throws(Trouble) -> [ConcordanceHit] {
    let key = MatchKey(text)
    guard !key.bytes.isEmpty else { return [] }
    let needle = key.text
    return try read { database in
      var hits: [ConcordanceHit] = []
      let rows = try Row.fetchCursor(
        database,
        sql: """
          SELECT * FROM unit WHERE instr(sourceKey, ?) > 0 OR instr(targetKey, ?) > 0 ORDER BY id
          """, arguments: [needle, needle])
      while let row = try rows.next() {
        let unit = TranslationUnit(row)
        for (side, text) in [(ConcordanceHit.Side.source, unit.source), (.target, unit.target)] {
          for range in MatchKey(text).occurrences(of: key) {
            hits.append(ConcordanceHit(unit: unit, side: side, range: range))
            if let limit, hits.count == limit { return hits }
          }
        }
      }
      return hits
    }
  }
}

extension MemoryQuery {
  /// The sides that may hold the text: both, since a memory serves both directions.
  fileprivate var sides: [ConcordanceHit.Side] { [.source, .target] }

  fileprivate func fits(_ language: LanguageTag) -> Bool {
    guard let wanted = self.language else {
      guard let detected = LanguageMatching.detect(Array(text.utf8).span) else { return true }
      return LanguageMatching.sameLanguage(language, detected)
    }
    return LanguageMatching.match(language, wanted)
  }

  fileprivate func kind(of unit: TranslationUnit, _ score: Double) -> MemoryMatch.Kind {
    guard score == 1 else { return .fuzzy }
    func same(_ asked: String?, _ kept: String?) -> Bool {
      guard let asked else { return true }
      return kept.map { MatchKey($0) == MatchKey(asked) } ?? false
    }
    let hasContext = previous != nil || next != nil
    return hasContext && same(previous, unit.previous) && same(next, unit.next) ? .context : .exact
  }
}

extension MemoryMatch {
  /// A match in context is worth more than an exact one.
  fileprivate var rank: Double { kind == .context ? 1.01 : score }
}
