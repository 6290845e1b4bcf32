/// A point in time as ISO 8601 in UTC, `2026-05-18T09:30:00Z`: text, so that what is exported does
/// not depend on a calendar, a clock or a time zone.
public typealias Timestamp = String

/// When something was made or changed, and by whom.
public struct Change: Sendable, Hashable {
  public var date: Timestamp
  /// The user's name, or the tool that a file names; `nil` when unknown.
  public var author: String?

  public init(date: Timestamp, author: String? = nil) {
    self.date = date
    self.author = author
  }
}

/// A segment and its translation, kept in a memory with their context and provenance.
public struct TranslationUnit: Sendable, Hashable {
  /// The store's number; `nil` before the unit is kept.
  public var id: Int64?
  public var sourceLanguage: LanguageTag
  public var targetLanguage: LanguageTag
  public var source: String
  public var target: String
  /// The source segments before and after, when the document is known: what makes a match one in
  /// context.
  public var previous: String?
  public var next: String?
  /// The document or memory that the unit came from.
  public var origin: String?
  /// The aligner's confidence, a share 0…1; `nil` for units that people made.
  public var score: Double?
  public var created: Change?
  public var changed: Change?
  public var note: String?
  /// What else its file says of it; `nil` for units that no file brought. Who changes a text drops
  /// its markup here. Of a unit from a store it is read when it is asked for.
  public var details: UnitDetails? {
    get { kept.details }
    set { kept = KeptDetails(newValue) }
  }
  /// The details as they came.
  package var kept: KeptDetails

  /// Reads the details once for all who will ask.
  package mutating func readDetails() { kept = KeptDetails(kept.details) }

  /// The last date that is known of the unit; empty, and so before all others, where none is.
  package var lastDate: Timestamp { changed?.date ?? created?.date ?? "" }

  public init(
    id: Int64? = nil, sourceLanguage: LanguageTag, targetLanguage: LanguageTag, source: String,
    target: String, previous: String? = nil, next: String? = nil, origin: String? = nil,
    score: Double? = nil, created: Change? = nil, changed: Change? = nil, note: String? = nil,
    details: UnitDetails? = nil
  ) {
    self.id = id
    self.sourceLanguage = sourceLanguage
    self.targetLanguage = targetLanguage
    self.source = source
    self.target = target
    self.previous = previous
    self.next = next
    self.origin = origin
    self.score = score
    self.created = created
    self.changed = changed
    self.note = note
    kept = KeptDetails(details)
  }
}
