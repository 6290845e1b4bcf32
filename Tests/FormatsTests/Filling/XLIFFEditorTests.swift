import Bitext
import TestSupport
import Testing

@testable import Formats

@Suite struct XLIFFEditorTests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private static let exact = #"state="translated" state-qualifier="exact-match""#
  private static let fuzzy = #"state="needs-review-translation" state-qualifier="fuzzy-match""#
  private static let alternative =
    #"<alt-trans match-quality="83%" origin="m&quot;&amp;.tmx"><source>one &lt;more</source>"#
    + "<target>一</target></alt-trans>"

  /// Units of XLIFF 1.2, what they become and what is said of them.
  private static let units12: [(unit: String, filled: String, kinds: [String])] = [
    (
      transUnit("one", nil),
      "<trans-unit id=\"1\"><source>one</source><target \(exact)>一</target></trans-unit>", ["exact"]
    ),
    (
      "<trans-unit id='1'>\r\n\t<source>one</source>\r\n</trans-unit>",
      "<trans-unit id='1'>\r\n\t<source>one</source>\r\n\t<target \(exact)>一</target>\r\n</trans-unit>",
      ["exact"]
    ),
    (
      "<trans-unit id='1'><source >one</source ><target xml:lang='zh-CN' /><note/></trans-unit>",
      "<trans-unit id='1'><source >one</source ><target xml:lang='zh-CN' \(exact) >一</target><note/>"
        + "</trans-unit>", ["exact"]
    ),
    (
      "<trans-unit id='1'><source> one\n</source><target state = 'new'>o > n</target></trans-unit>",
      "<trans-unit id='1'><source> one\n</source><target state = 'translated' "
        + "state-qualifier=\"exact-match\"> 一</target></trans-unit>", ["exact"]
    ),
    (
      "<trans-unit id='1'><source><![CDATA[a & b]]></source><target>\n</target></trans-unit>",
      "<trans-unit id='1'><source><![CDATA[a & b]]></source><target \(exact)>甲&amp;乙</target>"
        + "</trans-unit>", ["exact"]
    ),
    (
      transUnit("one more", ""),
      "<trans-unit id=\"1\"><source>one more</source><target \(fuzzy)>一</target>\(alternative)"
        + "</trans-unit>", ["fuzzy"]
    ),
    (
      "<x:trans-unit xmlns:x='urn:oasis:names:tc:xliff:document:1.2' id='1'><x:source>one</x:source>"
        + "</x:trans-unit>",
      "<x:trans-unit xmlns:x='urn:oasis:names:tc:xliff:document:1.2' id='1'><x:source>one</x:source>"
        + "<x:target \(exact)>一</x:target></x:trans-unit>", ["exact"]
    ),
    (
      "<trans-unit id='1'><source>A. B.</source><seg-source><g id='1'><mrk mtype='seg' mid='7'>A."
        + "</mrk> <mrk mtype='seg' mid='8'>B.</mrk></g></seg-source></trans-unit>",
      "<trans-unit id='1'><source>A. B.</source><seg-source><g id='1'><mrk mtype='seg' mid='7'>A."
        + "</mrk> <mrk mtype='seg' mid='8'>B.</mrk></g></seg-source><target \(exact)><g id='1'>"
        + "<mrk mtype='seg' mid='7'>甲。</mrk> <mrk mtype='seg' mid='8'>乙。</mrk></g></target>"
        + "</trans-unit>", ["exact", "exact"]
    ),
    (
      "<trans-unit id='1'><source>A. C.</source><seg-source><mrk mtype='seg' mid='7'>A.</mrk> "
        + "<mrk mtype='seg' mid='8'>C.</mrk></seg-source></trans-unit>",
      "<trans-unit id='1'><source>A. C.</source><seg-source><mrk mtype='seg' mid='7'>A.</mrk> "
        + "<mrk mtype='seg' mid='8'>C.</mrk></seg-source><target state=\"needs-translation\">"
        + "<mrk mtype='seg' mid='7'>甲。</mrk> <mrk mtype='seg' mid='8'></mrk></target></trans-unit>",
      ["exact", "missing"]
    ),
    (
      "<trans-unit id='1'><source>A. B.</source><seg-source><mrk mtype='seg' mid='7'>A.</mrk> "
        + "<mrk mtype='seg' mid='8'>B.</mrk></seg-source><target><mrk mtype='seg' mid='8'/> "
        + "<mrk mtype='seg' mid='7'>某</mrk></target></trans-unit>",
      "<trans-unit id='1'><source>A. B.</source><seg-source><mrk mtype='seg' mid='7'>A.</mrk> "
        + "<mrk mtype='seg' mid='8'>B.</mrk></seg-source><target><mrk mtype='seg' mid='8'>乙。</mrk> "
        + "<mrk mtype='seg' mid='7'>某</mrk></target></trans-unit>", ["translated", "exact"]
    ),
    (
      "<trans-unit id='1'><source>one more</source><seg-source><mrk mtype='seg' mid='7'>one more"
        + "</mrk></seg-source>\n<target><mrk mtype='seg' mid='7'></mrk></target></trans-unit>",
      "<trans-unit id='1'><source>one more</source><seg-source><mrk mtype='seg' mid='7'>one more"
        + "</mrk></seg-source>\n<target><mrk mtype='seg' mid='7'>一</mrk></target>"
        + alternative.replacing(".tmx\"", with: ".tmx\" mid=\"7\"") + "</trans-unit>", ["fuzzy"]
    ),
    // Copies of the source, as some tools make them.
    (
      "<trans-unit id='1'><source>A. B.</source><seg-source><mrk mtype='seg' mid='7'>A.</mrk> "
        + "<mrk mtype='seg' mid='8'>B.</mrk></seg-source><target state='new'><mrk mtype='seg' "
        + "mid='7'>A.</mrk> <mrk mtype='seg' mid='8'>某</mrk></target></trans-unit>",
      "<trans-unit id='1'><source>A. B.</source><seg-source><mrk mtype='seg' mid='7'>A.</mrk> "
        + "<mrk mtype='seg' mid='8'>B.</mrk></seg-source><target state='translated' "
        + "state-qualifier=\"exact-match\"><mrk mtype='seg' mid='7'>甲。</mrk> "
        + "<mrk mtype='seg' mid='8'>某</mrk></target></trans-unit>", ["exact", "translated"]
    ),
  ]

  @Test(arguments: units12.indices)
  func targetsOf12AreWritten(index: Int) throws {
    let (unit, filled, kinds) = Self.units12[index]
    let filler = ListedTranslations.usual
    let content = try directory.filled("a.xlf", xliff(unit), filler)
    #expect(content == xliff(filled))
    #expect(filler.kinds == kinds)
  }

  /// Units that stay as they are, and why.
  private static let untouched: [(unit: String, kinds: [String])] = [
    (transUnit("one", "某"), ["translated"]), (transUnit("other", nil), ["missing"]),
    (transUnit("other", "<g id='1'/>"), ["left markedTarget"]),
    (transUnit("one", "<!-- x -->"), ["left markedTarget"]),
    (transUnit("one", "<![CDATA[]]>"), ["left markedTarget"]), (transUnit(" ", nil), []),
    (transUnit("<x id='1'/>", nil), []), (transUnit("o<x id='1'/>ne", nil), ["left codes"]),
    (
      "<trans-unit id='1' translate='no'><source>one</source></trans-unit>", ["left untranslatable"]
    ),
    ("<group translate='no'>" + transUnit("one", nil) + "</group>", ["left untranslatable"]),
    ("<trans-unit id='1' approved='yes'><source>one</source></trans-unit>", ["left locked"]),
    (
      "<trans-unit id='1' m:locked='true' xmlns:m='m'><source>one</source></trans-unit>",
      ["left locked"]
    ),
    (
      "<trans-unit id='1'><source>one</source><target state='final'/></trans-unit>", ["left locked"]
    ),
    (
      "<trans-unit id='1'><source>A.</source><seg-source><mrk mtype='seg' mid='7'>A.</mrk>"
        + "</seg-source><s:seg-defs xmlns:s='s'><s:seg id='7' locked='true'/></s:seg-defs>"
        + "</trans-unit>", ["left locked"]
    ),
    (
      "<trans-unit id='1'><source>A.</source><seg-source><mrk mtype='seg' mid='7'>A.</mrk>"
        + "</seg-source><target><mrk mtype='seg' mid='9'/></target></trans-unit>",
      ["left markedTarget"]
    ),
    (
      "<trans-unit id='1'><source>x</source><alt-trans><source>one</source><target/></alt-trans>"
        + "</trans-unit>", ["missing"]
    ),
  ]

  @Test(arguments: untouched.indices)
  func whatIsNotToBeFilledStays(index: Int) throws {
    let (unit, kinds) = Self.untouched[index]
    let filler = ListedTranslations.usual
    let content = xliff(unit)
    #expect(try directory.filled("a.xlf", content, filler) == content)
    #expect(filler.kinds == kinds)
  }

  private static let match =
    ##"ref="#%" type="tm" similarity="83" origin="m&quot;&amp;.tmx"><source>one &lt;more</source>"##
    + "<target>一</target>"

  /// Units of XLIFF 2.
  private static let units2: [(unit: String, filled: String, kinds: [String])] = [
    (
      unit2("one", nil),
      "<unit id=\"1\"><segment state=\"translated\"><source>one</source><target>一</target></segment>"
        + "</unit>", ["exact"]
    ),
    (
      "<unit id='1'><segment id='s1' state='initial'><source>one</source><target>x</target></segment>"
        + "<ignorable><source>one</source></ignorable></unit>",
      "<unit id='1'><segment id='s1' state='translated'><source>one</source><target>一</target>"
        + "</segment><ignorable><source>one</source></ignorable></unit>", ["exact"]
    ),
    (
      "<unit id='1'><notes><note>n</note></notes><segment id='s1'><source>one</source></segment>"
        + "<segment><source>one more</source></segment></unit>",
      "<unit id='1'><mtc:matches xmlns:mtc=\"urn:oasis:names:tc:xliff:matches:2.0\"><mtc:match "
        + match.replacing("%", with: "s2")
        + "</mtc:match></mtc:matches><notes><note>n</note></notes>"
        + "<segment id='s1' state=\"translated\"><source>one</source><target>一</target></segment>"
        + "<segment state=\"initial\" subState=\"concord:fuzzy-match\" id=\"s2\"><source>one more"
        + "</source><target>一</target></segment></unit>", ["exact", "fuzzy"]
    ),
    (
      "<unit id='1'><m:matches xmlns:m='urn:oasis:names:tc:xliff:matches:2.0'><m:match ref='#a'>"
        + "<source>x</source><target>某</target></m:match></m:matches><segment id='a'><source>one more"
        + "</source></segment></unit>",
      "<unit id='1'><m:matches xmlns:m='urn:oasis:names:tc:xliff:matches:2.0'><m:match "
        + match.replacing("%", with: "a") + "</m:match><m:match ref='#a'><source>x</source>"
        + "<target>某</target></m:match></m:matches><segment id='a' state=\"initial\" "
        + "subState=\"concord:fuzzy-match\"><source>one more</source><target>一</target></segment>"
        + "</unit>", ["fuzzy"]
    ),
    (
      unit2("<pc id='1'>one</pc>", ""),
      "<unit id=\"1\"><segment state=\"translated\"><source><pc id='1'>one</pc></source><target>"
        + "<pc id='1'>一</pc></target></segment></unit>", ["exact"]
    ),
    ("<group id='g' translate='no'>" + unit2("one", nil) + "</group>", "", ["left untranslatable"]),
    (
      "<unit id='1'><segment state='final'><source>one</source></segment></unit>", "",
      ["left locked"]
    ),
    (
      "<unit id='1'><segment state='initial' subState='a:b'><source>one</source><target>x</target>"
        + "</segment></unit>", "", ["translated"]
    ),
    (unit2("one", "x"), "", ["translated"]),
  ]

  @Test(arguments: units2.indices, ["2.0", "2.1"])
  func targetsOf2AreWritten(index: Int, version: String) throws {
    let (unit, filled, kinds) = Self.units2[index]
    let filler = ListedTranslations.usual
    let content = try directory.filled("a.xlf", xliff2(unit, version: version), filler)
    // What is not filled is written as nothing in the table.
    #expect(content == xliff2(filled.isEmpty ? unit : filled, version: version))
    #expect(filler.kinds == kinds)
  }

  @Test func theTargetLanguageIsWrittenOnceWhereItIsMissing() throws {
    let one = try directory.filled(
      "a.xlf", xliff(transUnit("one", nil) + transUnit("one", nil), target: nil), .usual)
    #expect(one.contains(#"datatype="plaintext" target-language="zh-CN">"#))
    #expect(one.ranges(of: "target-language").count == 1)
    let two = try directory.filled("b.xlf", xliff2(unit2("one", nil), target: nil), .usual)
    #expect(two.contains(#"document:2.0" trgLang="zh-CN">"#))
    let none = xliff(transUnit("other", nil), target: nil)
    #expect(try directory.filled("c.xlf", none, .usual) == none)
  }

  @Test func aFileInOtherLanguagesStays() throws {
    let filler = ListedTranslations.usual
    filler.target = nil
    let content = xliff(transUnit("one", nil) + transUnit("one", "某"))
    #expect(try directory.filled("a.xlf", content, filler) == content)
    #expect(filler.kinds == ["left languages", "translated"])
    #expect(filler.declared == ["en zh-CN"])
  }

  @Test func translationsMakeWayWhereThatIsAsked() throws {
    let filler = ListedTranslations.usual
    filler.overwrites = true
    let content = try directory.filled(
      "a.xlf",
      xliff(
        transUnit("one", "某") + transUnit("one", "一") + transUnit("one more", "某")
          + "<trans-unit id='3' approved='yes'><source>one</source><target>某</target></trans-unit>"),
      filler)
    #expect(
      content
        == xliff(
          "<trans-unit id=\"1\"><source>one</source><target \(Self.exact)>一</target></trans-unit>"
            + transUnit("one", "一") + transUnit("one more", "某")
            + "<trans-unit id='3' approved='yes'><source>one</source><target>某</target></trans-unit>"
        ))
    #expect(filler.kinds == ["exact", "translated", "translated", "translated"])
  }

  @Test(arguments: TestEncoding.allCases)
  func everyEncodingIsWrittenBack(encoding: TestEncoding) throws {
    let units = "<!-- 注 -->" + transUnit("one", nil) + transUnit("a &amp; b", "")
    let old = xliff(units, encoding: encoding.declared)
    let new = try directory.filled("a.xlf", encoding.file(old), .usual)
    let plain = try directory.filled("b.xlf", old.replacing("UTF-16", with: "UTF-8"), .usual)
    #expect(new == encoding.file(plain.replacing("UTF-8", with: encoding.declared)))
  }

  @Test func charactersThatAnEncodingLacksBecomeReferences() throws {
    let old = xliff(transUnit("one", nil), encoding: "ISO-8859-1")
    let new = try directory.filled("a.xlf", old, .usual)
    #expect(new.contains(">&#19968;</target>"))
    #expect(try directory.bilingual("b.xlf", new).summaries == ["one | 一"])
  }

  @Test func whatIsNoXLIFFIsTrouble() throws {
    for (name, content, line) in [
      ("a.xlf", "<tmx/>", 1), ("b.xlf", xliff("<trans-unit id='1'>\n<source>"), 6),
    ] {
      let trouble = #expect(throws: Trouble.self) {
        try directory.filled(name, content, .usual)
      }
      #expect(trouble?.line == line)
    }
    #expect(throws: Trouble.self) { try directory.filled("a.txt", "", .usual) }
    #expect(throws: Trouble.self) { try directory.filled("a.xlf", "", .usual) }
  }

  /// What is valid stays so, in each version, with the modules that are written.
  @Test(
    .enabled(if: TestData.path("schemas/xliff") != nil && Judge("xmllint") != nil, "no schemas"))
  func whatIsWrittenIsValid() throws {
    let judge = try #require(Judge("xmllint"))
    let folder = try directory.schemas()
    func number(_ units: [String]) -> String {
      units.enumerated().map { index, unit in
        unit.replacing("id=\"1\"", with: "id=\"u\(index)\"", maxReplacements: 1)
          .replacing("unit id='1'", with: "unit id='u\(index)'", maxReplacements: 1)
      }.joined(separator: "\n")
    }
    let samples = [
      ("xliff-core-1.2-strict.xsd", xliff(number(Self.units12.map(\.unit)))),
      ("xliff-core-1.2-transitional.xsd", xliff(number(Self.units12.map(\.unit)), target: nil)),
      ("xliff_core_2.0.xsd", xliff2(number(Self.units2.map(\.unit)), target: nil)),
      ("modules/matches.xsd", xliff2(number(Self.units2.map(\.unit)))),
    ]
    for (index, (schema, content)) in samples.enumerated() {
      let filler = ListedTranslations.usual
      let filled = try directory.filled("\(index).xlf", content, filler)
      #expect(filler.kinds.contains("exact") && filler.kinds.contains("fuzzy"))
      // Version 2.0 demands a target's language where there are targets: what lacks it is judged
      // filled alone.
      let contents = content.contains("trgLang") || index < 2 ? [content, filled] : [filled]
      for content in contents {
        let path = try directory.file("judged.xlf", content)
        #expect(
          try judge.complaint(["--nonet", "--noout", "--schema", folder + "/" + schema, path])
            == "")
      }
    }
  }
}
