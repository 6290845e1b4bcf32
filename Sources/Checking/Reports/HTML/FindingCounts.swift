internal import Bitext

/// How many findings there are of each kind, as a sentence, a table and a chart.
struct FindingCounts {
  private var bySeverity: [Severity: Int] = [:]
  private var byRule: [String: [Severity: Int]] = [:]
  private var byFile: [String: [Severity: Int]] = [:]
  /// The findings that a concept is not rendered.
  private(set) var missing: [MissingRendering: Int] = [:]

  /// More bars than these say no more.
  private static let files = 10

  mutating func add(_ diagnostic: Diagnostic) {
    bySeverity[diagnostic.severity, default: 0] += 1
    byRule[diagnostic.rule, default: [:]][diagnostic.severity, default: 0] += 1
    byFile[diagnostic.location.file, default: [:]][diagnostic.severity, default: 0] += 1
    if diagnostic.rule == RuleName.missingTerm.rawValue, let concept = diagnostic.concept {
      let rendering = MissingRendering(
        concept: concept, file: diagnostic.location.file, expected: diagnostic.expected.first ?? "")
      missing[rendering, default: 0] += 1
    }
  }

  private var total: Int { bySeverity.values.reduce(0, +) }

  func summary(files: Int) -> String {
    let checked = "\(files) file\(files == 1 ? "" : "s")"
    guard total > 0 else { return "no findings in \(checked)" }
    let parts = Severity.allCases.reversed().compactMap { severity in
      bySeverity[severity].map { Self.count($0, severity) }
    }
    return "\(total) finding\(total == 1 ? "" : "s") in \(byFile.count) of \(checked): "
      + parts.joined(separator: ", ")
  }

  private static func count(_ count: Int, _ severity: Severity) -> String {
    let name = severity == .info ? "remark" : severity.rawValue
    return "\(count) \(name)\(count == 1 ? "" : "s")"
  }

  func write(_ page: inout HTMLWriter) {
    guard total > 0 else { return }
    page.raw("<section aria-labelledby=\"summary\">\n<h2 id=\"summary\">Summary</h2>\n")
    let rules = Self.sorted(byRule)
    writeTable(rules, &page)
    BarChart(title: "Findings by rule", bars: rules).write(&page)
    let files = Self.sorted(byFile)
    let title =
      files.count > Self.files
      ? "Findings by file, the first \(Self.files) of \(files.count)" : "Findings by file"
    BarChart(title: title, bars: Array(files.prefix(Self.files))).write(&page)
    page.raw("</section>\n")
  }

  /// The most frequent first.
  private static func sorted(
    _ counts: [String: [Severity: Int]]
  ) -> [(name: String, counts: [Severity: Int])] {
    counts.map { ($0.key, $0.value) }.sorted { left, right in
      let (a, b) = (left.1.values.reduce(0, +), right.1.values.reduce(0, +))
      return a != b ? a > b : left.0 < right.0
    }
  }

  private func writeTable(
    _ rules: [(name: String, counts: [Severity: Int])], _ page: inout HTMLWriter
  ) {
    page.raw("<table>\n<caption>Findings by rule and severity</caption>\n<thead><tr>")
    page.raw("<th scope=\"col\">Rule</th>")
    for severity in Severity.allCases.reversed() {
      page.raw("<th scope=\"col\">\(severity.rawValue)</th>")
    }
    page.raw("</tr></thead>\n<tbody>\n")
    for rule in rules {
      page.raw("<tr><th scope=\"row\"><code>")
      page.text(rule.name)
      page.raw("</code></th>")
      for severity in Severity.allCases.reversed() {
        page.raw("<td>\(rule.counts[severity] ?? 0)</td>")
      }
      page.raw("</tr>\n")
    }
    page.raw("</tbody>\n</table>\n")
  }
}

/// A concept that a document lacks.
struct MissingRendering: Hashable {
  var concept: String
  var file: String
  var expected: String
}

/// Bars one below the other, each in parts by severity, drawn in SVG within the page.
struct BarChart {
  let title: String
  let bars: [(name: String, counts: [Severity: Int])]

  // In the drawing's own units, which are pixels where there is room.
  private static let width = 720
  private static let labels = 300
  private static let row = 24
  private static let bar = 16
  /// Characters of a name that fit beside the bars.
  private static let labelLength = 38

  func write(_ page: inout HTMLWriter) {
    let most = max(1, bars.map { $0.counts.values.reduce(0, +) }.max() ?? 1)
    page.raw("<figure>\n<figcaption>")
    page.text(title)
    page.raw("</figcaption>\n")
    page.raw(
      "<svg role=\"img\" aria-label=\"\(escapedMarkup(label))\" "
        + "viewBox=\"0 0 \(Self.width) \(bars.count * Self.row)\">\n")
    for (index, bar) in bars.enumerated() {
      let top = index * Self.row
      page.raw("<text x=\"\(Self.labels - 8)\" y=\"\(top + 16)\" text-anchor=\"end\">")
      page.text(Self.shortened(bar.name))
      page.raw("</text>")
      var left = Self.labels
      for severity in Severity.allCases.reversed() {
        guard let count = bar.counts[severity] else { continue }
        let room = Self.width - Self.labels - 60
        let width = max(2, room * count / most)
        page.raw(
          "<rect class=\"\(severity.rawValue)\" x=\"\(left)\" y=\"\(top + 4)\" "
            + "width=\"\(width)\" height=\"\(Self.bar)\"/>")
        left += width
      }
      page.raw("<text x=\"\(left + 6)\" y=\"\(top + 16)\">")
      page.raw("\(bar.counts.values.reduce(0, +))</text>\n")
    }
    page.raw("</svg>\n</figure>\n")
  }

  /// What is read out in place of the drawing.
  private var label: String {
    let parts = bars.map { "\($0.name) \($0.counts.values.reduce(0, +))" }
    return title + ": " + parts.joined(separator: ", ")
  }

  /// The end of a path says more than its start.
  private static func shortened(_ name: String) -> String {
    name.count <= labelLength ? name : "…" + name.suffix(labelLength - 1)
  }
}
