import Bitext
import TestSupport
import Testing

@testable import Formats

@Suite struct XLIFFTests {
  let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  static let units12: [(unit: String, pairs: [String])] = [
    (transUnit("one", "一"), ["one | 一"]),
    (transUnit("fire<x id='1'/>wall", "防火<ph id='1'>{0}</ph>墙"), ["firewall | 防火墙"]),
    (transUnit("a<bx id='1'/>b<ex id='1'/>c", "<it id='2' pos='open'>c</it>甲"), ["abc | 甲"]),
    (transUnit("<bpt id='1'>&lt;b></bpt>bold<ept id='1'>&lt;/b></ept>", "粗"), ["bold | 粗"]),
    (transUnit("<g id='1'>a <mrk mtype='term'>b</mrk></g> c", "甲"), ["a b c | 甲"]),
    (transUnit("one<x id='1' ctype='lb'/>two", "一<x id='1' ctype='lb'/>二"), ["one two | 一 二"]),
    (transUnit(" one ", "\n一\n"), ["one | 一"]),
    (transUnit("one\n   two", "滨河\r\n  公园\n 1"), ["one two | 滨河公园 1"]),
    (transUnit("one&#10;two &amp;\n three", "公<g id='1'>\n园</g>"), ["one\ntwo & three | 公园"]),
    (
      "<trans-unit id='1' xml:space='preserve'><source>one\n two</source><target>一\n二</target>"
        + "</trans-unit>", ["one\n two | 一\n二"]
    ),
    (transUnit("one", ""), ["one | "]), (transUnit("one", nil), ["one | "]),
    (transUnit("one", "<![CDATA[一 & 二]]>"), ["one | 一 & 二"]),
    (transUnit("", ""), []), (transUnit(" ", nil), []), (transUnit("", "一"), [" | 一"]),
    (
      "<trans-unit id='1'><source>A. B.</source><seg-source><mrk mtype='seg' mid='7'>A.</mrk> "
        + "<mrk mtype='seg' mid='8'>B.</mrk></seg-source><target><mrk mtype='seg' mid='8'>乙。</mrk>"
        + "<mrk mtype='seg' mid='7'>甲。</mrk></target></trans-unit>", ["A. | 甲。", "B. | 乙。"]
    ),
    (
      "<trans-unit id='1'><source>A. B.</source><seg-source><mrk mtype='seg' mid='7'>A.</mrk> "
        + "<mrk mtype='seg' mid='8'>B.</mrk></seg-source><target><mrk mtype='seg' mid='7'>甲。</mrk>"
        + "</target></trans-unit>", ["A. | 甲。", "B. | "]
    ),
    (
      "<trans-unit id='1'><source>A. B.</source><seg-source><mrk mtype='seg' mid='7'>A.</mrk> "
        + "<mrk mtype='seg' mid='8'>B.</mrk></seg-source></trans-unit>", ["A. | ", "B. | "]
    ),
    (
      "<trans-unit id='1'><source>A. B.</source><seg-source><mrk mtype='seg' mid='7'>A.</mrk> "
        + "<mrk mtype='seg' mid='8'>B.</mrk></seg-source><target>甲乙。</target></trans-unit>",
      ["A. B. | 甲乙。"]
    ),
    (
      "<group><trans-unit id='1'><source>a</source><target>甲</target><alt-trans><source>x</source>"
        + "<target>某</target></alt-trans></trans-unit></group>", ["a | 甲"]
    ),
    (
      "<trans-unit id='1'><source>a</source><target>甲</target><m:insertedmatch xmlns:m='m'>"
        + "<source>x</source><target>某</target></m:insertedmatch></trans-unit>", ["a | 甲"]
    ),
    ("<trans-unit id='1' translate='no'><source>a</source></trans-unit>", []),
    (
      "<x:trans-unit xmlns:x='urn:oasis:names:tc:xliff:document:1.2' id='1'><x:source>a</x:source>"
        + "<x:target>甲</x:target></x:trans-unit>", ["a | 甲"]
    ),
  ]

  @Test(arguments: units12.indices)
  func unitsOf12(index: Int) throws {
    let (unit, pairs) = Self.units12[index]
    // A unit behind it, so that the file is never empty.
    let text = try directory.bilingual("a.xlf", xliff(unit + transUnit("last", "末")))
    #expect(text.summaries == pairs + ["last | 末"])
    #expect(!text.isAligned)
  }

