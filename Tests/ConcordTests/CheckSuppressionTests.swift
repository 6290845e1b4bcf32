import Foundation
import Testing

/// Comments to the checks, in the syntax of each format.
@Suite struct CheckSuppressionTests {
  private let command: Command

  init() throws {
    command = try Command()
    try command.write("g.csv", "en,en:forbidden,zh-Hans\nGolden Phoenix,Gold Phoenix,金凤凰\n")
  }

  /// Each document says the forbidden term twice, the first time with leave.
  @Test(arguments: [
    (
      "a.md",
      "<!-- concord-disable-next-line forbidden-term -- quoted -->\n\nGold Phoenix.\n\nGold Phoenix.\n"
    ),
    (
      "b.md",
      "One Gold Phoenix. <!-- concord-disable-line forbidden-term: quoted -->\n\nGold Phoenix.\n"
    ),
    (
      "c.md",
      "<!-- concord-disable forbidden-term: quoted -->\n\n- Gold Phoenix\n\n<!-- concord-enable -->\n\n"
        + "Gold Phoenix.\n"
    ),
    (
      "a.html",
      "<html lang=\"en\"><body><!-- concord-disable-next-line forbidden-term: quoted -->\n"
        + "<p>Gold Phoenix.</p>\n<p>Gold Phoenix.</p></body></html>\n"
    ),
    (
      "a.rst",
      ".. concord-disable-next-line forbidden-term: quoted\n\nGold Phoenix.\n\nGold Phoenix.\n"
    ),
    (
      "a.vtt",
      "WEBVTT\n\nNOTE concord-disable-next-line forbidden-term: quoted\n\n00:01.000 --> 00:02.000\n"
        + "Gold Phoenix.\n\n00:03.000 --> 00:04.000\nGold Phoenix.\n"
    ),
  ])
  func documentIsSilentWhereItAsksForIt(name: String, text: String) throws {
    try command.write(name, text)
    let result = try command.run(
      "check", name, "--glossary", "g.csv", "--source-language", "en", "--format", "jsonl")
    let last =
      text.utf8.count
      - (text.range(of: "Gold Phoenix", options: .backwards)
        .map { text[$0.lowerBound...].utf8.count } ?? 0)
    #expect(result.objects.map { $0["rule"] as? String } == ["forbidden-term"], "\(result.errors)")
    #expect((result.objects.first?["start"] as? [String: Any])?["offset"] as? Int == last)
  }

  @Test(arguments: [
    (
      "a.po",
      "msgid \"\"\nmsgstr \"Language: en\\n\"\n\n"
        + "# concord-disable-next-line forbidden-term: quoted\nmsgid \"金凤凰来了\"\n"
        + "msgstr \"Here is a Gold Phoenix\"\n\nmsgid \"金凤凰走了\"\nmsgstr \"The Gold Phoenix went\"\n"
    ),
    (
      "a.xlf",
      "<?xml version=\"1.0\"?>\n<xliff version=\"1.2\" xmlns=\"urn:oasis:names:tc:xliff:document:1.2\">"
        + "<file original=\"a\" source-language=\"zh\" target-language=\"en\" datatype=\"plaintext\"><body>\n"
        + "<trans-unit id=\"1\"><source>金凤凰来了</source><target>Here is a Gold Phoenix</target>"
        + "<note>concord-disable-line forbidden-term: quoted</note></trans-unit>\n"
        + "<trans-unit id=\"2\"><source>金凤凰走了</source><target>The Gold Phoenix went</target></trans-unit>"
        + "\n</body></file></xliff>\n"
    ),
    (
      "a.tmx",
      "<?xml version=\"1.0\"?>\n<tmx version=\"1.4\"><header creationtool=\"x\" creationtoolversion=\"1\" "
        + "segtype=\"sentence\" o-tmf=\"x\" adminlang=\"en\" srclang=\"zh\" datatype=\"plaintext\"/><body>\n"
        + "<!-- concord-disable-next-line forbidden-term: quoted -->\n"
        + "<tu><tuv xml:lang=\"zh\"><seg>金凤凰来了</seg></tuv><tuv xml:lang=\"en\">"
        + "<seg>Here is a Gold Phoenix</seg></tuv></tu>\n"
        + "<tu><tuv xml:lang=\"zh\"><seg>金凤凰走了</seg></tuv><tuv xml:lang=\"en\">"
        + "<seg>The Gold Phoenix went</seg></tuv></tu>\n</body></tmx>\n"
    ),
  ])
  func entryOfABilingualFileIsSilentOnBothSides(name: String, text: String) throws {
    try command.write(name, text)
    let result = try command.run(
      "check", name, "--glossary", "g.csv", "--source-language", "zh-Hans", "--target-language",
      "en", "--format", "jsonl")
    let found = result.objects.filter { $0["rule"] as? String == "forbidden-term" }
    let last =
      text.utf8.count
      - (text.range(of: "Gold Phoenix", options: .backwards)
        .map { text[$0.lowerBound...].utf8.count } ?? 0)
    #expect(
      found.map { ($0["start"] as? [String: Any])?["offset"] as? Int } == [last],
      "\(result.output)\(result.errors)")
    #expect(!result.output.contains("unused-suppression"))
  }

  @Test func remarkThatIsNotNeededIsReportedAtItsPlace() throws {
    try command.write(
      "a.html",
      "<html lang=\"en\"><body>\n<!-- concord-disable-file forbidden-term: x --><p>Text here.</p>\n"
        + "</body></html>\n")
    let result = try command.run("check", "a.html", "--glossary", "g.csv", "--format", "jsonl")
    #expect(result.status == 0)
    #expect(result.objects.first?["rule"] as? String == "unused-suppression")
    #expect((result.objects.first?["start"] as? [String: Any])?["line"] as? Int == 2)
  }
}
