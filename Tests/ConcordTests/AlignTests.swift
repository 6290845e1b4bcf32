import Foundation
import TestSupport
import Testing

/// `align` on two documents, as people who have not read a manual use it.
@Suite struct AlignTests {
  private let command: Command

  init() throws {
    command = try Command()
    try command.write(
      "a.en.txt", "The new park opens in May.\n\"Tickets,\" he said, \"are free.\"\n")
    try command.write("a.zh.txt", "新公园五月开园。\n“门票免费，”他说。\n")
  }

  @Test func csvOpensInExcelAndComesBack() throws {
    let result = try command.run("align", "a.en.txt", "a.zh.txt", "-o", "out.csv")
    #expect(result.status == 0)
    let bytes = try Data(contentsOf: URL(fileURLWithPath: command.path("out.csv")))
    #expect(bytes.starts(with: [0xEF, 0xBB, 0xBF]))
    let lines = String(decoding: bytes.dropFirst(3), as: UTF8.self).split(separator: "\n")
    #expect(lines.count == 3 && lines[0] == "en,zh-Hans,score")
    // A quote that opens a field is doubled: else it would take in all cells up to the next one.
    #expect(lines[2].hasPrefix("\"\"\"Tickets,\"\" he said, \"\"are free.\"\"\",“门票免费，”他说。,"))
    try command.run("init", "--quiet")
    let imported = try command.run("import", "out.csv", "--as", "memory", "--format", "jsonl")
    #expect(imported.objects.first?["added"] as? Int == 2)
    let found = try command.run(
      "search", "\"Tickets,\" he said, \"are free.\"", "--format", "jsonl")
    #expect(found.objects.first?["target"] as? String == "“门票免费，”他说。")
  }

  @Test func outputNamedByAHyphenIsStandardOutput() throws {
    let result = try command.run("align", "a.en.txt", "a.zh.txt", "-o", "-", "--format", "tsv")
    #expect(result.output.hasPrefix("en\tzh-Hans\tscore\n"))
    #expect(!command.exists("-"))
  }

  @Test func reviewStartsWithTheDoubtfulBeadsInTheirPlace() throws {
    // Nothing that the third line says is in the translation.
    try command.write(
      "b.en.txt", "The new park opens in May.\n\nXyzzy plugh frobnicate.\n\nTickets are free.\n")
    try command.write("b.zh.txt", "新公园五月开园。\n\n他买了三条蓝色的鱼。\n\n门票免费。\n")
    let beads = try command.run(
      "align", "b.en.txt", "b.zh.txt", "--review", "--format", "jsonl")
    let scores = beads.objects.compactMap { $0["score"] as? Double }
    #expect(scores.count >= 3 && scores == scores.sorted())
    let text = try command.run("align", "b.en.txt", "b.zh.txt", "--review").output
    let doubtful = scores.count { $0 < 0.5 }
    #expect(text.components(separatedBy: "  b.en.txt:").count - 1 == doubtful)
    if doubtful > 0 {
      #expect(text.contains("\n  b.en.txt:3\n    The new park opens in May.\n  > "))
    }
    // Without --review, no places.
    #expect(try !command.run("align", "b.en.txt", "b.zh.txt").output.contains("b.en.txt:"))
  }

  @Test func summaryIsForTerminalsAlone() throws {
    let plain = try command.run("align", "a.en.txt", "a.zh.txt", "-o", "out.tsv")
    #expect(plain.errors == "")
    #if os(Linux)
      guard let script = Judge("script")?.url else { return Judge.skipped("script") }
      func onTerminal(_ options: String) throws -> String {
        try command.run(
          [
            "-qec",
            "'\(Command.binary.path)' align a.en.txt a.zh.txt -o out.tsv \(options)", "/dev/null",
          ], program: script
        ).output
      }
      #expect(try onTerminal("").contains("2 beads, none doubtful"))
      #expect(try onTerminal("--quiet") == "")
    #endif
  }

