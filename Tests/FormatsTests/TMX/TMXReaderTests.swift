import Bitext
import TestSupport
import Testing

@testable import Formats

@Suite struct TMXReaderTests {
  let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private func read(_ text: String) throws -> TMXContent {
    try TMXContent(try directory.file("memory.tmx", text))
  }

  @Test func readsUnitsWithAllThatIsSaidOfThem() throws {
    let content = try read(
      tmx(
        """
        <tu creationdate="20260518T093000Z" creationid="Li" changedate="20260519T000001Z">
          <note>one</note><note>two</note>
          <prop type="file">a.md</prop><prop type="prev">Before &amp; then.</prop><prop>x</prop>
          <tuv xml:lang="en"><seg>Hello</seg></tuv>
          <tuv xml:lang="zh-CN" creationdate="20200101T000000Z"><seg>你好</seg></tuv>
        </tu>
        <tu srclang="zh-CN"><tuv xml:lang="en"><seg>b</seg></tuv><tuv xml:lang="zh-cn"><seg>乙</seg></tuv></tu>
        """))
    #expect(content.warnings == [])
    #expect(content.summaries == ["en Hello / zh-CN 你好", "en b / zh-cn 乙"])
    let unit = try #require(content.units.first)
    #expect(unit.line == 4)
    #expect(unit.sourceLanguage == .english)
    #expect(unit.created == Change(date: "2026-05-18T09:30:00Z", author: "Li"))
    #expect(unit.changed == Change(date: "2026-05-19T00:00:01Z", author: nil))
    #expect(unit.notes == ["one", "two"])
    #expect(unit.properties.map(\.type) == ["file", "prev", ""])
    #expect(unit.properties.map(\.value) == ["a.md", "Before & then.", "x"])
    #expect(unit.variants[1].created == Change(date: "2020-01-01T00:00:00Z"))
    let second = content.units[1]
    #expect(second.line == 10)
    #expect(second.source?.text == "乙")
  }

  @Test(arguments: [
    ("20260518T093000Z", "2026-05-18T09:30:00Z"), ("20260518T093000", "2026-05-18T09:30:00Z"),
    ("2026-05-18", nil), ("20260518 093000Z", nil), ("2026051xT093000Z", nil), ("", nil),
  ])
  func readsDates(text: String, timestamp: Timestamp?) {
    #expect(Formats.timestamp(fromTMX: text) == timestamp)
  }

  /// The markup of a seg, its text, and how many elements were left out or looked through.
  @Test(arguments: [
    ("one &lt;two&gt; &amp; &quot;three&quot; &apos;four&apos;", "one <two> & \"three\" 'four'", 0),
    ("&#20013;&#x6587;&#x1F600;", "中文😀", 0),
    ("<![CDATA[a <b> & c]]>", "a <b> & c", 0),
    ("a<![CDATA[]]>b<![CDATA[中]]>", "ab中", 0),
    ("a<!-- not this -->b<?nor this?>c", "abc", 0),
    (
      "click <bpt i=\"1\">&lt;b&gt;</bpt>here<ept i=\"1\">&lt;/b&gt;</ept> now", "click here now", 2
    ),
    ("a<ph x=\"1\"/>b<it pos=\"begin\">&lt;i&gt;</it>c<ut>{u}</ut>", "abc", 3),
    ("a <hi type=\"term\">term</hi> b", "a term b", 1),
    ("a <hi>b <hi>c</hi><ph>code</ph> d</hi> e", "a b c d e", 3),
    ("see<ph>&lt;img alt=\"<sub>a picture</sub>\"&gt;</ph> there", "see there", 2),
    ("see<ph>a<hi>b</hi>c</ph>d", "seed", 2),
    ("  kept  white\n space ", "  kept  white\n space ", 0),
    ("one\r\ntwo\r\nthree", "one\ntwo\nthree", 0),
    ("", "", 0),
  ])
  func readsSegments(markup: String, text: String, inlineCount: Int) throws {
    let content = try read(tmx(tmxUnit(markup)))
    let unit = try #require(content.units.first)
    #expect(unit.variants.first?.text == text)
    #expect(unit.variants.last?.text == "文")
    #expect(unit.inlineCount == inlineCount)
  }

