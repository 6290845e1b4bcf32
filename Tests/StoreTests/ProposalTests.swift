import Bitext
import GRDB
import Testing

@testable import Store

@Suite struct ProposalTests {
  private let place: TemporaryStore
  private let store: ConcordStore

  init() throws { (place, store) = try TemporaryStore.opened() }

  private func candidate(
    _ source: String, _ target: String, score: Double = 0.9, concept: String? = nil
  ) -> TermCandidate {
    let evidence = (0..<8).map { bead in
      TermCandidate.Evidence(
        file: "news/a.md", bead: bead, sourceText: "The \(source) opens.",
        targetText: "\(target)开园。", sourceSpan: 4..<4 + source.utf8.count,
        targetSpan: 0..<target.utf8.count)
    }
    return TermCandidate(
      source: source, target: target, score: score, count: 8, sourceCount: 9, targetCount: 8,
      evidence: evidence, concept: concept)
  }

  @discardableResult
  private func propose(
    _ candidates: [TermCandidate], acceptance: Acceptance = Acceptance()
  ) throws -> ProposalCounts {
    try store.propose(
      candidates, languages: (.english, .simplifiedChinese), domain: "policy",
      acceptance: acceptance, by: .first)
  }

  /// The terms of all concepts as "text:status", for whole comparisons.
  private func concepts() throws -> [String] {
    try store.termbase().concepts.map { concept in
      concept.terms.map { "\($0.text):\($0.status.rawValue)" }.joined(separator: " ")
    }
  }

  /// What is kept of concepts and proposals, for comparisons before and after.
  private func state() throws -> (termbase: [Concept], proposals: [Proposal]) {
    (try store.termbase().concepts, try store.proposals())
  }

  @Test func candidateIsKeptWithScoreAndCappedEvidence() throws {
    let counts = try propose([candidate("dry port", "无水港", score: 0.82)])
    #expect((counts.new, counts.variants, counts.accepted) == (1, 0, 0))
    let kept = try #require(try store.proposals().first)
    #expect(kept.kind == .new)
    #expect(kept.source.text == "dry port")
    #expect(kept.target == Term("无水港", language: .simplifiedChinese, status: .proposed))
    #expect((kept.score, kept.count, kept.sourceCount, kept.targetCount) == (0.82, 8, 9, 8))
    #expect(kept.evidence == Array(candidate("dry port", "无水港").evidence.prefix(5)))
    #expect(kept.concept.domain == "policy")
    #expect(kept.concept.source == "a.md")
    #expect(try propose([candidate("Dry  Port", "无水港")]) == ProposalCounts())
    #expect(try store.proposals() == [kept])
  }

