import Bitext
import TestSupport
import Testing

@testable import Formats

/// What files of XLIFF and PO say of their units beside the texts.
@Suite struct UnitPropertiesTests {
  let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  /// The units as `source: names; states`.
  private func read(_ name: String, _ text: String) throws -> [String] {
    try units(name, text).map { unit in
      let names = unit.details?.contextIDs.joined(separator: ",") ?? "-"
      let states = unit.details?.statuses.joined(separator: ",") ?? "-"
      return "\(unit.source): \(names); \(states)"
    }
  }

  private func units(_ name: String, _ text: String) throws -> [TranslationUnit] {
    var units: [TranslationUnit] = []
    _ = try BilingualFile.forEachTranslation(
      of: try directory.file(name, text), languages: (nil, nil), warn: { _ in }
    ) { units.append($0) }
    return units
  }

  static let transUnits: [(attributes: String, target: String, rest: String, expected: String)] = [
    ("id='7'", "", "", "a.txt#7; "), ("id='7' resname='menu.open'", "", "", "menu.open; "),
    ("id='7' resname=''", "", "", "a.txt#7; "), ("resname='文件'", "", "", "文件; "),
    ("", "", "", "-; -"), ("id=''", "", "", "-; -"),
    ("id='7' approved='yes'", "", "", "a.txt#7; approved"),
    ("id='7' approved='no'", " state='final'", "", "a.txt#7; final"),
    (
      "id='7'", " state='translated' state-qualifier='leveraged-mt'", "",
      "a.txt#7; translated,leveraged-mt"
    ), ("id='7'", " state-qualifier='exact-match'", "", "a.txt#7; exact-match"),
    ("id='7' xmlns:m='y' m:confirmed='1'", "", "", "a.txt#7; confirmed"),
    (
      "id='7' xmlns:mq='x' mq:status='ManuallyConfirmed'", "",
      "<context-group><context context-type='x-mmq-context'>dlg&amp;<!-- c -->1</context>"
        + "<context context-type='x-mmq-structural-context'>A1</context></context-group>",
      "dlg&1; ManuallyConfirmed"
    ),
    // What memoQ keeps of older versions says nothing of this one.
    (
      "id='7' xmlns:mq='x'", "",
      "<mq:minorversions><mq:historical-unit><context-group><context "
        + "context-type='x-mmq-context'>old</context></context-group></mq:historical-unit>"
        + "</mq:minorversions>", "a.txt#7; "
    ),
    (
      "id='7'", "",
      "<context-group><context context-type='x-mmq-context'> </context></context-group>",
      "a.txt#7; "
    ),
    // An alternative's state is its own.
    (
      "id='7'", "",
      "<alt-trans><target state='final' state-qualifier='mt-suggestion'>x</target></alt-trans>",
      "a.txt#7; "
    ),
  ]

  @Test(arguments: transUnits.indices)
  func unitsOfXLIFFKeepNamesAndStates(index: Int) throws {
    let (attributes, target, rest, expected) = Self.transUnits[index]
    let text = xliff(
      "<trans-unit \(attributes)><source>one</source><target\(target)>一</target>\(rest)"
        + "</trans-unit>")
    #expect(try read("a.xlf", text) == ["one: \(expected)"])
  }

