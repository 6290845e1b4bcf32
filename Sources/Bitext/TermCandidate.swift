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

  /// A bead that holds both sides.
  public struct Evidence: Sendable, Hashable {
    public var file: String
    /// The zero-based number of the bead in its bitext.
    public var bead: Int

    public init(file: String, bead: Int) {
      self.file = file
      self.bead = bead
    }
  }

  public init(
    source: String, target: String, score: Double, count: Int, sourceCount: Int, targetCount: Int,
    evidence: [Evidence]
  ) {
    self.source = source
    self.target = target
    self.score = score
    self.count = count
    self.sourceCount = sourceCount
    self.targetCount = targetCount
    self.evidence = evidence
  }
}
