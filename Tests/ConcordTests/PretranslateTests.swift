import Foundation
import Testing

@Suite struct PretranslateTests {
  private let command: Command

  init() throws {
    command = try Command()
    try command.run("init", "--quiet")
  }

  private func xliff(_ units: String, target: String = " target-language='zh-CN'") -> String {
    "<?xml version='1.0'?>\n<xliff version='1.2' "
      + "xmlns='urn:oasis:names:tc:xliff:document:1.2'><file original='a' datatype='plaintext' "
      + "source-language='en'\(target)><body>\n\(units)\n</body></file></xliff>\n"
  }

  private func unit(_ source: String) -> String {
    "<trans-unit id='1'><source>\(source)</source></trans-unit>"
  }

  private func memory(_ units: [(source: String, target: String, language: String, date: String)])
    throws
  {
    let body = units.map { unit in
      "<tu creationdate='\(unit.date)'><tuv xml:lang='en'><seg>\(unit.source)</seg></tuv>"
        + "<tuv xml:lang='\(unit.language)'><seg>\(unit.target)</seg></tuv></tu>"
    }.joined(separator: "\n")
    try command.write(
      "memory.tmx",
      "<?xml version='1.0'?><tmx version='1.4'><header creationtool='x' creationtoolversion='1' "
        + "segtype='sentence' o-tmf='x' adminlang='en' srclang='en' datatype='plaintext'/><body>"
        + body + "</body></tmx>")
    let result = try command.run("import", "memory.tmx")
    #expect(result.status == 0, "\(result.errors)")
  }

  private static let date = "20260101T000000Z"

