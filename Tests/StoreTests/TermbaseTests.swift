import Bitext
import Testing

@testable import Store

@Suite struct TermbaseTests {
  private let place: TemporaryStore
  private let store: ConcordStore

  init() throws { (place, store) = try TemporaryStore.opened() }

  @Test func whatIsAddedIsReadBack() throws {
    var concept = Concept.pair("Golden Phoenix", "金凤凰", domain: "policy")
    concept.definition = "a talent programme"
    concept.note = "not Gold Phoenix"
    concept.source = "city government"
    concept.terms.append(Term("Gold Phoenix", language: .english, status: .forbidden))
    let (added, outcome) = try store.add(concept, by: .first)
    #expect(outcome == .added)
    let stored = try #require(try store.concept(added.id))
    // By language, then by status.
    #expect(stored.terms.map(\.text) == ["Golden Phoenix", "Gold Phoenix", "金凤凰"])
    #expect(stored.terms.map(\.status) == [.preferred, .forbidden, .preferred])
    #expect(stored.domain == "policy")
    #expect(stored.definition == concept.definition)
    #expect(stored.note == concept.note)
    #expect(stored.source == concept.source)
    #expect(stored.created == .first)
    #expect(stored.changed == nil)
  }

  @Test func samePairAgainChangesNothing() throws {
    let first = try store.add(.pair("Golden Phoenix", "金凤凰"), by: .first)
    let again = try store.add(.pair("golden  phoenix", "金凤凰"), by: .second)
    #expect(again.outcome == .unchanged)
    #expect(again.concept.id == first.concept.id)
    #expect(try store.history(ofConcept: first.concept.id).count == 1)
  }

  @Test func newTargetJoinsTheConceptAsAdmitted() throws {
    let first = try store.add(.pair("China-Europe Railway Express", "中欧班列"), by: .first)
    let joined = try store.add(.pair("China-Europe Railway Express", "中欧列车"), by: .second)
    #expect(joined.concept.id == first.concept.id)
    #expect(joined.outcome == .changed)
    #expect(joined.concept.terms.map(\.status) == [.preferred, .preferred, .admitted])
    #expect(joined.concept.changed == .second)
  }

  @Test func otherDomainIsAnotherConcept() throws {
    let law = try store.add(.pair("party", "当事人", domain: "law"), by: .first)
    let politics = try store.add(.pair("party", "政党", domain: "politics"), by: .first)
    #expect(law.concept.id != politics.concept.id)
  }

  @Test func severalConceptsWithTheTermAreTroubleUntilOneIsChosen() throws {
    let first = try store.add(.pair("bank", "银行"), by: .first)
    let second = try store.add(.pair("bank", "河岸"), choice: .new, by: .first)
    #expect(first.concept.id != second.concept.id)
    #expect { try store.add(.pair("bank", "岸"), by: .first) } throws: { error in
      let message = (error as? Trouble)?.message ?? ""
      return message.contains(first.concept.id) && message.contains("--concept")
    }
    // The pair that is there already is no question.
    #expect(try store.add(.pair("bank", "河岸"), by: .first).outcome == .unchanged)
    let chosen = try store.add(.pair("bank", "岸"), choice: .id(second.concept.id), by: .second)
    #expect(chosen.concept.id == second.concept.id)
  }

  @Test func everyChangeIsInTheHistory() throws {
    let id = try store.add(.pair("Guangyang Isle", "广阳岛"), by: .first).concept.id
    var concept = try #require(try store.concept(id))
    concept.note = "not Island"
    #expect(try store.replace(concept, by: .second) == .changed)
    #expect(try store.replace(concept, by: .second) == .unchanged)
    try store.removeConcepts([id], by: .second)
    let history = try store.history(ofConcept: id)
    #expect(history.map(\.action) == [.added, .changed, .removed])
    #expect(history.map(\.change.author) == ["lin", "mei", "mei"])
    #expect(history[1].before?.contains(#""note":null"#) == true)
    #expect(history[1].after?.contains(#""note":"not Island""#) == true)
    #expect(history[2].after == nil)
  }

  @Test func removingSeveralIsAllOrNothing() throws {
    let id = try store.add(.pair("a one", "甲"), by: .first).concept.id
    #expect(throws: Trouble.self) { try store.removeConcepts([id, "nosuch"], by: .second) }
    #expect(try store.concept(id) != nil)
  }

  @Test func importTwiceChangesNothingAndAChangedFileUpdates() throws {
    let file = [
      Concept.pair("Golden Phoenix", "金凤凰", id: "golden-phoenix"),
      Concept.pair("Guoyuan Port", "果园港"),
    ]
    #expect(try store.importConcepts(file, by: .first) { _ in nil } == [.added: 2])
    #expect(try store.importConcepts(file, by: .second) { _ in nil } == [.unchanged: 2])
    var changed = file
    changed[0].terms[0].text = "Golden Phoenix Program"
    changed[0].note = "new name"
    #expect(
      try store.importConcepts(changed, by: .second) { _ in nil } == [.changed: 1, .unchanged: 1])
    let stored = try #require(try store.concept("golden-phoenix"))
    #expect(stored.terms.map(\.text) == ["Golden Phoenix Program", "金凤凰"])
    #expect(stored.created == .first)
  }

  @Test func importThatFailsHalfWayKeepsNothing() throws {
    _ = try store.add(.pair("bank", "银行"), by: .first)
    _ = try store.add(.pair("bank", "河岸"), choice: .new, by: .first)
    let file = [Concept.pair("Guoyuan Port", "果园港"), Concept.pair("bank", "堤")]
    #expect {
      try store.importConcepts(file, by: .second) { ("terms.csv", $0 + 2) }
    } throws: { ($0 as? Trouble)?.line == 3 && ($0 as? Trouble)?.file == "terms.csv" }
    #expect(try store.conceptCount() == 2)
  }

  @Test func numbersGiveWayToIdsOfFiles() throws {
    _ = try store.importConcepts([.pair("x-ray", "X光", id: "2")], by: .first) { _ in nil }
    let added = try store.add(.pair("port", "港口"), by: .first)
    #expect(added.concept.id != "2")
    #expect(try store.concept(added.concept.id)?.terms.first?.text == "port")
  }

  @Test func filterFindsByPartDomainStatusAndLanguage() throws {
    _ = try store.add(.pair("Golden Phoenix", "金凤凰", domain: "policy"), by: .first)
    _ = try store.add(.pair("Guoyuan Port", "果园港", domain: "place"), by: .first)
    func ids(_ filter: ConceptFilter) throws -> [String] {
      var texts: [String] = []
      try store.forEachConcept(filter) { texts.append($0.terms[0].text) }
      return texts
    }
    #expect(try ids(ConceptFilter(text: "凤")) == ["Golden Phoenix"])
    #expect(try ids(ConceptFilter(text: "PORT")) == ["Guoyuan Port"])
    #expect(try ids(ConceptFilter(domain: "place")) == ["Guoyuan Port"])
    #expect(try ids(ConceptFilter(status: .forbidden)).isEmpty)
    #expect(try ids(ConceptFilter(language: .chinese)).count == 2)
    #expect(try ids(ConceptFilter(language: .traditionalChinese)).isEmpty)
  }
}
