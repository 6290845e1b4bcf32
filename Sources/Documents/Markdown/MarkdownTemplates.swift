internal import Bitext
internal import Segmentation

/// What site generators put into Markdown: the shortcodes of Hugo, the tags of Liquid and Jinja,
/// Vue's and JavaScript's expressions, the fences of containers, the attributes of kramdown.
struct MarkdownTemplates {
  /// A stretch of the document that is no prose as it stands.
  struct Span {
    enum Kind {
      /// Leaves no trace.
      case skipped
      /// An expression, whose value a reader sees.
      case literal
      case comment(String)
      /// A block ends here.
      case edge
    }

    var range: Range<Int>
    var kind: Kind
  }

  let source: [UInt8]
  let isMDX: Bool
  /// The shortcode whose content is code, while it is open.
  private var hidden: String?
  /// The shortcodes that nothing closes from here on.
  private var neverClosed: Set<String> = []

  init(source: [UInt8], isMDX: Bool) {
    self.source = source
    self.isMDX = isMDX
  }

  /// Whether all that comes is code of a shortcode.
  var isHidden: Bool { hidden != nil }

  /// Whether a shortcode is open, or was seen that nothing closes in the document as far as it is
  /// known.
  var reachesOn: Bool { isHidden || !neverClosed.isEmpty }

  /// Finds the spans of a block.
  ///
  /// - Parameter pieces: the block; templates in its code are code.
  /// - Returns: the spans in order; they do not overlap.
  mutating func spans(in pieces: [MarkdownPiece]) -> [Span] {
    let ranges = pieces.filter { $0.kind != .lineBreak }
    guard let first = ranges.first?.range.lowerBound,
      let last = ranges.last?.range.upperBound, first < last
    else { return [] }
    let block = first..<last
    if isMDX, isModuleCode(block) { return [Span(range: block, kind: .skipped)] }
    let code = ranges.filter { $0.kind == .code }.map(\.range)
    var scanner = Scanner(source: source, block: block, code: code, isMDX: isMDX)
    guard hidden != nil || scanner.mayHoldSpans else { return [] }
    return hide(scanner.spans(), in: block)
  }

  /// `import x from 'y'` and `export const x = 1` at the start of a line.
  private func isModuleCode(_ block: Range<Int>) -> Bool {
    guard block.lowerBound == 0 || source[block.lowerBound - 1] == 0x0A else { return false }
    let text = source[block]
    if text.starts(with: "import ".utf8) { return text.contains { $0 == 0x22 || $0 == 0x27 } }
    return ["const", "default", "function", "let", "var", "class", "async", "{", "*"]
      .contains { text.starts(with: "export \($0)".utf8) }
  }

  // MARK: - Shortcodes around code

  private static let codeTags: Set<String> = [
    "highlight", "code", "codeblock", "mermaid", "math", "katex", "comment", "gist", "plantuml",
  ]

  /// Takes out what stands between the tags of a shortcode that holds code.
  private mutating func hide(_ spans: [Span], in block: Range<Int>) -> [Span] {
    guard hidden != nil || spans.contains(where: { tag($0) != nil }) else { return spans }
    var result: [Span] = []
    var start: Int? = hidden != nil ? block.lowerBound : nil
    for span in spans {
      let tag = tag(span)
      if let from = start {
        guard let tag, tag.isEnd, tag.name == hidden else { continue }
        result.append(Span(range: from..<span.range.upperBound, kind: .skipped))
        start = nil
        hidden = nil
      } else if let tag, !tag.isEnd, closes(tag.name, after: span.range.upperBound) {
        hidden = tag.name
        start = span.range.lowerBound
      } else {
        result.append(span)
      }
    }
    if let start { result.append(Span(range: start..<block.upperBound, kind: .skipped)) }
    return result
  }

