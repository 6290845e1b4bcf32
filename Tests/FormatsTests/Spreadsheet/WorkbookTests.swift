import Bitext
import TestSupport
import Testing

@testable import Formats

@Suite struct WorkbookTests {
  // MARK: Cells

  @Test func textsOfEveryKindAreRead() throws {
    let strings = """
      <si><t>shared</t></si><si><r><t xml:space="preserve">rich </t></r><r><rPr><b/></rPr>\
      <t>text</t></r><rPh sb="0" eb="1"><t>ピンイン</t></rPh><phoneticPr fontId="1"/></si><si/>
      """
    let zip = ZipBuilder.workbook(
      [
        ZipBuilder.Sheet(
          "a",
          """
          <sheetData><row r="2"><c r="B2" t="s"><v>0</v></c><c r="D2" t="s"><v> 1 </v></c>\
          <c r="E2" t="s"><v>2</v></c><c r="F2"/></row><row r="5"><c t="inlineStr"><is><r><t>in</t></r>\
          <r><t>line</t></r><rPh><t>x</t></rPh></is></c><c t="str"><f>A1&amp;"x"</f><v>made_x000D_up</v></c>\
          <c t="b"><v>1</v></c><c t="b"><v>0</v></c><c><v>3.0</v></c><c t="e"><v>#N/A</v></c>\
          <c><f>NOW()</f></c><c t="d"><v>2026-05-18</v></c></row></sheetData>
          """)
      ], strings: strings)
    #expect(
      try cells(zip) == [
        "B2=shared", "D2=rich text", "A5=inline", "B5=made\rup", "C5=TRUE", "D5=FALSE", "E5=3",
        "H5=2026-05-18",
      ])
  }

  @Test func numbersAreShownByTheirStyles() throws {
    let styles = """
      <numFmts><numFmt numFmtId="170" formatCode="0000"/></numFmts><cellStyleXfs><xf numFmtId="14"/>\
      </cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="170"/><xf numFmtId="14"/></cellXfs>
      """
    let data = """
      <sheetData><row><c s="0"><v>7</v></c><c s="1"><v>7</v></c><c s="2"><v>45795</v></c>\
      <c s="99"><v>7</v></c></row></sheetData>
      """
    let sheet = ZipBuilder.Sheet("a", data)
    #expect(
      try cells(ZipBuilder.workbook([sheet], styles: styles))
        == ["A1=7", "B1=0007", "C1=2025-05-18", "D1=7"])
    let old = ZipBuilder.workbook(
      [sheet], styles: styles, properties: "<workbookPr date1904=\"1\"/>")
    #expect(try cells(old)[2] == "C1=2029-05-19")
  }

  @Test func mergedCellsHaveTheTextOfTheFirst() throws {
    let data = """
      <sheetData><row r="1"><c><is><t>en</t></is></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>port</t>\
      </is></c><c r="B2" t="inlineStr"><is><t>港</t></is></c></row><row r="3"><c r="B3" t="inlineStr"><is>\
      <t>口岸</t></is></c></row><row r="4"><c r="A4" t="inlineStr"><is><t>own</t></is></c></row></sheetData>\
      <mergeCells><mergeCell ref="A2:A3"/><mergeCell ref="B2:D2"/><mergeCell ref="A3:A4"/></mergeCells>
      """
    let found = try cells(ZipBuilder.workbook([ZipBuilder.Sheet("a", data)]))
    #expect(found == ["A1=en", "A2=port", "B2=港", "A3=port", "B3=口岸", "A4=own"])
  }

  // MARK: What other programs write

  /// Google's and some libraries' files have absolute targets, prefixes and no shared texts.
  @Test func shapesOfOtherProgramsAreRead() throws {
    var zip = ZipBuilder()
    let strict = "http://purl.oclc.org/ooxml"
    zip.add(
      "_rels/.rels",
      "<r:Relationships xmlns:r=\"x\"><r:Relationship Id=\"a\" Target=\"/book/main.xml\" "
        + "Type=\"\(strict)/officeDocument/relationships/officeDocument\"/></r:Relationships>")
    zip.add(
      "book/_rels/main.xml.rels",
      "<Relationships><Relationship Id=\"z\" Type=\"\(strict)/officeDocument/relationships/worksheet\" "
        + "Target=\"/Sheets/One.xml\"/><Relationship Id=\"s\" Type=\"x/sharedStrings\" "
        + "Target=\"../Sheets/SharedStrings.xml\"/><Relationship Id=\"e\" Type=\"x/sharedStrings\" "
        + "TargetMode=\"External\" Target=\"file:///etc/passwd\"/></Relationships>")
    zip.add(
      "book/main.xml",
      "<x:workbook xmlns:x=\"\(strict)/spreadsheetml/main\" xmlns:q=\"y\"><x:sheets><x:sheet "
        + "name=\"One\" q:id=\"z\"/></x:sheets></x:workbook>")
    zip.add(
      "sheets/one.xml",
      "\u{FEFF}<?xml version=\"1.0\"?><!-- x --><x:worksheet xmlns:x=\"y\"><x:sheetData><x:row><x:c "
        + "t=\"s\"><x:v>0</x:v></x:c><x:c t=\"inlineStr\"><x:is><x:t>b</x:t></x:is></x:c></x:row>"
        + "</x:sheetData></x:worksheet>")
    zip.add("Sheets/sharedstrings.xml", "<sst><si><t>a</t></si></sst>")
    #expect(try cells(zip) == ["A1=a", "B1=b"])
  }

  @Test(arguments: ["libreoffice.xlsx", "openpyxl.xlsx"])
  func filesOfOtherProgramsAreRead(name: String) throws {
    let bytes = TestData.bytes(TestData.project + "/Fixtures/formats/" + name)
    let content = try readGlossaryWorkbook(bytes, file: name, languages: (nil, nil))
    #expect(
      content.concepts.map(\.summary) == [
        "en Golden Phoenix; zh-Hans 金凤凰; zh-Hans 金凤凰计划 (admitted)",
        "en port, \"dry\"; zh-Hans 无水港", "en =SUM(A1); zh-Hans 求和",
      ])
    #expect(content.concepts.map(\.note) == ["two\nlines", "2026-05-18", "12.5"])
    #expect(content.lines == [2, 3, 5])
    #expect(content.warnings == [])
  }

  // MARK: Which sheet and which rows

  private static let glossaryRows = [["en", "zh-Hans"], ["port", "港口"]]

  @Test func theFirstSheetThatLooksLikeAGlossaryIsRead() throws {
    let zip = ZipBuilder.workbook([
      ZipBuilder.Sheet("hidden", ZipBuilder.rows([["en", "zh"], ["no", "不"]]), state: "hidden"),
      ZipBuilder.Sheet("empty", "<sheetData/>"),
      ZipBuilder.Sheet("read me", ZipBuilder.rows([["Our terms"], ["of 2026"]])),
      ZipBuilder.Sheet("Terms", ZipBuilder.rows(Self.glossaryRows)),
    ])
    #expect(try workbookGlossary(zip).concepts.map(\.summary) == ["en port; zh-Hans 港口"])
    let named = try workbookGlossary(zip, table: GlossaryTableOptions(sheet: "HIDDEN"))
    #expect(named.concepts.map(\.summary) == ["en no; zh 不"])
    let trouble = #expect(throws: Trouble.self) {
      try workbookGlossary(zip, table: GlossaryTableOptions(sheet: "None"))
    }
    #expect(trouble?.message == "has no sheet 'None': it has 'hidden', 'empty', 'read me', 'Terms'")
  }

  @Test func aSheetWithoutAHeaderIsSourceAndTarget() throws {
    let zip = ZipBuilder.workbook([
      ZipBuilder.Sheet("a", ZipBuilder.rows([["port", "港口"], ["bridge", "桥"]]))
    ])
    #expect(
      try workbookGlossary(zip).concepts.map(\.summary)
        == ["en port; zh-Hans 港口", "en bridge; zh-Hans 桥"])
  }

  @Test func titlesAboveTheHeaderAndRemarksBesideAreLeftOutAndSaidSo() throws {
    let zip = ZipBuilder.workbook([
      ZipBuilder.Sheet(
        "a", ZipBuilder.rows([["Terms 2026"], []] + Self.glossaryRows + [["x", "乙", "", "stray"]]))
    ])
    let content = try workbookGlossary(zip)
    #expect(content.concepts.map(\.summary) == ["en port; zh-Hans 港口", "en x; zh-Hans 乙"])
    #expect(content.lines == [4, 5])
    #expect(
      content.warnings.map(\.message) == [
        "what stands above row 3 is taken for a title and left out",
        "cells under no header are left out (1, such as D5)",
      ])
  }

  @Test func hiddenRowsAreReadAndCounted() throws {
    let data = """
      <sheetData><row><c t="inlineStr"><is><t>en</t></is></c><c t="inlineStr"><is><t>zh</t></is></c></row>\
      <row hidden="1"><c t="inlineStr"><is><t>port</t></is></c><c t="inlineStr"><is><t>港</t></is></c></row>\
      </sheetData>
      """
    let content = try workbookGlossary(ZipBuilder.workbook([ZipBuilder.Sheet("a", data)]))
    #expect(content.concepts.count == 1)
    #expect(content.warnings.map(\.message) == ["hidden rows of 'a' are read too (1)"])
  }

  @Test func columnsAreMappedByNameNumberAndLetter() throws {
    let zip = ZipBuilder.workbook([
      ZipBuilder.Sheet(
        "a", ZipBuilder.rows([["Nr", "Term", "译名", "Remark"], ["1", "port", "港口", "sea"]]))
    ])
    for rules in [
      "en=Term,zh-Hans=译名,note=Remark", "en=term,zh-Hans=3,note=D", "en=Term,zh-Hans=c,note=4",
    ] {
      let table = GlossaryTableOptions(columns: try ColumnMapping(rules))
      let content = try workbookGlossary(zip, table: table)
      #expect(content.concepts.map(\.summary) == ["en port; zh-Hans 港口"], "\(rules)")
      #expect(content.concepts.first?.note == "sea")
      #expect(content.warnings == [])
    }
  }
}
