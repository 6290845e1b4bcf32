import Bitext
import Segmentation
import Testing

@testable import Documents

@Suite struct KeyedDocumentTests {
  @Test(arguments: [
    ("en.json", true, "en", "./*.json"), ("i18n/zh-CN.json", true, "zh-CN", "i18n/*.json"),
    ("lib/l10n/app_en.arb", true, "en", "lib/l10n/app_*.arb"),
    ("lib/l10n/app_zh_Hant.arb", true, "zh_Hant", "lib/l10n/app_*.arb"),
    ("locales/en/common.json", true, "en", "locales/*/common.json"),
    ("_locales/zh_CN/messages.json", true, "zh_CN", "_locales/*/messages.json"),
    ("config/locales/devise.zh-CN.yml", true, "zh-CN", "config/locales/devise.yml"),
    ("config/locales/zh.yaml", true, "zh", "config/locales/*.yaml"),
    ("package.json", false, nil, "package.json"),
    ("docs/en/package.json", false, "en", "docs/*/package.json"),
    ("tsconfig.json", false, nil, "tsconfig.json"),
    ("docker-compose.yml", false, nil, "docker-compose.yml"),
    (".github/workflows/ci.yml", false, nil, ".github/workflows/ci.yml"),
    ("en.md", false, "en", "./*.md"),
    ("data/no.json", false, nil, "data/no.json"), ("my-app.json", false, nil, "my-app.json"),
  ])
  func namesTell(path: String, isKeyed: Bool, language: String?, stem: String) {
    #expect(KeyedDocument.isKeyed(path) == isKeyed)
    #expect(KeyedName(path).language?.description == language)
    #expect(KeyedName(path).stem == stem)
  }

  @Test(arguments: [
    ("a.json", #"{"a": "x", "b": {"c": "y"}, "n": 1}"#, true),
    ("a.json", #"{"a": 1, "b": "x"}"#, false),
    ("a.json", #"["a"]"#, false), ("a.json", "{}", false), ("a.json", "{", false),
    ("a.yml", "a: x\nb: y\n", true), ("a.yml", "a: 1\nb: true\nc: x\n", false),
    ("a.yml", "text\n", false),
  ])
  func contentTells(file: String, content: String, looksKeyed: Bool) throws {
    let text = try decodeText(Array(content.utf8), file: file)
    #expect(KeyedDocument.looksKeyed(text, file: file) == looksKeyed)
  }

  @Test(arguments: [
    ("x.json", #"{"a": "这些模型"}"#, "zh-Hans"), ("x.json", #"{"zh-TW": {"a": "甲"}}"#, "zh-TW"),
    ("x.arb", #"{"@@locale": "zh", "a": "甲"}"#, "zh-Hans"), ("zh_CN.json", #"{"a": "甲"}"#, "zh_CN"),
    ("x.yml", "en:\n  a: the one\n", "en"), ("x.json", #"{"n": 1}"#, "en"),
  ])
  func languageIsToldByTheFile(file: String, content: String, language: String) throws {
    #expect(try Messages(content, as: file, language: nil).prose.language.description == language)
  }

  @Test func aWrongLanguageIsTrouble() throws {
    let trouble = #expect(throws: Trouble.self) {
      try Messages(#"{"a": "This is a long text in English"}"#, as: "zh.json", language: nil)
    }
    #expect(trouble?.message.contains("is said to be in zh") == true)
    #expect(throws: Trouble.self) { try Messages(#"{"a": "12345"}"#, as: "x.json", language: nil) }
  }

  @Test func theReaderOfDocumentsReadsThem() throws {
    let prose = try read(#"{"a": "the one"}"#, as: "en.json")
    #expect(prose.blocks.map(\.identifier) == ["a"])
  }

  // MARK: Pairing

  private func beads(_ left: String, _ right: String) throws -> [String] {
    let sides = (
      SentenceSegmenter.blocks(of: try Messages(left, as: "en.json").prose),
      SentenceSegmenter.blocks(of: try Messages(right, as: "en.json").prose)
    )
    let beads = KeyedPairing.beads(sides.0, sides.1)
    // Every segment is in exactly one bead.
    #expect(beads.flatMap(\.source).sorted() == Array(sides.0.segments.indices))
    #expect(beads.flatMap(\.target).sorted() == Array(sides.1.segments.indices))
    return beads.map { bead in
      sides.0.text(bead.source) + "|" + sides.1.text(bead.target) + (bead.isMoved ? " moved" : "")
    }
  }

  @Test(arguments: [
    (#"{"a": "1x", "b": "2x"}"#, #"{"a": "1y", "b": "2y"}"#, ["1x|1y", "2x|2y"]),
    (#"{"a": "1x", "b": "2x"}"#, #"{"b": "2y", "a": "1y"}"#, ["1x|1y", "2x|2y moved"]),
    (
      #"{"a": "1x", "b": "2x", "c": "3x"}"#, #"{"c": "3y", "a": "1y"}"#,
      ["1x|1y", "2x|", "3x|3y moved"]
    ),
    (#"{"a": "1x"}"#, #"{"z": "0y", "a": "1y", "b": "2y"}"#, ["|0y", "1x|1y", "|2y"]),
    (#"{}"#, #"{"a": "1y"}"#, ["|1y"]), (#"{"a": "1x"}"#, #"{}"#, ["1x|"]),
    (#"{"a": {"b": "1x"}}"#, #"{"a.b": "1y"}"#, ["1x|1y"]),
    (
      #"{"f_one": "a file", "f_other": "files", "g": "x"}"#, #"{"f_other": "文件", "g": "y"}"#,
      ["a file files|文件", "x|y"]
    ),
    (#"{"f": {"one": "a", "other": "b"}}"#, #"{"f": {"other": "甲"}}"#, ["a b|甲"]),
    (#"{"f": "a", "f_plural": "b"}"#, #"{"f": "甲"}"#, ["a b|甲"]),
    (#"{"f_other": "b"}"#, #"{"f_one": "c", "f_other": "d"}"#, ["b|c d"]),
    (#"{"f_one": "a"}"#, #"{"g": "y"}"#, ["|y", "a|"]),
    (#"{"a": "x", "a": "z"}"#, #"{"a": "y"}"#, ["x|y", "z|"]),
  ])
  func messagesOfOneNameGoTogether(left: String, right: String, expected: [String]) throws {
    #expect(try beads(left, right) == expected)
  }
}
