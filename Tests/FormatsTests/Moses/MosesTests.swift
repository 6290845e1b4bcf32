import Bitext
import TestSupport
import Testing

@testable import Formats

@Suite struct MosesTests {
  let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private func unit(_ source: String, _ target: String) -> TranslationUnit {
    TranslationUnit(
      sourceLanguage: .english, targetLanguage: .simplifiedChinese, source: source, target: target,
      origin: "a")
  }

  private func read(
    _ source: [UInt8], _ target: [UInt8], names: (String, String) = ("a.en", "a.zh-Hans"),
    languages: (LanguageTag?, LanguageTag?) = (nil, nil), encoding: String? = nil
  ) throws -> (units: [TranslationUnit], lonely: Int) {
    let pair = MosesPair(
      source: try directory.file(names.0, source), target: try directory.file(names.1, target))
    var units: [TranslationUnit] = []
    let lonely = try pair.forEachUnit(languages: languages, encoding: encoding) { units.append($0) }
    return (units, lonely)
  }

  @Test func linesArePairs() throws {
    let (units, lonely) = try read(
      Array("one\r\n\ntwo\n\nthree\n".utf8), Array("一\n\n二\n三\n\n".utf8))
    #expect(units == [unit("one", "一"), unit("two", "二")])
    #expect(lonely == 2)
    #expect(try read(Array("one".utf8), Array("一".utf8)).units == [unit("one", "一")])
    #expect(try read([], []).units == [])
  }

  @Test func encodingsAndMarksAreThoseOfTheFiles() throws {
    let wide = TestEncoding.utf16LittleEndian.file("一\n二\n")
    let (units, _) = try read([0xEF, 0xBB, 0xBF] + Array("one\ntwo\n".utf8), wide)
    #expect(units == [unit("one", "一"), unit("two", "二")])
    let gb18030: [UInt8] = [0xB8, 0xDB, 0xBF, 0xDA, 0x0A]
    #expect(
      try read(Array("port\n".utf8), gb18030, encoding: "GB18030").units == [unit("port", "港口")])
  }

  @Test func languagesAreOptionsThenNamesThenScripts() throws {
    let texts = (Array("the port is open\n".utf8), Array("这个港口开放\n".utf8))
    let named = try read(texts.0, texts.1, names: ("a.en-GB", "a.zh_TW")).units[0]
    #expect(try named.sourceLanguage == tag("en-GB"))
    #expect(try named.targetLanguage == tag("zh-TW"))
    let told = try read(texts.0, texts.1, names: ("left", "right")).units[0]
    #expect(told.sourceLanguage == .english && told.targetLanguage == .simplifiedChinese)
    let given = try read(texts.0, texts.1, languages: (try tag("en-US"), try tag("zh-CN"))).units[0]
    #expect(given.sourceLanguage == (try tag("en-US")))
    let trouble = #expect(throws: Trouble.self) {
      try read(texts.0, texts.0, names: ("left", "right"))
    }
    #expect(trouble?.message.contains("are both in en") == true)
  }

  @Test func filesOfDifferentLengthAreTrouble() throws {
    let trouble = #expect(throws: Trouble.self) {
      try read(Array("one\ntwo\n".utf8), Array("一\n".utf8))
    }
    #expect(trouble?.message.contains("ends at line 1") == true)
    #expect(trouble?.file == directory.path("a.zh-Hans"))
  }

  @Test func aLaterLineOfAnotherEncodingIsNamed() throws {
    let long = [UInt8](repeating: 0x61, count: 200_000)
    let trouble = #expect(throws: Trouble.self) {
      try read(long + [0x0A, 0xB8, 0xDB, 0x0A], long + [0x0A, 0x62, 0x0A])
    }
    #expect(trouble?.line == 2 && trouble?.message.contains("no UTF-8") == true)
  }

  @Test func pairsAreTakenOutOfAList() {
    var paths = [
      "x.csv", "b/a.zh", "a.en", "t.po", "b/a.en", "-", "a.md", "c.en", "a.zh-Hans", "c.en2",
    ]
    let pairs = MosesPair.take(from: &paths)
    #expect(
      pairs == [
        MosesPair(source: "b/a.zh", target: "b/a.en"),
        MosesPair(source: "a.en", target: "a.zh-Hans"),
      ])
    #expect(paths == ["x.csv", "t.po", "-", "a.md", "c.en2", "c.en"])
  }

  @Test func everyUnitComesBackOnOneLine() throws {
    var generator = SeededGenerator(seed: 61)
    let pieces = [
      "a", "术", " ", "\t", "\n", "\r", "\r\n", "\u{2028}", "\u{85}", "\u{B}", "é", "\"", "|||",
    ]
    var units: [TranslationUnit] = []
    for _ in 0..<2000 {
      units.append(
        unit(
          "s" + generator.text(of: pieces, upTo: 8) + "e",
          "始" + generator.text(of: pieces, upTo: 8) + "末"))
    }
    let files = ["a.en", "a.zh-Hans"].map { directory.path($0) }
    let outputs = try files.map { try OutputFile.replacing($0) }
    var writer = MosesWriter(source: outputs[0], target: outputs[1])
    for unit in units { try writer.write(unit) }
    for output in outputs { try output.finish() }
    #expect(writer.warnings.count == 1)
    let (read, lonely) = try read(
      try directory.bytes("a.en"), try directory.bytes("a.zh-Hans"))
    #expect(lonely == 0)
    func flat(_ text: String) -> String {
      text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        .joined(separator: " ")
    }
    #expect(
      read.map { flat($0.source) + flat($0.target) }
        == units.map { flat($0.source) + flat($0.target) })
    #expect(read.map(\.source) == read.map { flat($0.source) })
  }
}
