import Bitext
import TestSupport
import Testing

@testable import Formats

@Suite struct POWriterTests {
  let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private func write(_ units: [TranslationUnit]) throws -> (path: String, warnings: [String]) {
    let path = directory.path("a.po")
    let output = try OutputFile.replacing(path)
    var writer = POWriter(to: output)
    try writer.writeHeader(
      source: .english, target: .simplifiedChinese, date: "2026-05-18T09:30:00Z", version: "1.0")
    for unit in units { try writer.write(unit) }
    try output.finish()
    return (path, writer.warnings.map(\.message))
  }

  private func unit(_ source: String, _ target: String) -> TranslationUnit {
    TranslationUnit(
      sourceLanguage: .english, targetLanguage: .simplifiedChinese, source: source, target: target)
  }

  private func read(_ path: String) throws -> [String] {
    var pairs: [String] = []
    _ = try BilingualFile.forEachTranslation(of: path, languages: (nil, nil), warn: { _ in }) {
      #expect($0.sourceLanguage == .english && $0.targetLanguage == .simplifiedChinese)
      pairs.append($0.source + " | " + $0.target)
    }
    return pairs
  }

  @Test func aMessageIsWrittenForEachUnit() throws {
    var first = unit("a \"b\" \\ c\td", "甲")
    first.note = "one\ntwo"
    first.origin = "x.txt"
    let (path, warnings) = try write([
      first, unit("two\nlines", "两\n行"), unit("a \"b\" \\ c\td", "乙"), unit("two\nlines", "两\n行"),
      unit("", "x"), unit("end\n", "末"), unit("bell\u{7}\r", "铃"),
    ])
    let body = try directory.text("a.po").split(separator: "\n\n", maxSplits: 1)[1]
    #expect(
      body == #"""
        # one
        # two
        #. x.txt
        msgid "a \"b\" \\ c\td"
        msgstr "甲"

        msgid ""
        "two\n"
        "lines"
        msgstr ""
        "两\n"
        "行"

        msgctxt "2"
        msgid "a \"b\" \\ c\td"
        msgstr "乙"

        msgid "end\n"
        msgstr "末\n"

        msgid "bell\007\r"
        msgstr "铃"

        """#)
    #expect(warnings.count == 3)
    #expect(
      try read(path) == [
        "a \"b\" \\ c\td | 甲", "two\nlines | 两\n行", "a \"b\" \\ c\td | 乙", "end\n | 末\n",
        "bell\u{7}\r | 铃",
      ])
  }

  private static let pieces = [
    "a", "%s", "%d", "\\", "\"", "\n", "\t", "\r", "\u{1}", "\u{7F}", "术语", "é", "🀄", "#", "#~",
    "msgid",
    " ", "{0}", "\\n", "\u{2028}",
  ]

  /// gettext itself takes what is written, and what is read is what was written.
  @Test func everyUnitComesBackAndGettextAgrees() throws {
    var generator = SeededGenerator(seed: 51)
    let judge = Judge("msgfmt")
    if judge == nil { print("no msgfmt: its judgement is skipped") }
    for round in 0..<40 {
      var units: [TranslationUnit] = []
      for number in 0..<1 + generator.below(20) {
        let source = generator.text(of: Self.pieces, upTo: 10) + "\(number)"
        let target = "译" + generator.text(of: Self.pieces, upTo: 10) + "末"
        units.append(unit(source.drop(\.isNewline), target))
      }
      let (path, warnings) = try write(units)
      #expect(warnings == [])
      #expect(try read(path) == units.map { $0.source + " | " + $0.target })
      if round < 12, let judge {
        #expect(try judge.complaint(["-c", "-o", "/dev/null", path]) == "")
      }
    }
  }

  @Test func gettextAgreesWithWhatHadToBeMended() throws {
    guard let judge = Judge("msgfmt") else {
      print("skipped: no msgfmt")
      return
    }
    let (path, _) = try write([
      unit("\na\n", "甲"), unit("b", "\n乙\n\n"), unit("c\n", "丙\n"), unit("a", "1"), unit("a", "2"),
      unit("a", "2"),
    ])
    #expect(try judge.complaint(["-c", "-o", "/dev/null", path]) == "")
  }

  @Test func translateToolkitReadsIt() throws {
    guard let python = Judge.python(with: "translate") else {
      print("skipped: no python3 with translate-toolkit (CONCORD_PYTHON names one)")
      return
    }
    let (path, _) = try write([unit("two\nlines \"x\"", "两\n行"), unit("a", "甲"), unit("a", "乙")])
    let script = """
      import sys
      from translate.storage.pypo import pofile
      units = [(u.source, u.target) for u in pofile.parsefile(sys.argv[1]).units if not u.isheader()]
      assert units == [("two\\nlines \\"x\\"", "两\\n行"), ("a", "甲"), ("a", "乙")], units
      """
    #expect(try python.complaint(["-c", script, path]) == "")
  }
}

extension String {
  /// Without what stands at its start.
  fileprivate func drop(_ isLeftOut: (Character) -> Bool) -> String {
    String(drop(while: isLeftOut))
  }
}
