import Foundation
import Testing

/// A tree with old findings that is green today.
@Suite struct CheckBaselineTests {
  private let command: Command

  init() throws {
    command = try Command()
    try command.write("g.csv", "en,en:forbidden,zh-Hans\nGolden Phoenix,Gold Phoenix,金凤凰\n")
    try command.write("docs/a.md", "# News\n\nThe Gold Phoenix plan.\n\nOld text.\n")
  }

  @Test func onlyNewFindingsFail() throws {
    try update()
    let green = try check()
    #expect(green.status == 0)
    #expect(green.output.isEmpty)
    #expect(green.errors.contains("1 known finding in the baseline"))
    try command.write(
      "docs/a.md", "# News\n\nA new line.\n\nThe Gold Phoenix plan.\n\nThe Gold Phoenix again.\n")
    let red = try check()
    #expect(red.status == 1)
    #expect(red.objects.count == 1)
    #expect((red.objects.first?["start"] as? [String: Any])?["line"] as? Int == 7)
  }

  @Test func movedFileAndInsertedLinesWakeNothing() throws {
    try update()
    try FileManager.default.removeItem(atPath: command.path("docs/a.md"))
    try command.write("docs/new/b.md", "Intro.\n\n\nThe  Gold\nPhoenix plan.\n")
    let moved = try check()
    #expect(moved.status == 0)
    #expect(!moved.errors.contains("no longer"))
  }

  @Test func editedSentenceIsNewAndTheOldOneIsNamed() throws {
    try update()
    try command.write("docs/a.md", "The Gold Phoenix programme.\n")
    let result = try check()
    #expect(result.status == 1)
    #expect(result.errors.contains("1 finding of the baseline occurs no longer"))
    #expect(
      result.errors.contains("docs/a.md: forbidden-term “Gold Phoenix” in “The Gold Phoenix plan.”")
    )
    let updated = try update()
    #expect(updated.errors.contains("base.jsonl: 1 finding, 1 added, 1 dropped"))
    #expect(try check().status == 0)
  }

  @Test func updatingTwiceChangesNothing() throws {
    try update()
    let first = try command.read("base.jsonl")
    try update()
    #expect(try command.read("base.jsonl") == first)
    #expect(first.split(separator: "\n").count == 2)
  }

  @Test func filesThatAreNotCheckedKeepTheirEntries() throws {
    try command.write("docs/b.md", "A Gold Phoenix.\n")
    try update()
    try command.run(
      "check", "docs/b.md", "--glossary", "g.csv", "--baseline", "base.jsonl", "--update-baseline")
    #expect(try command.read("base.jsonl").contains("docs/a.md"))
    #expect(try check().status == 0)
  }

  @Test func fileThatCannotBeReadLosesNothing() throws {
    try update()
    let before = try command.read("base.jsonl")
    try command.write("docs/a.md", Data([0x54, 0x00, 0xFF, 0x00, 0x00]))
    let result = try update()
    #expect(result.status == 2)
    #expect(result.errors.contains("was not updated"))
    #expect(try command.read("base.jsonl") == before)
  }

  @Test func missingAndBrokenBaselinesAreTrouble() throws {
    let missing = try check()
    #expect(missing.status == 2)
    #expect(missing.errors.contains("base.jsonl: there is no such baseline"))
    try command.write("base.jsonl", "{\"baseline\":\"concord\",\"version\":1}\n>>>>>>> theirs\n")
    let broken = try check()
    #expect(broken.status == 2)
    #expect(broken.errors.contains("base.jsonl:2: is no entry"))
    #expect(try update().status == 2)
    let nameless = try command.run("check", "docs", "--glossary", "g.csv", "--update-baseline")
    #expect(nameless.status == 2)
    #expect(nameless.errors.contains("needs --baseline FILE"))
  }

  @Test func projectNamesItsBaseline() throws {
    try command.write("concord.yml", "glossaries: [g.csv]\nbaseline: ci/base.jsonl\n")
    #expect(try command.run("check").status == 2)
    #expect(try command.run("check", "--update-baseline").status == 0)
    #expect(try command.read("ci/base.jsonl").contains("\"file\":\"../docs/a.md\""))
    #expect(try command.run("check").status == 0)
    #expect(try command.run("check", "--no-baseline").status == 1)
  }

  @discardableResult
  private func update() throws -> Command.Result {
    try command.run(
      "check", "docs", "--glossary", "g.csv", "--baseline", "base.jsonl", "--update-baseline")
  }

  private func check() throws -> Command.Result {
    try command.run(
      "check", "docs", "--glossary", "g.csv", "--baseline", "base.jsonl", "--format", "jsonl")
  }
}
