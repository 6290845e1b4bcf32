import Bitext
import Testing

@testable import Documents

@Suite struct DocumentLanguageTests {
  private static let names: [(path: String, language: String?, stem: String)] = [
    ("a.en.md", "en", "./a.md"), ("a.zh-CN.md", "zh-CN", "./a.md"),
    ("docs/a.zh_Hans.txt", "zh_Hans", "docs/a.txt"), ("zh/a.md", "zh", "*/a.md"),
    ("docs/zh-TW/x/a.md", "zh-TW", "docs/*/x/a.md"), ("README.zh", "zh", "./README"),
    ("a.md", nil, "a.md"), ("is.md", nil, "is.md"), ("go/to/a.md", nil, "go/to/a.md"),
    ("v1.2.md", nil, "v1.2.md"), ("en.md", nil, "en.md"),
  ]

  @Test(arguments: names.indices)
  func nameTellsTheLanguage(index: Int) {
    let (path, language, stem) = Self.names[index]
    let name = DocumentName(path)
    #expect(name.language?.description == language)
    #expect(name.stem == stem)
  }

  @Test func optionThenDeclarationThenNameThenScriptDecides() throws {
    let declared = "---\nlang: en-GB\n---\nThe colour of the park is green in spring.\n"
    #expect(try read(declared, as: "a.en.md").language.description == "en-GB")
    #expect(
      try read(declared, as: "a.en.md", DocumentOptions(language: LanguageTag("en-US"))).language
        .description == "en-US")
    #expect(try read("A park.", as: "a.en-NZ.md").language.description == "en-NZ")
    #expect(try read("A park.", as: "a.md").language == .english)
    #expect(try read("这座公园今天开园", as: "a.md").language == .simplifiedChinese)
    #expect(try read("這座公園今天開園", as: "a.md").language == .traditionalChinese)
    let open = try read("公", as: "a.md", DocumentOptions(chinese: .traditionalChinese))
    #expect(open.language == .traditionalChinese)
  }

  @Test func textThatContradictsItsLanguageIsTrouble() {
    #expect(throws: Trouble.self) {
      try read("This is an English sentence, whatever its name says.", as: "a.zh.md")
    }
    #expect(throws: Trouble.self) {
      try read("这是一段中文，名字却说它是英文，当然不对，请改正。", as: "a.en.md")
    }
    // A page of code and names with some Chinese is Chinese all the same.
    #expect(throws: Never.self) {
      try read("使用 Swift Package Manager 编译 concord，命令行工具", as: "a.zh.md")
    }
  }

  @Test func numbersAloneNeedALanguage() throws {
    #expect(throws: Trouble.self) { try read("12 345 — 6", as: "a.txt") }
    #expect(try read("", as: "a.txt").blocks.isEmpty)
  }
}
