public import Bitext
internal import GRDB
internal import Segmentation

extension ConcordStore {
  /// Of so many decisions the sentences are kept, so that a decision that is taken back is shown as
  /// before: more than anybody takes back one by one.
  public static let decisionsWithEvidence: Int64 = 100

  /// Decides on a proposal, as one change.
  ///
  /// - Parameters:
  ///   - verdict: what is said of it.
  ///   - number: the proposal.
  ///   - change: who decides, and when.
  /// - Returns: the proposal with what was decided and the concept that has its terms now, or had
  ///   them.
  /// - Throws: `Trouble` for a proposal that does not wait any more, and for a concept to merge into
  ///   that does not exist.
  @discardableResult
  public func decide(
    _ verdict: Verdict, on number: Int64, by change: Change
  ) throws(Trouble) -> Proposal {
    try write { try $0.decide(verdict, on: number, by: change) }
  }

  /// Decides on several proposals, as one change: on all of them or, when one does not wait, on
  /// none.
  ///
  /// - Parameters:
  ///   - verdicts: what is said of which proposals.
  ///   - change: who decides, and when.
  /// - Returns: the proposals as ``decide(_:on:by:)`` returns each.
  /// - Throws: `Trouble` as it does.
  @discardableResult
  public func decide(
    _ verdicts: [(verdict: Verdict, number: Int64)], by change: Change
  ) throws(Trouble) -> [Proposal] {
    try write { database in
      try verdicts.map { try database.decide($0.verdict, on: $0.number, by: change) }
    }
  }

  /// Accepts and rejects by score, as one change.
  ///
  /// - Parameters:
  ///   - acceptance: which are accepted.
  ///   - floor: proposals with a lower score are rejected; `nil` rejects none.
  ///   - change: who decides, and when.
  /// - Returns: what was decided on, in the order of review.
  /// - Throws: `Trouble` when the store cannot be written.
  public func decideByScore(
    acceptance: Acceptance, rejectBelow floor: Double?, by change: Change
  ) throws(Trouble) -> [Proposal] {
    try write { database in
      try database.waitingProposals().compactMap { number in
        // What was decided before may have settled this one too.
        guard let proposal = try database.proposal(number), proposal.decision == nil else {
          return nil
        }
        if acceptance.takes(proposal.score, proposal.kind) {
          return try database.decide(.accept, on: number, by: change)
        }
        guard let floor, let score = proposal.score, score < floor else { return nil }
        return try database.decide(.reject, on: number, by: change)
      }
    }
  }

  /// Puts a proposal off, behind all others; or takes that back.
  public func skip(_ number: Int64, isSkipped: Bool = true) throws(Trouble) {
    try write { database in
      let last = try Int64.fetchOne(database, sql: "SELECT max(skipped) FROM proposal") ?? 0
      try database.execute(
        sql: "UPDATE proposal SET skipped = ? WHERE number = ?",
        arguments: [isSkipped ? last + 1 : nil, number])
    }
  }
}

extension Database {
  @discardableResult
  func decide(_ verdict: Verdict, on number: Int64, by change: Change) throws -> Proposal {
    guard let row = try proposalRow(number), var proposal = try proposal(number) else {
      throw Trouble("there is no proposal \(number): 'concord review --list' shows them")
    }
    guard row.decision == nil, let concept = try concept(row.concept) else {
      throw Trouble("proposal \(number) does not wait any more: it has been decided")
    }
    if verdict == .forbid, !proposal.canBeForbidden {
      throw Trouble(
        "proposal \(number) cannot be forbidden: there is no right term beside it; reject it instead"
      )
    }
    let first = try lastHistoryNumber() + 1
    // Marked first, so that what the verdict does to the terms does not settle it another way.
    let decision = verdict.decision(on: proposal)
    try mark(number, decision, by: change, since: first)
    proposal.decision = decision
    proposal.concept = try carry(out: verdict, row, concept, by: change)
    try execute(
      sql: "UPDATE proposal SET lastHistory = ? WHERE number = ?",
      arguments: [try lastHistoryNumber(), number])
    return proposal
  }

