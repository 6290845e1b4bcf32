import Foundation
import Testing

/// What files say of units beside their texts, from import to search and filling.
@Suite struct NamedUnitTests {
  private let command: Command

  init() throws {
    command = try Command()
    try command.run("init", "--quiet")
  }

  private func xliff(_ units: String, original: String = "app.ts") -> String {
    "<?xml version='1.0'?>\n<xliff version='1.2' "
      + "xmlns='urn:oasis:names:tc:xliff:document:1.2'><file original='\(original)' "
      + "datatype='plaintext' source-language='en' target-language='zh-CN'><body>\n\(units)\n"
      + "</body></file></xliff>\n"
  }

  private func unit(
    _ attributes: String, _ source: String, _ target: String? = nil, _ state: String = ""
  ) -> String {
    "<trans-unit \(attributes)><source>\(source)</source>"
      + (target.map { "<target \(state)>\($0)</target>" } ?? "") + "</trans-unit>\n"
  }

  private func po(_ entries: [(context: String?, message: String, translation: String)]) -> String {
    "msgid \"\"\nmsgstr \"\"\n\"Language: zh_CN\\n\"\n"
      + "\"Content-Type: text/plain; charset=UTF-8\\n\"\n"
      + entries.map { entry in
        "\n" + (entry.context.map { "msgctxt \"\($0)\"\n" } ?? "")
          + "msgid \"\(entry.message)\"\nmsgstr \"\(entry.translation)\"\n"
      }.joined()
  }

  private func run(_ arguments: String...) throws -> Command.Result {
    let result = try command.run(arguments)
    #expect(result.status == 0, "\(arguments) \(result.errors)")
    return result
  }

  @Test func unitsOfXLIFFAreFoundByTheirNames() throws {
    try command.write(
      "a.xlf",
      xliff(
        unit("id='1' resname='menu.open'", "Open", "打开") + unit("id='2'", "Open", "开启")
          + unit("id='3'", "Open it", "打开它")))
    let first = try run("import", "a.xlf", "--as", "memory")
    #expect(first.output.contains("3 translation units added"), "\(first.output)")
    let again = try run("import", "a.xlf", "--as", "memory")
    #expect(again.output.contains("3 unchanged"), "\(again.output)")
    for (options, target, kind) in [
      (["--context-id", "menu.open"], "打开", "context"),
      (["--context-id", "app.ts#2"], "开启", "context"), (["--context-id", "2"], "开启", "exact"),
      (["--context-id", "menu.open", "--previous", "no", "--next", "no"], "打开", "context"),
      ([], "开启", "exact"),
    ] as [([String], String, String)] {
      let found = try command.run(["search", "Open", "--format", "jsonl"] + options)
      #expect(found.objects.first?["target"] as? String == target, "\(options)")
      #expect(found.objects.first?["kind"] as? String == kind, "\(options)")
    }
    let bad = try command.run("search", "--batch", "a.xlf", "--context-id", "x")
    #expect(bad.status == 2)
    #expect(bad.errors.contains("do not go with --batch"))
    // Another version of the file, in which the ids have moved and the names have not.
    try command.write(
      "b.xlf",
      xliff(
        unit("id='1'", "New") + unit("id='2' resname='menu.open'", "Open")
          + unit("id='3'", "Other") + unit("id='9'", "Open")))
    let filled = try run("pretranslate", "b.xlf", "-o", "c.xlf", "--format", "jsonl")
    #expect(filled.objects.first?["exact"] as? Int == 2)
    #expect(filled.objects.first?["ambiguous"] as? Int == 1)
    let text = try command.read("c.xlf")
    #expect(text.contains("state-qualifier=\"id-match\">打开</target>"), "\(text)")
    #expect(text.contains("state-qualifier=\"exact-match\">开启</target>"), "\(text)")
    let table = try run("analyze", "b.xlf", "--format", "jsonl")
    let bands = table.objects.first?["bands"] as? [String: [String: Int]]
    #expect(bands?["context"]?["segments"] == 1)
    #expect(bands?["exact"]?["segments"] == 1)
    #expect(bands?["new"]?["segments"] == 2)
  }

