import Foundation
import Testing

/// Trouble is exit code 2, one clear line, and nothing half written.
@Suite struct BadInputTests {
  private let command: Command

  init() throws {
    command = try Command()
    try command.run("init", "--quiet")
    try command.write("good.csv", "en,zh-Hans\nGolden Phoenix,金凤凰\n")
    try command.write("a.en.md", "The Golden Phoenix program opened in the city.\n")
    try command.write("a.zh.md", "“金凤凰”项目在本市启动。\n")
  }

  /// A file, the command on it, and what the one line must say.
  private static let files:
    [(name: String, content: [UInt8], arguments: [String], message: String)] = [
      (
        "none", [], ["check", "nosuch.md", "--glossary", "good.csv"],
        "nosuch.md: cannot be read: no such file"
      ),
      (
        "b.md", [0x00, 0x01, 0x02, 0x00, 0xFF], ["check", "b.md", "--glossary", "good.csv"], "b.md"
      ),
      (
        "u.md",
        Array("text \n bad ".utf8) + [0xC3]
          + Array(" byte in English text that goes on for a while, and on".utf8),
        ["check", "u.md", "--glossary", "good.csv"], "u.md:2"
      ),
      ("e.csv", [], ["import", "e.csv"], "e.csv: holds no term"),
      (
        "h.csv", Array("en,zh-Hans\n".utf8), ["check", "a.en.md", "--glossary", "h.csv"],
        "holds no term"
      ),
      (
        "one.csv", Array("Golden Phoenix\nport\n".utf8), ["import", "one.csv"],
        "one.csv:1: has one column"
      ),
      (
        "same.csv", Array("port,harbour\nbridge,span\n".utf8), ["import", "same.csv"],
        "both columns look like en"
      ),
      (
        "wide.csv", Array("en,zh-Hans\nPort, Guoyuan,果园港\n".utf8), ["import", "wide.csv"],
        "wide.csv:2: has 3 fields"
      ),
      (
        "quote.csv", Array("en,zh-Hans\n\"port,港\n".utf8), ["import", "quote.csv"],
        "quote.csv:2: the quoted field"
      ),
      (
        "status.csv", Array("en,zh-Hans,status\nport,港,good\n".utf8), ["import", "status.csv"],
        "status.csv:2: the status 'good'"
      ),
      (
        "x.tmx", Array("<tmx version=\"1.4\"><header/><body><tu></body></tmx>".utf8),
        ["import", "x.tmx"], "x.tmx:1"
      ),
      ("y.tmx", Array("<html/>".utf8), ["import", "y.tmx"], "is no TMX file"),
      (
        "marks.csv", Array("en,zh-Hans\n——,……\n".utf8),
        ["check", "a.en.md", "--glossary", "marks.csv"], "no term that can be looked for"
      ),
    ]

  @Test(arguments: files.indices)
  func troubleIsOneClearLine(index: Int) throws {
    let (name, content, arguments, message) = Self.files[index]
    try command.write(name, Data(content))
    let result = try command.run(arguments)
    #expect(result.status == 2)
    #expect(result.errors.contains(message), "\(result.errors)")
    #expect(result.errors.split(separator: "\n").filter { !$0.contains("warning") }.count == 1)
    #expect(result.output == "")
    #expect(try command.run("list", "--format", "jsonl").output == "")
  }

  @Test func sidesInOneLanguageOrTheWrongOneAreTrouble() throws {
    try command.write("b.md", "Another English text about a new park in the city.\n")
    let same = try command.run("align", "a.en.md", "b.md")
    #expect(same.status == 2)
    #expect(same.errors.contains("both sides are in en"))
    try command.write("c.zh.md", "This says it is Chinese by its name, and it is English.\n")
    let wrong = try command.run("check", "c.zh.md", "--glossary", "good.csv")
    #expect(wrong.status == 2)
    #expect(wrong.errors.contains("c.zh.md"))
    let claimed = try command.run("align", "a.zh.md", "b.md", "--source-language", "en")
    #expect(claimed.status == 2)
  }

