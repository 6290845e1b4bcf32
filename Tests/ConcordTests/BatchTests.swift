import Foundation
import Testing

@Suite struct BatchTests {
  private let command: Command

  init() throws {
    command = try Command()
    try command.run("init", "--quiet")
  }

  @Test func answersComeInOrderWithTheirIds() throws {
    let script = """
      {"id":"1","op":"add","source":"Golden Phoenix","target":"金凤凰","domain":"policy","date":"2026-05-18"}
      {"id":2,"command":["list"]}

      {"id":"3","op":"lookup","files":["a.zh.md"]}
      {"id":"4","op":"export","output":"out.csv"}
      {"id":"5","op":"search","text":"nothing"}
      """
    try command.write("a.zh.md", "金凤凰\n")
    let result = try command.run("batch", input: script)
    #expect(result.status == 0)
    #expect(result.objects.map { "\($0["id"] ?? "")" } == ["1", "2", "3", "4", "5"])
    #expect(result.objects.map { $0["exit"] as? Int } == [0, 0, 0, 0, 0])
    let outputs = result.objects.map { $0["output"] as? [[String: Any]] ?? [] }
    #expect(outputs.map(\.count) == [1, 1, 1, 0, 0])
    #expect(outputs[1][0]["domain"] as? String == "policy")
    #expect(outputs[2][0]["translations"] as? [String] == ["Golden Phoenix"])
    #expect(try command.read("out.csv").contains("金凤凰"))
    #expect(result.lines[1].hasPrefix(#"{"id":2,"exit":0,"output":[{"id":"1","#))
  }

  @Test func badLineDoesNotStopTheRest() throws {
    let script = """
      {"id":"a","command":["list"]}
      not json
      [1,2]
      {"id":"d"}
      {"id":"e","op":"nosuch"}
      {"id":"f","command":["nosuch"]}
      {"id":"g","command":["show","99"]}
      {"id":"h","op":"add","source":"port"}
      {"id":"i","command":["batch"]}
      {"id":"j","op":"list","limit":{}}
      {"id":"k","command":["list"]}
      """
    let result = try command.run("batch", input: script)
    #expect(result.status == 2)
    #expect(result.objects.map { $0["exit"] as? Int } == [0, 2, 2, 2, 2, 2, 2, 2, 2, 2, 0])
    #expect(
      result.objects.map { $0["id"] as? String } == [
        "a", nil, nil, "d", "e", "f", "g", "h", "i", "j", "k",
      ])
    let errors = result.objects.map { $0["error"] as? [String: Any] }
    #expect(errors.map { $0?["line"] as? Int } == [nil, 2, 3, 4, 5, 6, 7, 8, 9, 10, nil])
    #expect((errors[6]?["message"] as? String)?.contains("there is no concept 99") == true)
    #expect(result.output.hasSuffix("\n"))
  }

  @Test func findingsAreTheHighestExit() throws {
    try command.run("add", "Golden Phoenix", "金凤凰", "--forbid", "Gold Phoenix")
    try command.write("a.en.md", "Gold Phoenix\n")
    let script = """
      {"id":"1","op":"check","files":["a.en.md"]}
      {"id":"2","op":"check","files":["a.en.md"],"failOn":"never"}
      """
    let result = try command.run("batch", "-", input: script)
    #expect(result.status == 1)
    #expect(result.objects.map { $0["exit"] as? Int } == [1, 0])
    let finding = (result.objects[0]["output"] as? [[String: Any]])?.first
    #expect(finding?["rule"] as? String == "forbidden-term")
  }

  @Test func oneBadFileOfSeveralIsInTheAnswer() throws {
    try command.write("good.md", "A park.\n")
    let result = try command.run(
      "batch", input: #"{"id":"1","op":"segment","files":["nosuch.md","good.md"]}"#)
    let answer = try #require(result.objects.first)
    #expect(answer["exit"] as? Int == 2)
    #expect((answer["output"] as? [Any])?.count == 1)
    let error = answer["error"] as? [String: Any]
    #expect((error?["message"] as? String)?.contains("nosuch.md") == true)
  }

  @Test func flagsListsAndHyphensBecomeArguments() throws {
    try command.write("a.en.txt", "One.\nTwo.\n")
    try command.write("a.zh.txt", "一。\n二。\n")
    let script = """
      {"id":"1","op":"align","source":"a.en.txt","target":"a.zh.txt","segmented":true,"minScore":0,"quiet":false}
      {"id":"2","op":"add","source":"-ism","target":"主义","forbid":["isms","-isms"]}
      """
    let result = try command.run("batch", input: script)
    #expect(result.objects.map { $0["exit"] as? Int } == [0, 0])
    #expect((result.objects[0]["output"] as? [Any])?.count == 2)
    #expect(try command.run("list", "--format", "jsonl").output.contains("\"-isms\""))
  }

  @Test func emptyInputIsAnEmptyAnswer() throws {
    let result = try command.run("batch", input: "")
    #expect(result.status == 0)
    #expect(result.output == "")
    #expect(try command.run("batch", "nosuch.jsonl").status == 2)
  }
}
