import Bitext
import Foundation
import Segmentation
import TestSupport
import Testing

@testable import Documents

@Suite struct DocumentPartsTests {
  /// A block with where its bytes stand in the file.
  struct PlacedBlock: Equatable {
    var text: String
    var kind: BlockKind
    var places: [Range<Int>]
  }

  /// A comment with the blocks that it may be about.
  struct PlacedComment: Equatable {
    var text: String
    var range: Range<Int>
    /// What the block says that the comment stands in or before, and the one before that.
    var next: Range<Int>?
    var previous: Range<Int>?
    var isInside: Bool
  }

  /// What readers of a document see of it.
  struct Reading: Equatable {
    var blocks: [PlacedBlock] = []
    var literals: [Range<Int>] = []
    var comments: [PlacedComment] = []
    var languages: Set<String> = []
    var parts = 0

    mutating func add(_ prose: Prose) {
      parts += 1
      languages.insert(prose.language.description)
      blocks += prose.blocks.map { block in
        PlacedBlock(
          text: prose.text(block.range), kind: block.kind,
          places: block.range.map { prose.positions.source($0..<$0 + 1) })
      }
      literals += prose.literals.map { prose.positions.source($0) }
      comments += prose.comments.map { comment in
        let next = prose.blocks.firstIndex { $0.range.upperBound > comment.place }
        let before = (next ?? prose.blocks.count) - 1
        let start = next.map { prose.blocks[$0].range.lowerBound } ?? Int.max
        // What stands before the block that it stands in is no business of a comment.
        let isInside = start < comment.place
        return PlacedComment(
          text: comment.text, range: comment.range,
          next: next.map { prose.positions.source(prose.blocks[$0].range) },
          previous: before >= 0 && !isInside
            ? prose.positions.source(prose.blocks[before].range) : nil,
          isInside: isInside)
      }
    }
  }

  let directory: URL

