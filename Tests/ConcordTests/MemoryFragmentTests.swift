import Foundation
import Testing

/// `concord memory fragments` as a user runs it.
@Suite struct MemoryFragmentTests {
  private func project() throws -> Command {
    let command = try Command()
    try command.run("init")
    try command.write(
      "pairs.tsv",
      """
      en\tzh-Hans
      The science city will open in May.\t科学城将于五月开放。
      The science city has a museum.\t科学城有一座博物馆。
      We visited the science city.\t我们参观了科学城。
      Quarx flimp\u{1B}[31m today\t今天下雨
      A quarx flimp again\t又是这样的安排

      """)
    try command.run("import", "--as", "memory", "pairs.tsv")
    try command.run("add", "Golden Phoenix", "金凤凰")
    return command
  }

  @Test func printsTermsStretchesAndWhatUnitsDisagreeAbout() throws {
    let command = try project()
    let result = try command.run(
      "memory", "fragments", "The Golden Phoenix in the science city is a quarx flimp.")
    #expect(result.status == 0)
    #expect(
      result.lines == [
        "term      Golden Phoenix  金凤凰  (preferred)",
        "fragment  science city    科学城  (3 of 3 units)",
        "fragment  quarx flimp     as in",
        "          A [quarx flimp] again",
        "          又是这样的安排",
      ])
  }

  @Test func objectsHaveThePromisedShape() throws {
    let command = try project()
    let result = try command.run(
      "memory", "fragments", "去科学城吧", "--format", "jsonl")
    #expect(result.status == 0)
    let fragment = try #require(result.objects.first)
    #expect(result.objects.count == 1)
    #expect(
      Set(fragment.keys) == [
        "kind", "start", "end", "text", "translations", "status", "concept", "agreement",
        "example",
      ])
    #expect(fragment["kind"] as? String == "fragment")
    #expect(fragment["text"] as? String == "科学城")
    #expect(fragment["start"] as? Int == 3)
    #expect(fragment["end"] as? Int == 12)
    let example = try #require(fragment["example"] as? [String: Any])
    #expect(
      Set(example.keys) == [
        "id", "source", "target", "sourceStart", "sourceEnd", "targetStart", "targetEnd", "origin",
      ])
    #expect((example["source"] as? String)?.contains("科学城") == true)
  }

  @Test func controlCharactersAreVisibleAndNothingFoundIsNoError() throws {
    let command = try project()
    let result = try command.run("memory", "fragments", "Quarx flimp\u{1B}[31m today, it says")
    #expect(result.status == 0)
    #expect(!result.output.contains("\u{1B}"))
    let none = try command.run("memory", "fragments", "zzz yyy", "--language", "en")
    #expect(none.status == 0)
    #expect(none.output.isEmpty)
    #expect(none.errors.contains("no fragment"))
  }

  @Test(arguments: ["", " ", "。", "?", "2026", "🙂🙂"])
  func textsWithoutWordsAreNoError(text: String) throws {
    let command = try project()
    for options in [["--language", "en"], []] {
      let result = try command.run(["memory", "fragments"] + options + ["--", text])
      #expect(result.status == 0)
      #expect(result.output.isEmpty)
    }
  }

  @Test func aTextTooLongIsTrouble() throws {
    let text = String(repeating: "the science city ", count: 6000)
    let result = try project().run("memory", "fragments", text)
    #expect(result.status == 2)
    #expect(result.errors.contains("18000 words"))
  }
}
