import Bitext
import TestSupport
import Testing

@testable import Formats

/// Workbooks that are made to do harm, or damaged. Each is refused by a guard of its own; where the
/// guard is one of size, an honest file just below it is read.
@Suite struct WorkbookHostileTests {
  private static let sheet = ZipBuilder.Sheet(
    "a", ZipBuilder.rows([["en", "zh"], ["port", "港"]]))

  /// A workbook with a part that unpacks to spaces.
  private func bomb(_ size: Int) -> ZipBuilder {
    var zip = ZipBuilder.workbook([Self.sheet])
    var quirks = ZipBuilder.Quirks()
    quirks.deflated = (size / 258 * 258 + 1, 0)
    zip.add("xl/bomb.xml", ZipBuilder.bomb(0x20, times: size), quirks)
    return zip
  }

  @Test func aPartThatUnpacksToFarMoreThanItIsIsRefusedUnread() throws {
    let packed = try PackedFile(bomb(9 << 20).bytes(), file: "a.xlsx", kind: .workbook)
    let trouble = #expect(throws: Trouble.self) {
      try packed.forEachEvent(of: "xl/bomb.xml", file: "a.xlsx") { _ in
        Issue.record("the part was read")
      }
    }
    #expect(trouble?.message.contains("as no workbook does") == true)
    // A document may hold as much: there it is unpacked, and found to be something else.
    let document = try PackedFile(bomb(9 << 20).bytes(), file: "a.docx")
    let unpacked = #expect(throws: Trouble.self) { try document.part("xl/bomb.xml") }
    #expect(unpacked?.message.contains("is damaged") == true)
  }

  /// No part is too large by itself.
  @Test func allPartsTogetherMayNotUnpackToFarMoreThanTheyAre() throws {
    func zip(_ count: Int) -> ZipBuilder {
      var zip = ZipBuilder.workbook([Self.sheet])
      var quirks = ZipBuilder.Quirks()
      quirks.deflated = (7 << 20, 0)
      for number in 0..<count { zip.add("xl/worksheets/b\(number).xml", [3, 0], quirks) }
      return zip
    }
    #expect(workbookTrouble(zip(10))?.contains("would unpack from") == true)
    #expect(try workbookGlossary(zip(9)).concepts.count == 1)
  }

  @Test func aSheetThatIsNamedWithoutEndIsReadOnce() throws {
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    let zip = ZipBuilder.workbook([Self.sheet]).replacing("xl/workbook.xml") { _ in
      "<workbook xmlns:r=\"\(office)\"><sheets>"
        + String(repeating: "<sheet name=\"a\" r:id=\"rId0\"/>", count: 20_000)
        + "</sheets></workbook>"
    }
    #expect(try Workbook(zip.bytes(), file: "a.xlsx").sheets.count == 1)
  }

  @Test func aPartThatHoldsMoreThanItSaysIsDamaged() {
    var zip = ZipBuilder.workbook([Self.sheet])
    var quirks = ZipBuilder.Quirks()
    quirks.deflated = (1000, 0)
    zip.add("xl/more.xml", ZipBuilder.bomb(0x20, times: 258_000), quirks)
    let trouble = #expect(throws: Trouble.self) {
      let packed = try PackedFile(zip.bytes(), file: "a.xlsx", kind: .workbook)
      _ = try packed.forEachPiece(of: "xl/more.xml") { _, _ in }
    }
    #expect(trouble?.message.contains("is damaged") == true)
  }

  @Test func partsThatLeadOutsideAreRefused() {
    for name in ["../x", "/x", "xl/../../x", "C:/x", "\\\\x"] {
      var zip = ZipBuilder.workbook([Self.sheet])
      zip.add(name, "x")
      #expect(workbookTrouble(zip)?.contains("leads out of it") == true, "\(name)")
    }
  }

  @Test func moreThanADiskHoldsAndMoreThanAllPartsIsRefused() {
    var zip = ZipBuilder.workbook([Self.sheet])
    var quirks = ZipBuilder.Quirks()
    quirks.deflated = (3 << 30, 0)
    zip.add("xl/media/a", [3, 0], quirks)
    zip.add("xl/media/b", [3, 0], quirks)
    #expect(workbookTrouble(zip)?.contains("would unpack to more than 4 GB") == true)
  }

  @Test(arguments: ["xl/workbook.xml", "xl/worksheets/sheet0.xml", "xl/sharedStrings.xml"])
  func aDocumentTypeIsRefusedInEveryPart(part: String) {
    for start in [
      "<!DOCTYPE x>", "<?xml version=\"1.0\"?><!-- <a> --><!DOCTYPE x [<!ENTITY y 'z'>]>",
    ] {
      let honest = ZipBuilder.workbook([Self.sheet], strings: "")
      let zip = honest.replacing(part) { start + $0.drop(upTo: "?>") }
      #expect(workbookTrouble(zip)?.contains("declares a document type") == true, "\(part)")
    }
  }

  @Test func aStartWithoutAnElementIsRefused() {
    let zip = ZipBuilder.workbook([Self.sheet]).replacing("xl/workbook.xml") {
      "<!--" + String(repeating: " ", count: 70_000) + "--><!DOCTYPE x>" + $0
    }
    #expect(workbookTrouble(zip)?.contains("starts with no element") == true)
  }

  /// A long text that a million cells refer to is a bomb that no packer sees.
  @Test func sharedTextsMayNotBeRepeatedWithoutEnd() throws {
    func zip(_ count: Int) -> ZipBuilder {
      let text = String(repeating: "x", count: 30_000)
      let cell = "<row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c></row>"
      let header =
        "<row><c t=\"inlineStr\"><is><t>en</t></is></c><c t=\"inlineStr\"><is><t>zh</t></is></c></row>"
      return ZipBuilder.workbook(
        [
          ZipBuilder.Sheet(
            "a", "<sheetData>\(header)" + String(repeating: cell, count: count) + "</sheetData>")
        ], strings: "<si><t>\(text)</t></si><si><t>港</t></si>")
    }
    #expect(workbookTrouble(zip(700))?.contains("repeats its texts until") == true)
    #expect(try workbookGlossary(zip(20)).concepts.count == 1)
  }

  /// Cells in the last column of every row make a table of nothing but gaps.
  @Test func cellsMayNotBeSpreadWithoutEnd() throws {
    func zip(_ count: Int) -> ZipBuilder {
      var data = "<sheetData><row><c t=\"inlineStr\"><is><t>en</t></is></c>"
      data += "<c t=\"inlineStr\"><is><t>zh</t></is></c></row>"
      for row in 2..<count { data += "<row r=\"\(row)\"><c r=\"XFD\(row)\"><v>1</v></c></row>" }
      return ZipBuilder.workbook([ZipBuilder.Sheet("a", data + "</sheetData>")])
    }
    #expect(workbookTrouble(zip(200))?.contains("spreads its cells over so many columns") == true)
    #expect(try workbookGlossary(zip(20)).concepts.isEmpty)
  }

  @Test func mergedCellsMayNotBeFilledWithoutEnd() {
    var data = "<sheetData><row><c t=\"inlineStr\"><is><t>en</t></is></c></row>"
    for row in 2..<3000 { data += "<row r=\"\(row)\"><c r=\"B\(row)\"><v>1</v></c></row>" }
    data += "</sheetData><mergeCells>"
    for _ in 0..<1000 { data += "<mergeCell ref=\"A1:A1048576\"/>" }
    let zip = ZipBuilder.workbook([ZipBuilder.Sheet("a", data + "</mergeCells>")])
    #expect(workbookTrouble(zip)?.contains("merges more cells") == true)
  }

  @Test(arguments: [
    ("<row r=\"2\"/><row r=\"1\"/>", "row 1 follows row 2"),
    ("<row r=\"1048577\"/>", "row 1048577"),
    ("<row><c r=\"B1\"><v>1</v></c><c r=\"A1\"><v>1</v></c></row>", "A1 is out of order"),
    ("<row><c r=\"XFE1\"/></row>", "'XFE1' is no cell"),
    ("<row><c t=\"s\"><v>5</v></c></row>", "refers to text 5"),
    ("<row><c t=\"s\"><v>-1</v></c></row>", "refers to text -1"), ("<row>", "cannot be read"),
    ("&x;", "cannot be read"), (String(repeating: "<a>", count: 5000), "cannot be read"),
  ])
  func damagedSheetsSayWhatIsWrong(content: String, message: String) {
    let zip = ZipBuilder.workbook([ZipBuilder.Sheet("a", "<sheetData>\(content)</sheetData>")])
    #expect(workbookTrouble(zip)?.contains(message) == true, "\(workbookTrouble(zip) ?? "")")
  }

  @Test func otherFilesSayWhatToDo() {
    var document = ZipBuilder()
    document.add("word/document.xml", "<x/>")
    #expect(workbookTrouble(document)?.contains("without a workbook") == true)
    var openDocument = ZipBuilder()
    openDocument.add("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    openDocument.add("content.xml", "<x/>")
    #expect(workbookTrouble(openDocument)?.contains("save the sheet as .xlsx") == true)
    let old = #expect(throws: Trouble.self) {
      try readGlossaryWorkbook(
        [0xD0, 0xCF, 0x11, 0xE0, 0xA1], file: "a.xls", languages: (nil, nil))
    }
    #expect(old?.message.contains("old workbook (.xls)") == true)
    let empty = ZipBuilder.workbook([ZipBuilder.Sheet("a", "<sheetData/>")])
    #expect(workbookTrouble(empty)?.contains("holds no term") == true)
    #expect(workbookTrouble(ZipBuilder.workbook([])) == "holds no sheet")
  }

  @Test func damagedFilesAreReadOrRefused() throws {
    let bytes = ZipBuilder.workbook([Self.sheet], strings: "<si><t>a</t></si>").bytes()
    var generator = SeededGenerator(seed: 6)
    for _ in 0..<1500 {
      var damaged = bytes
      for _ in 0...generator.below(4) {
        damaged[generator.below(damaged.count)] = UInt8(generator.below(256))
      }
      _ = try? readGlossaryWorkbook(damaged, file: "a.xlsx", languages: (nil, nil))
    }
    for count in stride(from: 0, to: bytes.count, by: 11) {
      #expect(throws: Trouble.self) {
        try readGlossaryWorkbook(Array(bytes[..<count]), file: "a.xlsx", languages: (nil, nil))
      }
    }
  }
}

extension String {
  /// What follows a mark; the whole text where there is none.
  fileprivate func drop(upTo mark: String) -> String {
    firstRange(of: mark).map { String(self[$0.upperBound...]) } ?? self
  }
}
