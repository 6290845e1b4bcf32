import Foundation
import Testing

@Suite struct ExchangeTests {
  private let command: Command

  init() throws {
    command = try Command()
    try command.run("init", "--quiet")
  }

  /// Layouts that people really have, all of the same two concepts.
  private static let layouts:
    [(name: String, text: String, encoding: String.Encoding, mark: [UInt8])] = [
      ("header.csv", "en,zh-Hans\nGolden Phoenix,金凤凰\n\"Port, Guoyuan\",果园港\n", .utf8, []),
      ("bare.csv", "Golden Phoenix,金凤凰\n\"Port, Guoyuan\",果园港\n", .utf8, []),
      ("chinese-first.csv", "金凤凰,Golden Phoenix\n果园港,\"Port, Guoyuan\"\n", .utf8, []),
      ("semicolon.csv", "English;中文\r\nGolden Phoenix;金凤凰\r\nPort, Guoyuan;果园港\r\n", .utf8, []),
      ("tabs.tsv", "en\tzh-Hans\nGolden Phoenix\t金凤凰\nPort, Guoyuan\t果园港\n", .utf8, []),
      ("tabs.csv", "Golden Phoenix\t金凤凰\nPort, Guoyuan\t果园港\n", .utf8, []),
      (
        "mark.csv", "en,zh-Hans\nGolden Phoenix,金凤凰\n\"Port, Guoyuan\",果园港\n", .utf8,
        [0xEF, 0xBB, 0xBF]
      ),
      (
        "wide.csv", "en,zh-Hans\nGolden Phoenix,金凤凰\n\"Port, Guoyuan\",果园港\n", .utf16LittleEndian,
        [0xFF, 0xFE]
      ),
      (
        "wide-unmarked.csv", "en,zh-Hans\nGolden Phoenix,金凤凰\n\"Port, Guoyuan\",果园港\n",
        .utf16BigEndian, []
      ),
      ("sides.csv", "source,target\nGolden Phoenix,金凤凰\n\"Port, Guoyuan\",果园港\n", .utf8, []),
    ]

  @Test(arguments: layouts.indices)
  func glossaryOfEveryLayoutComesIn(index: Int) throws {
    let (name, text, encoding, mark) = Self.layouts[index]
    let body = try #require(text.data(using: encoding))
    try command.write(name, Data(mark) + body)
    let result = try command.run("import", name)
    #expect(result.status == 0, "\(result.errors)")
    let exported = try command.run("export", "--format", "tsv", "--quiet").output
    #expect(exported.contains("Golden Phoenix") && exported.contains("金凤凰"))
    #expect(exported.contains("Port, Guoyuan") && exported.contains("果园港"))
    let again = try command.run("import", name, "--format", "jsonl").objects.first
    #expect(again?["added"] as? Int == 0)
    #expect(again?["unchanged"] as? Int == 2)
  }

  @Test func gb18030IsDetected() throws {
    // 金凤凰, 果园港, 营商环境, 高质量发展 in GB18030, as a spreadsheet in China saves them.
    let rows: [(String, [UInt8])] = [
      ("Golden Phoenix", [0xBD, 0xF0, 0xB7, 0xEF, 0xBB, 0xCB]),
      ("Guoyuan Port", [0xB9, 0xFB, 0xD4, 0xB0, 0xB8, 0xDB]),
      ("business environment", [0xD3, 0xAA, 0xC9, 0xCC, 0xBB, 0xB7, 0xBE, 0xB3]),
      ("high-quality development", [0xB8, 0xDF, 0xD6, 0xCA, 0xC1, 0xBF, 0xB7, 0xA2, 0xD5, 0xB9]),
    ]
    var data = Data()
    for (english, chinese) in rows { data += Data(english.utf8) + [0x2C] + Data(chinese) + [0x0A] }
    try command.write("gb.csv", data)
    let result = try command.run("import", "gb.csv")
    #expect(result.status == 0, "\(result.errors)")
    let exported = try command.run("export", "--format", "csv").output
    for term in ["金凤凰", "果园港", "营商环境", "高质量发展"] { #expect(exported.contains(term)) }
  }

  @Test(arguments: ["csv", "tsv"])
  func tableThatWasWrittenComesBackUnchanged(format: String) throws {
    try command.run("import", Command.glossary)
    try command.run(
      "add", "a \"quoted\", term | with a bar", "带，标点", "--note", "first line; \"second\", third")
    try command.run("export", "-o", "first.\(format)")
    let back = try command.run("import", "first.\(format)", "--format", "jsonl").objects.first
    #expect(back?["added"] as? Int == 0)
    #expect(back?["changed"] as? Int == 0)
    let other = try Command()
    try other.run("init", "--quiet")
    try other.write("first.\(format)", command.read("first.\(format)"))
    #expect(try other.run("import", "first.\(format)").status == 0)
    try other.run("export", "-o", "second.\(format)")
    #expect(try other.read("second.\(format)") == command.read("first.\(format)"))
  }

  @Test func exportOfAnEmptyHalfNamesTheOther() throws {
    try command.run("add", "port", "港口")
    let result = try command.run("export", "--format", "tmx", "-o", "x.tmx")
    #expect(result.status == 2)
    #expect(result.errors.contains("--as glossary"))
    #expect(!command.exists("x.tmx"))
    #expect(
      try command.run("export", "--format", "tmx", "--as", "glossary").output.contains(
        "<seg>港口</seg>"))
  }

  @Test func languageCodesAreMapped() throws {
    try command.write("t.csv", "en,zh\nport,港口\n")
    try command.run("import", "t.csv", "--map-language", "zh=zh-CN")
    #expect(try command.run("export", "--format", "csv").output.hasPrefix("id,domain,en,zh-CN,"))
    #expect(
      try command.run("export", "--format", "csv", "--map-language", "zh-CN=zh-Hans").output
        .hasPrefix("id,domain,en,zh-Hans,"))
  }

  @Test func exportsDoNotDependOnTheClock() throws {
    try command.run("import", Command.glossary, "--date", "2026-05-18")
    for format in ["csv", "tsv", "tbx"] {
      let first = try command.run("export", "--format", format).output
      #expect(try command.run("export", "--format", format).output == first)
      #expect(!first.isEmpty)
    }
    #expect(try command.run("export", "--format", "tbx").output.contains("<date>2026-05-18</date>"))
  }
}
