import Bitext
import Testing

@testable import Segmentation

@Suite struct SegmentationRulesTests {
  private func srx(
    _ lists: String, maps: String = "<languagemap languagepattern=\".*\" languagerulename=\"A\"/>",
    header: String = "<header cascade=\"yes\"/>"
  ) -> String {
    """
    <srx version="2.0">\(header)<body><languagerules>
    \(lists)
    </languagerules><maprules>\(maps)</maprules></body></srx>
    """
  }

  private func list(_ name: String, _ rules: (String, String, String)...) -> String {
    let rules = rules.map {
      "<rule break=\"\($0)\"><beforebreak>\($1)</beforebreak><afterbreak>\($2)</afterbreak></rule>"
    }
    return "<languagerule languagerulename=\"\(name)\">\(rules.joined())</languagerule>"
  }

  private func rules(_ text: String) throws(Trouble) -> SegmentationRules {
    try SegmentationRules(srx: Array(text.utf8), file: "house.srx")
  }

  private func cut(
    _ text: String, by rules: SegmentationRules, language: LanguageTag = .english
  ) throws -> [String] {
    let prose = MarkedText(text).prose(language)
    var segmenter = try SentenceSegmenter(language: language, rules: rules)
    return try segmenter.segments(of: prose).segments.map { prose.text($0.range) }
  }

  @Test func decidesAloneWithoutABase() throws {
    let rules = try rules(srx(list("A", ("no", "Dr\\.", "\\s"), ("yes", "[.;]", "\\s"))))
    #expect(try cut("Dr. Li; he came! Then", by: rules) == ["Dr. Li;", "he came! Then"])
  }

