import Foundation
import Testing

@Suite struct CommandLineTests {
  private let command: Command

  init() throws { command = try Command() }

  @Test func versionAndHelpAreAnswers() throws {
    let version = try command.run("--version")
    #expect(version.status == 0)
    #expect(version.output == "0.1.0\n")
    let help = try command.run("help")
    #expect(help.status == 0)
    for verb in [
      "init", "add", "edit", "list", "show", "remove", "import", "export", "segment", "align",
      "extract", "lookup", "check", "search", "concordance", "batch", "review", "lint",
      "selftest", "pretranslate", "memory",
    ] {
      #expect(help.output.contains("  \(verb) "))
      let own = try command.run(verb, "--help")
      #expect(own.status == 0)
      #expect(own.output.contains("USAGE: concord \(verb)"))
    }
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func completionScriptNamesTheVerbs(shell: String) throws {
    let script = try command.run("--generate-completion-script", shell)
    #expect(script.status == 0)
    #expect(script.output.contains("concordance"))
  }

  @Test func segmentGivesBytesOfTheFile() throws {
    let text = "# 标题\n\n你好。“再见！”他说。`code` 完。\n\n- Item one\n"
    try command.write("a.zh.md", text)
    let result = try command.run("segment", "a.zh.md", "--format", "jsonl")
    let bytes = Array(text.utf8)
    for object in result.objects {
      let start = try #require(object["start"] as? Int)
      let end = try #require(object["end"] as? Int)
      #expect(object["file"] as? String == "a.zh.md")
      #expect(
        String(decoding: bytes[start..<end], as: UTF8.self).contains(
          object["text"] as? String == "code 完。" ? "code" : object["text"] as? String ?? "?"))
    }
    #expect(result.objects.map { $0["index"] as? Int } == Array(0..<result.objects.count))
    #expect(result.objects.first?["text"] as? String == "标题")
    #expect(result.objects.last?["text"] as? String == "Item one")
  }

  @Test func segmentReadsStandardInputAndUTF16() throws {
    let words = try command.run("segment", "-", "--unit", "word", input: "Hello, world. It's 5.")
    #expect(words.output == "Hello\nworld\nIt's\n5\n")
    let wide = Data([0xFF, 0xFE]) + (try #require("港口。桥。".data(using: .utf16LittleEndian)))
    try command.write("w.txt", wide)
    let result = try command.run("segment", "w.txt", "--format", "jsonl")
    // Two bytes a character behind the mark.
    #expect(result.objects.map { $0["start"] as? Int } == [2, 8])
    #expect(result.objects.map { $0["end"] as? Int } == [8, 12])
  }

  @Test func alignPrintsEveryFormat() throws {
    try command.write("a.en.md", "# Park\n\nA new park opens.\n")
    try command.write("a.zh.md", "# 公园\n\n新公园开园。\n")
    let jsonl = try command.run("align", "a.en.md", "a.zh.md", "--format", "jsonl")
    #expect(
      jsonl.lines.first?.hasPrefix(
        #"{"source":[0],"target":[0],"sourceText":"Park","targetText":"公园","score":"#) == true)
    let tsv = try command.run("align", "a.en.md", "a.zh.md", "--format", "tsv")
    #expect(tsv.lines.first == "en\tzh-Hans\tscore")
    #expect(tsv.lines.last?.hasPrefix("A new park opens.\t新公园开园。\t") == true)
    let tmx = try command.run("align", "a.en.md", "a.zh.md", "-o", "a.tmx")
    #expect(tmx.output == "")
    #expect(try command.read("a.tmx").contains("<seg>新公园开园。</seg>"))
    let text = try command.run("align", "a.en.md", "a.zh.md")
    #expect(text.output.contains("1-1  A new park opens.\n"))
    #expect(try command.run("align", "a.en.md", "a.zh.md", "--min-score", "2").status == 2)
    // A bitext is what extract and import read.
    try command.write("b.tsv", tsv.output)
    #expect(try command.run("extract", "b.tsv", "a.tmx").status == 0)
  }

  @Test func checkOfABilingualFilePointsIntoIt() throws {
    let tmx = """
      <?xml version="1.0" encoding="UTF-8"?>
      <tmx version="1.4"><header srclang="zh-Hans"/><body>
      <tu><tuv xml:lang="zh-Hans"><seg>R&amp;D：金凤凰开园</seg></tuv><tuv xml:lang="en"><seg>The plan opens</seg></tuv></tu>
      </body></tmx>
      """
    try command.write("m.tmx", tmx)
    try command.write("g.csv", "en,zh-Hans\nGolden Phoenix,金凤凰\n")
    let result = try command.run("check", "m.tmx", "--glossary", "g.csv", "--format", "jsonl")
    #expect(result.status == 1)
    let finding = try #require(result.objects.first)
    let source = try #require(finding["source"] as? [String: Any])
    let start = try #require((source["start"] as? [String: Any])?["offset"] as? Int)
    let end = try #require((source["end"] as? [String: Any])?["offset"] as? Int)
    #expect(String(decoding: Array(tmx.utf8)[start..<end], as: UTF8.self) == "金凤凰")
    #expect((source["start"] as? [String: Any])?["line"] as? Int == 3)
  }

  @Test func checkOfStandardInputKnowsItsLines() throws {
    try command.write("g.csv", "en,zh-Hans\nGolden Phoenix,金凤凰\n")
    let result = try command.run(
      "check", "-", "--glossary", "g.csv", "--format", "jsonl",
      input: "One.\n\nThe golden phoenix.\n")
    let finding = try #require(result.objects.first)
    #expect(finding["file"] as? String == "<stdin>")
    let start = finding["start"] as? [String: Int]
    #expect(start == ["line": 3, "column": 5, "offset": 10])
  }

  @Test func failOnDecidesTheExitCode() throws {
    try command.write("g.csv", "en,zh-Hans\nGolden Phoenix,金凤凰\n")
    try command.write("a.md", "the golden phoenix\n")
    for (level, status) in [("error", 0), ("warning", 1), ("info", 1), ("never", 0)] {
      let result = try command.run("check", "a.md", "--glossary", "g.csv", "--fail-on", level)
      #expect(result.status == Int32(status), "\(level)")
    }
  }

  @Test func rulesOfTheProjectCount() throws {
    try command.write("concord.yml", "glossaries: [g.csv]\nrules: {term-style: off}\n")
    try command.write("g.csv", "en,zh-Hans\nGolden Phoenix,金凤凰\n")
    try command.write("docs/a.md", "the golden phoenix\n")
    let result = try command.run("check", "--fail-on", "info")
    #expect(result.status == 0)
    #expect(result.errors.contains("no findings"))
  }
}
