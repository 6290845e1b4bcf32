import Foundation
import TestSupport
import Testing

@Suite struct TBXExchangeTests {
  private let command: Command

  init() throws {
    command = try Command()
    try command.run("init", "--quiet")
  }

  private static let dialects = [
    "v2-default", "v2-basic", "v2-termweb", "v2-multiterm", "v2-microsoft", "v3-basic-dca",
    "v3-basic-dct", "v3-min-dca", "min-v1",
  ]

  private static func fixture(_ name: String) -> String {
    Command.fixture("formats/tbx/\(name).tbx")
  }

  private func concepts(_ command: Command) throws -> String {
    try command.run("list", "--format", "json").output
  }

  /// Into the store, out as TBX, into another store: nothing is lost on the way, and the second
  /// import of the same changes nothing.
  @Test(arguments: dialects, ["2", "3"])
  func everyDialectGoesThroughTheStore(name: String, version: String) throws {
    let taken = try command.run(
      "import", Self.fixture(name), "--date", "2026-05-18", "--format", "jsonl")
    #expect(taken.status == 0, "\(taken.errors)")
    let before = try concepts(command)
    let export = try command.run(
      "export", "--format", "tbx", "--tbx-version", version, "--include-proposed", "-o", "out.tbx")
    #expect(export.status == 0, "\(export.errors)")
    let other = try Command()
    try other.run("init", "--quiet")
    try other.write("out.tbx", command.read("out.tbx"))
    #expect(try other.run("import", "out.tbx").status == 0)
    #expect(try concepts(other) == before)
    for file in [Self.fixture(name), "out.tbx"] {
      let again = try command.run("import", file, "--format", "jsonl").objects.first
      #expect(again?["added"] as? Int == 0)
      #expect(again?["changed"] as? Int == 0)
    }
    #expect(try concepts(command) == before)
  }

