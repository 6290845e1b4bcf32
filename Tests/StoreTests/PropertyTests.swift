import Bitext
import GRDB
import Testing

@testable import Store

/// What files say beyond the fields of concepts and terms.
@Suite struct PropertyTests {
  private let place: TemporaryStore
  private let store: ConcordStore

  init() throws { (place, store) = try TemporaryStore.opened() }

  private static let context = [
    Property("context", "at the \"gate\"\n闸口"), Property("context/source", "report"),
  ]

  private func port(_ id: String = "p1") -> Concept {
    var concept = Concept.pair("port", "港口", id: id)
    concept.terms[0].properties = Self.context
    concept.properties = [
      Property("Usage note", "a/b=c"), Property("definition", "定义", language: .simplifiedChinese),
    ]
    return concept
  }

  @Test func theyAreReadBackAndStandInTheHistory() throws {
    _ = try store.add(port(), by: .first)
    var stored = try #require(try store.concept("p1"))
    #expect(stored.properties == port().properties)
    #expect(stored.terms.map(\.properties) == [Self.context, []])
    #expect(try store.termbase().concepts == [stored])
    stored.properties.removeLast()
    stored.terms[1].properties = [Property("partOfSpeech", "noun")]
    #expect(try store.replace(stored, by: .second) == .changed)
    let history = try store.history(ofConcept: "p1")
    let before = try history[1].before.map { try Concept(json: $0) }
    #expect(before?.properties == port().properties)
    #expect(before?.terms.map(\.properties) == [Self.context, []])
    #expect(try history[1].after.map { try Concept(json: $0) } == store.concept("p1"))
  }

  @Test func aConceptWithoutAnyHasTheShapeThatWasPromised() throws {
    let plain = try store.add(.pair("port", "港口", id: "p1"), by: .first).concept
    #expect(!plain.json().contains("properties"))
    #expect(
      port().json().hasSuffix(
        #","changed":null,"properties":[{"name":"Usage note","value":"a/b=c","language":null},"#
          + #"{"name":"definition","value":"定义","language":"zh-Hans"}]}"#))
  }

  @Test func aDecisionThatIsTakenBackBringsThemBack() throws {
    var concept = port()
    for index in concept.terms.indices { concept.terms[index].status = .proposed }
    _ = try store.add(concept, by: .first)
    let before = try #require(try store.concept("p1"))
    let number = try #require(try store.waitingProposals().first)
    try store.decide(.edit(source: "harbour", target: "港"), on: number, by: .second)
    #expect(try store.concept("p1")?.terms.map(\.properties) == [Self.context, []])
    _ = try store.undoDecision(by: .second)
    #expect(try store.concept("p1") == before)
    try store.decide(.separate, on: number, by: .second)
    let separate = try #require(try store.termbase().concepts.first)
    #expect(separate.id != "p1")
    #expect(separate.terms.map(\.properties) == [Self.context, []])
  }

  @Test func importTwiceChangesNothingAndATableLosesNone() throws {
    #expect(try store.importConcepts([port()], by: .first) { _ in nil } == [.added: 1])
    #expect(try store.importConcepts([port()], by: .second) { _ in nil } == [.unchanged: 1])
    let table = Concept.pair("port", "港", id: "p1")
    #expect(try store.importConcepts([table], by: .second) { _ in nil } == [.changed: 1])
    let stored = try #require(try store.concept("p1"))
    #expect(stored.properties == port().properties)
    #expect(stored.terms.map(\.text) == ["port", "港"])
    #expect(stored.terms.map(\.properties) == [Self.context, []])
  }

  @Test func aChangedFileUpdatesThem() throws {
    _ = try store.importConcepts([port()], by: .first) { _ in nil }
    var changed = port()
    changed.properties = [Property("Usage note", "new")]
    changed.terms[0].properties = [Property("context", "new")]
    #expect(try store.importConcepts([changed], by: .second) { _ in nil } == [.changed: 1])
    let stored = try #require(try store.concept("p1"))
    #expect(
      stored.properties == [
        Property("definition", "定义", language: .simplifiedChinese), Property("Usage note", "new"),
      ])
    #expect(stored.terms[0].properties == [Property("context", "new")])
    #expect(try store.importConcepts([changed], by: .second) { _ in nil } == [.unchanged: 1])
  }

