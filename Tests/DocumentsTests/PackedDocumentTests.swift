import Bitext
import Formats
import Segmentation
import TestSupport
import Testing

@testable import Documents

@Suite struct PackedDocumentTests {
  private func prose(_ bytes: [UInt8], _ language: LanguageTag = .english) throws -> Prose {
    try PackedDocument.read(bytes, file: "a.docx")
      .prose(file: "a.docx", language: language, positions: PositionMap())
  }

  private static func paragraph(_ text: String, _ properties: String = "") -> String {
    "<w:p><w:pPr>\(properties)</w:pPr><w:r><w:t>\(text)</w:t></w:r></w:p>"
  }

  private static let words: [(body: String, blocks: [String])] = [
    (paragraph("one") + paragraph("two"), ["one", "two"]),
    (
      "<w:p><w:r><w:t>Gold</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\"> Pho</w:t>"
        + "</w:r><w:hyperlink><w:r><w:t>enix</w:t></w:r></w:hyperlink></w:p>", ["Gold Phoenix"]
    ),
    (
      "<w:p><w:pPr><w:tabs><w:tab w:val=\"left\"/></w:tabs></w:pPr><w:r><w:t>姓名</w:t><w:tab/><w:t>张三"
        + "</w:t><w:br/><w:t>二行</w:t></w:r></w:p>", ["姓名 张三二行"]
    ),
    (
      "<w:p><w:del><w:r><w:delText>gone</w:delText><w:t>x</w:t></w:r></w:del><w:ins><w:r><w:t>new</w:t>"
        + "</w:r></w:ins><w:moveFrom><w:r><w:t>moved</w:t></w:r></w:moveFrom></w:p>", ["new"]
    ),
    (
      "<w:p><w:r><w:fldChar/><w:instrText> PAGE TERM </w:instrText></w:r><w:r><w:t>3</w:t></w:r></w:p>",
      ["3"]
    ),
    (
      "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r><w:r><w:rPr><w:vanish w:val=\"0\"/>"
        + "</w:rPr><w:t>shown</w:t></w:r></w:p>", ["shown"]
    ),
    ("<w:p><w:r><w:t>R&amp;D &#x4E2D;</w:t></w:r></w:p>", ["R&D 中"]),
    (
      "<w:tbl><w:tr><w:tc>\(paragraph("a"))</w:tc><w:tc>\(paragraph("b"))</w:tc></w:tr></w:tbl>",
      ["a", "b"]
    ),
    (
      "<w:p><w:r><w:t>out</w:t></w:r><w:r><mc:AlternateContent><mc:Choice><w:txbxContent>"
        + paragraph("box") + "</w:txbxContent></mc:Choice><mc:Fallback>" + paragraph("old")
        + "</mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>side</w:t></w:r></w:p>",
      ["box", "outside"]
    ),
    (paragraph("   ") + "<w:p/>" + paragraph("x"), ["x"]),
    ("<w:p><m:oMath><m:r><w:t>E=mc</w:t></m:r></m:oMath><w:r><w:t>so</w:t></w:r></w:p>", ["so"]),
  ]

  @Test(arguments: words.indices)
  func wordsAreWhatAReaderReads(index: Int) throws {
    let (body, blocks) = Self.words[index]
    #expect(try prose(ZipBuilder.word(body)).texts == blocks)
  }