  /// The name in `{% highlight go %}`, `{{< /highlight >}}` or `{% endhighlight %}`.
  private func tag(_ span: Span) -> (name: String, isEnd: Bool)? {
    guard case .skipped = span.kind, span.range.count > 4,
      source[span.range.lowerBound] == UInt8(ascii: "{")
    else { return nil }
    let inner = source[span.range].drop { "{<%- \t\n".utf8.contains($0) }
    let isSlashed = inner.first == UInt8(ascii: "/")
    let word = inner.drop { $0 == UInt8(ascii: "/") || $0 == 0x20 }
      .prefix { $0.isASCIILetter || $0.isASCIIDigit }
    var name = String(decoding: word, as: UTF8.self)
    let isEnd = isSlashed || name.hasPrefix("end")
    if name.hasPrefix("end") { name = String(name.dropFirst(3)) }
    return Self.codeTags.contains(name) ? (name, isEnd) : nil
  }

  /// A shortcode that is not closed hides nothing.
  private mutating func closes(_ name: String, after index: Int) -> Bool {
    guard !neverClosed.contains(name) else { return false }
    let text = source[index...]
    let isClosed = ["end\(name)", "/\(name)", "/ \(name)"].contains { mark in
      let mark = Array(mark.utf8)
      var from = text.startIndex
      while let place = text[from...].firstIndex(of: mark[0]) {
        if text[place...].starts(with: mark) { return true }
        from = place + 1
      }
      return false
    }
    if !isClosed { neverClosed.insert(name) }
    return isClosed
  }
}

