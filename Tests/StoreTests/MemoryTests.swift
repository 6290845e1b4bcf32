import Bitext
import Testing

@testable import Store

@Suite struct MemoryTests {
  private let place: TemporaryStore
  private let store: ConcordStore

  init() throws { (place, store) = try TemporaryStore.opened() }

  private func unit(
    _ source: String, _ target: String, previous: String? = nil, next: String? = nil
  ) -> TranslationUnit {
    TranslationUnit(
      sourceLanguage: .english, targetLanguage: .simplifiedChinese, source: source,
      target: target, previous: previous, next: next, origin: "a.md", score: 0.9)
  }

  @Test func unitIsReadBackWhole() throws {
    var kept = unit("A new park opens.", "新公园开园。", previous: "p", next: "n")
    kept.note = "headline"
    #expect(try store.save([kept], by: .first) == [.added: 1])
    var all: [TranslationUnit] = []
    try store.forEachUnit { all.append($0) }
    kept.id = all.first?.id
    kept.created = .first
    #expect(all == [kept])
    #expect(try store.commonSourceLanguage() == .english)
  }

  @Test func sameUnitAgainChangesNothing() throws {
    let kept = unit("A new park opens.", "新公园开园。")
    _ = try store.save([kept], by: .first)
    #expect(try store.save([kept], by: .second) == [.unchanged: 1])
    #expect(try store.save([unit("A new park opens.", "新园开放。")], by: .second) == [.added: 1])
    #expect(try store.unitCount() == 2)
  }

  @Test func contextThatBecomesKnownIsKept() throws {
    _ = try store.save([unit("A new park opens.", "新公园开园。")], by: .first)
    let known = unit("A new park opens.", "新公园开园。", previous: "Title")
    #expect(try store.save([known], by: .second) == [.changed: 1])
    var all: [TranslationUnit] = []
    try store.forEachUnit { all.append($0) }
    #expect(all.map(\.previous) == ["Title"])
    #expect(all.map(\.changed) == [.second])
  }

  @Test func searchRanksContextBeforeExactBeforeFuzzy() throws {
    _ = try store.save(
      [
        unit("The new park opens today.", "新公园今天开园。"),
        unit("The new park opens.", "新公园开园。", previous: "Title"),
        unit("The old port closed.", "旧港口关闭了。"),
      ], by: .first)
    let exact = try store.search(MemoryQuery(text: "the new park  opens."))
    #expect(exact.map(\.kind) == [.exact, .fuzzy])
    #expect(exact[0].score == 1)
    // 6 of 25 characters differ.
    #expect(abs(exact[1].score - 19.0 / 25.0) < 1e-9)
    let context = try store.search(MemoryQuery(text: "The new park opens.", previous: "title"))
    #expect(context.map(\.kind) == [.context, .fuzzy])
    #expect(try store.search(MemoryQuery(text: "The new park opens.", limit: 1)).count == 1)
  }

  @Test func searchServesBothDirections() throws {
    _ = try store.save([unit("The new park opens.", "新公园开园。")], by: .first)
    let match = try #require(try store.search(MemoryQuery(text: "新公园开园。")).first)
    #expect(match.isReversed)
    #expect(
      match.json()
        == #"{"score":1,"kind":"exact","source":"新公园开园。","target":"The new park opens.","id":1,"origin":"a.md"}"#
    )
  }

  @Test func emptyAndMarkOnlyQueriesFindNothing() throws {
    _ = try store.save([unit("…", "……")], by: .first)
    #expect(try store.search(MemoryQuery(text: "")).isEmpty)
    #expect(try store.search(MemoryQuery(text: "   ")).isEmpty)
  }

  @Test func concordanceFindsOneCharacterOnEitherSide() throws {
    _ = try store.save(
      [unit("The park on the isle.", "岛上的公园，岛西。"), unit("A port.", "港口。")], by: .first)
    let hits = try store.concordance("岛", limit: nil)
    #expect(hits.map(\.range) == [0..<3, 18..<21])
    #expect(hits.map(\.side) == [.target, .target])
    #expect(try store.concordance("PARK", limit: nil).map(\.range) == [4..<8])
    #expect(try store.concordance("岛", limit: 1).count == 1)
    // What SQL takes for a pattern is text here.
    #expect(try store.concordance("%", limit: nil).isEmpty)
  }
}
