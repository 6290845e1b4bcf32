import Bitext
import GRDB
import Matching
import Testing

@testable import Store

@Suite struct MemorySavingTests {
  private let place: TemporaryStore

  init() throws { place = try TemporaryStore() }

  private static let indexes = ["unitByName", "unitBySourceHash"]

  private func indexes(of store: ConcordStore) throws -> [String] {
    try store.queue.read {
      try String.fetchAll(
        $0,
        sql: """
          SELECT name FROM sqlite_master
          WHERE type = 'index' AND tbl_name = 'unit' ORDER BY name
          """)
    }
  }

  private func unit(_ number: Int, name: String? = nil, hasDetails: Bool = true) -> TranslationUnit
  {
    var unit = TranslationUnit(
      sourceLanguage: .english, targetLanguage: .simplifiedChinese, source: "Unit \(number)",
      target: "单元 \(number)", origin: "a.tmx")
    guard hasDetails else { return unit }
    let element = UnitDetails.Element(
      attributes: name.map { [UnitDetails.Attribute("tuid", $0)] } ?? [])
    unit.details = UnitDetails(
      file: "a.tmx", number: number, declaredSource: "en", unit: element,
      source: UnitDetails.Variant(element: UnitDetails.Element(), place: 0),
      target: UnitDetails.Variant(element: UnitDetails.Element(), place: 1))
    return unit
  }

  private func all(_ store: ConcordStore) throws -> [TranslationUnit] {
    var units: [TranslationUnit] = []
    try store.forEachUnit { units.append($0) }
    return units
  }

  @Test func aFileIntoAnEmptyStoreHasItsIndexesAtTheEnd() throws {
    let store = try place.open()
    let outcomes = try store.saveEach(by: .first) { save in
      for number in 0..<50 { try save(unit(number, name: "n\(number)")) }
    }
    #expect(outcomes == [.added: 50])
    #expect(try indexes(of: store) == Self.indexes)
    #expect(try store.units(like: "UNIT  7", on: .source).map(\.target) == ["单元 7"])
    #expect(try store.units(like: "单元7", on: .target).map(\.source) == ["Unit 7"])
    let again = try store.saveEach(by: .second) { save in
      for number in 0..<50 { try save(unit(number, name: "n\(number)")) }
    }
    #expect(again == [.unchanged: 50])
  }

  /// Units of one name that say something else now take the places of the old ones in their order,
  /// some of which are met before their turn, and what is left is new.
  @Test func unitsOfOneNameMakeWayInTheirOrder() throws {
    let store = try place.open()
    func named(_ number: Int, _ mark: String) -> TranslationUnit {
      var unit = unit(number, name: "n")
      unit.target = mark
      return unit
    }
    _ = try store.saveEach(by: .first) { save in
      for number in 0..<40 { try save(named(number, "old \(number)")) }
    }
    let outcomes = try store.saveEach(by: .second) { save in
      for number in [5, 6, 20] { try save(named(number, "old \(number)")) }
      for number in 100..<145 { try save(named(number, "new \(number)")) }
    }
    #expect(outcomes == [.unchanged: 3, .changed: 37, .added: 8])
    let kept = [5: "old 5", 6: "old 6", 20: "old 20"]
    var next = 100
    let expected = (0..<48).map { place -> String in
      if let kept = kept[place] { return kept }
      next += 1
      return "new \(next - 1)"
    }
    #expect(try all(store).map(\.target) == expected)
  }

  /// Units that are looked for come after some that are not: what is there must be found.
  @Test func unitsOfFilesAndOthersTogether() throws {
    let store = try place.open()
    var later = unit(1, hasDetails: false)
    later.previous = "Before."
    let outcomes = try store.saveEach(by: .first) { save in
      try save(unit(1))
      try save(later)
      try save(unit(2))
      try save(unit(2, hasDetails: false))
    }
    #expect(outcomes[.added] == 2)
    #expect(try indexes(of: store) == Self.indexes)
    #expect(try all(store).map(\.source) == ["Unit 1", "Unit 2"])
    #expect(try all(store).first?.previous == "Before.")
  }

  @Test func whatFailsLeavesTheStoreAsItWas() throws {
    struct Enough: Error {}
    let store = try place.open()
    #expect(throws: (any Error).self) {
      try store.saveEach(by: .first) { save in
        try save(unit(1))
        throw Enough()
      }
    }
    #expect(try all(store).isEmpty)
    #expect(try indexes(of: store) == Self.indexes)
  }

  @Test func everyColumnComesBack() throws {
    let store = try place.open()
    var full = unit(1, name: "n")
    full.previous = "p"
    full.next = ""
    full.score = 0.25
    full.note = "one\ntwo\u{0}three"
    full.created = Change(date: "2026-01-01T00:00:00Z", author: "a")
    full.changed = Change(date: "2026-01-02T00:00:00Z")
    var bare = TranslationUnit(
      sourceLanguage: .chinese, targetLanguage: .english, source: "", target: "x")
    bare.created = .first
    _ = try store.save([full, bare], by: .first)
    (full.id, bare.id) = (1, 2)
    #expect(try all(store) == [full, bare])
  }

  /// A store of the version before gets the hashes of its keys, and the indexes of texts go.
  @Test(arguments: [ConcordStore.Access.read, .write])
  func anOlderStoreIsBroughtUpToDate(access: ConcordStore.Access) throws {
    let store = try place.open()
    _ = try store.save((0..<1200).map { unit($0, hasDetails: $0 % 2 == 0) }, by: .first)
    let before = try all(store)
    try store.queue.write { database in
      try database.execute(
        sql: """
          DROP INDEX unitBySourceHash;
          ALTER TABLE unit DROP COLUMN sourceHash; ALTER TABLE unit DROP COLUMN targetHash;
          CREATE INDEX unitBySource ON unit(sourceKey);
          CREATE INDEX unitBySourceLength ON unit(sourceLength);
          CREATE INDEX unitByTargetLength ON unit(targetLength);
          DELETE FROM grdb_migrations WHERE identifier LIKE '6 %'
          """)
    }
    try store.queue.close()
    let opened = try place.open(access)
    #expect(try indexes(of: opened) == Self.indexes)
    #expect(try all(opened) == before)
    #expect(try opened.units(like: "unit 1199", on: .source).map(\.id) == [1200])
    #expect(try opened.units(like: "单元 3", on: .target).map(\.id) == [4])
  }

  /// The hash is kept: it must be the same for ever.
  @Test(
    arguments: [
      ("", -8_105_202_456_674_616_602), ("a", -3_708_808_911_938_582_603),
      ("golden phoenix", 5_085_982_012_858_490_744), ("金凤凰", 9_172_803_116_642_320_215),
      ("a text of more than eight bytes, with a rest", 2_820_382_538_537_428_838),
    ] as [(String, Int64)])
  func hashesStayWhatTheyAre(text: String, hash: Int64) {
    #expect(textHash(Array(text.utf8)) == hash)
  }

  @Test func hashesOfTextsThatDifferDiffer() {
    var seen: Set<Int64> = []
    var texts: [String] = []
    for number in 0..<5000 { texts += ["unit \(number)", String(repeating: "x", count: number)] }
    // Zeros at the end are no padding.
    for count in 0..<40 { texts.append(String(repeating: "\u{0}", count: count)) }
    for text in texts { seen.insert(textHash(Array(text.utf8))) }
    #expect(seen.count == Set(texts).count)
  }
}