  @Test func oneBadFileAmongManyDoesNotStopTheOthers() throws {
    try command.write("b.md", Data([0, 1, 2, 0]))
    try command.write("bad.csv", "en,zh-Hans\nGolden Phoenix,金凤凰\n")
    try command.write("d.en.md", "The golden phoenix program.\n")
    let result = try command.run(
      "check", "b.md", "d.en.md", "--glossary", "good.csv", "--format", "jsonl")
    #expect(result.status == 2)
    #expect(result.errors.contains("b.md"))
    #expect(result.objects.map { $0["rule"] as? String } == ["term-style"])
    try command.write("folder/a.csv", "one column\n")
    try command.write("folder/b.csv", "en,zh-Hans\nisle,岛\n")
    let folder = try command.run("import", "folder")
    #expect(folder.status == 2)
    #expect(folder.errors.contains("folder/a.csv:1"))
    #expect(folder.output.contains("folder/b.csv: 1 concepts added"))
    let imported = try command.run("import", "nosuch.csv", "bad.csv")
    #expect(imported.status == 2)
    #expect(imported.output.contains("1 concepts added"))
  }

  @Test func rowsWithoutATargetAndDuplicatesAreWarningsOnly() throws {
    try command.write("w.csv", "en,zh-Hans\nport,港口\nstation,\nport,港口\n——,……\n")
    let result = try command.run("import", "w.csv")
    #expect(result.status == 0)
    #expect(result.errors.contains("w.csv:3: 'station' has no translation"))
    #expect(result.errors.contains("w.csv:4: 'port' is on line 2 already"))
    try command.write("p.en.md", "A port and a station.\n")
    let checked = try command.run("check", "p.en.md", "--glossary", "w.csv")
    #expect(checked.status == 0)
    #expect(checked.errors.contains("can never be found"))
    #expect(try command.run("import", "w.csv", "--quiet").errors == "")
  }

  @Test func nothingMatchedIsTroubleAndNotACleanRun() throws {
    #expect(try command.run("check", "docs/*.md", "--glossary", "good.csv").status == 2)
    try command.write("empty/readme.bin", "x")
    let result = try command.run("check", "empty", "--glossary", "good.csv")
    #expect(result.status == 2)
    #expect(result.errors.contains("holds no file to work on"))
  }

  @Test func languageWithoutTermsIsSaid() throws {
    try command.write("t.zh-Hant.md", "這是一座新公園，位於島上。\n")
    let result = try command.run("check", "t.zh-Hant.md", "--glossary", "good.csv")
    #expect(result.errors.contains("the glossary has no term in zh-Hant"))
  }

  @Test func misspeltKeysVerbsAndOptionsAreNamed() throws {
    try command.write("concord.yml", "langauges: [en]\n")
    let key = try command.run("list")
    #expect(key.status == 2)
    #expect(
      key.errors.contains("concord.yml:1:1: 'langauges' is not known: did you mean 'languages'?"))
    let verb = try command.run("chekc")
    #expect(verb.status == 2)
    #expect(verb.errors.contains("Did you mean 'concord check'?"))
    let option = try command.run("list", "--domian", "x")
    #expect(option.status == 2)
    #expect(option.errors.contains("--domain"))
  }

  @Test func resultFileIsWrittenWholeOrNotAtAll() throws {
    try command.write("out.csv", "precious\n")
    let result = try command.run("export", "--store", "nosuch.sqlite", "-o", "out.csv")
    #expect(result.status == 2)
    #expect(try command.read("out.csv") == "precious\n")
    #expect(try command.run("list", "-o", "no/such/folder/x.txt").status == 2)
    #expect(try command.run("export", "--format", "csv", "-o", ".").status == 2)
  }

  @Test func outsideAProjectTheWayOnIsShown() throws {
    let other = try Command()
    #expect(try other.run("list").errors.contains("concord init"))
    #expect(try other.run("add", "a b", "甲").status == 2)
    try other.write("a.md", "text")
    #expect(try other.run("check", "a.md").errors.contains("--glossary"))
    #expect(try other.run("check").errors.contains("no files to check"))
  }

  @Test func closedPipeIsSuccess() throws {
    var rows = "en,zh-Hans\n"
    for number in 0..<20_000 { rows += "term number \(number),词\(number)\n" }
    try command.write("many.csv", rows)
    try command.run("import", "many.csv")
    let shell = URL(fileURLWithPath: "/bin/bash")
    let script =
      "'\(Command.binary.path)' list --format jsonl | head -n 1 >/dev/null; echo ${PIPESTATUS[0]}"
    let result = try command.run(["-c", script], program: shell)
    #expect(result.output == "0\n")
    #expect(result.errors == "")
  }
}
