/// A term pair that a bitext suggests, with the evidence for it.
public struct TermCandidate: Sendable, Hashable {
  public var source: String
  public var target: String
  /// How likely the two translate each other, as a share 0…1.
  public var score: Double
  /// Beads in which the two translate each other.
  public var count: Int
  /// Beads that hold the source, and the target.
  public var sourceCount: Int
  public var targetCount: Int
  /// What an author himself says about the pair, where he does.
  public var cue: Cue?
  /// The first beads in which the two translate each other.
  public var evidence: [Evidence]
  /// The id of the known concept that the pair would join, with a new term on one side; `nil` for
  /// a pair of which the termbase knows neither side.
  public var concept: String?

  /// How an author gives a pair away; the later ones are the stronger.
  public enum Cue: UInt8, Sendable, Hashable, Comparable {
    /// One term in quotes on each side.
    case quotes = 1
    /// A name that is spelt as it sounds: 陈清扬, "Chen Qingyang".
    case sound
    /// An abbreviation behind a name that has the other term: HKMA, 金管局.
    case abbreviation
    /// The translation in brackets: “Golden Phoenix (金凤凰)”.
    case brackets

    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
  }

  /// A bead in which the two translate each other.
  public struct Evidence: Sendable, Hashable {
    public var file: String
    /// The zero-based number of the bead in its bitext.
    public var bead: Int
    /// What the two sides say; empty where nobody kept it.
    public var sourceText: String
    public var targetText: String
    /// Where the terms stand in the two texts, in bytes of UTF-8; empty where a side lacks its
    /// term, since the author gives it in brackets on the other, and where that is not known.
    public var sourceSpan: Range<Int>
    public var targetSpan: Range<Int>

    public init(
      file: String, bead: Int, sourceText: String = "", targetText: String = "",
      sourceSpan: Range<Int> = 0..<0, targetSpan: Range<Int> = 0..<0
    ) {
      self.file = file
      self.bead = bead
      self.sourceText = sourceText
      self.targetText = targetText
      self.sourceSpan = sourceSpan
      self.targetSpan = targetSpan
    }
  }

  public init(
    source: String, target: String, score: Double, count: Int, sourceCount: Int, targetCount: Int,
    cue: Cue? = nil, evidence: [Evidence], concept: String? = nil
  ) {
    self.source = source
    self.target = target
    self.score = score
    self.count = count
    self.sourceCount = sourceCount
    self.targetCount = targetCount
    self.cue = cue
    self.evidence = evidence
    self.concept = concept
  }
}
