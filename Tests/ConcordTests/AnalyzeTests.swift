import Foundation
import Testing

@Suite struct AnalyzeTests {
  private let command: Command

  init() throws {
    command = try Command()
    try command.run("init", "--quiet")
  }

  private func memory(_ units: [(source: String, target: String)], target: String = "zh-CN") throws
  {
    let body = units.map { unit in
      "<tu><tuv xml:lang='en'><seg>\(unit.source)</seg></tuv>"
        + "<tuv xml:lang='\(target)'><seg>\(unit.target)</seg></tuv></tu>"
    }.joined(separator: "\n")
    try command.write(
      "\(target).tmx",
      "<?xml version='1.0'?><tmx version='1.4'><header creationtool='x' creationtoolversion='1' "
        + "segtype='sentence' o-tmf='x' adminlang='en' srclang='en' datatype='plaintext'/><body>"
        + body + "</body></tmx>")
    let result = try command.run("import", "\(target).tmx")
    #expect(result.status == 0, "\(result.errors)")
  }

  /// The segments of a table by band, without the bands that have none.
  private func segments(_ object: [String: Any]) -> [String: Int] {
    let bands = object["bands"] as? [String: [String: Int]] ?? [:]
    return bands.compactMapValues { $0["segments"] }.filter { $0.value > 0 }
  }

  private func analyze(_ arguments: String...) throws -> [[String: Any]] {
    let result = try command.run(["analyze", "--format", "jsonl"] + arguments)
    #expect(result.status == 0, "\(result.errors)")
    return result.objects
  }

  /// Twenty letters, so that each that is changed is five per cent.
  private static let sentence = "abcdefghijklmnopqrst"

  private static func changed(_ count: Int) -> String {
    String(repeating: "0", count: count) + sentence.dropFirst(count)
  }

