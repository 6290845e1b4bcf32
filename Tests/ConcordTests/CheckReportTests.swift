import Foundation
import TestSupport
import Testing

/// The reports of `check` on a few files, as they were agreed, and what other programs say of them.
@Suite struct CheckReportTests {
  private let command: Command

  init() throws { command = try Command() }

  @Test(arguments: ["sarif", "github", "junit", "html", "jsonl"])
  func reportIsAsAgreed(format: String) throws {
    let result = try check(format)
    #expect(result.status == 1)
    try expectSnapshot(Self.withoutRules(result.output), "reports/check.\(format)")
    // The same input gives the same bytes, in a file as on standard output.
    try check(format, "-o", "out")
    #expect(try command.read("out") == result.output)
  }

  @Test func sarifIsValid() throws {
    guard let schema = TestData.path("schemas/sarif/sarif-schema-2.1.0.json") else {
      return Judge.skipped("SARIF")
    }
    try command.write("broken.md", Data([0xFF, 0xFE, 0x00]))
    try check("sarif", "-o", "out.sarif")
    try judge(
      "import json, sys\nfrom jsonschema import Draft7Validator\n"
        + "schema, report = (json.load(open(name)) for name in sys.argv[1:3])\n"
        + "for error in Draft7Validator(schema).iter_errors(report): print(error)\n",
      [schema, "out.sarif"])
    let report = try JSONSerialization.jsonObject(with: Data(try command.read("out.sarif").utf8))
    let run = try #require(((report as? [String: Any])?["runs"] as? [[String: Any]])?.first)
    let driver = (run["tool"] as? [String: Any])?["driver"] as? [String: Any]
    let rules = try #require(driver?["rules"] as? [[String: Any]])
    let withoutText = rules.filter { $0["help"] == nil || $0["shortDescription"] == nil }
    #expect(withoutText.isEmpty)
    let results = try #require(run["results"] as? [[String: Any]])
    for result in results {
      let index = try #require(result["ruleIndex"] as? Int)
      #expect(rules[index]["id"] as? String == result["ruleId"] as? String)
    }
    #expect(results.count == 4)
    let prints = results.compactMap {
      ($0["partialFingerprints"] as? [String: String])?["concordFinding/v1"]
    }
    #expect(Set(prints).count == 4)
    let invocation = try #require((run["invocations"] as? [[String: Any]])?.first)
    #expect(invocation["executionSuccessful"] as? Bool == false)
  }

  @Test func otherProgramsReadTheReports() throws {
    try check("sarif", "-o", "out.sarif")
    try check("junit", "-o", "out.xml")
    try judge(
      "import sys\nfrom sarif import loader\n"
        + "report = loader.load_sarif_file(sys.argv[1]).get_report()\n"
        + "found = [report.get_issue_count_for_severity(s) for s in ('error', 'warning', 'note')]\n"
        + "if found != [3, 1, 0]: print(found)\n", ["out.sarif"])
    try judge(
      "import sys, junitparser\nfound = junitparser.JUnitXml.fromfile(sys.argv[1])\n"
        + "counts = [(s.name, s.tests, s.failures, len(list(s))) for s in found]\n"
        + "if counts != [('a&b.md', 1, 1, 1), ('clean.md', 1, 0, 1), ('memo.md', 1, 1, 1), "
        + "('news.tmx', 1, 1, 1), ('notes.zh.md', 1, 0, 1)]: print(counts)\n", ["out.xml"])
    if let xmllint = Judge("xmllint")?.url {
      let result = try command.run(["--noout", "out.xml"], program: xmllint)
      #expect(result.status == 0, "\(result.errors)")
    }
  }

  @Test func pageNeedsNothingFromElsewhere() throws {
    let page = try check("html").output
    for mark in ["<script", "<link", "<img", "src=", "href=", "url(", "@import", "http"] {
      // The one name with "http" in it is an attribute of the page's own policy.
      let allowed = mark == "http" ? 1 : 0
      #expect(page.components(separatedBy: mark).count - 1 == allowed, "\(mark)")
    }
    #expect(page.contains("<blockquote lang=\"zh-Hans\">"))
    #expect(page.contains("<td lang=\"zh-Hans\">西部(重庆)科学城</td>"))
    #expect(page.contains("<th scope=\"rowgroup\""))
    #expect(page.contains("<svg role=\"img\""))
  }

