public import Bitext

/// A pair of terms that waits for a person's decision, with what speaks for it.
///
/// Every proposed term of a store that has a counterpart in another language belongs to one: those
/// that `extract` found carry a score and evidence, those that were typed or imported do not.
public struct Proposal: Sendable, Hashable, Identifiable {
  public enum Kind: String, Sendable {
    /// The termbase knows neither side.
    case new
    /// A known concept would get another term.
    case variant
  }

  /// What has become of a proposal.
  public enum Decision: String, Sendable {
    case accepted, edited, forbidden, merged, separated, rejected
    /// Nobody decided on it, but one of its terms was taken out or got another status.
    case withdrawn
  }

  public var id: Int64
  /// The concept that holds the proposed terms, as it stands.
  public var concept: Concept
  public var source: Term
  public var target: Term
  /// How likely the two translate each other, as a share 0…1.
  public var score: Double?
  /// Beads that hold both sides, the source, and the target.
  public var count: Int?
  public var sourceCount: Int?
  public var targetCount: Int?
  public var evidence: [TermCandidate.Evidence]
  /// Whether a reviewer has put it off.
  public var isSkipped: Bool
  /// What was decided; `nil` while it waits.
  public var decision: Decision?

  public init(
    id: Int64, concept: Concept, source: Term, target: Term, score: Double? = nil,
    count: Int? = nil, sourceCount: Int? = nil, targetCount: Int? = nil,
    evidence: [TermCandidate.Evidence] = [], isSkipped: Bool = false, decision: Decision? = nil
  ) {
    self.id = id
    self.concept = concept
    self.source = source
    self.target = target
    self.score = score
    self.count = count
    self.sourceCount = sourceCount
    self.targetCount = targetCount
    self.evidence = evidence
    self.isSkipped = isSkipped
    self.decision = decision
  }

  public var kind: Kind {
    concept.terms.contains { $0.status != .proposed } ? .variant : .new
  }

  /// Whether the proposed terms can be forbidden: each has a right one beside it.
  public var canBeForbidden: Bool {
    [source, target].filter { isProposed($0) }.allSatisfy { side in
      concept.terms.contains { $0.language == side.language && $0.status.isAccepted }
    }
  }

  /// Whether a side waits for the decision: that of a variant which is known already does not.
  public func isProposed(_ side: Term) -> Bool {
    concept.index(spelt: side).map { concept.terms[$0].status == .proposed } ?? false
  }
}

/// What a reviewer says of a proposal.
public enum Verdict: Sendable, Hashable {
  /// The proposed terms become preferred, or admitted beside preferred ones.
  case accept
  /// The same in other words; a side that is known already stays as it is.
  case edit(source: String, target: String)
  /// The proposed term of a variant becomes a forbidden one, which checks find from then on.
  case forbid
  /// The terms join another concept.
  case merge(concept: String)
  /// The terms make a concept of their own: a homonym of the one that they were proposed for.
  case separate
  /// The pair is wrong and is never to be proposed again.
  case reject
}

/// A pair that is not to be proposed again: it was rejected, or accepted in other words.
public struct RejectedPair: Sendable, Hashable {
  public var source: Term
  public var target: Term

  public init(source: Term, target: Term) {
    self.source = source
    self.target = target
  }
}

extension Proposal {
  /// The shape that `review` promises to other programs.
  public func json() -> String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("proposal", Int(id))
      writer.member("kind", kind.rawValue)
      writer.member("concept", concept.id)
      writer.member("source", source.text)
      writer.member("target", target.text)
      writer.member("sourceLanguage", source.language.description)
      writer.member("targetLanguage", target.language.description)
      writer.member("score", share: score)
      writer.member("count", count)
      writer.member("sourceCount", sourceCount)
      writer.member("targetCount", targetCount)
      writer.key("skipped")
      writer.value(isSkipped)
      writer.member("decision", decision?.rawValue)
      writer.member("evidence", evidence)
    }
    return writer.text
  }
}
