import Bitext
import Segmentation
import Testing

@testable import Checking

/// Reports of documents that were written to break them.
@Suite struct ReportsEscapingTests {
  /// Marks of every report, an escape sequence, a bidirectional override and a line break.
  private static let hostile =
    "</mark><script>alert('x')</script>\u{1B}[31m\u{202E}evil\u{202C} [a](b) %0A::error::x"

  private let sources = ReportsTests.Sources(files: [
    "a<b>&\"c,d:%\u{1B}.md": hostile + "\nsecond line\n"
  ])

  private let finding = Diagnostic(
    rule: "term-style", severity: .warning, message: hostile + "\nnext",
    location: Location(file: "a<b>&\"c,d:%\u{1B}.md", range: 0..<7),
    source: Diagnostic.Evidence(
      location: Location(file: "a<b>&\"c,d:%\u{1B}.md", range: 7..<15), text: hostile),
    concept: "<c1>", term: hostile, found: hostile, expected: [hostile],
    related: [
      Diagnostic.Evidence(
        location: Location(file: "a<b>&\"c,d:%\u{1B}.md", range: 90..<96), text: hostile)
    ], explanation: [hostile])

  private func print(_ report: some DiagnosticReport) -> String {
    var report = report
    let trouble = Trouble(Self.hostile, file: "<x>\u{1B}.md", line: 3)
    var facts = CheckFacts()
    facts.usage = [
      TermUsage(
        concept: "<c1>", language: .english, text: Self.hostile, verdict: .forbidden, count: 2)
    ]
    return report.begin() + report.add(finding, sources)
      + report.end(
        CheckedRun(files: [finding.location.file], troubles: [trouble], facts: [facts]))
  }

  @Test func nothingFromADocumentIsMarkupInAPage() {
    let page = print(HTMLReport())
    #expect(!page.contains("<script"))
    #expect(!page.contains("\u{1B}"))
    #expect(!page.contains("\u{202E}"))
    #expect(page.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;"))
    #expect(page.contains("␛[31m&lt;U+202E&gt;evil"))
    #expect(page.contains("a&lt;b&gt;&amp;&quot;c,d:%␛.md"))
    // What the text itself holds is in the mark, and no more.
    #expect(page.contains("<mark>&lt;/mark&gt;</mark>") || page.contains("<mark>&lt;/mark</mark>"))
  }

  @Test func nothingFromADocumentIsMarkupInJUnit() {
    let xml = print(JUnitReport(files: [finding.location.file], failing: .info))
    #expect(!xml.contains("<script"))
    #expect(!xml.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
    #expect(xml.contains("classname=\"a&lt;b&gt;&amp;&quot;c,d:%␛.md\""))
    #expect(xml.contains("errors=\"1\""))
  }

  @Test func aDocumentCannotGiveCommandsToAWorkflow() {
    let text = print(GitHubReport())
    let lines = text.split(separator: "\n")
    #expect(lines.count == 2)
    #expect(
      lines.first?.hasPrefix("::warning file=a<b>&\"c%2Cd%3A%25␛.md,line=1,col=1,endLine=1,")
        == true)
    #expect(!text.contains("\u{1B}"))
    #expect(text.contains("%250A::error::x␊next%0ASource: "))
  }

  @Test func bracketsInAMessageAreNoLinkInSARIF() {
    let text = print(SARIFReport(version: "1"))
    #expect(text.contains(#"\\[a\\](b)"#))
    #expect(text.contains(#""uri":"a%3Cb%3E%26%22c%2Cd%3A%25%1B.md""#))
    #expect(!text.contains("\u{1B}"))
  }

  @Test func textShowsControlsAndHasNone() {
    let text = TextReport().text(finding, sources)
    #expect(!text.contains("\u{1B}"))
    #expect(!text.contains("\u{202E}"))
    #expect(text.contains("  why </mark>"))
    #expect(text.contains("  also a<b>&\"c,d:%␛.md:"))
  }

  @Test(arguments: [
    ("docs/a.md", "docs/a.md"), ("中.md", "%E4%B8%AD.md"), ("a b.md", "a%20b.md"),
    ("c:d.md", "c%3Ad.md"), ("/docs/x.md", "file:///docs/x.md"), ("../a.md", "../a.md"),
    ("a?b#c.md", "a%3Fb%23c.md"),
  ])
  func fileIsNamedByItsURI(file: String, expected: String) {
    #expect(uri(ofFile: file) == expected)
  }

  @Test func findingOfSeveralLinesHasNoColumnsForGitHub() {
    let sources = ReportsTests.Sources(files: ["a.md": "one\ntwo\n"])
    let finding = Diagnostic(
      rule: "missing-term", severity: .info, message: "m",
      location: Location(file: "a.md", range: 0..<7), term: "t")
    let report = GitHubReport()
    #expect(
      report.add(finding, sources)
        == "::notice file=a.md,line=1,endLine=2,title=missing-term::m\n")
  }

  @Test func fileThatIsGoneIsReportedAllTheSame() {
    let gone = ReportsTests.Sources(files: [:])
    let finding = Diagnostic(
      rule: "missing-term", severity: .error, message: "m",
      location: Location(file: "a.md", range: 5..<7), term: "t")
    #expect(GitHubReport().add(finding, gone) == "::error file=a.md,title=missing-term::m\n")
    var sarif = SARIFReport(version: "1")
    #expect(sarif.add(finding, gone).contains(#""region":{"byteOffset":5,"byteLength":2}"#))
    var page = HTMLReport()
    _ = page.add(finding, gone)
    #expect(page.end(CheckedRun(files: ["a.md"])).contains("<h3>a.md</h3>"))
  }

  @Test func cleanFilesPassAndFindingsBelowTheLimitDoNotFail() {
    let sources = ReportsTests.Sources(files: ["b.md": "text\n"])
    let finding = Diagnostic(
      rule: "term-style", severity: .warning, message: "m",
      location: Location(file: "b.md", range: 0..<4), term: "t")
    var report = JUnitReport(files: ["c.md", "a.md", "b.md", "d.md"], failing: .error)
    let run = CheckedRun(
      files: ["a.md", "b.md", "c.md", "d.md"], troubles: [Trouble("broken", file: "d.md")])
    let xml = report.begin() + report.add(finding, sources) + report.end(run)
    let suites = xml.split(separator: "\n").filter { $0.contains("<testsuite ") }
    #expect(
      suites.map { String($0.split(separator: "\"")[1]) } == ["a.md", "b.md", "c.md", "d.md"])
    #expect(xml.contains("<testcase classname=\"a.md\" name=\"no findings\"/>"))
    #expect(!xml.contains("<failure"))
    #expect(xml.contains("<error type=\"trouble\" message=\"d.md: broken\"/>"))
    #expect(!xml.contains("<testcase classname=\"d.md\" name=\"no findings\"/>"))
  }

  @Test func everyRuleSaysWhatItMeans() {
    let silent = RuleName.allCases.filter { RuleManual.entry($0.rawValue) == nil }
    #expect(silent.isEmpty)
  }
}
