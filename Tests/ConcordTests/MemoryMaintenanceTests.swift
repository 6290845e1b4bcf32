import Foundation
import Testing

/// `concord memory` as a user runs it.
@Suite struct MemoryMaintenanceTests {
  private let command: Command

  init() throws {
    command = try Command()
    try command.run("init", "--quiet")
  }

  private func memory(_ name: String, _ units: [String]) throws {
    try command.write(
      name,
      "<?xml version='1.0'?><tmx version='1.4'><header creationtool='x' creationtoolversion='1' "
        + "segtype='sentence' o-tmf='x' adminlang='en' srclang='en' datatype='plaintext'/><body>"
        + units.joined(separator: "\n") + "</body></tmx>")
    let result = try command.run("import", name)
    #expect(result.status == 0, "\(result.errors)")
  }

  private func unit(
    _ source: String, _ target: String, date: String = "20250101T000000Z", by author: String = "lin"
  ) -> String {
    "<tu creationdate='\(date)' creationid='\(author)'><tuv xml:lang='en'><seg>\(source)</seg>"
      + "</tuv><tuv xml:lang='zh-CN'><seg>\(target)</seg></tuv></tu>"
  }

  private func filled() throws {
    try memory(
      "a.tmx",
      [
        unit("The port is open.", "港口开放。"), unit("The bridge", "大桥", by: "mei"),
        unit("Click <ph x='1'>{b}</ph>log in", "点击<ph x='1'>{b}</ph>登陆"),
        unit("Log <hi>in</hi>", "登<hi>陆</hi>"),
      ])
    try memory(
      "b.tmx",
      [
        unit("The port is open.", "港口开放。", date: "20260101T000000Z"),
        unit("The PORT is open.", "码头开放了。"),
      ])
  }

  @Test func helpExplainsEverySubcommand() throws {
    let help = try command.run("memory", "--help")
    #expect(help.status == 0)
    for verb in [
      "statistics", "list", "check", "conflicts", "deduplicate", "edit", "delete", "history",
      "undo", "redo", "forget",
    ] {
      #expect(help.output.contains("  \(verb) "))
      let own = try command.run("memory", verb, "--help")
      #expect(own.output.contains("USAGE: concord memory \(verb)"))
      #expect(own.output.contains("  concord memory \(verb)"), "no example")
    }
  }

