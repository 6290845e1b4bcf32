import Foundation
import Testing

/// `concord align --words` and `--tokenized` as a user runs them.
@Suite struct WordAlignTests {
  private let command: Command

  init() throws { command = try Command() }

  private static let article = [
    Command.fixture("articles/01-science-city.en.md"),
    Command.fixture("articles/01-science-city.zh.md"),
  ]

  @Test func wordsOfABeadAreBytesOfItsTexts() throws {
    let run = try command.run(["align"] + Self.article + ["--words", "--format", "jsonl"])
    #expect(run.status == 0, "\(run.errors)")
    var found: Set<String> = []
    for bead in run.objects {
      let sides = try ["sourceText", "targetText"].map { key in
        Array(try #require(bead[key] as? String).utf8)
      }
      for word in try #require(bead["words"] as? [[String: Any]]) {
        let texts = try zip(["source", "target"], sides).map { key, text in
          let range = try #require(word[key] as? [Int])
          #expect(range.count == 2)
          return try #require(String(validating: text[range[0]..<range[1]], as: UTF8.self))
        }
        let score = try #require(word["score"] as? Double)
        #expect(0...1 ~= score)
        found.insert(texts.joined(separator: "="))
      }
    }
    for pair in ["Western=西部", "Chongqing=重庆", "Science=科学", "City=城"] {
      #expect(found.contains(pair), "\(pair)")
    }
  }

  @Test func textNamesTheWords() throws {
    let run = try command.run(["align"] + Self.article + ["--words"])
    #expect(run.output.contains("        Science — 科学\n"))
    let array = try command.run(["align"] + Self.article + ["--words", "--format", "json"])
    let parsed = try JSONSerialization.jsonObject(with: Data(array.output.utf8)) as? [Any]
    #expect(try #require(parsed).count > 5)
  }

  private func writeTokenized() throws {
    try command.write("a.zh", "金 凤凰 来 了 。\n\n公园 很 大 。\n")
    try command.write("a.en", "the golden phoenix came .\n\nthe park is big .\n")
  }

  @Test func tokenizedLinesGiveALineOfLinksEach() throws {
    try writeTokenized()
    let run = try command.run("align", "--tokenized", "a.zh", "a.en")
    #expect(run.status == 0, "\(run.errors)")
    let lines = run.output.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count == 4 && lines[1].isEmpty && lines[3].isEmpty)
    for link in ["0-1", "1-2", "4-4"] {
      #expect(lines[0].split(separator: " ").contains(link[...]), "\(lines[0])")
    }
    #expect(lines[2].split(separator: " ").contains("0-1"))
  }

  @Test func trainingTextTeachesAndIsNotPrinted() throws {
    try command.write("a.zh", "柯乌 来\n")
    try command.write("a.en", "came zorblat\n")
    let pairs = [
      "柯乌走\tzorblat left", "他看见柯乌\the saw zorblat", "柯乌和她\tzorblat and she", "他走\the left",
    ]
    try command.write("t.tsv", "zh-Hans\ten\n" + pairs.joined(separator: "\n") + "\n")
    let run = try command.run(
      "align", "--tokenized", "a.zh", "a.en", "--source-language", "zh", "--target-language", "en",
      "--train", "t.tsv")
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.lines.count == 1)
    let alone = try command.run(
      "align", "--tokenized", "a.zh", "a.en", "--source-language", "zh", "--target-language", "en",
      "--no-builtin-lexicon")
    #expect(run.output != alone.output)
    #expect(run.output.contains("0-1"))
  }

  @Test func linesThatDifferInNumberAreTrouble() throws {
    try command.write("a.zh", "好 。\n公园 很 大 。\n")
    try command.write("a.en", "good .\n")
    let run = try command.run(
      "align", "--tokenized", "a.zh", "a.en", "--source-language", "zh", "--target-language", "en")
    #expect(run.status == 2)
    #expect(run.errors.contains("2 lines") && run.errors.contains("1"))
    #expect(run.output.isEmpty)
  }

  @Test(arguments: [
    ["--train", "t.tsv"], ["--format", "pharaoh"], ["--words", "--format", "tmx"],
    ["--words", "--save"],
  ])
  func optionsThatDoNotGoTogetherAreTrouble(options: [String]) throws {
    try writeTokenized()
    let run = try command.run(["align", "a.zh", "a.en"] + options)
    #expect(run.status == 2)
    #expect(run.output.isEmpty)
  }

  @Test func aTrainingFileOfOtherLanguagesIsTrouble() throws {
    try writeTokenized()
    try command.write("t.tsv", "fr\tde\nbonjour\tguten Tag\n")
    let run = try command.run("align", "--tokenized", "a.zh", "a.en", "--train", "t.tsv")
    #expect(run.status == 2)
    #expect(run.errors.contains("t.tsv"))
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/usr/bin/taskset")))
  func oneCoreGivesTheSameBytes() throws {
    let arguments = ["align"] + Self.article + ["--words", "--format", "jsonl"]
    let all = try command.run(arguments)
    let one = try command.run(
      ["-c", "0", Command.binary.path] + arguments,
      program: URL(fileURLWithPath: "/usr/bin/taskset"))
    #expect(one.status == 0 && one.output == all.output)
  }
}