  /// Changes the terms as a verdict says.
  ///
  /// - Returns: the concept that has the terms now, or had them.
  private func carry(
    out verdict: Verdict, _ row: ProposalRow, _ concept: Concept, by change: Change
  ) throws -> Concept {
    switch verdict {
    case .accept: return try accept(row, row.source.text, row.target.text, in: concept, by: change)
    case .edit(let source, let target):
      return try accept(row, source, target, in: concept, by: change)
    case .merge(let id):
      guard let other = try self.concept(id) else {
        throw Trouble("there is no concept \(id): 'concord list' shows them")
      }
      guard other.id != concept.id else {
        return try accept(row, row.source.text, row.target.text, in: concept, by: change)
      }
      try withdraw(row, from: concept, by: change)
      var merged = other
      merged.join(Concept(id: "", terms: row.acceptedTerms(of: concept)))
      for term in row.terms {
        if let index = merged.term(like: term) { merged.accept(index) }
      }
      return try replace(other, with: merged, by: change).concept
    case .separate:
      try withdraw(row, from: concept, by: change)
      let new = Concept(
        id: "", terms: row.acceptedTerms(of: concept), domain: concept.domain,
        source: concept.source)
      return try insert(new, by: change).concept
    case .forbid: return try forbid(row, in: concept, by: change)
    case .reject:
      try withdraw(row, from: concept, by: change)
      return concept
    }
  }

  private func forbid(
    _ row: ProposalRow, in concept: Concept, by change: Change
  ) throws -> Concept {
    var changed = concept
    for term in row.terms {
      guard let index = changed.index(spelt: term), changed.terms[index].status == .proposed
      else { continue }
      changed.terms[index].status = .forbidden
    }
    return try replace(concept, with: changed, by: change).concept
  }

  /// Makes the proposed terms accepted ones, in the words given.
  private func accept(
    _ row: ProposalRow, _ source: String, _ target: String, in concept: Concept, by change: Change
  ) throws -> Concept {
    var accepted = concept
    for (term, text) in [(row.source, source), (row.target, target)] {
      guard let index = accepted.index(spelt: term), accepted.terms[index].status == .proposed
      else { continue }
      guard text != term.text else {
        accepted.accept(index)
        continue
      }
      accepted.terms[index].text = text
      var spelling = text
      if let twin = accepted.twin(of: index) {
        accepted.accept(twin)
        spelling = accepted.terms[twin].text
        let properties = accepted.terms[index].properties
        accepted.terms[twin].properties.add(missingFrom: properties)
        accepted.terms.remove(at: index)
      } else {
        accepted.accept(index)
      }
      try respell(term, as: spelling, row)
    }
    return try replace(concept, with: accepted, by: change).concept
  }

  /// Tells the other proposals of the concept that a term is spelt otherwise now, and remembers how
  /// they spelt it.
  private func respell(_ term: Term, as spelling: String, _ row: ProposalRow) throws {
    for other in try waitingRows(of: row.concept) where other.has(term) {
      try execute(
        sql: "INSERT OR IGNORE INTO respelling VALUES (?, ?, ?, ?)",
        arguments: [row.number, other.number, other.source.text, other.target.text])
      let isSource = other.source.text == term.text && other.source.language == term.language
      try execute(
        sql: "UPDATE proposal SET \(isSource ? "source" : "target") = ? WHERE number = ?",
        arguments: [spelling, other.number])
    }
  }

  /// Takes the proposed terms of a proposal out of its concept, but those that another proposal
  /// needs; a concept without terms goes.
  private func withdraw(_ row: ProposalRow, from concept: Concept, by change: Change) throws {
    let others = try waitingRows(of: concept.id)
    var rest = concept
    rest.terms.removeAll { term in
      term.status == .proposed && row.has(term) && !others.contains { $0.has(term) }
    }
    if rest.terms.isEmpty {
      try remove(concept, by: change)
    } else {
      _ = try replace(concept, with: rest, by: change)
    }
  }
}

extension Verdict {
  fileprivate func decision(on proposal: Proposal) -> Proposal.Decision {
    switch self {
    case .accept: .accepted
    case .edit(let source, let target):
      source == proposal.source.text && target == proposal.target.text ? .accepted : .edited
    case .merge(let id): id == proposal.concept.id ? .accepted : .merged
    case .separate: .separated
    case .forbid: .forbidden
    case .reject: .rejected
    }
  }
}

extension ProposalRow {
  /// The terms as they leave the concept, with what is known of them.
  fileprivate func acceptedTerms(of concept: Concept) -> [Term] {
    terms.map { term in
      let properties = concept.index(spelt: term).map { concept.terms[$0].properties } ?? []
      return Term(
        term.text, language: term.language, status: .preferred, properties: properties)
    }
  }
}

extension Concept {
  /// The index of another term of the same language with the same match key.
  fileprivate func twin(of index: Int) -> Int? {
    let key = MatchKey(terms[index].text)
    return terms.indices.first {
      $0 != index && LanguageMatching.match(terms[$0].language, terms[index].language)
        && MatchKey(terms[$0].text) == key
    }
  }
}
