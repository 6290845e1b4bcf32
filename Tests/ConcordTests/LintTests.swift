import Foundation
import Testing

@Suite struct LintTests {
  private let command: Command

  init() throws { command = try Command() }

  @Test func worstComesFirstAndErrorsFail() throws {
    try command.write("g.csv", "en,zh-Hans\nnb\u{A0}sp,空\n***,星\n")
    let text = try command.run("lint", "g.csv")
    #expect(text.status == 1)
    #expect(text.output.hasPrefix("g.csv:3:1: error[unmatchable-term]: “***”"))
    #expect(text.output.contains("2 findings in 1 file: 1 error, 1 warning"))
    let objects = try command.run("lint", "g.csv", "--format", "jsonl").objects
    #expect(objects.map { $0["rule"] as? String } == ["unmatchable-term", "suspicious-whitespace"])
    #expect(objects.map { ($0["start"] as? [String: Any])?["column"] as? Int } == [1, 3])
    #expect(objects.map { $0["concept"] as? String } == ["g.csv:3", "g.csv:2"])
    #expect(try command.run("lint", "g.csv", "--fail-on", "never").status == 0)
  }

  @Test func cleanGlossaryIsClean() throws {
    try command.write("g.csv", "en,zh-Hans\nbird,鸟\n")
    let result = try command.run("lint", "g.csv", "--fail-on", "info")
    #expect(result.status == 0)
    #expect(result.output == "")
    #expect(result.errors == "no findings in 1 concept\n")
  }

  @Test func shippedGlossaryHasNoErrors() throws {
    let result = try command.run("lint", Command.glossary, "--format", "jsonl")
    #expect(result.status == 0, "\(result.output)")
  }

  @Test func withoutFilesTheProjectIsLinted() throws {
    #expect(try command.run("lint").status == 2)
    try command.run("init")
    try command.run("add", "bird", "鸟")
    try command.write("extra.csv", "id,en,zh-Hans\n1,bird,雀\n")
    try command.write("concord.yml", "languages: [en, zh-Hans]\nglossaries: [extra.csv]\n")
    let objects = try command.run("lint", "--format", "jsonl").objects
    #expect(objects.map { $0["rule"] as? String } == ["conflicting-targets"])
  }

  @Test func otherFilesAreTroubleThatSaysWhatToDo() throws {
    try command.write("m.json", "{}")
    try command.write("g.csv", "en,zh-Hans\nbird,鸟\n")
    let result = try command.run("lint", "m.json", "g.csv")
    #expect(result.status == 2)
    #expect(result.errors.contains("m.json: lint reads glossaries in CSV and TSV"))
    let missing = try command.run("lint", "nix.csv")
    #expect(missing.status == 2)
    try command.write("empty.csv", "")
    #expect(try command.run("lint", "empty.csv").status == 2)
  }
}
