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
    for line in diagnostic.explanation { text += "    \(line.visible)\n" }
    return text + "\n"
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
    guard let lines = sources.lines(of: location.file) else { return "" }
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

/// The part of a line around a marked stretch that fits into some columns of a terminal.
struct Excerpt {
  private(set) var text = ""
  private(set) var indent = ""
  private(set) var carets = ""

  init(_ utf8: [UInt8], line: Range<Int>, marked: Range<Int>, width: Int) {
    let near = Self.neighbourhood(utf8, line: line, marked: marked, width: width)
    let scalars = Self.scalars(utf8, near)
    var first = scalars.firstIndex { $0.offset >= marked.lowerBound } ?? scalars.count
    var last = scalars.firstIndex { $0.offset >= marked.upperBound } ?? scalars.count
    let markedStart = first
    let markedEnd = max(last, first)
    var used = 0
    // The marked stretch first, as far as it fits, then what stands around it.
    var end = first
    while end < markedEnd, used + scalars[end].width <= width {
      used += scalars[end].width; end += 1
    }
    last = end
    var grows = true
    while grows {
      grows = false
      if first > 0, used + scalars[first - 1].width <= width {
        first -= 1
        used += scalars[first].width
        grows = true
      }
      if last < scalars.count, used + scalars[last].width <= width {
        used += scalars[last].width
        last += 1
        grows = true
      }
    }
    if first > 0 || near.lowerBound > line.lowerBound {
      text = "…"
      indent = " "
    }
    for scalar in scalars[first..<last] { text += scalar.text }
    if last < scalars.count || near.upperBound < line.upperBound { text += "…" }
    for scalar in scalars[first..<max(first, markedStart)] {
      indent += String(repeating: " ", count: scalar.width)
    }
    let count = scalars[markedStart..<max(markedStart, end)].reduce(0) { $0 + $1.width }
    carets = String(repeating: "^", count: max(1, count))
  }

  /// The part of a line that can be shown at all: a scalar takes four bytes at the most.
  private static func neighbourhood(
    _ utf8: [UInt8], line: Range<Int>, marked: Range<Int>, width: Int
  ) -> Range<Int> {
    var start = max(line.lowerBound, marked.lowerBound - 4 * width)
    while start > line.lowerBound, utf8[start].isUTF8Continuation { start -= 1 }
    var end = min(line.upperBound, marked.lowerBound + 4 * width)
    while end < line.upperBound, utf8[end].isUTF8Continuation { end += 1 }
    return start..<max(start, end)
  }

  private static func scalars(
    _ utf8: [UInt8], _ line: Range<Int>
  ) -> [(offset: Int, text: String, width: Int)] {
    var list: [(offset: Int, text: String, width: Int)] = []
    let span = utf8.span
    var index = line.lowerBound
    while index < line.upperBound {
      let scalar = span.scalar(at: index)
      let raw = String(Unicode.Scalar(scalar.value) ?? "\u{FFFD}")
      let shown = scalar.value == 9 ? " " : raw.visible
      let width =
        shown == raw ? scalar.value.displayWidth : shown.unicodeScalars.count
      list.append((index, shown, width))
      index += scalar.length
    }
    return list
  }
}
