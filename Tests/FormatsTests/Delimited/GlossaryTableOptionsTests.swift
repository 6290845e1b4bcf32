import Bitext
import Segmentation
import TestSupport
import Testing

@testable import Formats

/// What a user says of a table that does not say it itself.
@Suite struct GlossaryTableOptionsTests {
  private func read(
    _ text: String, _ rules: String? = nil, delimiter: String? = nil, file: String = "terms.csv",
    undoesFormulaGuard: Bool = true
  ) throws -> GlossaryContent {
    let table = GlossaryTableOptions(
      delimiter: try delimiter.map { try Delimiter(named: $0) },
      columns: try rules.map { try ColumnMapping($0) }, undoesFormulaGuard: undoesFormulaGuard)
    return try readGlossaryTable(
      try decodeText(Array(text.utf8), file: file), file: file, languages: (nil, nil), table: table)
  }

  // MARK: Columns

  private static let foreign =
    "Nr,Term,译名,Synonym,\"Remark, long\",State\n1,port,港口,harbour,\"sea, river\",draft\n"

  static let mappings: [(rules: String, terms: String, note: String?)] = [
    ("en=Term,zh-Hans=译名", "en port; zh-Hans 港口", nil),
    ("en=term , zh-Hans = 3", "en port; zh-Hans 港口", nil),
    ("en=Term,en=Synonym,zh-Hans=译名", "en port; zh-Hans 港口; en harbour (admitted)", nil),
    ("en=Term,en:forbidden=Synonym,zh=译名", "en port; zh 港口; en harbour (forbidden)", nil),
    ("zh-Hans=译名,en=Term", "en port; zh-Hans 港口", nil),
    ("en=Term,zh-Hans=译名,\"note=Remark, long\"", "en port; zh-Hans 港口", "sea, river"),
    ("en=Term,zh-Hans=译名,note=5", "en port; zh-Hans 港口", "sea, river"),
    ("source=Term,target=译名", "en port; zh-Hans 港口", nil),
    ("en=Term,zh-Hans=译名,status=State", "en port (proposed); zh-Hans 港口 (proposed)", nil),
  ]

  @Test(arguments: mappings.indices)
  func columnsAreFoundByNameOrNumber(index: Int) throws {
    let (rules, terms, note) = Self.mappings[index]
    let content = try read(Self.foreign, rules)
    #expect(content.concepts.map(\.summary) == [terms])
    #expect(content.concepts.map(\.note) == [note])
    #expect(content.lines == [2])
    #expect(content.warnings == [])
  }

