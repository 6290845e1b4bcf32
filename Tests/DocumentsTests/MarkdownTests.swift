import Bitext
import Segmentation
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
    ("<div>\nraw\n</div>\n\na <b>word</b>", ["raw", "a word"]),
    (
      "<details>\n<summary>Sum <code>c</code></summary>\n\ntext\n\n</details>",
      ["Sum c", "text"]
    ),
    ("> <p>in\n> <b>quote</b></p>\n>\n> text", ["in quote", "text"]),
    ("<table>\n<tr><td>a</td>\n<td>b</td></tr>\n</table>", ["a", "b"]),
    ("<script>\nx\n\ny\n</script>\n\n<pre>\nx\n\ny</pre>\n\nafter", ["after"]),
    ("a<br>b <!-- c --> d <!-- e\nf --> g", ["a b d g"]),
    ("+++\ntitle = \"T\"\n+++\nText", ["Text"]),
    ("::: tip The *title*\nText\n:::\n\nafter", ["The title", "Text", "after"]),
    (":::note[Your title]\n\nText {#id}\n\n:::", ["Your title", "Text"]),
    ("## Title {#custom-id}\n\nText\n{: .class}", ["Title", "Text"]),
    ("{{< figure src=\"a_b_c.png\" >}} a {{% note %}} b {{<x>}} c", ["a b c"]),
    ("{% include x.html %}\n\n{% if a %}\ntext\n{% endif %}", ["text"]),
    ("{{< highlight go >}}\ncode\n\n<b>code</b>\n\ncode\n{{< /highlight >}}\n\nafter", ["after"]),
    ("{% highlight go %}\nnever closed\n\nafter", ["never closed", "after"]),
    ("{{ site.title }} and `{{ x }}` and {{ open", ["{{ site.title }} and {{ x }} and {{ open"]),
    ("{not mdx} <Tab value={x => y}>", ["{not mdx} <Tab value={x => y}>"]),
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
    "> <div title='TERM'>\n> TERM &amp; TERM\n> </div>\n>\n> TERM\n", "::: TERM TERM\nTERM\n:::\n",
    "- <p>TERM</p>\n  <b>TERM</b>\n", "{{< x \"TERM\" >}}TERM {% TERM %} TERM\n",
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

  @Test func javaScriptInMDXIsNoProse() throws {
    let text =
      "import X from './x'\nimport 'y.css'\n\nexport const meta = {\n  title: 'T'\n}\n\n# Hello {props.name}\n\n"
      + "<Tabs items={['a', 'b']}>\nText {1 > 2 ? {a} : b} end {/* a comment */}\n</Tabs>\n\n"
      + "<Note>\n  Inside.\n</Note>\n\nexporting import, {open"
    let prose = try read(text, as: "a.mdx", DocumentOptions(language: .english))
    #expect(
      prose.texts == [
        "Hello {props.name}", "Text {1 > 2 ? {a} : b} end", "Inside.", "exporting import, {open",
      ])
    #expect(prose.literalTexts == ["{props.name}", "{1 > 2 ? {a} : b}"])
    #expect(prose.comments.map(\.text) == ["a comment"])
  }

  @Test func expressionsAndElementsOfCodeAreLiterals() throws {
    let prose = try read(
      "Run <code>a *b*</code> and <kbd>K</kbd> <span translate=\"no\">N</span> at {{ x.y_z_w }}, "
        + "<em>not this</em>.", as: "a.md")
    #expect(prose.literalTexts == ["a b", "K N", "{{ x.y_z_w }}"])
  }

  @Test func commentsAreKept() throws {
    let text =
      "<!-- one -->\n\n# A <!-- two --> b\n\n- c\n  <!-- three\n  goes on -->\n\n```\n<!-- code -->\n```\n`<!-- x -->`\n"
    let prose = try read(text, as: "a.md", DocumentOptions(language: .english))
    #expect(prose.comments.map(\.text) == ["one", "two", "three\ngoes on"])
    let bytes = Array(text.utf8)
    #expect(
      prose.comments.map { String(decoding: bytes[$0.range], as: UTF8.self) }
        == ["<!-- one -->", "<!-- two -->", "<!-- three\n  goes on -->"])
    #expect(prose.comments[0].place == 0)
    #expect(prose.text(prose.comments[1].place..<prose.blocks[0].range.upperBound) == " b")
  }

  private static let repetitions: [String] = [
    String(repeating: "{{", count: 50_000), String(repeating: "{", count: 50_000),
    String(repeating: "{% code %}\n\n", count: 5000), String(repeating: "<a", count: 50_000),
    String(repeating: "<!--", count: 50_000), String(repeating: "::: a\n\n", count: 5000),
    String(repeating: "*a", count: 50_000), String(repeating: "[a](", count: 20_000),
    String(repeating: "<b>x\n\n", count: 5000), String(repeating: "word ", count: 100_000),
  ]

  /// What a careless reader needs time for that grows with the square of the text.
  @Test(arguments: repetitions.indices, ["a.md", "a.mdx"])
  func repetitionIsReadInTime(index: Int, file: String) throws {
    let text = "begin\n\n" + Self.repetitions[index]
    let prose = try read(text, as: file, DocumentOptions(language: .english))
    #expect(prose.texts.first == "begin")
  }

  @Test func damagedMarkdownIsRead() throws {
    let sample = Self.documents.map(\.markdown).joined(separator: "\n\n")
    for file in ["a.md", "a.mdx"] {
      try Damage.forEach(of: Array(sample.utf8), seed: 4, rounds: 200) { bytes in
        let text = try? decodeText(bytes, file: file)
        let prose = try? text.map {
          try DocumentReader.prose($0, file: file, DocumentOptions(language: .english))
        }
        guard let text, text.encoding == "UTF-8", let prose else { return }
        #expect(prose.misplacedBytes(in: bytes).isEmpty)
      }
    }
  }

  @Test func nestedTenThousandDeepIsRead() throws {
    let prose = try read(
      String(repeating: "> ", count: 10_000) + "deep", as: "a.md",
      DocumentOptions(language: .english))
    #expect(prose.texts.joined().hasSuffix("deep"))
  }
}
