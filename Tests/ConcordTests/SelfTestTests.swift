import Foundation
import Testing

@Suite struct SelfTestTests {
  private let command: Command

  init() throws {
    command = try Command()
    try command.write(
      "g.csv",
      "id,en,en:forbidden,zh-Hans\n1,Golden Phoenix,Gold Phoenix,金凤凰\n2,bird,,鸟\n3,moon,,月亮\n")
  }

  /// Twenty rows: 金凤凰 is rendered otherwise in four of five, 鸟 always properly.
  private func table() -> String {
    (0..<20).map { index in
      let phoenix = index % 4 == 0 ? "Golden Phoenix" : "the talent programme"
      return "鸟来了，金凤凰第\(index)次。\tThe bird came, \(phoenix) no. \(index).\n"
    }.joined()
  }

  @Test func countsHitsRenderingsAndAlarms() throws {
    try command.write("b.tsv", "zh-Hans\ten\n" + table() + "鸟\t\n")
    let result = try command.run(
      "selftest", "b.tsv", "--glossary", "g.csv", "--format", "jsonl")
    #expect(result.status == 0)
    #expect(result.errors == "")
    let objects = result.objects
    #expect(objects.map { $0["term"] as? String } == ["金凤凰", "鸟"])
    #expect(objects.map { $0["hits"] as? Int } == [20, 20])
    #expect(objects.map { $0["rendered"] as? Int } == [5, 20])
    let alarms = objects.map { object in
      ["errors", "warnings", "remarks"].reduce(0) { $0 + (object[$1] as? Int ?? 0) }
    }
    #expect(alarms == [15, 0])
    #expect(objects.map { $0["verdict"] as? String } == ["warn", "unsure"])
    #expect(objects.map { $0["precision"] as? Double } == [0.25, 1])
    let text = try command.run("selftest", "b.tsv", "--glossary", "g.csv").output
    #expect(text.contains("2 terms in 20 beads: 1 should only warn"))
    #expect(text.contains("concepts that do not occur: 1"))
  }

  @Test func termsThatShouldWarnMakeNoErrorAnyMore() throws {
    try command.write("b.tsv", "zh-Hans\ten\n" + table())
    try command.run("selftest", "b.tsv", "--glossary", "g.csv", "--write-warn-only", "warn.txt")
    #expect(try command.read("warn.txt").contains("\n1\t15 of 20: 金凤凰 = Golden Phoenix\n"))
    try command.write("a.zh.md", "金凤凰计划。\n")
    try command.write("a.en.md", "The programme for talents.\n")
    let check = [
      "check", "--source", "a.zh.md", "--target", "a.en.md", "--glossary", "g.csv", "--format",
      "jsonl",
    ]
    let strict = try command.run(check)
    #expect(strict.status == 1)
    let mild = try command.run(check + ["--warn-only", "warn.txt"])
    #expect(mild.status == 0)
    #expect(mild.objects.map { $0["severity"] as? String } == ["warning"])
    // The same by the project's file.
    try command.write("concord.yml", "warn-only: [warn.txt]\n")
    #expect(try command.run(check).status == 0)
    try command.write("concord.yml", "warn-only: [金凤凰, 凤凰]\n")
    let named = try command.run(check)
    #expect(named.status == 0)
    #expect(named.errors.contains("“凤凰” is to warn only, and no concept has that id or term"))
  }

  @Test func pairsOfDocumentsAreMeasuredBothWays() throws {
    try command.write("a.zh.md", "金凤凰计划。\n\n鸟来了。\n")
    try command.write("a.en.md", "The Golden Phoenix plan.\n\nThe bird came.\n")
    let result = try command.run("selftest", ".", "--glossary", "g.csv", "--format", "jsonl")
    let terms = result.objects.compactMap { $0["term"] as? String }
    #expect(Set(terms) == ["Golden Phoenix", "bird", "金凤凰", "鸟"])
  }

  @Test func forbiddenRenderingIsNone() throws {
    try command.write("b.tsv", "zh-Hans\ten\n金凤凰来了。\tThe Gold Phoenix came.\n")
    let result = try command.run("selftest", "b.tsv", "--glossary", "g.csv", "--format", "jsonl")
    #expect(result.objects.map { $0["rendered"] as? Int } == [0])
  }

  @Test func nothingToMeasureOnIsTrouble() throws {
    try command.write("a.en.md", "The bird came.\n")
    let result = try command.run("selftest", "a.en.md", "--glossary", "g.csv")
    #expect(result.status == 2)
    #expect(result.errors.contains("has no counterpart here"))
    #expect(result.errors.contains("nothing to measure on"))
    let half = try command.run(
      "selftest", "nix.tmx", "--glossary", "g.csv", "--write-warn-only", "warn.txt")
    #expect(half.status == 2)
    #expect(!command.exists("warn.txt"))
    #expect(
      try command.run("check", "a.en.md", "--glossary", "g.csv", "--warn-only", "nix.txt").status
        == 2)
  }
}
