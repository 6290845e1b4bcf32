import Bitext
import Store
import Testing

@testable import concord

@Suite struct ReviewSessionTests {
  /// A session of the three proposals, the first one on the screen.
  private func session() -> ReviewSession {
    var session = ReviewSession(queue: [1, 2, 3])
    load(&session)
    return session
  }

  private func load(_ session: inout ReviewSession) {
    while let number = session.wanted {
      session.show([Proposal.new, .variant, .byHand].first { $0.id == number })
    }
  }

  /// Types a text and returns the last effect that it asked for.
  @discardableResult
  private func type(_ text: String, _ session: inout ReviewSession) -> ReviewSession.Effect? {
    var effect: ReviewSession.Effect?
    for scalar in text.unicodeScalars { effect = session.handle(.text(scalar)) }
    return effect
  }

  @Test(arguments: [
    ("a", ReviewSession.Effect.decide(.accept, 1)), ("r", .decide(.reject, 1)), ("s", .skip(1)),
    ("u", .undo(nil)), ("q", .quit), ("m", .search("", isFirst: true)), ("A", .decide(.accept, 1)),
    ("ａ", .decide(.accept, 1)),
  ])
  func oneKeyDecides(key: String, effect: ReviewSession.Effect) {
    var session = session()
    #expect(type(key, &session) == effect)
    // Nothing counts before it is kept.
    #expect(session.queue == [1, 2, 3])
    #expect(session.counts == ReviewSession.Counts())
  }

  @Test func nothingElseDecides() {
    var session = session()
    let keys: [Key] = [
      .enter, .escape, .paste("arqm"), .backspace, .unknown, .home, .control("a"), .tab,
    ]
    for key in keys { #expect(session.handle(key) == nil) }
    #expect(type("x", &session) == nil)
    #expect(session.message == "x is no key here: ? shows the keys")
    #expect(type("我", &session) == nil)
    #expect(session.message?.contains("input method") == true)
    #expect(session.handle(.control("c")) == .quit)
    #expect(session.handle(.control("z")) == .suspend)
    #expect(session.handle(.control("l")) == .repaint)
  }

  @Test func decisionsGoOnToTheNextProposal() {
    var session = session()
    session.decided(.new.decided(.accepted))
    #expect(session.current == nil)
    load(&session)
    #expect(session.current == .variant)
    #expect(session.message == "accepted: dry port / 无水港")
    session.decided(.variant.decided(.rejected))
    load(&session)
    #expect(session.current == .byHand)
    session.decided(.byHand.decided(.merged))
    load(&session)
    #expect(session.current == nil)
    #expect(session.queue.isEmpty)
    #expect((session.counts.accepted, session.counts.rejected, session.counts.merged) == (1, 1, 1))
    #expect(type("arsem", &session) == nil)
    #expect(type("u", &session) == .undo(3))
  }

  @Test func decidingTheLastOneGoesBackToTheFirst() {
    var session = session()
    #expect(session.handle(.down) == nil)
    #expect(session.handle(.down) == nil)
    load(&session)
    #expect(session.current == .byHand)
    #expect(session.handle(.down) == nil)
    #expect(session.message == "this is the last pair")
    session.decided(.byHand.decided(.accepted))
    load(&session)
    #expect(session.current == .new)
    #expect(session.handle(.up) == nil)
    #expect(session.message == "this is the first pair")
  }

  @Test func skippedOnesComeLastAndCanBeTakenBack() {
    var session = session()
    session.skipped(1)
    load(&session)
    #expect(session.queue == [2, 3, 1])
    #expect(session.current == .variant)
    #expect(type("u", &session) == .unskip(1))
    session.unskipped(1)
    load(&session)
    #expect(session.queue == [1, 2, 3])
    #expect(session.current == .new)
    #expect(session.counts.skipped == 0)
  }

  @Test func theOnlyOneIsNotSkipped() {
    var session = ReviewSession(queue: [1])
    load(&session)
    #expect(type("s", &session) == nil)
    #expect(session.message == "this is the only pair that is left")
  }

  @Test func undoGoesBackStepByStep() {
    var session = session()
    session.decided(.new.decided(.rejected))
    load(&session)
    session.skipped(2)
    load(&session)
    #expect(session.current == .byHand)
    #expect(type("u", &session) == .unskip(2))
    session.unskipped(2)
    load(&session)
    #expect(type("u", &session) == .undo(1))
    session.undone(.new.decided(.rejected), waiting: [1, 2, 3])
    load(&session)
    #expect(session.current == .new)
    #expect(session.message == "taken back: rejected dry port / 无水港")
    #expect(session.queue == [1, 2, 3])
    #expect(session.counts == ReviewSession.Counts())
    #expect(type("u", &session) == .undo(nil))
    session.undone(nil, waiting: [1, 2, 3])
    #expect(session.message == "there is nothing to take back")
  }

  @Test func decisionOfAnEarlierDayComesBackToo() {
    var session = ReviewSession(queue: [2, 3])
    load(&session)
    #expect(type("u", &session) == .undo(nil))
    session.undone(.new.decided(.accepted), waiting: [1, 2, 3, 8])
    load(&session)
    #expect(session.current == .new)
    // Number 8 had been settled along with number 1.
    #expect(session.queue == [1, 2, 3, 8])
    #expect(session.counts.accepted == 0)
  }

  @Test func undoAfterTheLastDecision() {
    var session = ReviewSession(queue: [1])
    load(&session)
    session.decided(.new.decided(.accepted))
    load(&session)
    session.undone(.new.decided(.accepted), waiting: [1])
    load(&session)
    #expect(session.current == .new)
  }

  @Test func whatAnotherOneDecidedIsPassedOver() {
    var session = ReviewSession(queue: [9, 8, 2])
    load(&session)
    #expect(session.queue == [2])
    #expect(session.current == .variant)
    session = ReviewSession(queue: [2, 9])
    load(&session)
    #expect(session.handle(.down) == nil)
    load(&session)
    #expect(session.current == .variant)
  }

  @Test func troubleKeepsTheProposal() {
    var session = session()
    #expect(type("a", &session) == .decide(.accept, 1))
    session.failed(Trouble("the disk is full", file: "store.sqlite"))
    load(&session)
    #expect(session.current == .new)
    #expect(session.queue == [1, 2, 3])
    #expect(session.message == "store.sqlite: the disk is full")
  }

  @Test func evidenceIsTurnedOver() {
    var session = session()
    #expect(session.handle(.left) == nil)
    #expect(session.message == "these are the first sentences")
    #expect(session.handle(.right) == nil)
    #expect(session.evidence == 1)
    #expect(session.handle(.right) == nil)
    #expect(session.evidence == 1)
    #expect(session.message == "there are no more sentences")
    #expect(session.handle(.down) == nil)
    #expect(session.evidence == 0)
  }

  @Test func bothSidesAreEdited() {
    var session = session()
    #expect(type("e", &session) == nil)
    for key in [Key.backspace, .backspace, .backspace, .backspace, .tab, .home, .delete] {
      #expect(session.handle(key) == nil)
    }
    type("陆", &session)
    // Keys that decide elsewhere are letters here.
    #expect(session.handle(.backTab) == nil)
    type("area  ", &session)
    #expect(
      session.handle(.enter) == .decide(.edit(source: "dry area", target: "陆水港"), 1))
    #expect(session.handle(.escape) == nil)
    #expect(session.mode == .browsing)
  }

