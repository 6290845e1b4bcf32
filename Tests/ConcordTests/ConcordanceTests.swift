import Foundation
import Testing

/// `concord concordance` as a news editor sees it.
@Suite struct ConcordanceTests {
  private let command: Command

  init() throws {
    command = try Command()
    try command.run("init", "--quiet")
    try command.write(
      "pairs.tsv",
      """
      en\tzh-Hans
      The Golden Phoenix programme opens in May.\t金凤凰计划五月开始。
      Golden Phoenix talent\t金凤凰人才
      The golden phoenixes have landed.\t金凤凰来了。
      The Gold Bird award was given yesterday.\t昨天颁发了金凤凰奖。
      The science city has a museum.\t科学城有一座博物馆。
      We visited the science city.\t我们参观了科学城。
      Everyone likes the science city!\t大家都喜欢科学城！
      Quarx\u{1B}[31m flimp\t乱码\u{7}

      """)
    #expect(try command.run("import", "--as", "memory", "pairs.tsv").status == 0)
    try command.run("add", "Golden Phoenix", "金凤凰")
  }

  @Test func bothSidesAreMarked() throws {
    let term = try command.run("concordance", "金凤凰")
    #expect(term.status == 0)
    #expect(
      term.output == """
        [金凤凰]人才
            [Golden Phoenix] talent
        [金凤凰]来了。
            The [golden phoenixes] have landed.
        [金凤凰]计划五月开始。
            The [Golden Phoenix] programme opens in May.
        昨天颁发了[金凤凰]奖。
            The [Gold Bird] award was given yesterday.

        """)
    let linked = try command.run("concordance", "science city", "--limit", "1")
    #expect(linked.output == "We visited the [science city].\n    我们参观了[科学城]。\n")
    let raw = try command.run("concordance", "science city", "--limit", "1", "--no-counterparts")
    #expect(raw.output == "We visited the [science city].\n    我们参观了科学城。\n")
    let visible = try command.run("concordance", "flimp")
    #expect(!visible.output.contains("\u{1B}") && !visible.output.contains("\u{7}"))
  }

  @Test func objectsSayWhereTheTranslationStands() throws {
    let found = try command.run(
      "concordance", "金凤凰", "--format", "jsonl", "--limit", "1", "--counterparts")
    #expect(
      found.output
        == #"{"id":2,"side":"target","start":0,"end":9,"source":"Golden Phoenix talent","#
        + #""target":"金凤凰人才","origin":"pairs.tsv","counterparts":[{"start":0,"end":14}]}"# + "\n")
    for options in [[], ["--no-counterparts"]] {
      let raw = try command.run(
        ["concordance", "金凤凰", "--format", "jsonl", "--limit", "1"] + options)
      #expect(raw.objects.first?["id"] as? Int == 2)
      #expect(raw.objects.first?["counterparts"] == nil)
    }
    let requests = [
      #"{"id":"1","op":"concordance","text":"金凤凰","limit":1,"counterparts":true}"#,
      #"{"id":"2","op":"concordance","text":"金凤凰","limit":1}"#,
    ]
    let batch = try command.run("batch", input: requests.joined(separator: "\n") + "\n")
    let answers = batch.objects.map { ($0["output"] as? [[String: Any]])?.first }
    #expect(answers.map { $0?["id"] as? Int } == [2, 2])
    #expect(answers.map { $0?["counterparts"] != nil } == [true, false])
    let concept = try command.run("concordance", "--concept", "金凤凰", "--format", "jsonl")
    #expect(concept.objects.count == 7)
    let terms = concept.objects.compactMap { $0["term"] as? String }
    #expect(Set(terms) == ["Golden Phoenix", "金凤凰"])
    let odd = concept.objects.filter { $0["consistent"] as? Bool == false }
    #expect(odd.compactMap { $0["id"] as? Int } == [4])
  }

  @Test(arguments: [20, 24, 31, 40, 60])
  func longSegmentsAreCutAboutThePlace(width: Int) throws {
    let long = String(repeating: "很长的前文，", count: 12) + "金凤凰" + String(repeating: "后文很长，", count: 9)
    try command.write(
      "long.tsv",
      "en\tzh-Hans\n\(String(repeating: "words before ", count: 9))the Golden Phoenix"
        + "\(String(repeating: " and behind", count: 20)).\t\(long)\n")
    try command.run("import", "--as", "memory", "long.tsv")
    let cut = try command.run("concordance", "金凤凰", "--width", "\(width)", "--origin", "long.tsv")
    #expect(cut.lines.count == 2)
    for line in cut.lines {
      let columns = line.unicodeScalars.reduce(0) {
        $0 + (0x2E80...0x9FFF ~= $1.value || 0xFF00...0xFF60 ~= $1.value ? 2 : 1)
      }
      #expect(columns <= width)
      #expect(columns >= width - 3)
      let text = line.drop { $0 == " " }
      #expect(text.hasPrefix("…") && text.hasSuffix("…"))
      #expect(line.contains("[金凤凰]") || line.contains("[Golden Phoenix]") || width < 24)
    }
    // Elsewhere than on a terminal nothing is cut unless asked for.
    let whole = try command.run("concordance", "金凤凰", "--origin", "long.tsv")
    #expect(!whole.output.contains("…"))
    #expect(whole.output.contains("后文很长，"))
  }

  @Test func renderingsAreCounted() throws {
    let text = try command.run("concordance", "金凤凰", "--renderings")
    #expect(
      text.output == """
        2  Golden Phoenix  (preferred)
           [金凤凰]人才
           [Golden Phoenix] talent
        1  Gold Bird
           昨天颁发了[金凤凰]奖。
           The [Gold Bird] award was given yesterday.
        1  golden phoenixes  (preferred)
           [金凤凰]来了。
           The [golden phoenixes] have landed.

        """)
    let objects = try command.run("concordance", "科学城", "--renderings", "--format", "jsonl")
    let first = try #require(objects.objects.first)
    #expect(objects.objects.count == 1)
    #expect(Set(first.keys) == ["rendering", "language", "units", "status", "example"])
    #expect(first["rendering"] as? String == "science city")
    #expect(first["units"] as? Int == 3)
    #expect(first["language"] as? String == "en")
    #expect((first["example"] as? [String: Any])?["counterparts"] != nil)
    let few = try command.run("concordance", "金凤凰", "--renderings", "--limit", "1")
    #expect(few.lines.count == 3)
    #expect(few.errors.contains("and 2 more"))
  }

  @Test func unitsWithoutAnyTermOfTheConceptAreTold() throws {
    let all = try command.run("concordance", "--concept", "golden phoenix")
    #expect(
      all.output.contains(
        "award was given yesterday.\n    (none of the concept's accepted terms)\n"))
    #expect(all.output.contains("The [golden phoenixes] have landed.\n    [金凤凰]来了。\n"))
    let traditional = try command.run("concordance", "--concept", "金鳳凰")
    #expect(traditional.output == all.output)
    let odd = try command.run("concordance", "--concept", "golden phoenix", "--inconsistent")
    #expect(odd.lines.count == 3)
    #expect(odd.output.hasPrefix("昨天颁发了[金凤凰]奖。\n"))
    let batch = try command.run(
      "batch",
      input: #"{"id":"1","op":"concordance","concept":"金凤凰","inconsistent":true}"# + "\n")
    let answer = try #require(batch.objects.first)
    #expect((answer["output"] as? [[String: Any]])?.compactMap { $0["id"] as? Int } == [4])
  }

  @Test func ordersAndExactTextsAreOptions() throws {
    func ids(_ arguments: String...) throws -> [Int] {
      let found = try command.run(["concordance"] + arguments + ["--format", "jsonl"])
      #expect(found.status == 0, "\(found.errors)")
      return found.objects.compactMap { $0["id"] as? Int }
    }
    #expect(try ids("golden phoenix") == [2, 3, 1])
    #expect(try ids("golden phoenix", "--sort", "unit") == [1, 2, 3])
    #expect(try ids("golden phoenix", "--sort", "newest") == [3, 2, 1])
    #expect(try ids("golden phoenix", "--sort", "unit", "--limit", "1", "--skip", "1") == [2])
    #expect(try ids("Golden Phoenix", "--exact") == [2, 1])
    #expect(try ids("golden phoenix", "--exact") == [3])
    #expect(try ids("GOLDEN", "--exact") == [])
    let most = "\(Int.max)"
    for options in [["--exact"], ["--sort", "unit"], []] {
      let none = try command.run(["concordance", "a", "--skip", most, "--limit", most] + options)
      #expect(none.status == 0)
      #expect(none.errors.contains("no occurrence behind these \(most)"))
    }
    #expect(try ids("golden phoenix", "--limit", most, "--sort", "unit", "--skip", "1") == [2, 3])
    #expect(try ids("Golden Phoenix", "--limit", most, "--exact") == [2, 1])
  }

  @Test(arguments: [
    (["concordance"], "Give a text to look for, or --concept ID"),
    (["concordance", "a", "--concept", "b"], "Give a text to look for, or --concept ID"),
    (["concordance", "a", "--inconsistent"], "--inconsistent goes with --concept"),
    (["concordance", "--concept", "金凤凰", "--exact"], "--exact goes with a text"),
    (["concordance", "a", "--sort", "color"], "color"),
    (["concordance", "a", "--width", "3"], "--width is 20 or more"),
    (["concordance", "a", "--width=-1"], "--width is 20 or more"),
    (["concordance", "a", "--renderings", "--no-counterparts"], "--no-counterparts"),
    (["concordance", "a", "--renderings", "--skip", "3"], "leave out --skip"),
    (["concordance", "a", "--renderings", "--sort", "newest"], "leave out --sort"),
    (["concordance", "--concept", "none"], "no concept has the id or the term 'none'"),
    (["concordance", "--concept", ""], "no concept has the id or the term ''"),
    (["concordance", " "], "the text is empty"),
  ])
  func whatCannotBeAskedIsToldSo(arguments: [String], message: String) throws {
    let result = try command.run(arguments)
    #expect(result.status == 2)
    #expect(result.errors.contains(message), "\(result.errors)")
    #expect(result.output.isEmpty)
  }
}
