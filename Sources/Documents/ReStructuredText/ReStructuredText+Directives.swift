internal import Bitext
internal import Segmentation

/// What of a directive is prose.
private enum DirectivePart {
  /// Nothing: code, files, formulas.
  case nothing
  /// What stands behind `::` and below it: `.. note:: Mind the gap.`
  case all
  /// The same, but for the first word: `.. versionadded:: 3.2 The colour.`
  case allButFirstWord
  /// What stands below; behind `::` is a name or a path.
  case content
  /// The same, and it describes a picture.
  case caption
  /// What stands behind `::` is a title, and below is text.
  case titleAndContent

  init(_ name: String) {
    self = Self.known[name] ?? (Self.isCode(name) ? .nothing : .content)
  }

  /// Directives that show code or draw are made by many extensions, under such names.
  private static func isCode(_ name: String) -> Bool {
    ["code", "auto", "test", "plot", "graph", "uml", "diag", "program-", "execute"]
      .contains { name.contains($0) }
  }

  private static let known: [String: DirectivePart] = {
    var table: [String: DirectivePart] = [:]
    for name in [
      "math", "raw", "image", "include", "literalinclude", "parsed-literal", "toctree", "csv-table",
      "highlight", "index", "contents", "sectnum", "meta", "default-role", "role", "doctest",
      "sourcecode", "prompt", "console", "ipython", "productionlist", "tabularcolumns", "mermaid",
      "tikz", "module", "currentmodule", "default-domain", "sectionauthor", "codeauthor", "program",
      "replace", "unicode", "date", "title", "header", "footer", "bibliography", "video", "youtube",
      "autosummary", "inheritance-diagram", "highlightlang", "target-notes",
      "restructuredtext-test",
    ] { table[name] = .nothing }
    for name in [
      "note", "warning", "attention", "caution", "danger", "error", "hint", "important", "tip",
      "seealso", "rubric", "centered", "todo", "impl-detail", "compound", "epigraph", "highlights",
      "pull-quote",
    ] { table[name] = .all }
    for name in ["versionadded", "versionchanged", "deprecated", "versionremoved"] {
      table[name] = .allButFirstWord
    }
    for name in [
      "admonition", "topic", "sidebar", "table", "list-table", "tab", "group-tab", "tab-item",
      "dropdown", "card", "grid-item-card", "collapse", "details",
    ] { table[name] = .titleAndContent }
    table["figure"] = .caption
    return table
  }()
}

extension ReStructuredText {
  /// Reads what starts with two dots: a directive, a target, a footnote or a comment.
  mutating func readExplicit(_ line: ReStructuredTextLine) {
    let rest = line.dropping(upTo: line.range.lowerBound + 2, in: source)
    if shapes.starts(line, with: "__") || shapes.starts(rest, with: "_")
      || shapes.starts(rest, with: "|")
    {
      index += 1
      return skipIndented(more: line.indent)
    }
    if shapes.starts(rest, with: "["), let end = labelEnd(rest) {
      open(.paragraph, at: line.indent + 1)
      return readBody(
        behind: end,
        of: ReStructuredTextLine(range: rest.range, indent: line.indent))
    }
    if let directive = directive(rest) { return read(directive, at: line.indent) }
    readComment(line)
  }

  /// The byte behind `[1]` or `[Knuth1984]`.
  private func labelEnd(_ line: ReStructuredTextLine) -> Int? {
    guard let end = source[line.range].firstIndex(of: UInt8(ascii: "]")),
      end > line.range.lowerBound + 1,
      end + 1 == line.range.upperBound || source[end + 1].isMarkupSpace
    else { return nil }
    return end + 1
  }

  // MARK: - Directives

  private struct Directive {
    var name: String
    var arguments: ReStructuredTextLine
  }

  private func directive(_ line: ReStructuredTextLine) -> Directive? {
    var index = line.range.lowerBound
    while index + 1 < line.range.upperBound {
      let byte = source[index]
      if byte == 0x3A, source[index + 1] == 0x3A {
        let end = index + 2
        guard index > line.range.lowerBound,
          end == line.range.upperBound || source[end].isMarkupSpace
        else { return nil }
        // The domain counts for nothing: "py:function".
        let name = String(decoding: source[line.range.lowerBound..<index], as: UTF8.self)
          .lowercased()
        return Directive(
          name: name.split(separator: ":").last.map { String($0.trimmed) } ?? name,
          arguments: line.dropping(upTo: end, in: source))
      }
      let isName =
        byte.isASCIILetter || byte.isASCIIDigit || byte >= 0x80 || "-_.+:".utf8.contains(byte)
      // "note ::" is read, too.
      guard isName || byte == 0x20 && source[index + 1] == 0x3A else { return nil }
      index += 1
    }
    return nil
  }

  private mutating func read(_ directive: Directive, at indent: Int) {
    let part = DirectivePart(directive.name)
    switch part {
    case .nothing:
      index += 1
      skipIndented(more: indent)
    case .all, .allButFirstWord:
      open(.paragraph, at: indent + 1)
      var rest = directive.arguments
      if part == .allButFirstWord, !rest.isBlank {
        let end = source[rest.range].firstIndex(where: \.isMarkupSpace) ?? rest.range.upperBound
        rest = rest.dropping(upTo: end, in: source)
      }
      if rest.isBlank {
        index += 1
        skipOptions(more: indent)
      } else {
        readParagraph(rest, marked: indent)
      }
    case .content, .caption:
      open(part == .caption ? .caption : .paragraph, at: indent + 1)
      index += 1
      if directive.arguments.isBlank {
        skipOptions(more: indent)
      } else {
        skipArguments(more: indent)
      }
    case .titleAndContent:
      open(.paragraph, at: indent + 1)
      if !directive.arguments.isBlank { addText([directive.arguments.range], .caption) }
      index += 1
      skipOptions(more: indent)
    }
  }

  /// Skips `:name: value` below a directive.
  private mutating func skipOptions(more indent: Int) {
    while index < lines.count, !line().isBlank, line().indent > indent,
      shapes.fieldEnd(line()) != nil
    {
      let option = line().indent
      index += 1
      while index < lines.count, !line().isBlank, line().indent > option { index += 1 }
    }
  }

  /// Skips the rest of what stands behind `::`, and the options.
  private mutating func skipArguments(more indent: Int) {
    while index < lines.count, !line().isBlank, line().indent > indent { index += 1 }
  }

  // MARK: - Comments

  private mutating func readComment(_ line: ReStructuredTextLine) {
    let start = line.range.lowerBound
    let first = line.dropping(upTo: start + 2, in: source)
    var end = line.range.upperBound
    var text = [String(decoding: source[first.range], as: UTF8.self)]
    index += 1
    // Two dots before a blank line are a comment of their own.
    if !(first.isBlank && self.line().isBlank) {
      let from = index
      skipIndented(more: line.indent)
      for line in lines[from..<index] {
        text.append(String(decoding: source[line.range], as: UTF8.self))
        if !line.isBlank { end = line.range.upperBound }
      }
    }
    let content = text.joined(separator: "\n").trimmed
    builder.end()
    builder.addComment(String(content), start..<end)
  }
}

extension StringProtocol {
  /// The text without the white space around it.
  var trimmed: SubSequence {
    let start = firstIndex { !$0.isWhitespace } ?? endIndex
    let end = lastIndex { !$0.isWhitespace }.map { index(after: $0) } ?? start
    return self[start..<end]
  }
}
