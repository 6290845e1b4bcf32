public import Bitext
internal import Segmentation

/// Prints diagnostics for people: place, rule and message on one line, then the text with the place
/// underlined, both sides where there are two.
public struct TextReport {
  /// Whether to colour, by ANSI escape sequences.
  public var usesColor: Bool
  /// The columns that a line of text may take.
  public var width: Int

  public init(usesColor: Bool = false, width: Int = 100) {
    self.usesColor = usesColor
    self.width = width
  }

  /// One diagnostic, ended by an empty line.
  public func text(_ diagnostic: Diagnostic, _ sources: some SourceLines) -> String {
    let severity = paint(diagnostic.severity.rawValue, diagnostic.severity.color)
    var text = "\(paint(place(diagnostic.location, sources), .bold)): \(severity)"
    text += "[\(diagnostic.rule)]: \(diagnostic.message.visible)\n"
    text += snippet(diagnostic.location, sources, color: diagnostic.severity.color)
    if let source = diagnostic.source {
      text += "  \(paint("source", .dim)) \(place(source.location, sources))\n"
      text += snippet(source.location, sources, color: .cyan)
    }
    text += remarks(diagnostic, sources)
    return text + "\n"
  }

  /// What the message leaves out: further right terms, other places, and why.
  private func remarks(_ diagnostic: Diagnostic, _ sources: some SourceLines) -> String {
    var text = ""
    if diagnostic.expected.contains(where: { !diagnostic.message.contains($0) }) {
      let terms = diagnostic.expected.map(\.visible).joined(separator: ", ")
      text += "  \(paint("expected", .dim)) \(terms)\n"
    }
    for related in diagnostic.related {
      let place = place(related.location, sources)
      text += "  \(paint("also", .dim)) \(place) “\(related.text.visible)”\n"
    }
    for line in diagnostic.explanation { text += "  \(paint("why", .dim)) \(line.visible)\n" }
    return text
  }

  /// The last line: how many findings of which severity there are.
  public static func summary(_ diagnostics: [Diagnostic]) -> String {
    let files = Set(diagnostics.map(\.location.file)).count
    var parts: [String] = []
    for severity in Severity.allCases.reversed() {
      let count = diagnostics.count { $0.severity == severity }
      if count > 0 {
        let name = severity == .info ? "remark" : severity.rawValue
        parts.append("\(count) \(name)\(count == 1 ? "" : "s")")
      }
    }
    return "\(diagnostics.count) finding\(diagnostics.count == 1 ? "" : "s") in \(files) "
      + "file\(files == 1 ? "" : "s"): \(parts.joined(separator: ", "))"
  }

  private func place(_ location: Location, _ sources: some SourceLines) -> String {
    guard let position = sources.position(of: location.range.lowerBound, in: location.file) else {
      return location.file.visible
    }
    return "\(location.file.visible):\(position.line):\(position.column)"
  }

  /// The line with the place in it, cut to the width around the place, and carets below.
  private func snippet(
    _ location: Location, _ sources: some SourceLines, color: Color
  ) -> String {
    guard let lines = sources.lines(around: location) else { return "" }
    let position = lines.position(at: location.range.lowerBound)
    let line = lines.line(position.line)
    let marked = lines.textRange(location.range).clamped(to: line)
    let number = String(position.line)
    let excerpt = Excerpt(
      lines.text.utf8, line: line, marked: marked, width: max(40, width - number.count - 5))
    let margin = String(repeating: " ", count: number.count)
    return " \(paint(number, .dim)) \(paint("|", .dim)) \(excerpt.text)\n"
      + " \(margin) \(paint("|", .dim)) \(excerpt.indent)\(paint(excerpt.carets, color))\n"
  }

  enum Color: String {
    case red = "31"
    case yellow = "33"
    case blue = "34"
    case cyan = "36"
    case bold = "1"
    case dim = "2"
  }

  private func paint(_ text: String, _ color: Color) -> String {
    usesColor ? "\u{1B}[\(color.rawValue)m\(text)\u{1B}[0m" : text
  }
}

extension Severity {
  fileprivate var color: TextReport.Color {
    switch self {
    case .error: .red
    case .warning: .yellow
    case .info: .blue
    }
  }
}
