import Bitext
import Testing

@testable import Formats

/// What is odd in files and yet readable.
@Suite struct TBXOddFilesTests {
  let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private func read(_ entries: String) throws -> TBXContent {
    try TBXContent(try directory.file("terms.tbx", martif(entries)))
  }

  @Test func aLanguageWithoutACodeIsLeftOut() throws {
    let content = try read(
      """
      <termEntry id="a"><langSet lang="en"><tig><term>port</term></tig></langSet>
      <langSet><tig><term>left</term></tig></langSet>
      <langSet xml:lang="Chinese (simplified)"><tig><term>left</term></tig></langSet>
      <langSet xml:lang="zh_CN"><tig><term>港口</term></tig></langSet></termEntry>
      """)
    #expect(content.summaries == ["en port; zh_CN 港口"])
    #expect(content.warnings.map(\.line) == [5, 6])
    #expect(content.warnings[0].message.hasPrefix("there is no xml:lang"))
    #expect(content.warnings[1].message.hasPrefix("'Chinese (simplified)' is no language tag"))
  }

  @Test func anIdThatStandsTwiceGetsANumber() throws {
    let content = try read(
      [termEntry(), termEntry(text: "b", id: "e1-2"), termEntry(text: "c"), termEntry(text: "d")]
        .joined(separator: "\n"))
    #expect(content.concepts.map(\.id) == ["e1", "e1-2", "e1-3", "e1-4"])
    #expect(content.warnings.map(\.line) == [6, 7])
  }

  @Test func aTermThatStandsTwiceIsMerged() throws {
    let content = try read(
      """
      <termEntry id="a"><langSet xml:lang="en">
      <tig id="t1"><term>port</term><termNote type="partOfSpeech">noun</termNote></tig>
      <tig id="t2"><term>port</term><termNote type="partOfSpeech">verb</termNote>
      <termNote type="administrativeStatus">admitted</termNote></tig></langSet>
      <langSet xml:lang="zh"><tig><term>港口</term></tig></langSet>
      <langSet xml:lang="EN"><tig><term>harbour</term></tig></langSet></termEntry>
      """)
    #expect(content.summaries == ["EN harbour; en port (admitted); zh 港口"])
    let port = try #require(content.concepts.first?.terms.first { $0.text == "port" })
    #expect(port.properties.summaries == ["@id=t1", "partOfSpeech=noun", "partOfSpeech=verb"])
    #expect(content.warnings.map(\.line) == [6])
  }

  @Test func severalTermsOfOneSectionAreTermsOfTheirOwn() throws {
    let content = try read(
      """
      <termEntry id="a"><langSet xml:lang="en"><ntig>
      <termGrp><term>port</term><termNote type="partOfSpeech">noun</termNote></termGrp>
      <termGrp><term>harbour</term></termGrp><note>of the second</note></ntig></langSet>
      <langSet xml:lang="zh"><tig><term>港口</term></tig></langSet></termEntry>
      """)
    #expect(content.summaries == ["en port; en harbour (admitted); zh 港口"])
    let terms = try #require(content.concepts.first?.terms)
    #expect(terms[0].properties.summaries == ["partOfSpeech=noun"])
    #expect(terms[1].properties.summaries == ["note=of the second"])
  }

  @Test func whatHoldsNoTermIsLeftOut() throws {
    let content = try read(
      """
      <termEntry id="a"><descrip type="subjectField">x</descrip></termEntry>
      <termEntry id="b"><langSet xml:lang="en"><tig><term> </term></tig><tig/></langSet></termEntry>
      <termEntry id="c"><langSet xml:lang="en"><tig><term>port</term></tig></langSet>
      <langSet xml:lang="fr"><descrip type="definition">d</descrip></langSet></termEntry>
      """)
    #expect(content.summaries == ["en port"])
    #expect(content.concepts.first?.properties.summaries == ["fr definition=d"])
    #expect(content.warnings.map(\.line) == [4, 5, 5, 5, 6])
  }

  @Test func ofManyOdditiesAFewAreNamedAndTheRestIsCounted() throws {
    let entries = (0..<40).map { number in
      "<termEntry id=\"e\(number)\"><langSet xml:lang=\"en\"><tig><term>t\(number)</term></tig>"
        + "</langSet></termEntry>"
    }
    let content = try read(entries.joined(separator: "\n"))
    #expect(content.concepts.count == 40)
    #expect(content.warnings.map(\.line) == [4, 5, 6, nil])
    #expect(content.warnings.last?.message.hasSuffix(": 37") == true)
  }

  @Test func markupAndWhatStandsBehindAreCounted() throws {
    let text = martif(termEntry(text: "a <hi>b</hi> <hi>c</hi>"))
      .replacing("</body>", with: "</body><back><refObject id='p'/><refObject id='q'/></back>")
    let content = try TBXContent(try directory.file("terms.tbx", text))
    #expect(content.warnings.count == 2)
    #expect(content.warnings[0].message.hasSuffix("while the text was kept: 1"))
    #expect(content.warnings[1].message.hasSuffix("left out: 2"))
  }
}
