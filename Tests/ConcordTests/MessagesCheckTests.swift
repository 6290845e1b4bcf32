import Foundation
import Testing

/// Files of messages, and documents that keep their original in comments, are pairs.
@Suite struct MessagesCheckTests {
  private let command: Command

  init() throws {
    command = try Command()
    try command.write("terms.csv", "en,zh-Hans\nGolden Phoenix,金凤凰\n")
  }

  private func check(_ path: String) throws -> [[String: Any]] {
    try command.run("check", path, "--glossary", "terms.csv", "--format", "jsonl").objects
  }

  @Test func messagesArePairedByTheirNames() throws {
    try command.write(
      "locales/en.json",
      #"{"title": "Golden Phoenix", "menu": {"open": "Open the Golden Phoenix page"}}"# + "\n")
    // In another order, and one of them wrong.
    let chinese = #"{"menu": {"open": "打开金凤页面"}, "title": "金凤凰"}"# + "\n"
    try command.write("locales/zh-CN.json", chinese)
    try command.write("locales/package.json", #"{"name": "Golden Phoenix"}"# + "\n")
    let found = try check("locales").filter { $0["rule"] as? String == "missing-term" }
    #expect(found.map { $0["file"] as? String } == ["locales/zh-CN.json"])
    let start = found.first?["start"] as? [String: Any]
    let place = try #require(chinese.utf8.firstRange(of: "打开".utf8))
    #expect(
      start?["offset"] as? Int
        == chinese.utf8.distance(
          from: chinese.startIndex, to: place.lowerBound))
  }

  @Test func originalsInCommentsAreChecked() throws {
    try command.write(
      "page.zh.md",
      """
      <!-- The Golden Phoenix plan starts today. -->

      金凤凰计划今天启动。

      <!-- Apply for the Golden Phoenix plan before June. -->

      请在六月前申请该项计划。

      """)
    let found = try check("page.zh.md").filter { $0["rule"] as? String == "missing-term" }
    #expect(found.count == 1)
    #expect((found.first?["start"] as? [String: Any])?["line"] as? Int == 7)
    #expect((found.first?["source"] as? [String: Any])?["text"] as? String == "Golden Phoenix")
  }
}
