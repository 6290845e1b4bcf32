import Bitext
import TestSupport
import Testing

@testable import Formats

@Suite struct TMXDoctorTests {
  let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  static let zh = #"<tuv xml:lang="zh-CN"><seg>文</seg></tuv>"#

  /// A unit around its English variant.
  static func unit(_ variant: String) -> String { "<tu>\(variant)\(zh)</tu>" }

  static func segment(_ content: String) -> String {
    unit("<tuv xml:lang=\"en\"><seg>\(content)</seg></tuv>")
  }

  /// What is wrong in units, marked, and how they are written.
  static let units: [(marked: String, repaired: String)] = [
    (segment("a ⟦stray-ampersand⟧& b"), segment("a &amp; b")),
    (
      segment("⟦stray-ampersand⟧&;⟦stray-ampersand⟧&#; &amp; &#xA0;"),
      segment("&amp;;&amp;#; &amp; &#xA0;")
    ),
    (segment("AT⟦undefined-entity⟧&T;"), segment("AT&amp;T;")),
    (segment("一 1 ⟦stray-bracket⟧< 2"), segment("一 1 &lt; 2")),
    (segment("a]⟦stray-bracket⟧]]> b"), segment("a]]]&gt; b")),
    (segment("a⟦undefined-entity⟧&hellip;"), segment("a…")),
    (segment("⟦undefined-entity⟧&mine;"), segment("&amp;mine;")),
    (segment("a⟦illegal-character⟧&#0;⟦illegal-character⟧&#x1F;b"), segment("ab")),
    (segment("⟦illegal-character⟧&#xD83D;&#xDE00;"), segment("😀")),
    (segment("⟦illegal-character⟧&#xD83D;!"), segment("!")),
    (segment("x⟦illegal-character⟧\u{1}y⟦stray-ampersand⟧&"), segment("xy&amp;")),
    (segment("\u{FEFF}⟦illegal-character⟧\u{FFFF}y"), segment("\u{FEFF}y")),
    (segment("a <![CDATA[<b>&]]> c"), segment("a <![CDATA[<b>&]]> c")),
    (
      segment("⟦unknown-element⟧<b>x⟦unknown-element⟧</b>⟦unknown-element⟧<br/>"),
      segment("<ph>&lt;b&gt;</ph>x<ph>&lt;/b&gt;</ph><ph>&lt;br/&gt;</ph>")
    ),
    (
      segment("⟦unpaired-tag⟧<bpt i=\"1\" type=\"b\">c</bpt>x"),
      "<tu>" + #"<tuv xml:lang="en"><seg><it type="b" pos="begin">c</it>x</seg></tuv>"# + zh
        + "</tu>"
    ),
    (segment("x⟦unpaired-tag⟧<ept i='1'/>"), segment(#"x<it pos="end"/>"#)),
    (
      segment(#"<bpt i="1"/>a<ept i="1"/>⟦duplicate-index⟧<bpt i="1"/>b<ept i="1"/>"#),
      segment(#"<bpt i="1"/>a<ept i="1"/><bpt i="2"/>b<ept i="2"/>"#)
    ),
    (
      segment(#"⟦unclosed-element⟧<ph>c<ph>d</ph>"#), segment("<ph>c</ph><ph>d</ph>")
    ),
    (segment("⟦name-case⟧<PH/>x"), segment("<ph/>x")),
    (segment(#"⟦missing-attribute⟧<it/>x"#), segment(#"<it pos="begin"/>x"#)),
    (segment("a⟦stray-end-tag⟧</hi>"), segment("a")),
    (
      unit(#"⟦unclosed-element⟧<tuv xml:lang="en"><seg>a</seg>"#),
      unit(#"<tuv xml:lang="en"><seg>a</seg></tuv>"#)
    ),
    (
      unit(#"<tuv xml:lang="en">⟦unclosed-element⟧<seg>a</tuv>"#),
      unit(#"<tuv xml:lang="en"><seg>a</seg></tuv>"#)
    ),
    (
      unit(#"⟦missing-segment⟧<tuv xml:lang="en">a</tuv>"#),
      unit(#"<tuv xml:lang="en"><seg>a</seg></tuv>"#)
    ),
    (
      unit(#"<tuv xml:lang="en"><seg>a</seg>⟦several-segments⟧<seg>b</seg></tuv>"#),
      unit(#"<tuv xml:lang="en"><seg>a</seg></tuv><tuv xml:lang="en"><seg>b</seg></tuv>"#)
    ),
    (
      unit(#"<tuv xml:lang="en">⟦stray-content⟧lost<seg>a</seg></tuv>"#),
      unit(#"<tuv xml:lang="en"><note>lost</note><seg>a</seg></tuv>"#)
    ),
    (
      unit(#"<tuv xml:lang="en"><seg>a</seg> ⟦wrong-order⟧<note>n</note></tuv>"#),
      unit(#"<tuv xml:lang="en"> <note>n</note><seg>a</seg></tuv>"#)
    ),
    (
      unit(#"<tuv xml:lang="en" ⟦duplicate-attribute⟧xml:lang="fr"><seg>a</seg></tuv>"#),
      unit(#"<tuv xml:lang="en"><seg>a</seg></tuv>"#)
    ),
    (
      unit(#"<tuv lang="⟦legacy-lang⟧en"><seg>a</seg></tuv>"#),
      unit(#"<tuv xml:lang="en"><seg>a</seg></tuv>"#)
    ),
    (
      unit(#"⟦missing-language⟧<tuv><seg>a</seg></tuv>"#),
      unit(#"<tuv xml:lang="en"><seg>a</seg></tuv>"#)
    ),
    (
      unit(#"<tuv xml:lang=⟦broken-tag⟧en><seg>a</seg></tuv>"#),
      unit(#"<tuv xml:lang="en"><seg>a</seg></tuv>"#)
    ),
    (
      unit(#"<tuv xml:lang=⟦broken-tag⟧"en><seg>a</seg></tuv>"#),
      unit(#"<tuv xml:lang="en"><seg>a</seg></tuv>"#)
    ),
    (
      unit(#"⟦broken-tag⟧<tuv xml:lang="en"<seg>a</seg></tuv>"#),
      unit(#"<tuv xml:lang="en"><seg>a</seg></tuv>"#)
    ),
    (
      #"⟦missing-source⟧<tu><tuv xml:lang="⟦language-case⟧EN-us"><seg>a</seg></tuv>"# + zh
        + "</tu>",
      #"<tu srclang="en-US"><tuv xml:lang="en-US"><seg>a</seg></tuv>"# + zh + "</tu>"
    ),
    (
      #"<tu usagecount="⟦invalid-count⟧ 3" creationdate="⟦invalid-date⟧2026-05-18">"#
        + #"<tuv xml:lang="en"><seg>a</seg></tuv>"# + zh + "</tu>",
      #"<tu usagecount="3" creationdate="20260518T000000Z">"#
        + #"<tuv xml:lang="en"><seg>a</seg></tuv>"# + zh + "</tu>"
    ),
    (
      #"⟦missing-variant⟧<tu><note>n</note></tu>"# + segment("a"), segment("a")
    ),
    (
      #"<tu a="⟦unknown-attribute⟧1"><tuv xml:lang="en"><seg>a</seg></tuv>"# + zh + "</tu>",
      #"<tu><prop type="x-a">1</prop><tuv xml:lang="en"><seg>a</seg></tuv>"# + zh + "</tu>"
    ),
    (
      #"<tu>⟦unknown-element⟧<custom>1</custom><tuv xml:lang="en"><seg>a</seg></tuv>"# + zh
        + "</tu>",
      #"<tu><prop type="x-custom">1</prop><tuv xml:lang="en"><seg>a</seg></tuv>"# + zh + "</tu>"
    ),
    (
      "⟦broken-comment⟧<!-- a--b --->" + segment("a"), "<!-- a- -b - -->" + segment("a")
    ),
  ]

  @Test(arguments: units)
  func faultsInUnitsAreNamedAndMended(marked: String, repaired: String) throws {
    let file = MarkedFile(wholeTMX(marked))
    let examination = try Examination(file.text.utf8, in: directory)
    #expect(examination.findings.map(\.asExpected) == file.expected)
    #expect(examination.repairedText == wholeTMX(repaired))
    #expect(try examination.second().filter { $0.mending != nil } == [])
    try expectValid(examination.repairedPath)
    _ = try TMXContent(examination.repairedPath)
  }

  private func expectValid(_ path: String) throws {
    guard let judge = Judge("xmllint"), let schema = TestData.path("schemas/tmx/tmx14.dtd") else {
      return
    }
    #expect(
      try judge.complaint(["--nonet", "--noout", "--dtdvalid", schema, path]) == "")
  }

  /// What is found and left to a person.
  @Test(arguments: [
    unit(#"<tuv xml:lang="⟦invalid-language⟧English"><seg>a</seg></tuv>"#)
      .replacing("<tu>", with: "⟦missing-source⟧<tu>"),
    segment("").replacing("<seg></seg>", with: "⟦empty-segment⟧<seg></seg>"),
    segment("\n  a").replacing("<seg>\n", with: "⟦segment-whitespace⟧<seg>\n"),
    segment(#"<ph x="1"/>"#).replacing(
      "<tuv xml:lang=\"zh", with: "⟦tag-mismatch⟧<tuv xml:lang=\"zh"),
    segment("a").replacing("<tu>", with: #"<tu usagecount="⟦invalid-count⟧often">"#),
    segment("a").replacing("<tu>", with: #"<tu changedate="⟦invalid-date⟧20261301T000000Z">"#),
  ])
  func whatOnlyAPersonCanMendStays(marked: String) throws {
    let file = MarkedFile(wholeTMX(marked))
    let examination = try Examination(file.text.utf8, in: directory)
    #expect(examination.findings.map(\.asExpected) == file.expected)
    #expect(
      examination.findings.map(\.mending) == [String?](repeating: nil, count: file.expected.count))
    #expect(examination.repairedText == file.text)
  }

  /// Whole files, marked, and what is written.
  static let files: [(marked: String, repaired: String)] = [
    (
      "⟦missing-doctype⟧<tmx version=\"⟦wrong-version⟧1.4b\">\(wholeHeader)<body/></tmx>",
      "<!DOCTYPE tmx SYSTEM \"tmx14.dtd\">\n<tmx version=\"1.4\">\(wholeHeader)<body/></tmx>"
    ),
    (
      "<!DOCTYPE tmx ⟦entity-declaration⟧[<!ENTITY a \"b\">]><tmx version=\"1.4\">\(wholeHeader)"
        + "<body>\(segment("⟦undefined-entity⟧&a;"))</body></tmx>",
      "<!DOCTYPE tmx><tmx version=\"1.4\">\(wholeHeader)<body>\(segment("&amp;a;"))</body></tmx>"
    ),
    (
      tmx("", header: "").replacing("<body>", with: "⟦missing-header⟧<body>"),
      tmx("", header: TMXGrammar.defaultHeader + "\n")
    ),
    (
      tmx("x", header: wholeHeader).replacing("\nx", with: "⟦stray-content⟧\nx"),
      tmx("x", header: wholeHeader).replacing("\nx\n", with: "<!--\nx\n-->")
    ),
    (
      "<!DOCTYPE tmx>⟦missing-attribute⟧<tmx>\(wholeHeader)⟦missing-body⟧\(segment("a"))"
        + "⟦unclosed-element⟧</tmx>",
      "<!DOCTYPE tmx><tmx version=\"1.4\">\(wholeHeader)<body>\n\(segment("a"))</body></tmx>"
    ),
    (
      wholeTMX(segment("a")).replacing("</body></tmx>\n", with: "⟦truncated⟧"),
      wholeTMX(segment("a"))
    ),
    (
      wholeTMX(
        segment("a")
          + "⟦truncated⟧<tu><tuv xml:lang=\"en\"><seg>b</seg></tuv><tuv xml:lang=\"zh-CN\"><se"
      )
      .replacing(
        "<se\n</body></tmx>\n", with: "<seg>乙</seg></tuv><tuv xml:lang=\"de\"><seg>c⟦truncated⟧"),
      wholeTMX(
        segment("a") + "<tu><tuv xml:lang=\"en\"><seg>b</seg></tuv>"
          + "<tuv xml:lang=\"zh-CN\"><seg>乙</seg></tuv></tu>"
      ).replacing("\n</body>", with: "</body>")
    ),
    (
      wholeTMX(segment("a") + "⟦truncated⟧<tu><tuv xml:lang=\"en\"><seg>b</seg></tuv>")
        .replacing("\n</body></tmx>\n", with: "⟦truncated⟧"),
      wholeTMX(segment("a")).replacing("\n</body>", with: "</body>")
    ),
  ]

  @Test(arguments: files)
  func faultsAroundUnitsAreNamedAndMended(marked: String, repaired: String) throws {
    let file = MarkedFile(marked)
    let examination = try Examination(file.text.utf8, in: directory)
    #expect(examination.findings.map(\.asExpected) == file.expected)
    #expect(examination.repairedText == repaired)
    #expect(try examination.second() == [])
    try expectValid(examination.repairedPath)
  }

  @Test(arguments: [
    "<?xml version='1.0' encoding=UTF-8?>", "<?xml encoding='UTF-8'?>",
    "<?xml version=\"1.0\" encoding=\"UTF-88\"?>", "<?xml version=\"1.0\"encoding=\"UTF-8\"?>",
  ])
  func declarationsAreWrittenAnew(declaration: String) throws {
    let right = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
    let text = wholeTMX(Self.segment("文"))
    let examination = try Examination(
      text.replacing(right, with: declaration).utf8, in: directory)
    #expect(examination.findings.map(\.rule) == [.brokenDeclaration])
    #expect(examination.repairedText == text)
  }

  @Test(arguments: [
    "<!DOCTYPE>", "<!DOCTYPE tmx SYSTEM>", "<!DOCTYPE tmx SYSTEM tmx14.dtd>", "<!DOCTYPEtmx>",
    "<!DOCTYPE tmx PUBLIC \"tmx14.dtd\">",
  ])
  func doctypesAreWrittenAnew(doctype: String) throws {
    let right = "<!DOCTYPE tmx SYSTEM \"tmx14.dtd\">"
    let text = wholeTMX(Self.segment("文"))
    let examination = try Examination(text.replacing(right, with: doctype).utf8, in: directory)
    #expect(examination.findings.map(\.rule) == [.brokenDeclaration, .missingDoctype])
    #expect(examination.repairedText == text.replacing(right + "\n", with: "\n" + right + "\n"))
  }

  @Test func whatIsLostIsSaid() throws {
    let text = wholeTMX("<tu><tuv xml:lang=\"en\"><seg>left alone")
      .replacing("\n</body></tmx>\n", with: "")
    let examination = try Examination(text.utf8, in: directory)
    #expect(examination.findings.first?.mending == "left out: “left alone”")
  }

  @Test func sameIdentifiersAreNumbered() throws {
    let units = ["a", "a", "a-2", "b"].map {
      Self.segment("x").replacing("<tu>", with: "<tu tuid=\"\($0)\">")
    }
    let examination = try Examination(wholeTMX(units.joined()).utf8, in: directory)
    #expect(examination.findings.map(\.rule) == [.duplicateID, .duplicateID])
    let identifiers = examination.repairedText.matches(of: /tuid="([^"]*)"/).map { String($0.1) }
    #expect(identifiers == ["a", "a-2", "a-2-2", "b"])
  }

  @Test func headersAreFilledIn() throws {
    let examination = try Examination(
      tmx(Self.segment("a"), header: #"<header srclang="EN" segtype="Line"/>"#).utf8, in: directory)
    #expect(examination.findings.map(\.rule).filter { $0 == .missingAttribute }.count == 5)
    #expect(
      examination.repairedText.contains(
        #"<header srclang="en" segtype="sentence" creationtool="unknown" "#
          + #"creationtoolversion="unknown" o-tmf="unknown" adminlang="en" datatype="unknown"/>"#))
    try expectValid(examination.repairedPath)
  }

  // MARK: Clean files

  @Test(
    .enabled(if: TestData.path("samples/tmx-kit") != nil, "no samples"),
    arguments: TestData.files(in: "samples/tmx-kit", ending: ".tmx"))
  func kitFilesAreValidAfterRepair(path: String) throws {
    let examination = try Examination(TestData.bytes(path), in: directory)
    try expectValid(examination.repairedPath)
    #expect(try examination.second().filter { $0.mending != nil } == [])
    // Codes in the case of the standard are the same languages, and the texts are the texts.
    let before = try TMXContent(path).summaries
    #expect(
      try TMXContent(examination.repairedPath).summaries.map { $0.lowercased() }
        == before.map { $0.lowercased() })
  }

  @Test(arguments: ["UTF-8", "UTF-8 with mark", "UTF-16LE", "UTF-16BE", "GB18030"])
  func aCleanFileIsWrittenAsItWas(encoding: String) throws {
    let name =
      encoding.hasPrefix("UTF-16") ? "UTF-16" : encoding.hasPrefix("UTF-8") ? "UTF-8" : encoding
    let text = tmx(Self.segment("a\r\n<ph>&lt;</ph> 二 "), header: wholeHeader, encoding: name)
    var bytes = Array(text.utf8)
    switch encoding {
    case "UTF-8 with mark": bytes = [0xEF, 0xBB, 0xBF] + bytes
    case "UTF-16LE":
      bytes = [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    case "UTF-16BE":
      bytes = [0xFE, 0xFF] + text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    case "GB18030":
      // 文 and 二.
      bytes = text.unicodeScalars.flatMap { scalar -> [UInt8] in
        scalar == "文" ? [0xCE, 0xC4] : scalar == "二" ? [0xB6, 0xFE] : [UInt8(scalar.value)]
      }
    default: break
    }
    let examination = try Examination(bytes, in: directory)
    #expect(examination.findings == [])
    #expect(examination.repaired == bytes)
  }

  @Test(arguments: [true, false])
  func wideFilesAreMendedInTheirEncoding(isBigEndian: Bool) throws {
    func wide(_ text: String) -> [UInt8] {
      ("\u{FEFF}" + text).utf16.flatMap { unit in
        let bytes = [UInt8(unit & 0xFF), UInt8(unit >> 8)]
        return isBigEndian ? bytes.reversed() : bytes
      }
    }
    func text(_ content: String) -> String {
      tmx(Self.segment(content), header: wholeHeader, encoding: "UTF-16")
    }
    let examination = try Examination(wide(text("二 & a")), in: directory)
    #expect(examination.findings.map(\.rule) == [.strayAmpersand])
    let start = try #require(text("二 & a").utf16.firstIndex(of: 0x26))
    #expect(
      examination.findings.first?.start.offset
        == 2 + 2 * text("二 & a").utf16.distance(from: text("二 & a").utf16.startIndex, to: start))
    #expect(examination.findings.first?.start.line == 4)
    #expect(examination.repaired == wide(text("二 &amp; a")))
  }
}