extension MarkdownTemplates {
  /// Looks for spans in a block, from its start to its end.
  fileprivate struct Scanner {
    let source: [UInt8]
    let block: Range<Int>
    let code: [Range<Int>]
    let isMDX: Bool
    private var found: [Span] = []
    /// Marks that are not closed any more from here on: they are not looked for again.
    private var unclosed: Set<String> = []

    init(source: [UInt8], block: Range<Int>, code: [Range<Int>], isMDX: Bool) {
      self.source = source
      self.block = block
      self.code = code
      self.isMDX = isMDX
    }

    var mayHoldSpans: Bool {
      source[block].contains(UInt8(ascii: "{")) || source[block].starts(with: ":::".utf8)
        || isMDX && source[block].contains(UInt8(ascii: "<")) || holdsFence
    }

    private var holdsFence: Bool {
      var index = block.lowerBound
      while let colon = source[index..<block.upperBound].firstIndex(of: UInt8(ascii: ":")) {
        if source[colon..<block.upperBound].starts(with: ":::".utf8) { return true }
        index = colon + 1
      }
      return false
    }

    mutating func spans() -> [Span] {
      var index = block.lowerBound
      var nextCode = 0
      var isLineStart = true
      while index < block.upperBound {
        while nextCode < code.count, code[nextCode].upperBound <= index { nextCode += 1 }
        if nextCode < code.count, code[nextCode].contains(index) {
          index = code[nextCode].upperBound
          isLineStart = false
          continue
        }
        let byte = source[index]
        var end: Int?
        switch byte {
        case UInt8(ascii: "{"): end = readBrace(index)
        case UInt8(ascii: "<") where isMDX: end = readElement(index)
        case UInt8(ascii: ":") where isLineStart: end = readFence(index)
        default: break
        }
        isLineStart = byte == 0x0A || isLineStart && (byte.isMarkupSpace || byte == 0x3E)
        if end != nil { isLineStart = false }
        index = end ?? index + 1
      }
      return found
    }

    /// Reads what starts with a brace; `nil` when it is text.
    private mutating func readBrace(_ start: Int) -> Int? {
      guard start + 1 < block.upperBound else { return nil }
      switch source[start + 1] {
      case UInt8(ascii: "{"):
        let isTag =
          start + 2 < block.upperBound
          && (source[start + 2] == UInt8(ascii: "<") || source[start + 2] == UInt8(ascii: "%"))
        return add(start, to: "}}", isTag ? .skipped : .literal)
      case UInt8(ascii: "%"): return add(start, to: "%}", .skipped)
      case UInt8(ascii: "#"), UInt8(ascii: ":"), UInt8(ascii: "."):
        return add(start, to: "}", .skipped)
      case UInt8(ascii: "/") where isMDX: return readScriptComment(start)
      default: return isMDX ? readExpression(start) : nil
      }
    }

    private mutating func add(_ start: Int, to mark: String, _ kind: Span.Kind) -> Int? {
      guard let end = end(of: mark, from: start + 1) else { return nil }
      found.append(Span(range: start..<end, kind: kind))
      return end
    }

    /// The byte behind the next mark.
    private mutating func end(of mark: String, from start: Int) -> Int? {
      guard !unclosed.contains(mark), let first = mark.utf8.first else { return nil }
      var index = start
      while index < block.upperBound,
        let place = source[index..<block.upperBound].firstIndex(of: first)
      {
        if source[place..<block.upperBound].starts(with: mark.utf8) {
          return place + mark.utf8.count
        }
        index = place + 1
      }
      unclosed.insert(mark)
      return nil
    }

    /// `{/* comment */}`
    private mutating func readScriptComment(_ start: Int) -> Int? {
      guard source[start..<block.upperBound].starts(with: "{/*".utf8),
        let end = end(of: "*/}", from: start + 3)
      else { return readExpression(start) }
      let text = String(decoding: source[start + 3..<end - 3], as: UTF8.self)
      found.append(Span(range: start..<end, kind: .comment(String(text.trimmed))))
      return end
    }

    /// `{props.name}`, with braces in it.
    private mutating func readExpression(_ start: Int) -> Int? {
      guard let end = balancedEnd(start) else { return nil }
      found.append(Span(range: start..<end, kind: .literal))
      return end
    }

    private mutating func balancedEnd(_ start: Int) -> Int? {
      guard !unclosed.contains("{") else { return nil }
      var depth = 0
      for index in start..<block.upperBound {
        if source[index] == UInt8(ascii: "{") { depth += 1 }
        if source[index] == UInt8(ascii: "}") {
          depth -= 1
          if depth == 0 { return index + 1 }
        }
      }
      unclosed.insert("{")
      return nil
    }

    /// `<Tab value={x => y}>`: a tag of JSX that is no HTML.
    private mutating func readElement(_ start: Int) -> Int? {
      guard start + 1 < block.upperBound, !unclosed.contains("<") else { return nil }
      let next = source[start + 1]
      guard next.isASCIILetter || next == UInt8(ascii: "/") || next == UInt8(ascii: ">") else {
        return nil
      }
      var depth = 0
      var quote: UInt8?
      for index in start + 1..<block.upperBound {
        let byte = source[index]
        if let open = quote {
          if byte == open { quote = nil }
        } else if depth == 0, byte == 0x22 || byte == 0x27 {
          quote = byte
        } else if byte == UInt8(ascii: "{") {
          depth += 1
        } else if byte == UInt8(ascii: "}") {
          depth -= 1
        } else if byte == UInt8(ascii: ">"), depth <= 0 {
          // Plain tags are raw HTML already, and may hold code.
          let hasExpression = source[start..<index].contains(UInt8(ascii: "{"))
          if hasExpression { found.append(Span(range: start..<index + 1, kind: .skipped)) }
          return index + 1
        }
      }
      unclosed.insert("<")
      return nil
    }

    /// `::: tip Title`: the name goes, the title stays.
    private mutating func readFence(_ start: Int) -> Int? {
      var end = start
      while end < block.upperBound, source[end] == UInt8(ascii: ":") { end += 1 }
      guard end - start >= 3 else { return nil }
      var line = end
      while line < block.upperBound, source[line] != 0x0A, source[line] != 0x0D { line += 1 }
      while end < line, source[end].isMarkupSpace { end += 1 }
      while end < line, !source[end].isMarkupSpace, !"[{".utf8.contains(source[end]) { end += 1 }
      if end < line, source[end] == UInt8(ascii: "["), source[line - 1] == UInt8(ascii: "]") {
        end += 1
        found.append(Span(range: start..<start, kind: .edge))
        found.append(Span(range: start..<end, kind: .skipped))
        found.append(Span(range: line - 1..<line, kind: .skipped))
      } else {
        found.append(Span(range: start..<start, kind: .edge))
        found.append(Span(range: start..<end, kind: .skipped))
      }
      found.append(Span(range: line..<line, kind: .edge))
      return line
    }
  }
}
