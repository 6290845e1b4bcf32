import Bitext
import TestSupport
import Testing

@testable import Formats

@Suite struct POEditorTests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private static let entries: [(entry: String, filled: String, kinds: [String])] = [
    ("msgid \"one\"\nmsgstr \"\"\n", "msgid \"one\"\nmsgstr \"一\"\n", ["exact"]),
    (
      "msgid \"\"\n\"o\"\n\"ne\"\nmsgstr \"\"", "msgid \"\"\n\"o\"\n\"ne\"\nmsgstr \"一\"", ["exact"]
    ),
    (
      "msgctxt \"c\"\nmsgid \" one\\n\"\n\n  msgstr   \"\"\n\"\"  # x\n",
      "msgctxt \"c\"\nmsgid \" one\\n\"\n\n  msgstr   \" 一\\n\"  # x\n", ["exact"]
    ),
    (
      "msgid \"two\\nlines\"\nmsgstr \"\"\n",
      "msgid \"two\\nlines\"\nmsgstr \"两\\n行\"\n", ["exact"]
    ),
    (
      "msgid \"\"\n\"two\\n\"\n\"lines\"\nmsgstr \"\"\n",
      "msgid \"\"\n\"two\\n\"\n\"lines\"\nmsgstr \"\"\n\"两\\n\"\n\"行\"\n", ["exact"]
    ),
    (
      "#: a\nmsgid \"one more\"\nmsgstr \"\"\n",
      "#: a\n#, fuzzy\n#| msgid \"one <more\"\nmsgid \"one more\"\nmsgstr \"一\"\n", ["fuzzy"]
    ),
    (
      "#, no-wrap\nmsgid \"one more\"\nmsgstr \"\"\n",
      "#, fuzzy, no-wrap\n#| msgid \"one <more\"\nmsgid \"one more\"\nmsgstr \"一\"\n", ["fuzzy"]
    ),
    (
      "#, c-format\nmsgid \"%d files\"\nmsgstr \"\"\n",
      "#, c-format\nmsgid \"%d files\"\nmsgstr \"%d个文件\"\n", ["exact"]
    ),
    (
      "#, c-format\nmsgid \"%d file\"\nmsgid_plural \"%d files\"\nmsgstr[0] \"\"\n",
      "#, c-format\nmsgid \"%d file\"\nmsgid_plural \"%d files\"\nmsgstr[0] \"%d个文件\"\n", ["exact"]
    ),
    (
      "msgid \"one\"\nmsgid_plural \"%d files\"\nmsgstr[0] \"\"\nmsgstr[1] \"\"\n",
      "msgid \"one\"\nmsgid_plural \"%d files\"\nmsgstr[0] \"一\"\nmsgstr[1] \"%d个文件\"\n", ["exact"]
    ),
    // These stay.
    ("msgid \"one\"\nmsgstr \"某\"\n", "", ["translated"]),
    ("#, fuzzy\nmsgid \"one\"\nmsgstr \"某\"\n", "", ["translated"]),
    ("#, fuzzy\nmsgid \"one\"\nmsgstr \"\"\n", "", ["left fuzzyMark"]),
    ("msgid \"x\"\nmsgstr \"\"\n", "", ["missing"]),
    ("#~ msgid \"one\"\n#~ msgstr \"\"\n", "", []),
    ("#, python-brace-format\nmsgid \"Click {0} now\"\nmsgstr \"\"\n", "filled", ["exact"]),
    ("msgid \"a\"\nmsgid_plural \"one more\"\nmsgstr[0] \"\"\n", "", ["missing"]),
    (
      "msgid \"one\"\nmsgid_plural \"x\"\nmsgstr[0] \"\"\nmsgstr[1] \"\"\n", "", ["left plural"]
    ),
    (
      "msgid \"one\"\nmsgid_plural \"one\"\nmsgstr[0] \"\"\nmsgstr[1] \"\"\nmsgstr[2] \"\"\n", "",
      ["left plural"]
    ),
  ]

  @Test(arguments: entries.indices, ["\n", "\r\n"])
  func entriesAreFilled(index: Int, newline: String) throws {
    let (entry, expected, kinds) = Self.entries[index]
    let filler = ListedTranslations.usual
    let old = po(entry + "\n#~ msgid \"z\"\n#~ msgstr \"\"\n")
    let filled =
      expected == "filled"
      ? entry.replacing("msgstr \"\"", with: "msgstr \"{0}\"") : expected.isEmpty ? entry : expected
    let new = po(filled + "\n#~ msgid \"z\"\n#~ msgstr \"\"\n")
    // A template with nothing but a header holds no message.
    guard !kinds.isEmpty else { return }
    let content = try directory.filled(
      "a.po", old.replacing("\n", with: newline), filler)
    #expect(content == new.replacing("\n", with: newline))
    #expect(filler.kinds == kinds)
  }

  @Test(arguments: [
    ("c-format", "%s of %d", "%d之%s", false), ("c-format", "%s of %d", "%2$d之%1$s", true),
    ("c-format", "%s", "百分之%s%%", true), ("c-format", "100%% %s", "%s", true),
    ("c-format", "%s", "无", false), ("c-format", "%5.2f", "%f", true),
    ("c-format", "%ld", "%d", false), ("c-format", "%*d", "%d", false),
    ("python-format", "%(a)s %(b)d", "%(b)d%(a)s", true),
    ("python-format", "%(a)s", "%(A)s", false), ("python-brace-format", "{a} {b}", "{b}{a}", true),
    ("python-brace-format", "{a} {{b}}", "{a}", true),
    ("python-brace-format", "{} {}", "{}", false),
    ("no-c-format", "%s", "无", true), ("c-format", "%", "%", true),
    ("python-brace-format", "{", "{", true),
  ])
  func placeholdersMustAgree(format: String, source: String, target: String, agrees: Bool) throws {
    let filler = ListedTranslations([source: target])
    let content = try directory.filled(
      "a.po", po("#, \(format)\nmsgid \"\(source)\"\nmsgstr \"\"\n"), filler)
    #expect(filler.kinds == [agrees ? "exact" : "left placeholders"])
    #expect(content.contains("msgstr \"\(target)\"") == agrees)
  }

  @Test func longLinesBreakAsThoseOfTheFileDo() throws {
    let long = (1...30).map { "word\($0)" }.joined(separator: " ")
    let chinese = String(repeating: "重庆果园港，", count: 12)
    let filler = ListedTranslations(["one": long, "two": chinese])
    let wrapped = try directory.filled(
      "a.po", po("msgid \"one\"\nmsgstr \"\"\n\nmsgid \"two\"\nmsgstr \"\"\n"), filler)
    for line in wrapped.split(separator: "\n") {
      let columns = line.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x3000 ? 2 : 1) }
      #expect(columns <= 79)
      #expect(!line.hasPrefix("\"，"))
    }
    let text = try directory.bilingual("b.po", wrapped)
    #expect(text.summaries == ["one | \(long)", "two | \(chinese)"])
    let unwrapped = try directory.filled(
      "c.po", po("msgid \"\(long)\"\nmsgstr \"\"\n\nmsgid \"two\"\nmsgstr \"\"\n"), filler)
    #expect(unwrapped.contains("msgstr \"\(chinese)\"\n"))
  }

  @Test func whatTheEncodingLacksIsLeft() throws {
    let filler = ListedTranslations(["one": "é", "two": "二"])
    let old = po(
      "msgid \"one\"\nmsgstr \"\"\n\nmsgid \"two\"\nmsgstr \"\"\n", charset: "ISO-8859-1")
    let new = try directory.filled("a.po", old.utf8, filler)
    #expect(filler.kinds == ["exact", "left encoding"])
    #expect(new.ranges(of: Array("msgstr \"".utf8) + [0xE9, 0x22]).count == 1)
    #expect(new.count == old.utf8.count + 1)
  }

  @Test(.enabled(if: Judge("msgfmt") != nil, "msgfmt is not installed"))
  func gettextReadsWhatIsWritten() throws {
    let judge = try #require(Judge("msgfmt"))
    let filler = ListedTranslations.usual
    filler.exact["tab"] = "“引号”\"\\ \t\u{1}2"
    let entries = Self.entries.filter { !$0.kinds.isEmpty }.enumerated().map { index, entry in
      // Each with a context of its own, so that none is there twice.
      entry.entry.replacing(
        "msgid ", with: "msgctxt \"\(index)\"\nmsgid ", maxReplacements: 1)
    }.filter { !$0.contains("msgctxt \"c\"") && !$0.contains("msgstr[2]") }
      .filter { !$0.contains("msgstr[1]") }
    let old = po(
      "msgid \"tab\"\nmsgstr \"\"\n\n" + entries.joined(separator: "\n\n")
    ).replacing(
      "\"Content-Type", with: "\"Plural-Forms: nplurals=1; plural=0;\\n\"\n\"Content-Type")
    let path = try directory.file("a.po", old)
    #expect(try judge.complaint(["-c", "-o", "/dev/null", path]) == "")
    let new = try directory.filled("a.po", old, filler)
    let filled = try directory.file("b.po", new)
    #expect(try judge.complaint(["-c", "-o", "/dev/null", filled]) == "")
    #expect(filler.kinds.contains("exact") && filler.kinds.contains("fuzzy"))
    let text = try directory.bilingual("b.po", new)
    #expect(text.summaries.first == "tab | “引号”\"\\ \t\u{1}2")
  }
}
