public import Bitext
internal import Segmentation

/// Prints findings as one page for people that needs nothing beside it: no script, no picture and
/// no style from elsewhere.
public struct HTMLReport: DiagnosticReport {
  private var counts = FindingCounts()
  /// A section for each file, in order.
  private var sections: [FileSection] = []

  public init() {}

  public func begin() -> String { "" }

  public mutating func add(_ diagnostic: Diagnostic, _ sources: some SourceLines) -> String {
    counts.add(diagnostic)
    if sections.last?.file != diagnostic.location.file {
      sections.append(FileSection(file: diagnostic.location.file))
    }
    sections[sections.count - 1].findings.append(
      FileSection.Finding(
        diagnostic, passage: Passage(diagnostic.location, sources),
        source: diagnostic.source.map { Passage($0.location, sources) },
        related: diagnostic.related.map { Passage($0.location, sources) }))
    return ""
  }

  public func end(_ run: CheckedRun) -> String {
    let languages = Languages(run.facts)
    let summary = counts.summary(files: Set(run.files).count)
    var page = HTMLWriter()
    page.raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
    // Even a mark that slipped through could load and run nothing.
    page.raw(
      "<meta http-equiv=\"Content-Security-Policy\" "
        + "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
    page.element("title", "Concord: " + summary)
    page.raw("<style>\n\(Self.style)</style>\n</head>\n<body>\n<header>\n")
    page.element("h1", "Concord report")
    page.element("p", summary)
    page.raw("</header>\n<main>\n")
    writeTroubles(run, &page)
    counts.write(&page)
    TermTable(run.facts, missing: counts.missing, languages).write(&page)
    writeFindings(&page, languages)
    page.raw("</main>\n</body>\n</html>\n")
    return page.text
  }

  private func writeTroubles(_ run: CheckedRun, _ page: inout HTMLWriter) {
    let list = run.troubles.map { ("not checked", $0) } + run.warnings.map { ("warning", $0) }
    guard !list.isEmpty else { return }
    page.raw("<section aria-labelledby=\"trouble\">\n<h2 id=\"trouble\">Trouble</h2>\n<ul>\n")
    for (kind, trouble) in list {
      page.raw("<li><strong>\(kind)</strong> ")
      page.text(trouble.description)
      page.raw("</li>\n")
    }
    page.raw("</ul>\n</section>\n")
  }

  private func writeFindings(_ page: inout HTMLWriter, _ languages: Languages) {
    page.raw("<section aria-labelledby=\"findings\">\n<h2 id=\"findings\">Findings</h2>\n")
    if sections.isEmpty { page.element("p", "None.") }
    for section in sections { section.write(&page, languages) }
    page.raw("</section>\n")
  }
}

/// Writes HTML; every text from outside goes through ``text(_:)``.
struct HTMLWriter {
  private(set) var text = ""

  /// Markup of our own.
  mutating func raw(_ markup: String) { text += markup }

  mutating func text(_ content: String) { text += escapedMarkup(content) }

  mutating func element(_ name: String, _ content: String, language: String? = nil) {
    let attribute = language.map { " lang=\"\(escapedMarkup($0))\"" } ?? ""
    raw("<\(name)\(attribute)>")
    text(content)
    raw("</\(name)>\n")
  }
}

/// The languages of the documents in a report, so that each text is set and read out in its own.
struct Languages {
  private var byFile: [String: [LanguageTag]] = [:]
  private var all: [LanguageTag] = []

  init(_ facts: [CheckFacts]) {
    for entry in facts.flatMap(\.languages) {
      if byFile[entry.file]?.contains(entry.language) != true {
        byFile[entry.file, default: []].append(entry.language)
      }
      if !all.contains(entry.language) { all.append(entry.language) }
    }
  }

  /// The language of a text, as a value of `lang`: of those that its file is in, the one whose
  /// script it has.
  func tag(of text: String, in file: String?) -> String {
    let candidates = file.flatMap { byFile[$0] } ?? all
    // Kana stand in Japanese alone.
    if text.unicodeScalars.contains(where: { 0x3041...0x30FA ~= $0.value }) { return "ja" }
    let isHan = text.unicodeScalars.contains(where: \.value.isHanScalar)
    let known = candidates.first { $0.isChinese == isHan } ?? all.first { $0.isChinese == isHan }
    return known?.canonical ?? (isHan ? "zh" : "en")
  }
}
