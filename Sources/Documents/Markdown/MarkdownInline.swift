internal import Bitext
internal import Segmentation

/// The text of a block of Markdown: pieces of text, code and HTML, less what templates take out.
struct MarkdownInline {
  let source: [UInt8]
  let kind: BlockKind
  /// The open elements of raw HTML that make their text a literal.
  private var literals: [String] = []
  /// Whether white space is but a gap: some stands around what is taken out.
  private var isFlowing = false
  /// The template span that is reached next.
  private var next = 0

  init(source: [UInt8], kind: BlockKind) {
    self.source = source
    self.kind = kind
  }

  mutating func read(
    _ pieces: [MarkdownPiece], _ spans: [MarkdownTemplates.Span], _ builder: inout ProseBuilder
  ) {
    isFlowing = !spans.isEmpty || pieces.contains { $0.kind == .html }
    var index = 0
    while index < pieces.count {
      let piece = pieces[index]
      index += 1
      switch piece.kind {
      case .lineBreak: builder.addBreak()
      case .html:
        if let end = commentEnd(pieces, from: index - 1) {
          addComment(piece.range.lowerBound..<pieces[end].range.upperBound, &builder)
          index = end + 1
        } else if !covers(piece.range, spans) {
          readTag(piece.range, &builder)
        }
      default: append(piece, spans, &builder)
      }
    }
  }

  // MARK: - Text

  private mutating func append(
    _ piece: MarkdownPiece, _ spans: [MarkdownTemplates.Span], _ builder: inout ProseBuilder
  ) {
    var start = piece.range.lowerBound
    let end = piece.range.upperBound
    while next < spans.count, spans[next].range.lowerBound < end || spans[next].range.isEmpty,
      spans[next].range.lowerBound <= end
    {
      let span = spans[next]
      if span.range.lowerBound > start {
        append(start..<span.range.lowerBound, piece.kind, &builder)
        start = span.range.lowerBound
      }
      let covered = start..<max(start, min(end, span.range.upperBound))
      switch span.kind {
      case .skipped: break
      case .literal: append(covered, .code, &builder)
      case .comment(let text):
        if span.range.lowerBound >= piece.range.lowerBound { builder.addComment(text, span.range) }
      case .edge: builder.end()
      }
      start = max(start, covered.upperBound)
      // The rest of the span lies in the pieces that follow.
      if span.range.upperBound > end { break }
      next += 1
    }
    append(start..<end, piece.kind, &builder)
  }

  private func append(
    _ range: Range<Int>, _ kind: MarkdownPiece.Kind, _ builder: inout ProseBuilder
  ) {
    guard !range.isEmpty else { return }
    let isLiteral = kind == .code || !literals.isEmpty
    if isFlowing, kind == .text {
      return builder.appendFlowing(range, in: self.kind, isLiteral: isLiteral)
    }
    if !builder.isOpen { builder.begin(self.kind) }
    if kind == .reference, let text = CharacterReference.text(of: source[range]) {
      builder.append(text, for: range, isLiteral: isLiteral)
    } else {
      builder.append(range, isLiteral: isLiteral)
    }
  }

  /// Whether a template takes the range out.
  private func covers(_ range: Range<Int>, _ spans: [MarkdownTemplates.Span]) -> Bool {
    var index = next
    while index < spans.count, spans[index].range.lowerBound <= range.lowerBound {
      if spans[index].range.upperBound >= range.upperBound { return true }
      index += 1
    }
    return false
  }

  // MARK: - HTML within a line

  /// The last piece of a comment that starts with a piece.
  private func commentEnd(_ pieces: [MarkdownPiece], from first: Int) -> Int? {
    guard source[pieces[first].range].starts(with: "<!--".utf8) else { return nil }
    for index in first..<pieces.count where pieces[index].kind != .lineBreak {
      guard pieces[index].kind == .html else { return nil }
      if source[pieces[index].range].suffix(3).elementsEqual("-->".utf8) { return index }
    }
    return nil
  }

  private func addComment(_ range: Range<Int>, _ builder: inout ProseBuilder) {
    let text = String(decoding: source[range.dropFirst(4).dropLast(3)], as: UTF8.self)
    builder.addComment(String(text.trimmed), range)
  }

  private mutating func readTag(_ range: Range<Int>, _ builder: inout ProseBuilder) {
    let tag = String(decoding: source[range], as: UTF8.self).lowercased()
    let isEnd = tag.hasPrefix("</")
    let name = String(tag.drop { $0 == "<" || $0 == "/" }.prefix { $0.isLetter || $0.isNumber })
    if name == "br" { return builder.addBreak() }
    if isEnd {
      if let last = literals.lastIndex(of: name) { literals.removeSubrange(last...) }
      return
    }
    let isCode = ["code", "kbd", "samp", "var", "tt"].contains(name)
    let isUntranslated =
      tag.contains("notranslate") || tag.contains("translate=\"no\"")
      || tag.contains("translate='no'") || tag.contains("translate=no")
    if isCode || isUntranslated, !tag.hasSuffix("/>") { literals.append(name) }
  }
}
