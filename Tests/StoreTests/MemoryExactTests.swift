import Bitext
import GRDB
import Segmentation
import TestSupport
import Testing

@testable import Store

@Suite struct MemoryExactTests {
  @Test func unitsAreFoundByTheKeyOfEitherSide() throws {
    let place = try TemporaryStore()
    let store = try place.open()
    let change = Change.first
    func unit(_ source: String, _ target: String, _ language: LanguageTag) -> TranslationUnit {
      TranslationUnit(
        sourceLanguage: .english, targetLanguage: language, source: source, target: target)
    }
    _ = try store.save(
      [
        unit("The Port", "港口", .simplifiedChinese), unit("the port", "口岸", .simplifiedChinese),
        unit("port", "港口", .traditionalChinese), unit("bridge", "桥", .simplifiedChinese),
      ], by: change)
    #expect(try store.units(like: "THE  PORT", on: .source).map(\.target) == ["港口", "口岸"])
    #expect(
      try store.units(like: "港口", on: .target).map(\.source) == ["The Port", "port"])
    #expect(try store.units(like: "港", on: .target).isEmpty)
    #expect(try store.units(like: " ", on: .source).isEmpty)
    for isIndexed in [false, true] {
      if isIndexed { #expect(try store.updateIndex()) }
      let each = try store.units(likeEach: ["bridge", "", "THE PORT", "none"], on: .source)
      #expect(each.map { $0.map(\.target) } == [["桥"], [], ["港口", "口岸"], []])
    }
    let pairs = try store.languagePairs()
    #expect(
      pairs == [
        LanguagePair(source: .english, target: .simplifiedChinese),
        LanguagePair(source: .english, target: .traditionalChinese),
      ])
  }

  /// Where no index can be asked, rows give the same answers in the same order.
  @Test(arguments: 0..<6) func rowsAnswerAsTheIndexDoes(seed: Int) throws {
    let place = try TemporaryStore()
    let store = try place.open()
    var random = SeededGenerator(seed: UInt64(seed))
    let texts = ["Port", "port ", "bridge", "e\u{301}t\u{E9}", "été", "港口", "港 口", ""]
    let units = (0..<60).map { _ in
      TranslationUnit(
        sourceLanguage: .english, targetLanguage: .simplifiedChinese, source: random.pick(texts),
        target: random.pick(texts), origin: "\(random.below(9))")
    }
    _ = try store.save(units, by: .first)
    let asked = texts + ["none", "PORT", "Été"]
    for side in [UnitSide.source, .target] {
      let found = try store.units(likeEach: asked, on: side)
      let rows = try store.read { try $0.linearExact(asked.map { MatchKey($0).bytes }, on: side) }
      #expect(rows == found)
      #expect(rows[0].count > 1)
    }
  }

  /// The index tells texts as the rows have them, whatever became of the units since, and in whatever
  /// process that was.
  @Test(arguments: 0..<6) func textsAreThoseOfTheRows(seed: Int) throws {
    let place = try TemporaryStore()
    let (store, other) = (try place.open(), try place.open())
    var random = SeededGenerator(seed: UInt64(seed) + 60)
    let texts = [
      "The Port", "the port ", "“Port”, 5 km", "\"port\", 5 km", "e\u{301}t\u{E9}", "Été", "（港口）。",
      "(港 口).", "", "\u{200B}", "港口",
    ]
    let languages = [LanguageTag.english, .simplifiedChinese, .traditionalChinese]
    func unit(_ number: Int) -> TranslationUnit {
      TranslationUnit(
        sourceLanguage: random.pick(languages), targetLanguage: random.pick(languages),
        source: random.pick(texts), target: random.pick(texts), origin: "\(number)")
    }
    func expectSame() throws {
      for side in [UnitSide.source, .target] {
        let units = try store.units(likeEach: texts, on: side).map { $0.map(\.texts) }
        #expect(try store.unitTexts(likeEach: texts, on: side) == units)
        #expect(try store.unitTexts(like: texts[0], on: side) == units[0])
        #expect(!units[0].isEmpty)
      }
    }
    for round in 0..<4 {
      _ = try store.save((0..<40).map { unit(round * 100 + $0) }, by: .first)
      try expectSame()
      if round != 1 { #expect(try other.updateIndex()) }
      try expectSame()
      // Behind the store's back, as another process does it.
      try other.write { database in
        try database.execute(
          sql: "UPDATE unit SET source = target, sourceKey = targetKey WHERE id % 7 = ?",
          arguments: [round])
        try database.execute(
          sql: "DELETE FROM unit WHERE id % 11 = ?", arguments: [round])
      }
      try expectSame()
    }
  }

  /// The index tells the pairs of languages as the rows do, or leaves it to them.
  @Test(arguments: 0..<8) func pairsOfLanguagesAreThoseOfTheRows(seed: Int) throws {
    let place = try TemporaryStore()
    let store = try place.open()
    var random = SeededGenerator(seed: UInt64(seed) + 9)
    let languages = [LanguageTag.english, .simplifiedChinese, .traditionalChinese]
    func expectSame(_ comment: Comment) throws {
      let rows = try store.read { database in
        try Row.fetchAll(
          database, sql: "SELECT DISTINCT sourceLanguage, targetLanguage FROM unit")
      }
      let pairs = rows.map { "\($0["sourceLanguage"] ?? "") \($0["targetLanguage"] ?? "")" }
      let found = try store.languagePairs().map { "\($0.source) \($0.target)" }
      #expect(found.sorted() == pairs.sorted(), comment)
    }
    try expectSame("nothing")
    for round in 0..<4 {
      let source = random.pick(languages)
      // Of one pair, as memories are, or of several.
      let targets = seed % 2 == 0 ? [random.pick(languages)] : languages
      let units = (0..<30).map { number in
        TranslationUnit(
          sourceLanguage: source, targetLanguage: random.pick(targets),
          source: "\(round) \(number)", target: "x", origin: "\(round)")
      }
      _ = try store.save(units, by: .first)
      try expectSame("added")
      #expect(try store.updateIndex())
      try expectSame("indexed")
      if round % 2 == 1 {
        try store.write { database in
          try database.execute(
            sql: "DELETE FROM unit WHERE origin = ?", arguments: ["\(round - 1)"])
        }
        try expectSame("of one round all are gone")
      }
    }
  }

  /// A segment may have units with numbers between which those of another lie, and these may be dead.
  @Test func pairsOfUnitsBetweenOthersAreFound() throws {
    let place = try TemporaryStore()
    let store = try place.open()
    func unit(_ number: Int, _ target: LanguageTag) -> TranslationUnit {
      TranslationUnit(
        sourceLanguage: .english, targetLanguage: target, source: "\(number)", target: "x",
        origin: "\(number)")
    }
    _ = try store.save((1...40).map { unit($0, .simplifiedChinese) }, by: .first)
    #expect(try store.updateIndex())
    try store.write { database in
      try database.execute(sql: "UPDATE unit SET targetLanguage = 'zh-Hant' WHERE id = 5")
    }
    _ = try store.save([unit(41, .traditionalChinese)], by: .first)
    #expect(try store.updateIndex())
    try store.write { database in
      try database.execute(sql: "UPDATE unit SET note = 'x' WHERE id IN (6, 7)")
    }
    let pairs = try store.languagePairs()
    #expect(
      pairs == [
        LanguagePair(source: .english, target: .simplifiedChinese),
        LanguagePair(source: .english, target: .traditionalChinese),
      ])
  }
}
