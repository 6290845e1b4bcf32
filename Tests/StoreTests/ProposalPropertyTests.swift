import Bitext
import Testing
import TestSupport

@testable import Store

/// Random candidates of few words, so that concepts share terms, and random decisions on them.
@Suite struct ProposalPropertyTests {
  private static let english = ["port", "dry port", "Port", "isle", "zone"]
  private static let chinese = ["港", "无水港", "岛", "区", "港 "]

  private func propose(_ store: ConcordStore, _ random: inout SeededGenerator) throws {
    let candidates = (0..<8).map { _ in
      let text = "x"
      return TermCandidate(
        source: random.pick(Self.english), target: random.pick(Self.chinese),
        score: Double(random.below(100)) / 100, count: 1, sourceCount: 1, targetCount: 1,
        evidence: [.init(file: "a", bead: 0, sourceText: text, targetText: text)])
    }
    _ = try store.propose(
      candidates, languages: (.english, .simplifiedChinese), by: .first)
  }

  private func verdict(_ store: ConcordStore, _ random: inout SeededGenerator) throws -> Verdict {
    switch random.below(6) {
    case 0: .accept
    case 1: .edit(source: random.pick(Self.english), target: random.pick(Self.chinese))
    case 2: .merge(concept: random.pick(try store.termbase().concepts).id)
    case 3: .separate
    case 4: .forbid
    default: .reject
    }
  }

  /// Decides on a random proposal; some verdicts do not fit it, and then nothing happens.
  private func decide(_ store: ConcordStore, _ random: inout SeededGenerator) throws -> Bool {
    let waiting = try store.waitingProposals()
    guard !waiting.isEmpty else { return false }
    do {
      try store.decide(
        try verdict(store, &random), on: random.pick(waiting), by: .second)
      return true
    } catch is Trouble {
      return false
    }
  }

  private func expectInLine(_ store: ConcordStore, _ step: String) throws {
    let waiting = try store.proposals()
    for concept in try store.termbase().concepts {
      for term in concept.terms where term.status == .proposed {
        #expect(
          waiting.contains {
            $0.concept.id == concept.id && ($0.source == term || $0.target == term)
          }, "\(term.text) of \(concept.id) belongs to no proposal \(step)")
      }
    }
    for proposal in waiting {
      let sides = [proposal.source, proposal.target]
      #expect(sides.allSatisfy { proposal.concept.terms.contains($0) }, "\(step)")
      #expect(sides.contains { $0.status == .proposed }, "\(step)")
    }
  }

  @Test(arguments: 1...40)
  func proposalsStayInLineAndDecisionsGoBack(seed: UInt64) throws {
    let place = try TemporaryStore()
    let store = try place.open()
    var random = SeededGenerator(seed: seed)
    try propose(store, &random)
    for round in 0..<4 {
      let before = (try store.termbase().concepts, try store.proposals())
      var decisions = 0
      for step in 0..<6 {
        if try decide(store, &random) { decisions += 1 }
        try expectInLine(store, "after step \(step) of round \(round)")
      }
      if round % 2 == 0 {
        while decisions > 0, try store.undoDecision(by: .second) != nil {
          decisions -= 1
          try expectInLine(store, "after an undo in round \(round)")
        }
        #expect(decisions == 0)
        #expect(try store.termbase().concepts == before.0)
        #expect(try store.proposals() == before.1)
      }
      try propose(store, &random)
    }
  }
}
