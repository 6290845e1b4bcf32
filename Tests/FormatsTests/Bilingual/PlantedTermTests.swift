import Bitext
import TestSupport
import Testing

@testable import Formats

/// A term that is planted in a text is found at its bytes, and one in code, attributes, comments or
/// keys is not found at all.
@Suite struct PlantedTermTests {
  let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  /// Files with `TERM` where text stands and `HIDDEN` where none does.
  static let xml: [(name: String, file: @Sendable (String) -> String)] = [
    (
      "a.xlf",
      {
        xliff(
          "<!-- HIDDEN -->"
            + transUnit("a TERM &amp; <g id='1' ctype='HIDDEN'>TERM</g><x id='HIDDEN'/>", "术TERM语")
            + "<trans-unit id=\"HIDDEN\"><source>TERM<ph id='2'>HIDDEN</ph> b</source>"
            + "<target>😀<mrk mtype='x-HIDDEN'>TERM</mrk></target><note>HIDDEN</note>"
            + "<alt-trans><source>HIDDEN</source><target>HIDDEN</target></alt-trans></trans-unit>",
          encoding: $0)
      }
    ),
    (
      "b.xliff",
      {
        xliff2(
          "<unit id='HIDDEN'><notes><note>HIDDEN</note></notes>"
            + "<originalData><data id='d1'>HIDDEN</data></originalData>"
            + "<mtc:matches xmlns:mtc='m'><mtc:match ref='#1'><source>HIDDEN</source>"
            + "<target>HIDDEN</target></mtc:match></mtc:matches>"
            + "<gls:glossary xmlns:gls='g'><gls:glossEntry><gls:term>HIDDEN</gls:term>"
            + "<gls:translation>HIDDEN</gls:translation></gls:glossEntry></gls:glossary>"
            + "<segment><source>é <pc id='1'>TERM</pc>\r\n&lt;TERM<ph id='2' equiv='HIDDEN'/></source>"
            + "<target>一<![CDATA[<TERM>]]></target></segment></unit>", encoding: $0)
      }
    ),
    (
      "c.sdlxliff",
      {
        xliff(
          "<trans-unit id='1'><source>HIDDEN</source><seg-source><g id='1'>"
            + "<mrk mtype='seg' mid='1'>x TERM</mrk> <mrk mtype='seg' mid='2'>二TERM</mrk></g>"
            + "</seg-source><target><g id='1'><mrk mtype='seg' mid='1'>TERM y</mrk>"
            + "<mrk mtype='seg' mid='2'>z</mrk></g></target>"
            + "<sdl:seg-defs xmlns:sdl='s'><sdl:seg id='1'><sdl:value>HIDDEN</sdl:value></sdl:seg>"
            + "</sdl:seg-defs></trans-unit>", encoding: $0)
      }
    ),
    (
      "d.tmx",
      {
        tmx(
          "<!-- HIDDEN --><tu tuid='HIDDEN'><note>HIDDEN</note><prop type='HIDDEN'>HIDDEN</prop>"
            + "<tuv xml:lang='en'><seg>é TERM<ph>HIDDEN</ph> &amp;TERM</seg></tuv>"
            + "<tuv xml:lang='zh'><seg>术<hi>TERM</hi></seg></tuv></tu>", encoding: $0)
      }
    ),
  ]

  static let plain: [(name: String, text: String)] = [
    (
      "a.po",
      po(
        "# HIDDEN\n#: src/HIDDEN.c:1\nmsgctxt \"HIDDEN\"\nmsgid \"é \\\"TERM\\\" \"\n\"TERM\\n\"\n"
          + "msgstr \"术TERM语\\tTERM\"\n\n#~ msgid \"HIDDEN\"\n#~ msgstr \"HIDDEN\"\n",
        charset: "UTF-8")
    ),
    ("a.csv", "id,en,zh-Hans,note\r\nHIDDEN,\"a \"\"TERM\"\", TERM\",术TERM,HIDDEN\r\n"),
    ("b.csv", "en;zh\n\"x\nTERM\";é\"TERM\"TERM\n"),
    ("a.tsv", "en\tzh-Hans\tscore\n\"TERM\" 😀 TERM\t的TERM\tHIDDEN\n"),
  ]

  private func expectExact(
    _ text: ParallelText, in bytes: [UInt8], _ encoding: TestEncoding,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let places = bytes.ranges(of: encoding.bytes("TERM"))
    #expect(places.count >= 3, sourceLocation: sourceLocation)
    #expect(text.places(of: "TERM") == places, sourceLocation: sourceLocation)
    for prose in [text.source.prose, text.target.prose] {
      let shown = String(decoding: prose.utf8, as: UTF8.self)
      #expect(!shown.contains("HIDDEN"), "\(shown)", sourceLocation: sourceLocation)
    }
  }

  @Test(arguments: xml.indices, TestEncoding.allCases)
  func inXMLItIsWhereItStands(index: Int, encoding: TestEncoding) throws {
    let (name, file) = Self.xml[index]
    let bytes = encoding.file(file(encoding.declared))
    expectExact(try directory.bilingual(name, bytes), in: bytes, encoding)
  }

  @Test(arguments: plain.indices, TestEncoding.allCases)
  func inPOAndTablesItIsWhereItStands(index: Int, encoding: TestEncoding) throws {
    let (name, text) = Self.plain[index]
    let bytes = encoding.file(text)
    expectExact(try directory.bilingual(name, bytes), in: bytes, encoding)
  }

  /// In GB 2312 as the header says it, where no guess is made.
  @Test func inADeclaredCharacterSetToo() throws {
    let bytes = gb2312(po("msgid \"model\"\nmsgstr \"这是模型。\"\n", charset: "GB2312"))
    let text = try directory.bilingual("a.po", bytes)
    #expect(text.summaries == ["model | 这是模型。"])
    #expect(text.places(of: "模型") == bytes.ranges(of: gb2312("模型")))
  }

  @Test(arguments: TestEncoding.allCases)
  func commentsAreWhereTheyStand(_ encoding: TestEncoding) throws {
    let comment = "<!-- 注 é\r\nremark -->"
    let note = "<note from=\"x\">a &lt; 备注</note>"
    let files: [(String, String)] = [
      ("a.xlf", xliff(comment + transUnit("a", "甲") + note, encoding: encoding.declared)),
      (
        "a.tmx",
        tmx(
          comment + tmxUnit("a") + tmxUnit("b").replacing("<tu>", with: "<tu>" + note),
          encoding: encoding.declared)
      ),
    ]
    for (name, content) in files {
      let bytes = encoding.file(content)
      for prose in [try directory.bilingual(name, bytes)].flatMap({
        [$0.source.prose, $0.target.prose]
      }) {
        #expect(prose.comments.map(\.text) == [" 注 é\nremark ", "a < 备注"], "\(name)")
        #expect(
          prose.comments.map(\.range)
            == bytes.ranges(of: encoding.bytes(comment)) + bytes.ranges(of: encoding.bytes(note)))
      }
    }
  }
}
