import Foundation
import Testing

/// A planted error is found by the command in every bilingual format, at its place.
@Suite struct BilingualCheckTests {
  private let command: Command

  init() throws {
    command = try Command()
    try command.write("g.csv", "en,zh-Hans\nGolden Phoenix,金凤凰\nriver park,滨河公园\n")
  }

  /// Files of two units: the first names the term and its translation does not, the second is right.
  static let files: [(name: String, content: String)] = [
    (
      "a.xlf",
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <xliff version="1.2"><file original="a" source-language="en" target-language="zh-CN">
      <body><trans-unit id="1"><source>The <g id="1">Golden <x id="2"/>Phoenix</g> opens.</source>
      <target>凤凰开园。</target></trans-unit><trans-unit id="2"><source>The river park.</source>
      <target>滨<ph id="1">{0}</ph>河公园。</target><note>Golden Phoenix</note></trans-unit></body></file></xliff>
      """
    ),
    (
      "b.xliff",
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <xliff version="2.0" srcLang="en" trgLang="zh-CN"><file id="f"><unit id="1"><segment>
      <source>The Golden Phoenix opens.</source><target>凤凰开园。</target></segment><segment>
      <source>The river park.</source><target>滨河公园。</target></segment></unit></file></xliff>
      """
    ),
    (
      "zh_CN.po",
      """
      msgid ""
      msgstr "Language: zh_CN\\n"

      #: Golden Phoenix
      msgid "The Golden "
      "Phoenix opens."
      msgstr "凤凰开园。"

      msgid "The river park."
      msgstr "滨河公园。"

      """
    ),
    ("a.csv", "id,en,zh-Hans\n1,The Golden Phoenix opens.,凤凰开园。\n2,The river park.,滨河公园。\n"),
    ("a.tsv", "en\tzh-Hans\nThe Golden Phoenix opens.\t凤凰开园。\nThe river park.\t滨河公园。\n"),
    (
      "a.tmx",
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <tmx version="1.4"><header srclang="en"/><body><tu><tuv xml:lang="en"><seg>The Golden Phoenix opens.</seg></tuv>
      <tuv xml:lang="zh-CN"><seg>凤凰开园。</seg></tuv></tu><tu><tuv xml:lang="en"><seg>The river park.</seg></tuv>
      <tuv xml:lang="zh-CN"><seg>滨河公园。</seg></tuv></tu></body></tmx>
      """
    ),
  ]

  private func missing(_ result: Command.Result) throws -> (term: String, target: Range<Int>) {
    let findings = result.objects.filter { $0["rule"] as? String == "missing-term" }
    #expect(findings.count == 1, "\(result.output)\(result.errors)")
    let finding = try #require(findings.first)
    func offset(_ name: String) throws -> Int {
      try #require((finding[name] as? [String: Any])?["offset"] as? Int)
    }
    return (
      try #require(finding["term"] as? String), try offset("start")..<offset("end")
    )
  }

  @Test(arguments: files.indices)
  func aMissingTermIsFound(index: Int) throws {
    let (name, content) = Self.files[index]
    try command.write(name, content)
    let result = try command.run("check", name, "--glossary", "g.csv", "--format", "jsonl")
    #expect(result.status == 1)
    let (term, target) = try missing(result)
    #expect(term == "Golden Phoenix")
    #expect(String(decoding: Array(content.utf8)[target], as: UTF8.self) == "凤凰开园。")
  }

  @Test func theTranslationMayBeTheSource() throws {
    let (name, content) = Self.files[0]
    try command.write(
      name,
      content.replacingOccurrences(
        of: "The <g id=\"1\">Golden <x id=\"2\"/>Phoenix</g>", with: "It"
      ).replacingOccurrences(of: "凤凰开园", with: "金凤凰开园"))
    let result = try command.run(
      "check", name, "--glossary", "g.csv", "--format", "jsonl", "--source-language", "zh")
    #expect(try missing(result).term == "金凤凰")
  }

  @Test func columnsAreNamed() throws {
    try command.write("t.csv", "k,Original,Translation\n1,The Golden Phoenix opens.,凤凰开园。\n")
    let result = try command.run(
      "check", "t.csv", "--glossary", "g.csv", "--format", "jsonl", "--columns",
      "Original,Translation")
    #expect(try missing(result).term == "Golden Phoenix")
    let wrong = try command.run("check", "t.csv", "--glossary", "g.csv", "--columns", "1,x")
    #expect(wrong.status == 2)
    #expect(wrong.errors.contains("has no column 'x'"))
    #expect(try command.run("check", "t.csv", "--glossary", "g.csv", "--columns", "1").status == 2)
  }

  /// A table in a folder may be anything; the glossary itself lies there.
  @Test func inAFolderBilingualFilesCountAndTablesDoNot() throws {
    for (name, content) in Self.files { try command.write("tree/" + name, content) }
    try command.write("tree/g.csv", "en,zh-Hans\nGolden Phoenix,凤\n")
    let result = try command.run("check", "tree", "--glossary", "g.csv", "--format", "jsonl")
    let files = Set(result.objects.compactMap { $0["file"] as? String })
    #expect(files == ["tree/a.tmx", "tree/a.xlf", "tree/b.xliff", "tree/zh_CN.po"])
  }

  @Test(arguments: [
    (
      "t.xlf",
      "<xliff version=\"1.2\"><file source-language=\"en\"><body><trans-unit><source>a</source></trans-unit></body></file></xliff>",
      "t.xlf:1: does not say its target language"
    ),
    ("t.xlf", "<xliff version=\"1.2\">\n<file></body></xliff>", "t.xlf:2"),
    ("t.po", "msgid \"a\"\nmsgstr \"\\q\"\n", "t.po:2:9: '\\q' is no escape"),
    ("t.csv", "en,zh\n\"a,b\n", "t.csv:2:1: the quoted field that starts here never ends"),
    ("t.po", "msgid \"\"\nmsgstr \"\"\n", "t.po: holds no unit with both languages"),
  ])
  func brokenFilesAreTroubleAndNotClean(name: String, content: String, message: String) throws {
    try command.write(name, content)
    let result = try command.run("check", name, "--glossary", "g.csv")
    #expect(result.status == 2)
    #expect(result.errors.contains(message), "\(result.errors)")
    #expect(result.output == "")
  }

  /// A unit that waits for its translation lacks more than a term.
  @Test func anUntranslatedUnitIsNoMissingTerm() throws {
    try command.write(
      "zh_CN.po",
      "msgid \"\"\nmsgstr \"Language: zh_CN\\n\"\n\nmsgid \"The Golden Phoenix.\"\nmsgstr \"\"\n\n"
        + "msgid \"The Golden Phoenix came.\"\nmsgstr \"凤凰来了。\"\n")
    let result = try command.run("check", "zh_CN.po", "--glossary", "g.csv", "--format", "jsonl")
    let (_, target) = try missing(result)
    #expect(
      String(decoding: Array(try command.read("zh_CN.po").utf8)[target], as: UTF8.self) == "凤凰来了。")
  }

  @Test func extractReadsThemToo() throws {
    for (name, content) in Self.files.prefix(4) { try command.write(name, content) }
    for (name, _) in Self.files.prefix(4) {
      #expect(try command.run("extract", name).status == 0)
    }
  }
}
