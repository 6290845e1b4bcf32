/// How grave a diagnostic is.
public enum Severity: String, Sendable, Hashable, CaseIterable, Comparable {
  case info
  case warning
  case error

  public static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .info: 0
    case .warning: 1
    case .error: 2
    }
  }
}

/// A stretch of a file that a diagnostic points at.
public struct Location: Sendable, Hashable {
  public var file: String
  /// Bytes of the file on disk. Lines and columns are computed from them by the reports.
  public var range: Range<Int>

  public init(file: String, range: Range<Int>) {
    self.file = file
    self.range = range
  }
}

/// What a check says about one place.
public struct Diagnostic: Sendable, Hashable {
  /// The rule's name, `missing-term`.
  public var rule: String
  public var severity: Severity
  public var message: String
  /// Where the text should change.
  public var location: Location
  /// The source term behind the diagnostic, for rules about two sides.
  public var source: Evidence?
  /// The concept's identifier.
  public var concept: String?
  /// The term as the document spells it: the source term for `missing-term`, else what stands in
  /// the text.
  public var term: String
  /// What stands in the text instead of an expected term, when that is known.
  public var found: String?
  /// The terms that would be right, the preferred one first.
  public var expected: [String]
  /// Text that can take the place of ``location`` without further thought.
  public var replacement: String?
  /// Other places that belong to the finding, such as the other spellings of a term.
  public var related: [Evidence]
  /// The segment or bead that the finding is about, as it stands in the text: what tells this
  /// finding from others after lines have moved.
  public var context: String
  /// Why the finding was made, a line a step; empty unless it was asked for.
  public var explanation: [String]

  /// A place in the other document of a pair.
  public struct Evidence: Sendable, Hashable {
    public var location: Location
    public var text: String

    public init(location: Location, text: String) {
      self.location = location
      self.text = text
    }
  }

  public init(
    rule: String, severity: Severity, message: String, location: Location, source: Evidence? = nil,
    concept: String? = nil, term: String, found: String? = nil, expected: [String] = [],
    replacement: String? = nil, related: [Evidence] = [], context: String = "",
    explanation: [String] = []
  ) {
    self.rule = rule
    self.severity = severity
    self.message = message
    self.location = location
    self.source = source
    self.concept = concept
    self.term = term
    self.found = found
    self.expected = expected
    self.replacement = replacement
    self.related = related
    self.context = context
    self.explanation = explanation
  }
}
