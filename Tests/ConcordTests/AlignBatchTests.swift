import Foundation
import Testing

/// `align --batch`: many pairs from a list.
@Suite struct AlignBatchTests {
  private let command: Command

  /// Three short pairs below `news/`, and a list beside them.
  init() throws {
    command = try Command()
    let texts = [
      ("park", "The new park opens in May. Tickets are free.\n", "新公园五月开园。免费入场。\n"),
      ("port", "The port handled 300 ships. It is busy.\n", "该港口处理了300艘船。十分繁忙。\n"),
      ("rail", "Trains run daily. The line has 12 stations.\n", "列车每天开行。全线共有12座车站。\n"),
    ]
    for (name, english, chinese) in texts {
      try command.write("news/\(name).en.txt", english)
      try command.write("news/\(name).zh.txt", chinese)
    }
    try command.write("news/pairs.tsv", Self.list)
  }

  private static let list = """
    source\ttarget\toutput
    # by hand
    park.en.txt\tpark.zh.txt

    port.en.txt\tport.zh.txt\t2026/harbour.tmx\r
     rail.en.txt\trail.zh.txt\t
    """

  private func align(_ arguments: String..., input: String = "") throws -> Command.Result {
    try command.run(["align", "--batch", "news/pairs.tsv"] + arguments, input: input)
  }

