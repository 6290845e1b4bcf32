public import Bitext
internal import GRDB
internal import Segmentation

/// Which proposals are accepted without a person's look.
public struct Acceptance: Sendable, Hashable {
  /// The least score, as a share 0…1; `nil` accepts none.
  public var score: Double?
  /// Whether variants of known concepts are accepted too. A second name for a known thing is as
  /// often a mistake that a check should find.
  public var takesVariants: Bool

  public init(score: Double? = nil, takesVariants: Bool = false) {
    self.score = score
    self.takesVariants = takesVariants
  }

  func takes(_ score: Double?, _ kind: Proposal.Kind) -> Bool {
    guard let floor = self.score, let score else { return false }
    return score >= floor && (kind == .new || takesVariants)
  }
}

/// What became of candidates that were to be kept.
public struct ProposalCounts: Sendable, Hashable {
  public var new = 0
  public var variants = 0
  /// Of both.
  public var accepted = 0

  public init() {}
}

extension ConcordStore {
  /// How many sentence pairs a proposal keeps: what a reviewer looks at before he decides.
  public static let evidenceCount = 5

  /// Keeps candidates as proposed terms with their score and evidence, as one change. What the
  /// store has already stays as it is.
  ///
  /// A candidate with the id of a known concept becomes a proposed term of that concept; one that
  /// shares a term with a concept of this store joins it likewise.
  ///
  /// - Parameters:
  ///   - candidates: in the order in which they are to be reviewed.
  ///   - languages: of their two sides.
  ///   - domain: the field of new concepts.
  ///   - acceptance: which are accepted at once.
  ///   - change: who keeps them, and when.
  /// - Returns: how many became what.
  /// - Throws: `Trouble` when the store cannot be written.
  public func propose(
    _ candidates: [TermCandidate], languages: (source: LanguageTag, target: LanguageTag),
    domain: String? = nil, acceptance: Acceptance = Acceptance(), by change: Change
  ) throws(Trouble) -> ProposalCounts {
    try write { database in
      var counts = ProposalCounts()
      for candidate in candidates {
        let pair = (
          Term(candidate.source, language: languages.source, status: .proposed),
          Term(candidate.target, language: languages.target, status: .proposed)
        )
        guard
          let (number, kind) = try database.propose(candidate, pair, domain: domain, by: change)
        else { continue }
        if kind == .new { counts.new += 1 } else { counts.variants += 1 }
        guard acceptance.takes(candidate.score, kind) else { continue }
        try database.decide(.accept, on: number, by: change)
        counts.accepted += 1
      }
      return counts
    }
  }
}

extension Database {
  /// Keeps one candidate; `nil` when the store has it.
  fileprivate func propose(
    _ candidate: TermCandidate, _ pair: (source: Term, target: Term), domain: String?,
    by change: Change
  ) throws -> (number: Int64, kind: Proposal.Kind)? {
    let terms = [pair.source, pair.target]
    let number: Int64
    var kind = Proposal.Kind.new
    if let home = try home(of: terms, named: candidate.concept, domain: domain) {
      guard let joined = try join(home, pair, by: change) else { return nil }
      number = joined
      kind = home.terms.contains { $0.status != .proposed } ? .variant : .new
    } else {
      let file = candidate.evidence.first.flatMap { $0.file.split(separator: "/").last }
      let concept = try insert(
        Concept(id: "", terms: terms, domain: domain, source: file.map(String.init)), by: change
      ).concept
      guard let row = try waitingRows(of: concept.id).first else { return nil }
      number = row.number
    }
    try keepEvidence(of: candidate, number)
    return (number, kind)
  }

  /// The concept that a candidate joins.
  private func home(of terms: [Term], named id: String?, domain: String?) throws -> Concept? {
    if let id, let concept = try concept(id) { return concept }
    for term in terms {
      if let concept = try concepts(with: term, domain: domain).first { return concept }
    }
    return nil
  }

  /// Adds what a concept lacks of a pair, as a proposal; `nil` when it lacks nothing.
  private func join(
    _ home: Concept, _ pair: (source: Term, target: Term), by change: Change
  ) throws -> Int64? {
    let known = [pair.source, pair.target].map { term in
      home.term(like: term).map { home.terms[$0] }
    }
    guard known.contains(nil), let conceptNumber = try conceptNumber(home.id) else { return nil }
    // A side that is there is shown as the concept spells it.
    let number = try insertProposal(
      known[0] ?? pair.source, known[1] ?? pair.target, of: home.id, number: conceptNumber)
    var concept = home
    concept.join(Concept(id: "", terms: [pair.source, pair.target]))
    _ = try replace(home, with: concept, by: change)
    return number
  }

  private func keepEvidence(of candidate: TermCandidate, _ number: Int64) throws {
    try execute(
      sql: """
        UPDATE proposal SET score = ?, count = ?, sourceCount = ?, targetCount = ? WHERE number = ?
        """,
      arguments: [
        candidate.score, candidate.count, candidate.sourceCount, candidate.targetCount, number,
      ])
    let statement = try cachedStatement(
      sql: "INSERT INTO evidence VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
    for (position, evidence) in candidate.evidence.prefix(ConcordStore.evidenceCount).enumerated() {
      try statement.execute(arguments: [
        number, position, evidence.file, evidence.bead, evidence.sourceText, evidence.targetText,
        evidence.sourceSpan.lowerBound, evidence.sourceSpan.upperBound,
        evidence.targetSpan.lowerBound, evidence.targetSpan.upperBound,
      ])
    }
  }
}
