import Bitext
import Testing

@testable import Formats

@Suite struct GlossMLTests {
  @Test func entriesWithTheirLanguagesAreRead() throws {
    let text = """
      <?xml version="1.0" encoding="UTF-8"?>
      <glossary version="1.0" srclang="en" xmlns="http://maxprograms.com/gml"><comment>ours</comment>
      <glossentry id="g1"><comment>first</comment>
      <langentry xml:lang="en"><term>port &amp; pier</term><definition source="ISO">where ships
      lie</definition></langentry>
      <langentry xml:lang="zh-CN"><term>港口</term><term>口岸</term><definition>停船之处</definition></langentry>
      <comment>second</comment></glossentry>
      <glossentry><langentry xml:lang="en"><term>lonely</term></langentry></glossentry>
      <glossentry><langentry xml:lang="en"><term> </term></langentry></glossentry>
      </glossary>
      """
    let content = try GlossML.read(Array(text.utf8), file: "a.gml")
    #expect(
      content.concepts.map(\.summary)
        == ["en port & pier; zh-CN 港口; zh-CN 口岸 (admitted)", "en lonely"])
    let first = try #require(content.concepts.first)
    #expect(first.id == "g1" && first.note == "first\nsecond" && first.source == "ISO")
    #expect(first.definition == "where ships\nlie")
    #expect(first.properties == [Property("definition", "停船之处", language: try tag("zh-CN"))])
    #expect(content.lines == [3, 8])
    #expect(content.warnings.map(\.line) == [8, 9])
  }

  @Test func itsRootTellsIt() {
    for (text, isOne) in [
      ("<glossary/>", true),
      ("\u{FEFF}<?xml version=\"1.0\"?><!-- x --><g:glossary xmlns:g='x'>", true),
      ("<tmx/>", false), ("glossary", false), ("", false), ("<", false), ("port\t港口", false),
    ] {
      #expect(GlossML.isOne(Array(text.utf8)) == isOne, "\(text)")
    }
    let wide = TestEncoding.utf16LittleEndian.file("<glossary/>")
    #expect(GlossML.isOne(wide))
  }

  @Test(arguments: [
    ("<glossary/>", "holds no term"), ("<glossary>", "is not well-formed"),
    (
      "<glossary><glossentry><langentry><term>x</term></langentry></glossentry></glossary>",
      "missing"
    ),
    (
      "<glossary><glossentry><langentry xml:lang='e'/></glossentry></glossary>",
      "'e', no language tag"
    ),
    ("<!DOCTYPE g [<!ENTITY x 'y'>]><glossary>&x;</glossary>", "Entity 'x' not defined"),
    (String(repeating: "<glossary>", count: 9000), "is not well-formed"),
  ])
  func whatIsNoGlossaryIsTrouble(text: String, message: String) {
    let trouble = #expect(throws: Trouble.self) {
      try GlossML.read(Array(text.utf8), file: "a.gml")
    }
    #expect(trouble?.message.contains(message) == true, "\(trouble?.description ?? "")")
  }
}

@Suite struct CEDICTGlossaryTests {
  @Test func eachGlossIsATerm() throws {
    let text = """
      # a remark
      傳統 传统 [chuan2 tong3] /tradition/traditional/CL:個|个[ge4]/tradition/\r
      行 行 [xing2] /to walk/
      行 行 [hang2] /row/see also 行業|行业[hang2 ye4]/
      甲 甲 [jia3] /variant of 乙[yi3]/

      """
    let content = try CEDICTGlossary.read(Array(text.utf8), file: "a.u8")
    #expect(
      content.concepts.map(\.summary) == [
        "zh-Hans 传统; zh-Hant 傳統; en tradition; en traditional (admitted)",
        "zh-Hans 行; zh-Hant 行; en to walk", "zh-Hans 行; zh-Hant 行; en row", "zh-Hans 甲; zh-Hant 甲",
      ])
    #expect(
      content.concepts.map(\.note)
        == ["CL:個|个[ge4]", nil, "see also 行業|行业[hang2 ye4]", "variant of 乙[yi3]"])
    #expect(content.concepts.map(\.id).first == "傳統 传统 [chuan2 tong3]")
    #expect(content.concepts[0].terms[1].properties == [Property("pinyin", "chuan2 tong3")])
    #expect(content.lines == [2, 3, 4, 5])
  }

  @Test func theFormTellsIt() {
    for (text, isOne) in [
      ("# x\n傳 传 [chuan2] /to pass/\n", true), ("# x\n", false), ("en,zh\nport [sea],港/口\n", false),
      ("a b [c] d\n", false), ("port\t港口\n", false), ("a b c [d] /e/\n", false),
    ] {
      #expect(CEDICTGlossary.isOne(Array(text.utf8)) == isOne, "\(text)")
    }
  }

  @Test func aLineOfAnotherFormIsTrouble() {
    let trouble = #expect(throws: Trouble.self) {
      try CEDICTGlossary.read(Array("傳 传 [chuan2] /to pass/\nx\n".utf8), file: "a.u8")
    }
    #expect(trouble?.line == 2)
  }
}