  @Test func sentencesThatStandElsewhereAreMarkedAsMoved() throws {
    // Two articles, in the other order on the other side.
    func article(_ number: String, _ language: String) throws -> String {
      try String(
        contentsOfFile: Command.fixture("articles/gold/\(number).\(language)"), encoding: .utf8)
    }
    try command.write("m.en.txt", article("05", "en") + article("06", "en"))
    try command.write("m.zh.txt", article("06", "zh") + article("05", "zh"))
    let beads = try command.run("align", "m.en.txt", "m.zh.txt", "--format", "jsonl").objects
    let moved = beads.filter { $0["moved"] != nil }
    #expect(!moved.isEmpty && moved.count < beads.count)
    #expect(moved.allSatisfy { $0["moved"] as? Bool == true })
    for side in ["source", "target"] {
      let numbers = beads.flatMap { $0[side] as? [Int] ?? [] }
      #expect(Set(numbers) == Set(0..<numbers.count))
    }
    // What is moved stands where the source has it, as text and in tables, too.
    let text = try command.run("align", "m.en.txt", "m.zh.txt").output
    #expect(text.components(separatedBy: "-1 moved  ").count - 1 <= moved.count)
    #expect(text.contains(" moved  "))
    let rows = try command.run("align", "m.en.txt", "m.zh.txt", "--format", "tsv").lines
    #expect(rows.count == beads.count + 1)
  }

  // MARK: Files as Word and other programs write them

  @Test(arguments: ["utf-16", "gb18030", "cp1252"])
  func textSavedFromWordIsAligned(encoding: String) throws {
    let english = """
      INVESTMENT GUIDE\r
      \r
      Page 1\r
      \r
      1.\u{A0}Introduction\r
      The city\u{2019}s new zone, opened in\u{A0}2017, covers 120 square kilometres.\r
      \u{201C}We want to be the gateway to the west,\u{201D} said the mayor.\r
      \r
      2\r
      \r
      Trains take 12 days. Goods worth 30 billion yuan were carried last year.\r
      """
    let chinese = """
      投资指南\r
      \r
      第1页\r
      \r
      1．\u{3000}引言\r
      \u{3000}\u{3000}2017年设立的新区面积120平方公里。\r
      \u{3000}\u{3000}“我们要成为西部的门户，”市长说。\r
      \r
      - 2 -\r
      \r
      \u{3000}\u{3000}列车需12天。去年运输货物价值300亿元。\r
      """
    try command.write("guide.txt", try #require(Self.encode(english, encoding)))
    try command.write(
      "zhinan.txt", try #require(Self.encode(chinese, encoding == "utf-16" ? "utf-16" : "gb18030")))
    let result = try command.run("align", "guide.txt", "zhinan.txt", "--format", "jsonl")
    #expect(result.status == 0, "\(result.errors)")
    let pairs = result.objects.map {
      "\($0["sourceText"] as? String ?? "") | \($0["targetText"] as? String ?? "")"
    }
    #expect(
      pairs == [
        "INVESTMENT GUIDE | 投资指南", "Page 1 | 第1页", "1.\u{A0}Introduction | 1．\u{3000}引言",
        "The city\u{2019}s new zone, opened in\u{A0}2017, covers 120 square kilometres."
          + " | 2017年设立的新区面积120平方公里。",
        "\u{201C}We want to be the gateway to the west,\u{201D} said the mayor."
          + " | “我们要成为西部的门户，”市长说。", "2 | - 2 -", "Trains take 12 days. | 列车需12天。",
        "Goods worth 30 billion yuan were carried last year. | 去年运输货物价值300亿元。",
      ])
  }

  private static func encode(_ text: String, _ encoding: String) -> Data? {
    switch encoding {
    case "utf-16": text.data(using: .utf16LittleEndian).map { Data([0xFF, 0xFE]) + $0 }
    case "cp1252": text.data(using: .windowsCP1252)
    default: iconv(text, to: encoding)
    }
  }

  /// Foundation on Linux has no GB18030.
  private static func iconv(_ text: String, to encoding: String) -> Data? {
    guard let program = Judge("iconv")?.url else { return nil }
    let process = Process()
    process.executableURL = program
    process.arguments = ["-f", "utf-8", "-t", encoding]
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    guard (try? process.run()) != nil else { return nil }
    try? input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
    try? input.fileHandleForWriting.close()
    return try? output.fileHandleForReading.readToEnd()
  }
}