  @Test func cleanRunHasAReportToo() throws {
    try command.write("a.md", "Golden Phoenix\n")
    let sarif = try command.run(
      "check", "a.md", "--glossary", Command.glossary, "--format", "sarif")
    #expect(sarif.status == 0)
    let report = try JSONSerialization.jsonObject(with: Data(sarif.output.utf8)) as? [String: Any]
    #expect(((report?["runs"] as? [[String: Any]])?.first?["results"] as? [Any])?.isEmpty == true)
    let junit = try command.run(
      "check", "a.md", "--glossary", Command.glossary, "--format", "junit")
    #expect(junit.output.contains("name=\"no findings\""))
    let github = try command.run(
      "check", "a.md", "--glossary", Command.glossary, "--format", "github")
    #expect(github.output.isEmpty)
    let html = try command.run("check", "a.md", "--glossary", Command.glossary, "--format", "html")
    #expect(html.output.contains("no findings in 1 file"))
  }

  @Test func batchGivesObjectsWhateverTheFormat() throws {
    try writeFiles()
    let line = #"{"id":1,"op":"check","files":["memo.md"],"glossary":"g.csv","format":"html"}"#
    let result = try command.run("batch", input: line + "\n")
    #expect(result.objects.first?["exit"] as? Int == 1)
    #expect((result.objects.first?["output"] as? [[String: Any]])?.count == 1)
  }

  // MARK: Tools

  private func writeFiles() throws {
    try command.write(
      "g.csv",
      """
      id,en,en:forbidden,zh-Hans
      golden-phoenix,Golden Phoenix,Gold Phoenix,金凤凰
      science-city,Western (Chongqing) Science City,,西部（重庆）科学城
      isle,Guangyang Isle,,广阳岛

      """)
    try command.write("a&b.md", "A <b>bold</b> Gold Phoenix and \u{1B}[31m an escape.\n")
    try command.write("memo.md", "# Memo\n\nThe Gold Phoenix plan and the Golden Phoenix plan.\n")
    try command.write("clean.md", "The Golden Phoenix.\n")
    try command.write("notes.zh.md", "# 说明\n\n人才在西部(重庆)科学城工作。\n")
    try command.write(
      "news.tmx",
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <tmx version="1.4"><header creationtool="x" creationtoolversion="1" segtype="sentence" \
      o-tmf="x" adminlang="en" srclang="zh-Hans" datatype="plaintext"/><body>
      <tu><tuv xml:lang="zh-Hans"><seg>广阳岛上有鸟。</seg></tuv>
      <tuv xml:lang="en"><seg>There are birds on 广阳岛.</seg></tuv></tu>
      </body></tmx>

      """)
  }

  @discardableResult
  private func check(_ format: String, _ more: String...) throws -> Command.Result {
    try writeFiles()
    return try command.run(["check", "."] + more + ["--glossary", "g.csv", "--format", format])
  }

  /// A SARIF log without what it says of the rules, which grows with each new one.
  private static func withoutRules(_ report: String) -> String {
    guard let start = report.range(of: "\"rules\":["),
      let end = report.range(of: "]}},\"columnKind")
    else { return report }
    // A finding says which of the rules it is of.
    return report.replacingCharacters(in: start.upperBound..<end.lowerBound, with: "")
      .replacingOccurrences(
        of: #""ruleIndex":[0-9]+"#, with: #""ruleIndex":0"#, options: .regularExpression)
  }

  /// Runs a few lines of Python that print what is wrong; skipped where a package is missing.
  private func judge(_ script: String, _ arguments: [String]) throws {
    guard let python = Judge("python3")?.url else { return Judge.skipped("python3") }
    let whole =
      "import sys\ntry:\n"
      + script.split(separator: "\n").filter { $0.contains("import") }
      .map { "  \($0)\n" }.joined() + "except ImportError: sys.exit(3)\n" + script
    let result = try command.run(["-c", whole] + arguments, program: python)
    if result.status == 3 { return Judge.skipped("a package of Python") }
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.isEmpty)
  }
}
