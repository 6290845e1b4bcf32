import Foundation
import Testing

/// `search` and `concordance` as a translator sees them.
@Suite struct SearchTests {
  private let command: Command

  init() throws {
    command = try Command()
    try command.run("init", "--quiet")
    let units = [
      ("Stop the pump before cleaning.", "zh-CN", "清洁前停泵。", "creationid='MT!'"),
      ("The bridge opened in 2024.", "zh-CN", "大桥于2024年开通。", "creationid='lin'"),
      ("The harbour is large.", "zh-TW", "港灣很大。", "creationid='mei'"),
      (
        "Press <bpt i='1'>b</bpt>Start<ept i='1'>b</ept> now.", "zh-CN", "现在按开始。",
        "creationid='lin'"
      ),
    ].map { source, language, target, author in
      "<tu creationdate='20250101T000000Z' \(author)><tuv xml:lang='en'><seg>\(source)</seg></tuv>"
        + "<tuv xml:lang='\(language)'><seg>\(target)</seg></tuv></tu>"
    }
    try command.write(
      "m.tmx",
      "<?xml version='1.0'?><tmx version='1.4'><header creationtool='x' creationtoolversion='1' "
        + "segtype='sentence' o-tmf='x' adminlang='en' srclang='en' datatype='plaintext'/><body>"
        + units.joined() + "</body></tmx>")
    let result = try command.run("import", "m.tmx")
    #expect(result.status == 0, "\(result.errors)")
  }

