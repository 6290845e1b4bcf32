public import Bitext

/// How the likeness of two texts is counted.
public enum MatchScoring: String, Sendable, Hashable, CaseIterable {
  /// By the code points of the match keys.
  case characters
  /// By words and ideographs, as CAT tools count it; marks and spaces do not count.
  case words
}

/// What is asked of the memory.
public struct MemoryQuery: Sendable {
  public var text: String
  /// The language of the text; `nil` searches the side that its script suggests.
  public var language: LanguageTag?
  /// The segments around the text, for matches in context.
  public var previous: String?
  public var next: String?
  /// What names the text's place in its document: a unit with that name is a match in context too,
  /// whatever stands around it.
  public var contextID: String?
  /// The least score, a share 0…1, after penalties.
  public var minimum: Double
  public var limit: Int
  /// Whether nothing may be missed that is alike enough, which takes many times as long.
  public var isExhaustive: Bool
  /// The language of the translations; `nil` takes any.
  public var targetLanguage: LanguageTag?
  /// The Chinese that is wanted of a side where neither its language is asked for nor the text
  /// shows its script: the project's. `nil` takes both scripts.
  public var chinese: LanguageTag?
  /// The units that count.
  public var filter = UnitFilter()
  public var penalties = MatchPenalties()
  public var scoring = MatchScoring.characters
  /// Whether units in the other script of Chinese are offered too, converted.
  public var convertsScript = false
  /// Whether the numbers of a unit that is the same but for them make way for those of the query.
  public var substitutesNumbers = false

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

/// What is asked of a concordance.
public struct ConcordanceQuery: Sendable {
  public var text: String
  /// The units that count.
  public var filter = UnitFilter()
  /// Occurrences at the most; `nil` for all.
  public var limit: Int?
  /// Occurrences that are passed over first: those of the pages before.
  public var skip: Int

  /// More than any memory has, and few enough to be added up.
  package static let mostOccurrences = 1 << 40

  public init(text: String, limit: Int? = nil, skip: Int = 0) {
    self.text = text
    self.limit = limit
    self.skip = skip
  }
}
