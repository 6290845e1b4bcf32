import Foundation
import Testing

@Suite struct ExtractTests {
  private struct Candidate: Decodable {
    struct Evidence: Decodable {
      var file: String
      var bead: Int
      var sourceText: String
      var targetText: String
      var sourceSpan: [Int]
      var targetSpan: [Int]
    }
    var source: String
    var target: String
    var score: Double
    var count: Int
    var sourceCount: Int
    var targetCount: Int
    var cue: String?
    var evidence: [Evidence]
  }

  /// What is found in the articles, for several tests.
  private static let articles = Result {
    try Command().run("extract", Command.fixture("articles"), "--format", "jsonl").output
  }

  private func candidates(_ output: String) throws -> [Candidate] {
    try output.split(separator: "\n").map {
      try JSONDecoder().decode(Candidate.self, from: Data($0.utf8))
    }
  }

  /// What a terminologist must see on the first page of the six news articles.
  @Test func namesOfTheArticlesComeFirst() throws {
    let found = try candidates(try Self.articles.get())
    for (source, target, rank) in [
      ("Western (Chongqing) Science City", "西部（重庆）科学城", 5),
      ("Golden Phoenix", "金凤凰", 10),
      ("Jinfeng Laboratory", "金凤实验室", 10),
      ("Ultra-transient Experimental Facility", "超瞬态实验装置", 30),
      ("Guangyang Isle", "广阳岛", 10),
      ("Guoyuan Port", "果园港", 60),
    ] {
      let place = try #require(
        found.firstIndex { $0.source == source && $0.target == target }, "\(source)")
      #expect(place < rank, "\(source) is number \(place)")
      #expect(found[place].score > 0.75, "\(source)")
    }
  }

  @Test func evidenceReadsAsTheTerms() throws {
    let found = try candidates(try Self.articles.get())
    #expect(found.count > 100)
    for candidate in found.prefix(100) {
      #expect((1...5).contains(candidate.evidence.count))
      #expect(candidate.count <= candidate.sourceCount)
      for evidence in candidate.evidence where evidence.targetSpan[0] < evidence.targetSpan[1] {
        let bytes = Array(evidence.targetText.utf8)[
          evidence.targetSpan[0]..<evidence.targetSpan[1]]
        // Brackets may be of the other width.
        #expect(bytes.count >= candidate.target.utf8.count / 2)
        #expect(String(validating: bytes, as: UTF8.self) != nil)
      }
    }
  }

  /// One pair in a file of its own, in each form that a bitext may have.
  @Test func everyKindOfBitextGivesTheSame() throws {
    let command = try Command()
    try command.write(
      "a.tsv", "en\tzh-Hans\nThe “Golden Phoenix” (金凤凰) program began.\t“金凤凰”项目开始了。\n")
    try command.write(
      "a.jsonl",
      #"{"source":[0],"target":[0],"sourceText":"The “Golden Phoenix” (金凤凰) program began.","#
        + #""targetText":"“金凤凰”项目开始了。","score":1}"# + "\n")
    try command.write(
      "a.tmx",
      """
      <tmx version="1.4"><header srclang="en" segtype="sentence" adminlang="en" datatype="plaintext"
      creationtool="t" creationtoolversion="1" o-tmf="t"/><body><tu>
      <tuv xml:lang="en"><seg>The “Golden Phoenix” (金凤凰) program began.</seg></tuv>
      <tuv xml:lang="zh-Hans"><seg>“金凤凰”项目开始了。</seg></tuv></tu></body></tmx>
      """)
    for file in ["a.tsv", "a.jsonl", "a.tmx"] {
      let first = try #require(
        try candidates(try command.run("extract", file, "--format", "jsonl").output).first,
        "\(file)")
      #expect(first.source == "Golden Phoenix" && first.target == "金凤凰", "\(file)")
      #expect(first.cue == "brackets")
      #expect(first.evidence.first?.file == file)
      #expect(first.evidence.first?.targetSpan == [3, 12])
    }
  }

  /// Files of one call may have their sides in either order.
  @Test func sidesAreTurnedToThoseOfTheFirstFile() throws {
    let command = try Command()
    try command.write("a.tsv", "en\tzh-Hans\nIt rained.\t下雨了。\n")
    try command.write("b.tsv", "zh-Hans\ten\n“产业强链”（Strong Chain）行动开始。\tIt began.\n")
    let found = try candidates(
      try command.run("extract", "a.tsv", "b.tsv", "--format", "jsonl").output)
    #expect(found.contains { $0.source == "Strong Chain" && $0.target == "产业强链" })
    try command.write("c.tsv", "de\tfr\nEs regnet.\tIl pleut.\n")
    let other = try command.run("extract", "a.tsv", "c.tsv")
    #expect(other.status == 2)
    #expect(other.errors.contains("one pair of languages at a time"))
  }

  @Test func oddBitextsAreAnsweredOrNamed() throws {
    let command = try Command()
    try command.write("empty.tsv", "en\tzh-Hans\n")
    #expect(try command.run("extract", "empty.tsv").status == 0)
    try command.write(
      "copies.tsv", "en\tzh-Hans\n" + String(repeating: "One line.\t一行。\n", count: 10_000))
    #expect(try command.run("extract", "copies.tsv").status == 0)
    try command.write("broken.tsv", "en\tzh-Hans\nno tab\n")
    let broken = try command.run("extract", "broken.tsv")
    #expect(broken.status == 2)
    #expect(broken.errors.contains("broken.tsv:2"))
  }

  @Test func sameBytesOutWhateverTheNumberOfThreads() throws {
    let command = try Command()
    let arguments = ["extract", Command.fixture("articles"), "--format", "jsonl"]
    let all = try command.run(arguments).output
    #expect(try Self.articles.get() == all)
    let taskset = URL(fileURLWithPath: "/usr/bin/taskset")
    guard FileManager.default.isExecutableFile(atPath: taskset.path) else { return }
    let one = try command.run(["-c", "0", Command.binary.path] + arguments, program: taskset)
    #expect(one.output == all)
  }
}