  @Test func candidateBesideAKnownTermIsAVariantOfItsConcept() throws {
    let id = try store.add(.pair("Golden Phoenix", "金凤凰"), by: .first).concept.id
    let counts = try propose([candidate("Gold Phoenix", "金凤凰", concept: id)])
    #expect((counts.new, counts.variants) == (0, 1))
    let kept = try #require(try store.proposals().first)
    #expect(kept.kind == .variant)
    #expect(kept.concept.id == id)
    #expect(kept.isProposed(kept.source))
    #expect(!kept.isProposed(kept.target))
    try store.decide(.accept, on: kept.id, by: .second)
    #expect(
      try concepts() == ["Golden Phoenix:preferred Gold Phoenix:admitted 金凤凰:preferred"])
  }

  @Test func candidatesThatShareATermAreDecidedOneByOne() throws {
    try propose([candidate("dry port", "无水港"), candidate("dry port", "陆港")])
    var waiting = try store.proposals()
    #expect(waiting.map(\.target.text) == ["无水港", "陆港"])
    #expect(waiting.map(\.kind) == [.new, .new])
    #expect(try store.conceptCount() == 1)
    try store.decide(.reject, on: waiting[0].id, by: .second)
    #expect(try concepts() == ["dry port:proposed 陆港:proposed"])
    try store.decide(.accept, on: waiting[1].id, by: .second)
    #expect(try concepts() == ["dry port:preferred 陆港:preferred"])
    waiting = try store.proposals()
    #expect(waiting.isEmpty)
  }

  @Test func acceptingOneOfTwoMakesTheOtherAVariant() throws {
    try propose([candidate("dry port", "无水港"), candidate("dry port", "陆港")])
    try store.decide(.accept, on: try store.waitingProposals()[0], by: .second)
    let rest = try store.proposals()
    #expect(rest.map(\.kind) == [.variant])
    #expect(rest[0].isProposed(rest[0].target))
    #expect(!rest[0].isProposed(rest[0].source))
  }

  @Test func editedWordsAreKeptAndTheCandidateIsNotProposedAgain() throws {
    try propose([candidate("dry ports", "无水港"), candidate("dry ports", "陆港")])
    let first = try store.waitingProposals()[0]
    let decided = try store.decide(
      .edit(source: "dry port", target: "无水港"), on: first, by: .second)
    #expect(decided.decision == .edited)
    #expect(
      try concepts() == ["dry port:preferred 无水港:preferred 陆港:proposed"])
    // The other proposal of the concept goes along, evidence and all.
    let rest = try #require(try store.proposals().first)
    #expect(rest.source.text == "dry port")
    #expect(rest.evidence.count == 5)
    #expect(try store.rejectedPairs().map(\.source.text) == ["dry ports"])
  }

  @Test func editingIntoATermThatIsThereJoinsIt() throws {
    let id = try store.add(.pair("Golden Phoenix", "金凤凰"), by: .first).concept.id
    try propose([candidate("the Golden Phoenix", "金凤凰", concept: id)])
    try store.decide(
      .edit(source: "golden phoenix", target: "金凤凰"), on: try store.waitingProposals()[0],
      by: .second)
    #expect(try concepts() == ["Golden Phoenix:preferred 金凤凰:preferred"])
    #expect(try store.waitingProposals().isEmpty)
  }

  @Test func mergingMovesTheTermsIntoTheOtherConcept() throws {
    let id = try store.add(.pair("Golden Phoenix", "金凤凰"), by: .first).concept.id
    try propose([candidate("Phoenix Plan", "凤凰计划")])
    let decided = try store.decide(
      .merge(concept: id), on: try store.waitingProposals()[0], by: .second)
    #expect(decided.concept.id == id)
    #expect(
      try concepts() == [
        "Golden Phoenix:preferred Phoenix Plan:admitted 金凤凰:preferred 凤凰计划:admitted"
      ])
    #expect(throws: Trouble.self) {
      try store.decide(.merge(concept: id), on: decided.id, by: .second)
    }
  }

  @Test func mergingIntoNothingChangesNothing() throws {
    try propose([candidate("Phoenix Plan", "凤凰计划")])
    let before = try state()
    #expect(throws: Trouble.self) {
      try store.decide(.merge(concept: "99"), on: before.proposals[0].id, by: .second)
    }
    #expect(try state() == before)
  }

  @Test func homonymGetsAConceptOfItsOwn() throws {
    let id = try store.add(.pair("bank", "银行"), by: .first).concept.id
    try propose([candidate("bank", "河岸", concept: id)])
    try store.decide(.separate, on: try store.waitingProposals()[0], by: .second)
    #expect(
      try concepts() == ["bank:preferred 银行:preferred", "bank:preferred 河岸:preferred"])
  }

  @Test func wrongNameBesideTheRightOneIsForbidden() throws {
    let id = try store.add(.pair("Golden Phoenix", "金凤凰"), by: .first).concept.id
    try propose([
      candidate("Gold Phoenix", "金凤凰", concept: id), candidate("dry port", "无水港"),
    ])
    let before = try state()
    #expect(before.proposals.map(\.canBeForbidden) == [true, false])
    let decided = try store.decide(.forbid, on: before.proposals[0].id, by: .second)
    #expect(decided.decision == .forbidden)
    #expect(
      try concepts()[0] == "Golden Phoenix:preferred Gold Phoenix:forbidden 金凤凰:preferred")
    #expect(throws: Trouble.self) {
      try store.decide(.forbid, on: before.proposals[1].id, by: .second)
    }
    _ = try store.undoDecision(by: .second)
    #expect(try state() == before)
  }

  @Test(arguments: [
    Verdict.accept, .edit(source: "inland port", target: "陆港"), .merge(concept: "1"), .separate,
    .reject,
  ])
  func everyDecisionCanBeTakenBack(verdict: Verdict) throws {
    _ = try store.add(.pair("Golden Phoenix", "金凤凰"), by: .first)
    try propose([
      candidate("dry port", "无水港"), candidate("dry port", "陆港"),
      candidate("Gold Phoenix", "金凤凰", concept: "1"),
    ])
    for index in 0..<3 {
      let before = try state()
      let number = before.proposals[index].id
      try store.decide(verdict, on: number, by: .second)
      #expect(try !store.waitingProposals().contains(number))
      let undone = try store.undoDecision(by: .second)
      #expect(undone?.id == number)
      #expect(undone?.decision != nil)
      #expect(try state() == before, "\(verdict) on \(index)")
    }
    #expect(try store.undoDecision(by: .second) == nil)
    // A reviewer takes back what he decided himself.
    try store.decide(verdict, on: try store.waitingProposals()[0], by: .first)
    #expect(try store.undoDecision(by: .second) == nil)
    #expect(try store.undoDecision(by: .first) != nil)
  }

  @Test func decisionsAreTakenBackInTheirOrder() throws {
    try propose([candidate("dry port", "无水港"), candidate("dry port", "陆港")])
    let before = try state()
    let numbers = before.proposals.map(\.id)
    try store.decide(.accept, on: numbers[0], by: .second)
    try store.decide(.reject, on: numbers[1], by: .second)
    #expect(try store.undoDecision(by: .second)?.id == numbers[1])
    #expect(try store.undoDecision(by: .second)?.id == numbers[0])
    #expect(try state() == before)
  }

  @Test func conceptThatWasChangedSinceIsNotOverwritten() throws {
    try propose([candidate("dry port", "无水港")])
    let proposal = try store.proposals()[0]
    try store.decide(.accept, on: proposal.id, by: .second)
    var concept = try #require(try store.concept(proposal.concept.id))
    concept.note = "also: inland port"
    _ = try store.replace(concept, by: .first)
    #expect { try store.undoDecision(by: .second) } throws: {
      ($0 as? Trouble)?.message.contains("changed since") == true
    }
    #expect(try store.concept(concept.id)?.note == concept.note)
  }

  @Test func rejectedPairIsRememberedAndCanBeRestored() throws {
    let id = try store.add(.pair("Golden Phoenix", "金凤凰"), by: .first).concept.id
    try propose([
      candidate("Gold Phoenix", "金凤凰", concept: id), candidate("dry port", "无水港"),
    ])
    let numbers = try store.waitingProposals()
    try store.decide(numbers.map { (.reject, $0) }, by: .second)
    #expect(try store.rejectedPairs().map(\.source.text) == ["Gold Phoenix", "dry port"])
    #expect(try store.rejectedProposals().map(\.source.text) == ["dry port", "Gold Phoenix"])
    #expect(try concepts() == ["Golden Phoenix:preferred 金凤凰:preferred"])
    var known = try #require(try store.concept(id))
    known.note = "changed meanwhile"
    _ = try store.replace(known, by: .second)
    #expect(try store.restoreProposals(numbers, by: .second).map(\.evidence.count) == [5, 5])
    #expect(try store.rejectedPairs().isEmpty)
    #expect(
      try concepts() == [
        "Golden Phoenix:preferred Gold Phoenix:proposed 金凤凰:preferred",
        "dry port:proposed 无水港:proposed",
      ])
    #expect(throws: Trouble.self) { try store.restoreProposals([numbers[0]], by: .second) }
  }

  @Test func scoresDecideOverNewPairsButNotOverVariants() throws {
    let id = try store.add(.pair("Golden Phoenix", "金凤凰"), by: .first).concept.id
    try propose([
      candidate("Gold Phoenix", "金凤凰", score: 0.95, concept: id),
      candidate("dry port", "无水港", score: 0.9), candidate("isle", "岛", score: 0.5),
      candidate("of", "的", score: 0.2),
    ])
    let decided = try store.decideByScore(
      acceptance: Acceptance(score: 0.9), rejectBelow: 0.3, by: .second)
    #expect(decided.map(\.source.text) == ["dry port", "of"])
    #expect(decided.map(\.decision) == [.accepted, .rejected])
    #expect(try store.proposals().map(\.source.text) == ["Gold Phoenix", "isle"])
    let more = try store.decideByScore(
      acceptance: Acceptance(score: 0.9, takesVariants: true), rejectBelow: nil, by: .second)
    #expect(more.map(\.source.text) == ["Gold Phoenix"])
  }

  @Test func skippedProposalsComeLast() throws {
    try propose([candidate("one", "一"), candidate("two", "二"), candidate("three", "三")])
    let numbers = try store.waitingProposals()
    try store.skip(numbers[1])
    try store.skip(numbers[0])
    #expect(try store.waitingProposals() == [numbers[2], numbers[1], numbers[0]])
    #expect(try store.proposals().map(\.isSkipped) == [false, true, true])
    try store.skip(numbers[1], isSkipped: false)
    #expect(try store.waitingProposals() == [numbers[1], numbers[2], numbers[0]])
  }

  @Test func proposedTermsThatWereTypedWaitToo() throws {
    var concept = Concept.pair("pilot zone", "试验区")
    for index in concept.terms.indices { concept.terms[index].status = .proposed }
    concept.terms.append(Term("示范区", language: .simplifiedChinese, status: .proposed))
    let id = try store.add(concept, by: .first).concept.id
    #expect(try store.proposals().map(\.target.text) == ["试验区", "示范区"])
    #expect(try store.proposals().map(\.score) == [nil, nil])
    // Accepted and taken out by hand, they do not wait any more.
    var edited = try #require(try store.concept(id))
    for index in edited.terms.indices where edited.terms[index].text != "示范区" {
      edited.terms[index].status = .preferred
    }
    _ = try store.replace(edited, by: .second)
    #expect(try store.proposals().map(\.target.text) == ["示范区"])
    edited.terms.removeAll { $0.status == .proposed }
    _ = try store.replace(edited, by: .second)
    #expect(try store.proposals().isEmpty)
    #expect(try store.rejectedPairs().isEmpty)
    // What was accepted was changed by hand afterwards.
    #expect(throws: Trouble.self) { try store.undoDecision(by: .second) }
  }

  @Test func rejectingByHandIsRemembered() throws {
    try propose([candidate("dry port", "无水港")])
    let id = try store.proposals()[0].concept.id
    try store.removeConcepts([id], rejects: true, by: .second)
    #expect(try store.rejectedPairs().map(\.target.text) == ["无水港"])
    try propose([candidate("isle", "岛")])
    try store.removeConcepts([try store.proposals()[0].concept.id], by: .second)
    #expect(try store.rejectedPairs().map(\.target.text) == ["无水港"])
    #expect(try store.waitingProposals().isEmpty)
  }

  @Test func proposedTermsOfAnOlderStoreBecomeProposals() throws {
    _ = try store.add(.pair("port", "港口"), by: .first)
    try propose([candidate("dry port", "无水港")])
    try store.queue.write { database in
      try database.execute(
        sql: """
          DROP TABLE evidence; DROP TABLE respelling; DROP TABLE proposal;
          DELETE FROM grdb_migrations WHERE identifier LIKE '3 %'
          """)
    }
    try store.queue.close()
    let reopened = try place.open(.read)
    #expect(try reopened.proposals().map(\.source.text) == ["dry port"])
    #expect(try reopened.proposals().map(\.evidence) == [[]])
  }
}