  @Test func theReportSaysWhatWasKept() throws {
    let result = try command.run("import", Self.fixture("v2-termweb"))
    #expect(
      result.output.hasSuffix(
        "  kept beside the terms: Translation needed 1, Usage note 1, administrativeStatus 1, "
          + "cross-reference 1\n"))
    let object = try command.run("import", Self.fixture("v2-termweb"), "--format", "jsonl")
      .objects.first
    let kept = object?["kept"] as? [[String: Any]]
    #expect(kept?.first?["name"] as? String == "Translation needed")
    #expect(kept?.first?["count"] as? Int == 1)
    let shown = try command.run("show", "h1").output
    #expect(shown.contains("    Usage note (跨运车): not for cranes\n"))
    #expect(!shown.contains("@id"))
  }

  @Test func aTableSaysWhatItCannotHold() throws {
    try command.run("import", Self.fixture("v3-basic-dca"))
    let result = try command.run("export", "-o", "out.csv")
    #expect(result.errors.contains("8 remarks"), "\(result.errors)")
    #expect(result.errors.contains("--format tbx keeps them"))
  }

  /// A termbase in TBX is a glossary wherever one can be named.
  @Test(arguments: ["harbour.tbx", "harbour.xml", "-"])
  func itIsAGlossaryForEveryVerb(name: String) throws {
    let data = try String(contentsOfFile: Self.fixture("v3-basic-dca"), encoding: .utf8)
    if name != "-" { try command.write(name, data) }
    let input = name == "-" ? data : ""
    try command.write("a.en.md", "The straddle carrier waits.\n")
    try command.write("a.zh.md", "搬运车在等待。\n")
    let lookup = try command.run(
      "lookup", "a.en.md", "--glossary", name, "--format", "jsonl", input: input)
    #expect(lookup.objects.first?["translations"] as? [String] == ["跨运车"])
    let check = try command.run(
      "check", "a.en.md", "a.zh.md", "--glossary", name, "--format", "jsonl", input: input)
    #expect(check.objects.contains { $0["rule"] as? String == "missing-term" })
    #expect(check.status == 1)
  }

  /// A pipe can be read but once: the look at its first bytes took them away.
  @Test func aTableFromAPipeIsReadWhole() throws {
    try command.write("a.en.md", "The port opens.\n")
    let script =
      "'\(Command.binary.path)' lookup a.en.md --format jsonl --glossary <(printf 'en,zh\\nport,港口\\n')"
    guard let bash = Judge("bash")?.url else { return Judge.skipped("bash with a pipe") }
    let lookup = try command.run(["-c", script], program: bash)
    #expect(lookup.objects.first?["translations"] as? [String] == ["港口"], "\(lookup.errors)")
  }

  @Test func aProjectNamesItBesideItsStore() throws {
    try command.write(
      "terms/harbour.tbx", try String(contentsOfFile: Self.fixture("min-v1"), encoding: .utf8))
    try command.write(
      "concord.yml", "languages: [en, zh-Hans]\nstore: store.sqlite\nglossaries: [terms]\n")
    try command.write("a.en.md", "The quay crane waits.\n")
    let lookup = try command.run("lookup", "a.en.md", "--format", "jsonl")
    #expect(lookup.objects.first?["translations"] as? [String] == ["岸桥"])
  }

  /// Files of several makers, each of which numbers its entries in its own way.
  @Test func aDrawerOfFilesComesInWithOneCommand() throws {
    try FileManager.default.createDirectory(
      at: command.directory.appendingPathComponent("drawer"), withIntermediateDirectories: true)
    for name in ["v2-termweb", "min-v1"] {
      try command.write(
        "drawer/\(name).tbx", try String(contentsOfFile: Self.fixture(name), encoding: .utf8))
    }
    try command.write(
      "drawer/other.tbx",
      """
      <martif><text><body><termEntry id="h1"><langSet xml:lang="en"><tig><term>fender</term></tig>
      </langSet><langSet xml:lang="zh"><tig><term>护舷</term></tig></langSet></termEntry></body></text></martif>
      """)
    let result = try command.run("import", "drawer")
    #expect(result.status == 0)
    #expect(result.errors.contains("drawer/v2-termweb.tbx") || result.errors.contains("h1-2"))
    let terms = try command.run("list", "--format", "jsonl").objects.compactMap {
      $0["id"] as? String
    }
    #expect(Set(terms) == ["h1", "h2", "h3", "h1-2"])
  }

  @Test func troubleNamesTheFileAndItsLine() throws {
    try command.write("broken.tbx", "<martif>\n<text>\n</martif>\n")
    try command.write("table.tbx", "en,zh\nport,港口\n")
    for (name, place) in [("broken.tbx", "broken.tbx:3:"), ("table.tbx", "table.tbx:1:")] {
      let result = try command.run("import", name)
      #expect(result.status == 2)
      #expect(result.errors.contains(place), "\(result.errors)")
      #expect(result.errors.contains("is not well-formed XML"))
    }
    #expect(try command.run("export", "--format", "csv", "--tbx-version", "2").status != 0)
    let memory = try command.run("import", Self.fixture("v2-basic"), "--as", "memory")
    #expect(memory.status == 2)
    #expect(memory.errors.contains("TBX holds glossaries"))
  }

  /// Translate Toolkit, which reads version 2 alone, finds every concept with all its terms.
  @Test func otherToolsReadVersion2() throws {
    try command.run("import", Self.fixture("v2-default"))
    try command.run("import", Command.glossary)
    try command.run("export", "--format", "tbx", "--tbx-version", "2", "-o", "out.tbx")
    let script = """
      from translate.storage import tbx
      store = tbx.tbxfile.parsefile("out.tbx")
      for unit in store.units:
          print("|".join(t.text for t in unit.get_source_terms()) + "=" + "|".join(t.text for t in unit.get_target_terms()))
      """
    guard let python = Judge.python(with: "translate.storage.tbx")?.url else {
      return Judge.skipped("Translate Toolkit on TBX")
    }
    let result = try command.run(["-c", script], program: python)
    #expect(result.status == 0, "\(result.errors)")
    let count = try command.run("list", "--format", "jsonl").objects.count
    #expect(result.lines.count == count)
    #expect(result.lines.contains("quay crane|ship-to-shore crane=岸桥"))
  }
}
