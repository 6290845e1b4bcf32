import Bitext
import Foundation
import GRDB
import Matching
import Segmentation
import TestSupport
import Testing

@testable import Store

/// The index beside the memory: right in every state of its files, and made anew when it is not.
@Suite struct MemoryIndexTests {
  private static let english = [
    "The science city will open in 2026.", "The park will open in five years.",
    "Talent policy of the city", "The science city opens", "Rail and trade", "Golden Phoenix",
  ]
  private static let chinese = [
    "科学城将于2026年开放。", "公园将在五年内开放。", "本市人才政策", "科学城开放", "铁路与贸易", "金凤凰",
  ]

  private func unit(_ number: Int, _ random: inout SeededGenerator) -> TranslationUnit {
    let index = Int.random(in: 0..<6, using: &random)
    return TranslationUnit(
      sourceLanguage: .english, targetLanguage: .simplifiedChinese,
      source: Self.english[index] + " \(number % 50)",
      target: Self.chinese[index] + "\(number % 40)",
      origin: "memory \(number)")
  }

  /// What the index says to some questions is what looking at all rows says.
  private func expectAgreement(
    _ store: ConcordStore, _ comment: Comment, location: SourceLocation = #_sourceLocation
  ) throws {
    for text in ["The science city will open in 2027. 7", "科学城将于2026年开放。3", "Golden Phoenix 9"] {
      var query = MemoryQuery(text: text, minimum: 0.6, limit: 7)
      query.isExhaustive = true
      let pattern = FuzzyPattern(MatchKey(text))
      let isChinese = text.unicodeScalars.contains { $0.value > 0x2E80 }
      let tag = (isChinese ? LanguageTag.simplifiedChinese : .english).description
      let right = try store.read { database in
        try database.linearSearch(pattern, minimum: 0.6, limit: 7, in: { $0 == tag })
      }
      let found = try store.search(query)
      #expect(
        found.map { Answer(id: $0.unit.id, score: $0.score) }
          == right.map { Answer(id: $0.unit, score: $0.score) }, comment, sourceLocation: location)
    }
    for text in ["城", "2026", "science", "开放"] {
      let right = try store.read { database in
        try MatchKey(text).withBytes {
          try database.linearConcordance($0, limit: nil, in: { _ in true })
        }
      }
      let found = try store.concordance(text, limit: nil)
      #expect(
        Set(found.compactMap(\.unit.id)) == Set(right.map(\.unit)), comment,
        sourceLocation: location)
    }
  }

  private struct Answer: Equatable {
    var id: Int64?
    var score: Double
  }

  private func filled(
    _ directory: TemporaryStore, units count: Int = 300
  ) throws -> ConcordStore {
    let store = try ConcordStore(path: directory.file("store.sqlite"), access: .create)
    var random = SeededGenerator(seed: 11)
    _ = try store.save((0..<count).map { unit($0, &random) }, by: Self.change)
    return store
  }

  private static let change = Change(date: "2026-01-01T00:00:00Z", author: "li")

  private func segments(_ directory: TemporaryStore) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: directory.file("store.sqlite-index"))
      .filter { $0.hasSuffix(".segment") }.sorted()
      .map { directory.file("store.sqlite-index/\($0)") }
  }

  // MARK: The index follows the rows

  @Test func followsChangesRemovalsAndAdditions() throws {
    let directory = try TemporaryStore()
    let store = try filled(directory)
    try expectAgreement(store, "no segment")
    #expect(try store.updateIndex())
    #expect(try store.indexStatus().segments.map(\.unitCount) == [300])
    #expect(try store.indexStatus().pendingCount == 0)
    try expectAgreement(store, "one segment")
    var random = SeededGenerator(seed: 12)
    for round in 0..<6 {
      _ = try store.save((0..<40).map { unit(1000 * round + $0, &random) }, by: Self.change)
      try store.write { database in
        try database.execute(sql: "DELETE FROM unit WHERE id % 11 = ?", arguments: [round])
        try database.execute(
          sql: """
            UPDATE unit SET source = 'Rail and trade', sourceKey = 'rail and trade'
            WHERE id % 17 = ?
            """, arguments: [round])
      }
      try expectAgreement(store, "with a tail, round \(round)")
      #expect(try store.updateIndex())
      try expectAgreement(store, "updated, round \(round)")
      #expect(try store.indexStatus().pendingCount == 0)
    }
    #expect(try store.indexStatus().segments.count < 4)
    let other = try ConcordStore(path: store.path, access: .read)
    try expectAgreement(other, "opened anew")
    #expect(try store.updateIndex(startsOver: true))
    #expect(try store.indexStatus().segments.count == 1)
    try expectAgreement(store, "made anew")
  }

  @Test func aUnitOfAnotherConnectionIsFoundAtOnce() throws {
    let directory = try TemporaryStore()
    let reader = try filled(directory)
    #expect(try reader.updateIndex())
    #expect(try reader.search(MemoryQuery(text: "A text of its own")).isEmpty)
    let writer = try ConcordStore(path: reader.path, access: .write)
    let unit = TranslationUnit(
      sourceLanguage: .english, targetLanguage: .simplifiedChinese, source: "A text of its own",
      target: "独有的文字")
    _ = try writer.save([unit], by: Self.change)
    #expect(try reader.search(MemoryQuery(text: "A text of its own")).map(\.kind) == [.exact])
    #expect(try reader.concordance("独", limit: nil).count == 1)
    try writer.write { try $0.execute(sql: "DELETE FROM unit WHERE target = '独有的文字'") }
    #expect(try reader.search(MemoryQuery(text: "A text of its own")).isEmpty)
    #expect(try writer.updateIndex())
    #expect(try reader.search(MemoryQuery(text: "Golden Phoenix 9")).first != nil)
  }

  @Test func anUpdateThatHasNothingToDoWritesNothing() throws {
    let directory = try TemporaryStore()
    let store = try filled(directory)
    #expect(try store.updateIndex())
    let files = try segments(directory)
    let generation = try store.read { try $0.memoryState()?.generation }
    #expect(try store.updateIndex())
    #expect(try store.read { try $0.memoryState()?.generation } == generation)
    #expect(try segments(directory) == files)
  }

  @Test func aStoreKeepsItsSegmentsFew() throws {
    let directory = try TemporaryStore()
    let store = try ConcordStore(path: directory.file("store.sqlite"), access: .create)
    var random = SeededGenerator(seed: 3)
    for round in 0..<30 {
      _ = try store.save((0..<20).map { unit(100 * round + $0, &random) }, by: Self.change)
      #expect(try store.updateIndex())
    }
    let status = try store.indexStatus()
    #expect(status.segments.count <= 5)
    #expect(status.segments.reduce(0) { $0 + $1.unitCount } == 600)
    #expect(try segments(directory).count == status.segments.count)
    try expectAgreement(store, "after many updates")
  }

  // MARK: Files that are missing or damaged

  @Test func missingFilesAreMadeAnew() throws {
    let directory = try TemporaryStore()
    let store = try filled(directory)
    #expect(try store.updateIndex())
    try FileManager.default.removeItem(atPath: directory.file("store.sqlite-index"))
    let reader = try ConcordStore(path: store.path, access: .read)
    try expectAgreement(reader, "folder removed")
    #expect(try segments(directory).count == 1)
    #expect(try store.indexStatus().damage == nil)
  }

  @Test(arguments: [0, 5000, 20_000, -1, -70, -300])
  func damagedFilesAreMadeAnew(place: Int) throws {
    let directory = try TemporaryStore()
    let store = try filled(directory)
    #expect(try store.updateIndex())
    let file = try #require(try segments(directory).first)
    var bytes = try Data(contentsOf: URL(filePath: file))
    let index = place < 0 ? bytes.count + place : place
    bytes[index] ^= 0xFF
    // Another file in its place: the one that is mapped stays as it was.
    try FileManager.default.removeItem(atPath: file)
    try bytes.write(to: URL(filePath: file))
    let reader = try ConcordStore(path: store.path, access: .read)
    try expectAgreement(reader, "byte \(place)")
    #expect(try reader.indexStatus().damage == nil || place == 5000 || place == 20_000)
    #expect(try store.updateIndex(startsOver: true))
    #expect(try store.indexStatus().damage == nil)
  }

  /// Stores that share what they have open: one finds the damage, and all read the new file, which
  /// has the old one's name.
  @Test(arguments: [5000, 20_000, -300]) func sharedFilesAreMadeAnew(place: Int) throws {
    let directory = try TemporaryStore()
    let store = try filled(directory)
    #expect(try store.updateIndex())
    let file = try #require(try segments(directory).first)
    var bytes = try Data(contentsOf: URL(filePath: file))
    bytes[place < 0 ? bytes.count + place : place] ^= 0xFF
    try FileManager.default.removeItem(atPath: file)
    try bytes.write(to: URL(filePath: file))
    let first = try ConcordStore(path: store.path, access: .read)
    let others = try (0..<3).map { _ in try ConcordStore(reading: first) }
    for reader in others.prefix(2) + [first] + others.suffix(1) {
      try expectAgreement(reader, "byte \(place)")
    }
    #expect(try store.updateIndex(startsOver: true))
    for reader in others + [first] { try expectAgreement(reader, "byte \(place), made anew") }
    let folder = first.index.folder
    let names = try store.read { try $0.indexManifest() }.segments.map(\.name)
    let shared = try names.map { try folder.openShared($0) }
    for (name, segment) in zip(names, shared) {
      #expect(try others[0].index.folder.openShared(name) === segment)
      #expect(try folder.open(name) !== segment)
    }
  }

  @Test func cutOffFilesAreMadeAnew() throws {
    let directory = try TemporaryStore()
    let store = try filled(directory)
    #expect(try store.updateIndex())
    let file = try #require(try segments(directory).first)
    let bytes = try Data(contentsOf: URL(filePath: file))
    for count in [0, 10, bytes.count / 2, bytes.count - 1] {
      try FileManager.default.removeItem(atPath: file)
      try bytes.prefix(count).write(to: URL(filePath: file))
      let reader = try ConcordStore(path: store.path, access: .read)
      try expectAgreement(reader, "\(count) bytes")
    }
  }

  @Test func aStoreThatWasCopiedAloneGetsItsOwnIndex() throws {
    let directory = try TemporaryStore()
    let store = try filled(directory)
    #expect(try store.updateIndex())
    try store.queue.vacuum(into: directory.file("copy.sqlite"))
    let copy = try ConcordStore(path: directory.file("copy.sqlite"), access: .read)
    try expectAgreement(copy, "a copy")
    #expect(FileManager.default.fileExists(atPath: directory.file("copy.sqlite-index")))
  }

  @Test func anIndexThatCannotBeWrittenIsDoneWithout() throws {
    let directory = try TemporaryStore()
    let store = try filled(directory)
    // A file in the place of the folder: nobody can write there, whoever runs the test.
    try Data().write(to: URL(filePath: directory.file("store.sqlite-index")))
    #expect(throws: Trouble.self) { try store.updateIndex() }
    try expectAgreement(store, "no folder")
    _ = try store.save([], by: Self.change)
  }

  @Test func whatAKilledProcessLeftIsRemoved() throws {
    let directory = try TemporaryStore()
    let store = try filled(directory)
    #expect(try store.updateIndex())
    let folder = directory.file("store.sqlite-index")
    for name in ["new", ".new.1.tmp", "0123456789abcdef.segment"] {
      try Data([1, 2, 3]).write(to: URL(filePath: folder + "/" + name))
    }
    var random = SeededGenerator(seed: 5)
    _ = try store.save([unit(5000, &random)], by: Self.change)
    #expect(try store.updateIndex())
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
    #expect(names.count == 1 + (try store.indexStatus().segments.count))
    try expectAgreement(store, "after leftovers")
  }

  @Test func anIndexOfAnotherVersionIsMadeAnew() throws {
    let directory = try TemporaryStore()
    let store = try filled(directory)
    #expect(try store.updateIndex())
    try store.write { try $0.execute(sql: "UPDATE memoryIndex SET version = version + 1") }
    try expectAgreement(ConcordStore(path: store.path, access: .read), "another version")
    #expect(try store.indexStatus().segments.count == 1)
  }

  @Test func twoUpdatesAtOnceDoNoHarm() async throws {
    let directory = try TemporaryStore()
    let store = try filled(directory)
    let path = store.path
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<4 {
        group.addTask {
          let other = try? ConcordStore(path: path, access: .write)
          _ = try? other?.updateIndex(startsOver: true)
          _ = try? other?.search(MemoryQuery(text: "Golden Phoenix 9"))
        }
      }
    }
    try expectAgreement(store, "after updates at once")
    #expect(try store.indexStatus().damage == nil)
  }
}