  /// When a concept is changed here, what its file said of an older change is no longer true, and
  /// the same file again does not bring it back.
  @Test func whatIsSaidOfAChangeGoesWithIt() throws {
    var concept = port()
    concept.changed = Change(date: "2020-01-01T00:00:00Z", author: "Lin")
    concept.properties = [Property("changed/responsibility/@target", "p7")]
    _ = try store.importConcepts([concept], by: .first) { _ in nil }
    var edited = try #require(try store.concept("p1"))
    edited.note = "new"
    _ = try store.replace(edited, by: .second)
    #expect(try store.concept("p1")?.properties == [])
    #expect(try store.importConcepts([concept], by: .second) { _ in nil } == [.unchanged: 1])
  }

  /// Two files number their concepts from c1: the second one's are not the first one's.
  @Test func idsOfTwoFilesDoNotMeanTheSame() throws {
    var wharf = Concept.pair("wharf", "码头", id: "c1")
    wharf.properties = [
      Property("crossReference", "see"), Property("crossReference/@target", "c2"),
    ]
    let first = [Concept.pair("port", "港口", id: "c1"), .pair("berth", "泊位", id: "c2")]
    let second = [wharf, .pair("crane", "起重机", id: "c2"), .pair("port", "口岸", id: "c3")]
    func take(_ concepts: [Concept]) throws -> ([StoreOutcome: Int], [String]) {
      var names: [String] = []
      let outcomes = try store.importConcepts(
        concepts, by: .first, idsAreLocal: true, renamed: { names.append("\($0) \($1)") }
      ) { _ in nil }
      return (outcomes, names)
    }
    #expect(try take(first) == ([.added: 2], []))
    for outcome in [StoreOutcome.added, .unchanged] {
      let (outcomes, names) = try take(second)
      #expect(outcomes == [outcome: 3])
      #expect(names == ["0 c1-2", "1 c2-2"])
    }
    #expect(try take(first) == ([.unchanged: 2], []))
    #expect(try store.termbase().concepts.map(\.id) == ["c1", "c2", "c1-2", "c2-2", "c3"])
    #expect(try store.concept("c1-2")?.properties.last?.value == "c2-2")
  }

  /// What one file says of its definition is not said of another one.
  @Test func theSourceOfADefinitionStaysWithIt() throws {
    func concept(_ definition: String, from source: String) -> Concept {
      var concept = Concept.pair("port", "港口")
      concept.definition = definition
      concept.properties = [
        Property("definition/source", source), Property("Usage note", definition),
      ]
      return concept
    }
    _ = try store.add(concept("one", from: "A"), by: .first)
    let joined = try store.add(concept("two", from: "B"), by: .second).concept
    #expect(joined.definition == "one")
    #expect(
      joined.properties == [
        Property("definition/source", "A"), Property("Usage note", "one"),
        Property("Usage note", "two"),
      ])
    #expect(try store.add(concept("two", from: "B"), by: .second).outcome == .unchanged)
  }

  /// A store of the time before has no place for them, from either of two versions.
  @Test(arguments: ["'4 %'", "'4 %' OR identifier LIKE '3 %'"])
  func anOlderStoreGetsAPlaceForThem(versions: String) throws {
    _ = try store.add(.pair("port", "港口", id: "p1"), by: .first)
    try store.queue.write { database in
      try database.execute(
        sql: """
          ALTER TABLE concept DROP COLUMN properties;
          ALTER TABLE term DROP COLUMN properties;
          DELETE FROM grdb_migrations WHERE identifier LIKE \(versions);
          """)
      guard versions.contains("3 %") else { return }
      try database.execute(sql: "UPDATE term SET status = 'proposed'")
      for table in ["evidence", "respelling", "proposal"] {
        try database.execute(sql: "DROP TABLE \(table)")
      }
    }
    try store.queue.close()
    let reopened = try place.open(.write)
    #expect(try reopened.concept("p1")?.properties == [])
    #expect(try reopened.waitingProposals().count == (versions.contains("3 %") ? 1 : 0))
    #expect(try reopened.importConcepts([port()], by: .second) { _ in nil } == [.changed: 1])
    #expect(try reopened.concept("p1")?.properties == port().properties)
  }
}
