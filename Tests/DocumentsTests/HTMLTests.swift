import Bitext
import Segmentation
import TestSupport
import Testing

@testable import Documents

@Suite struct HTMLTests {
  private static let documents: [(html: String, blocks: [String])] = [
    ("<h1>Title</h1><p>Text.</p>", ["Title", "Text."]),
    (
      "<html><head><title>T</title><meta name=x content=y><style>s</style></head><body>b",
      ["T", "b"]
    ),
    ("<ul><li>one<li>two</ul><ol><li>three</ol>", ["one", "two", "three"]),
    ("<table><caption>c</caption><tr><th>h<td>d</table>", ["c", "h", "d"]),
    ("<dl><dt>t<dd>d</dl><blockquote>q</blockquote>", ["t", "d", "q"]),
    ("a <b>bold <i>term</i></b> and <a href=x>link</a>", ["a bold term and link"]),
    ("one<br>two", ["one two"]), ("一行<br>二行", ["一行二行"]),
    ("one<br>\n<br>two", ["one", "two"]), ("one\n\n  two\t three", ["one two three"]),
    ("中文\n  中文 <b> x</b>", ["中文中文 x"]), ("<p>  lead</p>  <p>trail  </p>", ["lead", "trail"]),
    ("a<script>if (a<b) c</script>b<pre>code</pre>c<svg><text>g</text></svg>", ["ab", "c"]),
    ("<textarea>t</textarea><template><p>x</template><button>go</button>", ["go"]),
    ("A &amp; B &#8212; C &unknown; D&nbsp;E", ["A & B — C &unknown; D\u{A0}E"]),
    ("&amp;amp;&lt;p&gt; &notit; &fjlig; A&AMPB &copy2", ["&amp;<p> ¬it; fj A&B ©2"]),
    ("a&#32;&#10;b &#x80;&#128512;", ["a b €😀"]),
    ("a</b>b</x y=\">\">c<!doctype z>d", ["abcd"]), ("1 < 2 <3 > 2 <> x", ["1 < 2 <3 > 2 <> x"]),
    ("<table>x<tr>y<td>z</table>w", ["xy", "z", "w"]),
    ("<p><b>q<p>r</b>s</p>t", ["q", "rs", "t"]),
    ("<ruby>汉<rp>(</rp><rt>hàn</rt><rp>)</rp></ruby>字", ["汉字"]),
    ("<p>one\r\ntwo\rthree</p>", ["one two three"]),
    ("<title>a<b>&amp;</title>", ["a<b>&"]),
    ("", []), ("<!-- only -->", []), ("<p>&nbsp;</p>", []),
  ]

  @Test(arguments: documents.indices)
  func proseIsWhatAReaderReads(index: Int) throws {
    let (html, blocks) = Self.documents[index]
    let prose = try read(html, as: "a.html", DocumentOptions(language: .english))
    #expect(prose.texts == blocks)
  }

