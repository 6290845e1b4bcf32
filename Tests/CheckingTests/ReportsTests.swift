import Bitext
import Segmentation
import Testing

@testable import Checking

@Suite struct ReportsTests {
  /// Files in memory.
  struct Sources: SourceLines {
    var files: [String: String]

    func lines(of file: String) -> LineIndex? {
      files[file].map { text in
        LineIndex(
          DecodedText(
            utf8: Array(text.utf8), encoding: "UTF-8",
            positions: PositionMap(verbatim: text.utf8.count)))
      }
    }
  }

  private let sources = Sources(files: [
    "a.en.md": "# News\n\nThe river sanctuary has birds.\n", "a.zh.md": "如今，广阳岛上有鸟。\n",
  ])

  private let missing = Diagnostic(
    rule: "missing-term", severity: .error, message: "“广阳岛” is not rendered here",
    location: Location(file: "a.en.md", range: 8..<38),
    source: Diagnostic.Evidence(location: Location(file: "a.zh.md", range: 9..<18), text: "广阳岛"),
    concept: "c1", term: "广阳岛", expected: ["Guangyang Isle"])

  @Test func jsonHasThePromisedShape() {
    #expect(
      missing.json(sources)
        == #"{"rule":"missing-term","severity":"error","message":"“广阳岛” is not rendered here","file":"a.en.md","start":{"line":3,"column":1,"offset":8},"end":{"line":3,"column":31,"offset":38},"source":{"file":"a.zh.md","start":{"line":1,"column":4,"offset":9},"end":{"line":1,"column":7,"offset":18},"text":"广阳岛"},"concept":"c1","term":"广阳岛","found":null,"expected":["Guangyang Isle"],"fix":null}"#
    )
  }

  @Test func jsonOfAOneSidedFindingHasAFix() {
    let style = Diagnostic(
      rule: "term-style", severity: .warning, message: "m",
      location: Location(file: "a.zh.md", range: 9..<18), term: "广阳岛", found: "广阳岛",
      expected: ["广阳島"], replacement: "广阳島")
    let json = style.json(sources)
    #expect(json.contains(#""source":null,"concept":null"#))
    #expect(json.contains(#""fix":{"replacement":"广阳島"}"#))
  }

  @Test func textShowsBothSidesWithCarets() {
    #expect(
      TextReport().text(missing, sources) == """
        a.en.md:3:1: error[missing-term]: “广阳岛” is not rendered here
         3 | The river sanctuary has birds.
           | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          source a.zh.md:1:4
         1 | 如今，广阳岛上有鸟。
           |       ^^^^^^
          expected Guangyang Isle


        """)
  }

  @Test func longLineIsCutAroundThePlace() {
    let line = String(repeating: "x", count: 200) + "HERE" + String(repeating: "y", count: 200)
    let excerpt = Excerpt(Array(line.utf8), line: 0..<404, marked: 200..<204, width: 40)
    #expect(excerpt.text.hasPrefix("…x"))
    #expect(excerpt.text.hasSuffix("y…"))
    #expect(excerpt.text.unicodeScalars.count == 42)
    let column = excerpt.text.unicodeScalars.firstIndex(of: "H").map {
      excerpt.text.unicodeScalars.distance(from: excerpt.text.unicodeScalars.startIndex, to: $0)
    }
    #expect(excerpt.indent.count == column)
    #expect(excerpt.carets == "^^^^")
  }

  @Test func escapeSequencesOfADocumentAreMadeVisible() {
    let sources = Sources(files: ["a": "bad \u{1B}[31m term\u{202E}\n"])
    let diagnostic = Diagnostic(
      rule: "r", severity: .info, message: "m \u{1B}]52;c;x\u{7}",
      location: Location(file: "a", range: 10..<14), term: "term")
    let text = TextReport().text(diagnostic, sources)
    #expect(
      !text.unicodeScalars.contains { $0.value == 0x1B || $0.value == 7 || $0.value == 0x202E })
    #expect(text.contains("␛[31m"))
  }

  @Test func summaryCountsBySeverity() {
    var warning = missing
    warning.severity = .warning
    #expect(TextReport.summary([missing]) == "1 finding in 1 file: 1 error")
    #expect(
      TextReport.summary([missing, warning, warning]) == "3 findings in 1 file: 1 error, 2 warnings"
    )
  }
}
