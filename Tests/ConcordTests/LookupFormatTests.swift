import Foundation
import Testing

@Suite struct LookupFormatTests {
  private let command: Command

  init() throws {
    command = try Command()
    try command.write(
      "g.csv",
      """
      id,domain,definition,zh-Hans,en,en:forbidden
      1,policy,"A programme\nfor talents",金凤凰,Golden Phoenix | Phoenix Award,Gold Phoenix
      2,film,,星,star,
      3,sky,,星,fixed star,
      4,,,无,,
      """)
    try command.write("docs/b.zh.md", "星与`金凤凰`和无。\n")
    try command.write("docs/a.zh.md", "# 金凤凰\n\n金凤凰又来了。\u{1B}[31m星。\n")
  }

  @Test func briefHasEachConceptOnceInTheOrderOfTheTexts() throws {
    let result = try command.run(
      "lookup", "docs", "--glossary", "g.csv", "--format", "brief", "-q")
    #expect(
      result.output == """
        Use these translations from zh-Hans to en:
        - 金凤凰 = Golden Phoenix (also: Phoenix Award) (never: Gold Phoenix): A programme for talents
        - 星 (film) = star
        - 星 (sky) = fixed star

        """)
    #expect(
      try command.run("lookup", "docs", "--glossary", "g.csv", "--format", "brief", "-q").output
        == result.output)
  }

  @Test func tableCountsAndNamesTheFirstPlace() throws {
    let result = try command.run(
      "lookup", "docs", "--glossary", "g.csv", "--format", "table", "-q")
    #expect(
      result.lines == [
        "2×    金凤凰  Golden Phoenix | Phoenix Award  docs/a.zh.md:1:3",
        "2×    星      star                            docs/a.zh.md:3:13",
        "2×    星      fixed star                      docs/a.zh.md:3:13",
        "1×    无      —                               docs/b.zh.md:1:9",
      ])
  }

  @Test func briefOfNothingIsEmptyAndSaysSo() throws {
    try command.write("x.zh.md", "空。\n")
    let result = try command.run("lookup", "x.zh.md", "--glossary", "g.csv", "--format", "brief")
    #expect(result.output == "")
    #expect(result.errors.contains("no glossary term with a translation"))
    #expect(result.status == 0)
  }

  @Test func briefGoesToAFile() throws {
    try command.run(
      "lookup", "docs", "--glossary", "g.csv", "--format", "brief", "-q", "-o", "brief.txt")
    #expect(try command.read("brief.txt").hasPrefix("Use these translations"))
  }
}
