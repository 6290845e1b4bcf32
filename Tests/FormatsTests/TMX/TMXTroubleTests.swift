import Bitext
import Testing

@testable import Formats

@Suite struct TMXTroubleTests {
  let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private func trouble(_ bytes: some Sequence<UInt8>) throws -> (
    trouble: Trouble?, units: [TMXUnit]
  ) {
    let path = try directory.file("memory.tmx", bytes)
    var units: [TMXUnit] = []
    let trouble = #expect(throws: Trouble.self) {
      try TMXReader.forEachUnit(of: path) { units.append($0) }
    }
    #expect(trouble?.file == path)
    return (trouble, units)
  }

  @Test(arguments: [
    (tmx("<tu>\n<tuv xml:lang=\"en\"><seg>a</tuv></tu>"), 5),
    (tmx("\n\n<tu>& </tu>"), 6),
    (tmx("<tu a=1></tu>"), 4),
    (tmx("\n<tu>\u{1}</tu>"), 5),
    (tmx("<tu></tu>\n</body>"), 6),
  ])
  func malformedXMLNamesItsLine(text: String, line: Int) throws {
    let (trouble, _) = try trouble(text.utf8)
    #expect(trouble?.line == line)
    #expect(trouble?.message.hasPrefix("is not well-formed XML: ") == true)
  }

  @Test func aFileThatIsCutOffIsTrouble() throws {
    let text = tmx(tmxUnit("a"))
    let (trouble, units) = try trouble(text.utf8.dropLast(10))
    #expect(trouble?.message.hasPrefix("is not well-formed XML: ") == true)
    // What came before was read: the caller decides what to do with it.
    #expect(units.count == 1)
  }

  @Test(arguments: [
    ("", "is empty"), ("\n", "is not well-formed XML"), ("en\tzh\n", "is not well-formed XML"),
    ("<html><body/></html>", "is no TMX file: it starts with <html>"),
    ("<?xml version=\"1.0\"?>\n", "is not well-formed XML"),
  ])
  func anotherKindOfFileIsTrouble(text: String, message: String) throws {
    let (trouble, _) = try trouble(text.utf8)
    #expect(trouble?.message.hasPrefix(message) == true, "\(trouble?.message ?? "")")
  }

  @Test func invalidUTF8IsTroubleWithItsLine() throws {
    var bytes = Array(tmx("\n" + tmxUnit("caf#")).utf8)
    bytes[try #require(bytes.lastIndex(of: 0x23))] = 0xE9
    let (trouble, units) = try trouble(bytes)
    #expect(trouble?.line == 5)
    #expect(units.isEmpty)
  }

  static let bomb = """
    <?xml version="1.0"?>
    <!DOCTYPE tmx [
      <!ENTITY a "expanded expanded expanded">
      <!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
      <!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">
    ]>

    """

  /// Whatever the entity is and wherever it stands, it is refused and nothing of it comes through.
  @Test(arguments: [
    (#"<tuv xml:lang="en"><seg>&c;</seg></tuv>"#, "c"),
    (#"<tuv xml:lang="en"><seg>text &a; text</seg></tuv>"#, "a"),
    (#"<prop type="&b;">x</prop><tuv xml:lang="en"><seg>x</seg></tuv>"#, "b"),
    (#"<note>&a;</note><tuv xml:lang="en"><seg>x</seg></tuv>"#, "a"),
  ])
  func anInternalEntityIsRefused(content: String, name: String) throws {
    let body =
      #"<tmx version="1.4"><header srclang="en"/><body><tu>"# + content + "</tu></body></tmx>"
    let (trouble, units) = try trouble((Self.bomb + body).utf8)
    #expect(trouble?.message.contains(name) == true)
    #expect(trouble?.message.hasPrefix("is not well-formed XML: ") == true)
    #expect(trouble?.line == 7)
    #expect(units.isEmpty)
  }

  @Test(arguments: [
    "<!ENTITY leak SYSTEM \"secret.txt\">", "<!ENTITY leak PUBLIC \"x\" \"secret.txt\">",
  ])
  func anExternalEntityIsRefused(declaration: String) throws {
    _ = try directory.file("secret.txt", "the secret")
    let text = """
      <?xml version="1.0"?>
      <!DOCTYPE tmx SYSTEM "tmx14.dtd" [\(declaration)]>
      <tmx version="1.4"><header srclang="en"/><body>
      <tu><tuv xml:lang="en"><seg>&leak;</seg></tuv></tu></body></tmx>
      """
    let (trouble, units) = try trouble(text.utf8)
    #expect(trouble?.message.contains("leak") == true)
    #expect(trouble?.message.contains("the secret") == false)
    #expect(trouble?.line == 4)
    #expect(units.isEmpty)
  }

  /// A DTD beside the file would give the unit a default attribute and the entity a meaning.
  @Test func anExternalDTDIsNotLoaded() throws {
    _ = try directory.file(
      "tmx14.dtd",
      "<!ENTITY leak \"the secret\"><!ATTLIST tuv xml:lang CDATA \"de\" changeid CDATA \"x\">")
    let path = try directory.file(
      "memory.tmx", tmx("<tu><tuv><seg>a</seg></tuv><tuv xml:lang=\"zh\"><seg>甲</seg></tuv></tu>"))
    let content = try TMXContent(path)
    #expect(content.summaries == ["zh 甲"])
    let (trouble, _) = try trouble(tmx(tmxUnit("&leak;")).utf8)
    #expect(trouble?.message.contains("leak") == true)
  }

  /// A parameter entity that declares an entity brings nothing in either.
  @Test func aParameterEntityIsNotExpanded() throws {
    let text = """
      <?xml version="1.0"?>
      <!DOCTYPE tmx [<!ENTITY % make "<!ENTITY leak 'the secret'>"> %make;]>
      <tmx version="1.4"><header srclang="en"/><body>
      <tu><tuv xml:lang="en"><seg>&leak;</seg></tuv></tu></body></tmx>
      """
    let (trouble, units) = try trouble(text.utf8)
    #expect(trouble?.message.contains("the secret") == false)
    #expect(units.isEmpty)
  }
}