  /// All files below a folder with their content.
  private func contents(_ folder: String) throws -> [String: String] {
    var found: [String: String] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: command.path(folder)) {
      var isDirectory: ObjCBool = false
      let path = command.path(folder + "/" + name)
      _ = FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
      if !isDirectory.boolValue { found[name] = try command.read(folder + "/" + name) }
    }
    return found
  }

  /// The number that the file system gives a file: another one when the file is written anew.
  private func node(_ name: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: command.path(name))[.systemFileNumber] as? Int
  }

  @Test func folderGetsAFileForEachPairInItsFormat() throws {
    let result = try align("-o", "out")
    #expect(result.status == 0)
    #expect(result.output == "" && result.errors == "")
    let made = try contents("out")
    #expect(
      Set(made.keys) == ["park.en.tsv", "rail.en.tsv", "2026/harbour.tmx", ".concord-align"])
    #expect(
      made["park.en.tsv"]?.hasPrefix("en\tzh-Hans\tscore\nThe new park opens in May.\t") == true)
    #expect(made["2026/harbour.tmx"]?.contains("<seg>It is busy.</seg>") == true)
    #expect(try align("-o", "json/", "--format", "jsonl").status == 0)
    #expect(try command.read("json/rail.en.jsonl").contains("12座车站"))
    // A file of its own needs no pair number.
    #expect(try !command.read("json/rail.en.jsonl").contains("\"pair\""))
  }

  @Test func oneOutputHoldsAllPairsInTheListsOrder() throws {
    let result = try align("--format", "jsonl")
    #expect(result.status == 0)
    #expect(result.objects.map { $0["pair"] as? Int } == [0, 0, 1, 1, 2, 2])
    #expect(result.objects.map { $0["source"] as? [Int] } == [[0], [1], [0], [1], [0], [1]])
    #expect(result.objects.last?["sourceFile"] as? String == "news/rail.en.txt")
    #expect(result.objects.last?["targetFile"] as? String == "news/rail.zh.txt")
    let array = try align("--format", "json").output
    let objects = try JSONSerialization.jsonObject(with: Data(array.utf8)) as? [[String: Any]]
    #expect(objects?.map { $0["pair"] as? Int } == [0, 0, 1, 1, 2, 2])
    #expect(try align("-o", "all.tsv").status == 0)
    let rows = try command.read("all.tsv").split(separator: "\n")
    #expect(rows.count == 7 && rows[0] == "en\tzh-Hans\tscore")
    #expect(try align("-o", "all.tmx").status == 0)
    #expect(try command.read("all.tmx").components(separatedBy: "<tu ").count == 7)
    #expect(try command.read("all.tmx").hasSuffix("</tmx>\n"))
    let text = try align().output
    #expect(text.contains("news/port.en.txt — news/port.zh.txt\n"))
  }

  @Test func listFromStandardInputStartsAtTheCurrentFolder() throws {
    let result = try command.run(
      "align", "--batch", "-", "--format", "jsonl",
      input: "news/park.en.txt\tnews/park.zh.txt\n")
    #expect(result.status == 0)
    #expect(result.objects.count == 2)
  }

  @Test func resultsDoNotDependOnTheNumberOfThreads() throws {
    var list = ""
    for number in 0..<40 {
      let name = ["park", "port", "rail"][number % 3]
      list += "news/\(name).en.txt\tnews/\(name).zh.txt\tresult\(number).tsv\n"
    }
    try command.write("many.tsv", list)
    var outputs: Set<String> = []
    var folders: Set<[String: String]> = []
    for threads in ["1", "2", "7"] {
      outputs.insert(
        try command.run(
          "align", "--batch", "many.tsv", "--format", "jsonl", "--threads", threads
        ).output)
      #expect(
        try command.run("align", "--batch", "many.tsv", "-o", "o" + threads, "--threads", threads)
          .status == 0)
      folders.insert(try contents("o" + threads))
    }
    #expect(outputs.count == 1 && folders.count == 1)
    #expect(folders.first?.count == 41)
  }

  /// Neither word is in a list: the first pair alone tells that one is the other.
  @Test func wordsOfOnePairHelpInAnother() throws {
    try command.write(
      "first.en.txt",
      """
      The zorblat is old.
      A zorblat stands there.
      We saw the zorblat today.
      Every zorblat needs water.
      The frobnik is new.
      A frobnik came late.
      They sold the frobnik.
      No frobnik was left.
      """)
    try command.write(
      "first.zh.txt",
      "这座嘟噜年代久远。\n那里有一座嘟噜。\n我们今天看见了嘟噜。\n每座嘟噜都需要水。\n"
        + "这台咕哩是新的。\n一台咕哩来晚了。\n他们卖掉了咕哩。\n没有剩下咕哩。\n")
    try command.write("second.en.txt", "The frobnik.\nThe zorblat.\nThe frobnik.\n")
    try command.write("second.zh.txt", "咕哩。\n嘟噜。\n")
    func firstScore(_ list: String) throws -> Double {
      try command.write("words.tsv", list)
      let result = try command.run("align", "--batch", "words.tsv", "--format", "jsonl")
      let bead = result.objects.first { ($0["sourceFile"] as? String) == "second.en.txt" }
      #expect(bead?["source"] as? [Int] == [0] && bead?["target"] as? [Int] == [0])
      return bead?["score"] as? Double ?? 0
    }
    let second = "second.en.txt\tsecond.zh.txt\n"
    let alone = try firstScore(second)
    // Whichever comes first in the list.
    #expect(try firstScore("first.en.txt\tfirst.zh.txt\n" + second) > alone + 0.03)
    #expect(try firstScore(second + "first.en.txt\tfirst.zh.txt\n") > alone + 0.03)
    // A pair that cannot be read teaches nothing, and keeps nobody from learning.
    #expect(
      try firstScore("nosuch\tfirst.zh.txt\nfirst.en.txt\tfirst.zh.txt\n" + second) > alone + 0.03)
  }

  @Test func unreadableFileLeavesTheOthersDone() throws {
    try command.write("news/bad.zh.txt", Data([0, 1, 2, 0]))
    try command.write(
      "news/pairs.tsv",
      "nosuch.txt\tpark.zh.txt\nport.en.txt\tbad.zh.txt\nrail.en.txt\trail.zh.txt\n")
    let result = try align("--format", "jsonl")
    #expect(result.status == 2)
    #expect(result.errors.contains("news/pairs.tsv:1: news/nosuch.txt: cannot be read"))
    #expect(result.errors.contains("news/pairs.tsv:2: news/bad.zh.txt: this is not a text file"))
    #expect(result.errors.split(separator: "\n").count == 2)
    #expect(result.objects.map { $0["pair"] as? Int } == [2, 2])
  }

  @Test func twoPairsWithOneOutputAreTroubleBeforeAnyWork() throws {
    try command.write(
      "news/pairs.tsv", Self.list + "\npark.en.txt\trail.zh.txt\n")
    let result = try align("-o", "out")
    #expect(result.status == 2)
    #expect(result.errors.contains("news/pairs.tsv:7: has the output 'park.en.tsv' of line 3"))
    #expect(!command.exists("out"))
    // In one file there is room for both.
    #expect(try align("-o", "all.jsonl").status == 0)
  }

  @Test func documentsOfTheListAreNeverOverwritten() throws {
    try command.write("news/pairs.tsv", "park.en.txt\tpark.zh.txt\tpark.zh.txt\n")
    let before = try command.read("news/park.zh.txt")
    let own = try align("-o", "news")
    #expect(own.status == 2)
    #expect(
      own.errors.contains("news/pairs.tsv:1: has the output 'park.zh.txt', which is a document"))
    let single = try command.run(
      "align", "news/park.en.txt", "news/park.zh.txt", "-o", "./news/../news/park.zh.txt")
    #expect(single.status == 2)
    #expect(single.errors.contains("is one of the documents"))
    #expect(try align("-o", "news/pairs.tsv").status == 2)
    #expect(try command.read("news/park.zh.txt") == before)
    #expect(try command.read("news/pairs.tsv").hasPrefix("park.en.txt"))
  }

  @Test func stoppedRunGoesOnAndTrustsWholeResultsAlone() throws {
    #expect(try align("-o", "out").status == 0)
    let whole = try contents("out")
    let node = try node("out/rail.en.tsv")
    // As after a crash: a result cut off, one missing, the last line of the journal half written.
    try command.write("out/park.en.tsv", String(try #require(whole["park.en.tsv"]).prefix(40)))
    try FileManager.default.removeItem(atPath: command.path("out/2026/harbour.tmx"))
    let journal = try #require(whole[".concord-align"])
    try command.write("out/.concord-align", journal + "0123456789abcdef\t01234")
    // No process has the number 0x7FFFFFFF.
    try command.write("out/.park.en.tsv.2147483647.tmp", "en\tzh-")
    #expect(try align("-o", "out").status == 0)
    #expect(try contents("out") == whole)
    #expect(try self.node("out/rail.en.tsv") == node)
    // Now all is finished, and nothing is written.
    let nodes = try ["park.en.tsv", "2026/harbour.tmx", "rail.en.tsv"].map {
      try self.node("out/" + $0)
    }
    #expect(try align("-o", "out").status == 0)
    #expect(
      try ["park.en.tsv", "2026/harbour.tmx", "rail.en.tsv"].map { try self.node("out/" + $0) }
        == nodes)
  }

  @Test func resultThatTheJournalDoesNotKnowIsMadeAgain() throws {
    try command.write("out/park.en.tsv", "en\tzh-Hans\tscore\n")
    #expect(try align("-o", "out").status == 0)
    #expect(try command.read("out/park.en.tsv").contains("The new park"))
  }

  @Test(arguments: ["text", "option", "glossary"])
  func changedInputOrOptionIsDoneAgain(what: String) throws {
    #expect(try align("-o", "out").status == 0)
    let node = try node("out/rail.en.tsv")
    var arguments = ["align", "--batch", "news/pairs.tsv", "-o", "out"]
    switch what {
    case "text":
      try command.write("news/rail.zh.txt", "列车每天开行。全线共有13座车站。\n")
    case "option": arguments += ["--min-score", "0.01"]
    default:
      try command.write("terms.csv", "en,zh-Hans\nline,全线\n")
      arguments += ["--glossary", "terms.csv"]
    }
    #expect(try command.run(arguments).status == 0)
    #expect(try self.node("out/rail.en.tsv") != node)
    if what == "text" { #expect(try command.read("out/rail.en.tsv").contains("13座")) }
  }

  private static let brokenLists: [(list: String, message: String)] = [
    ("", "lists no pair"),
    ("source\ttarget\n# none\n", "lists no pair"),
    ("park.en.txt park.zh.txt\n", "news/pairs.tsv:1: is no pair: write a source, a tab"),
    ("park.en.txt\t\n", "news/pairs.tsv:1: is no pair"),
    ("\n\npark.en.txt\tpark.zh.txt\ta\tb\n", "news/pairs.tsv:3: has 4 fields"),
    ("park.en.txt\tpark.zh.txt\t../x.tsv\n", "the output '../x.tsv' must be a file's name below"),
    ("park.en.txt\tpark.zh.txt\t/elsewhere/x.tsv\n", "must be a file's name below"),
    ("-\tpark.zh.txt\n", "news/pairs.tsv:1: names standard input"),
    ("park.en.txt\tpark.en.txt\n", "news/pairs.tsv:1: names one file twice"),
  ]

  @Test(arguments: brokenLists.indices)
  func brokenListIsOneClearLine(index: Int) throws {
    let (list, message) = Self.brokenLists[index]
    try command.write("news/pairs.tsv", list)
    let result = try align("-o", "out")
    #expect(result.status == 2)
    #expect(result.errors.contains(message), "\(result.errors)")
    #expect(result.errors.split(separator: "\n").count == 1)
    #expect(!command.exists("out"))
  }

  @Test func missingListIsTroubleAndSoAreOptionsThatDoNotGoTogether() throws {
    let missing = try command.run("align", "--batch", "nosuch.tsv")
    #expect(missing.status == 2)
    #expect(missing.errors.contains("nosuch.tsv: cannot be read"))
    #expect(try align("news/park.en.txt", "news/park.zh.txt").status == 2)
    #expect(try align("--threads", "0").status == 2)
    #expect(try command.run("align").errors.contains("--batch"))
    #expect(try command.run("align", "news/park.en.txt").status == 2)
    try command.write("file", "x")
    #expect(try align("-o", "file/out").status == 2)
  }

  @Test func tableHoldsOnePairOfLanguages() throws {
    try command.write(
      "news/pairs.tsv", "park.en.txt\tpark.zh.txt\nport.zh.txt\tport.en.txt\n")
    let table = try align("-o", "all.tsv")
    #expect(table.status == 2)
    #expect(
      table.errors.contains("news/pairs.tsv:2: is zh-Hans–en while the first pair is en–zh-Hans"))
    #expect(try command.read("all.tsv").split(separator: "\n").count == 3)
    #expect(try align("-o", "all.tmx").status == 0)
    #expect(try command.read("all.tmx").contains("<tu srclang=\"zh-Hans\">"))
  }

  @Test func allPairsAreSavedAndTheSameAgainChangesNothing() throws {
    try command.run("init", "--quiet")
    let first = try align("--save")
    #expect(first.status == 0)
    #expect(first.output == "")
    #expect(first.errors == "6 units added to the memory, 0 were there\n")
    #expect(try align("--save").errors == "0 units added to the memory, 6 were there\n")
    let hits = try command.run("concordance", "车站", "--format", "jsonl")
    #expect(hits.objects.first?["origin"] as? String == "rail.en.txt")
    // A folder that was made without --save does not keep units from being saved.
    #expect(try align("-o", "out").status == 0)
    let other = try Command()
    try other.run("init", "--quiet")
    let store = other.path(".concord/store.sqlite")
    let saved = try align("-o", "out", "--save", "--store", store)
    #expect(saved.errors == "6 units added to the memory, 0 were there\n")
  }

  @Test func batchOfCommandsAnswersWithTheBeadsOfAllPairs() throws {
    let script = """
      {"id":1,"op":"align","batch":"news/pairs.tsv","minScore":0.01}
      {"id":2,"op":"align","source":"news/park.en.txt","target":"news/park.zh.txt"}
      {"id":3,"op":"align","batch":"news/pairs.tsv","output":"out","format":"tmx"}
      {"id":4,"command":["align","--batch","news/pairs.tsv","--format","csv"]}
      {"id":5,"op":"align","batch":"nosuch.tsv"}
      """
    let result = try command.run("batch", input: script)
    #expect(result.objects.map { $0["exit"] as? Int } == [0, 0, 0, 2, 2])
    let outputs = result.objects.map { $0["output"] as? [[String: Any]] ?? [] }
    #expect(outputs.map(\.count) == [6, 2, 0, 0, 0])
    #expect(outputs[0].map { $0["pair"] as? Int } == [0, 0, 1, 1, 2, 2])
    #expect(outputs[1].allSatisfy { $0["pair"] == nil })
    #expect(command.exists("out/park.en.tmx"))
    let message = (result.objects[3]["error"] as? [String: Any])?["message"] as? String
    #expect(message == "in a batch, --format csv needs a file: give --output")
  }

  @Test func batchOfCommandsTellsOfAPairThatFailedBesideTheOthersBeads() throws {
    try command.write(
      "news/pairs.tsv", "nosuch.txt\tpark.zh.txt\nrail.en.txt\trail.zh.txt\n")
    let result = try command.run("batch", input: #"{"op":"align","batch":"news/pairs.tsv"}"#)
    #expect(result.status == 2)
    #expect((result.objects[0]["output"] as? [[String: Any]])?.count == 2)
    let error = result.objects[0]["error"] as? [String: Any]
    #expect((error?["message"] as? String)?.hasPrefix("news/pairs.tsv:1: news/nosuch.txt") == true)
  }

  @Test func fullDiskAndClosedPipeEndTheBatch() throws {
    if FileManager.default.fileExists(atPath: "/dev/full") {
      let full = try align("-o", "/dev/full", "--format", "jsonl")
      #expect(full.status == 2)
      #expect(full.errors.contains("/dev/full: cannot be written: no space left"))
    }
    let closed = try command.run(
      [
        "-c",
        "'\(Command.binary.path)' align --batch news/pairs.tsv | true; echo ${PIPESTATUS[0]}",
      ], program: URL(fileURLWithPath: "/bin/bash"))
    #expect(closed.output == "0\n")
  }
}