  init() throws {
    directory = FileManager.default.temporaryDirectory
      .appendingPathComponent("concord-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
  }

  func write(_ bytes: some Collection<UInt8>, as name: String) throws -> String {
    let file = directory.appendingPathComponent(name)
    try Data(bytes).write(to: file)
    return file.path
  }

  func whole(_ path: String, _ options: DocumentOptions) throws -> Reading {
    var reading = Reading()
    reading.add(try DocumentReader.read(path, options))
    reading.parts = 0
    return reading
  }

  /// What the parts say; `nil` where the file cannot be read in parts.
  func inParts(_ path: String, _ options: DocumentOptions, of size: Int) throws -> Reading? {
    var reading = Reading()
    let isRead = try DocumentReader.forEachPart(
      of: path, options, sizes: DocumentReader.PartSizes(file: 0, part: size)
    ) { reading.add($0) }
    return isRead ? reading : nil
  }

  /// Compares the parts of many texts with the wholes.
  ///
  /// - Returns: how many parts there were in all.
  func compare(
    _ pieces: [String], _ name: String, seed: UInt64, rounds: Int,
    _ options: DocumentOptions = DocumentOptions(language: .english)
  ) throws -> Int {
    var random = SeededGenerator(seed: seed)
    var parts = 0
    for round in 0..<rounds {
      let text = random.text(of: pieces, upTo: 40)
      let mark = random.once(in: 5) ? "\u{FEFF}" : ""
      let path = try write((mark + text).utf8, as: name)
      guard var read = try inParts(path, options, of: 1 + random.below(400)) else { continue }
      parts += read.parts
      read.parts = 0
      let expected = try whole(path, options)
      #expect(read.blocks == expected.blocks, "round \(round)")
      #expect(read.literals == expected.literals, "round \(round)")
      #expect(read.comments == expected.comments, "round \(round)")
      if read != expected { Issue.record("the text was \(text.debugDescription)") }
    }
    return parts
  }

  // MARK: - Plain text

  static let lines = [
    "The park is to open next year.", "Name", "the rest of a sentence that began above",
    "and goes on here, with a comma,", "1. an item of a list", "- another one", "\n", "\n\n",
    "  indented by two", "园区明年开工，", "建成之后将有三座桥。", "He said “no.”", "www.example.org/a ",
    "The main hall of the facility was topped out on Sunday at the science", "Ends here:",
    "city, where builders have worked in two shifts since last autumn. It",
    "covers a great many square meters and is the largest building so far.", " \t ",
  ].flatMap { [$0 + "\n", $0 + "\r\n", $0 + "\r", $0 + "\n\n"] }

  @Test func plainTextInPartsIsTheWhole() throws {
    let parts = try compare(Self.lines, "a.txt", seed: 1, rounds: 150)
    #expect(parts > 500)
  }

  @Test func wrappedTextInPartsIsTheWhole() throws {
    let wrapped = Self.lines.filter { $0.utf8.count > 60 }
    let parts = try compare(wrapped, "a.txt", seed: 2, rounds: 80)
    #expect(parts > 100)
  }

  @Test func longLinesInPartsAreTheWhole() throws {
    let long = Self.lines + [String(repeating: "A long sentence. ", count: 30) + "\n"]
    let parts = try compare(long, "a.txt", seed: 3, rounds: 80)
    #expect(parts > 200)
  }

  // MARK: - Markdown

  static let blocks = [
    "# Heading\n", "Title\n=====\n", "Title\n---\n", "A paragraph of text.\n",
    "A paragraph\nof two lines.\n", "With `code` and *stress* &amp; www.example.org.\n",
    "- item one\n- item two\n", "- item\n\n  with a paragraph\n", "1. first\n\n   - second\n",
    "  continued by two\n", "    indented code\n", "```swift\nlet code = 1\n\nplain text\n```\n",
    "```\nan open fence\n\nplain text\n", "~~~\ncode\n~~~\n", "> quoted\n> text\n",
    "> quoted\nlazy\n",
    "<div>\ntext in HTML\n</div>\n", "<div>\n\ntext between\n\n</div>\n",
    "| a | b |\n|---|---|\n| c | d |\n",
    "<!-- concord-disable-next-line term-style -- why -->\n",
    "Text <!-- concord-disable-line x --> on.\n",
    "Text with a remark. <!-- concord-disable-line term-style -- so -->\n",
    "<!-- an open comment\n",
    "<script>\nlet a = 1\n\nplain text\n</script>\n",
    "{{< note >}}\n\nShort text.\n\n{{< /note >}}\n",
    "{% highlight go %}\n\nfunc main()\n\n{% endhighlight %}\n", "{{< code >}}\n\nnever closed\n",
    "{% highlight go %}\n", "{% endhighlight %}\n", "::: tip Title\n\ninside\n\n:::\n", "***\n",
    "---\n",
    "See [the text][name] and [name].\n", "园区明年开工。\n", "import x from 'y'\n",
    "export const a = 1\n",
    "[a link](https://example.org/a \"t\") in it.\n", "Text {/* remark */} and {props.name}.\n",
  ].flatMap {
    [$0, $0 + "\n", $0 + "\n", $0 + " \n", $0.replacingOccurrences(of: "\n", with: "\r\n")]
  }

  @Test(arguments: ["a.md", "a.mdx"])
  func markdownInPartsIsTheWhole(name: String) throws {
    // Enough paragraphs that there is something to cut at.
    let pieces = Self.blocks + Array(repeating: "Some more words of text.\n\n", count: 900)
    let parts = try compare(pieces, name, seed: 4, rounds: 120)
    #expect(parts > 300)
  }

  @Test func markdownOfParagraphsIsCut() throws {
    let plain = Self.blocks.filter { $0.first?.isLetter == true && $0.hasSuffix("\n\n") }
    let parts = try compare(plain, "a.md", seed: 5, rounds: 50)
    #expect(parts > 200)
  }

  @Test func frontMatterOpensTheFirstPartAlone() throws {
    let text = "---\nlang: zh-Hans\n---\n\n" + String(repeating: "园区明年开工。\n\n", count: 40)
    let path = try write(text.utf8, as: "a.md")
    let read = try #require(try inParts(path, DocumentOptions(), of: 60))
    #expect(read.parts > 5)
    #expect(read.languages == ["zh-Hans"])
    #expect(read.blocks == (try whole(path, DocumentOptions())).blocks)
  }

  @Test(arguments: [
    "[name]: https://example.org\n", "> [Name]: /a\n", "- [name]: <a>\n", "[name]:\n/a\n",
    "```\n[name]: /a\n```\n", "    [name]: /a\n", "A paragraph.\n[name]: /a\n", "[other]: /a\n",
    "[name]: /a\n[other]: /b\n", "---\n[name]: /a\n---\n",
  ])
  func definitionsOfReferencesHoldForTheWholeDocument(definition: String) throws {
    let uses = String(repeating: "See [the text][name], [name] and [other].\n\n", count: 20)
    for text in [uses + definition, definition + "\n" + uses, uses + definition + "\n" + uses] {
      let path = try write(text.utf8, as: "a.en.md")
      let read = try #require(try inParts(path, DocumentOptions(), of: 100))
      #expect(read.parts > 5)
      #expect(read.blocks == (try whole(path, DocumentOptions())).blocks)
    }
  }

  @Test(arguments: ["[na\nme]: /a\n", "[na\nm\\[e]: /a\n"])
  func labelOfTwoLinesNeedsTheWholeDocument(definition: String) throws {
    let text = String(repeating: "See [the text][na me].\n\n", count: 40) + definition
    #expect(try inParts(try write(text.utf8, as: "a.md"), DocumentOptions(), of: 60) == nil)
  }

  @Test func definitionsAnywhereMakeTheSameLinks() throws {
    let pieces =
      Array(repeating: "Words of [a text][one], [two] and [^3][] here.\n\n", count: 60)
      + [
        "[one]: /a\n\n", "[Two]: /b 'title'\n\n", "> [^3]: /c\n\n", "```\n[one]: /a\n```\n\n",
        "- item\n\n  [two]: /b\n\n", "[one]: not a title\n\n", "[x*y*]: /d\n\n", "[x*y*]\n\n",
        "    [^3]: /c\n\n", "1. [two]: /e\n\n",
      ]
    #expect(try compare(pieces, "a.md", seed: 6, rounds: 80) > 200)
  }

  @Test func whatOnlyLooksLikeADefinitionIsNone() throws {
    let text = String(repeating: "The range [0, 1]: all of it.\n\n", count: 40)
    let path = try write(text.utf8, as: "a.en.md")
    let read = try #require(try inParts(path, DocumentOptions(), of: 60))
    #expect(read.blocks == (try whole(path, DocumentOptions())).blocks)
    #expect(read.parts > 5)
  }

  @Test func originalsInCommentsNeedTheWholeDocument() throws {
    let pair =
      "<!--\nThe park opens next year, and three bridges will be built.\n-->\n\n园区明年开工。\n\n"
    let text = String(repeating: "园区明年开工，将建三座桥。\n\n", count: 40) + pair + pair
    let path = try write(text.utf8, as: "a.zh.md")
    #expect(try inParts(path, DocumentOptions(), of: 60) == nil)
    let single = try write(text.dropLast(pair.count).utf8, as: "b.zh.md")
    #expect(try inParts(single, DocumentOptions(), of: 60) != nil)
  }

  // MARK: - Encodings and languages

  @Test func theLanguageIsThatOfTheWholeDocument() throws {
    let text =
      String(repeating: "1234.\n\n", count: 40) + "Le parc est dans la ville et les ponts.\n"
    let path = try write(text.utf8, as: "a.txt")
    let read = try #require(try inParts(path, DocumentOptions(), of: 60))
    #expect(read.languages == (try whole(path, DocumentOptions())).languages)
    #expect(read.languages == ["fr"])
  }

  @Test func aTextInAnotherLanguageThanItsNameSaysIsRefused() throws {
    let text = String(repeating: "The park opens.\n\n", count: 40)
    let path = try write(text.utf8, as: "a.zh.txt")
    let error = #expect(throws: Trouble.self) { try inParts(path, DocumentOptions(), of: 60) }
    let expected = #expect(throws: Trouble.self) { try whole(path, DocumentOptions()) }
    #expect(error?.message == expected?.message)
  }

  @Test(arguments: [[0xC3, 0x28], [0x00], [0xB0, 0xA1], [0xE4, 0xB8]] as [[UInt8]])
  func whatIsNoUTF8IsNotReadInParts(bytes: [UInt8]) throws {
    let text = Array(String(repeating: "The park opens.\n\n", count: 9000).utf8)
    for place in [0, 100, text.count] {
      let path = try write(text[..<place] + bytes + text[place...], as: "a.en.txt")
      #expect(try inParts(path, DocumentOptions(), of: 60) == nil)
    }
  }

  @Test func whatCannotBeCutIsNotReadInParts() throws {
    let path = try write(Array(repeating: UInt8(ascii: "x"), count: 5000), as: "a.en.txt")
    var sizes = DocumentReader.PartSizes(file: 0, part: 60, largestPart: 1000)
    #expect(try !DocumentReader.forEachPart(of: path, DocumentOptions(), sizes: sizes) { _ in })
    sizes.largestPart = 10_000
    #expect(try DocumentReader.forEachPart(of: path, DocumentOptions(), sizes: sizes) { _ in })
  }

  @Test func anEmptyDocumentIsOnePart() throws {
    let read = try inParts(try write([], as: "a.txt"), DocumentOptions(), of: 60)
    #expect(read?.blocks == [])
    #expect(read?.parts == 1)
  }

  @Test(arguments: ["a.json", "a.docx", "a.html", "a.rst", "a.srt"])
  func otherFormatsAreReadAsAWhole(name: String) throws {
    let path = try write("The park opens.".utf8, as: name)
    #expect(try inParts(path, DocumentOptions(), of: 60) == nil)
  }
}
