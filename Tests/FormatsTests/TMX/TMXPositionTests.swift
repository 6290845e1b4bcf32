import Bitext
import Segmentation
import TestSupport
import Testing

@testable import Formats

/// Where a term stands in a segment must be where it stands in the file: a report that is off by
/// one reference points into the middle of a word.
@Suite struct TMXPositionTests {
  let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  /// Reads a file and checks that a term, which stands in it once, is found at its bytes.
  private func expectExact(
    _ term: String, in bytes: [UInt8], encoded: (String) -> [UInt8],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let places = bytes.ranges(of: encoded(term))
    try #require(places.count == 1, "the term stands once", sourceLocation: sourceLocation)
    let content = try TMXContent(try directory.file("memory.tmx", bytes))
    let variants = content.units.flatMap(\.variants)
    let found = variants.flatMap { variant in
      Array(variant.text.utf8).ranges(of: Array(term.utf8)).map { variant.positions.source($0) }
    }
    #expect(found == places, sourceLocation: sourceLocation)
  }

  static let segments = [
    "term", "a term b", "&amp; term", "&amp;&lt;term&gt;&quot;", "&#20013;term&#x6587;",
    "术语 term 术语", "é 😀 term", "<!-- a comment -->term", "a<!-- one --> <!-- two -->term",
    "a<?pi with data?>term", "<ph>&lt;b&gt;</ph>term<ph/>", "a <hi>the term</hi> b",
    "<![CDATA[a & term]]>", "a<![CDATA[<术语>]]>term", "a<![CDATA[x]]><![CDATA[ term]]>",
    "one\ntwo term", "one\r\ntwo term\r\nthree", "术语\r\n术语 term", "one\r\n\r\nterm &amp;\r\n",
    "<bpt i='1'\n>x</bpt\n>term<ept i='1'/>", "a&amp;\r\n<!-- c -->术&lt;term",
  ]

  @Test(arguments: segments, TestEncoding.allCases)
  func aTermIsWhereItStands(segment: String, encoding: TestEncoding) throws {
    let file = encoding.file(
      tmx(tmxUnit("before", "前") + tmxUnit(segment), encoding: encoding.declared))
    try expectExact("term", in: file, encoded: encoding.bytes)
  }

  @Test(arguments: ["一术语一", "这是&lt;术语&gt;", "<!-- 中 -->有 term 术语", "中文\r\n术语", "<![CDATA[的术语]]>"])
  func aChineseTermIsWhereItStands(segment: String) throws {
    for encoding in TestEncoding.allCases {
      let file = encoding.file(tmx(tmxUnit("before", segment), encoding: encoding.declared))
      try expectExact("术语", in: file, encoded: encoding.bytes)
    }
    let file = gb2312(tmx(tmxUnit("before", segment), encoding: "GB2312"))
    try expectExact("术语", in: file, encoded: gb2312)
  }

  @Test func aLongSegmentKeepsItsPlaces() throws {
    // The parser hands text over in pieces of a few hundred bytes.
    let filler = String(repeating: "术语 and more &amp; ", count: 400)
    try expectExact(
      "needle", in: Array(tmx(tmxUnit(filler + "needle" + filler)).utf8),
      encoded: { Array($0.utf8) })
    let lines = String(repeating: "术语 and more\r\n", count: 400)
    try expectExact(
      "needle", in: Array(tmx(tmxUnit(lines + "needle" + lines)).utf8), encoded: { Array($0.utf8) })
  }

