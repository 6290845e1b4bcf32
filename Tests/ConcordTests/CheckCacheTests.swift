import Foundation
import Testing

@Suite struct CheckCacheTests {
  private let command: Command
  private let folder: URL

  init() throws {
    command = try Command()
    folder = command.directory.appendingPathComponent("cache")
    command.cache = folder
    try command.write("terms.csv", "en,en:forbidden,zh-Hans\nGolden Phoenix,Gold Phoenix,金凤凰\n")
    try command.write("docs/a.md", "The Gold Phoenix plan.\n")
    try command.write("docs/b.md", "The Golden Phoenix plan.\n")
    try command.write("docs/c.en.md", "The Golden Phoenix plan.\n\nAnother line.\n")
    try command.write("docs/c.zh.md", "金凤凰计划。\n\n另一行。\n")
  }

  private func check() throws -> Command.Result {
    try command.run("check", "docs", "--glossary", "terms.csv", "--format", "jsonl")
  }

  private func cacheFile() throws -> URL? {
    try FileManager.default.contentsOfDirectory(
      at: folder.appendingPathComponent("concord"), includingPropertiesForKeys: nil
    ).first { $0.lastPathComponent.hasPrefix("check-") }
  }

  @Test func aSecondRunSaysTheSameAndFindsNothingAnew() throws {
    let first = try check()
    #expect(first.objects.map { $0["file"] as? String } == ["docs/a.md"])
    let file = try #require(try cacheFile())
    let node = try FileManager.default.attributesOfItem(atPath: file.path)[.systemFileNumber]
    let second = try check()
    #expect(second.output == first.output)
    #expect(second.status == first.status)
    // Whatever is checked anew makes a new file.
    let after = try FileManager.default.attributesOfItem(atPath: file.path)[.systemFileNumber]
    #expect(node as? Int == after as? Int)
  }

  @Test func changedDocumentsAndGlossariesAreCheckedAnew() throws {
    #expect(try check().objects.count == 1)
    try command.write("docs/b.md", "\nAgain the Gold Phoenix plan.\n")
    let changed = try check().objects
    #expect(changed.map { $0["file"] as? String } == ["docs/a.md", "docs/b.md"])
    #expect((changed.last?["start"] as? [String: Any])?["line"] as? Int == 2)
    try command.write("docs/c.en.md", "The phoenix plan.\n\nAnother line.\n")
    #expect(try check().objects.contains { $0["rule"] as? String == "missing-term" })
    try command.write("terms.csv", "en,zh-Hans\nGold Phoenix,金凤凰\n")
    #expect(try check().objects.allSatisfy { $0["rule"] as? String == "missing-term" })
  }

  @Test func severitiesFromTheProjectAreNotTakenFromTheCache() throws {
    try command.write("concord.yml", "languages: [en, zh-Hans]\n")
    #expect(try check().status == 1)
    try command.write("concord.yml", "rules: {forbidden-term: {severity: info}}\n")
    let result = try check()
    #expect(result.objects.map { $0["severity"] as? String } == ["info"])
    #expect(result.status == 0)
  }

  @Test func aDamagedCacheIsNoneAtAll() throws {
    let first = try check()
    let file = try #require(try cacheFile())
    let bytes = try Data(contentsOf: file)
    for place in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 12)) {
      var damaged = bytes
      damaged[place] ^= 0x55
      try damaged.write(to: file)
      #expect(try check().output == first.output)
    }
    for length in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 4)) {
      try bytes.prefix(length).write(to: file)
      #expect(try check().output == first.output)
    }
  }

  @Test func noCacheWritesNone() throws {
    try command.run("check", "docs", "--glossary", "terms.csv", "--no-cache")
    #expect(!FileManager.default.fileExists(atPath: folder.appendingPathComponent("concord").path))
  }

  @Test func aCheckOfOneFileLeavesWhatIsKnownOfTheOthers() throws {
    _ = try check()
    try command.write("docs/b.md", "The Golden Phoenix plan goes on.\n")
    try command.run("check", "docs/b.md", "--glossary", "terms.csv")
    let file = try #require(try cacheFile())
    let node = try FileManager.default.attributesOfItem(atPath: file.path)[.systemFileNumber]
    _ = try check()
    let after = try FileManager.default.attributesOfItem(atPath: file.path)[.systemFileNumber]
    #expect(node as? Int == after as? Int)
  }
}