  static let units2: [(unit: String, pairs: [String])] = [
    (unit2("one", "一"), ["one | 一"]), (unit2("one", nil), ["one | "]),
    (unit2("fire<ph id='1'/>wall <pc id='2'>x</pc>", "甲"), ["firewall x | 甲"]),
    (unit2("<sc id='1'/>a<ec startRef='1'/><cp hex='0001'/>b", "甲"), ["ab | 甲"]),
    (unit2("one<ph id='1' type='fmt' subType='xlf:lb'/>two", "甲"), ["one two | 甲"]),
    (
      "<unit id='1'><segment id='s1'><source>A.</source><target>甲。</target></segment><ignorable>"
        + "<source> </source></ignorable><segment id='s2'><source>B.</source></segment></unit>",
      ["A. | 甲。", "B. | "]
    ),
    ("<group id='g' translate='no'>" + unit2("a", nil) + "</group>", []),
    (
      "<unit id='1' translate='no'><segment><source>a</source></segment></unit><unit id='2'>"
        + "<segment><source>b</source></segment></unit>", ["b | "]
    ),
  ]

  @Test(arguments: units2.indices, ["2.0", "2.1"])
  func unitsOf2(index: Int, version: String) throws {
    let (unit, pairs) = Self.units2[index]
    let text = try directory.bilingual(
      "a.xliff", xliff2(unit + unit2("last", "末", id: "9"), version: version))
    #expect(text.summaries == pairs + ["last | 末"])
  }

  @Test(arguments: [
    (
      xliff(transUnit("a <mrk mtype='protected'>B C</mrk> d", "甲 <mrk mtype='protected'>B</mrk>")),
      ["B C"], ["B"]
    ),
    (
      xliff("<trans-unit id='1' translate='no'><source>x</source><target>y</target></trans-unit>"),
      ["x"], ["y"]
    ),
    (
      xliff2(
        unit2("a <mrk id='m' translate='no'>B <mrk id='n' translate='yes'>c</mrk> D</mrk>", "甲")),
      ["B ", " D"], []
    ),
    (
      xliff2(unit2("a <sm id='m' translate='no'/>B <pc id='1'>C<em startRef='m'/> d</pc>", "甲")),
      ["B C"], []
    ),
    (
      xliff2(
        "<group id='g' translate='no'>" + unit2("a", "b") + "<unit id='2' translate='yes'>"
          + "<segment><source>c</source><target>d</target></segment></unit></group>"),
      ["a"], ["b"]
    ),
  ])
  func whatIsNotTranslatedIsALiteral(file: String, source: [String], target: [String]) throws {
    let text = try directory.bilingual("a.xlf", file)
    #expect(text.source.prose.literalTexts == source)
    #expect(text.target.prose.literalTexts == target)
  }