  @Test func readsTheLegacyLanguageAttribute() throws {
    let content = try read(
      tmx(#"<tu><tuv lang="EN-US"><seg>a</seg></tuv><tuv lang="zh_CN"><seg>甲</seg></tuv></tu>"#))
    #expect(content.summaries == ["EN-US a / zh_CN 甲"])
    #expect(content.warnings == [])
  }

  @Test func aVariantWithoutUsableLanguageIsLeftOutWithAWarning() throws {
    let content = try read(
      tmx(
        "<tu>\n<tuv><seg>a</seg></tuv>\n<tuv xml:lang=\"Chinese (simplified)\"><seg>b</seg></tuv>\n"
          + "<tuv xml:lang=\"zh\"><seg>甲</seg></tuv></tu>"))
    #expect(content.summaries == ["zh 甲"])
    #expect(content.warnings.map(\.line) == [5, 6])
    #expect(
      Set(content.warnings.map(\.message)) == [
        "this <tuv> has no usable xml:lang and is left out"
      ])
  }

  @Test func aMissingSourceLanguageWarns() throws {
    let content = try read(tmx(tmxUnit("a"), header: "\n<header/>\n"))
    #expect(content.units.first?.sourceLanguage == nil)
    #expect(content.units.first?.source?.language == .english)
    #expect(content.warnings.map(\.line) == [4])
    #expect(content.warnings.first?.message.hasPrefix("the header has no srclang") == true)
  }

  @Test func anyLanguageMayBeTheSource() throws {
    let content = try read(tmx(tmxUnit("a"), header: #"<header srclang="*all*"/>"#))
    #expect(content.units.first?.sourceLanguage == nil)
    #expect(content.units.first?.source?.text == "a")
    #expect(content.warnings == [])
  }

  /// The header says `en` and the variants `en-US`: the first variant was taken for the source,
  /// whatever its language.
  @Test func aSourceLanguageWithoutRegionMatchesOneWithIt() throws {
    let content = try read(
      tmx(
        #"<tu><tuv xml:lang="zh"><seg>甲</seg></tuv><tuv xml:lang="en-US"><seg>a</seg></tuv></tu>"#))
    #expect(content.units.first?.source?.text == "a")
  }

  @Test func everyOtherVariantIsAPair() throws {
    let content = try read(
      tmx(
        """
        <tu><note>n</note><prop type="next">Then.</prop><prop type="x-score">0.75</prop>
        <tuv xml:lang="en"><seg>a</seg></tuv><tuv xml:lang="zh"><seg>甲</seg></tuv>
        <tuv xml:lang="de"><seg>ä</seg></tuv><tuv xml:lang="zh"><seg>子</seg></tuv></tu>
        """))
    let units = try #require(content.units.first).translationUnits(origin: "memory.tmx")
    #expect(units.map(\.target) == ["甲", "ä", "子"])
    #expect(Set(units.map(\.source)) == ["a"])
    #expect(Set(units.map(\.score)) == [0.75])
    #expect(Set(units.map(\.next)) == ["Then."])
    #expect(Set(units.map(\.origin)) == ["memory.tmx"])
    #expect(Set(units.map(\.note)) == ["n"])
  }

  @Test func whatBodyThrowsEndsTheReading() throws {
    struct Enough: Error {}
    let path = try directory.file("memory.tmx", tmx(tmxUnit("a") + tmxUnit("b")))
    var seen = 0
    #expect(throws: Enough.self) {
      try TMXReader.forEachUnit(of: path) { _ in
        seen += 1
        throw Enough()
      }
    }
    #expect(seen == 1)
  }
}

@Suite struct TMXSampleTests {
  static let kit = TestData.files(in: "samples/tmx-kit", ending: ".tmx")
  static let others = TestData.files(in: "samples/tmx", ending: ".tmx")

  /// The files of the TMX compliance kit, in UTF-8 with and without a mark and in both UTF-16.
  @Test(
    .enabled(if: !kit.isEmpty, "needs samples/tmx-kit in the test data (CONCORD_DATA)"),
    arguments: kit)
  func readsTheComplianceKit(_ path: String) throws {
    let content = try TMXContent(path)
    #expect(!content.units.isEmpty)
    #expect(content.units.allSatisfy { !$0.variants.isEmpty })
  }

  @Test(
    .enabled(if: !others.isEmpty, "needs samples/tmx in the test data (CONCORD_DATA)"),
    arguments: others)
  func readsTheFilesOfOtherTools(_ path: String) throws {
    let content = try TMXContent(path)
    #expect(!content.units.isEmpty)
  }
}
