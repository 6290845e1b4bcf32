import Bitext
import TestSupport
import Testing

@testable import Formats

@Suite struct POTests {
  let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private static let translated = "msgid \"last\"\nmsgstr \"末\"\n"

  static let entries: [(text: String, pairs: [String])] = [
    ("msgid \"one\"\nmsgstr \"一\"\n\n", ["one | 一"]),
    ("msgid \"\"\n\"one \"\n\n\"two\"\nmsgstr\n\"一\"\"二\"\n\n", ["one two | 一二"]),
    (#"msgid "a\tb\\c \"d\" \101\x42\n""# + "\nmsgstr \"甲\"\n\n", ["a\tb\\c \"d\" AB | 甲"]),
    (#"msgid "x""# + "\n" + #"msgstr "\344\270\200\xE4\xBA\x8C""# + "\n\n", ["x | 一二"]),
    ("msgid \"one\"\nmsgstr \"\"\n\n", ["one | "]),
    ("msgctxt \"menu\"\nmsgid \"one\"\nmsgstr \"一\"\n", ["one | 一"]),
    ("msgctxt \"\"\nmsgid \"\"\nmsgstr \"空\"\n", [" | 空"]),
    (
      "msgid \"one file\"\nmsgid_plural \"%d files\"\nmsgstr[0] \"%d 个文件\"\n",
      ["%d files | %d 个文件"]
    ),
    (
      "msgid \"一个文件\"\nmsgid_plural \"多个文件\"\nmsgstr[0] \"a file\"\nmsgstr[1] \"files\"\n",
      ["一个文件 | a file", "多个文件 | files"]
    ),
    ("#, fuzzy\nmsgid \"one\"\nmsgstr \"二\"\n\n", []),
    ("#, c-format, fuzzy\n#| msgid \"old\"\nmsgid \"one\"\nmsgstr \"二\"\n", []),
    ("#~ msgid \"one\"\n#~ msgstr \"一\"\n#~| msgid \"x\"\n\n", []),
    ("msgid \"one\"\nmsgstr \"一\"\nmsgid \"two\"\nmsgstr \"二\"\n", ["one | 一", "two | 二"]),
    ("domain \"other\"\nmsgid \"one\"\nmsgstr \"一\"\n", ["one | 一"]),
    ("msgid \"one\"\r\n\"\"\r\nmsgstr \"一\"\r\n\r\n# end\r\n", ["one | 一"]),
    ("  msgid   \"one\"\n\tmsgstr \"一\"\n", ["one | 一"]),
  ]

  @Test(arguments: entries.indices)
  func entriesArePairs(index: Int) throws {
    let (entry, pairs) = Self.entries[index]
    let text = try directory.bilingual("a.po", po(entry + Self.translated))
    #expect(text.summaries == pairs + ["last | 末"])
    #expect(!text.isAligned)
  }

  @Test func fuzzyEntriesCountWhereNothingElseIsTranslated() throws {
    let fuzzy = "#, fuzzy\nmsgid \"one\"\nmsgstr \"一\"\n\n"
    let text = try directory.bilingual("a.po", po(fuzzy + "msgid \"two\"\nmsgstr \"\"\n"))
    #expect(text.summaries == ["one | 一", "two | "])
  }

  @Test func aTemplateHasEmptyTargets() throws {
    let text = try directory.bilingual(
      "a.pot",
      po(
        "#, fuzzy\nmsgid \"one\"\nmsgstr \"\"\n\nmsgid \"two\"\nmsgstr \"\"\n", language: nil,
        charset: "CHARSET"))
    #expect(text.summaries == ["one | ", "two | "])
    #expect(text.source.language == .english && text.target.language == .simplifiedChinese)
  }

  @Test func anEmptyTranslationIsBetweenItsQuotes() throws {
    let content = po("msgid \"one\"\nmsgstr \"\"\n\nmsgid \"two\"\nmsgstr \"\"\n\"\"\n")
    let text = try directory.bilingual("a.po", content)
    let bytes = Array(content.utf8)
    let expected = bytes.ranges(of: Array("msgstr \"\"".utf8)).dropFirst().map { $0.upperBound - 1 }
    let places = text.target.segments.map { text.target.prose.positions.source($0.range) }
    #expect(places == expected.map { $0..<$0 })
  }

  @Test func remarksStandBeforeTheirEntry() throws {
    let content = po(
      "# translator\n#. extracted\n#: a.c:1 b.c:2\n#, c-format\n#| msgid \"old\"\nmsgid \"one\"\n"
        + "msgstr \"一\"\n\n# on fuzzy\n#, fuzzy\nmsgid \"x\"\nmsgstr \"y\"\n\n# gone\n#~ msgid \"z\"\n\n"
        + "#second\nmsgid \"two\"\nmsgstr \"二\"\n\n# last\n")
    let text = try directory.bilingual("a.po", "# top\n" + content)
    for side in [text.source, text.target] {
      let prose = side.prose
      #expect(
        prose.commentTexts
          == ["top", "translator", "extracted", "a.c:1 b.c:2", "c-format", "second", "last"])
      let second = side.segments[1].range.lowerBound
      #expect(prose.comments.map(\.place) == [0, 0, 0, 0, 0, second, prose.utf8.count])
      let bytes = Array(("# top\n" + content).utf8)
      #expect(String(decoding: bytes[prose.comments[2].range], as: UTF8.self) == "#. extracted")
    }
  }

  @Test(arguments: [
    (po("msgid \"a\"\nmsgstr \"甲\"\n", language: "zh_TW.UTF-8"), "en", "zh_TW"),
    (
      po("msgid \"a\"\nmsgstr \"甲\"\n", language: "zh_CN@x\\n\"\n\"X-Source-Language: de"), "de",
      "zh_CN"
    ),
    (po("msgid \"the models\"\nmsgstr \"这些模型\"\n", language: nil), "en", "zh-Hans"),
    (
      po("msgid \"the models\"\nmsgstr \"這些模型\"\n", language: "Chinese (traditional)"), "en",
      "zh-Hant"
    ),
    (po("msgid \"这些模型\"\nmsgstr \"the models\"\n", language: "en"), "zh-Hans", "en"),
  ])
  func languages(content: String, source: String, target: String) throws {
    let text = try directory.bilingual("a.po", content)
    #expect(text.source.language == (try tag(source)))
    #expect(text.target.language == (try tag(target)))
  }

  /// The entries start on line 6 of the file.
  @Test(arguments: [
    (#"msgid "a \q b""# + "\nmsgstr \"\"\n", 6, 10, "'\\q' is no escape"),
    (#"msgid "甲 \x""# + "\nmsgstr \"\"\n", 6, 10, "'\\x' is no escape"),
    (#"msgid "a \777""# + "\nmsgstr \"\"\n", 6, 10, "'\\7' is no escape"),
    (#"msgid "a\"# + "\n\"\nmsgstr \"\"\n", 6, 9, "is no escape"),
    ("msgid \"a\nmsgstr \"\"\n", 6, 7, "has no quotation mark at its end"),
    ("msgid \"a\"\n\nmsgstr \"x", 8, 8, "has no quotation mark at its end"),
    (#"msgid "\xE4""# + "\nmsgstr \"\"\n", 6, 7, "make no text in UTF-8"),
    ("msgid \"a\"\n", 6, 1, "has no msgstr"), ("msgctxt \"a\"\n", 6, 1, "has no msgstr"),
    ("msgid \"a\"\nmsgid \"b\"\nmsgstr \"\"\n", 7, 1, "msgid stands where msgstr should"),
    ("msgstr \"a\"\n", 6, 1, "this msgstr has no msgid before it"),
    ("msgid_plural \"a\"\n", 6, 1, "this msgid_plural has no msgid before it"),
    ("msgid\nmsgstr \"a\"\n", 6, 1, "a string in quotation marks must follow msgid"),
    ("msgidd \"a\"\n", 6, 1, "'msgidd' is no keyword"),
    ("msgid \"a\"\nmsgstr[x] \"b\"\n", 7, 8, "expected a number and ']'"),
    ("<html>\n", 6, 1, "expected a comment, a keyword"),
    ("msgid \"a\"\nmsgstr \"b\"\n\"c\" d\n", 8, 5, "'d' is no keyword"),
  ])
  func brokenFilesNameLineAndColumn(entry: String, line: Int, column: Int, message: String) throws {
    let path = try directory.file("a.po", po(entry).utf8)
    let trouble = #expect(throws: Trouble.self) {
      try BilingualFile.read(path, languages: (nil, nil), warn: { _ in })
    }
    #expect(trouble?.file == path)
    #expect(trouble?.line == line, "\(trouble?.description ?? "")")
    #expect(trouble?.column == column, "\(trouble?.description ?? "")")
    #expect(trouble?.message.contains(message) == true, "\(trouble?.description ?? "")")
  }

  @Test func aFileWithoutMessagesOrLanguageIsTrouble() throws {
    for (content, message) in [
      ("", "holds no message"), ("# only a remark\n", "holds no message"),
      (po(""), "holds no unit"),
      (po("msgid \"a\"\nmsgstr \"123\"\n", language: nil), "does not say its language"),
    ] {
      let trouble = #expect(throws: Trouble.self) { try directory.bilingual("a.po", content) }
      #expect(trouble?.message.contains(message) == true, "\(trouble?.description ?? "")")
    }
  }
}
