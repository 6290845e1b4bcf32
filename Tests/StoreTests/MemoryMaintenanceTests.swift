import Bitext
import TestSupport
import Testing

@testable import Store

@Suite struct MemoryMaintenanceTests {
  private let place: TemporaryStore
  private let store: ConcordStore

  init() throws { (place, store) = try TemporaryStore.opened() }

  private func unit(
    _ source: String, _ target: String, origin: String? = nil, date: Timestamp? = nil,
    author: String? = nil, in language: LanguageTag = .simplifiedChinese
  ) -> TranslationUnit {
    TranslationUnit(
      sourceLanguage: .english, targetLanguage: language, source: source, target: target,
      origin: origin, created: date.map { Change(date: $0, author: author) })
  }

  private func ids(_ change: (inout UnitFilter) -> Void) throws -> [Int64] {
    var filter = UnitFilter()
    change(&filter)
    var ids: [Int64] = []
    try store.forEachUnit(filter) { ids.append($0.id ?? 0) }
    #expect(try store.unitCount(filter) == ids.count)
    return ids
  }

  // MARK: Filters

  @Test func filtersMeanWhatTheySay() throws {
    _ = try store.save(
      [
        unit("The Port", "港口", origin: "news/a.md", date: "2025-01-01T00:00:00Z", author: "lin"),
        unit("Bridge", "桥", origin: "news/b.md", date: "2025-06-01T12:00:00Z", author: "mei"),
        unit("Isle", "島", date: "2026-01-01T00:00:00Z", in: .traditionalChinese),
        unit("100 % [x]", "全部", origin: "new?/[c].md", date: "2026-02-01T00:00:00Z"),
      ], by: Change(date: "2026-03-01T00:00:00Z", author: "tool"))
    #expect(try ids { _ in } == [1, 2, 3, 4])
    #expect(try ids { $0.ids = [4, 2, 9] } == [2, 4])
    #expect(try ids { $0.origin = "news/a.md" } == [1])
    #expect(try ids { $0.origin = "news/*" } == [1, 2])
    #expect(try ids { $0.origin = "new?/[*" } == [4])
    #expect(try ids { $0.origin = "" } == [3])
    #expect(try ids { $0.from = "2025-06-01T00:00:00Z" } == [2, 3, 4])
    #expect(try ids { $0.to = "2025-06-01T23:59:59Z" } == [1, 2])
    #expect(try ids { $0.author = "mei" } == [2])
    #expect(try ids { $0.targetLanguage = LanguageTag("zh-CN") } == [1, 2, 4])
    #expect(try ids { $0.targetLanguage = LanguageTag("zh-TW") } == [3])
    #expect(try ids { $0.sourceLanguage = LanguageTag("fr") } == [])
    #expect(try ids { $0.text = "PORT" } == [1])
    #expect(try ids { $0.text = "桥" } == [2])
    #expect(try ids { $0.sourceText = "桥" } == [])
    #expect(try ids { $0.targetText = "桥" } == [2])
    #expect(try ids { $0.text = "%" } == [4])
    // A text of nothing fits no unit: it must not delete everything.
    #expect(try ids { $0.text = " " } == [])
  }

  // MARK: Duplicates

  @Test func theLatestOfDuplicatesIsKeptWithWhatTheOthersKnow() throws {
    var first = unit("The port.", "港口。", origin: "a", date: "2024-01-01T00:00:00Z", author: "lin")
    first.previous = "Title"
    first.note = "checked"
    let latest = unit("The port.", "港口。", origin: "b", date: "2026-01-01T00:00:00Z", author: "mei")
    let other = unit("The port", "港口。", origin: "c", date: "2027-01-01T00:00:00Z")
    _ = try store.save([first, latest, other], by: .first)
    var groups: [DuplicateUnits] = []
    try store.forEachDuplicate(UnitFilter(), DuplicateRule()) { groups.append($0) }
    #expect(try store.unitCount() == 3)
    let operation = try store.deduplicate(UnitFilter(), DuplicateRule(), by: .second) { group in
      #expect([group] == groups)
    }
    #expect(operation?.removed == 1)
    #expect(operation?.changed == 1)
    var kept: [TranslationUnit] = []
    try store.forEachUnit { kept.append($0) }
    #expect(kept.map(\.id) == [2, 3])
    #expect(kept[0].previous == "Title")
    #expect(kept[0].note == "checked")
    #expect(kept[0].origin == "b")
    #expect(kept[0].created == first.created)
    // It stays as recent as it was.
    #expect(kept[0].changed == latest.created)
    #expect(
      groups.first?.json()
        == #"{"kept":2,"removed":[1],"merged":true,"sourceLanguage":"en","targetLanguage":"zh-Hans","#
        + #""source":"The port.","target":"港口。"}"#)
  }