  @Test func segmentsOfXLIFF2KeepNamesAndStates() throws {
    let units = """
      <unit id="1"><segment state="final" subState="x:done"><source>one</source><target>一</target></segment>
      <ignorable><source> </source></ignorable>
      <segment><source>two</source><target>二</target></segment></unit>
      <unit id="2" name="menu"><segment state="reviewed"><source>three</source><target>三</target></segment>
      <segment><source> </source></segment>
      <segment><source>four</source><target>四</target></segment></unit>
      """
    #expect(
      try read("a.xlf", xliff2(units)) == [
        "one: a.txt#1; final,x:done", "two: a.txt#1#2; ", "three: menu; reviewed",
        "four: menu#2; ",
      ])
    // Ids count from 1 in most files: without a document they name nothing.
    let plain = xliff2(units).replacing(" original=\"a.txt\"", with: "")
    #expect(
      try read("b.xlf", plain) == [
        "one: ; final,x:done", "two: -; -", "three: menu; reviewed", "four: menu#2; ",
      ])
  }

  @Test func whatTradosSaysOfSegmentsIsKept() throws {
    let text = xliff(
      """
      <trans-unit id="9"><source>a b</source><seg-source><mrk mtype="seg" mid="1">a</mrk> \
      <mrk mtype="seg" mid="2">b</mrk></seg-source><target><mrk mtype="seg" mid="1">甲</mrk>
      <mrk mtype="seg" mid="2">乙</mrk></target><sdl:seg-defs xmlns:sdl="x">
      <sdl:seg id="1" conf="ApprovedTranslation" origin="interactive"/>
      <sdl:seg id="2" conf="Translated" origin="mt"/></sdl:seg-defs></trans-unit>
      """)
    let found = try read("a.sdlxliff", text)
    #expect(found == ["a: a.txt#9; ApprovedTranslation", "b: a.txt#9#2; Translated"])
    let origins = try units("a.sdlxliff", text).map { $0.details?.unit.property("x-origin") }
    #expect(origins == ["interactive", "mt"])
  }

  @Test func messagesOfPOAreNamedByTheirContext() throws {
    let text = po(
      """
      msgctxt "menu"
      msgid "Open"
      msgstr "打开"

      msgctxt "door"
      msgid "Open"
      msgstr "开着"

      msgid "Close"
      msgstr "关闭"

      """)
    #expect(
      try read("a.po", text) == ["Open: menu; ", "Open: door; ", "Close: -; -"])
    // In the other direction the names are the same.
    var names: [String?] = []
    try BilingualFile.forEachSource(
      of: try directory.file("b.po", text),
      languages: (.simplifiedChinese, .english), warn: { _ in }
    ) { names.append("\($0.text) \($0.language) \($0.target) \($0.contextID ?? "-")") }
    #expect(names == ["打开 zh-Hans en menu", "开着 zh-Hans en door", "关闭 zh-Hans en -"])
  }

  @Test func sourcesAreReadWhetherTheyAreTranslatedOrNot() throws {
    var texts: [String] = []
    let text = xliff(
      transUnit(" one ", nil, id: "1") + transUnit("two", "二", id: "2")
        + transUnit(" ", nil, id: "3"))
    try BilingualFile.forEachSource(
      of: try directory.file("a.xlf", text), languages: (nil, nil), warn: { _ in }
    ) { texts.append("\($0.text)|\($0.contextID ?? "-")") }
    #expect(texts == ["one|a.txt#1", "two|a.txt#2"])
    let empty = try directory.file("b.xlf", xliff(""))
    #expect(throws: Trouble.self) {
      try BilingualFile.forEachSource(of: empty, languages: (nil, nil), warn: { _ in }) { _ in }
    }
  }

  // MARK: Writing

  @Test func propertiesGoIntoTMXAndComeBack() throws {
    let units = try units(
      "a.xlf",
      xliff(
        "<trans-unit id='7' resname='a &amp; b'><source>one</source>"
          + "<target state='final' state-qualifier='mt-suggestion'>一</target></trans-unit>"
          + transUnit("two", "二", id: "8")))
    let path = directory.path("out.tmx")
    let output = try OutputFile.replacing(path)
    var writer = TMXWriter(to: output)
    try writer.writeHeader(sourceLanguage: .english, version: "1")
    for var unit in units {
      unit.created = Change(date: "2026-05-18T09:00:00Z", author: "lin")
      unit.note = "笔记"
      // An edit says so among the details, too.
      unit.details?.unit.attributes = [UnitDetails.Attribute("changedate", "20260101T000000Z")]
      try writer.write(unit)
    }
    try writer.writeEnd()
    try output.finish()
    let text = String(decoding: try Files.read(path), as: UTF8.self)
    let expected = """
          <tu creationdate="20260518T090000Z" creationid="lin" srclang="en">
            <note>笔记</note>
            <prop type="x-context">a &amp; b</prop>
            <prop type="x-state">final</prop>
            <prop type="x-state-qualifier">mt-suggestion</prop>
            <prop type="x-file">a.xlf</prop>
            <prop type="x-next-source-text">two</prop>
            <tuv xml:lang="en"><seg>one</seg></tuv>
            <tuv xml:lang="zh-CN"><seg>一</seg></tuv>
          </tu>

      """
    #expect(text.contains(expected))
    var back: [TranslationUnit] = []
    try TMXReader.forEachUnit(of: path, warn: { _ in }, header: { _ in }) { unit in
      back += unit.translationUnits(origin: "out.tmx", number: 0)
    }
    #expect(back.map { $0.details?.contextIDs } == [["a & b"], ["a.txt#8"]])
    #expect(back.map { $0.details?.statuses } == [["final", "mt-suggestion"], []])
    #expect(back.map(\.previous) == [nil, "one"] && back.map(\.origin) == ["a.xlf", "a.xlf"])
    #expect(back.map { $0.details?.arePropertiesAlone } == [false, false])
  }

  // MARK: The editor

  private static let bodies = [
    "<source>one</source>", "<source>two</source><target/>",
    "<source> </source>",
    "<source>a b</source><seg-source><mrk mtype='seg' mid='1'>a</mrk><mrk mtype='seg' mid='2'> </mrk>"
      + "<mrk mtype='seg' mid='3'>b</mrk></seg-source>",
    "<source>x</source><context-group><context context-type='x-mmq-context'>k</context></context-group>",
  ]
  private static let segments = [
    "<segment><source>one</source></segment>",
    "<segment><source>two</source><target></target></segment>",
    "<segment><source> </source></segment>",
    "<ignorable><source>z</source></ignorable>",
  ]

  /// What is filled asks under the very names under which it was kept.
  @Test(arguments: 0..<40)
  func theEditorNamesSegmentsAsTheReaderDoes(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    var units = ""
    let isNew = seed % 2 == 1
    for number in 0..<1 + generator.below(8) {
      let name = generator.pick(["", isNew ? " name='n\(number)'" : " resname='n\(number)'"])
      let body =
        isNew
        ? (0..<1 + generator.below(4)).map { _ in generator.pick(Self.segments) }.joined()
        : generator.pick(Self.bodies)
      let element = isNew ? "unit" : "trans-unit"
      units += "<\(element) id='\(number)'\(name)>\(body)</\(element)>\n"
    }
    let text = isNew ? xliff2(units) : xliff(units)
    let filler = ListedTranslations()
    _ = try directory.filled("a.xlf", text, filler)
    var names: [String?] = []
    do {
      try BilingualFile.forEachSource(
        of: try directory.file("b.xlf", text), languages: (nil, nil), warn: { _ in }
      ) { names.append($0.contextID) }
    } catch is Trouble {
      // Of a file without any text.
    }
    #expect(filler.asked == names, "\(text)")
  }

  @Test func messagesAreAskedForByTheirContext() throws {
    let filler = ListedTranslations()
    let text = po(
      "msgctxt \"menu\"\nmsgid \"Open\"\nmsgstr \"\"\n\nmsgid \"Close\"\nmsgstr \"\"\n")
    _ = try directory.filled("a.po", text, filler)
    #expect(filler.asked == ["menu", nil])
  }

  @Test func proposalsSayWhatTheyAre() throws {
    func proposal(_ change: (inout TargetProposal) -> Void) -> ListedTranslations {
      var proposal = TargetProposal(
        text: "一", score: 0.9, isExact: false, source: "one", origin: nil)
      change(&proposal)
      return ListedTranslations(fuzzy: ["one": proposal])
    }
    let cases: [(qualifier: String, change: (inout TargetProposal) -> Void)] = [
      ("fuzzy-match", { _ in }), ("leveraged-mt", { $0.isMachine = true }),
      ("exact-match", { $0.isExact = true }),
      ("id-match", { ($0.isExact, $0.isNamed) = (true, true) }),
      ("fuzzy-match", { $0.original = "壹" }),
    ]
    for (qualifier, change) in cases {
      let old = try directory.filled("a.xlf", xliff(transUnit("one", nil)), proposal(change))
      #expect(old.contains("state-qualifier=\"\(qualifier)\">一</target>"), "\(old)")
      let marked = xliff(
        "<trans-unit id='1'><source>one</source><seg-source><mrk mtype='seg' mid='1'>one</mrk>"
          + "</seg-source></trans-unit>")
      let new = try directory.filled("a.xlf", marked, proposal(change))
      #expect(new.contains("state-qualifier=\"\(qualifier)\""), "\(new)")
    }
    // The memory's own pair stands beside a translation with other numbers.
    let other = proposal { $0.original = "壹" }
    let old = try directory.filled("a.xlf", xliff(transUnit("one", nil)), other)
    #expect(old.contains("<source>one</source><target>壹</target></alt-trans>"))
    let new = try directory.filled(
      "a.xlf", xliff2(unit2("one", nil)), proposal { $0.isMachine = true })
    #expect(new.contains(" type=\"mt\" similarity=\"90\""))
  }
}
