import Bitext
import TestSupport
import Testing

@testable import Formats

@Suite struct TBXTroubleTests {
  let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private func trouble(_ text: String) throws -> Trouble {
    let path = try directory.file("terms.tbx", text)
    let trouble = try #require(throws: Trouble.self) { _ = try readTBX(path) }
    #expect(trouble.file == path)
    return trouble
  }

  @Test(arguments: [
    ("", "is empty", nil), ("en,zh\na,b\n", "is not well-formed XML", 1),
    ("<?xml version='1.0'?>\n<tmx/>", "is no TBX file: it starts with <tmx>", 2),
    ("<mtf/>", "is MultiTerm's own XML, not TBX", 1),
    (martif(""), "holds no term", nil),
    (martif("<termEntry id='a'><langSet xml:lang='en'/></termEntry>"), "holds no term", nil),
    (martif("\n<termEntry>\n</term>"), "is not well-formed XML", 6),
    (martif("<termEntry>"), "is not well-formed XML", 5),
  ])
  func whatIsNoTBXIsTrouble(text: String, message: String, line: Int?) throws {
    let trouble = try trouble(text)
    #expect(trouble.message.hasPrefix(message), "\(trouble.message)")
    #expect(trouble.line == line)
  }

  /// A term bank that was cut off: what came before is read, and the file is still trouble.
  @Test func aFileThatIsCutOffIsTrouble() throws {
    let path = try directory.file(
      "terms.tbx", martif(termEntry() + termEntry(id: "e2")).utf8.dropLast(60))
    var count = 0
    #expect(throws: Trouble.self) { try TBXReader.forEachConcept(of: path) { _ in count += 1 } }
    #expect(count == 1)
  }

  /// What declares an entity, and the line where it is refused: where a parameter entity is used, or
  /// where the text uses what was declared.
  static let declarations = [
    ("<!ENTITY a \"expanded\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">", 4),
    ("<!ENTITY b SYSTEM \"secret.txt\">", 4), ("<!ENTITY b PUBLIC \"x\" \"secret.txt\">", 4),
    ("<!ENTITY % p SYSTEM \"secret.txt\">%p;", 2),
    ("<!ENTITY % p \"<!ENTITY b 'expanded'>\">%p;", 2),
  ]

  /// Wherever an entity stands, it is refused, and nothing of it comes through.
  @Test(
    arguments: declarations,
    ["<tig><term>&b;</term></tig>", "<note>&b;</note>", "<tig id='&b;'/>"])
  func anEntityIsRefused(declaration: (text: String, line: Int), markup: String) throws {
    _ = try directory.file("secret.txt", "the secret")
    let trouble = try trouble(
      "<?xml version=\"1.0\"?>\n<!DOCTYPE martif [\(declaration.text)]>\n"
        + "<martif><text><body><termEntry id=\"a\"><langSet xml:lang=\"en\">\n\(markup)"
        + "</langSet></termEntry></body></text></martif>")
    let name = declaration.line == 2 ? "%p;" : "b"
    #expect(trouble.message.contains(name), "\(trouble.message)")
    #expect(!trouble.message.contains("the secret"))
    #expect(trouble.message.hasPrefix("is not well-formed XML: "))
    #expect(trouble.line == declaration.line)
  }

  /// A DTD beside the file would give the sections a language.
  @Test func aDTDIsNotLoaded() throws {
    _ = try directory.file(
      "TBXcoreStructV02.dtd", "<!ATTLIST langSet xml:lang CDATA \"de\" lang CDATA \"de\">")
    let content = try TBXContent(
      try directory.file(
        "terms.tbx",
        martif(
          "<termEntry id='a'><langSet><tig><term>a</term></tig></langSet>"
            + "<langSet xml:lang='zh'><tig><term>b</term></tig></langSet></termEntry>")))
    #expect(content.summaries == ["zh b"])
  }

  /// The parser itself bears 256 elements within each other; no entry needs a tenth of it.
  @Test(arguments: ["descripGrp", "note", "hi", "admin"], [40, 200, 1000])
  func elementsInEachOtherAreBounded(name: String, depth: Int) throws {
    let open = String(repeating: "<\(name)>", count: depth)
    let close = String(repeating: "</\(name)>", count: depth)
    let trouble = try trouble(martif("\n" + termEntry("<note>\(open)x\(close)</note>")))
    #expect(trouble.line == 5)
    #expect(
      trouble.message == "elements are nested more than 32 deep here: no TBX does that"
        || trouble.message.hasPrefix("is not well-formed XML: Excessive depth"),
      "\(trouble.message)")
  }

  @Test func elementsOfAnEntryAreBounded() throws {
    let notes = String(repeating: "<note/>", count: 200_001)
    let trouble = try trouble(martif(termEntry(notes)))
    #expect(trouble.message.hasPrefix("this entry has more than 200000 elements"))
  }

  @Test func theSizeOfAnEntryIsBounded() throws {
    let note = "<note>\(String(repeating: "0123456789abcdef", count: 1 << 16))</note>"
    let trouble = try trouble(martif(termEntry(String(repeating: note, count: 9))))
    #expect(trouble.message.hasPrefix("this entry is larger than 8 MB"))
  }

  /// A tag with a hundred thousand attributes cost the parser seconds.
  @Test(arguments: [1024, 1025, 100_000])
  func attributesOfATagAreBounded(count: Int) throws {
    let attributes = (0..<count - 1).map { "a\($0)='>'" }.joined(separator: " ")
    let text = martif("\n" + termEntry() + "\n<termEntry \(attributes) id='b'/>")
    if count == 1024 {
      let path = try directory.file("terms.tbx", text)
      #expect(try TBXContent(path).summaries == ["en port; zh 港口"])
      return
    }
    let trouble = try trouble(text)
    #expect(trouble.message.contains("more than 1024 attributes"), "\(trouble.message)")
    #expect(trouble.line == 6)
  }

  /// Files that were damaged in all ways are read, or are trouble with the file's name; and what is
  /// read can be written and read again.
  @Test(arguments: [
    "v2-default", "v2-basic", "v2-termweb", "v2-multiterm", "v3-basic-dct", "min-v1",
  ])
  func damagedFilesAreReadOrRefused(name: String) throws {
    let whole = TestData.bytes(tbxFixture(name))
    var random = SeededGenerator(seed: 11)
    var count = 0
    for _ in 0..<60 {
      var bytes = whole
      for _ in 0..<1 + random.below(3) {
        let start = random.below(bytes.count - 40)
        let piece = Array(bytes[start..<start + 1 + random.below(40)])
        switch random.below(3) {
        case 0: bytes.removeSubrange(start..<start + piece.count)
        case 1: bytes.insert(contentsOf: piece, at: random.below(bytes.count))
        default: bytes[start] = UInt8(0x20 + random.below(0x60))
        }
      }
      let path = try directory.file("damaged.tbx", bytes)
      do {
        let concepts = try readTBX(path).concepts
        count += 1
        let written = try directory.tbx(concepts, random.once(in: 2) ? .two : .three).path
        #expect(try readTBX(written).concepts.map(\.summary) == concepts.map(\.summary))
      } catch let trouble as Trouble {
        #expect(trouble.file == path)
      }
    }
    #expect(count > 0)
  }
}
