import Bitext
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
      let rows = try store.read { try $0.linearExact(asked.map { MatchKey($0) }, on: side) }
      #expect(rows == found)
      #expect(rows[0].count > 1)
    }
  }
}