  @Test func anEmptyTargetIsWhereItWouldStand() throws {
    let content = xliff(
      transUnit("one", "", id: "a") + transUnit("two", nil, id: "b")
        + transUnit("three", " ", id: "c")
        + "<trans-unit id='d'><source>four</source><target/></trans-unit>")
    let text = try directory.bilingual("a.xlf", content)
    let bytes = Array(content.utf8)
    func end(_ marker: String) -> Int { bytes.ranges(of: Array(marker.utf8))[0].upperBound }
    let places = text.beads.map {
      text.target.prose.positions.source(text.target.segments[$0.target.lowerBound].range)
    }
    #expect(text.beads.map(\.target.count) == [1, 1, 1, 1])
    #expect(places.map(\.isEmpty) == [true, true, true, true])
    #expect(places[0].lowerBound == end("<source>one</source><target>"))
    #expect(places[1].lowerBound == end("<source>two"))
    #expect(
      [end("three</source><target>"), end("three</source><target> ")].contains(places[2].lowerBound)
    )
    #expect(places[3].lowerBound == end("four</source><target/>") - 1)
    #expect(text.target.prose.blocks.map(\.identifier) == ["a", "b", "c", "d"])
  }

  @Test func notesStandBeforeTheirUnit() throws {
    let text = try directory.bilingual(
      "a.xlf",
      xliff(
        transUnit("one", "一") + "<!-- x --><trans-unit id='2'><source>two</source>"
          + "<target>二</target><note>remark</note></trans-unit><!-- last -->"))
    for side in [text.source, text.target] {
      #expect(side.prose.commentTexts == [" x ", "remark", " last "])
      let second = side.segments[1].range.lowerBound
      #expect(side.prose.comments.map(\.place) == [second, second, side.prose.utf8.count])
    }
  }

  // MARK: Languages

  @Test func languagesComeFromTheFileAndOptionsOutweighThem() throws {
    let content = xliff(transUnit("one", "一"))
    func languages(_ source: String?, _ target: String?) throws -> String {
      let text = try directory.bilingual(
        "a.xlf", content,
        languages: (source.flatMap { LanguageTag($0) }, target.flatMap { LanguageTag($0) }))
      return "\(text.source.language) \(text.target.language) \(text.summaries[0])"
    }
    #expect(try languages(nil, nil) == "en zh-CN one | 一")
    #expect(try languages("en-GB", "zh-Hant") == "en-GB zh-Hant one | 一")
    #expect(try languages("zh", nil) == "zh en 一 | one")
    #expect(try languages(nil, "en") == "zh-CN en 一 | one")
    #expect(try languages("zh", "en") == "zh en 一 | one")
  }

  @Test func aTargetMaySayItsLanguageItself() throws {
    let content = xliff(
      "<trans-unit id='1'><source>a</source><target xml:lang='zh-TW'>甲</target></trans-unit>",
      target: nil)
    #expect(try directory.bilingual("a.xlf", content).target.language == tag("zh-TW"))
  }

  @Test func withoutATargetLanguageItIsTrouble() throws {
    for (name, content, line, attribute) in [
      ("a.xlf", xliff(transUnit("a", "甲"), target: nil), 3, "target-language"),
      ("b.xlf", xliff2(unit2("a", "甲"), target: nil), 2, "trgLang"),
    ] {
      let trouble = #expect(throws: Trouble.self) { try directory.bilingual(name, content) }
      #expect(trouble?.line == line)
      #expect(trouble?.message.hasPrefix("does not say its target language") == true)
      #expect(trouble?.message.contains(attribute) == true)
      #expect(trouble?.message.contains("--target-language") == true)
      let text = try directory.bilingual(name, content, languages: (nil, .simplifiedChinese))
      #expect(text.summaries == ["a | 甲"])
    }
  }

  @Test func filesInOtherLanguagesAreNamed() throws {
    let one = xliff(transUnit("a", "甲"))
    let end = try #require(one.firstRange(of: "</file>"))
    let second =
      "<file original='b' source-language='en' target-language='ja' datatype='x'><body>"
      + transUnit("b", "乙") + "</body></file>"
    var content = one
    content.insert(contentsOf: second, at: end.upperBound)
    var warnings: [Warning] = []
    let text = try directory.bilingual("a.xlf", content, warn: { warnings.append($0) })
    #expect(text.summaries == ["a | 甲"])
    #expect(
      warnings.map(\.message) == [
        "holds more than one pair of languages: en–zh-CN is read, en–ja is not"
      ])
    var parts: [String] = []
    try BilingualFile.forEachPart(
      of: directory.path("a.xlf"), languages: (nil, nil), warn: { _ in }
    ) { parts.append("\($0.target.language) \($0.summaries)") }
    #expect(parts == ["zh-CN [\"a | 甲\"]", "ja [\"b | 乙\"]"])
  }

  // MARK: Judges

  /// What the other tests call XLIFF is XLIFF.
  @Test(
    .enabled(if: TestData.path("schemas/xliff") != nil && Judge("xmllint") != nil, "no schemas"))
  func theSamplesAreValid() throws {
    let judge = try #require(Judge("xmllint"))
    let folder = try directory.schemas()
    let samples = [
      (
        "xliff-core-1.2-transitional.xsd",
        xliff(transUnit("a<x id='1'/>", "甲") + transUnit("b", nil, id: "2"))
      ),
      ("xliff_core_2.0.xsd", xliff2(unit2("a<ph id='1'/>", "甲") + unit2("b", nil, id: "2"))),
      (
        "xliff_core_2.0.xsd",
        xliff2(
          "<unit id='1'><notes><note>x</note></notes><segment><source>a <mrk id='m' translate='no'>B</mrk>"
            + "<sm id='n' translate='no'/>c<em startRef='n'/></source></segment></unit>")
      ),
    ]
    for (index, (schema, content)) in samples.enumerated() {
      let path = try directory.file("\(index).xlf", content)
      #expect(
        try judge.complaint(["--nonet", "--noout", "--schema", folder + "/" + schema, path]) == "")
    }
  }
}
