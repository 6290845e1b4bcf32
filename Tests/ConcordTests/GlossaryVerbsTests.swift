import Foundation
import Testing

@Suite struct GlossaryVerbsTests {
  private let command: Command

  init() throws {
    command = try Command()
    try command.run("init", "--quiet")
  }

  @Test func initMakesAProjectAndLeavesOneAlone() throws {
    #expect(command.exists("concord.yml"))
    #expect(command.exists(".concord/store.sqlite"))
    try command.write("concord.yml", "languages: [zh-Hans, en]\n")
    let again = try command.run("init")
    #expect(again.status == 0)
    #expect(again.errors.contains("is here already"))
    #expect(try command.read("concord.yml") == "languages: [zh-Hans, en]\n")
  }

  @Test func addPrintsTheIdAndShowEverything() throws {
    let added = try command.run(
      "add", "Golden Phoenix", "金凤凰", "--domain", "policy", "--note", "talent programme",
      "--admit", "Golden Phoenix Program", "--forbid", "Gold Phoenix", "--date", "2026-05-18",
      "--author", "lin")
    #expect(added.status == 0)
    #expect(added.output == "1\n")
    let shown = try command.run("show", "1", "--format", "jsonl")
    #expect(
      shown.output
        == #"{"id":"1","domain":"policy","terms":[{"language":"en","text":"Golden Phoenix","status":"preferred"},{"language":"en","text":"Golden Phoenix Program","status":"admitted"},{"language":"en","text":"Gold Phoenix","status":"forbidden"},{"language":"zh-Hans","text":"金凤凰","status":"preferred"}],"definition":null,"note":"talent programme","source":null,"created":{"date":"2026-05-18T00:00:00Z","author":"lin"},"changed":null}"#
        + "\n"
    )
    let text = try command.run("show", "1").output
    #expect(text.contains("Gold Phoenix (forbidden)"))
    #expect(text.contains("2026-05-18T00:00:00Z by lin  added"))
  }

  @Test func addAgainChangesNothing() throws {
    try command.run("add", "Golden Phoenix", "金凤凰")
    let again = try command.run("add", "Golden Phoenix", "金凤凰")
    #expect(again.status == 0)
    #expect(again.output == "1\n")
    #expect(again.errors.contains("has that already"))
    #expect(try command.run("list", "--format", "jsonl").lines.count == 1)
  }

  @Test func addWorksInBothDirections() throws {
    try command.run("add", "果园港", "Guoyuan Port")
    let concept = try #require(try command.run("list", "--format", "jsonl").objects.first)
    let terms = concept["terms"] as? [[String: Any]]
    #expect(terms?.map { $0["language"] as? String } == ["zh-Hans", "en"])
  }

  @Test func homonymsNeedAChoice() throws {
    try command.run("add", "bank", "银行")
    try command.run("add", "bank", "河岸", "--new")
    let third = try command.run("add", "bank", "岸")
    #expect(third.status == 2)
    #expect(third.errors.contains("1, 2"))
    #expect(try command.run("add", "bank", "岸", "--concept", "2").output == "2\n")
  }

  @Test func editChangesAndAcceptAndRejectTriage() throws {
    try command.run("add", "Guangyang Isle", "广阳岛")
    #expect(
      try command.run(
        "edit", "1", "--add-term", "en=Guangyang Island", "--status",
        "Guangyang Island=deprecated", "--note", "not Island"
      ).status == 0)
    let text = try command.run("show", "1").output
    #expect(text.contains("Guangyang Isle (preferred); Guangyang Island (deprecated)"))
    #expect(text.contains("not Island"))
    try command.run("edit", "1", "--status", "Guangyang Island=preferred")
    #expect(
      try command.run("show", "1").output
        .contains("Guangyang Island (preferred); Guangyang Isle (admitted)"))
    #expect(try command.run("edit", "1", "--remove-term", "Isle").status == 2)
    #expect(try command.run("edit", "1").status == 2)
    try command.run("add", "pilot zone", "试验区", "--status", "proposed")
    #expect(try command.run("export", "--format", "csv").output.contains("试验区") == false)
    #expect(try command.run("edit", "2", "--accept").status == 0)
    #expect(try command.run("export", "--format", "csv").output.contains("试验区"))
    try command.run("add", "dry port", "无水港", "--status", "proposed")
    #expect(try command.run("edit", "3", "--reject").status == 0)
    #expect(try command.run("show", "3").status == 2)
  }

  @Test func removeIsAllOrNothing() throws {
    try command.run("add", "port", "港口")
    #expect(try command.run("remove", "1", "9").status == 2)
    #expect(try command.run("show", "1").status == 0)
    #expect(try command.run("remove", "1").status == 0)
    let gone = try command.run("show", "1")
    #expect(gone.status == 2)
    #expect(gone.errors.contains("there is no concept 1"))
  }

  @Test func listFiltersAndPages() throws {
    var rows = "en,zh-Hans,domain\n"
    for number in 1...60 { rows += "term \(number),词\(number),\(number % 2 == 0 ? "a" : "b")\n" }
    try command.write("terms.csv", rows)
    try command.run("import", "terms.csv")
    let text = try command.run("list")
    #expect(text.lines.count == 50)
    #expect(text.errors.contains("10 more"))
    #expect(try command.run("list", "--limit", "0").lines.count == 60)
    #expect(try command.run("list", "--limit", "3").lines.count == 3)
    #expect(try command.run("list", "--format", "jsonl").lines.count == 60)
    #expect(try command.run("list", "--domain", "a", "--format", "jsonl").lines.count == 30)
    #expect(try command.run("list", "词60", "--format", "jsonl").lines.count == 1)
    let json = try command.run("list", "--format", "json").output
    let array = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [Any]
    #expect(array?.count == 60)
    #expect(try command.run("list", "nothing like it", "--format", "json").output == "[]\n")
  }

  @Test func lookupListsTermsWithTheirTranslations() throws {
    try command.run("add", "Golden Phoenix", "金凤凰", "--admit", "Golden Phoenix Program")
    try command.write("a.zh.md", "“金凤凰”来了。`金凤凰`是代码。\n")
    let result = try command.run("lookup", "a.zh.md", "--format", "jsonl")
    #expect(
      result.output
        == #"{"file":"a.zh.md","start":3,"end":12,"term":"金凤凰","concept":"1","translations":["Golden Phoenix","Golden Phoenix Program"]}"#
        + "\n")
    #expect(
      try command.run("lookup", "a.zh.md").output
        == "1×    金凤凰  Golden Phoenix | Golden Phoenix Program\n")
  }
}
