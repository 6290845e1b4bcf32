import Bitext
import Segmentation
import Testing

@testable import Documents

@Suite struct CommentedPairTests {
  private func pair(_ bytes: [UInt8], _ file: String = "zh.md") throws -> ParallelText? {
    CommentedPair.read(try decodeText(bytes, file: file), file: file, DocumentOptions())
  }

  private func summaries(_ markdown: String) throws -> [String]? {
    try pair(Array(markdown.utf8)).map { text in
      text.beads.map { "\(text.sourceText($0)) | \(text.targetText($0))" }
    }
  }

  static let documents: [(markdown: String, beads: [String]?)] = [
    (
      "<!-- The first text. -->\n第一段。\n\n<!-- The second text. -->\n第二段。\n",
      ["The first text. | 第一段。", "The second text. | 第二段。"]
    ),
    (
      "---\ntitle: x\n---\n\n<!-- overview -->\n\n<!--\n## The heading\n\nA text with `code` and a\n[link](http://x.org).\n-->\n"
        + "## 标题\n\n带有 `code` 和[链接](http://x.org)的文字。\n\n<!-- body -->\n\n<!--\nOne more text.\n-->\n又一段。\n",
      [
        "The heading | 标题", "A text with code and a link. | 带有 code 和链接的文字。",
        "One more text. | 又一段。",
      ]
    ),
    (
      "前言。\n\n<!--\nOne text.\n\nTwo texts.\n-->\n一段。\n\n<!-- Three texts. -->\n三段。\n\n四段。\n",
      [" | 前言。", "One text. Two texts. | 一段。", "Three texts. | 三段。四段。"]
    ),
    (
      "1. <!-- Do this first -->\n   先做这个\n2. <!-- Do that then -->\n   再做那个\n",
      ["Do this first | 先做这个", "Do that then | 再做那个"]
    ),
    (
      "- 项\n\n  <!--\n      Indented text here.\n\n      And more of it.\n  -->\n  缩进的文字。\n\n  还有。\n\n<!-- The last one. -->\n最后。\n",
      [" | 项", "Indented text here. | 缩进的文字。", "And more of it. | 还有。", "The last one. | 最后。"]
    ),
    ("<!-- The only text. -->\n一段。\n", nil),
    (
      "<!-- markdownlint-disable MD013 MD033 -->\n一段。\n\n<!-- prettier-ignore-start now -->\n二段。\n",
      nil
    ),
    ("<!-- 译者注一 -->\n一段。\n\n<!-- 译者注二 -->\n二段。\n", nil),
    ("```\n<!-- The first text. -->\n```\n一段。\n\n~~~\n<!-- The second text. -->\n~~~\n二段。\n", nil),
    ("<!-- The first text. -->\n<!-- The second text. -->\n", nil), ("", nil),
    ("一段。\n\n二段。\n", nil), ("<!-- One text.\n一段。\n", nil),
    (
      "<!-- The first text. -->\n第一段。\n<!-- markdownlint-disable MD013 -->\n第二段。\n\n<!-- The third text. -->\n第三段。\n",
      ["The first text. | 第一段。", " | 第二段。", "The third text. | 第三段。"]
    ),
  ]

  @Test(arguments: documents.indices)
  func commentsAreTheOriginal(index: Int) throws {
    let (markdown, beads) = Self.documents[index]
    #expect(try summaries(markdown) == beads)
    if beads != nil {
      #expect(try summaries(markdown.replacing("\n", with: "\r\n")) == beads)
    }
  }

  @Test func languagesAreTold() throws {
    let markdown = "<!-- The first text. -->\n这些段落。\n\n<!-- The second text. -->\n那些段落。\n"
    let text = try #require(try pair(Array(markdown.utf8), "a.md"))
    #expect(text.source.language == .english && text.target.language == .simplifiedChinese)
    #expect(!text.isAligned && text.source.file == "a.md" && text.target.file == "a.md")
  }

  @Test func aPlantedTermIsAtItsBytes() throws {
    let markdown =
      "<!-- A TERM &amp; **TERM** é `TERMX` [TERM](TERMX.html) -->\n术语 TERM 和 <b title=\"TERMX\">x</b>\n\n"
      + "  <!--\n      The TERM text.\n\n      ```\n      TERMX\n      ```\n      😀 TERM\n  -->\n"
      + "第二段 TERM `TERMX`。\n"
    func expected(_ bytes: [UInt8], _ encoded: (String) -> [UInt8]) -> [Range<Int>] {
      let hidden = bytes.ranges(of: encoded("TERMX")).map(\.lowerBound)
      return bytes.ranges(of: encoded("TERM")).filter { !hidden.contains($0.lowerBound) }
    }
    for (bytes, encoded) in [
      (Array(markdown.utf8), { (text: String) in Array(text.utf8) }),
      (markdown.utf16File, { $0.utf16Bytes }),
    ] {
      let text = try #require(try pair(bytes))
      let places = [text.source.prose, text.target.prose].flatMap { prose in
        prose.ranges(of: "TERM").filter { range in !prose.literals.contains { $0.overlaps(range) } }
          .map { prose.positions.source($0) }
      }
      #expect(places.sorted { $0.lowerBound < $1.lowerBound } == expected(bytes, encoded))
    }
  }
}