  @Test func aFileIsFilledFromATMXAndChecks() throws {
    try memory([
      ("The Golden Phoenix plan starts.", "金凤凰计划启动。", "zh-CN", Self.date),
      ("The bridge opened in 2024.", "大桥于2024年开通。", "zh-CN", Self.date),
    ])
    try command.write(
      "a.xlf",
      xliff(
        unit("The Golden Phoenix plan starts.") + unit("The bridge opened in <g id='1'>2024</g>.")
          + unit("The bridge opened in 2023.")))
    let result = try command.run("pretranslate", "a.xlf", "-o", "b.xlf", "--format", "jsonl")
    #expect(result.status == 0, "\(result.errors)")
    let report = try #require(result.objects.first)
    #expect(report["exact"] as? Int == 2)
    #expect(report["missing"] as? Int == 1)
    let filled = try command.read("b.xlf")
    #expect(filled.contains(">金凤凰计划启动。</target>"))
    #expect(filled.contains(">大桥于<g id='1'>2024</g>年开通。</target>"))
    try command.write("terms.csv", "en,zh-Hans\nGolden Phoenix,金凤凰\nbridge,大桥\n")
    let check = try command.run(
      "check", "b.xlf", "--glossary", "terms.csv", "--format", "jsonl", "--fail-on", "never")
    #expect(check.status == 0, "\(check.errors)")
    #expect(check.objects.filter { $0["rule"] as? String == "missing-term" }.isEmpty)
    // With fuzzy matches the third is filled too, and marked.
    let kept = try command.run(
      "pretranslate", "b.xlf", "-o", "c.xlf", "--minimum", "75", "--keep-numbers")
    #expect(kept.output.contains("1 fuzzy, 2 translated already"))
    let old = try command.read("c.xlf")
    #expect(old.contains("state-qualifier=\"fuzzy-match\">大桥于2024年开通。</target>"))
    #expect(old.contains("<alt-trans match-quality=\"96%\" origin=\"memory.tmx\">"))
    let fuzzy = try command.run("pretranslate", "b.xlf", "--in-place", "--minimum", "75")
    #expect(
      fuzzy.output.contains("1 fuzzy (1 with other numbers put in), 2 translated already"))
    let last = try command.read("b.xlf")
    #expect(last.contains("state-qualifier=\"fuzzy-match\">大桥于2023年开通。</target>"))
    #expect(last.contains("<alt-trans match-quality=\"99%\" origin=\"memory.tmx\">"))
    #expect(last.contains("<target>大桥于2024年开通。</target></alt-trans>"))
    #expect(try command.run("pretranslate", "b.xlf", "--in-place", "--minimum", "75").status == 0)
    #expect(try command.read("b.xlf") == last)
  }

  @Test func theMostRecentOfSeveralIsTakenAndSaidSo() throws {
    try memory([
      ("port", "旧港", "zh-CN", "20200101T000000Z"), ("port", "新港", "zh-CN", "20250101T000000Z"),
      ("port", "中港", "zh-CN", "20220101T000000Z"), ("bridge", "桥", "zh-CN", Self.date),
    ])
    try command.write("a.xlf", xliff(unit("port") + unit("bridge")))
    let result = try command.run("pretranslate", "a.xlf", "-o", "b.xlf", "--format", "json")
    let reports = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
    let report = try #require((reports as? [[String: Any]])?.first)
    #expect(report["ambiguous"] as? Int == 1)
    #expect(try command.read("b.xlf").contains(">新港</target>"))
  }

  /// Of several translations the one from between the same segments is taken, even an older one,
  /// however many work and however many files there are.
  @Test(arguments: [[], ["--threads", "1"]]) func segmentsAroundOneChoose(options: [String]) throws
  {
    func translated(_ texts: [(source: String, target: String)]) -> String {
      texts.enumerated().map { number, text in
        "<trans-unit id='o\(number)'><source>\(text.source)</source>"
          + "<target state='translated'>\(text.target)</target></trans-unit>"
      }.joined(separator: "\n")
    }
    try command.write(
      "old.xlf",
      xliff(
        translated([
          ("The port", "港口"), ("Open", "已开放"), ("The road", "道路"), ("File", "文件"), ("Open", "打开"),
          ("Save", "保存"),
        ])))
    let imported = try command.run("import", "old.xlf", "--as", "memory")
    #expect(imported.status == 0, "\(imported.errors)")
    let texts = [
      "the port", "Open", "The road", "Other", "Open", "Save", "File", "Open", "Save", "Open",
    ]
    for file in ["a.xlf", "b.xlf"] {
      try command.write(
        file,
        xliff(
          translated([("File", "档案"), ("Open", "敞开"), ("Save", "存")])
            + texts.map(unit).joined(separator: "\n")))
    }
    let alone = try command.run(["pretranslate", "a.xlf", "-o", "c.xlf"] + options)
    #expect(alone.status == 0, "\(alone.errors)")
    try command.write("out/keep", "")
    let both = try command.run(["pretranslate", "a.xlf", "b.xlf", "-o", "out"] + options)
    #expect(both.status == 0, "\(both.errors)")
    for file in ["c.xlf", "out/a.xlf", "out/b.xlf"] {
      let filled = try command.read(file)
      // Elsewhere the last one is taken.
      #expect(
        filled.texts(of: "target") == [
          "档案", "敞开", "存", "已开放", "道路", "打开", "保存", "文件", "打开", "保存", "打开",
        ], "\(file)")
    }
  }

  @Test func aTraditionalUnitIsNeverGivenToASimplifiedFile() throws {
    try memory([
      ("harbour", "港灣與橋樑", "zh-TW", Self.date), ("dragon", "龍門開發區", "zh", Self.date),
      ("gate", "龙门", "zh-CN", Self.date),
    ])
    try command.write("a.xlf", xliff(unit("harbour") + unit("dragon") + unit("gate")))
    let result = try command.run(
      "pretranslate", "a.xlf", "-o", "b.xlf", "--minimum", "50", "--format", "jsonl")
    #expect(result.objects.first?["exact"] as? Int == 1)
    #expect(result.objects.first?["fuzzy"] as? Int == 0)
    try command.write(
      "c.xlf", xliff(unit("harbour") + unit("gate"), target: " target-language='zh-TW'"))
    let traditional = try command.run("pretranslate", "c.xlf", "-o", "d.xlf", "--format", "jsonl")
    #expect(traditional.objects.first?["exact"] as? Int == 1)
    #expect(try command.read("d.xlf").contains("港灣與橋樑"))
  }

  @Test func otherSpellingsAreFuzzyAtTheMost() throws {
    try memory([("Open the File", "打开文件", "zh-CN", Self.date)])
    try command.write("a.xlf", xliff(unit("open the file")))
    let exact = try command.run("pretranslate", "a.xlf", "--dry-run", "--format", "jsonl")
    #expect(exact.objects.first?["missing"] as? Int == 1)
    let fuzzy = try command.run("pretranslate", "a.xlf", "-o", "b.xlf", "--minimum", "99")
    #expect(fuzzy.output.contains("1 fuzzy"))
    #expect(try command.read("b.xlf").contains("match-quality=\"99%\""))
  }

  @Test func theMemoryServesBothDirections() throws {
    try memory([("The port is open.", "港口开放。", "zh-CN", Self.date)])
    try command.write(
      "a.po",
      "msgid \"\"\nmsgstr \"\"\n\"Language: en\\n\"\n\"X-Source-Language: zh_CN\\n\"\n"
        + "\"Content-Type: text/plain; charset=UTF-8\\n\"\n\nmsgid \"港口开放。\"\nmsgstr \"\"\n")
    #expect(try command.run("pretranslate", "a.po", "--in-place").status == 0)
    #expect(try command.read("a.po").hasSuffix("msgid \"港口开放。\"\nmsgstr \"The port is open.\"\n"))
  }

  @Test func aMissingLanguageComesFromTheOptionOrTheMemory() throws {
    try memory([("one", "一", "zh-CN", Self.date)])
    let open = xliff(unit("one"), target: "")
    try command.write("a.xlf", open)
    #expect(try command.run("pretranslate", "a.xlf", "-o", "b.xlf").status == 0)
    #expect(try command.read("b.xlf").contains("source-language='en' target-language=\"zh-CN\">"))
    try command.run("pretranslate", "a.xlf", "-o", "c.xlf", "--target-language", "zh-Hans")
    #expect(try command.read("c.xlf").contains("target-language=\"zh-Hans\">"))
    try memory([("two", "deux", "fr", Self.date)])
    let doubt = try command.run("pretranslate", "a.xlf", "-o", "d.xlf")
    #expect(doubt.status == 2)
    #expect(doubt.errors.contains("a.xlf:2: does not say its target language"))
    #expect(!command.exists("d.xlf"))
    // An option that is not the file's language leaves the file alone.
    try command.write("e.xlf", xliff(unit("one")))
    let other = try command.run(
      "pretranslate", "e.xlf", "--in-place", "--target-language", "fr", "--format", "jsonl")
    #expect((other.objects.first?["left"] as? [String: Int]) == ["languages": 1])
  }

  @Test func severalFilesGoIntoAFolderAndHaveATotal() throws {
    try memory([("one", "一", "zh-CN", Self.date)])
    try command.write("a.xlf", xliff(unit("one")))
    try command.write("x/a.xlf", xliff(unit("one")))
    try command.write("out/keep", "")
    try command.write("b.po", "msgid \"one\"\nmsgstr \"\"\n")
    let result = try command.run(
      "pretranslate", "a.xlf", "b.po", "-o", "out", "--format", "jsonl")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.objects.map { $0["exact"] as? Int } == [1, 1, 2])
    #expect(result.objects.last?["file"] is NSNull)
    #expect(try command.read("out/b.po") == "msgid \"one\"\nmsgstr \"一\"\n")
    let clash = try command.run("pretranslate", "a.xlf", "x/a.xlf", "-o", "out")
    #expect(clash.status == 2)
    #expect(clash.errors.contains("would both be written here"))
    let broken = try command.run("pretranslate", "a.xlf", "no.xlf", "-o", "out")
    #expect(broken.status == 2)
    #expect(broken.output.hasPrefix("a.xlf: 1 segments: 1 exact"))
  }

  @Test func standardInputAndOutputWork() throws {
    try memory([("one", "一", "zh-CN", Self.date)])
    let result = try command.run(
      "pretranslate", "-", "-o", "-", input: "msgid \"one\"\nmsgstr \"\"\n")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output == "msgid \"one\"\nmsgstr \"一\"\n")
    #expect(result.errors.contains("1 exact"))
  }

  @Test func whatCannotWorkIsSaidBefore() throws {
    try command.write("a.xlf", xliff(unit("one")))
    let empty = try command.run("pretranslate", "a.xlf", "--dry-run")
    #expect(empty.status == 2)
    #expect(empty.errors.contains("the memory is empty"))
    try memory([("one", "一", "zh-CN", Self.date)])
    for (arguments, message) in [
      (["a.xlf"], "Give one of --output"), (["a.xlf", "--dry-run", "--in-place"], "Give one of"),
      (["a.xlf", "--dry-run", "--minimum", "0"], "--minimum"), (["-", "--in-place"], "no place"),
      (["a.xlf", "b.xlf", "-o", "-"], "Several files"), (["a.txt", "--dry-run"], "a.txt"),
      (["a.xlf", "a.po", "-o", "none"], "several files need a folder"),
    ] {
      let result = try command.run(["pretranslate"] + arguments)
      #expect(result.status == 2)
      #expect(result.errors.contains(message), "\(result.errors)")
    }
    #expect(try command.read("a.xlf") == xliff(unit("one")))
  }

  @Test func aBatchAnswersWithTheReport() throws {
    try memory([("one", "一", "zh-CN", Self.date)])
    try command.write("a.xlf", xliff(unit("one")))
    let result = try command.run(
      "batch",
      input: "{\"id\":1,\"op\":\"pretranslate\",\"files\":[\"a.xlf\"],\"inPlace\":true}\n")
    let output = result.objects.first?["output"] as? [[String: Any]]
    #expect(output?.first?["exact"] as? Int == 1)
    #expect(try command.read("a.xlf").contains(">一</target>"))
  }
}

extension String {
  /// What the elements of a name hold, in their order.
  fileprivate func texts(of name: String) -> [String] {
    components(separatedBy: "<" + name).dropFirst().map { part in
      String(part.drop { $0 != ">" }.dropFirst().prefix { $0 != "<" })
    }
  }
}
