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
  private let missing: [String: Int]

  /// - Parameters:
  ///   - facts: of all documents.
  ///   - missing: how often each concept is not rendered.
  init(_ facts: [CheckFacts], missing: [String: Int]) {
    self.missing = missing
    for usage in facts.lazy.flatMap(\.usage) {
      // An accepted term counts as one rendering in all its forms.
      let key =
        usage.verdict == .accepted
        ? String(decoding: MatchKey(usage.text).bytes, as: UTF8.self) : usage.text
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

  private func write(
    _ concept: String, _ renderings: [Rendering], _ page: inout HTMLWriter
  ) {
    let lost = missing[concept]
    let height = renderings.count + (lost == nil ? 0 : 1)
    page.raw("<tbody>\n")
    for (index, rendering) in renderings.enumerated() {
      page.raw("<tr>")
      if index == 0 {
        page.raw("<th scope=\"rowgroup\" rowspan=\"\(height)\">")
        page.text(concept)
        page.raw("</th>")
      }
      let language = rendering.language
      let total = renderings.lazy.filter { $0.language == language }.reduce(0) { $0 + $1.count }
      let tag = escapedMarkup(language.canonical)
      page.raw("<td>\(escapedMarkup(language.description))</td><td lang=\"\(tag)\">")
      page.text(rendering.text)
      page.raw(
        "</td><td>\(rendering.count)</td><td>\(100 * rendering.count / max(1, total))&#8239;%")
      page.raw("</td><td class=\"\(rendering.verdict.className)\">")
      page.raw(rendering.verdict.inWords + "</td></tr>\n")
    }
    if let lost {
      page.raw("<tr><td></td><td>not rendered</td><td>\(lost)</td><td></td>")
      page.raw("<td class=\"error\">missing</td></tr>\n")
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