  @Test(arguments: [
    "<?concord base=\"unicode\"?>",
    "<header xmlns:o=\"okapi\"><o:options useIcu4jBreakRules=\"yes\"/></header>",
  ])
  func leavesTheRestToUnicode(_ base: String) throws {
    let rules = try rules(
      srx(list("A", ("no", "Dr\\.", "\\s"), ("yes", ";", "\\s"), ("no", "Mt\\.\\s", "F")))
        .replacing(
          "<header cascade=\"yes\"/>", with: base))
    #expect(
      try cut("Dr. Li; he came! Then Mt. Fuji.", by: rules) == [
        "Dr. Li;", "he came!", "Then Mt. Fuji.",
      ])
  }

  @Test func appliesAllListsInOrderOrTheFirst() throws {
    let lists = list("A", ("no", "Dr\\.", "\\s")) + list("B", ("yes", "\\.", "\\s"))
    let maps =
      "<languagemap languagepattern=\"EN.*\" languagerulename=\"A\"/>"
      + "<languagemap languagepattern=\".*\" languagerulename=\"B\"/>"
    let text = "Dr. Li came. He left."
    #expect(try cut(text, by: rules(srx(lists, maps: maps))) == ["Dr. Li came.", "He left."])
    let first = try rules(srx(lists, maps: maps, header: "<header cascade=\"no\"/>"))
    #expect(try cut(text, by: first) == [text])
    #expect(try cut(text, by: first, language: .chinese) == ["Dr.", "Li came.", "He left."])
  }

  @Test(arguments: [
    ("ZH.*", "zh-Hans", true), ("zh-CN", "zh-Hans", true), ("zh_CN", "zh", true),
    ("ZH_TW", "zh-Hant", true), ("zh-TW", "zh-Hans", false), ("(?:en|fr)", "en-GB", true),
    ("[Ee][Nn].*", "zh", false), ("en-US", "en-GB", false), ("zh-Hant", "zh-HK", true),
  ])
  func mapsLanguagesWithoutRegardToCase(_ pattern: String, _ tag: String, _ covers: Bool) throws {
    let rules = try rules(
      srx(
        list("A", ("yes", "\\.", "\\s")),
        maps: "<languagemap languagepattern=\"\(pattern)\" languagerulename=\"A\"/>"))
    #expect(try rules.cover(#require(LanguageTag(tag))) == covers)
  }

  @Test func readsTheFirstVersionAsItWasMeant() throws {
    let lists = list("A", ("yes", "!", "\\s")) + list("B", ("yes", "\\.", "\\s"))
    let maps =
      "<languagemap languagepattern=\"en.*\" languagerulename=\"A\"/>"
      + "<languagemap languagepattern=\".*\" languagerulename=\"B\"/>"
    let text = srx(lists, maps: maps, header: "<header segmentsubflows=\"yes\"/>")
    #expect(try cut("One. Two! Three.", by: rules(text)) == ["One.", "Two!", "Three."])
    let first = text.replacing("version=\"2.0\"", with: "version=\"1.0\"")
    #expect(try cut("One. Two! Three.", by: rules(first)) == ["One. Two!", "Three."])
  }

  @Test func leavesOutRulesThatAreSwitchedOff() throws {
    let text = srx(list("A", ("yes", "\\.", "\\s"), ("yes", "!", "\\s")))
      .replacing(
        "<rule break=\"yes\"><beforebreak>!",
        with: "<rule break=\"yes\" okpsrx:active=\"no\"><beforebreak>!")
    #expect(try cut("One. Two! Three.", by: rules(text)) == ["One.", "Two! Three."])
  }

  @Test func readsWhatXMLAllows() throws {
    let rules = try rules(
      srx(
        """
        <s:languagerule xmlns:s="x" languagerulename="A"><rule>
        <!-- break is yes without the attribute -->
        <beforebreak>&#x3002;<!-- inside --><![CDATA[|&]]></beforebreak></rule></s:languagerule>
        """))
    #expect(try cut("一。二&三", by: rules, language: .chinese) == ["一。", "二&", "三"])
  }

  @Test func readsOtherEncodingsAndAByteOrderMark() throws {
    let text = srx(list("A", ("yes", "。", "")))
    let marked = try SegmentationRules(srx: [0xEF, 0xBB, 0xBF] + text.utf8, file: "a.srx")
    #expect(try cut("一。二", by: marked, language: .chinese) == ["一。", "二"])
    let units = Array("\u{FEFF}\(text)".utf16)
    let wide = units.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let decoded = try SegmentationRules(srx: wide, file: "a.srx")
    #expect(try cut("一。二", by: decoded, language: .chinese) == ["一。", "二"])
  }

  @Test func namesWhatIsWrongAndWhere() throws {
    let good = list("A", ("yes", "\\.", "\\s"))
    let cases: [(text: String, message: String)] = [
      ("", "house.srx: is empty: an SRX file starts with <srx>"),
      ("hello", "house.srx:1: is no SRX file: it does not start with '<'"),
      ("<tmx/>", "house.srx:1: is no SRX file: it starts with <tmx>, not with <srx>"),
      ("<srx><body>", "house.srx:1:12: is not well-formed XML: "),
      (
        srx(good, maps: ""),
        "house.srx: has no <languagemap>: <maprules> must say which languages have which rules"
      ),
      (
        srx(good).replacing("languagerulename=\"A\"/>", with: "languagerulename=\"B\"/>"),
        "house.srx:3: there is no <languagerule> 'B', only 'A'"
      ),
      (
        srx(list("A", ("yes", "", ""))),
        "house.srx:2: the rule has neither a <beforebreak> nor an <afterbreak>: it would fit every "
          + "place"
      ),
      (srx(list("A", ("maybe", "a", "b"))), "house.srx:2: break=\"maybe\": write yes or no"),
      (
        srx("<languagerule><rule/></languagerule>"),
        "house.srx:2: <languagerule> has no languagerulename"
      ),
      ("<srx><rule/></srx>", "house.srx:1: <rule> must stand in a <languagerule>"),
      (
        srx(list("A", ("yes", "a(b", "\\s"))),
        "house.srx:2: the beforebreak a(b is no regular expression of ICU's: a parenthesis has no "
          + "partner"
      ),
      (
        srx(list("A", ("yes", "a", "\\p{Latinn}"))),
        "house.srx:2: the afterbreak \\p{Latinn} is no regular expression of ICU's: "
      ),
      (
        srx(good, maps: "<languagemap languagepattern=\"*\" languagerulename=\"A\"/>"),
        "house.srx:3: the languagepattern * is no regular expression of ICU's: "
      ),
      (
        "<?concord base=\"none\"?>" + srx(good),
        "house.srx:1: Concord knows <?concord base=\"unicode\"?> alone"
      ),
      (
        srx(list("A", ("yes", "<b>.</b>", "a"))),
        "house.srx:2: <b> must not stand in a pattern: write &lt; for a '<'"
      ),
      (
        srx(good).replacing("<body>", with: "<body>&lol;"),
        "house.srx:1"
      ),
    ]
    for (text, message) in cases {
      let trouble = #expect(throws: Trouble.self) { _ = try rules(text) }
      #expect(trouble?.description.hasPrefix(message) == true, "\(trouble?.description ?? "")")
    }
  }

  @Test(arguments: [("((?:a+)+)\\1b", "x"), ("x", "((?:a+)+)\\1b")])
  func aRunawayPatternIsTroubleThatNamesTheRule(_ before: String, _ after: String) throws {
    let rules = try rules(srx("\n" + list("A", ("yes", before, after))))
    let text = "x" + String(repeating: "a", count: 4000) + "c"
    let trouble = #expect(throws: Trouble.self) { _ = try cut(text, by: rules) }
    #expect(
      trouble?.description.hasPrefix(
        "house.srx:3: the pattern ((?:a+)+)\\1b cannot be matched here: it ") == true,
      "\(trouble?.description ?? "")")
  }

  @Test func regularPatternsNeverRunAway() throws {
    let rules = try rules(srx(list("A", ("yes", "(?:(?:a+)+)+b", "c"), ("yes", "\\.", "(a|a)*b"))))
    let text = String(repeating: "a", count: 20_000)
    #expect(try cut(text + "bc", by: rules) == [text + "b", "c"])
    #expect(try cut("x." + text, by: rules).count == 1)
  }

  @Test func theFileThatShipsIsSound() throws {
    // The rules that ship are read without this check.
    let rules = try SegmentationRules(
      srx: SegmentationRules.builtinSRX, file: "segmentation.srx")
    #expect(rules.base == .unicode)
    for rule in rules.lists.values.joined() {
      #expect(PatternParser.parse(rule.before, side: .before) != nil, "line \(rule.line)")
      #expect(PatternParser.parse(rule.after, side: .after) != nil, "line \(rule.line)")
    }
  }
}
