import Foundation
import TestSupport
import Testing

/// Two articles in, findings and a memory out: the whole job on the fixtures.
@Suite struct MainJobTests {
  private let command: Command

  init() throws { command = try Command() }

  static let articles = [
    "01-science-city.en.md", "01-science-city.zh.md", "02-talent-policy.en.md",
    "02-talent-policy.zh.md", "03-rail-and-trade.en.txt", "03-rail-and-trade.zh.txt",
    "04-economic-circle.en.md", "04-economic-circle.zh.md", "05-congress-session.en.txt",
    "05-congress-session.zh.txt", "06-new-park.en.md", "06-new-park.zh.md",
  ]

  /// A finding, by what Fixtures/articles/expected.tsv says of it.
  struct Finding: Hashable, CustomStringConvertible {
    var file: String
    var line: Int
    var rule: String
    var found: String
    var description: String { "\(file):\(line) \(rule) \(found)" }
  }

  /// Copies the articles into the test's directory, so that findings name them by short names.
  private func copyArticles() throws -> [String] {
    for name in Self.articles {
      try command.write(
        name, Data(contentsOf: URL(fileURLWithPath: Command.fixture("articles/" + name))))
    }
    return Self.articles
  }

  @Test func everyPlantedFaultIsFoundAndNothingElse() throws {
    let articles = try copyArticles()
    let result = try command.run(
      ["check"] + articles + ["--glossary", Command.glossary, "--format", "jsonl"])
    #expect(result.status == 1)
    #expect(result.errors == "")
    let found = Set(
      result.objects.map { object in
        Finding(
          file: object["file"] as? String ?? "",
          line: (object["start"] as? [String: Any])?["line"] as? Int ?? 0,
          rule: object["rule"] as? String ?? "", found: object["found"] as? String ?? "")
      })
    let rows = try String(contentsOfFile: Command.fixture("articles/expected.tsv"), encoding: .utf8)
      .split(separator: "\n").dropFirst()
      .map { $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) }
    let expected = Set(
      rows.map { Finding(file: $0[1], line: Int($0[2]) ?? 0, rule: $0[3], found: $0[4]) })
    #expect(expected.count == 48)
    #expect(found.subtracting(expected) == [], "reported, and should not be")
    #expect(expected.subtracting(found) == [], "not reported")
    #expect(result.objects.count == expected.count)
  }

  @Test func findingsAreTheSameWhateverTheOrderOfRuns() throws {
    let articles = try copyArticles()
    let arguments = ["check"] + articles + ["--glossary", Command.glossary, "--format", "jsonl"]
    let first = try command.run(arguments).output
    for _ in 0..<3 { #expect(try command.run(arguments).output == first) }
  }

  @Test func textReportLooksAsItWasAgreed() throws {
    _ = try copyArticles()
    let result = try command.run(
      "check", "02-talent-policy.en.md", "02-talent-policy.zh.md", "--glossary", Command.glossary)
    try expectSnapshot(result.output, "check-02.txt")
  }

  @Test(arguments: ["01", "02", "03", "04", "05", "06"])
  func beadsOfTheFixturesAgreeWithTheGold(number: String) throws {
    let base = Command.fixture("articles/gold/\(number)")
    let result = try command.run(
      "align", base + ".zh", base + ".en", "--segmented", "--source-language", "zh-Hans",
      "--target-language", "en", "--format", "jsonl")
    #expect(result.status == 0)
    let beads = result.objects.map {
      "\($0["source"] as? [Int] ?? []):\($0["target"] as? [Int] ?? [])"
    }
    let gold = try String(contentsOfFile: base + ".align", encoding: .utf8)
      .split(separator: "\n").map { $0.replacingOccurrences(of: ",", with: ", ") }
    // All segments are there once, in order.
    for (side, path) in [("source", base + ".zh"), ("target", base + ".en")] {
      let count = try lines(path)
      #expect(result.objects.flatMap { $0[side] as? [Int] ?? [] } == Array(0..<count))
    }
    let right = Set(gold).intersection(beads).count
    // What this aligner reaches on each pair: 85 % of its beads at the least.
    #expect(Double(right) >= 0.85 * Double(gold.count), "\(right) of \(gold.count)")
    for object in result.objects {
      let score = object["score"] as? Double ?? -1
      #expect(0...1 ~= score)
    }
  }

  private func lines(_ path: String) throws -> Int {
    try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").count
  }

  @Test func alignedArticlesBecomeAMemoryThatOtherToolsRead() throws {
    let articles = try copyArticles()
    try command.run("init", "--quiet")
    try command.run("import", Command.glossary)
    for index in stride(from: 0, to: articles.count, by: 2) {
      let result = try command.run(
        "align", articles[index], articles[index + 1], "--save", "--date", "2026-05-18")
      #expect(result.status == 0)
    }
    // The same again changes nothing.
    let again = try command.run("align", articles[0], articles[1], "--save")
    #expect(again.errors.contains("0 units added"))
    #expect(try command.run("export", "-o", "memory.tmx").status == 0)
    #expect(try command.run("export", "-o", "glossary.tbx").status == 0)
    try expectValid("memory.tmx", dtd: "schemas/tmx/tmx14.dtd")
    try expectValid("glossary.tbx", schema: "schemas/tbx/TBX-Basic-DCA.rng")
    // What was written comes back in unchanged.
    let imported = try command.run("import", "memory.tmx", "--format", "jsonl")
    #expect(imported.objects.first?["added"] as? Int == 0)
    #expect(imported.objects.first?["changed"] as? Int == 0)
    let search = try command.run("search", "新公园开园", "--min-score", "0.5", "--format", "jsonl")
    #expect(search.objects.first?["target"] as? String == "A new park opens on Guangyang Isle")
    let hits = try command.run("concordance", "Guangyang Isle", "--format", "jsonl")
    #expect(hits.objects.count > 5)
    #expect(hits.objects.allSatisfy { $0["side"] as? String == "source" })
    let candidates = try command.run("extract", "--format", "jsonl")
    #expect(candidates.objects.contains { $0["target"] as? String == "成渝" })
    // What the glossary has is not proposed again.
    #expect(!candidates.objects.contains { $0["target"] as? String == "金凤凰" })
  }

  private func expectValid(_ name: String, dtd: String) throws {
    guard let schema = TestData.path(dtd), let judge = Judge("xmllint")?.url else {
      return Judge.skipped("xmllint on \(name)")
    }
    let result = try command.run(
      ["--nonet", "--noout", "--dtdvalid", schema, name], program: judge)
    #expect(result.status == 0, "\(result.errors)")
  }

  private func expectValid(_ name: String, schema: String) throws {
    guard let schema = TestData.path(schema), let judge = Judge("jing")?.url else {
      return Judge.skipped("jing on \(name)")
    }
    let result = try command.run([schema, name], program: judge)
    #expect(result.status == 0, "\(result.output)")
  }
}

/// Compares with a file under Fixtures/golden; with CONCORD_RECORD set, writes it and fails.
func expectSnapshot(
  _ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let file = URL(fileURLWithPath: Command.fixture("golden/" + name))
  if ProcessInfo.processInfo.environment["CONCORD_RECORD"] != nil {
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
    Issue.record(
      "recorded \(name): run again without CONCORD_RECORD", sourceLocation: sourceLocation)
    return
  }
  let golden = try? String(contentsOf: file, encoding: .utf8)
  #expect(text == golden, sourceLocation: sourceLocation)
}