  @Test func listsAreFiltered() throws {
    try filled()
    func ids(_ arguments: String...) throws -> [Int] {
      let result = try command.run(["memory", "list", "--format", "jsonl"] + arguments)
      #expect(result.status == 0, "\(result.errors)")
      return result.objects.compactMap { $0["id"] as? Int }
    }
    #expect(try ids() == [1, 2, 3, 4, 5, 6])
    #expect(try ids("PORT") == [1, 5, 6])
    #expect(try ids("--origin", "b*") == [5, 6])
    #expect(try ids("--author", "mei") == [2])
    #expect(try ids("--from", "2026-01-01", "--to", "2026-01-01") == [5])
    #expect(try ids("--target-text", "登陆", "--source-text", "click") == [3])
    #expect(try ids("--target-language", "zh-TW") == [])
    #expect(try ids("--limit", "2") == [1, 2])
    let text = try command.run("memory", "list", "bridge")
    #expect(
      text.output == "unit 2  en → zh-CN  a.tmx  2025-01-01T00:00:00Z by mei\n  The bridge\n  大桥\n")
  }

  @Test func duplicatesGoAndComeBack() throws {
    try filled()
    let before = try command.run("memory", "list", "--format", "jsonl").output
    let dry = try command.run("memory", "deduplicate", "--dry-run", "--format", "jsonl")
    #expect(try command.run("memory", "list", "--format", "jsonl").output == before)
    let result = try command.run("memory", "deduplicate", "--format", "jsonl")
    #expect(result.output == dry.output)
    #expect(result.objects.first?["kept"] as? Int == 5)
    #expect(result.objects.first?["removed"] as? [Int] == [1])
    #expect(result.errors.contains("removed 1 unit of 1 group: 'concord memory undo 3'"))
    #expect(try command.run("memory", "deduplicate").errors == "no duplicate\n")
    let history = try command.run("memory", "history", "--format", "jsonl")
    #expect(history.objects.map { $0["kind"] as? String } == ["deduplicate", "import", "import"])
    let gone = try command.run("memory", "history", "--id", "1", "--format", "jsonl")
    #expect(gone.objects.map { $0["operation"] as? Int } == [3, 1])
    #expect((gone.objects[0]["before"] as? [String: Any])?["target"] as? String == "港口开放。")
    #expect(try command.run("memory", "undo").output.hasPrefix("undid operation 3  deduplicate"))
    #expect(try command.run("memory", "list", "--format", "jsonl").output == before)
  }

  @Test func anImportIsUndone() throws {
    try filled()
    let undone = try command.run("memory", "undo", "1", "--format", "json")
    #expect(undone.status == 0, "\(undone.errors)")
    #expect(try command.run("memory", "list", "--format", "jsonl").objects.count == 2)
    let again = try command.run("memory", "undo", "1")
    #expect(again.status == 2)
    #expect(again.errors.contains("operation 1 was undone already"))
    #expect(try command.run("memory", "undo").output.hasPrefix("undid operation 2"))
    #expect(try command.run("memory", "undo").errors == "there is nothing to undo\n")
  }

  @Test func whatWasUndoneIsDoneAgain() throws {
    try filled()
    try command.run("memory", "delete", "--origin", "a.tmx")
    #expect(try command.run("memory", "undo").status == 0)
    let redone = try command.run("memory", "redo", "--format", "json")
    #expect(redone.status == 0, "\(redone.errors)")
    #expect(try command.run("memory", "list", "--format", "jsonl").objects.count == 2)
    let again = try command.run("memory", "redo", "3")
    #expect(again.status == 2)
    #expect(again.errors.contains("operation 3 stands"))
    try command.run("memory", "undo")
    #expect(try command.run("memory", "redo").output.hasPrefix("redid operation 3  delete"))
    try command.run("memory", "undo")
    try command.run("memory", "edit", "--id", "1", "--set-note", "x")
    let late = try command.run("memory", "redo")
    #expect(late.status == 2)
    #expect(late.errors.contains("operation 4 changed units of it since"))
    #expect(try command.run("memory", "list", "--format", "jsonl").objects.count == 6)
  }

  @Test func oldOperationsAreForgotten() throws {
    try filled()
    try command.run("memory", "delete", "--id", "2")
    let dry = try command.run("memory", "forget", "--keep", "1", "--dry-run", "--format", "jsonl")
    #expect(dry.objects.map { $0["operation"] as? Int } == [2, 1])
    #expect(dry.errors == "would forget 2 operations\n")
    let result = try command.run("memory", "forget", "--keep", "1", "--format", "jsonl")
    #expect(result.objects.map { $0["forgotten"] as? Bool } == [true, true])
    #expect(result.errors == "forgot 2 operations, which cannot be undone any more\n")
    let history = try command.run("memory", "history").output.split(separator: "\n")
    #expect(history.map { $0.hasSuffix("(forgotten)") } == [false, true, true])
    let refused = try command.run("memory", "undo", "1")
    #expect(refused.status == 2)
    #expect(refused.errors.contains("cannot be undone any more"))
    #expect(try command.run("memory", "undo").output.hasPrefix("undid operation 3"))
    #expect(
      try command.run("memory", "forget", "--before", "2020-01-01").errors
        == "there is nothing to forget\n")
    #expect(try command.run("memory", "list", "--format", "jsonl").objects.count == 6)
  }

  /// The same file twice changes nothing, also when the memory was tidied up in between.
  @Test func aFileThatComesAgainBringsNoRepeatsBack() throws {
    try filled()
    let lines = [unit("Gate", "门"), unit("Gate", "门"), unit("Quay", "码头")]
    try memory("c.tmx", lines)
    try command.run("memory", "deduplicate")
    try command.run("memory", "edit", "--replace-target", "门", "大门")
    let before = try command.run("memory", "list", "--format", "jsonl").output
    let again = try command.run("import", "c.tmx", "--format", "jsonl")
    #expect(again.objects.first?["unchanged"] as? Int == 3)
    #expect(try command.run("memory", "list", "--format", "jsonl").output == before)
    try command.run("memory", "delete", "--origin", "c.tmx")
    let back = try command.run("import", "c.tmx", "--format", "jsonl")
    #expect(back.objects.first?["added"] as? Int == 3)
  }

  @Test func conflictsAreShownBothWays() throws {
    try filled()
    let result = try command.run("memory", "conflicts", "--format", "jsonl")
    #expect(result.status == 0)
    let variants = try #require(result.objects.first?["variants"] as? [[String: Any]])
    #expect(variants.map { $0["text"] as? String } == ["港口开放。", "码头开放了。"])
    #expect(variants.map { $0["count"] as? Int } == [2, 1])
    let text = try command.run("memory", "conflicts", "--reverse", "--strict").output
    #expect(text.contains("1 conflict\n"))
    #expect(try command.run("memory", "conflicts", "--origin", "a.tmx").errors == "no conflict\n")
  }

  @Test func editsShowWhatTheyDoAndKeepInlineElements() throws {
    try filled()
    let dry = try command.run("memory", "edit", "--replace-target", "登陆", "登录", "--dry-run")
    #expect(dry.output.contains("- 点击登陆\n+ 点击登录\n"))
    #expect(dry.output.contains("left alone: its inline elements stand within the text"))
    #expect(dry.errors == "would change 1 unit\nleft alone: 1\n")
    let real = try command.run(
      "memory", "edit", "--replace-target", "登陆", "登录", "--date", "2026-05-18", "--changed-by",
      "ann", "--format", "jsonl")
    #expect(real.objects.map { $0["left"] as? String } == [nil, "inline-elements"])
    #expect(try command.run("search", "点击登录", "--format", "jsonl").objects.count == 1)
    try command.run("export", "--format", "tmx", "-o", "out.tmx", "--as", "memory")
    let tmx = try command.read("out.tmx")
    #expect(tmx.contains("点击<ph x=\"1\">{b}</ph>登录") || tmx.contains("点击<ph x='1'>{b}</ph>登录"))
    #expect(tmx.contains("changedate=\"20260518T000000Z\""))
    #expect(tmx.contains("changeid=\"ann\""))
    #expect(try command.run("memory", "undo").status == 0)
    #expect(try command.run("search", "点击登录", "--min-score", "1").output.isEmpty)
  }

  @Test func deletionsNeedACondition() throws {
    try filled()
    let none = try command.run("memory", "delete")
    #expect(none.status == 2)
    #expect(none.errors.contains("Which units?"))
    #expect(try command.run("memory", "delete", "--all", "--origin", "a.tmx").status == 2)
    #expect(try command.run("memory", "delete", "--text", " ").status == 2)
    let dry = try command.run("memory", "delete", "--origin", "a.tmx", "--dry-run")
    #expect(dry.errors == "would remove 4 units\n")
    let result = try command.run("memory", "delete", "--origin", "a.tmx")
    #expect(result.output == "removed 4 units: 'concord memory undo 3' takes that back\n")
    #expect(try command.run("memory", "delete", "--all").output.hasPrefix("removed 2 units"))
    #expect(try command.run("memory", "delete", "--all").errors == "no unit\n")
    try command.run("memory", "undo")
    try command.run("memory", "undo")
    #expect(try command.run("memory", "list", "--format", "jsonl").objects.count == 6)
  }

  @Test func checkExitsAsCheckDoes() throws {
    try memory(
      "a.tmx",
      [
        unit("It opened in 2024.", "于2023年开放。"), unit("cafÃ©", "咖啡"),
        unit("Python", "Python"), unit("a&#x9;b", "a\u{202E}"),
      ])
    let result = try command.run("memory", "check", "--format", "jsonl")
    #expect(result.status == 1)
    #expect(
      result.objects.map { $0["rule"] as? String } == [
        "number-mismatch", "mojibake", "identical-sides", "control-characters",
      ])
    #expect(try command.run("memory", "check", "--fail-on", "never").status == 0)
    for (rule, level, status) in [
      ("number-mismatch", "error", 0), ("number-mismatch", "warning", 1),
      ("identical-sides", "warning", 0), ("identical-sides", "info", 1),
    ] {
      let result = try command.run("memory", "check", "--rule", rule, "--fail-on", level)
      #expect(result.status == Int32(status), "\(rule) \(level)")
    }
    // What stands in a unit commands no terminal.
    let text = try command.run("memory", "check", "--rule", "control-characters").output
    #expect(text.contains("<U+202E>"))
    #expect(!text.contains("\u{202E}"))
    #expect(try command.run("memory", "check", "--id", "3", "--fail-on", "warning").status == 0)
  }

  @Test func statisticsAreOneObject() throws {
    try filled()
    let result = try command.run("memory", "statistics", "--format", "jsonl", "--limit", "1")
    let object = try #require(result.objects.first)
    #expect(result.objects.count == 1)
    #expect(object["units"] as? Int == 6)
    #expect(object["repeatedSources"] as? Int == 3)
    #expect((object["origins"] as? [[String: Any]])?.count == 1)
    #expect((object["months"] as? [[String: Any]])?.first?["month"] as? String == "2026-01")
    let text = try command.run("memory", "statistics").output
    #expect(text.contains("repeated sources        3 (50 %)\n"))
  }

  @Test func anEmptyMemoryIsNoTrouble() throws {
    for (arguments, words) in [
      (["list"], "no unit\n"), (["conflicts"], "no conflict\n"),
      (["deduplicate"], "no duplicate\n"), (["check"], "no findings in 0 units\n"),
      (["history"], "nothing was done to the memory yet\n"),
      (["undo"], "there is nothing to undo\n"), (["redo"], "there is nothing to redo\n"),
      (["forget", "--keep", "0"], "there is nothing to forget\n"),
      (["delete", "--all"], "no unit\n"),
      (["edit", "--set-note", "x"], "nothing to change\n"),
    ] {
      let result = try command.run(["memory"] + arguments)
      #expect(result.status == 0)
      #expect(result.errors == words)
      let json = try command.run(["memory"] + arguments + ["--format", "json", "--quiet"])
      #expect(json.output == "[]\n")
    }
    #expect(try command.run("memory", "statistics").output.hasPrefix("units"))
  }

  @Test func undoSaysThatEverythingWasForgotten() throws {
    try command.write("a.tsv", "one\t一\n")
    try command.run("import", "--as", "memory", "a.tsv")
    #expect(try command.run("memory", "forget", "--keep", "0").status == 0)
    #expect(
      try command.run("memory", "undo").errors
        == "nothing can be undone: what the operations keep was forgotten\n")
  }

  @Test func whatCannotBeMeantIsSaid() throws {
    for (arguments, message) in [
      (["list", "--from", "May"], "'May' is no date"), (["list", "a", "--text", "b"], "twice"),
      (["list", "  "], "more than white space"), (["edit"], "Nothing to change"),
      (["edit", "--replace-target", "a"], "takes two texts"),
      (["edit", "--replace-source", "", "b"], "the empty text"),
      (["undo", "9"], "no operation 9"), (["undo", "x"], "x"), (["redo", "9"], "no operation 9"),
      (["forget"], "Which operations?"), (["forget", "--before", "May"], "'May' is no date"),
      (["forget", "--keep", "1", "--before", "2026-01-01"], "give one of them"),
      (["forget", "--keep=-1"], "not below 0"),
      (["check", "--rule", "spelling"], "spelling"),
      (["conflict"], "Did you mean 'concord memory conflicts'?"),
    ] {
      let result = try command.run(["memory"] + arguments)
      #expect(result.status == 2, "\(arguments)")
      #expect(result.errors.contains(message), "\(result.errors)")
    }
  }

  @Test func aBatchAnswersWithTheObjects() throws {
    try filled()
    let result = try command.run(
      "batch",
      input: "{\"id\":1,\"command\":[\"memory\",\"list\",\"bridge\"]}\n"
        + "{\"id\":2,\"op\":\"memory list\",\"query\":\"bridge\",\"limit\":1}\n"
        + "{\"id\":3,\"op\":\"memory edit\",\"replaceTarget\":[\"大\",\"-\"],\"unit\":[2,3]}\n"
        + "{\"id\":4,\"op\":\"memory undo\",\"operation\":3}\n"
        + "{\"id\":5,\"op\":\"memory redo\",\"operation\":3}\n"
        + "{\"id\":6,\"op\":\"memory forget\",\"keep\":1}\n")
    let outputs = result.objects.map { ($0["output"] as? [[String: Any]])?.first }
    #expect(outputs[0]?["id"] as? Int == 2)
    #expect(outputs[1]?["id"] as? Int == 2)
    #expect((outputs[2]?["after"] as? [String: Any])?["target"] as? String == "-桥")
    #expect(outputs[3]?["changed"] as? Int == 1)
    #expect(outputs[4]?["operation"] as? Int == 3)
    #expect(outputs[5]?["operation"] as? Int == 2)
  }
}