  /// Chunks of 64 KiB end wherever they do: in a tag, a reference, a character.
  @Test func aFileOfSeveralChunksHasRightUnitsAndPlaces() throws {
    var body = ""
    for number in 0..<3000 {
      body += tmxUnit("unit &amp; \(number) 术语 <ph>x</ph>needle\(number).", "第\(number)句😀") + "\n"
    }
    let bytes = Array(tmx(body).utf8)
    try #require(bytes.count > 5 << 16)
    let content = try TMXContent(try directory.file("memory.tmx", bytes))
    #expect(content.units.count == 3000)
    var start = 0
    for (number, unit) in content.units.enumerated() {
      let english = try #require(unit.variants.first)
      #expect(english.text == "unit & \(number) 术语 needle\(number).")
      #expect(unit.variants.last?.text == "第\(number)句😀")
      #expect(unit.line == 4 + number)
      let needle = Array("needle\(number).".utf8)
      let place = try #require(
        bytes[start...].firstRange(of: needle), "in the order in which they were written")
      start = place.upperBound
      let text = Array(english.text.utf8)
      #expect(english.positions.source(text.count - needle.count..<text.count) == place)
    }
  }

  /// Random segments of everything that may stand in one, with their text as the oracle.
  @Test(arguments: TestEncoding.allCases)
  func randomSegmentsAreExact(_ encoding: TestEncoding) throws {
    let pieces: [(markup: String, text: String)] = [
      ("word", "word"), (" ", " "), ("术语", "术语"), ("é", "é"), ("😀", "😀"), ("&amp;", "&"),
      ("&#x4E2D;", "中"), ("&lt;", "<"), ("\n", "\n"), ("\r\n", "\n"), ("<!-- 注 -->", ""),
      ("<?p?>", ""), ("<ph x=\"1\">{&lt;}</ph>", ""), ("<hi>高 light</hi>", "高 light"),
      ("<![CDATA[<原 & raw>]]>", "<原 & raw>"),
      (String(repeating: "long 长 ", count: 60), String(repeating: "long 长 ", count: 60)),
    ]
    var random = SeededGenerator(seed: 4)
    var body = ""
    var texts: [String] = []
    for number in 0..<200 {
      var segment = (markup: "", text: "")
      let needle = "«n\(number)»"
      let at = random.below(8)
      for index in 0..<8 {
        let piece = index == at ? (needle, needle) : random.pick(pieces)
        segment.markup += piece.0
        segment.text += piece.1
      }
      body += tmxUnit(segment.markup) + "\n"
      texts.append(segment.text)
    }
    let bytes = encoding.file(tmx(body, encoding: encoding.declared))
    let content = try TMXContent(try directory.file("memory.tmx", bytes))
    #expect(content.units.map { $0.variants.first?.text } == texts)
    for (number, unit) in content.units.enumerated() {
      let variant = try #require(unit.variants.first)
      let needle = "«n\(number)»"
      let inText = Array(variant.text.utf8).ranges(of: Array(needle.utf8))
      #expect(
        inText.map { variant.positions.source($0) } == bytes.ranges(of: encoding.bytes(needle)),
        "\(needle) in \(variant.text)")
    }
  }
}

extension ArraySlice<UInt8> {
  fileprivate func firstRange(of other: [UInt8]) -> Range<Int>? {
    indices.first { self[$0...].starts(with: other) }.map { $0..<$0 + other.count }
  }
}

@Suite struct XMLEncodingTests {
  let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  @Test(arguments: TestEncoding.allCases)
  func unicodeWithAMark(_ encoding: TestEncoding) throws {
    let path = try directory.file(
      "memory.tmx", encoding.file(tmx(tmxUnit("a é", "术语"), encoding: encoding.declared)))
    #expect(try TMXContent(path).summaries == ["en a é / zh 术语"])
  }

  @Test func declaredGB2312() throws {
    let path = try directory.file(
      "memory.tmx", gb2312(tmx(tmxUnit("a", "这是术语。"), encoding: "GB2312")))
    #expect(try TMXContent(path).summaries == ["en a / zh 这是术语。"])
  }

  @Test func declaredWindows1252() throws {
    var bytes = Array(tmx(tmxUnit("caf# @don't~"), encoding: "windows-1252").utf8)
    for (ascii, byte) in [(0x23, 0xE9), (0x40, 0x93), (0x7E, 0x94)] as [(UInt8, UInt8)] {
      bytes = bytes.map { $0 == ascii ? byte : $0 }
    }
    bytes.removeSubrange(try #require(bytes.ranges(of: Array("文".utf8)).first))
    let path = try directory.file("memory.tmx", bytes)
    #expect(try TMXContent(path).summaries == ["en café “don't” / zh "])
  }

  @Test(arguments: [
    ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>", nil), ("<?xml version=\"1.0\"?>", nil),
    ("<?xml version='1.0' encoding='GB2312'?>", "GB2312"),
    ("<?xml version=\"1.0\" encoding = \"Big5\" ?>", "Big5"),
    ("<tmx note=\"encoding='GB2312'\">", nil),
    ("<?xml version=\"1.0\"?><tmx note=\"encoding='GB2312'\">", nil),
    // A mark says what the bytes are, whatever a tool that copied the declaration says.
    ("\u{FEFF}<?xml version=\"1.0\" encoding=\"windows-1252\"?>", nil),
    ("", nil),
  ])
  func isTheDeclaredOne(start: String, encoding: String?) {
    #expect(declaredXMLEncoding(Array(start.utf8)) == encoding)
  }

  @Test(arguments: [TestEncoding.utf16LittleEndian, .utf16BigEndian])
  func isUTF16WithOrWithoutAMark(_ encoding: TestEncoding) {
    let text = "<?xml version=\"1.0\" encoding=\"UTF-16\"?><tmx/>"
    #expect(declaredXMLEncoding(encoding.file(text)) == encoding.rawValue)
    #expect(declaredXMLEncoding(encoding.bytes(text)) == encoding.rawValue)
  }
}
