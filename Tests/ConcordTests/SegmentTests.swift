import Foundation
import Testing

/// `concord segment` as a tool of its own.
@Suite struct SegmentTests {
  private let command: Command

  init() throws {
    command = try Command()
    try command.write("a.txt", "Dr. Li came; he spoke. They left.\n")
    try command.write("house.srx", Self.srx)
  }

  private static let srx = """
    <?xml version="1.0" encoding="UTF-8"?>
    <srx xmlns="http://www.lisa.org/srx20" version="2.0">
      <header cascade="yes"/>
      <body>
        <languagerules>
          <languagerule languagerulename="English">
            <rule break="no"><beforebreak>Dr\\.</beforebreak><afterbreak>\\s</afterbreak></rule>
            <rule break="yes"><beforebreak>[.;]</beforebreak><afterbreak>\\s</afterbreak></rule>
          </languagerule>
        </languagerules>
        <maprules><languagemap languagepattern="EN.*" languagerulename="English"/></maprules>
      </body>
    </srx>

    """

  private func sentences(_ arguments: String...) throws -> [String] {
    try command.run(["segment"] + arguments).lines
  }

  @Test func cutsByTheRulesOfAFile() throws {
    #expect(try sentences("a.txt") == ["Dr. Li came; he spoke.", "They left."])
    #expect(
      try sentences("--rules", "house.srx", "a.txt") == ["Dr. Li came;", "he spoke.", "They left."])
  }

  @Test func printsItsOwnRulesToCopyAndChange() throws {
    let printed = try command.run("segment", "--print-rules", "-o", "own.srx")
    #expect(printed.status == 0 && printed.output.isEmpty && printed.errors.isEmpty)
    #expect(try command.run("segment", "--print-rules").output == command.read("own.srx"))
    #expect(try sentences("--rules", "own.srx", "a.txt") == sentences("a.txt"))
    let changed = try command.read("own.srx").replacingOccurrences(
      of: "<languagerule languagerulename=\"Chinese\">",
      with: "<languagerule languagerulename=\"Chinese\"><rule break=\"yes\">"
        + "<beforebreak>；</beforebreak><afterbreak>.</afterbreak></rule>")
    try command.write("own.srx", changed)
    try command.write("b.zh.txt", "价格下降；销量上升。很好。\n")
    #expect(try sentences("b.zh.txt") == ["价格下降；销量上升。", "很好。"])
    #expect(try sentences("--rules", "own.srx", "b.zh.txt") == ["价格下降；", "销量上升。", "很好。"])
  }

  @Test func aProjectNamesItsRules() throws {
    try command.write("concord.yml", "languages: [en, zh-Hans]\nsegmentation: house.srx\n")
    #expect(try sentences("a.txt") == ["Dr. Li came;", "he spoke.", "They left."])
    try command.write("sub/a.txt", "One; two.\n")
    #expect(try sentences("sub/a.txt") == ["One;", "two."])
    try command.write("concord.yml", "segmentaton: house.srx\n")
    let typo = try command.run("segment", "a.txt")
    #expect(typo.status == 2 && typo.errors.contains("did you mean 'segmentation'?"))
    try command.write("concord.yml", "segmentation: nosuch.srx\n")
    #expect(
      try command.run("segment", "a.txt").errors.contains(
        "concord.yml: 'segmentation' names 'nosuch.srx', and there is no such file"))
  }

  @Test func saysWhenAFileHasNoRulesForALanguage() throws {
    try command.write("b.zh.txt", "重庆。成都。\n")
    let result = try command.run("segment", "--rules", "house.srx", "a.txt", "b.zh.txt", "b.zh.txt")
    #expect(result.status == 0)
    #expect(result.lines.last == "重庆。成都。")
    #expect(
      result.errors
        == "concord: warning: house.srx: maps no rules to zh-Hans: its paragraphs are not cut\n")
  }

  @Test(arguments: [
    ("a(b", "house.srx:7: the beforebreak a(b is no regular expression of ICU's: a parenthesis"),
    (
      "((?:\\w+)+)\\1x", "house.srx:7: the pattern ((?:\\w+)+)\\1x cannot be matched here: it takes"
    ),
  ])
  func aBrokenRuleIsNamed(_ pattern: String, _ message: String) throws {
    try command.write(
      "house.srx", Self.srx.replacingOccurrences(of: "Dr\\.", with: pattern))
    try command.write("a.txt", String(repeating: "a", count: 3000) + "\n")
    let result = try command.run("segment", "--rules", "house.srx", "--language", "en", "a.txt")
    #expect(result.status == 2)
    #expect(result.errors.hasPrefix("concord: " + message), "\(result.errors)")
    #expect(result.output.isEmpty)
  }

  @Test func damageIsToldAndOffsetsStayTrue() throws {
    let bytes =
      Array("It is w".utf8) + [0xFF] + Array("rm.".utf8) + [0x00] + Array(" He left.".utf8)
    try command.write("d.txt", Data(bytes))
    let result = try command.run("segment", "--language", "en", "--format", "jsonl", "d.txt")
    #expect(result.status == 0)
    #expect(
      result.errors
        == "concord: warning: d.txt: 1 place cannot be decoded and stands as U+FFFD, the first at "
        + "byte 7; 1 NUL is kept, the first at byte 11\n")
    #expect(result.objects.map { $0["start"] as? Int } == [0, 11])
    #expect(result.objects.first?["text"] as? String == "It is w\u{FFFD}rm.")
    #expect(result.objects.map { $0["end"] as? Int } == [11, 21])
    // What other verbs make of it is trouble.
    let check = try command.run("check", "d.txt", "--glossary", Command.glossary)
    #expect(check.status == 2)
  }

  @Test func wordsKeepTheTermsOfAGlossary() throws {
    let text = "西部（重庆）科学城引进人才。"
    let plain = try command.run("segment", "--unit", "word", "--language", "zh", "-", input: text)
    #expect(plain.lines.prefix(3) == ["西部", "重庆", "科学"])
    let whole = try command.run(
      "segment", "--unit", "word", "--glossary", Command.glossary, "--language", "zh", "-",
      input: text)
    #expect(whole.lines == ["西部（重庆）科学城", "引进", "人才"])
    try command.run("init", "--quiet")
    try command.run("add", "talent recruitment", "引进人才")
    let own = try command.run("segment", "--unit", "word", "--language", "zh", "-", input: text)
    #expect(own.lines.last == "引进人才")
  }

  @Test func learnsWordsFromATextOfTheSameKind() throws {
    let text = "南京市长江大桥"
    let sample = String(repeating: "南京。市长。江大桥。\n", count: 2000)
    try command.write("l.zh.txt", sample)
    let plain = try command.run("segment", "--unit", "word", "--language", "zh", "-", input: text)
    #expect(plain.lines.prefix(2) == ["南京市", "长江"])
    let learnt = try command.run(
      "segment", "--unit", "word", "--learn", "l.zh.txt", "--language", "zh", "-", input: text)
    #expect(learnt.lines.prefix(2) == ["南京", "市长"])
    #expect(learnt.lines.joined() == text)
  }

  @Test func mistakesInTheCommandAreExplained() throws {
    for (arguments, message) in [
      (["segment"], "Name a file; - is standard input."),
      (["segment", "--print-rules", "a.txt"], "--print-rules takes no files."),
      (["segment", "--glossary", "g.csv", "a.txt"], "--glossary says how words are cut"),
      (["segment", "--rules", "a.txt", "a.txt"], "a.txt:1: is no SRX file"),
    ] {
      let result = try command.run(arguments)
      #expect(result.status == 2)
      #expect(result.errors.contains(message), "\(result.errors)")
    }
  }
}
