public import Bitext
internal import GRDB

extension ConcordStore {
  /// The numbers of the proposals that wait, in the order in which they are reviewed: as they came,
  /// those that were put off last.
  public func waitingProposals() throws(Trouble) -> [Int64] {
    try read { try $0.waitingProposals() }
  }

  /// A proposal as it stands, with its evidence; `nil` when it does not wait any more.
  public func proposal(_ number: Int64) throws(Trouble) -> Proposal? {
    try read { database in
      try database.proposal(number).flatMap { $0.decision == nil ? $0 : nil }
    }
  }

  /// All proposals that wait, in the order of review.
  public func proposals() throws(Trouble) -> [Proposal] {
    try read { database in
      try database.waitingProposals().compactMap { try database.proposal($0) }
    }
  }

  /// The pairs that were rejected, or accepted in other words, in the order of the decisions.
  public func rejectedPairs() throws(Trouble) -> [RejectedPair] {
    try rejectedProposals(including: [.rejected, .edited]).map {
      RejectedPair(source: $0.source, target: $0.target)
    }
  }

  /// The proposals that were rejected, the last one first.
  public func rejectedProposals() throws(Trouble) -> [Proposal] {
    try rejectedProposals(including: [.rejected]).reversed()
  }

  private func rejectedProposals(
    including decisions: [Proposal.Decision]
  ) throws(Trouble) -> [Proposal] {
    try read { database in
      let names = decisions.map { "'\($0.rawValue)'" }.joined(separator: ", ")
      let rows = try Row.fetchAll(
        database,
        sql: "SELECT * FROM proposal WHERE decision IN (\(names)) ORDER BY decisionOrder")
      return try rows.map { try database.proposal($0) }
    }
  }
}

extension Database {
  func waitingProposals() throws -> [Int64] {
    try Int64.fetchAll(
      self,
      sql: """
        SELECT number FROM proposal WHERE decision IS NULL
        ORDER BY skipped IS NOT NULL, skipped, number
        """)
  }

  func proposal(_ number: Int64) throws -> Proposal? {
    try Row.fetchOne(
      cachedStatement(sql: "SELECT * FROM proposal WHERE number = ?"), arguments: [number]
    ).map { try proposal($0) }
  }

  fileprivate func proposal(_ row: Row) throws -> Proposal {
    let own = ProposalRow(row)
    // The concept of a rejected pair may be gone.
    let concept = try concept(own.concept) ?? Concept(id: own.concept, terms: own.terms)
    func current(_ term: Term) -> Term {
      concept.index(spelt: term).map { concept.terms[$0] } ?? term
    }
    return Proposal(
      id: own.number, concept: concept, source: current(own.source), target: current(own.target),
      score: row["score"], count: row["count"], sourceCount: row["sourceCount"],
      targetCount: row["targetCount"], evidence: try evidence(of: own.number),
      isSkipped: row["skipped"] as Int64? != nil, decision: own.decision)
  }

  private func evidence(of number: Int64) throws -> [TermCandidate.Evidence] {
    try Row.fetchAll(
      cachedStatement(sql: "SELECT * FROM evidence WHERE proposal = ? ORDER BY position"),
      arguments: [number]
    ).map { row in
      TermCandidate.Evidence(
        file: row["file"], bead: row["bead"], sourceText: row["sourceText"],
        targetText: row["targetText"],
        sourceSpan: row.span("sourceStart", "sourceEnd", in: row["sourceText"]),
        targetSpan: row.span("targetStart", "targetEnd", in: row["targetText"]))
    }
  }
}

extension Row {
  /// A range of bytes of a text; empty where another hand has written one that is none.
  fileprivate func span(_ start: String, _ end: String, in text: String) -> Range<Int> {
    let (start, end): (Int, Int) = (self[start], self[end])
    return 0 <= start && start <= end && end <= text.utf8.count ? start..<end : 0..<0
  }
}
