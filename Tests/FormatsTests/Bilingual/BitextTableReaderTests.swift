import Bitext
import Segmentation
import TestSupport
import Testing

@testable import Formats

@Suite struct BitextTableReaderTests {
  let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private func summary(_ text: ParallelText) -> String {
    "\(text.source.language) \(text.target.language): " + text.summaries.joined(separator: "; ")
  }

  @Test(arguments: [
    ("a.csv", "en,zh-Hans\na park,公园\n", "en zh-Hans: a park | 公园"),
    ("a.csv", "key,zh_CN,en,note\nk1,公园,a park,x\nk2,,b,\n", "zh_CN en: 公园 | a park;  | b"),
    ("a.csv", "id,English,中文\n1,a,甲\n", "en zh-Hans: a | 甲"),
    ("a.csv", "Source,Target\nthe park,这个公园\n", "en zh-Hans: the park | 这个公园"),
    (
      "a.csv", "the park is open,这个公园开了\nthe rivers,这些河\n",
      "en zh-Hans: the park is open | 这个公园开了; the rivers | 这些河"
    ),
    ("a.csv", "\"en\";\"zh\"\n\"a; \"\"b\"\"\";甲\n\n;\n", "en zh: a; \"b\" | 甲"),
    ("a.tsv", "en\tzh\tscore\n\"a\" b\t甲\t0.5\n", "en zh: \"a\" b | 甲"),
    ("a.tsv", "\u{FEFF}en\tzh\r\na\t甲\r\nb\t\r\n", "en zh: a | 甲; b | "),
    ("a.csv", "en,zh\n\"two\nlines\",\"两\r\n行\"\n", "en zh: two\nlines | 两\r\n行"),
  ])
  func columnsAreFound(name: String, content: String, expected: String) throws {
    #expect(summary(try directory.bilingual(name, content)) == expected)
  }

  @Test(arguments: [
    ("k,English,中文\n1,the park,这个公园\n", "English", "中文", "en zh-Hans: the park | 这个公园"),
    ("k,English,中文\n1,the park,这个公园\n", "中文", "english", "zh-Hans en: 这个公园 | the park"),
    (
      "1,the park,这个公园\n2,the river,这条河\n", "2", "3",
      "en zh-Hans: the park | 这个公园; the river | 这条河"
    ),
    ("k,en,zh-TW\n1,a,甲\n", "3", "2", "zh-TW en: 甲 | a"),
  ])
  func columnsThatAreNamedCount(content: String, source: String, target: String, expected: String)
    throws
  {
    let text = try directory.bilingual("a.csv", content, columns: (source, target))
    #expect(summary(text) == expected)
  }

  @Test func languagesThatAreWantedChooseTheirColumns() throws {
    let content = "en,ja,zh-Hans,zh-Hant\na,あ,甲们,甲們\n"
    func read(_ source: String?, _ target: String?) throws -> String {
      summary(
        try directory.bilingual(
          "a.csv", content,
          languages: (source.flatMap { LanguageTag($0) }, target.flatMap { LanguageTag($0) })))
    }
    #expect(try read(nil, nil) == "en ja: a | あ")
    #expect(try read(nil, "zh-TW") == "en zh-TW: a | 甲們")
    #expect(try read("zh-CN", "en") == "zh-CN en: 甲们 | a")
    #expect(try read("ja", nil) == "ja en: あ | a")
    #expect(try read(nil, "en") == "ja en: あ | a")
  }

  @Test(arguments: [
    ("a.csv", "en,zh\na,甲\n\nb\n", 4, "has 1 field"),
    ("a.csv", "en,zh\n\n\"a,甲\n", 3, "never ends"),
    ("a.tsv", "en\tzh\n甲\n", 2, "has 1 field"),
    ("a.csv", "", nil, "holds no row"), ("a.csv", "the one,the other\n", nil, "both look like en"),
    ("a.csv", "12,13\n", nil, "does not say its languages"),
    ("a.csv", "en,zh\n", nil, "holds no unit"),
  ])
  func brokenTablesAreTrouble(name: String, content: String, line: Int?, message: String) throws {
    let path = try directory.file(name, content)
    let trouble = #expect(throws: Trouble.self) {
      try BilingualFile.read(path, languages: (nil, nil), warn: { _ in })
    }
    #expect(trouble?.file == path)
    #expect(trouble?.line == line)
    #expect(trouble?.message.contains(message) == true, "\(trouble?.description ?? "")")
  }

  @Test func aColumnThatIsMissingIsNamed() throws {
    for (columns, message) in [
      (("en", "fr"), "has no column 'fr': it has 2, en, zh"), (("1", "3"), "has no column '3'"),
      (("en", "1"), "are one column"), (("0", "1"), "has no column '0'"),
    ] {
      let trouble = #expect(throws: Trouble.self) {
        try directory.bilingual("a.csv", "en,zh\na,甲\n", columns: columns)
      }
      #expect(trouble?.message.contains(message) == true, "\(trouble?.description ?? "")")
    }
  }

  /// The reader that keeps no places is the oracle.
  @Test(arguments: [Delimiter.comma, .semicolon, .tab])
  func randomTablesAreCutAsTheOtherReaderCutsThem(_ delimiter: Delimiter) throws {
    let pieces = [
      "a", "术", ",", ";", "\t", "\"", "\"\"", "\n", "\r\n", "\r", " ", "é", "\"x\"", "b,c",
      "'", "=", "'=", "＝",
    ]
    var random = SeededGenerator(seed: 11)
    for _ in 0..<3000 {
      let content = random.text(of: pieces, upTo: 14)
      let decoded = try decodeText(Array(content.utf8), file: "a")
      let expected = try? delimitedRows(decoded.utf8, delimiter: delimiter, file: "a")
        .map { delimiter.quotes ? $0.fields.map(FormulaGuard.unguarded) : $0.fields }
        .filter { !$0.allSatisfy(\.isBlank) }
      var cells = BitextCells(decoded, delimiter: delimiter, file: "a")
      var rows: [[String]]? = []
      do {
        while let row = try cells.next() {
          rows?.append(row.fields.map { String(decoding: $0.utf8, as: UTF8.self) })
          for field in row.fields {
            for (index, byte) in field.utf8.enumerated() {
              let raw = decoded.utf8[field.positions.source(index..<index + 1)]
              let isWhole = raw.elementsEqual([byte])
              #expect(isWhole || byte == 0x22 && raw.elementsEqual([0x22, 0x22]))
            }
          }
        }
      } catch { rows = nil }
      #expect(rows == expected, "\(content.debugDescription)")
    }
  }
}
