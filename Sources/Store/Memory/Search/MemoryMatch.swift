public import Bitext

/// A unit that is like a query.
public struct MemoryMatch: Sendable, Hashable {
  public enum Kind: String, Sendable {
    /// The text itself, between the segments that stand around the query.
    case context
    /// The text itself, by match key.
    case exact
    case fuzzy
  }

  /// A number of the translation that made way for the query's.
  public struct Substitution: Sendable, Hashable {
    public var from: String
    public var to: String
  }

  /// The similarity, with numbers set apart where they were substituted, less the penalties.
  public var score: Double
  public var kind: Kind
  public var unit: TranslationUnit
  /// Whether the query is in the unit's target language, so that its source is the translation.
  public var isReversed: Bool
  /// What is like the query, and its translation, as they are offered: converted, and with numbers
  /// substituted.
  public var source: String
  public var target: String
  /// 1 − Levenshtein distance / longer length, over the code points of the match keys, or over words.
  public var similarity: Double
  /// What was taken off the score.
  public var penalties: [MatchPenalties.Applied] = []
  /// Whether a machine translated the unit, as far as its file tells.
  public var isMachineTranslated = false
  /// Whether a side was converted from the other script of Chinese.
  public var isConverted = false
  public var substitutions: [Substitution] = []
  /// Whether numbers differ from the query's that could not be substituted.
  public var hasOtherNumbers = false
  /// Whether a side has inline codes, which the text lacks.
  public var hasTags = false

  /// What the unit's file says of the state of the translation, in its own words.
  public var statuses: [String] { unit.details?.statuses ?? [] }

  /// The shape that `search` promises to other programs. What does not apply is left out behind
  /// `origin`.
  public func json() -> String { json(line: nil, query: nil, difference: nil) }

  /// The same with what a batch adds, and with the difference from the query.
  ///
  /// - Parameters:
  ///   - line: of the batch, from 1.
  ///   - query: the text that was searched for.
  ///   - difference: in what the query differs from the unit's text.
  /// - Returns: one object.
  public func json(line: Int?, query: String?, difference: [TextDifference.Piece]?) -> String {
    var writer = JSONWriter()
    writer.object { writer in
      if let line { writer.member("line", line) }
      if let query { writer.member("query", query) }
      writer.member("score", share: score)
      writer.member("kind", kind.rawValue)
      writer.member("source", source)
      writer.member("target", target)
      writer.member("id", unit.id.map(Int.init))
      writer.member("origin", unit.origin)
      writeMarks(to: &writer)
      if let difference {
        writer.key("difference")
        writer.array(difference) { writer, piece in
          writer.object { writer in
            writer.member("kind", piece.kind.rawValue)
            writer.member("text", piece.text)
          }
        }
      }
    }
    return writer.text
  }

  private func writeMarks(to writer: inout JSONWriter) {
    if similarity != score { writer.member("similarity", share: similarity) }
    if !penalties.isEmpty {
      writer.key("penalties")
      writer.array(penalties) { writer, penalty in
        writer.object { writer in
          writer.member("reason", penalty.reason)
          writer.member("points", penalty.points)
        }
      }
    }
    let statuses = statuses
    if !statuses.isEmpty { writer.member("status", statuses) }
    let flags = [("machine", isMachineTranslated), ("converted", isConverted), ("tags", hasTags)]
    for (name, isSet) in flags where isSet {
      writer.key(name)
      writer.value(true)
    }
    if !substitutions.isEmpty {
      writer.key("substitutions")
      writer.array(substitutions) { writer, substitution in
        writer.object { writer in
          writer.member("from", substitution.from)
          writer.member("to", substitution.to)
        }
      }
    }
    if hasOtherNumbers { writer.member("numbers", "differ") }
  }
}

/// A place where a text occurs in the memory.
public struct ConcordanceHit: Sendable, Hashable {
  public typealias Side = UnitSide

  public var unit: UnitTexts
  public var side: Side
  /// Bytes of that side's text.
  public var range: Range<Int>
}

/// Some of the places where a text occurs.
public struct ConcordancePage: Sendable, Hashable {
  public var hits: [ConcordanceHit]
  /// How many there are in all, where it was found out on the way.
  public var total: Int?
  /// Whether there are more behind these.
  public var hasMore: Bool
}
