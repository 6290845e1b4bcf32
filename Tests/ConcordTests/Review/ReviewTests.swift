import Foundation
import Testing

@Suite struct ReviewTests {
  private let command: Command

  /// Leaves the other screen: the terminal is given back.
  private static let farewell = "\u{1B}[?1049l"

  init() throws {
    command = try Command()
    try command.run("init", "--quiet")
  }

  /// Three proposals: two new pairs and a variant of a known concept.
  private func propose() throws {
    try command.run("add", "Golden Phoenix", "金凤凰")
    try command.run("add", "dry port", "无水港", "--status", "proposed")
    try command.run("add", "pilot zone", "试验区", "--status", "proposed")
    try command.run(
      "edit", "1", "--add-term", "en=Gold Phoenix", "--status", "Gold Phoenix=proposed")
  }

  private func statuses(_ id: String) throws -> [String] {
    let concept = try command.run("show", id, "--format", "jsonl").objects.first
    let terms = concept?["terms"] as? [[String: Any]] ?? []
    return terms.map { "\($0["text"] ?? ""):\($0["status"] ?? "")" }
  }

  // MARK: - On a terminal

  @Test func personDecidesWithOneKeyEach() throws {
    try propose()
    let terminal = try PseudoTerminal(command, ["review"])
    try terminal.expect("1 of 3")
    try terminal.expect("无水港")
    terminal.send("a")
    try terminal.expect("accepted: dry port / 无水港")
    // It is in the store before the next key.
    #expect(try statuses("2") == ["dry port:preferred", "无水港:preferred"])
    terminal.send("e\u{7F}\u{7F}\u{7F}\u{7F}area\t区域\r")
    try terminal.expect("edited: pilot zone / 试验区")
    #expect(try statuses("3") == ["pilot area:preferred", "试验区区域:preferred"])
    terminal.send("f")
    try terminal.expect("Nothing waits")
    #expect(try statuses("1").contains("Gold Phoenix:forbidden"))
    terminal.send("uu")
    try terminal.expect("taken back: edited pilot zone / 试验区")
    terminal.send("q")
    let end = terminal.finish()
    #expect(end.status == 0)
    #expect(end.shown.contains(Self.farewell))
    #expect(end.shown.contains("accepted 1, merged 0, forbidden 0, rejected 0, skipped 0; 2 wait"))
    #expect(terminal.isAsBefore)
    #expect(try statuses("3") == ["pilot zone:proposed", "试验区:proposed"])
    #expect(
      try statuses("1") == [
        "Golden Phoenix:preferred", "Gold Phoenix:proposed", "金凤凰:preferred",
      ])
  }

  @Test func reviewGoesOnWhereItWas() throws {
    try propose()
    var terminal = try PseudoTerminal(command, ["review"])
    try terminal.expect("1 of 3")
    terminal.send("s")
    try terminal.expect("1 skipped")
    try terminal.expect("pilot zone")
    terminal.send("r")
    try terminal.expect("rejected: pilot zone")
    // The connection drops.
    terminal.signal(SIGHUP)
    #expect(terminal.finish().reason == .uncaughtSignal)
    terminal = try PseudoTerminal(command, ["review"])
    try terminal.expect("1 of 2")
    try terminal.expect("Gold Phoenix")
    terminal.send("\u{1B}[B")
    try terminal.expect("skipped before")
    terminal.send("\u{3}")
    #expect(terminal.finish().status == 0)
  }

  @Test func termsAreMergedIntoAConceptThatIsSearched() throws {
    try propose()
    let terminal = try PseudoTerminal(command, ["review"])
    try terminal.expect("dry port")
    terminal.send("m凤")
    try terminal.expect("Golden Phoenix | 金凤凰")
    terminal.send("\r")
    try terminal.expect("merged: dry port")
    terminal.send("q")
    #expect(terminal.finish().status == 0)
    #expect(
      try statuses("1") == [
        "Golden Phoenix:preferred", "dry port:admitted", "Gold Phoenix:proposed",
        "金凤凰:preferred", "无水港:admitted",
      ])
    #expect(try command.run("show", "2").status == 2)
  }

  @Test func windowMayChangeItsSize() throws {
    try propose()
    let terminal = try PseudoTerminal(command, ["review"])
    try terminal.expect("dry port")
    terminal.resize(columns: 30, rows: 10)
    try terminal.expect("\u{1B}[10;1H")
    terminal.resize(columns: 2, rows: 1)
    try terminal.expect("\u{1B}[2J")
    terminal.send("q")
    #expect(terminal.finish().status == 0)
  }

  @Test(arguments: [SIGTERM, SIGINT, SIGSEGV])
  func terminalIsGivenBackWhateverHappens(signal: Int32) throws {
    try propose()
    let terminal = try PseudoTerminal(command, ["review"])
    try terminal.expect("dry port")
    #expect(!terminal.isAsBefore)
    terminal.signal(signal)
    let end = terminal.finish()
    #expect(end.reason == .uncaughtSignal)
    #expect(end.status == signal)
    #expect(end.shown.contains(Self.farewell))
    #expect(terminal.isAsBefore)
  }

  @Test func nothingToReviewIsNoTrouble() throws {
    let terminal = try PseudoTerminal(command, ["review"])
    let end = terminal.finish()
    #expect(end.status == 0)
    #expect(end.shown.contains("nothing waits for review"))
    #expect(!end.shown.contains("\u{1B}"))
  }

  // MARK: - From a script

  @Test func withoutATerminalItNamesTheScriptWay() throws {
    try propose()
    let result = try command.run("review")
    #expect(result.status == 2)
    #expect(result.errors.contains("--accept-above"))
    #expect(result.output == "")
  }

  @Test func whatWaitsIsListed() throws {
    try propose()
    #expect(
      try command.run("review", "--list").output == """
        1     –      dry port      无水港
        2     –      pilot zone    试验区
        3     –      Gold Phoenix  金凤凰  (concept 1)

        """)
    let objects = try command.run("review", "--format", "jsonl").objects
    #expect(objects.map { $0["kind"] as? String } == ["new", "new", "variant"])
    #expect(objects.map { $0["concept"] as? String } == ["2", "3", "1"])
    #expect(
      try command.run("review", "--list", "--format", "jsonl").lines.first
        == #"{"proposal":1,"kind":"new","concept":"2","source":"dry port","target":"无水港","sourceLanguage":"en","targetLanguage":"zh-Hans","score":null,"count":null,"sourceCount":null,"targetCount":null,"skipped":false,"decision":null,"evidence":[]}"#
    )
    #expect(try command.run("review", "--list", "--rejected", "--format", "json").output == "[]\n")
  }

  @Test func numbersDecideAllOrNothing() throws {
    try propose()
    #expect(try command.run("review", "--accept", "1", "--reject", "9").status == 2)
    #expect(try statuses("2") == ["dry port:proposed", "无水港:proposed"])
    let result = try command.run(
      "review", "--accept", "1", "--reject", "2", "--format", "jsonl")
    #expect(result.objects.map { $0["decision"] as? String } == ["accepted", "rejected"])
    #expect(result.errors.contains("2 decided; 1 wait"))
    #expect(try command.run("review", "--accept", "1").status == 2)
    #expect(try command.run("review", "--forbid", "3").status == 0)
    #expect(try statuses("1").contains("Gold Phoenix:forbidden"))
    #expect(try command.run("review", "--list", "--rejected").output.contains("试验区"))
    #expect(try command.run("review", "--restore", "2").status == 0)
    #expect(try statuses("3") == ["pilot zone:proposed", "试验区:proposed"])
    // The restored one has no decision to take back any more.
    #expect(try command.run("review", "--undo", "5", "--format", "jsonl").objects.count == 2)
    #expect(try command.run("review", "--format", "jsonl").objects.count == 3)
  }

  @Test(arguments: [
    ["--accept-above", "1.5"], ["--reject-below", "-1"], ["--variants"], ["--rejected"],
    ["--accept-above", "0.2", "--reject-below", "0.5"], ["--list", "--accept", "1"],
    ["--undo", "0"], ["--accept", "x"],
  ])
  func contradictionsAreRefused(arguments: [String]) throws {
    try propose()
    #expect(try command.run(["review"] + arguments).status == 2)
    #expect(try command.run("review", "--format", "jsonl").objects.count == 3)
  }

  @Test func batchReviewsLikewise() throws {
    try propose()
    let result = try command.run(
      "batch",
      input: """
        {"id":"1","op":"review"}
        {"id":"2","op":"review","accept":[1],"date":"2026-05-18"}
        {"id":"3","op":"review","acceptAbove":0.9}
        {"id":"4","op":"review","list":true}
        """)
    #expect(result.status == 0)
    let outputs = result.objects.map { $0["output"] as? [[String: Any]] ?? [] }
    #expect(outputs.map(\.count) == [3, 1, 0, 2])
    #expect(outputs[1][0]["decision"] as? String == "accepted")
  }

  // MARK: - From extraction to review and back

  /// A bitext with two pairs that the author gives himself, and sentences that hold a known term.
  private func writeBitext() throws {
    try command.write(
      "news.tsv",
      """
      en\tzh-Hans
      The Guoyuan Dry Port (果园无水港) opened today.\t果园无水港（Guoyuan Dry Port）今天启用。
      Gold Phoenix (金凤凰) is back.\t金凤凰（Gold Phoenix）回来了。
      The Guoyuan Dry Port grows.\t果园无水港扩大了。

      """)
  }

  @Test func extractedPairsWaitWithTheirSentencesAndRejectedOnesStayAway() throws {
    try writeBitext()
    try command.run("add", "Golden Phoenix", "金凤凰")
    let all = try command.run("extract", "news.tsv", "--format", "jsonl").objects
    let found = try command.run("extract", "news.tsv", "--save", "--format", "jsonl")
    // What is wrong more often than right is not worth a reviewer's look.
    #expect(found.objects.count == all.count { $0["score"] as? Double ?? 0 >= 0.5 })
    let variant = try #require(found.objects.first { $0["source"] as? String == "Gold Phoenix" })
    #expect(variant["kind"] as? String == "variant")
    #expect(variant["concept"] as? String == "1")
    let port = try #require(
      found.objects.first { $0["target"] as? String == "果园无水港" })
    #expect(port["kind"] as? String == "new")
    #expect(port["concept"] is NSNull)
    let sure = ["--min-score", "0.5", "--format", "jsonl"]
    #expect(try command.run(["extract", "news.tsv"] + sure).output == "")
    let waiting = try command.run("review", "--format", "jsonl").objects
    #expect(waiting.count == found.objects.count)
    let kept = try #require(waiting.first { $0["target"] as? String == "果园无水港" })
    #expect(kept["score"] as? Double == port["score"] as? Double)
    #expect((kept["evidence"] as? [[String: Any]])?.first?["file"] as? String == "news.tsv")

    // Reject all: never proposed again, until one is restored.
    let numbers = waiting.compactMap { $0["proposal"] as? Int }
    try command.run(["review"] + numbers.flatMap { ["--reject", "\($0)"] })
    #expect(try command.run("list", "--format", "jsonl").objects.count == 1)
    #expect(try command.run(["extract", "news.tsv"] + sure).output == "")
    try command.write(
      "other.tsv", try command.read("news.tsv").replacingOccurrences(of: "Gold", with: "GOLD"))
    #expect(try command.run(["extract", "other.tsv"] + sure).output == "")
    try command.run("review", "--undo", "\(numbers.count)")
    #expect(try command.run("review", "--format", "jsonl").objects.count == waiting.count)
  }

  @Test func editRejectIsRememberedToo() throws {
    try writeBitext()
    try command.run("extract", "news.tsv", "--save")
    let waiting = try command.run("review", "--format", "jsonl").objects
    for object in waiting {
      try command.run("edit", object["concept"] as? String ?? "", "--reject")
    }
    #expect(
      try command.run("extract", "news.tsv", "--min-score", "0.5", "--format", "jsonl").output == ""
    )
  }

  @Test func scoresDecideInExtractAndReviewAlike() throws {
    try writeBitext()
    try command.run("add", "Golden Phoenix", "金凤凰")
    let result = try command.run("extract", "news.tsv", "--save", "--accept-above", "0.5")
    #expect(result.status == 0)
    let left = try command.run("review", "--format", "jsonl").objects
    // A variant is for a person to judge, and so is what scores lower.
    #expect(left.contains { $0["kind"] as? String == "variant" })
    #expect(
      left.allSatisfy { $0["kind"] as? String == "variant" || ($0["score"] as? Double ?? 1) < 0.5 })
    #expect(try command.run("list", "果园无水港", "--status", "preferred").lines.count == 1)
    let more = try command.run(
      "review", "--accept-above", "0", "--variants", "--format", "jsonl")
    #expect(more.objects.count == left.count)
    #expect(try command.run("review", "--list").output == "")
  }
}
