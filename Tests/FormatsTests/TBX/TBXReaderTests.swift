import Bitext
import TestSupport
import Testing

@testable import Formats

@Suite struct TBXReaderTests {
  let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private func read(_ entries: String) throws -> TBXContent {
    try TBXContent(try directory.file("terms.tbx", martif(entries)))
  }

  /// The three concepts of the fixtures: by ids and spelling of the tags, and what the third says of
  /// its last Chinese term.
  @Test(arguments: [
    ("v2-default", ["h1", "h2", "h3"], "en", "zh-CN", "; zh-CN 船席 (deprecated)"),
    ("v2-basic", ["h1", "h2", "h3"], "en", "zh-CN", "; zh-CN 船席 (deprecated)"),
    ("v2-termweb", ["h1", "h2", "h3"], "en", "zh-cn", "; zh-cn 船席 (deprecated)"),
    ("v2-multiterm", ["h1", "h2", "h3"], "EN", "ZH-CN", "; ZH-CN 船席 (deprecated)"),
    ("v2-microsoft", ["101_1", "101_2", "101_3"], "en-US", "zh-CN", ""),
    ("v3-basic-dca", ["h1", "h2", "h3"], "en", "zh-CN", "; zh-CN 船席 (forbidden)"),
    ("v3-basic-dct", ["h1", "h2", "h3"], "en", "zh-CN", "; zh-CN 船席 (forbidden)"),
    ("v3-min-dca", ["h1", "h2", "h3"], "en", "zh-CN", ""),
    ("min-v1", ["h1", "h2", "h3"], "en", "zh-CN", "; zh-CN 船席 (forbidden)"),
  ])
  func everyDialectHoldsTheSameConcepts(
    name: String, ids: [String], english: String, chinese: String, last: String
  ) throws {
    let content = try TBXContent(tbxFixture(name))
    #expect(Array(content.concepts.prefix(3).map(\.id)) == ids)
    #expect(
      Array(content.summaries.prefix(3)) == [
        "\(english) straddle carrier; \(chinese) 跨运车",
        "\(english) quay crane; \(english) ship-to-shore crane (admitted); \(chinese) 岸桥",
        "\(english) berth; \(chinese) 泊位\(last)",
      ])
    let domain = name == "v2-microsoft" ? nil : "transport"
    #expect(content.concepts.map(\.domain).first == domain)
  }

  @Test func bothStylesOfVersion3SayTheSame() throws {
    let (dca, dct) = (
      try TBXContent(tbxFixture("v3-basic-dca")), try TBXContent(tbxFixture("v3-basic-dct"))
    )
    #expect(dca.concepts == dct.concepts)
    #expect(dca.warnings.isEmpty && dct.warnings.isEmpty)
    let concept = try #require(dca.concepts.first)
    #expect(concept.created == Change(date: "2024-03-01T00:00:00Z", author: "Lin"))
    #expect(concept.definition == "a vehicle that moves containers")
    #expect(
      concept.properties.summaries == [
        "definition/source=port manual", "crossReference=works beside it",
        "crossReference/@target=h2", "en note=both words are plain",
      ])
    #expect(
      concept.terms[0].properties.summaries == [
        "partOfSpeech=noun", "partOfSpeech/note=never a verb",
        "context=The straddle carrier waits at the gate.", "context/source=shift report",
      ])
  }

  @Test func anEntryThatIsADraftWaitsForReview() throws {
    let content = try TBXContent(tbxFixture("v2-multiterm"))
    #expect(content.summaries.last == "EN fender (proposed); ZH-CN 护舷 (proposed)")
    #expect(content.warnings.map(\.line) == [41])
    #expect(content.concepts.last?.properties.summaries == ["Entry status=Draft"])
  }

  /// What stands beside a term, and what becomes of it; `=` stands for the term's status.
  @Test(arguments: [
    ("", "preferred", []),
    ("<termNote type='administrativeStatus'>preferred</termNote>", "preferred", []),
    ("<termNote type='administrativeStatus'>admittedTerm-admn-sts</termNote>", "admitted", []),
    (
      "<termNote type='administrativeStatus'>supersededTerm-admn-sts</termNote>", "deprecated",
      ["administrativeStatus=supersededTerm-admn-sts"]
    ),
    (
      "<termNote type='administrativeStatus'>notRecommended</termNote>", "deprecated",
      ["administrativeStatus=notRecommended"]
    ),
    (
      "<admin type='administrativeStatus'>standardizedTerm-admn-sts</admin>", "preferred",
      ["administrativeStatus=standardizedTerm-admn-sts"]
    ),
    ("<termNote type='administrativeStatus'>forbidden</termNote>", "forbidden", []),
    ("<termNote type='status'>FORBIDDEN</termNote>", "forbidden", ["status=FORBIDDEN"]),
    ("<termStatus>non-standard</termStatus>", "deprecated", []),
    ("<termStatus>provisional</termStatus>", "proposed", []),
    (
      "<termNote type='normativeAuthorization'>obsolete</termNote>", "deprecated",
      ["normativeAuthorization=obsolete"]
    ),
    (
      "<termNote type='processStatus'>provisionallyProcessed</termNote>", "proposed",
      ["processStatus=provisionallyProcessed"]
    ),
    (
      "<termNote type='processStatus'>finalized</termNote>", "preferred",
      ["processStatus=finalized"]
    ),
    (
      "<termNote type='administrativeStatus'>deprecated</termNote>"
        + "<note>concord:status=forbidden</note>", "forbidden", []
    ),
    ("<note>concord:status=proposed</note>", "proposed", []),
    (
      "<termNoteGrp><termNote type='administrativeStatus'>preferred</termNote>"
        + "<note>since May</note></termNoteGrp>", "preferred",
      ["administrativeStatus/note=since May"]
    ),
    (
      "<termNote type='administrativeStatus'>strange</termNote>", "preferred",
      ["administrativeStatus=strange"]
    ),
  ])
  func statusesStandForOurs(markup: String, status: String, properties: [String]) throws {
    let term = try #require(try read(termEntry(term: markup)).concepts.first?.terms.first)
    #expect(term.status.rawValue == status)
    #expect(term.properties.summaries == properties)
  }

  /// What is said of a concept, a language and a term, and the properties that hold it.
  @Test(arguments: [
    (
      "<descrip type='subjectField'>a</descrip><descrip type='subjectField'>b</descrip>", "", "",
      ["subjectField=b"], []
    ),
    (
      "<note>a</note><note from='translator'>b</note>", "", "",
      ["note=b", "note/@from=translator"], []
    ),
    ("<note from='translator'>b</note>", "", "", ["note/@from=translator"], []),
    ("", "<descrip type='definition'>a</descrip>", "", ["en definition=a"], []),
    (
      "<descripGrp><admin type='noteType'>use</admin><descrip type='note'>n</descrip></descripGrp>",
      "", "", ["note/noteType=use"], []
    ),
    (
      "", "",
      "<descrip type='context'>c</descrip><note>n</note><xref type='xGraphic' target='p.png'>p</xref>",
      [], ["context=c", "note=n", "xGraphic=p", "xGraphic/@target=p.png"]
    ),
    (
      "", "",
      "<note>n</note><termNote type='termType'>Acronym</termNote><termNote type='partOfSpeech'>noun</termNote>",
      [], ["partOfSpeech=noun", "termType=acronym", "note=n"]
    ),
    (
      "", "",
      "<descripGrp><descrip type='context'>c</descrip><adminGrp><admin type='source'>s</admin><note>m</note></adminGrp></descripGrp>",
      [], ["context=c", "context/source=s", "context/source/note=m"]
    ),
    ("", "", "<descrip type='a/b=c%'>v</descrip>", [], ["a%2Fb%3Dc%25=v"]),
    (
      "", "",
      "<termCompList type='lemma'><termComp>po</termComp><termComp>rt</termComp></termCompList>",
      [], ["lemma=", "lemma/termComp=po", "lemma/termComp=rt"]
    ),
    (
      "", "", "<note>concord:Usage note=x=y</note><note>concord:Usage note/source=s</note>",
      [], ["Usage note=x=y", "Usage note/source=s"]
    ),
    (
      "<transacGrp><transac type='transactionType'>modification</transac><date>2020-01-02</date></transacGrp>"
        + "<transacGrp><transac type='transactionType'>modification</transac><date>2021-01-02</date></transacGrp>",
      "", "", ["transactionType=modification", "transactionType/date=2020-01-02"], []
    ),
    (
      "<transacGrp><transac type='transactionType'>origination</transac><date>someday</date></transacGrp>",
      "", "", ["transactionType=origination", "transactionType/date=someday"], []
    ),
  ])
  func whatHasNoFieldIsKept(
    concept: String, language: String, term: String, ofConcept: [String], ofTerm: [String]
  ) throws {
    let content = try read(termEntry(concept, language: language, term: term))
    let read = try #require(content.concepts.first)
    #expect(read.properties.summaries == ofConcept)
    #expect(read.terms.first?.properties.summaries == ofTerm)
    #expect(content.warnings.isEmpty)
  }

  /// The markup of a term and its text.
  @Test(arguments: [
    ("port", "port"), ("  port \n", "port"), ("quay\n      crane", "quay crane"),
    ("quay  crane", "quay  crane"), ("a&#10;b", "a\nb"), ("&#32;a&#9;", " a\t"),
    ("a\r\n   b", "a b"), ("R&amp;D &lt;x&gt;", "R&D <x>"), ("&#x6E2F;口", "港口"),
    ("<![CDATA[a <b>]]>", "a <b>"), ("a<!-- no -->b", "ab"),
    ("<hi type='bold'>quay</hi> <foreign xml:lang='de'>Kran</foreign>", "quay Kran"),
    ("a<bpt i='1'>&lt;b&gt;</bpt>b<ept i='1'>&lt;/b&gt;</ept>c<ph/>", "abc"),
    ("a <hi>b<ph>x<sub>y</sub></ph>c</hi>", "a bc"),
  ])
  func textsAreReadWithoutTheFilesIndents(markup: String, text: String) throws {
    let content = try read(termEntry(text: markup))
    #expect(content.concepts.first?.terms.first?.text == text)
  }

  @Test(arguments: TestEncoding.allCases)
  func everyUnicodeEncodingIsRead(_ encoding: TestEncoding) throws {
    let text = martif("\n" + termEntry(text: "Häfen"), encoding: encoding.declared)
    let path = try directory.file("terms.tbx", encoding.file(text))
    let content = try TBXContent(path)
    #expect(content.summaries == ["en Häfen; zh 港口"])
    #expect(content.lines == [5])
    #expect(TBXReader.isTBX(encoding.file(text)))
  }

  @Test func aDeclaredOldEncodingIsRead() throws {
    var bytes = Array(martif(termEntry(text: "i#"), encoding: "windows-1254").utf8)
    bytes = bytes.map { $0 == 0x23 ? 0xFE : $0 }
    bytes.removeSubrange(try #require(bytes.ranges(of: Array("港口".utf8)).first))
    let content = try TBXContent(try directory.file("terms.tbx", bytes))
    #expect(content.summaries == ["en iş"])
  }

  @Test(arguments: [
    ("<?xml version='1.0'?><martif>", true), ("<!-- a <tbx> --><TBX dialect='TBX-Min'>", true),
    ("<!DOCTYPE martif [<!ENTITY a \"<b>\">]><martif/>", true), ("<t:tbx xmlns:t='x'>", true),
    ("<tmx version='1.4'>", false), ("<!-- <tbx> --><html>", false), ("en,zh\n<tbx>,a", false),
    ("", false), ("<", false), ("<!DOCTYPE", false), ("<!-- ", false),
  ])
  func theFirstElementTellsTBX(start: String, isTBX: Bool) {
    #expect(TBXReader.isTBX(Array(start.utf8)) == isTBX)
  }

  @Test(arguments: [
    ("2024-02-29", "2024-02-29T00:00:00Z"), ("2023-02-29", nil), ("2024-13-01", nil),
    ("2024-03-01T08:15:00Z", "2024-03-01T08:15:00Z"),
    ("2024-03-01 08:15:00", "2024-03-01T08:15:00Z"),
    ("20240301T081500Z", "2024-03-01T08:15:00Z"), ("2024-03-01T08:15:00+02:00", nil),
    ("2024-3-1", nil), ("", nil), ("2024-03-01x", nil),
  ])
  func readsDates(text: String, timestamp: Timestamp?) {
    #expect(Formats.timestamp(fromTBX: text) == timestamp)
  }
}
