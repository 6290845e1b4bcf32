import Bitext
import Foundation
import Store
import Testing

@testable import concord

@Suite struct ConceptFinderTests {
  private let command: Command
  private let store: ConcordStore

  init() throws {
    command = try Command()
    store = try ConcordStore(path: command.path("store.sqlite"), access: .create)
    for (english, chinese) in [
      ("Dry Port", "无水港"), ("port", "港口"), ("Port of Guoyuan", "果园港"),
      ("Golden Phoenix", "金凤凰"),
    ] {
      let concept = Concept(
        id: "", terms: [.english(english, .preferred), .chinese(chinese, .preferred)])
      _ = try store.add(concept, by: Change(date: "2026-05-18T00:00:00Z"))
    }
    let waiting = Concept(
      id: "", terms: [.english("port area", .proposed), .chinese("港区", .proposed)])
    _ = try store.add(waiting, by: Change(date: "2026-05-18T00:00:00Z"))
  }

  private func find(_ text: String, for proposal: Proposal) throws -> [String] {
    try ConceptFinder(store, for: proposal).concepts(with: text).map { $0.terms[0].text }
  }

  @Test func wholeTermsComeFirstThenBeginnings() throws {
    #expect(try find("PORT", for: .byHand) == ["port", "Port of Guoyuan", "Dry Port"])
    #expect(try find("港", for: .byHand) == ["port", "Dry Port", "Port of Guoyuan"])
    #expect(try find("nothing", for: .byHand).isEmpty)
    // What is typed only narrows: no term that is a part of it.
    #expect(try find("port area", for: .byHand).isEmpty)
  }

  @Test func withoutATextRelatedConceptsAreOffered() throws {
    #expect(try find("", for: .new) == ["Dry Port", "port"])
    #expect(try find("", for: .byHand).isEmpty)
  }

  @Test func conceptThatWaitsItselfIsNotOffered() throws {
    let proposal = try #require(try store.proposals().first)
    #expect(try find("", for: proposal) == ["port"])
  }
}
