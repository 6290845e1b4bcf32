import Bitext
import Testing

@testable import Documents

@Suite struct MarkdownTests {
  private static let documents: [(markdown: String, blocks: [String])] = [
    ("# Title\n\nText.", ["Title", "Text."]),
    ("Title\n=====\n\n- one\n- two\n", ["Title", "one", "two"]),
    ("1. one\n\n   more\n2. two", ["one", "more", "two"]),
    ("> quoted\n> text", ["quoted text"]),
    ("| a | b |\n| --- | --- |\n| c | d |\n", ["a", "b", "c", "d"]),
    ("a **bold *term*** and ~~gone~~", ["a bold term and gone"]),
    ("see [the page](https://x.org \"title\") now", ["see the page now"]),
    ("![an image](a.png \"t\") text", ["an image text"]),
    ("before\n\n```\ncode\n```\n\n    indented code\n\nafter", ["before", "after"]),
    ("<div>\nraw\n</div>\n\na <b>word</b>", ["a word"]),
    ("one\ntwo", ["one two"]),
    ("一行\n二行", ["一行二行"]),
    ("中文\nLatin\n中文", ["中文 Latin 中文"]),
    ("hard  \nbreak", ["hard break"]),
    ("A &amp; B &#8212; C &unknown; &nbsp;D", ["A & B — C &unknown; \u{A0}D"]),
    ("- [x] done\n- [ ] open", ["done", "open"]),
    ("---\ntitle: T\nlang: en\n---\nText", ["Text"]),
    ("---\nnot: closed\n", ["not: closed"]),
    ("# One\r\n\r\nTwo\r\nthree\r\n", ["One", "Two three"]),
    ("\\*no emphasis\\*", ["*no emphasis*"]),
    ("", []), ("\n\n", []),
  ]

  @Test(arguments: documents.indices)
  func proseIsWhatAReaderReads(index: Int) throws {
    let (markdown, blocks) = Self.documents[index]
    let prose = try read(markdown, as: "a.md", DocumentOptions(language: .english))
    #expect(prose.texts == blocks)
  }

  @Test func blocksKnowWhatTheyAre() throws {
    let prose = try read(
      "## H\n\np\n\n- i\n\n> q\n\n| c | d |\n| --- | --- |\n", as: "a.md",
      DocumentOptions(language: .english))
    #expect(
      prose.blocks.map(\.kind)
        == [.heading(level: 2), .paragraph, .listItem, .quote, .tableCell, .tableCell])
  }

  @Test func codeAndAddressesAreLiterals() throws {
    let prose = try read(
      "Run `Gold Phoenix` at https://x.org/Gold-Phoenix, <https://y.org/a_b> or www.z.org/p. "
        + "Mail a.b@c.org!", as: "a.md")
    #expect(
      prose.literalTexts
        == [
          "Gold Phoenix", "https://x.org/Gold-Phoenix", "https://y.org/a_b", "www.z.org/p",
          "a.b@c.org",
        ])
  }

  /// A term is planted wherever prose can stand; each occurrence must lead back to its bytes.
  @Test(arguments: [
    "# TERM\n", "a TERM b\n", "**TERM**\n", "前TERM后\n", "- TERM\n  - TERM\n", "> TERM\n",
    "| TERM | x |\n| --- | --- |\n| 前 | TERM |\n", "[TERM](http://TERM.org)\n",
    "&amp; TERM &lt; TERM\n", "one\nTERM\r\nTERM\n", "---\ntitle: TERM\n---\n\nTERM\n",
    "```\nTERM\n```\n\nTERM `x` TERM\n", "<p>TERM</p>\n\n<!-- TERM -->\n\nTERM\n", "\u{FEFF}TERM\n",
    "\\# TERM [^1] 😀 TERM\n", "1. TERM\n\n   TERM\n",
  ])
  func plantedTermLeadsBackToItsBytes(markdown: String) throws {
    let prose = try read(markdown, as: "a.md", DocumentOptions(language: .english))
    let bytes = Array(markdown.utf8)
    let found = prose.ranges(of: "TERM")
    #expect(!found.isEmpty)
    for range in found {
      let source = prose.positions.source(range)
      #expect(String(decoding: bytes[source], as: UTF8.self) == "TERM")
    }
    #expect(Set(found.map { prose.positions.source($0).lowerBound }).count == found.count)
  }

  @Test func nestedTenThousandDeepIsRead() throws {
    let prose = try read(
      String(repeating: "> ", count: 10_000) + "deep", as: "a.md",
      DocumentOptions(language: .english))
    #expect(prose.texts.joined().hasSuffix("deep"))
  }
}
