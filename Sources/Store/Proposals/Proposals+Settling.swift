internal import Bitext
internal import GRDB
internal import Segmentation

extension Database {
  /// Brings the proposals of a concept in line with its terms, after any change of them: each
  /// proposed term belongs to a proposal, and each proposal that waits has both its terms there,
  /// one of them proposed.
  ///
  /// - Parameters:
  ///   - concept: as it now stands; `nil` when it was removed.
  ///   - id: the concept's id.
  ///   - change: who changed it, and when.
  ///   - rejects: whether a term that is gone was rejected, and not only taken out.
  /// - Throws: what the database reports.
  func settleProposals(
    of concept: Concept?, id: String, by change: Change, rejects: Bool = false
  ) throws {
    var waiting: [ProposalRow] = []
    for row in try waitingRows(of: id) {
      guard let decision = row.settlement(in: concept, rejects: rejects) else {
        waiting.append(row)
        continue
      }
      try mark(row.number, decision, by: change, since: try lastHistoryNumber())
    }
    guard let concept, concept.terms.contains(where: { $0.status == .proposed }) else { return }
    try registerProposals(of: concept, beside: waiting)
  }

  /// Makes proposals for proposed terms that belong to none.
  func registerProposals(of concept: Concept, beside waiting: [ProposalRow] = []) throws {
    guard let number = try conceptNumber(concept.id) else { return }
    var covered = waiting.flatMap(\.terms)
    func isCovered(_ term: Term) -> Bool {
      covered.contains { $0.text == term.text && $0.language == term.language }
    }
    for (index, term) in concept.terms.enumerated()
    where term.status == .proposed && !isCovered(term) {
      guard let other = concept.counterpart(of: term) else { continue }
      let pair = [index, other].sorted().map { concept.terms[$0] }
      _ = try insertProposal(pair[0], pair[1], of: concept.id, number: number)
      covered += pair
    }
  }

  /// Writes down what was decided on a proposal.
  ///
  /// - Parameters:
  ///   - number: the proposal.
  ///   - decision: what was decided.
  ///   - change: who decided, and when.
  ///   - history: the first entry of the history that the decision made.
  /// - Throws: what the database reports.
  func mark(
    _ number: Int64, _ decision: Proposal.Decision, by change: Change, since history: Int64
  ) throws {
    let order = try Int64.fetchOne(self, sql: "SELECT max(decisionOrder) FROM proposal") ?? 0
    let statement = try cachedStatement(
      sql: """
        UPDATE proposal SET decision = ?, decisionOrder = ?, date = ?, author = ?,
          firstHistory = ?, lastHistory = ? WHERE number = ?
        """)
    try statement.execute(arguments: [
      decision.rawValue, order + 1, change.date, change.author, history, history, number,
    ])
    // What is older than anybody takes back needs no sentences any more.
    try execute(
      sql: """
        DELETE FROM evidence WHERE proposal IN
          (SELECT number FROM proposal WHERE decisionOrder = ?)
        """, arguments: [order + 1 - ConcordStore.decisionsWithEvidence])
  }
}

extension ProposalRow {
  /// What has become of a proposal by what its concept is now; `nil` when it still waits.
  fileprivate func settlement(in concept: Concept?, rejects: Bool) -> Proposal.Decision? {
    let found = terms.compactMap { term in
      concept?.index(spelt: term).flatMap { concept?.terms[$0].status }
    }
    guard found.count == terms.count else { return rejects ? .rejected : .withdrawn }
    if found.contains(.proposed) { return nil }
    return found.allSatisfy(\.isAccepted) ? .accepted : .withdrawn
  }
}

extension Concept {
  /// The index of the term that a proposed term translates: an accepted one of another language,
  /// else any.
  fileprivate func counterpart(of term: Term) -> Int? {
    func isOther(_ other: Term) -> Bool {
      !LanguageMatching.sameLanguage(other.language, term.language)
    }
    return terms.firstIndex { $0.status.isAccepted && isOther($0) }
      ?? terms.firstIndex(where: isOther)
  }
}
