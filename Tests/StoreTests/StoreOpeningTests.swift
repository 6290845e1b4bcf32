import Bitext
import Foundation
import GRDB
import Testing

@testable import Store

@Suite struct StoreOpeningTests {
  private let place: TemporaryStore

  init() throws { place = try TemporaryStore() }

  @Test func missingStoreIsTroubleThatSaysWhatToDo() {
    #expect { try place.open(.read) } throws: {
      ($0 as? Trouble)?.message.contains("concord init") == true
    }
    #expect(throws: Trouble.self) { try place.open(.write) }
  }

  @Test func storeOfANewerVersionIsNotTouched() throws {
    _ = try place.open()
    let queue = try DatabaseQueue(path: place.path)
    try queue.write {
      try $0.execute(sql: "INSERT INTO grdb_migrations (identifier) VALUES ('99 of the future')")
    }
    for access in [ConcordStore.Access.read, .write, .create] {
      #expect { try place.open(access) } throws: {
        ($0 as? Trouble)?.message.contains("newer version") == true
      }
    }
  }

  /// Keys that an older version computed are brought up to date when the store is opened.
  @Test(arguments: [ConcordStore.Access.read, .write])
  func keysOfAnOlderVersionAreRecomputed(access: ConcordStore.Access) throws {
    let store = try place.open()
    _ = try store.add(.pair("Cafe\u{301} d’Or", "金咖啡馆"), by: .first)
    let unit = TranslationUnit(
      sourceLanguage: .english, targetLanguage: .simplifiedChinese, source: "It’s a café.",
      target: "这是咖啡馆。")
    _ = try store.save([unit], by: .first)
    try store.queue.write { database in
      try database.execute(
        sql: """
          UPDATE term SET key = 'old'; UPDATE unit SET sourceKey = 'old', sourceLength = 3;
          DELETE FROM grdb_migrations WHERE identifier LIKE '2 %'
          """)
    }
    try store.queue.close()
    let reopened = try place.open(access)
    let keys = try reopened.queue.read { database in
      try String.fetchAll(database, sql: "SELECT key FROM term UNION SELECT sourceKey FROM unit")
    }
    #expect(Set(keys) == ["café d'or", "金咖啡馆", "it's a café."])
    let query = MemoryQuery(text: "it's a cafe\u{301}.", language: .english)
    #expect(try reopened.search(query).map(\.score) == [1])
  }

  @Test func otherFilesAreNoStores() throws {
    try Data("not a database, but long enough to be looked at".utf8)
      .write(to: URL(fileURLWithPath: place.path))
    #expect { try place.open(.write) } throws: {
      ($0 as? Trouble)?.message == "is not a Concord store"
    }
    try FileManager.default.removeItem(atPath: place.path)
    let queue = try DatabaseQueue(path: place.path)
    try queue.write { try $0.execute(sql: "CREATE TABLE other (a)") }
    #expect { try place.open(.write) } throws: {
      ($0 as? Trouble)?.message.contains("another program's") == true
    }
  }

  @Test func damagedStoreIsNamedAsSuch() throws {
    let store = try place.open()
    for index in 0..<200 { _ = try store.add(.pair("term \(index)", "词\(index)"), by: .first) }
    try store.queue.close()
    let url = URL(fileURLWithPath: place.path)
    var bytes = try Data(contentsOf: url)
    // All pages but the first.
    for index in 4096..<bytes.count { bytes[index] = 0xFF }
    try bytes.write(to: url)
    #expect(throws: Trouble.self) { try place.open(.read).termbase() }
  }

  @Test func readingDoesNotNeedToWrite() throws {
    let store = try place.open()
    _ = try store.add(.pair("Golden Phoenix", "金凤凰"), by: .first)
    let reader = try place.open(.read)
    #expect(try reader.conceptCount() == 1)
    #expect(throws: Trouble.self) { try reader.add(.pair("port", "港"), by: .first) }
  }

  @Test func severalConnectionsWriteOneAfterTheOther() async throws {
    _ = try place.open()
    let path = place.path
    try await withThrowingTaskGroup(of: Void.self) { group in
      for worker in 0..<4 {
        group.addTask {
          let store = try ConcordStore(path: path, access: .write)
          for index in 0..<25 {
            _ = try store.add(.pair("w\(worker) i\(index)", "词\(worker)·\(index)"), by: .first)
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(try place.open(.read).conceptCount() == 100)
  }
}
