import Foundation
import Testing

/// `check` without arguments: the project as its files say.
@Suite struct ProjectCheckTests {
  private let command: Command

  init() throws {
    command = try Command()
    try command.write("g.csv", "id,en,en:forbidden,zh-Hans\n1,Golden Phoenix,Gold Phoenix,金凤凰\n")
    try command.write("docs/en/a.md", "The Gold Phoenix plan.\n")
    try command.write("docs/zh/a.md", "金凤凰计划。\n")
  }

  private func configure(_ pairs: String, _ more: String = "") throws {
    try command.write(
      "concord.yml", "languages: [en, zh-Hans]\nglossaries: [g.csv]\npairs:\n\(pairs)\n\(more)")
  }

  private func files(_ arguments: String...) throws -> [String] {
    try command.run(["check", "--format", "jsonl"] + arguments).objects
      .compactMap { $0["file"] as? String }
  }

  @Test func gitIgnoreCountsUnlessToldOtherwise() throws {
    try configure("  - {source: docs/en/**, target: docs/zh/**}")
    try command.write("build/b.en.md", "The Gold Phoenix plan.\n")
    try command.write(".gitignore", "/build/\n")
    #expect(try files() == ["docs/en/a.md"])
    #expect(try files("--no-ignore") == ["build/b.en.md", "docs/en/a.md"])
    #expect(try files("build/b.en.md") == ["build/b.en.md"])
    try command.write(".gitignore", "*.md\n")
    let nothing = try command.run("check")
    #expect(nothing.status == 2)
    #expect(nothing.errors.contains("what .gitignore names is taken with --no-ignore"))
  }

  @Test func ignoredPathsStartAtTheProjectWhereverTheUserStands() throws {
    try configure("  - {source: docs/en/**, target: docs/zh/**}", "ignore: [old/**]\n")
    try command.write("old/c.en.md", "The Gold Phoenix plan.\n")
    #expect(try files() == ["docs/en/a.md"])
    // From a folder below, the project is "..".
    try command.write("sub/x", "")
    let result = try command.run(
      ["-c", "cd sub && exec '\(Command.binary.path)' check --format jsonl"],
      program: URL(fileURLWithPath: "/bin/sh"))
    #expect(result.objects.map { $0["file"] as? String } == ["../docs/en/a.md"])
  }

  @Test func pairThatFitsNothingIsTroubleAndTheRestIsChecked() throws {
    try configure(
      "  - {source: docs/en/**, target: docs/zh/**}\n  - {source: guide/**, target: zh/**}")
    let result = try command.run("check", "--format", "jsonl")
    #expect(result.status == 2)
    #expect(result.errors.contains("concord.yml:5: 'pairs' names 'guide/**', which fits no file"))
    #expect(result.objects.count == 1)
    // Who names files does not ask about the others.
    #expect(try command.run("check", "docs/en/a.md").status == 1)
  }

  @Test func sourceWithoutCounterpartIsSaid() throws {
    try configure("  - {source: docs/en/**, target: docs/zh/**}")
    try command.write("docs/en/b.md", "New.\n")
    let result = try command.run("check", "--format", "jsonl")
    #expect(result.status == 1)
    #expect(
      result.errors.contains(
        "concord.yml:4: 1 file has no counterpart by 'docs/zh/**': docs/en/b.md has no "
          + "docs/zh/b.md"))
  }
}