  @Test func namesTravelThroughTMX() throws {
    try command.write(
      "a.xlf", xliff(unit("id='1' resname='menu.open'", "Open", "打开", "state='final'")))
    _ = try run("import", "a.xlf", "--as", "memory", "--date", "2026-05-18", "--author", "lin")
    _ = try run("export", "--as", "memory", "-o", "m.tmx")
    #expect(try command.read("m.tmx").contains("creationdate=\"20260518T000000Z\""))
    let other = try Command()
    try other.run("init", "--quiet")
    try other.write("m.tmx", try command.read("m.tmx"))
    #expect(try other.run("import", "m.tmx").status == 0)
    let found = try other.run(
      "search", "Open", "--context-id", "menu.open", "--format", "jsonl", "--from", "2026-05-18")
    #expect(found.objects.first?["kind"] as? String == "context")
    #expect(found.objects.first?["status"] as? [String] == ["final"])
    #expect(found.objects.first?["origin"] as? String == "a.xlf")
  }

  /// What went out as TMX and comes back is there already, and so is then the first file.
  @Test func anExportThatComesBackChangesNothing() throws {
    try command.write(
      "a.po", po([("verb", "Open", "打开"), ("adjective", "Open", "打开"), (nil, "Open", "开启")]))
    try command.write(
      "b.xlf",
      xliff(
        unit("id='1'", "One", "一", "state='final'") + unit("id='2'", "One", "一")
          + unit("", "Two", "二")))
    for file in ["a.po", "b.xlf"] { _ = try run("import", file, "--as", "memory") }
    _ = try run("export", "--as", "memory", "-o", "m.tmx")
    for file in ["m.tmx", "a.po", "b.xlf", "m.tmx"] {
      let result = try run("import", file, "--as", "memory")
      #expect(
        result.output.contains(": 0 translation units added, 0 changed"),
        "\(file): \(result.output)")
    }
    #expect(try run("memory", "list", "--format", "jsonl").objects.count == 6)
    // Nor is there anything to undo.
    let history = try run("memory", "history", "--format", "jsonl").objects
    #expect(history.compactMap { $0["added"] as? Int } == [3, 3])
    let found = try run("search", "Open", "--context-id", "verb", "--format", "jsonl")
    #expect(found.objects.first?["kind"] as? String == "context")
  }

  /// What was edited stays so, though the unit went to TMX and back and its state is another.
  @Test(arguments: [false, true]) func editsHoldWhateverTheStates(isReturned: Bool) throws {
    func file(_ state: String, _ attributes: [String] = ["id='1'", "id='2' resname='b'", ""])
      -> String
    {
      xliff(attributes.map { unit($0, "Open", "打开", "state='\(state)'") }.joined())
    }
    try command.write("a.xlf", file("translated"))
    _ = try run("import", "a.xlf", "--as", "memory")
    if isReturned {
      _ = try run("export", "--as", "memory", "-o", "m.tmx")
      _ = try run("import", "m.tmx")
    }
    for edit in [["--replace-target", "打开", "敞开"], ["--set-origin", "x"]] {
      let edited = try command.run(["memory", "edit"] + edit)
      #expect(edited.status == 0, "\(edited.errors)")
      for state in ["translated", "final"] {
        try command.write("a.xlf", file(state))
        let again = try run("import", "a.xlf", "--as", "memory")
        #expect(again.output.contains(": 0 translation units added, 0 changed"), "\(again.output)")
      }
      let units = try run("memory", "list", "--format", "jsonl").objects
      #expect(units.compactMap { $0["target"] as? String } == ["敞开", "敞开", "敞开"])
    }
    #expect(try run("memory", "history", "--format", "jsonl").objects.count == 3)
    // A place that was not there before is new.
    try command.write("a.xlf", file("final", ["id='1'", "id='9'"]))
    let new = try run("import", "a.xlf", "--as", "memory")
    #expect(new.output.contains(": 1 translation units added, 0 changed"), "\(new.output)")
  }

  @Test func messagesOfPOAreFilledByTheirContext() throws {
    try command.write(
      "a.po",
      po([("verb", "Open", "打开"), ("adjective", "Open", "开着的"), (nil, "Close", "关闭")]))
    _ = try run("import", "a.po", "--as", "memory")
    #expect(try run("import", "a.po", "--as", "memory").output.contains("3 unchanged"))
    try command.write(
      "b.po",
      po([
        ("verb", "Open", ""), ("adjective", "Open", ""), ("noun", "Open", ""), (nil, "Close", ""),
      ]))
    let filled = try run("pretranslate", "b.po", "--in-place", "--threads", "2")
    #expect(filled.output.contains("4 exact (1 with several translations)"), "\(filled.output)")
    let text = try command.read("b.po")
    #expect(text.contains("msgctxt \"verb\"\nmsgid \"Open\"\nmsgstr \"打开\""))
    #expect(text.contains("msgctxt \"adjective\"\nmsgid \"Open\"\nmsgstr \"开着的\""))
    let table = try run("analyze", "b.po", "--format", "jsonl")
    let bands = table.objects.first?["bands"] as? [String: [String: Int]]
    #expect(bands?["context"]?["segments"] == 2)
    #expect(bands?["exact"]?["segments"] == 2)
  }

  @Test func statesArePrintedAndWorthLess() throws {
    try command.write(
      "a.xlf",
      xliff(
        unit("id='1'", "Stop the pump.", "停泵。", "state='translated'")
          + unit("id='2'", "Stop the valve.", "关阀。", "state-qualifier='leveraged-mt'")))
    _ = try run("import", "a.xlf", "--as", "memory")
    let found = try run("search", "Stop the pump.", "--penalty", "status:TRANS*=7")
    #expect(
      found.output.hasPrefix(
        """
        93 %   fuzzy    Stop the pump.
                        停泵。
                        (status translated; status:TRANS* −7)
                        — a.xlf

        """), "\(found.output)")
    let machine = try run("search", "Stop the valve.", "--format", "jsonl")
    #expect(machine.objects.first?["machine"] as? Bool == true)
    #expect(machine.objects.first?["score"] as? Double == 0.85)
    #expect(machine.objects.first?["status"] as? [String] == ["leveraged-mt"])
    let bad = try command.run("search", "x", "--penalty", "status=7")
    #expect(bad.status == 2)
  }

  /// What has lost points is never filled in as exact, and counts as fuzzy in a quote.
  @Test func machineTranslationsAndStatesAreNeverFinal() throws {
    try command.write(
      "a.xlf",
      xliff(
        unit("id='1'", "Stop the pump.", "停泵。", "state-qualifier='mt-suggestion'")
          + unit("id='2'", "Stop the valve.", "关阀。", "state='translated'")))
    _ = try run("import", "a.xlf", "--as", "memory")
    try command.write(
      "b.xlf", xliff(unit("id='7'", "Stop the pump.") + unit("id='8'", "Stop the valve.")))
    let exact = try run("pretranslate", "b.xlf", "--dry-run")
    #expect(exact.output.contains("1 exact, 0 fuzzy"), "\(exact.output)")
    #expect(exact.output.contains("1 not found (1 penalised: a lower --minimum takes them)"))
    let fuzzy = try run("pretranslate", "b.xlf", "-o", "c.xlf", "--minimum", "80")
    #expect(fuzzy.output.contains("1 exact, 1 fuzzy (1 by a machine)"), "\(fuzzy.output)")
    let text = try command.read("c.xlf")
    #expect(
      text.contains(
        "state=\"needs-review-translation\" state-qualifier=\"leveraged-mt\">停泵。</target>"))
    #expect(text.contains("match-quality=\"85%\""))
    let lifted = try run(
      "pretranslate", "b.xlf", "--dry-run", "--penalty", "machine=0", "--penalty",
      "status:translated=30", "--format", "jsonl")
    #expect(lifted.objects.first?["exact"] as? Int == 1)
    #expect(lifted.objects.first?["penalised"] as? Int == 1)
    let table = try run("analyze", "b.xlf", "--format", "jsonl")
    var bands = table.objects.first?["bands"] as? [String: [String: Int]]
    #expect(bands?["fuzzy85"]?["segments"] == 1)
    // The segments around them are the same.
    #expect(bands?["context"]?["segments"] == 1)
    bands =
      try run("analyze", "b.xlf", "--format", "jsonl", "--penalty", "machine=0").objects
      .first?["bands"] as? [String: [String: Int]]
    #expect(bands?["context"]?["segments"] == 2)
  }

  /// A unit that is the same but for numbers counts as 95–99 %, however many they are.
  @Test func numbersAreSubstitutedForReviewAndCountedSo() throws {
    try command.write(
      "a.xlf",
      xliff(
        unit(
          "id='1'", "In 2021, 12 ships, 34 trains and 56 planes came, and 78 left in 2022.",
          "2021年有12艘船、34列火车和56架飞机到来，2022年有78个离开。")))
    _ = try run("import", "a.xlf", "--as", "memory")
    try command.write(
      "b.po",
      po([
        (nil, "In 2023, 13 ships, 35 trains and 57 planes came, and 79 left in 2024.", "")
      ]))
    let table = try run("analyze", "b.po", "--format", "jsonl")
    var bands = table.objects.first?["bands"] as? [String: [String: Int]]
    #expect(bands?["fuzzy95"]?["segments"] == 1, "\(table.output)")
    bands =
      try run("analyze", "b.po", "--format", "jsonl", "--keep-numbers").objects.first?["bands"]
      as? [String: [String: Int]]
    #expect(bands?["fuzzy75"]?["segments"] == 1 || bands?["fuzzy85"]?["segments"] == 1)
    let exact = try run("pretranslate", "b.po", "--dry-run", "--format", "jsonl")
    #expect(exact.objects.first?["missing"] as? Int == 1)
    let fuzzy = try run(
      "pretranslate", "b.po", "--in-place", "--minimum", "75", "--format", "jsonl")
    #expect(fuzzy.objects.first?["substituted"] as? Int == 1)
    let example = (fuzzy.objects.first?["examples"] as? [[String: Any]])?.first
    #expect(example?["original"] as? String == "2021年有12艘船、34列火车和56架飞机到来，2022年有78个离开。")
    let text = try command.read("b.po")
    #expect(text.contains("#, fuzzy\n"))
    #expect(text.contains("msgstr \"2023年有13艘船、35列火车和57架飞机到来，2024年有79个离开。\""))
  }

  @Test func domainsChooseUnitsEverywhere() throws {
    let units = [
      ("Law", "The port is open."), ("sea law", "The port is closed."), ("", "The port."),
    ].map { domain, source in
      "<tu><prop type='x-Domain:SinglePicklist'>\(domain)</prop><tuv xml:lang='en'><seg>\(source)"
        + "</seg></tuv><tuv xml:lang='zh-CN'><seg>港口\(domain.utf8.count)</seg></tuv></tu>"
    }.joined()
    try command.write(
      "m.tmx",
      "<?xml version='1.0'?><tmx version='1.4'><header creationtool='x' creationtoolversion='1' "
        + "segtype='sentence' o-tmf='x' adminlang='en' srclang='en' datatype='plaintext'/><body>"
        + units + "</body></tmx>")
    _ = try run("import", "m.tmx")
    for (domain, count) in [("law", 1), ("*LAW", 2), ("", 1), ("x", 0)] {
      for verb in [
        ["search", "The port is open.", "--min-score", "0.3"], ["concordance", "The port"],
        ["memory", "list"],
      ] {
        let found = try command.run(verb + ["--domain", domain, "--format", "jsonl"])
        #expect(found.status == 0, "\(found.errors)")
        #expect(found.objects.count == count, "\(verb) \(domain)")
      }
    }
    let deleted = try run("memory", "delete", "--domain", "sea*")
    #expect(deleted.output.contains("removed 1 unit"), "\(deleted.output)")
    #expect(try run("memory", "list", "--format", "jsonl").objects.count == 2)
    #expect(try run("memory", "history").output.contains("--domain sea*"))
  }

  // MARK: Fragments

  private func pairs() throws {
    try command.write(
      "pairs.tsv",
      """
      en\tzh-Hans
      The science city will open in May.\t科学城将于五月开放。
      The science city has a museum.\t科学城有一座博物馆。
      We visited the science city.\t我们参观了科学城。

      """)
    _ = try run("import", "--as", "memory", "pairs.tsv")
    _ = try run("add", "Golden Phoenix", "金凤凰")
  }

  @Test func fragmentsComeWhereNothingIsAlikeAndWhereTheyAreAskedFor() throws {
    try pairs()
    let text = "The Golden Phoenix in the science city sings."
    let alone = try run("memory", "fragments", text)
    #expect(alone.lines.count == 2)
    let missed = try run("search", text)
    #expect(missed.output == alone.output)
    #expect(missed.errors.contains("no match from 70 %"))
    #expect(try run("search", text, "--no-fragments").output.isEmpty)
    #expect(try run("search", text, "--min-score", "1").output.isEmpty)
    // A filter chooses the units that they come from too, but no terms.
    for options in [[], ["--fragments"]] {
      let none = try command.run(["search", text, "--origin", "x"] + options)
      #expect(none.lines == alone.lines.filter { $0.hasPrefix("term") })
      #expect(none.lines.count == 1)
      let all = try command.run(["search", text, "--origin", "pairs.tsv"] + options)
      #expect(all.output == alone.output)
    }
    // What other programs read has matches alone unless it is asked for more.
    #expect(try run("search", text, "--format", "jsonl").output.isEmpty)
    let objects = try run("search", text, "--format", "jsonl", "--fragments").objects
    #expect(objects.map { $0["kind"] as? String } == ["term", "fragment"])
    let known = "The science city has a museum."
    #expect(try !run("search", known).output.contains("fragment"))
    let both = try run("search", known, "--fragments").lines
    #expect(both.first?.hasPrefix("100 %  exact") == true)
    #expect(both.last?.hasPrefix("fragment") == true)
  }

  @Test func aGlossaryThatCannotBeReadIsNamedAndTheSearchGoesOn() throws {
    try pairs()
    let configuration = try command.read("concord.yml")
    try command.write("concord.yml", configuration + "glossaries: [terms.csv]\n")
    try command.write("terms.csv", Data([0x65, 0x6E, 0x2C, 0x00, 0xFF, 0x0A]))
    let text = "The Golden Phoenix in the science city sings."
    let found = try command.run("search", text)
    #expect(found.status == 0)
    #expect(found.errors.contains("terms.csv"), "\(found.errors)")
    #expect(try command.run("search", text, "--fragments").status == 2)
    // Where a match is found no glossary is read.
    let known = try run("search", "The science city has a museum.")
    #expect(!known.errors.contains("terms.csv"))
  }

  @Test func fragmentsOfABatchAreThoseOfEachLine() throws {
    try pairs()
    let lines = [
      "The Golden Phoenix in the science city sings.", "The science city has a museum.", "zzz yyy",
      "去科学城吧，金凤凰",
    ]
    try command.write("q.txt", (0..<80).map { lines[$0 % 4] }.joined(separator: "\n"))
    let one = try run(
      "search", "--batch", "q.txt", "--fragments", "--format", "jsonl", "--threads", "1")
    for threads in ["2", "5"] {
      let many = try run(
        "search", "--batch", "q.txt", "--fragments", "--format", "jsonl", "--threads", threads)
      #expect(many.output == one.output)
    }
    for line in 1...4 {
      let alone = try run("search", lines[line - 1], "--fragments", "--format", "jsonl")
      let inBatch = one.objects.filter { $0["line"] as? Int == line }
      #expect(alone.objects.count == inBatch.count)
      #expect(
        alone.objects.map { $0["kind"] as? String } == inBatch.map { $0["kind"] as? String })
      #expect(
        alone.objects.map { $0["text"] as? String } == inBatch.map { $0["text"] as? String })
      #expect(inBatch.allSatisfy { $0["query"] as? String == lines[line - 1] } == true)
    }
    #expect(try !run("search", "--batch", "q.txt").output.contains("fragment"))
    let text = try run("search", "--batch", "-", "--fragments")
    #expect(text.output.isEmpty)
    // A line that is too long has no fragments, and says so.
    let long = String(repeating: "the science city ", count: 300)
    let bad = try command.run(
      "search", "--batch", "-", "--fragments", input: long + "\n" + lines[0])
    #expect(bad.status == 2)
    #expect(bad.errors.contains(":1: the text has 900 words"), "\(bad.errors)")
    #expect(bad.output.contains("Golden Phoenix"))
    #expect(try command.run("search", long).status == 0)
    #expect(try command.run("search", long, "--fragments").status == 2)
  }
}
