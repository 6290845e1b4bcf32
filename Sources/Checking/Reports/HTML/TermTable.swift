internal import Bitext
internal import Segmentation

/// How each concept is rendered in the documents of a run: the table that shows where a text is not
/// consistent.
struct TermTable {
  /// A way in which a concept stands in texts of a language.
  private struct Rendering {
    var language: LanguageTag
    var verdict: TermUsage.Verdict
    /// How often it is spelt so; the most frequent spelling stands for all.
    var spellings: [String: Int] = [:]

    var count: Int { spellings.values.reduce(0, +) }

    var text: String {
      spellings.min { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }?.key ?? ""
    }
  }

  private struct Group: Hashable {
    var language: LanguageTag
    var verdict: TermUsage.Verdict
    var key: String
  }

  private var concepts: [String: [Group: Rendering]] = [:]
  /// How often each concept is not rendered, by the language that lacks it.
  private var missing: [String: [String: Int]] = [:]

  /// An accepted term counts as one rendering in all its forms.
  private static let forms = MatchKey.Folding.spelling.union(.inflection)

  /// - Parameters:
  ///   - facts: of all documents.
  ///   - missing: how often each concept is not rendered.
  ///   - languages: of the documents.
  init(_ facts: [CheckFacts], missing: [MissingRendering: Int], _ languages: Languages) {
    for (rendering, count) in missing {
      let language = languages.tag(of: rendering.expected, in: rendering.file)
      self.missing[rendering.concept, default: [:]][language, default: 0] += count
    }
    for usage in facts.lazy.flatMap(\.usage) {
      let key =
        usage.verdict == .accepted
        ? String(decoding: MatchKey(usage.text, folding: Self.forms).bytes, as: UTF8.self)
        : usage.text
      let group = Group(language: usage.language, verdict: usage.verdict, key: key)
      concepts[usage.concept, default: [:]][
        group, default: Rendering(language: usage.language, verdict: usage.verdict)
      ].spellings[usage.text, default: 0] += usage.count
    }
  }

  /// Concepts with several renderings or faults first, each group by name.
  func write(_ page: inout HTMLWriter) {
    let rows = concepts.map { (concept: $0.key, renderings: Self.sorted(Array($0.value.values))) }
      .sorted { left, right in
        let (a, b) = (isUneven(left.concept), isUneven(right.concept))
        return a != b ? a : left.concept < right.concept
      }
    guard !rows.isEmpty else { return }
    page.raw("<section aria-labelledby=\"terms\">\n<h2 id=\"terms\">Terms</h2>\n<table>\n")
    page.raw("<caption>How each concept is rendered, with the number of places</caption>\n")
    page.raw("<thead><tr>")
    for name in ["Concept", "Language", "Rendering", "Places", "Share", "Glossary"] {
      page.raw("<th scope=\"col\">\(name)</th>")
    }
    page.raw("</tr></thead>\n")
    for row in rows { write(row.concept, row.renderings, &page) }
    page.raw("</table>\n</section>\n")
  }

  private func isUneven(_ concept: String) -> Bool {
    guard let groups = concepts[concept], missing[concept] == nil else { return true }
    return groups.keys.contains { $0.verdict != .accepted }
      || Set(groups.keys.map(\.language)).count < groups.count
  }

  private static func sorted(_ renderings: [Rendering]) -> [Rendering] {
    renderings.sorted { left, right in
      if left.language != right.language { return left.language < right.language }
      return left.count != right.count ? left.count > right.count : left.text < right.text
    }
  }

  /// One line of the table.
  private struct Row {
    /// A tag.
    var language: String
    /// `nil` where the concept is missing.
    var text: String?
    var count: Int
    var verdict: String
    /// The colour in which the page sets it.
    var className: String
  }

  private func rows(_ concept: String, _ renderings: [Rendering]) -> [Row] {
    let lost = (missing[concept] ?? [:]).sorted { $0.key < $1.key }
    return renderings.map { rendering in
      Row(
        language: rendering.language.canonical, text: rendering.text, count: rendering.count,
        verdict: rendering.verdict.inWords, className: rendering.verdict.className)
    }
      + lost.map { Row(language: $0.key, count: $0.value, verdict: "missing", className: "error") }
  }

  private func write(
    _ concept: String, _ renderings: [Rendering], _ page: inout HTMLWriter
  ) {
    let rows = rows(concept, renderings)
    page.raw("<tbody>\n")
    for (index, row) in rows.enumerated() {
      page.raw("<tr>")
      if index == 0 {
        page.raw("<th scope=\"rowgroup\" rowspan=\"\(rows.count)\">")
        page.text(concept)
        page.raw("</th>")
      }
      let total = rows.lazy.filter { $0.language == row.language }.reduce(0) { $0 + $1.count }
      let tag = escapedMarkup(row.language)
      page.raw("<td>\(tag)</td>")
      page.raw(row.text == nil ? "<td>not rendered" : "<td lang=\"\(tag)\">")
      page.text(row.text ?? "")
      // Half a percent goes up.
      let share = (200 * row.count + total) / (2 * max(1, total))
      page.raw("</td><td>\(row.count)</td><td>\(share)&#8239;%</td>")
      page.raw("<td class=\"\(row.className)\">\(row.verdict)</td></tr>\n")
    }
    page.raw("</tbody>\n")
  }
}

extension TermUsage.Verdict {
  fileprivate var inWords: String {
    switch self {
    case .accepted: "accepted"
    case .misspelt: "spelt otherwise"
    case .forbidden: "forbidden"
    }
  }

  /// The colour in which the page sets it.
  fileprivate var className: String {
    switch self {
    case .accepted: "accepted"
    case .misspelt: "warning"
    case .forbidden: "error"
    }
  }
}
