public import Bitext

/// A bead as term extraction reads it: two texts that translate each other.
public struct TranslatedText: Sendable, Hashable {
  public var source: String
  public var target: String
  /// Where it stands: the bitext's file and the zero-based number of the bead in it.
  public var evidence: TermCandidate.Evidence

  public init(source: String, target: String, evidence: TermCandidate.Evidence) {
    self.source = source
    self.target = target
    self.evidence = evidence
  }
}

/// Beads that can be gone through more than once, one batch at a time: a bitext that need not fit
/// in memory.
public protocol TranslatedTexts {
  /// Calls `body` with the beads in order, at most `size` at a time; always the same beads.
  func forEachBatch(of size: Int, _ body: ([TranslatedText]) throws -> Void) throws
}

extension Array: TranslatedTexts where Element == TranslatedText {
  public func forEachBatch(of size: Int, _ body: ([TranslatedText]) throws -> Void) throws {
    for start in stride(from: 0, to: count, by: size) {
      try body(Array(self[start..<Swift.min(count, start + size)]))
    }
  }
}

/// The words of a bead's two sides, and which of them translate each other.
public struct LinkedWords: Sendable {
  /// The words and marks of each side in order, in bytes.
  public var source: [Range<UInt32>]
  public var target: [Range<UInt32>]
  public var links: [WordLink]

  public init(source: [Range<UInt32>], target: [Range<UInt32>], links: [WordLink]) {
    self.source = source
    self.target = target
    self.links = links
  }
}
