/// Neighbouring source segments matched with neighbouring target segments.
public struct Bead: Sendable, Hashable {
  /// Indices of the source segments; empty when nothing of the source stands here.
  public var source: Range<Int>
  /// Indices of the target segments; empty when the source was left out of the translation.
  public var target: Range<Int>
  /// How sure the aligner is that the bead is right, as a share 0…1.
  public var score: Double
  /// Whether the two sides stand at different places of their documents: what comes before one of
  /// them comes after the other.
  public var isMoved: Bool

  public init(
    source: Range<Int>, target: Range<Int>, score: Double, isMoved: Bool = false
  ) {
    self.source = source
    self.target = target
    self.score = score
    self.isMoved = isMoved
  }

  /// Whether the bead is rather wrong than right, as far as the aligner can tell: a person should
  /// look at it.
  public var isDoubtful: Bool { score < 0.5 }
}

/// Two documents that say the same in two languages, with the beads that join them: a bitext.
///
/// The type is named for the field's other word for a bitext, since a Swift type that bears its
/// module's name cannot be qualified.
public struct ParallelText: Sendable {
  public var source: SegmentedText
  public var target: SegmentedText
  /// In the order of the source, and but for those that are moved in that of the target; every
  /// segment is in exactly one bead.
  public var beads: [Bead]
  /// Whether an aligner found the beads; else a file says which segments belong together.
  public var isAligned: Bool

  public init(
    source: SegmentedText, target: SegmentedText, beads: [Bead], isAligned: Bool = true
  ) {
    self.source = source
    self.target = target
    self.beads = beads
    self.isAligned = isAligned
  }

  public func sourceText(_ bead: Bead) -> String { source.text(bead.source) }
  public func targetText(_ bead: Bead) -> String { target.text(bead.target) }
}
