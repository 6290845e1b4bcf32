internal import Bitext
internal import Segmentation

/// The findings of one file, as they are shown to people.
struct FileSection {
  struct Finding {
    let diagnostic: Diagnostic
    let passage: Passage?
    let source: Passage?
    let related: [Passage?]

    init(_ diagnostic: Diagnostic, passage: Passage?, source: Passage??, related: [Passage?]) {
      self.diagnostic = diagnostic
      self.passage = passage
      self.source = source ?? nil
      self.related = related
    }
  }

  let file: String
  var findings: [Finding] = []

  func write(_ page: inout HTMLWriter, _ languages: Languages) {
    page.raw("<article>\n")
    page.element("h3", file)
    page.raw("<ol class=\"findings\">\n")
    for finding in findings { write(finding, &page, languages) }
    page.raw("</ol>\n</article>\n")
  }

  private func write(_ finding: Finding, _ page: inout HTMLWriter, _ languages: Languages) {
    let diagnostic = finding.diagnostic
    page.raw("<li class=\"\(diagnostic.severity.rawValue)\">\n<p><strong class=\"severity\">")
    page.text(diagnostic.severity.rawValue)
    page.raw("</strong> <code>")
    page.text(diagnostic.rule)
    page.raw("</code> ")
    page.text(diagnostic.message)
    page.raw("</p>\n")
    write(finding.passage, diagnostic.location.file, label: nil, &page, languages)
    if let source = diagnostic.source {
      write(finding.source, source.location.file, label: "source", &page, languages)
    }
    if !diagnostic.expected.isEmpty {
      page.raw("<p class=\"expected\">expected: ")
      for (index, term) in diagnostic.expected.enumerated() {
        if index > 0 { page.raw(", ") }
        page.raw("<b lang=\"\(escapedMarkup(languages.tag(of: term, in: nil)))\">")
        page.text(term)
        page.raw("</b>")
      }
      page.raw("</p>\n")
    }
    for (related, passage) in zip(diagnostic.related, finding.related) {
      write(passage, related.location.file, label: "also", &page, languages)
    }
    if !diagnostic.explanation.isEmpty {
      page.raw("<details><summary>Why</summary>\n<ul>\n")
      for line in diagnostic.explanation { page.element("li", line) }
      page.raw("</ul>\n</details>\n")
    }
    page.raw("</li>\n")
  }

  private func write(
    _ passage: Passage?, _ file: String, label: String?, _ page: inout HTMLWriter,
    _ languages: Languages
  ) {
    page.raw("<p class=\"place\">")
    if let label {
      page.raw(label + " ")
      page.text(file)
      page.raw(passage == nil ? "" : ":")
    }
    page.text(passage.map { "\($0.line):\($0.column)" } ?? "")
    page.raw("</p>\n")
    guard let passage else { return }
    let language = languages.tag(of: passage.text, in: file)
    page.raw("<blockquote lang=\"\(escapedMarkup(language))\">")
    page.text(passage.before)
    page.raw("<mark>")
    page.text(passage.marked)
    page.raw("</mark>")
    page.text(passage.after)
    page.raw("</blockquote>\n")
  }
}

/// A stretch of a file and what stands around it on its lines.
struct Passage {
  /// From 1.
  let line: Int
  /// From 1, in Unicode scalars.
  let column: Int
  let before: String
  let marked: String
  let after: String

  /// In bytes: a sentence before and one after are enough to understand a place.
  private static let around = 240
  /// A finding about a whole paragraph need not show all of it.
  private static let longest = 1200

  /// - Returns: `nil` when the file cannot be read any more.
  init?(_ location: Location, _ sources: some SourceLines) {
    guard let lines = sources.lines(around: location) else { return nil }
    let start = lines.position(at: location.range.lowerBound)
    line = start.line
    column = start.column
    let utf8 = lines.text.utf8
    let range = lines.textRange(location.range)
    let end = min(range.upperBound, range.lowerBound + Self.longest)
    let lastLine = lines.position(at: location.range.upperBound).line
    let left = max(lines.line(start.line).lowerBound, range.lowerBound - Self.around)
    let right = min(lines.line(lastLine).upperBound, end + Self.around)
    let (bound, limit) = (lines.line(start.line).lowerBound, lines.line(lastLine).upperBound)
    before =
      (left > bound ? "…" : "") + Self.text(utf8, min(left, range.lowerBound)..<range.lowerBound)
    marked = Self.text(utf8, range.lowerBound..<end)
    after = Self.text(utf8, end..<max(end, right)) + (max(end, right) < limit ? "…" : "")
  }

  var text: String { before + marked + after }

  /// Lines of a paragraph are read as one.
  private static func text(_ utf8: [UInt8], _ range: Range<Int>) -> String {
    let bytes = utf8.wholeScalars(range).map { $0 == 0x0A || $0 == 0x0D || $0 == 0x09 ? 0x20 : $0 }
    return String(decoding: bytes, as: UTF8.self)
  }
}