  @Test func spellingsAreDuplicatesOnlyByKey() throws {
    _ = try store.save(
      [
        unit("The Port", "港口", origin: "a"), unit("the  port", "港口", origin: "b"),
        // Equal to the eye, and to Swift, in other code points.
        unit("caf\u{E9}", "咖啡", origin: "a"), unit("cafe\u{301}", "咖啡", origin: "b"),
      ], by: .first)
    #expect(try store.deduplicate(UnitFilter(), DuplicateRule(), by: .second) { _ in } == nil)
    let operation = try store.deduplicate(
      UnitFilter(), DuplicateRule(byKey: true), by: .second
    ) { _ in }
    #expect(operation?.removed == 2)
    #expect(operation?.detail == "--by-key")
    #expect(try ids { _ in } == [1, 3])
  }

  @Test func languagesAndContextsKeepUnitsApart() throws {
    var one = unit("port", "港", origin: "a")
    one.previous = "x"
    var two = unit("port", "港", origin: "b")
    two.previous = "y"
    _ = try store.save(
      [one, two, unit("port", "港", origin: "c", in: .traditionalChinese)], by: .first)
    #expect(
      try store.deduplicate(UnitFilter(), DuplicateRule(keepsContexts: true), by: .second) { _ in }
        == nil)
    _ = try store.deduplicate(UnitFilter(), DuplicateRule(), by: .second) { _ in }
    #expect(try ids { _ in } == [1, 3])
  }

  @Test func unitsWithOtherInlineElementsAreNoDuplicates() throws {
    func marked(_ markup: String?, origin: String, date: Timestamp) -> TranslationUnit {
      var unit = unit("port", "港", origin: origin, date: date)
      unit.details = UnitDetails(
        file: origin, number: 0, declaredSource: nil, unit: UnitDetails.Element(),
        source: UnitDetails.Variant(element: UnitDetails.Element(), place: 0, markup: markup),
        target: UnitDetails.Variant(element: UnitDetails.Element(), place: 1))
      return unit
    }
    _ = try store.save(
      [
        marked(nil, origin: "a", date: "2026-01-01T00:00:00Z"),
        marked("<ph/>port", origin: "b", date: "2024-01-01T00:00:00Z"),
        marked("port<ph/>", origin: "c", date: "2025-01-01T00:00:00Z"),
      ], by: .first)
    let operation = try store.deduplicate(UnitFilter(), DuplicateRule(), by: .second) { _ in }
    #expect(operation?.removed == 1)
    // The plain one says no more than either, however late it is.
    #expect(try ids { _ in } == [2, 3])
  }

  /// What is left is what a comparison of every unit with every other one leaves.
  @Test(arguments: 0..<8) func duplicatesAreThoseThatANaiveSearchFinds(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    // Texts with the number of their key.
    let keys = [
      "Port": 0, "port": 0, "Ｐort": 0, "bridge": 1, "bri-dge": 2, "港口": 3, "港 口": 3,
    ]
    let texts = keys.keys.sorted()
    let units = (0..<60).map { index in
      unit(
        random.pick(texts), random.pick(texts), origin: "\(index)",
        in: random.pick([.simplifiedChinese, .traditionalChinese]))
    }
    _ = try store.save(units, by: .first)
    let byKey = seed % 2 == 0
    func fold(_ text: String) -> String { byKey ? "\(keys[text] ?? -1)" : text }
    let naive = Set(
      units.map { [$0.targetLanguage.canonical, fold($0.source), fold($0.target)] })
    var removed = 0
    _ = try store.deduplicate(UnitFilter(), DuplicateRule(byKey: byKey), by: .second) {
      removed += $0.removed.count
    }
    #expect(try store.unitCount() == naive.count)
    #expect(removed == units.count - naive.count)
  }

  // MARK: Conflicts

  private func conflicts(
    on side: ConcordanceHit.Side, isStrict: Bool = false
  ) throws -> [MemoryConflict] {
    var all: [MemoryConflict] = []
    try store.forEachConflict(UnitFilter(), on: side, isStrict: isStrict) { all.append($0) }
    return all
  }

  @Test func conflictsNameTheirVariantsByFrequency() throws {
    _ = try store.save(
      [
        unit("The Port", "码头", origin: "a", date: "2024-01-01T00:00:00Z"),
        unit("the port", "港口", origin: "b", date: "2025-01-01T00:00:00Z"),
        unit("The port", "港口", origin: "c", date: "2026-01-01T00:00:00Z"),
        unit("harbour", "港口"), unit("The port", "港口", in: .traditionalChinese),
      ], by: .first)
    let found = try #require(try conflicts(on: .source).first)
    #expect(try conflicts(on: .source).count == 1)
    #expect(found.text == "The Port")
    #expect(found.variants.map(\.text) == ["港口", "码头"])
    #expect(found.variants.map(\.ids) == [[2, 3], [1]])
    #expect(found.variants[0].origins == ["b", "c"])
    #expect(found.variants[0].last == "2026-01-01T00:00:00Z")
    let reverse = try conflicts(on: .target)
    #expect(reverse.map { $0.variants.map(\.text) } == [["the port", "harbour"]])
  }

  @Test func whatIsNotTranslatedContradictsNothing() throws {
    _ = try store.save([unit("port", "港口"), unit("port", ""), unit("port", " ")], by: .first)
    #expect(try conflicts(on: .source).isEmpty)
    #expect(try conflicts(on: .target).isEmpty)
  }

  @Test func whatTheKeyFoldsIsNoConflictUnlessStrict() throws {
    _ = try store.save([unit("port", "（港口）"), unit("port", "(港口)")], by: .first)
    #expect(try conflicts(on: .source).isEmpty)
    #expect(try conflicts(on: .source, isStrict: true).map(\.variants.count) == [2])
  }

  // MARK: Statistics

  @Test func statisticsCountBothSides() throws {
    var first = unit("Don't follow-up: 5G", "5G 基站。", origin: "a", date: "2026-05-01T00:00:00Z")
    first.previous = "Title"
    _ = try store.save(
      [
        first, unit("DON'T follow-up: 5G", "别的", origin: "b", date: "2026-04-01T00:00:00Z"),
        unit("one", "一", origin: "b", in: .traditionalChinese),
      ], by: .second)
    let statistics = try store.memoryStatistics()
    #expect(statistics.units == 3)
    #expect(statistics.repeatedSources == 2)
    #expect(statistics.withContext == 1)
    #expect(statistics.origins.map(\.value) == ["b", "a"])
    #expect(statistics.origins.map(\.units) == [2, 1])
    #expect(statistics.months.map(\.value) == ["2026-04", "2026-05"])
    #expect(statistics.languages.map(\.units) == [2, 1])
    #expect(statistics.languages[0].source.words == 6)
    #expect(statistics.languages[0].source.characters == 34)
    #expect(statistics.languages[0].target.ideographs == 4)
    #expect(statistics.languages[0].target.words == 1)
    #expect(statistics.languages[0].target.characters == 7)
    #expect(statistics.storeBytes > 0)
    var filter = UnitFilter()
    filter.origin = "a"
    #expect(try store.memoryStatistics(filter).units == 1)
  }
}
