public import Bitext
internal import Segmentation

/// Prints findings as test results, as build servers read them: a file is a suite, a finding a case
/// that failed, and a clean file one case that passed.
///
/// The form is that of JUnit's Ant task, without times: the same input gives the same bytes.
public struct JUnitReport: DiagnosticReport {
  /// Findings below it do not fail; `nil` fails none.
  private let failing: Severity?
  /// The files that have no suite yet, in order.
  private var waiting: ArraySlice<String>
  private var open: (file: String, cases: String, tests: Int, failures: Int)?
  private let text = TextReport(width: 100)

  /// - Parameters:
  ///   - files: all that were checked.
  ///   - failing: the least severity of a case that failed; `nil` when none does.
  public init(files: [String], failing: Severity?) {
    waiting = Set(files).sorted()[...]
    self.failing = failing
  }

  public func begin() -> String {
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"concord\">\n"
  }

  public mutating func add(_ diagnostic: Diagnostic, _ sources: some SourceLines) -> String {
    var finished = ""
    let file = diagnostic.location.file
    if open?.file != file {
      finished = close() + cleanSuites(before: file)
      open = (file, "", 0, 0)
    }
    let fails = failing.map { diagnostic.severity >= $0 } ?? false
    let position = sources.position(of: diagnostic.location.range.lowerBound, in: file)
    let place = position.map { "\($0.line):\($0.column): " } ?? ""
    let name = "\(place)\(diagnostic.rule) “\(diagnostic.term)”"
    var testCase =
      "    <testcase classname=\"\(escapedMarkup(file))\" name=\"\(escapedMarkup(name))\">\n"
    let details = escapedLines(text.text(diagnostic, sources))
    if fails {
      testCase += "      <failure type=\"\(escapedMarkup(diagnostic.rule))\""
      testCase += " message=\"\(escapedMarkup(diagnostic.message))\">\(details)</failure>\n"
    } else {
      testCase += "      <system-out>\(details)</system-out>\n"
    }
    open?.cases += testCase + "    </testcase>\n"
    open?.tests += 1
    open?.failures += fails ? 1 : 0
    return finished
  }

  public mutating func end(_ run: CheckedRun) -> String {
    // A file in trouble is no clean one.
    let broken = Set(run.troubles.compactMap(\.file))
    var result = close()
    waiting = waiting.filter { !broken.contains($0) }[...]
    result += cleanSuites(before: nil)
    for trouble in run.troubles {
      let file = escapedMarkup(trouble.file ?? "concord")
      result +=
        "  <testsuite name=\"\(file)\" tests=\"1\" failures=\"0\" errors=\"1\" skipped=\"0\">\n"
        + "    <testcase classname=\"\(file)\" name=\"can be checked\">\n"
        + "      <error type=\"trouble\" message=\"\(escapedMarkup(trouble.description))\"/>\n"
        + "    </testcase>\n  </testsuite>\n"
    }
    return result + "</testsuites>\n"
  }

  private mutating func close() -> String {
    guard let suite = open else { return "" }
    open = nil
    return Self.suite(suite.file, suite.cases, tests: suite.tests, failures: suite.failures)
  }

  /// The suites of the files before one, which have no finding.
  private mutating func cleanSuites(before file: String?) -> String {
    var result = ""
    while let next = waiting.first, file.map({ next <= $0 }) ?? true {
      waiting.removeFirst()
      guard next != file else { break }
      let name = escapedMarkup(next)
      result += Self.suite(
        next, "    <testcase classname=\"\(name)\" name=\"no findings\"/>\n", tests: 1, failures: 0)
    }
    return result
  }

  private static func suite(
    _ file: String, _ cases: String, tests: Int, failures: Int
  ) -> String {
    "  <testsuite name=\"\(escapedMarkup(file))\" tests=\"\(tests)\" failures=\"\(failures)\" "
      + "errors=\"0\" skipped=\"0\">\n\(cases)  </testsuite>\n"
  }

  /// Lines of a text, each escaped.
  private func escapedLines(_ text: String) -> String {
    text.split(separator: "\n").map { escapedMarkup(String($0)) }.joined(separator: "\n")
  }
}