  @Test func marksPenaltiesAndDifferencesArePrinted() throws {
    let machine = try command.run("search", "Stop the pump before cleaning.")
    #expect(
      machine.output == """
        85 %   fuzzy    Stop the pump before cleaning.
                        清洁前停泵。
                        (machine −15)
                        — m.tmx

        """)
    let lifted = try command.run(
      "search", "Stop the pump before cleaning.", "--penalty", "machine=0", "--penalty",
      "before:2026-01-01=2")
    #expect(lifted.output.contains("98 %   fuzzy"))
    #expect(lifted.output.contains("(machine; before:2026-01-01 −2)"))
    let number = try command.run("search", "The bridge opened in 2026.", "--difference")
    #expect(
      number.output == """
        99 %   fuzzy    The bridge opened in [-2024-]{+2026+}.
                        大桥于2026年开通。
                        (2024 → 2026)
                        — m.tmx

        """)
    let kept = try command.run(
      "search", "The bridge opened in 2026.", "--keep-numbers", "--difference", "--format", "jsonl")
    let match = try #require(kept.objects.first)
    #expect(match["target"] as? String == "大桥于2024年开通。")
    #expect(
      (match["difference"] as? [[String: String]]) == [
        ["kind": "same", "text": "The bridge opened in "], ["kind": "removed", "text": "2024"],
        ["kind": "added", "text": "2026"], ["kind": "same", "text": "."],
      ])
    let tags = try command.run("search", "Press Start now.", "--format", "jsonl")
    #expect(tags.objects.first?["tags"] as? Bool == true)
    #expect(tags.objects.first?["score"] as? Int == 1)
  }

  @Test func filtersAndScriptsAreOptions() throws {
    let text = "The bridge opened in 2024."
    for (options, count) in [
      (["--author", "lin"], 1), (["--author", "mei"], 0), (["--origin", "m*"], 1),
      (["--origin", ""], 0), (["--from", "2025-01-02"], 0), (["--to", "2025-01-01"], 1),
      (["--target-language", "zh-Hans"], 1), (["--target-language", "fr"], 0),
      (["--score", "words"], 1), (["--exhaustive"], 1),
    ] {
      let found = try command.run(["search", text, "--format", "jsonl"] + options)
      #expect(found.status == 0, "\(found.errors)")
      #expect(found.objects.count == count, "\(options)")
    }
    // The project is in zh-Hans.
    let none = try command.run("search", "The harbour is large.")
    #expect(none.output.isEmpty)
    #expect(none.errors.contains("--convert-script offers what is there"))
    let converted = try command.run(
      "search", "The harbour is large.", "--convert-script", "--format", "jsonl")
    let match = try #require(converted.objects.first)
    #expect(match["target"] as? String == "港湾很大。")
    #expect(match["converted"] as? Bool == true)
    #expect(match["score"] as? Double == 0.95)
    let asked = try command.run(
      "search", "The harbour is large.", "--target-language", "zh-TW", "--format", "jsonl")
    #expect(asked.objects.first?["target"] as? String == "港灣很大。")
  }

  @Test func aBatchIsTheSameWhateverTheNumberOfThreads() throws {
    let lines = (0..<300).map { number in
      ["The bridge opened in \(number).", "", "The harbor is large.", "nothing of the kind"][
        number % 4]
    }
    try command.write("q.txt", "\u{FEFF}" + lines.joined(separator: "\r\n"))
    for format in ["text", "json", "jsonl"] {
      let one = try command.run(
        "search", "--batch", "q.txt", "--threads", "1", "--format", format, "--convert-script")
      #expect(one.status == 0, "\(one.errors)")
      for threads in ["2", "7"] {
        let many = try command.run(
          "search", "--batch", "q.txt", "--threads", threads, "--format", format,
          "--convert-script")
        #expect(many.output == one.output)
      }
      guard format == "jsonl" else { continue }
      #expect(one.objects.first?["line"] as? Int == 1)
      #expect(one.objects.first?["query"] as? String == "The bridge opened in 0.")
      #expect(
        one.objects.compactMap { $0["line"] as? Int }
          == one.objects.compactMap {
            $0["line"] as? Int
          }.sorted())
      // A line gives what a search of its own gives.
      for line in [1, 3, 9] {
        let alone = try command.run(
          "search", lines[line - 1], "--format", "jsonl", "--convert-script")
        let inBatch = one.objects.filter { $0["line"] as? Int == line }
        #expect(
          alone.objects.map { $0["target"] as? String }
            == inBatch.map {
              $0["target"] as? String
            })
        #expect(
          alone.objects.map { $0["score"] as? Double }
            == inBatch.map {
              $0["score"] as? Double
            })
      }
    }
    let text = try command.run("search", "--batch", "-", input: "Press Start now.\nnothing\n")
    #expect(text.output.hasPrefix("1: Press Start now.\n100 %  exact    Press Start now.\n"))
    #expect(text.output.hasSuffix("2: nothing\n  no match\n"))
  }

  @Test func badLinesOfABatchAreNamed() throws {
    try command.write(
      "bad.txt", Data("Press Start now.\n".utf8) + Data([0xFF, 0x41, 0x0A]) + Data("x".utf8))
    let bad = try command.run("search", "--batch", "bad.txt", "--format", "jsonl")
    #expect(bad.status == 2)
    #expect(bad.objects.count == 1)
    #expect(bad.errors.contains("bad.txt:2: is not UTF-8"))
    try command.write("wide.txt", Data([0xFF, 0xFE, 0x41, 0x00]))
    let wide = try command.run("search", "--batch", "wide.txt")
    #expect(wide.status == 2)
    #expect(wide.errors.contains("wide.txt: is UTF-16"))
    try command.write("zero.txt", Data([0x41, 0x0A, 0x00, 0x0A]))
    let zero = try command.run("search", "--batch", "zero.txt")
    #expect(zero.status == 2)
    #expect(zero.errors.contains("zero.txt:2: holds a zero byte"))
    #expect(try command.run("search", "--batch", "none.txt").status == 2)
    #expect(try command.run("search", "--batch", "-", input: "\n \n").output.isEmpty)
  }

  @Test func queriesInWhichThereIsNothingAreToldSo() throws {
    for text in ["", "  "] {
      for verb in ["search", "concordance"] {
        let result = try command.run(verb, text)
        #expect(result.status == 2)
        #expect(result.errors.contains("the text is empty"))
      }
    }
    let marks = try command.run("search", "！…")
    #expect(marks.status == 0)
    #expect(marks.errors.contains("neither letters nor digits"))
    let long = try command.run("search", String(repeating: "停泵 pump ", count: 9000))
    #expect(long.status == 0, "\(long.errors)")
    for (arguments, message) in [
      (["search"], "Give a text"), (["search", "a", "--batch", "b"], "Give a text"),
      (["search", "a", "--penalty", "speed=3"], "speed=3"),
      (["search", "a", "--penalty", "status:=3"], "status:=3"),
      (["search", "a", "--penalty", "machine=200"], "machine=200"),
      (["search", "a", "--from", "May"], "'May' is no date"),
      (["search", "--batch", "-", "--previous", "a"], "--previous"),
      (["search", "--batch", "-", "--threads", "0"], "--threads"),
      (["concordance", "a", "--skip", "-1"], "--skip"),
    ] {
      let result = try command.run(arguments)
      #expect(result.status == 2)
      #expect(result.errors.contains(message), "\(result.errors)")
    }
  }

  @Test func concordancesPage() throws {
    let all = try command.run("concordance", "the", "--format", "jsonl").objects
    #expect(all.count == 3)
    let first = try command.run("concordance", "the", "--limit", "2")
    #expect(first.errors.contains("--skip 2 shows the next"))
    let last = try command.run("concordance", "the", "--skip", "2", "--format", "jsonl").objects
    #expect(last.map { $0["id"] as? Int } == [all[2]["id"] as? Int])
    #expect(try command.run("concordance", "the", "--skip", "9").errors.contains("behind these 9"))
    let lin = try command.run("concordance", "the", "--author", "lin", "--format", "jsonl").objects
    #expect(lin.map { $0["source"] as? String } == ["The bridge opened in 2024."])
  }

  @Test func pretranslationIsTheSameWhateverTheNumberOfThreads() throws {
    let units = (0..<80).map { number in
      let text = [
        "Press Start now.", "The bridge opened in 20\(number).", "Stop the pump, cleaning.", "none",
      ][number % 4]
      return "<trans-unit id='\(number)'><source>\(text)</source></trans-unit>"
    }
    let file =
      "<?xml version='1.0'?>\n<xliff version='1.2' "
      + "xmlns='urn:oasis:names:tc:xliff:document:1.2'><file original='a' datatype='plaintext' "
      + "source-language='en' target-language='zh-CN'><body>\(units.joined())</body></file></xliff>\n"
    try command.write("a.xlf", file)
    try command.write("b.xlf", file.replacingOccurrences(of: "Start", with: "Stop"))
    try command.write("no.xlf", "<broken")
    var results: [[String]] = []
    for threads in ["1", "4"] {
      let one = try command.run(
        "pretranslate", "a.xlf", "-o", "one.xlf", "--minimum", "60", "--threads", threads)
      #expect(one.status == 0, "\(one.errors)")
      #expect(one.output.contains("20 exact"))
      try command.write("out/keep", "")
      let several = try command.run(
        "pretranslate", "a.xlf", "no.xlf", "b.xlf", "-o", "out", "--minimum", "60", "--threads",
        threads)
      #expect(several.status == 2)
      #expect(several.errors.contains("no.xlf"))
      results.append([
        one.output, several.output, several.errors, try command.read("one.xlf"),
        try command.read("out/a.xlf"), try command.read("out/b.xlf"),
      ])
    }
    #expect(results[0] == results[1])
  }
}
