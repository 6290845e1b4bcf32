public import Bitext
internal import GRDB

extension ConcordStore {
  /// Takes a decision back: the concepts that it changed are as they were before, and the proposal
  /// waits again.
  ///
  /// - Parameters:
  ///   - number: the proposal; `nil` means the last decision of this author.
  ///   - change: who takes it back, and when.
  /// - Returns: the proposal, which waits again, with what had been decided; `nil` when there is no
  ///   decision to take back.
  /// - Throws: `Trouble` when a concept has been changed since.
  public func undoDecision(_ number: Int64? = nil, by change: Change) throws(Trouble) -> Proposal? {
    try write { database in
      var decided = number
      if decided == nil {
        decided = try Int64.fetchOne(
          database,
          sql: """
            SELECT number FROM proposal
            WHERE decision IS NOT NULL AND decision <> 'withdrawn' AND author IS ?
            ORDER BY decisionOrder DESC LIMIT 1
            """, arguments: [change.author])
      }
      guard let decided, let row = try database.proposalRow(decided), row.decision != nil else {
        return nil
      }
      return try database.undo(row, by: change)
    }
  }

  /// Lets rejected proposals wait again, whatever has been done since.
  ///
  /// - Parameters:
  ///   - numbers: the proposals.
  ///   - change: who asks for it, and when.
  /// - Returns: the proposals, which wait again.
  /// - Throws: `Trouble` for a number that is no rejected proposal's; then nothing is changed.
  public func restoreProposals(
    _ numbers: [Int64], by change: Change
  ) throws(Trouble) -> [Proposal] {
    try write { database in
      try numbers.map { number in
        guard let row = try database.proposalRow(number), row.decision == .rejected else {
          throw Trouble(
            "there is no rejected proposal \(number): 'concord review --list --rejected' shows them"
          )
        }
        try database.revive(number)
        if let concept = try database.concept(row.concept) {
          var wider = concept
          wider.join(Concept(id: "", terms: row.terms))
          _ = try database.replace(concept, with: wider, by: change)
        } else {
          _ = try database.insert(
            Concept(id: row.concept, terms: row.terms), number: row.conceptNumber, by: change)
        }
        let concept = try database.concept(row.concept)
        try database.settleProposals(of: concept, id: row.concept, by: change)
        guard let proposal = try database.proposal(number), proposal.decision == nil else {
          throw Trouble("the termbase has the pair of proposal \(number) by now")
        }
        return proposal
      }
    }
  }
}

extension Database {
  fileprivate func revive(_ number: Int64) throws {
    try execute(
      sql: """
        UPDATE proposal SET decision = NULL, decisionOrder = NULL, date = NULL, author = NULL,
          firstHistory = NULL, lastHistory = NULL
        WHERE number = ?
        """, arguments: [number])
  }

  /// Goes back through the entries of the history that a decision made.
  ///
  /// - Returns: the proposal that was decided on, with what was decided.
  fileprivate func undo(_ row: ProposalRow, by change: Change) throws -> Proposal? {
    let row = try cause(of: row)
    guard let history = row.history else { return nil }
    let entries = try Row.fetchAll(
      self,
      sql: """
        SELECT item, before, after FROM history
        WHERE kind = 'concept' AND number BETWEEN ? AND ? ORDER BY number DESC
        """, arguments: [history.first, history.last])
    try checkUnchanged(since: entries)
    // All that it settled waits again, spelt as before, when the terms come back.
    let settled = try settled(by: row)
    for row in settled {
      try revive(row.number)
      try spellAsBefore(row.number)
    }
    for entry in entries {
      let before = try (entry["before"] as String?).map { try Concept(json: $0) }
      try restore(entry["item"], to: before, number: row.conceptNumber, by: change)
    }
    var proposal = try proposal(row.number)
    proposal?.decision = row.decision
    return proposal
  }

  /// The decision that settled a proposal along with the one that it was about.
  private func cause(of row: ProposalRow) throws -> ProposalRow {
    guard let history = row.history else { return row }
    let cause = try Row.fetchOne(
      self,
      sql: """
        SELECT * FROM proposal WHERE firstHistory <= ? AND lastHistory >= ?
        ORDER BY decisionOrder LIMIT 1
        """, arguments: [history.first, history.last])
    // A decision that changed nothing has an empty range, which lies in none.
    return history.first <= history.last ? cause.map { ProposalRow($0) } ?? row : row
  }

  /// The proposals that a decision settled, its own first.
  private func settled(by row: ProposalRow) throws -> [ProposalRow] {
    guard let history = row.history else { return [row] }
    let others = try Row.fetchAll(
      self,
      sql: """
        SELECT * FROM proposal
        WHERE firstHistory >= ? AND lastHistory <= ? AND firstHistory <= lastHistory
          AND number <> ?
        ORDER BY decisionOrder
        """, arguments: [history.first, history.last, row.number])
    return [row] + others.map { ProposalRow($0) }
  }

  /// - Throws: `Trouble` when a concept is not what the history's entries, the last one first, left.
  private func checkUnchanged(since entries: [Row]) throws {
    var seen: Set<String> = []
    for entry in entries {
      let (item, after): (String, String?) = (entry["item"], entry["after"])
      guard seen.insert(item).inserted, try concept(item)?.json() != after else { continue }
      throw Trouble(
        "concept \(item) has been changed since the decision: change it with 'concord edit \(item)'"
      )
    }
  }

  private func spellAsBefore(_ decision: Int64) throws {
    let rows = try Row.fetchAll(
      self, sql: "SELECT * FROM respelling WHERE decision = ?", arguments: [decision])
    for row in rows {
      try execute(
        sql: "UPDATE proposal SET source = ?, target = ? WHERE number = ?",
        arguments: [
          row["source"] as String, row["target"] as String, row["proposal"] as Int64,
        ])
    }
    try execute(sql: "DELETE FROM respelling WHERE decision = ?", arguments: [decision])
  }

  /// Puts a concept back to what it was.
  private func restore(
    _ id: String, to before: Concept?, number: Int64, by change: Change
  ) throws {
    let current = try concept(id)
    switch (current, before) {
    case (let current?, let before?): try overwrite(current, with: before, by: change)
    case (let current?, nil): try remove(current, by: change)
    case (nil, let before?): _ = try insert(before, number: number, by: change)
    case (nil, nil): break
    }
  }
}
