/// A term pair that a bitext suggests, with the evidence for it.
public struct TermCandidate: Sendable, Hashable {
  public var source: String
  public var target: String
  /// How likely the two translate each other, as a share 0…1.
  public var score: Double
  /// Beads that hold both.
  public var count: Int
  /// Beads that hold the source, and the target.
  public var sourceCount: Int
  public var targetCount: Int
  public var evidence: [Evidence]
  /// The id of the known concept that the pair would join, with a new term on one side; `nil` for
  /// a pair of which the termbase knows neither side.
  public var concept: String?

  /// A bead that holds both sides.
  public struct Evidence: Sendable, Hashable {
    public var file: String
    /// The zero-based number of the bead in its bitext.
    public var bead: Int
    /// What the two sides say; empty where nobody kept it.
    public var sourceText: String
    public var targetText: String
    /// Where the terms stand in the two texts, in bytes of UTF-8; empty where that is not known.
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
    evidence: [Evidence], concept: String? = nil
  ) {
    self.source = source
    self.target = target
    self.score = score
    self.count = count
    self.sourceCount = sourceCount
    self.targetCount = targetCount
    self.evidence = evidence
    self.concept = concept
  }
}
