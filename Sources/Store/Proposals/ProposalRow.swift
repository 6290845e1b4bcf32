internal import Bitext
internal import GRDB

/// A row of the table of proposals.
struct ProposalRow {
  var number: Int64
  /// The id and the row number of the concept that holds the terms, or did.
  var concept: String
  var conceptNumber: Int64
  var source: Term
  var target: Term
  var decision: Proposal.Decision?
  /// The first and the last entry of the history that the decision made.
  var history: (first: Int64, last: Int64)?

  init(_ row: Row) {
    number = row["number"]
    concept = row["concept"]
    conceptNumber = row["conceptNumber"]
    source = Term(
      row["source"], language: row.language("sourceLanguage"), status: .proposed)
    target = Term(
      row["target"], language: row.language("targetLanguage"), status: .proposed)
    decision = (row["decision"] as String?).flatMap { Proposal.Decision(rawValue: $0) }
    if let first: Int64 = row["firstHistory"], let last: Int64 = row["lastHistory"] {
      history = (first, last)
    }
  }

  var terms: [Term] { [source, target] }

  func has(_ term: Term) -> Bool {
    terms.contains { $0.text == term.text && $0.language == term.language }
  }
}

extension Concept {
  /// The index of the term that is spelt exactly so.
  func index(spelt term: Term) -> Int? {
    terms.firstIndex { $0.text == term.text && $0.language == term.language }
  }
}

extension Database {
  func proposalRow(_ number: Int64) throws -> ProposalRow? {
    try Row.fetchOne(
      cachedStatement(sql: "SELECT * FROM proposal WHERE number = ?"), arguments: [number]
    ).map { ProposalRow($0) }
  }

  /// The proposals of a concept that wait.
  func waitingRows(of concept: String) throws -> [ProposalRow] {
    try Row.fetchAll(
      cachedStatement(
        sql: """
          SELECT * FROM proposal WHERE concept = ? AND decision IS NULL ORDER BY number
          """), arguments: [concept]
    ).map { ProposalRow($0) }
  }

  /// Keeps a proposal for terms of a concept and returns its number.
  func insertProposal(
    _ source: Term, _ target: Term, of concept: String, number: Int64
  ) throws -> Int64 {
    let statement = try cachedStatement(
      sql: """
        INSERT INTO proposal
          (concept, conceptNumber, sourceLanguage, source, targetLanguage, target)
        VALUES (?, ?, ?, ?, ?, ?)
        """)
    try statement.execute(arguments: [
      concept, number, source.language.description, source.text, target.language.description,
      target.text,
    ])
    return lastInsertedRowID
  }

  func conceptNumber(_ id: String) throws -> Int64? {
    try Int64.fetchOne(
      cachedStatement(sql: "SELECT number FROM concept WHERE id = ?"), arguments: [id])
  }

  /// The number of the last entry of the history.
  func lastHistoryNumber() throws -> Int64 {
    try Int64.fetchOne(self, sql: "SELECT max(number) FROM history") ?? 0
  }
}
