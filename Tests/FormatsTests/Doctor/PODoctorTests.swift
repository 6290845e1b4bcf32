import Bitext
import TestSupport
import Testing

@testable import Formats

@Suite struct PODoctorTests {
  let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  static let header = #"""
    msgid ""
    msgstr ""
    "Project-Id-Version: p\n"
    "PO-Revision-Date: 2026-05-18 09:30+0000\n"
    "Last-Translator: t\n"
    "Language-Team: t\n"
    "Language: zh_CN\n"
    "MIME-Version: 1.0\n"
    "Content-Type: text/plain; charset=UTF-8\n"
    "Content-Transfer-Encoding: 8bit\n"
    "Plural-Forms: nplurals=1; plural=0;\n"


    """#

  static let bodies: [(marked: String, repaired: String)] = [
    (
      "msgid \"a\"\n⟦broken-string⟧msgstr \"甲\n",
      "msgid \"a\"\nmsgstr \"甲\"\n"
    ),
    (
      "⟦broken-string⟧msgid \"say \"a\"\"\r\nmsgstr \"甲\"\r\n",
      "msgid \"say \\\"a\\\"\"\r\nmsgstr \"甲\"\r\n"
    ),
    (
      "msgid \"a\"\n⟦broken-string⟧msgstr \"\\甲\"\n",
      "msgid \"a\"\nmsgstr \"\\\\甲\"\n"
    ),
    (
      "msgid \"a\\n\"\n⟦format-mismatch⟧msgstr \"甲\"\n",
      "msgid \"a\\n\"\nmsgstr \"甲\\n\"\n"
    ),
    (
      "msgid \"a\"\nmsgstr \"\"\n\"甲\"\n⟦format-mismatch⟧\"\\n\"\n",
      "msgid \"a\"\nmsgstr \"\"\n\"甲\"\n\"\"\n"
    ),
    (
      "# remark\nmsgid \"a\"\nmsgstr \"甲\"\n⟦stray-content⟧what\n\n",
      "# remark\nmsgid \"a\"\nmsgstr \"甲\"\n# what\n\n"
    ),
    (
      "msgid \"a\"\nmsgstr \"甲\"\n\n⟦duplicate-message⟧msgid \"a\"\nmsgstr \"乙\"\n",
      "msgid \"a\"\nmsgstr \"甲\"\n\n# msgid \"a\"\n# msgstr \"乙\"\n"
    ),
    (
      "⟦missing-segment⟧msgid \"a\"\n",
      "msgid \"a\"\nmsgstr \"\"\n"
    ),
    (
      "msgid \"a\"\nmsgstr \"甲⟦illegal-character⟧\u{1}\"\n",
      "msgid \"a\"\nmsgstr \"甲\"\n"
    ),
  ]

  @Test(arguments: bodies)
  func faultsAreNamedAndMended(marked: String, repaired: String) throws {
    let file = MarkedFile(Self.header + marked)
    let examination = try Examination(file.text.utf8, in: directory, name: "m.po")
    #expect(examination.findings.map(\.asExpected) == file.expected)
    #expect(examination.repairedText == Self.header + repaired)
    #expect(try examination.second() == [])
    if let judge = Judge("msgfmt") {
      #expect(
        try judge.complaint(["-c", "-o", "/dev/null", examination.repairedPath]) == "")
    }
  }

  @Test func aHeaderIsWrittenWhereThereIsNone() throws {
    let examination = try Examination(
      "msgid \"a\"\nmsgstr \"甲\"\n".utf8, in: directory, name: "m.po")
    #expect(examination.findings.map(\.rule) == [.missingHeader])
    if let judge = Judge("msgfmt") {
      #expect(try judge.complaint(["-c", "-o", "/dev/null", examination.repairedPath]) == "")
    }
  }

  @Test(arguments: [
    ("c-format", "%d of %s", "%s 中", true), ("c-format", "%d of %s", "%2$s 中 %1$d", true),
    ("c-format", "100%% of %s", "%s 的 100%%", false),
    ("python-format", "%(a)s %(b)d", "%(b)d、%(a)s", false),
    ("python-format", "%(a)s", "%(c)s", true),
    ("python-brace-format", "{a} {{b}} {0}", "{0} {a}", false),
    ("python-brace-format", "{a}", "{", true),
  ])
  func placeholdersAreCompared(flag: String, source: String, target: String, isFound: Bool) throws {
    let text = Self.header + "#, \(flag)\nmsgid \"\(source)\"\nmsgstr \"\(target)\"\n"
    let examination = try Examination(text.utf8, in: directory, name: "m.po")
    #expect(examination.findings.map(\.rule) == (isFound ? [.formatMismatch] : []))
    #expect(examination.repairedText == text)
    let fuzzy = text.replacing("#, ", with: "#, fuzzy, ")
    #expect(try Examination(fuzzy.utf8, in: directory, name: "f.po").findings == [])
  }

  @Test func pluralFormsAreCounted() throws {
    let text =
      Self.header
      + "msgid \"a\"\nmsgid_plural \"b\"\nmsgstr[0] \"甲\"\nmsgstr[1] \"乙\"\n"
    let examination = try Examination(text.utf8, in: directory, name: "m.po")
    #expect(examination.findings.map(\.rule) == [.missingVariant])
  }

  @Test func whatHoldsNoMessageIsTrouble() throws {
    let path = try directory.file("m.po", "hello\n")
    #expect(throws: Trouble.self) { try ExchangeDoctor.examine(path) }
  }
}