  @Test func blocksKnowWhatTheyAre() throws {
    let prose = try read(
      "<h2>h</h2><p>p<ul><li><p>i</ul><table><caption>c</caption><td>d</table><blockquote><p>q",
      as: "a.htm", DocumentOptions(language: .english))
    #expect(
      prose.blocks.map(\.kind)
        == [.heading(level: 2), .paragraph, .listItem, .caption, .tableCell, .quote])
  }

  @Test func codeAndWhatIsNotToBeTranslatedAreLiterals() throws {
    let prose = try read(
      "Run <code>Gold <b>Phoenix</b></code> or <kbd>K</kbd>, <span translate=no>N <i>O</i></span>, "
        + "<em class='a notranslate'>C <b translate=yes>yes</b></em> <p translate=NO>B</p> x",
      as: "a.html")
    #expect(prose.literalTexts == ["Gold Phoenix", "K", "N O", "C", "B"])
  }

  /// A term is planted wherever prose can stand; each occurrence must lead back to its bytes.
  private static let planted = [
    "<title>TERM</title><h1>TERM</h1>", "<p>a TERM b<p>前TERM后", "<b>TERM</b><i>TERM</i>",
    "<li>TERM<td>TERM", "<table>TERM<tr>TERM<td>TERM</table>", "<a href='TERM'>TERM</a>",
    "<img alt=TERM title=\"TERM\">TERM", "&amp; TERM &lt;TERM&gt; &copyTERM",
    "one\nTERM\r\nTERM\rTERM", "<script>TERM</script><style>TERM</style>TERM",
    "<pre>TERM</pre><!-- TERM -->TERM<br>TERM", "&#128512; TERM 😀 TERM &bogus; TERM",
    "</b>TERM</i x='TERM'>TERM<?x TERM>TERM<!x TERM>TERM", "<p>TERM<b>TERM<p>TERM</b>TERM",
    "<a><a>TERM</a>TERM<div>TERM</a>TERM", "<p>  \n\tTERM\u{3000}TERM &nbsp; TERM",
    "\u{FEFF}<p>TERM", "\u{1}TERM<p>\u{FFFE}TERM",
  ]

  @Test(arguments: planted, ["", "UTF-16LE", "UTF-16BE", "GB18030"])
  func plantedTermLeadsBackToItsBytes(html: String, encoding: String) throws {
    let bytes = encoded(html + "<p>和中文，以便看出编码。", encoding)
    let text = try decodeText(
      bytes, file: "a.html", encoding: encoding.isEmpty ? nil : encoding)
    let prose = try DocumentReader.prose(
      text, file: "a.html", DocumentOptions(language: .simplifiedChinese))
    let wanted = encoded("TERM", encoding)
    let found = prose.ranges(of: "TERM")
    #expect(!found.isEmpty)
    for range in found { #expect(Array(bytes[prose.positions.source(range)]) == wanted) }
    #expect(Set(found.map { prose.positions.source($0).lowerBound }).count == found.count)
  }

  @Test func referenceIsOneUnit() throws {
    let html = "<p>R&amp;D caf&eacute; 前&#x4E2D;后"
    let prose = try read(html, as: "a.html", DocumentOptions(language: .english))
    for (text, source) in [("R&D", "R&amp;D"), ("café", "caf&eacute;"), ("前中后", "前&#x4E2D;后")] {
      let range = try #require(prose.ranges(of: text).first)
      let bytes = Array(html.utf8)[prose.positions.source(range)]
      #expect(String(decoding: bytes, as: UTF8.self) == source)
    }
  }

  @Test func commentsAreKept() throws {
    let html = "<!-- head --><p>a<!-- one --> b<!--two--></p><!-- three"
    let prose = try read(html, as: "a.html", DocumentOptions(language: .english))
    #expect(prose.comments.map(\.text) == ["head", "one", "two", "three"])
    let bytes = Array(html.utf8)
    #expect(
      prose.comments.map { String(decoding: bytes[$0.range], as: UTF8.self) }
        == ["<!-- head -->", "<!-- one -->", "<!--two-->", "<!-- three"])
    #expect(prose.comments[1].place == 1)
    #expect(prose.texts == ["a b"])
  }

  @Test func languageIsDeclaredByTheRoot() throws {
    let prose = try read("<html lang=zh-Hant><p>公", as: "a.html")
    #expect(prose.language.description == "zh-Hant")
    #expect(try read("<p lang=fr>Hello there", as: "a.html").language == .english)
  }

  @Test func declaredEncodingCountsWhereTheBytesAreNotUTF8() throws {
    let page = "<meta charset=\"GB2312\"><p>中文"
    let format = DocumentFormat(of: "a.html")
    #expect(format.declaredEncoding(encoded(page, "GB18030")) == "GB18030")
    #expect(format.declaredEncoding(Array(page.utf8)) == nil)
    let big5 = Array("<meta http-equiv=x content='text/html; CHARSET=big5'>".utf8) + [0xA4, 0xA4]
    #expect(format.declaredEncoding(big5) == "big5")
    #expect(format.declaredEncoding(Array("<?xml encoding='x-y'?>".utf8) + [0xA4]) == "x-y")
    #expect(DocumentFormat(of: "a.txt").declaredEncoding(big5) == nil)
  }

  /// A parser of HTML reads `<script/>` as the start of one.
  @Test func emptyElementsOfXHTMLHideNothing() throws {
    let xhtml =
      "<?xml version='1.0'?><html><head><title/><script src='x'/></head><body>"
      + "<p>a<a id='x'/>b<p/>c<br/>d<div/>e <pre>x</pre></p></body></html>"
    let options = DocumentOptions(language: .english)
    for name in ["a.xhtml", "a.html"] {
      let texts = try read(xhtml, as: name, options).texts
      #expect(texts == ["ab", "c d", "e"])
    }
  }

  @Test(arguments: ["<div>", "<b>", "<span><i>", "<ul><li>", "<table><td>", "<svg><g>", "<font x>"])
  func nestedTenThousandDeepIsRead(tag: String) throws {
    let html = "<p>before</p>" + String(repeating: tag, count: 10_000) + "deep"
    let prose = try read(html, as: "a.html", DocumentOptions(language: .english))
    #expect(prose.texts.first == "before")
    #expect(prose.texts.last == (tag == "<svg><g>" ? "before" : "deep"))
  }

  /// Time and memory out of proportion: each of these would keep gumbo busy for minutes, or take
  /// gigabytes.
  @Test(arguments: [
    String(repeating: "<div>", count: 200_000),
    "<p " + (0..<100_000).map { "a\($0)=''" }.joined(separator: " ") + ">",
    "<p>" + (0..<3000).map { "<b id=\($0)>" }.joined() + String(repeating: "<p>x", count: 30_000),
    "<svg><style>" + String(repeating: "<g>", count: 200_000),
    "<!-- <a \" -->" + String(repeating: "<div>", count: 200_000) + "\"",
  ])
  func tangleOutOfAllProportionIsRefused(html: String) {
    #expect(throws: Trouble.self) {
      try read(html, as: "a.html", DocumentOptions(language: .english))
    }
  }

  /// Whatever is read leads back to bytes that are in the file, and no letter is lost.
  @Test func soupNeverLosesText() throws {
    var random = SeededGenerator(seed: 11)
    let pieces = [
      "<p>", "</p>", "<b>", "</b>", "<i x='>'>", "</i>", "<table>", "<tr>", "<td>", "</table>",
      "<a>", "</a>", "<li>", "<ul>", "</ul>", "&amp;", "&lt;", "&notx;", "&#65;", "&", "<", "< ",
      "\n", "\r\n", " ", "<!--c-->", "<br>", "<h1>", "</h1>", "<form>", "<select>", "</select>",
      "<button>", "</button>", "<nobr>", "<font>", "</font>", "<div>", "</div>", "中", "\u{1}",
    ]
    for _ in 0..<800 {
      var html = ""
      var words: [String] = []
      for _ in 0..<random.below(30) {
        html += random.text(of: pieces, upTo: 3)
        words.append("w\(words.count)z")
        html += " \(words[words.count - 1]) "
      }
      let prose = try read(html, as: "a.html", DocumentOptions(language: .english))
      let bytes = Array(html.utf8)
      for word in words {
        // Within a tag that the soup left open a word is an attribute.
        guard let range = prose.ranges(of: word).first else { continue }
        let source = prose.positions.source(range)
        #expect(
          String(decoding: bytes[source], as: UTF8.self) == word, "in \(html.debugDescription)")
      }
      let oracle = wordsOutsideTags(html)
      let found = prose.texts.joined(separator: " ")
      for word in oracle where !found.contains(word) {
        Issue.record("\(word) is lost in \(html.debugDescription)")
      }
    }
  }

  /// A naive reader: all words that stand in no tag.
  private func wordsOutsideTags(_ html: String) -> [String] {
    var text = ""
    var rest = Substring(html)
    while let open = rest.firstIndex(of: "<") {
      text += rest[..<open]
      rest = rest[open...].dropFirst()
      guard let first = rest.first, first.isLetter || first == "/" || first == "!" else { continue }
      // Quotes hold the only closing bracket that ends no tag.
      var isQuoted = false
      var index = rest.startIndex
      while index < rest.endIndex, isQuoted || rest[index] != ">" {
        if rest[index] == "'" { isQuoted.toggle() }
        index = rest.index(after: index)
      }
      rest = index < rest.endIndex ? rest[index...].dropFirst() : ""
    }
    text += rest
    return text.split { $0 == " " || $0.isNewline }.map(String.init)
      .filter { $0.first == "w" && $0.last == "z" }
  }

  @Test func damagedHTMLIsReadOrRefused() throws {
    let sample =
      "<html lang=en><title>T</title><p class='x'>one &amp; <b>two</b><!-- c --><table>"
      + "<tr><td>three</td></table><script>x</script>四"
    try Damage.forEach(of: Array(sample.utf8), seed: 5, rounds: 2000) { bytes in
      _ = try? DocumentReader.prose(
        decodeText(bytes, file: "a.html"), file: "a.html", DocumentOptions(language: .english))
    }
  }
}