  @Test func eachSegmentIsInOneBandAndTheWholeAddsUp() throws {
    try memory([(Self.sentence, "一句话。")])
    let lines = [
      Self.sentence, Self.changed(1), Self.changed(2), Self.changed(3), Self.changed(4),
      Self.changed(5), Self.changed(6), Self.changed(10), Self.changed(11), Self.changed(11),
      Self.sentence.uppercased(),
    ]
    try command.write("a.en.txt", lines.joined(separator: "\n\n") + "\n")
    let table = try #require(try analyze("a.en.txt").first)
    #expect(
      segments(table) == [
        "exact": 2, "fuzzy95": 1, "fuzzy85": 2, "fuzzy75": 2, "fuzzy50": 2, "new": 1,
        "repetition": 1,
      ])
    #expect(table["segments"] as? Int == 11)
    #expect(table["words"] as? Int == 11)
    #expect(table["characters"] as? Int == 11 * 20)
    #expect(table["language"] as? String == "en")
    let strict = try #require(try analyze("a.en.txt", "--min-score", "0.85").first)
    #expect(
      segments(strict) == ["exact": 2, "fuzzy95": 1, "fuzzy85": 2, "new": 5, "repetition": 1])
  }

  @Test func repetitionsWithinAFileAndAcrossFilesAreToldApart() throws {
    try memory([("Known already.", "早已知道。")])
    try command.write("a.en.txt", "A new one.\n\nA NEW one.\n\nKnown already.\n\nKnown already.\n")
    try command.write("b.en.txt", "A new one.\n\nA new one.\n\nKnown already.\n\nOnly here.\n")
    let tables = try analyze("a.en.txt", "b.en.txt")
    #expect(tables.count == 3)
    #expect(segments(tables[0]) == ["new": 1, "repetition": 1, "exact": 2])
    #expect(
      segments(tables[1]) == ["new": 1, "crossFileRepetition": 1, "repetition": 1, "exact": 1])
    #expect(tables[2]["file"] is NSNull)
    #expect(
      segments(tables[2]) == ["new": 2, "crossFileRepetition": 1, "repetition": 2, "exact": 3])
  }

  @Test func aSentenceBetweenTheSameSentencesIsAMatchInContext() throws {
    try command.write("old.en.txt", "The gate opens.\n\nPress the key.\n\nThe gate closes.\n")
    try command.write("old.zh.txt", "大门打开。\n\n按下按键。\n\n大门关闭。\n")
    #expect(try command.run("align", "old.en.txt", "old.zh.txt", "--save", "-q").status == 0)
    try command.write(
      "new.en.txt",
      "The gate opens.\n\nPress the key.\n\nThe gate closes.\n\nA word.\n\nPress the key.\n")
    let table = try #require(try analyze("new.en.txt").first)
    // The third is followed by another one than in the memory; the last has other neighbours too.
    #expect(segments(table) == ["context": 2, "exact": 2, "new": 1])
  }

  @Test func contextHoldsAcrossTheBlocksOfALargeFile() throws {
    // One more than a block, and some.
    let count = 1100
    for (name, text) in [("old.en.txt", "Sentence NUMBER of many."), ("old.zh.txt", "第NUMBER句。")] {
      let lines = (0..<count).map { text.replacingOccurrences(of: "NUMBER", with: "\($0)") }
      try command.write(name, lines.joined(separator: "\n\n") + "\n")
    }
    let aligned = try command.run("align", "old.en.txt", "old.zh.txt", "--save", "-q")
    #expect(aligned.status == 0, "\(aligned.errors)")
    let table = try #require(try analyze("old.en.txt", "--min-score", "1").first)
    #expect(table["segments"] as? Int == count)
    #expect(segments(table) == ["context": count])
  }

  @Test func bothSidesOfTheMemoryCountAndOtherLanguagesDoNot() throws {
    try memory([("The port is open.", "港口开放。")])
    try memory([("Only in Taiwan.", "只在臺灣。")], target: "zh-TW")
    try command.write("a.zh.txt", "港口开放。\n")
    #expect(segments(try #require(try analyze("a.zh.txt").first)) == ["exact": 1])
    try command.write("b.en.txt", "The port is open.\n\nOnly in Taiwan.\n")
    let simplified = try analyze("b.en.txt", "--target-language", "zh-Hans")
    #expect(segments(try #require(simplified.first)) == ["exact": 1, "new": 1])
    let traditional = try analyze("b.en.txt", "--target-language", "zh-TW")
    #expect(segments(try #require(traditional.first)) == ["exact": 1, "new": 1])
    let french = try command.run("analyze", "b.en.txt", "--target-language", "fr")
    #expect(french.status == 0)
    #expect(french.errors.contains("the memory has no unit in en–fr"))
  }

  @Test func manyUnitsOfAnotherLanguageDoNotHideTheRightOne() throws {
    try memory([("Save the file.", "保存文件。")])
    try memory((0..<70).map { ("Save the file.", "儲存檔案 \($0)。") }, target: "zh-TW")
    try command.write("a.en.txt", "Save the file.\n")
    let table = try analyze("a.en.txt", "--target-language", "zh-CN")
    #expect(segments(try #require(table.first)) == ["exact": 1])
  }

  @Test func bilingualFilesCountTheirSourcesTranslatedOrNot() throws {
    try memory([("Open", "打开")])
    try command.write(
      "a.po",
      "msgid \"\"\nmsgstr \"Language: zh_CN\\nContent-Type: text/plain; charset=UTF-8\\n\"\n\n"
        + "msgid \"Open\"\nmsgstr \"\"\n\nmsgid \"Close\"\nmsgstr \"关闭\"\n\n"
        + "#, fuzzy\nmsgid \"Quit\"\nmsgstr \"退\"\n\n#~ msgid \"Gone\"\n#~ msgstr \"没了\"\n")
    try command.write(
      "a.xlf",
      "<?xml version='1.0'?>\n<xliff version='1.2' "
        + "xmlns='urn:oasis:names:tc:xliff:document:1.2'><file original='a' datatype='plaintext' "
        + "source-language='en' target-language='zh-CN'><body>"
        + "<trans-unit id='1'><source>Open</source></trans-unit>"
        + "<trans-unit id='2'><source>Close</source><target>关闭</target></trans-unit>"
        + "</body></file></xliff>\n")
    let tables = try analyze("a.po", "a.xlf")
    #expect(segments(tables[0]) == ["exact": 1, "new": 2])
    #expect(segments(tables[1]) == ["exact": 1, "crossFileRepetition": 1])
  }

  @Test func textIsATableAndCSVHasEachFile() throws {
    try memory([("Known already.", "早已知道。")])
    try command.write("a.en.md", "# Known already.\n\nThe bridge was opened in May.\n")
    try command.write("=b.en.md", "The bridge was opened in May.\n")
    let text = try command.run("analyze", "a.en.md")
    #expect(
      text.output == """
        a.en.md (en)                segments     words    %  characters
        context (101 %)                    0         0    0           0
        exact (100 %)                      1         2   25          13
        repetitions                        0         0    0           0
        repetitions across files           0         0    0           0
        95–99 %                            0         0    0           0
        85–94 %                            0         0    0           0
        75–84 %                            0         0    0           0
        50–74 %                            0         0    0           0
        new                                1         6   75          24
        total                              2         8  100          37

        """)
    let sum = try command.run("analyze", "a.en.md", "=b.en.md")
    #expect(sum.lines.first?.hasPrefix("all files ") == true)
    #expect(sum.lines.count == 11)
    let each = try command.run("analyze", "a.en.md", "=b.en.md", "--by-file")
    #expect(each.lines.count == 33)
    let csv = try command.run("analyze", "a.en.md", "=b.en.md", "--format", "csv")
    #expect(csv.lines.count == 31)
    #expect(csv.lines[0] == "file,language,match,segments,words,characters")
    #expect(csv.lines[2] == "a.en.md,en,exact,1,2,13")
    #expect(csv.lines[14] == "'=b.en.md,en,crossFileRepetition,1,6,24")
    #expect(csv.lines[30] == ",,total,3,14,61")
  }

  @Test func aFolderIsSearchedForFilesOfTheSourceAlone() throws {
    try memory([("Known already.", "早已知道。")])
    try command.write("docs/a.en.txt", "Known already.\n")
    try command.write("docs/a.zh.txt", "早已知道。\n")
    try command.write("docs/zh_CN.po", "msgid \"Known already.\"\nmsgstr \"早已知道。\"\n")
    let both = try command.run("analyze", "docs", "--format", "jsonl")
    #expect(both.objects.count == 4)
    let source = try command.run(
      "analyze", "docs", "--source-language", "en", "--format", "jsonl")
    #expect(source.status == 0)
    #expect(source.objects.count == 3)
    #expect(source.errors == "1 file in another language is left out\n")
    try command.write("zh/b.md", "早已知道。\n")
    let none = try command.run("analyze", "zh", "--source-language", "en")
    #expect(none.status == 2)
    #expect(none.errors.contains("zh: holds no file in en"))
    // Who names a file means it.
    let named = try analyze("docs/a.zh.txt", "--source-language", "en")
    #expect(segments(try #require(named.first)) == ["new": 1])
  }

  @Test func nothingInTheMemoryIsSaidAndBrokenFilesAreTrouble() throws {
    try command.write("a.en.txt", "A sentence.\n")
    try command.write("empty.en.txt", "\n")
    let empty = try command.run("analyze", "a.en.txt", "empty.en.txt")
    #expect(empty.status == 0)
    #expect(empty.errors.contains("the memory is empty"))
    #expect(empty.errors.contains("empty.en.txt: holds no text to analyse"))
    try command.write("bad.xlf", "<xliff><file>")
    let broken = try command.run("analyze", "bad.xlf", "a.en.txt", "--format", "jsonl")
    #expect(broken.status == 2)
    #expect(broken.errors.contains("bad.xlf"))
    #expect(broken.objects.first?["file"] as? String == "a.en.txt")
    #expect(try command.run("analyze", "absent.en.txt").status == 2)
    #expect(try command.run("analyze", "a.en.txt", "--min-score", "70").status == 2)
  }

  @Test func aFileWithTroubleLeavesNoRepetitionsBehind() throws {
    try memory([("Known already.", "早已知道。")])
    try command.write(
      "bad.xlf",
      "<xliff version='1.2' xmlns='urn:oasis:names:tc:xliff:document:1.2'><file original='a' "
        + "datatype='plaintext' source-language='en' target-language='zh'><body>"
        + "<trans-unit id='1'><source>Seen here.</source></trans-unit></bod>")
    try command.write("a.en.txt", "Seen here.\n")
    let result = try command.run("analyze", "bad.xlf", "a.en.txt", "--format", "jsonl")
    #expect(result.status == 2)
    #expect(segments(try #require(result.objects.first)) == ["new": 1])
  }
}
