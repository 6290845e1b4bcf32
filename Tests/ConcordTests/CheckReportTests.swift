import Foundation
import Testing

/// The reports of `check` on a pair of articles, as they were agreed, and what other programs say
/// of them.
@Suite struct CheckReportTests {
  private let command: Command

  init() throws { command = try Command() }

  @Test(arguments: ["sarif", "github", "junit", "html", "jsonl"])
  func reportIsAsAgreed(format: String) throws {
    let result = try check(format)
    #expect(result.status == 1)
    try expectSnapshot(result.output, "reports/check-02.\(format)")
    // The same input gives the same bytes, in a file as on standard output.
    try check(format, "-o", "out")
    #expect(try command.read("out") == result.output)
  }

  @Test func sarifIsValid() throws {
    guard let schema = Judges.data("schemas/sarif/sarif-schema-2.1.0.json") else {
      return Judges.skipped("SARIF")
    }
    try command.write("broken.en.md", Data([0xFF, 0xFE, 0x00]))
    try check("sarif", "broken.en.md", "-o", "out.sarif")
    try judge(
      "import json, sys\nfrom jsonschema import Draft7Validator\n"
        + "schema, report = (json.load(open(name)) for name in sys.argv[1:3])\n"
        + "for error in Draft7Validator(schema).iter_errors(report): print(error)\n",
      [schema, "out.sarif"])
    let report = try JSONSerialization.jsonObject(with: Data(try command.read("out.sarif").utf8))
    let run = try #require(((report as? [String: Any])?["runs"] as? [[String: Any]])?.first)
    let results = try #require(run["results"] as? [[String: Any]])
    #expect(results.count == 6)
    let prints = results.compactMap {
      ($0["partialFingerprints"] as? [String: String])?["concordFinding/v1"]
    }
    #expect(Set(prints).count == 6)
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
        + "if found != [4, 2, 0]: print(found)\n", ["out.sarif"])
    try judge(
      "import sys, junitparser\nfound = junitparser.JUnitXml.fromfile(sys.argv[1])\n"
        + "counts = [(s.name, s.tests, s.failures, len(list(s))) for s in found]\n"
        + "if counts != [('02-talent-policy.en.md', 4, 3, 4), ('02-talent-policy.zh.md', 2, 1, 2)]: "
        + "print(counts)\n", ["out.xml"])
    if let xmllint = Judges.program("xmllint") {
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
    try articles()
    let line =
      #"{"id":1,"op":"check","files":["02-talent-policy.en.md"],"glossary":"\#(Command.glossary)","format":"html"}"#
    let result = try command.run("batch", input: line + "\n")
    #expect(result.objects.first?["exit"] as? Int == 1)
    #expect((result.objects.first?["output"] as? [[String: Any]])?.count == 3)
  }

  // MARK: Tools

  private func articles() throws {
    for name in ["02-talent-policy.en.md", "02-talent-policy.zh.md"] {
      let file = URL(fileURLWithPath: Command.fixture("articles/" + name))
      try command.write(name, try Data(contentsOf: file))
    }
  }

  @discardableResult
  private func check(_ format: String, _ more: String...) throws -> Command.Result {
    try articles()
    return try command.run(
      ["check", "02-talent-policy.en.md", "02-talent-policy.zh.md"] + more
        + ["--glossary", Command.glossary, "--format", format])
  }

  /// Runs a few lines of Python that print what is wrong; skipped where a package is missing.
  private func judge(_ script: String, _ arguments: [String]) throws {
    guard let python = Judges.program("python3") else { return Judges.skipped("python3") }
    let whole =
      "import sys\ntry:\n"
      + script.split(separator: "\n").filter { $0.contains("import") }
      .map { "  \($0)\n" }.joined() + "except ImportError: sys.exit(3)\n" + script
    let result = try command.run(["-c", whole] + arguments, program: python)
    if result.status == 3 { return Judges.skipped("a package of Python") }
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.isEmpty)
  }
}
