import Bitext
import Foundation
import GRDB
import Segmentation
import TestSupport
import Testing

@testable import Store

/// The longest stretches of a text that a memory holds, against a naive search of all of them.
@Suite struct MemoryStretchTests {
  private static let english = [
    "the ", "science ", "city ", "part ", "art ", "of ", "opens, ", "opens ", "Rail ", "trade. ",
    "2026 ", "e-mail ", "co-op ", "re", "“new” ", "ﬁve ", "É",
  ]
  private static let chinese = [
    "科学", "城", "科学城", "开放", "将于", "2026年", "，", "的", "公园", "（重庆）", "5G ", "基站", "。",
  ]
  private static let change = Change(date: "2026-01-01T00:00:00Z", author: "li")

  private func unit(_ random: inout SeededGenerator) -> TranslationUnit {
    let english = random.text(of: Self.english, upTo: 9)
    let chinese = random.text(of: Self.chinese, upTo: 9)
    let isReversed = random.once(in: 3)
    return TranslationUnit(
      sourceLanguage: isReversed ? .simplifiedChinese : .english,
      targetLanguage: isReversed ? .english : .simplifiedChinese,
      source: isReversed ? chinese : english, target: isReversed ? english : chinese,
      origin: "memory")
  }

  private func words(_ text: String, _ language: LanguageTag) throws -> KeyedWords {
    let utf8 = Array(text.utf8)
    return KeyedWords(
      MatchKey(text), words: try WordSegmenter(language: language).words(in: utf8.span))
  }

  /// Whether a key holds another one between two words, character by character.
  private static func holds(_ key: String, _ needle: String) -> Bool {
    let (text, part) = (Array(key.unicodeScalars), Array(needle.unicodeScalars))
    func isLetter(_ scalar: Unicode.Scalar) -> Bool {
      scalar.value < 0x2E80
        && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
    }
    func parts(_ place: Int) -> Bool {
      place == 0 || place == text.count || !isLetter(text[place - 1]) || !isLetter(text[place])
    }
    for start in text.indices where start + part.count <= text.count {
      let end = start + part.count
      if Array(text[start..<end]) == part, parts(start), parts(end) { return true }
    }
    return false
  }

  /// All stretches that are held, and of these the ones that are in no other.
  private static func naive(
    _ text: String, _ words: KeyedWords, _ units: [TranslationUnit], _ language: LanguageTag
  ) -> [(words: Range<Int>, holders: Set<HeldStretch.Place>)] {
    let sides = units.flatMap { unit -> [(HeldStretch.Place, String)] in
      [
        (UnitSide.source, unit.sourceLanguage, unit.source),
        (.target, unit.targetLanguage, unit.target),
      ].compactMap { side, tag, text in
        guard tag == language, let id = unit.id else { return nil }
        return (
          HeldStretch.Place(unit: id, side: side),
          String(decoding: MatchKey(text).bytes, as: UTF8.self)
        )
      }
    }
    var held: [(words: Range<Int>, holders: Set<HeldStretch.Place>)] = []
    for start in words.words.indices {
      for end in start + 1...words.words.count {
        let stretch = String(
          decoding: Array(text.utf8)[words.range(of: start..<end)], as: UTF8.self)
        let needle = String(decoding: MatchKey(stretch).bytes, as: UTF8.self)
        let holders = sides.filter { holds($0.1, needle) }.map(\.0)
        if !holders.isEmpty { held.append((start..<end, Set(holders))) }
      }
    }
    return held.filter { stretch in
      let longer = held.first {
        $0.words != stretch.words && $0.words.lowerBound <= stretch.words.lowerBound
          && $0.words.upperBound >= stretch.words.upperBound
      }
      return longer == nil
    }
  }

  private func expectAgreement(
    _ store: ConcordStore, _ text: String, _ language: LanguageTag, _ comment: Comment
  ) throws {
    let words = try words(text, language)
    var units: [TranslationUnit] = []
    try store.forEachUnit(UnitFilter()) { units.append($0) }
    let right = Self.naive(text, words, units, language)
    let found = try store.longestStretches(of: words, in: language, limit: 1000)
    #expect(found.map(\.words) == right.map(\.words), "\(comment): \(text)")
    #expect(found.map { Set($0.places) } == right.map(\.holders), "\(comment): \(text)")
    let few = try store.longestStretches(of: words, in: language, limit: 2)
    #expect(few.map { $0.places.count } == right.map { min(2, $0.holders.count) })
    var filter = UnitFilter()
    filter.ids = units.compactMap(\.id).filter { $0 % 3 == 0 }
    let some = Self.naive(text, words, units.filter { ($0.id ?? 0) % 3 == 0 }, language)
    let filtered = try store.longestStretches(
      of: words, in: language, limit: 1000, filter: filter)
    #expect(filtered.map(\.words) == some.map(\.words), "\(comment): \(text)")
    #expect(filtered.map { Set($0.places) } == some.map(\.holders), "\(comment): \(text)")
  }

  @Test(arguments: [LanguageTag.english, .simplifiedChinese], 0..<4)
  func agreesWithNaiveSearch(language: LanguageTag, seed: Int) throws {
    let directory = try TemporaryStore()
    let store = try directory.open()
    var random = SeededGenerator(seed: UInt64(90 + seed))
    _ = try store.save((0..<60).map { _ in unit(&random) }, by: Self.change)
    let pieces = language == .english ? Self.english : Self.chinese
    func expectAgreement(_ comment: Comment) throws {
      for _ in 0..<12 {
        try self.expectAgreement(store, random.text(of: pieces, upTo: 14), language, comment)
      }
    }
    try expectAgreement("rows that no segment has")
    #expect(try store.updateIndex())
    try expectAgreement("a segment")
    _ = try store.save((0..<20).map { _ in unit(&random) }, by: Self.change)
    try store.write { try $0.execute(sql: "DELETE FROM unit WHERE id % 7 = 0") }
    try expectAgreement("a segment and what came since")
    // With a file in its place the folder can be neither read nor made.
    let folder = directory.file("store.sqlite-index")
    try FileManager.default.removeItem(atPath: folder)
    try Data().write(to: URL(fileURLWithPath: folder))
    let other = try directory.open(.read)
    for _ in 0..<12 {
      try self.expectAgreement(
        other, random.text(of: pieces, upTo: 14), language, "rows without an index")
    }
  }

  @Test func wordsAreFoundWholeAlthoughManyTextsHoldThemAsParts() throws {
    let directory = try TemporaryStore()
    let store = try directory.open()
    func unit(_ source: String) -> TranslationUnit {
      TranslationUnit(
        sourceLanguage: .english, targetLanguage: .simplifiedChinese, source: source,
        target: "无关", origin: "memory")
    }
    let parts = (0..<100).map { unit("part of \($0)") }
    _ = try store.save(
      parts + [unit("This is the longer text with the art of it")], by: Self.change)
    #expect(try store.updateIndex())
    let found = try store.longestStretches(of: words("art of", .english), in: .english, limit: 3)
    #expect(found.map(\.words) == [0..<2])
    #expect(found.map { $0.places.map(\.unit) } == [[101]])
  }

  @Test(arguments: ["", " ", "。", "!?", "\u{0}", "\u{FFFD}\u{FFFD}"])
  func textsWithoutWordsHaveNoStretch(text: String) throws {
    let directory = try TemporaryStore()
    let store = try directory.open()
    #expect(
      try store.longestStretches(of: words(text, .english), in: .english, limit: 3).isEmpty)
  }
}
