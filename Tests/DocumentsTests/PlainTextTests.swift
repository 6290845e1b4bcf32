import Bitext
import Testing

@testable import Documents

@Suite struct PlainTextTests {
  @Test func everyLineIsAParagraphUnlessTheFileIsWrapped() throws {
    let text = "Headline\n\nFirst paragraph on one line.\nSecond one.\r\n\r\nThird.\rFourth."
    #expect(
      try read(text, as: "a.txt").texts
        == ["Headline", "First paragraph on one line.", "Second one.", "Third.", "Fourth."])
  }

  @Test func hardWrappedEnglishIsJoinedWithSpaces() throws {
    let text = """
      The main hall of the facility was topped out on Sunday at the science
      city, where builders have worked in two shifts since last autumn. It
      covers a great many square meters and is the largest building so far.

      When it is finished, the facility will let scientists watch changes in
      materials that last less than a trillionth of a second, the director
      said.
      """
    let prose = try read(text, as: "a.txt")
    #expect(prose.blocks.count == 2)
    #expect(prose.texts[0].contains("science city, where"))
    #expect(prose.texts[1].hasSuffix("director said."))
  }

  @Test func itemsAndHeadingsInAWrappedFileStayApart() throws {
    let text = """
      Overview
      The main hall of the facility was topped out on Sunday at the science
      city, where builders have worked in two shifts since last autumn, in
      2019. Three things are still missing from it, as the director said:
      1. the last of the four doors, which is being made in another city and
         will come by train;
      - the roof over the second of the two laboratories, which has been late
      and will be late for some more time.
      """
    #expect(
      try read(text, as: "a.txt").texts == [
        "Overview",
        "The main hall of the facility was topped out on Sunday at the science city, where "
          + "builders have worked in two shifts since last autumn, in 2019. Three things are still "
          + "missing from it, as the director said:",
        "1. the last of the four doors, which is being made in another city and will come by train;",
        "- the roof over the second of the two laboratories, which has been late and will be late "
          + "for some more time.",
      ])
  }

  @Test func hardWrappedChineseIsJoinedWithNothing() throws {
    let line = String(repeating: "城", count: 36)
    let text = "\(line)\n\(line)\n\(line)\n末尾。\n"
    #expect(try read(text, as: "a.txt").texts == [line + line + line + "末尾。"])
  }

  @Test func listOfShortLinesIsNotTakenForWrapped() throws {
    let text =
      "apples\npears\nplums and a rather long line that stands out from all the others here\nfigs\n"
    #expect(try read(text, as: "a.txt").blocks.count == 4)
  }

  @Test func aBreakInTheMidstOfASentenceIsNone() throws {
    let cases: [(String, [String])] = [
      (
        "The line was cut\noff on the way.\nNext one.",
        ["The line was cut off on the way.", "Next one."]
      ),
      (
        "It was cut off,\nand cut\nonce more (so they say.)",
        ["It was cut off, and cut once more (so they say.)"]
      ),
      // A space at the end leaves a line open.
      ("a cold \nnight in town", ["a cold night in town"]),
      // Lists, chats, verse and headings stay as they are.
      ("features\ncontacts\nevents, notes", ["features", "contacts", "events, notes"]),
      ("Fruit\napples (red)\npears (green)", ["Fruit", "apples (red)", "pears (green)"]),
      ("call me\nthey left.", ["call me", "they left."]),
      ("Headline\nThe text.", ["Headline", "The text."]),
      (
        "You will need these two\na) water,\nb) bread.",
        ["You will need these two", "a) water,", "b) bread."]
      ),
      ("Ingredients\nflour\nsugar.", ["Ingredients", "flour", "sugar."]),
      (
        "Write to all of us\nwww.example.com/about.",
        ["Write to all of us", "www.example.com/about."]
      ),
      ("The list:\nit ends.", ["The list:", "it ends."]),
      ("The line was cut\n\noff on the way.", ["The line was cut", "off on the way."]),
    ]
    for (text, expected) in cases { #expect(try read(text, as: "a.txt").texts == expected) }
  }

  @Test func paragraphsBrokenAtAMarginAreJoinedAmongLinesThatAreNot() throws {
    let text = """
      GUIDE
      1. Introduction
      The free trade zone, opened in 2017, covers 120 square kilometres and has
      attracted more than 40,000 companies from at home and abroad. The port of
      Guoyuan is the largest of its kind.
      Foreign companies receive a tax holiday of ten years from the date on
      which they are registered.
      Contact
      - Commerce Bureau
      - Tax Bureau
      - Customs

      """
    #expect(
      try read(text, as: "a.txt").texts == [
        "GUIDE", "1. Introduction",
        "The free trade zone, opened in 2017, covers 120 square kilometres and has attracted more "
          + "than 40,000 companies from at home and abroad. The port of Guoyuan is the largest of "
          + "its kind.",
        "Foreign companies receive a tax holiday of ten years from the date on which they are "
          + "registered.", "Contact", "- Commerce Bureau", "- Tax Bureau", "- Customs",
      ])
  }

  @Test func chineseParagraphsBrokenAtAMarginAreJoinedUpToTheNextIndent() throws {
    let first = "\u{3000}\u{3000}" + String(repeating: "江", count: 34)
    let second = String(repeating: "河", count: 36)
    let text = """
      指南
      一、引言
      \(first)
      \(second)
      入海。
      \(first)
      到此为止。
      目录
      附件

      """
    #expect(
      try read(text, as: "a.txt").texts == [
        "指南", "一、引言", String(first.dropFirst(2)) + second + "入海。",
        String(first.dropFirst(2)) + "到此为止。",
        "目录", "附件",
      ])
  }

  @Test func listOfLongTitlesIsNotJoined() throws {
    let titles = [
      "Report of the Committee on Trade and Development on its second meeting",
      "Statement by the Representative of the Federal Republic of Germany",
      "Letter from the Permanent Mission of China to the Secretary-General x",
      "Programme budget", "Other matters", "Closure", "Annexes",
    ]
    #expect(try read(titles.joined(separator: "\n"), as: "a.txt").texts == titles)
  }

  @Test func segmentedKeepsLineNumbers() throws {
    let prose = try read(
      "one. two.\n\n  three \nfour", as: "a.txt",
      DocumentOptions(language: .english, isSegmented: true))
    #expect(prose.texts == ["one. two.", "", "three", "four"])
    #expect(prose.positions.source(prose.blocks[2].range) == 13..<18)
  }

  @Test func wrappedLinesLeadBackToTheirBytes() throws {
    let line = String(repeating: "城", count: 36)
    let text = "\(line)\n\(line)\n\(line)\n末尾TERM。\n"
    let prose = try read(text, as: "a.txt")
    let range = try #require(prose.ranges(of: "TERM").first)
    let source = prose.positions.source(range)
    #expect(String(decoding: Array(text.utf8)[source], as: UTF8.self) == "TERM")
  }
}