  @Test func stylesSayWhatParagraphsAre() throws {
    let styles = ZipBuilder.wordPart(
      "styles",
      "<w:style w:styleId=\"2\"><w:name w:val=\"heading 2\"/></w:style><w:style w:styleId=\"a3\">"
        + "<w:name w:val=\"Mine\"/><w:pPr><w:outlineLvl w:val=\"2\"/></w:pPr></w:style>"
        + "<w:style w:styleId=\"a4\"><w:name w:val=\"caption\"/></w:style>")
    let body =
      Self.paragraph("h", "<w:pStyle w:val=\"2\"/>")
      + Self.paragraph("m", "<w:pStyle w:val=\"a3\"/>")
      + Self.paragraph("c", "<w:pStyle w:val=\"a4\"/>")
      + Self.paragraph("o", "<w:outlineLvl w:val=\"0\"/>") + Self.paragraph("i", "<w:numPr/>")
      + "<w:tbl><w:tr><w:tc>\(Self.paragraph("d", "<w:numPr/>"))</w:tc></w:tr></w:tbl>"
    let found = try prose(ZipBuilder.word(body, parts: [("word/styles.xml", styles)]))
    #expect(
      found.blocks.map(\.kind)
        == [
          .heading(level: 2), .heading(level: 3), .caption, .heading(level: 1), .listItem,
          .tableCell,
        ])
  }

  @Test func notesFollowTheirParagraphsAndCommentsAreKept() throws {
    let body =
      "<w:p><w:r><w:t>one</w:t></w:r><w:r><w:footnoteReference w:id=\"2\"/></w:r>"
      + "<w:commentRangeStart w:id=\"0\"/><w:r><w:t> more</w:t></w:r></w:p>" + Self.paragraph("two")
    let notes = ZipBuilder.wordPart(
      "footnotes",
      "<w:footnote w:type=\"separator\" w:id=\"-1\">\(Self.paragraph("line"))</w:footnote>"
        + "<w:footnote w:id=\"2\">\(Self.paragraph("note TERM"))</w:footnote>")
    let comments = ZipBuilder.wordPart(
      "comments", "<w:comment w:id=\"0\">\(Self.paragraph("please check"))</w:comment>")
    let found = try prose(
      ZipBuilder.word(
        body, parts: [("word/footnotes.xml", notes), ("word/comments.xml", comments)]))
    #expect(found.texts == ["one more", "note TERM", "two"])
    #expect(found.comments.map(\.text) == ["please check"])
    #expect(found.comments.map(\.place) == [3])
    // The part with the notes counts as if it followed the main one.
    let all = Array((ZipBuilder.wordPart("document", "<w:body>\(body)</w:body>") + notes).utf8)
    let range = try #require(found.ranges(of: "TERM").first)
    #expect(String(decoding: all[found.positions.source(range)], as: UTF8.self) == "TERM")
  }

  @Test func plantedTermLeadsBackToItsBytesInThePart() throws {
    let body =
      Self.paragraph("TERM 前TERM后") + Self.paragraph("R&amp;D TERM")
      + "<w:p><w:r><w:instrText>TERM</w:instrText></w:r><w:r><w:t>TE</w:t></w:r><w:r><w:t>RM</w:t></w:r></w:p>"
    let part = Array(ZipBuilder.wordPart("document", "<w:body>\(body)</w:body>").utf8)
    let found = try prose(ZipBuilder.word(body))
    let places = found.ranges(of: "TERM").map { found.positions.source($0) }
    #expect(places.count == 4)
    for place in places.dropLast() {
      #expect(String(decoding: part[place], as: UTF8.self) == "TERM")
    }
    // Runs that join hold what stands between them.
    let last = try #require(places.last)
    let joined = String(decoding: part[last], as: UTF8.self)
    #expect(joined.hasPrefix("TE</w:t>") && joined.hasSuffix("RM"))
  }

  @Test func openDocumentIsRead() throws {
    let body =
      "<text:tracked-changes><text:p>gone</text:p></text:tracked-changes>"
      + "<text:h text:outline-level=\"2\">Head</text:h><text:p>one <text:span>two</text:span>\n   "
      + "three<text:s text:c=\"3\"/>four<text:tab/>five<text:line-break/>six<text:note>"
      + "<text:note-citation>1</text:note-citation><text:note-body><text:p>note TERM</text:p>"
      + "</text:note-body></text:note> end TERM<office:annotation><dc:creator>Me</dc:creator>"
      + "<text:p>a comment</text:p></office:annotation></text:p><text:list><text:list-item>"
      + "<text:p>item</text:p></text:list-item></text:list><table:table><table:table-row>"
      + "<table:table-cell><text:p>cell</text:p></table:table-cell></table:table-row></table:table>"
    let found = try prose(ZipBuilder.openDocument(body))
    #expect(
      found.texts == [
        "Head", "one two three four five six end TERM", "note TERM", "item", "cell",
      ])
    #expect(
      found.blocks.map(\.kind)
        == [.heading(level: 2), .paragraph, .paragraph, .listItem, .tableCell])
    #expect(found.comments.map(\.text) == ["a comment"])
    let part = Array(ZipBuilder.openDocumentContent(body).utf8)
    for range in found.ranges(of: "TERM") {
      #expect(String(decoding: part[found.positions.source(range)], as: UTF8.self) == "TERM")
    }
    // Although the note stands before the end of its paragraph, the report finds its line.
    let lines = LineIndex(
      DecodedText(utf8: found.utf8, encoding: "UTF-8", positions: found.positions.inFileOrder))
    let places = found.ranges(of: "TERM").map {
      lines.position(at: found.positions.source($0).lowerBound)
    }
    #expect(places.map(\.line) == [2, 3])
    #expect(places.map(\.column) == [33, 6])
  }

  @Test func stylesNameTheLanguageWhereTheTextLeavesItOpen() throws {
    let styles = ZipBuilder.wordPart(
      "styles",
      "<w:docDefaults><w:rPr><w:lang w:val=\"fr-CA\" w:eastAsia=\"zh-TW\"/></w:rPr></w:docDefaults>"
    )
    let bytes = ZipBuilder.word(Self.paragraph("公"), parts: [("word/styles.xml", styles)])
    let builder = try PackedDocument.read(bytes, file: "a.docx")
    #expect(builder.styleLanguages.western?.description == "fr-CA")
    #expect(builder.styleLanguages.eastAsian?.description == "zh-TW")
    let odt = ZipBuilder.openDocument(
      "<text:p>x</text:p>",
      styles: "<style:text-properties fo:language=\"en\" fo:country=\"GB\" "
        + "style:language-asian=\"zh\" style:country-asian=\"CN\"/>")
    let languages = try PackedDocument.read(odt, file: "a.odt").styleLanguages
    #expect(languages.western?.description == "en-GB")
    #expect(languages.eastAsian?.description == "zh-CN")
  }

  // MARK: - What is refused

  private func expectTrouble(_ bytes: [UInt8], _ message: String) {
    do {
      _ = try PackedDocument.read(bytes, file: "a.docx")
      Issue.record("“\(message)” was expected")
    } catch {
      #expect(error.message.contains(message), "\(error.message)")
    }
  }

  private func zip(_ name: String, _ bytes: [UInt8], _ quirks: ZipBuilder.Quirks) -> [UInt8] {
    var zip = ZipBuilder()
    zip.add(name, bytes, quirks)
    return zip.bytes()
  }

  @Test func partThatWouldFillTheMemoryIsNotUnpacked() {
    var quirks = ZipBuilder.Quirks()
    quirks.deflated = (400 << 20, 0)
    expectTrouble(
      zip("word/document.xml", ZipBuilder.bomb(0x20, times: 258_000), quirks), "would unpack from")
    quirks.deflated = (600 << 20, 0)
    expectTrouble(
      zip("word/document.xml", [UInt8](repeating: 3, count: 7 << 20), quirks), "would unpack from")
  }

  @Test func partThatLiesAboutItsSizeIsDamaged() {
    var quirks = ZipBuilder.Quirks()
    quirks.deflated = (1000, 0)
    expectTrouble(
      zip("word/document.xml", ZipBuilder.bomb(0x20, times: 2_580_000), quirks), "is damaged")
  }

  /// The generator of bombs packs what it says: else the two tests above would prove nothing.
  @Test func honestPartOfTheSameKindIsUnpacked() throws {
    let size = 1 + 258 * 1000
    var quirks = ZipBuilder.Quirks()
    quirks.deflated = (size, ZipBuilder.checksum([UInt8](repeating: 0x20, count: size)))
    let file = try PackedFile(
      zip("x", ZipBuilder.bomb(0x20, times: 258_000), quirks), file: "a.docx")
    #expect(try file.part("x")?.count == size)
  }

  @Test func fileThatUnpacksToMoreThanADiskHoldsIsRefused() {
    var zip = ZipBuilder()
    var quirks = ZipBuilder.Quirks()
    quirks.deflated = (3 << 30, 0)
    zip.add("word/media/a", [3, 0], quirks)
    zip.add("word/media/b", [3, 0], quirks)
    zip.add("word/document.xml", "<w:document/>")
    expectTrouble(zip.bytes(), "would unpack to more than 4 GB")
  }

  @Test func thousandsOfPartsAreRefused() {
    var zip = ZipBuilder()
    for index in 0..<4100 { zip.add("p\(index)", "") }
    zip.add("word/document.xml", "<w:document/>")
    expectTrouble(zip.bytes(), "more than 4096 parts")
    expectTrouble(zip.bytes(declaredCount: 65535), "more than 4096 parts")
    expectTrouble(zip.bytes(declaredCount: 3), "damaged")
  }

  @Test(arguments: ["../../etc/passwd", "/etc/passwd", "a\\..\\b", "C:\\x", "word/../../x"])
  func pathsThatLeadOutsideAreRefused(path: String) {
    var zip = ZipBuilder()
    zip.add("word/document.xml", "<w:document/>")
    zip.add(path, "x")
    expectTrouble(zip.bytes(), "leads out of it")
  }

  @Test func linksAndEncryptedPartsAreRefused() {
    var link = ZipBuilder.Quirks()
    link.isLink = true
    expectTrouble(zip("word/document.xml", Array("/etc/passwd".utf8), link), "leads out of it")
    var secret = ZipBuilder.Quirks()
    secret.isEncrypted = true
    expectTrouble(zip("word/document.xml", [1, 2, 3], secret), "is encrypted")
    var zip = ZipBuilder()
    zip.add("content.xml", [1, 2, 3])
    zip.add("META-INF/manifest.xml", "<manifest:encryption-data/>")
    expectTrouble(zip.bytes(), "is encrypted")
  }

  @Test func otherPackedFilesSayWhatToDo() {
    for (name, message) in [
      ("xl/workbook.xml", "as CSV"), ("ppt/presentation.xml", "outline"), ("x", "without the text"),
    ] {
      var zip = ZipBuilder()
      zip.add(name, "<x/>")
      expectTrouble(zip.bytes(), message)
    }
    for (type, message) in [("spreadsheet", "as CSV"), ("presentation", "plain text")] {
      var zip = ZipBuilder()
      zip.add("mimetype", "application/vnd.oasis.opendocument.\(type)")
      zip.add("content.xml", "<x/>")
      expectTrouble(zip.bytes(), message)
    }
  }

  @Test func brokenXMLIsTrouble() {
    let deep = String(repeating: "<w:p>", count: 10_000)
    for (body, message) in [
      ("<w:p>", "cannot be read"), (deep, "cannot be read"), ("&x;", "cannot be read"),
    ] {
      var zip = ZipBuilder()
      zip.add("word/document.xml", "<!DOCTYPE x [<!ENTITY x 'y'>]><w:document>" + body)
      expectTrouble(zip.bytes(), message)
    }
  }

  @Test func damagedFilesAreReadOrRefused() throws {
    let notes = ZipBuilder.wordPart("footnotes", "<w:footnote w:id=\"1\"/>")
    let good = ZipBuilder.word(
      Self.words.map(\.body).joined(), parts: [("word/footnotes.xml", notes)])
    for bytes in [good, ZipBuilder.openDocument("<text:p>one<text:note/></text:p>")] {
      try Damage.forEach(of: bytes, seed: 9, rounds: 1500) { damaged in
        _ = try? PackedDocument.read(damaged, file: "a.docx")
      }
      // Cut off at every length.
      for count in stride(from: 0, to: bytes.count, by: 7) {
        #expect(throws: Trouble.self) {
          try PackedDocument.read(Array(bytes[..<count]), file: "a.docx")
        }
      }
    }
  }
}
