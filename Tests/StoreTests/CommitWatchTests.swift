import Bitext
import GRDB
import Testing

@testable import Store

@Suite struct CommitWatchTests {
  private static let unit = TranslationUnit(
    sourceLanguage: .english, targetLanguage: .simplifiedChinese, source: "The Port", target: "港口")

  @Test func everyCommitOfAnyConnectionIsSeen() throws {
    let place = try TemporaryStore()
    let (store, other) = (try place.open(), try place.open())
    let reader = try place.open(.read)
    let watches = try [store, other, reader].map { try #require($0.watch) }
    var heads = watches.map(\.head)
    func expectChange(_ isChanged: Bool, _ comment: Comment) {
      let now = watches.map(\.head)
      #expect(zip(heads, now).allSatisfy { ($0 != $1) == isChanged }, comment)
      #expect(now[0] == now[1] && now[1] == now[2], comment)
      heads = now
    }
    expectChange(false, "nothing happened")
    _ = try reader.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM unit") }
    expectChange(false, "a read")
    _ = try store.save([Self.unit], by: .first)
    expectChange(true, "a commit")
    _ = try other.save([Self.unit], by: .first)
    expectChange(true, "one of another connection")
    struct Stop: Error {}
    _ = try? other.queue.write { database in
      try database.execute(sql: "UPDATE unit SET note = 'x'")
      throw Stop()
    }
    expectChange(false, "a change that was taken back")
    try other.queue.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
    _ = try store.save([Self.unit], by: .first)
    expectChange(true, "a commit to a log that began anew")
  }

  @Test func lookUpsSeeCommitsOfOthersAtOnce() throws {
    let place = try TemporaryStore()
    let (store, reader) = (try place.open(), try place.open(.read))
    for count in 1...5 {
      _ = try store.save([Self.unit], by: Change(date: "2026-01-0\(count)T00:00:00Z"))
      let unit = TranslationUnit(
        sourceLanguage: .english, targetLanguage: .simplifiedChinese, source: "The Port",
        target: "港口 \(count)")
      _ = try store.save([unit], by: .first)
      let found = try reader.unitTexts(like: "the port", on: .source)
      #expect(found == (try reader.units(like: "the port", on: .source).map(\.texts)))
      #expect(found.map(\.target).contains("港口 \(count)"))
    }
  }
}
