import Foundation
import Testing

/// `lint` on exchange files, and `--repair`.
@Suite struct ExchangeLintTests {
  private let command: Command

  init() throws { command = try Command() }

  private static func tmx(_ segment: String) -> String {
    """
    <?xml version="1.0" encoding="UTF-8"?>
    <!DOCTYPE tmx SYSTEM "tmx14.dtd">
    <tmx version="1.4"><header creationtool="t" creationtoolversion="1" segtype="sentence" \
    o-tmf="t" adminlang="en" srclang="en" datatype="plaintext"/><body>
    <tu><tuv xml:lang="en"><seg>\(segment)</seg></tuv>\
    <tuv xml:lang="zh-CN"><seg>文</seg></tuv></tu>
    </body></tmx>

    """
  }

  @Test func findingsHaveTheShapeOfCheck() throws {
    try command.write("m.tmx", Self.tmx("重庆 & b"))
    let text = try command.run("lint", "m.tmx")
    #expect(text.status == 1)
    #expect(text.output.hasPrefix("m.tmx:4:32: error[stray-ampersand]: “&” starts no reference"))
    #expect(text.output.contains("1 finding in 1 file: 1 error"))
    let object = try #require(try command.run("lint", "m.tmx", "--format", "jsonl").objects.first)
    #expect(object["rule"] as? String == "stray-ampersand")
    #expect(object["found"] as? String == "&")
    let start = try #require(object["start"] as? [String: Any])
    #expect(start["line"] as? Int == 4)
    #expect(start["column"] as? Int == 32)
    let file = Data(Self.tmx("重庆 & b").utf8)
    #expect(start["offset"] as? Int == file.firstIndex(of: 0x26))
    #expect((object["end"] as? [String: Any])?["column"] as? Int == 33)
    #expect(try command.run("lint", "m.tmx", "--fail-on", "never").status == 0)
  }

  @Test func aCleanFileIsClean() throws {
    try command.write("m.tmx", Self.tmx("a"))
    let result = try command.run("lint", "m.tmx", "--fail-on", "info")
    #expect(result.status == 0)
    #expect(result.output == "")
    #expect(result.errors == "no findings in 1 file\n")
  }

  @Test func repairWritesAndCounts() throws {
    try command.write("m.tmx", Self.tmx("a & b < c"))
    let result = try command.run("lint", "--repair", "m.tmx", "-o", "out.tmx")
    #expect(result.status == 0)
    #expect(
      result.errors == "out.tmx: 2 faults mended (1 stray-ampersand, 1 stray-bracket), none left\n")
    #expect(result.output.contains("m.tmx:4:31: error[stray-ampersand]"))
    #expect(result.output.contains("— mended: &amp; written"))
    #expect(try command.read("out.tmx") == Self.tmx("a &amp; b &lt; c"))
    // What was given stays as it was, unless it is named.
    #expect(try command.read("m.tmx") == Self.tmx("a & b < c"))
    #expect(try command.run("lint", "--repair", "m.tmx", "-o", "m.tmx").status == 0)
    #expect(try command.read("m.tmx") == Self.tmx("a &amp; b &lt; c"))
    let again = try command.run("lint", "--repair", "m.tmx", "-o", "again.tmx")
    #expect(again.errors == "again.tmx: nothing to mend, written as it was\n")
    #expect(try command.read("again.tmx") == Self.tmx("a &amp; b &lt; c"))
  }

  @Test func whatIsLeftDecidesTheExitCode() throws {
    try command.write("m.tmx", Self.tmx("a &").replacingOccurrences(of: "zh-CN", with: "Chinese"))
    let result = try command.run("lint", "--repair", "m.tmx", "-o", "out.tmx")
    #expect(result.status == 1)
    #expect(result.errors == "out.tmx: 1 fault mended (1 stray-ampersand), 1 left\n")
  }

  @Test func repairToStandardOutputIsTheFileAlone() throws {
    let result = try command.run(
      "lint", "--repair", "-", "-o", "-", input: Self.tmx("a & b"))
    #expect(result.status == 0)
    #expect(result.output == Self.tmx("a &amp; b"))
  }

  @Test func repairWithoutAPlaceOrOfAGlossaryIsTrouble() throws {
    try command.write("m.tmx", Self.tmx("a"))
    try command.write("g.csv", "en,zh-Hans\nbird,鸟\n")
    #expect(try command.run("lint", "--repair", "m.tmx").status == 2)
    #expect(try command.run("lint", "--repair", "m.tmx", "g.csv", "-o", "x").status == 2)
    let glossary = try command.run("lint", "--repair", "g.csv", "-o", "out.csv")
    #expect(glossary.status == 2)
    #expect(glossary.errors.contains("only exchange files can be repaired"))
    #expect(!command.exists("out.csv"))
    try command.write("no.tmx", "<html/>")
    #expect(try command.run("lint", "--repair", "no.tmx", "-o", "out.tmx").status == 2)
    #expect(!command.exists("out.tmx"))
  }

  @Test func filesAreKnownByTheirContentToo() throws {
    try command.write("memory.xml", Self.tmx("a & b"))
    #expect(try command.run("lint", "memory.xml", "--format", "jsonl").objects.count == 1)
    try command.write("other.xml", "<html/>")
    #expect(try command.run("lint", "other.xml").status == 2)
  }

  @Test func glossariesAndExchangeFilesAreJudgedInOneRun() throws {
    try command.write("m.tmx", Self.tmx("a & b"))
    try command.write("g.csv", "en,zh-Hans\nnb\u{A0}sp,空\n***,星\n")
    let objects = try command.run("lint", "m.tmx", "g.csv", "--format", "jsonl").objects
    #expect(
      objects.map { $0["rule"] as? String }
        == ["stray-ampersand", "unmatchable-term", "suspicious-whitespace"])
  }
}