  @Test func knownSideOfAVariantStays() {
    var session = ReviewSession(queue: [2])
    load(&session)
    type("e", &session)
    #expect(session.handle(.tab) == nil)
    #expect(session.message?.contains("known already") == true)
    type("!", &session)
    #expect(
      session.handle(.enter) == .decide(.edit(source: "Gold Phoenix!", target: "金凤凰"), 2))
  }

  @Test(arguments: ["", "  ", "—…"])
  func termsThatNothingCanFindAreRefused(text: String) {
    var session = session()
    type("e", &session)
    #expect(session.handle(.control("u")) == nil)
    type(text, &session)
    #expect(session.handle(.enter) == nil)
    #expect(session.message != nil)
    if case .editing = session.mode {} else { Issue.record("the editing ended") }
  }

  @Test func conceptToMergeIntoIsFoundByTyping() {
    var session = session()
    #expect(type("m", &session) == .search("", isFirst: true))
    #expect(session.handle(.enter) == nil)
    #expect(session.message?.contains("no concept is chosen") == true)
    #expect(type("港", &session) == .search("港", isFirst: false))
    session.found([Proposal.variant.concept, Proposal.byHand.concept])
    #expect(session.handle(.up) == nil)
    #expect(session.handle(.down) == nil)
    #expect(session.handle(.down) == nil)
    #expect(session.handle(.left) == nil)
    #expect(session.handle(.enter) == .decide(.merge(concept: "9"), 1))
    session.failed(Trouble("there is no concept 9"))
    if case .merging = session.mode {} else { Issue.record("the search ended") }
    #expect(session.handle(.backspace) == nil)
    #expect(session.handle(.end) == nil)
    #expect(session.handle(.backspace) == .search("", isFirst: false))
    #expect(session.handle(.escape) == nil)
    #expect(session.mode == .browsing)
  }

  @Test func homonymIsForVariantsAlone() {
    var session = session()
    #expect(type("n", &session) == nil)
    #expect(session.message?.contains("concept of its own") == true)
    #expect(session.handle(.down) == nil)
    load(&session)
    #expect(type("n", &session) == .decide(.separate, 2))
  }

  @Test func onlyAVariantIsForbidden() {
    var session = session()
    #expect(type("f", &session) == nil)
    #expect(session.message?.contains("no right term") == true)
    #expect(session.handle(.down) == nil)
    load(&session)
    #expect(type("f", &session) == .decide(.forbid, 2))
    session.decided(.variant.decided(.forbidden))
    #expect(session.counts.forbidden == 1)
  }

  @Test func helpGoesAwayWithAnyKey() {
    var session = session()
    type("?", &session)
    #expect(session.mode == .help)
    #expect(type("a", &session) == nil)
    #expect(session.mode == .browsing)
  }
}