  @Test func numbersAloneMakeTheFirstRowDataUnlessItIsAHeader() throws {
    #expect(
      try read("1,port,港口\n2,bridge,桥\n", "en=2,zh-Hans=3").concepts.map(\.summary)
        == ["en port; zh-Hans 港口", "en bridge; zh-Hans 桥"])
    #expect(
      try read("en,zh,note\nport,港口,x\n", "en=1,zh-Hant=2").concepts.map(\.summary)
        == ["en port; zh-Hant 港口"])
  }

  @Test func titlesStandAboveTheNamedHeader() throws {
    let content = try read("Terms of 2026,,\n,,\nTerm,译名,x\nport,港口,\n", "en=Term,zh=译名")
    #expect(content.concepts.map(\.summary) == ["en port; zh 港口"])
    #expect(content.lines == [4])
  }

  @Test(arguments: [
    ("en=Term", "a glossary has two columns at least"), ("en=Term,zh", "'zh' maps no column"),
    ("en=Term,=x", "'=x' maps no column"), ("en=Term,zh=", "'zh=' maps no column"),
    ("en=Term,weather=译名", "'weather' is nothing that a column can hold"),
    ("en=Term,zh=None", "has no column 'None': it has Nr, Term, 译名"),
    ("en=Term,zh=9", "has no column '9': it has 6"), ("en=Term,zh=0", "has no column '0'"),
    ("en=Term,zh=term", "says of column 'term' that it holds en and zh"),
    ("en=Term,en=Synonym", "names one language alone"), ("\"en=Term", "never ends"),
  ])
  func whatMapsNothingIsTrouble(rules: String, message: String) {
    let trouble = #expect(throws: Trouble.self) { try read(Self.foreign, rules) }
    #expect(trouble?.description.contains(message) == true, "\(trouble?.description ?? "")")
  }

  // MARK: Delimiters

  @Test(arguments: [
    (":", "en:zh\nport:港口\n"), ("|", "en|zh\nport|港口\n"), ("tab", "en\tzh\nport\t港口\n"),
    ("\\t", "en\tzh\nport\t港口\n"), ("；", "en；zh\r\nport；港口\r\n"),
    ("、", "en、zh\n\"port\"、港口"), ("^", "en^zh\nport^港口"),
  ])
  func anyCharacterCanPartFields(delimiter: String, text: String) throws {
    let content = try read(text, delimiter: delimiter)
    #expect(content.concepts.map(\.summary) == ["en port; zh 港口"])
  }

  @Test func aCharacterThatBeginsLikeTheDelimiterPartsNothing() throws {
    // U+FF1B and U+FF1A begin with the same two bytes.
    let content = try read("en；zh\na：b；甲；\n", delimiter: "；")
    #expect(content.concepts.map(\.summary) == ["en a：b; zh 甲"])
  }

  @Test(arguments: ["", "ab", "\"", "\n", "\r", "\u{0}"])
  func whatPartsNothingIsTrouble(delimiter: String) {
    #expect(throws: Trouble.self) { try Delimiter(named: delimiter) }
  }

  @Test func quotedLineBreaksStayInTheirField() throws {
    let content = try read("en,zh,note\n\"po\r\nrt\",港口,\"one\n\ntwo\"\nx,乙,\n")
    #expect(content.concepts.map(\.terms.first?.text) == ["po\r\nrt", "x"])
    #expect(content.concepts.first?.note == "one\n\ntwo")
    #expect(content.lines == [2, 6])
  }

  @Test(arguments: [
    ("sep=|\r\nen|zh\r\nport, dry|无水港\r\n", 3), ("sep=;\nen;zh\nport, dry;无水港\n", 3),
    ("en;zh\n\"port, dry\";无水港\n", 2),
  ])
  func theDelimiterThatExcelNamesParts(text: String, line: Int) throws {
    let content = try read(text)
    #expect(content.concepts.map(\.summary) == ["en port, dry; zh 无水港"])
    #expect(content.lines == [line])
  }

  /// Headers as people write them in spreadsheets.
  @Test(arguments: [
    "English term,Chinese translation,Remarks", "英文术语,中文译名,说明", "English,中文名称,备注",
    "EN,zh-CN,note", "Term,译名,Remark", "术语,译法,comment", "en,ZH,notes",
  ])
  func usualHeadersAreKnown(header: String) throws {
    let content = try read(header + "\nport,港口,sea\nthe bridge,这座桥,\n")
    #expect(
      content.concepts.map { $0.terms.map(\.text) } == [["port", "港口"], ["the bridge", "这座桥"]])
    #expect(content.concepts.first?.note == "sea")
    #expect(content.warnings == [])
  }

  /// Words for the two sides are terms of many a glossary.
  @Test(arguments: ["术语,term\n桥,bridge\n", "term,术语\nbridge,桥\n", "translation,译文\nbridge,桥\n"])
  func rowsOfSuchWordsAreNoHeader(text: String) throws {
    #expect(try read(text).concepts.count == 2)
  }

  // MARK: Formulas

  @Test(arguments: [
    ("=1+1", "'=1+1"), ("+x", "'+x"), ("-ism", "'-ism"), ("@me", "'@me"), ("\tx", "'\tx"),
    ("\rx", "'\rx"), ("\nx", "'\nx"), ("＝1", "'＝1"), ("'=x", "''=x"), ("''-x", "'''-x"),
    ("a=b", "a=b"), ("'quoted'", "'quoted'"), ("", ""), ("'", "'"), ("é", "é"),
  ])
  func formulasGetAnApostrophe(text: String, written: String) {
    #expect(FormulaGuard.guarded(text) == written)
    #expect(FormulaGuard.unguarded(written) == text)
  }

  @Test func guardedCellsAreReadWithoutTheirApostrophe() throws {
    let text = "en,zh\n'-ism,'主义\n'=SUM(A1),求和\n"
    #expect(
      try read(text).concepts.map(\.summary) == ["en -ism; zh '主义", "en =SUM(A1); zh 求和"])
    #expect(
      try read(text, undoesFormulaGuard: false).concepts.map(\.summary)
        == ["en '-ism; zh '主义", "en '=SUM(A1); zh 求和"])
    // Between tabs nothing is guarded.
    #expect(
      try read("en\tzh\n'-ism\t主义\n", file: "a.tsv").concepts.map(\.summary)
        == ["en '-ism; zh 主义"])
  }
}

@Suite struct GlossaryTableRoundTripTests {
  let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  /// What a spreadsheet would compute stands in no cell, and comes back as it was.
  @Test(arguments: [true, false])
  func everyGlossaryComesBackFromCSV(isGuarded: Bool) throws {
    var generator = SeededGenerator(seed: 21)
    for round in 0..<60 {
      let concepts = randomConcepts(&generator, count: 1 + generator.below(12))
      let output = try OutputFile.replacing(directory.path("\(round).csv"))
      var writer = GlossaryTableWriter(
        to: output, columns: occurringColumns(concepts), usesTabs: false,
        guardsFormulas: isGuarded)
      try writer.writeHeader()
      for concept in concepts { try writer.write(concept) }
      try output.finish()
      let text = try decodeText(try directory.bytes("\(round).csv"), file: "a.csv")
      if isGuarded {
        let rows = try delimitedRows(text.utf8, delimiter: .comma, file: "a.csv")
        let starts = rows.flatMap(\.fields).compactMap(\.unicodeScalars.first)
        let bad = starts.filter { "=+-@\t\r\n".unicodeScalars.contains($0) }
        #expect(bad == [])
      }
      let content = try readGlossaryTable(
        text, file: "a.csv", languages: (nil, nil),
        table: GlossaryTableOptions(delimiter: .comma, undoesFormulaGuard: isGuarded))
      #expect(content.concepts.sorted == concepts.sorted)
      #expect(content.warnings == [])
    }
  }
}
