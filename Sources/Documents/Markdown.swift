internal import Bitext
internal import CMarkdown
internal import Segmentation

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Markdown by MD4C: the only place that calls it. Front matter, code blocks, raw HTML and the
/// addresses of links are no prose; code within a line is a literal.
enum Markdown {
  static func read(_ source: [UInt8]) -> ProseBuilder {
    var builder = ProseBuilder(source: source)
    let start = FrontMatter.end(in: source)
    var list: UnsafeMutablePointer<concord_markdown_event>?
    let count = source.withUnsafeBytes { bytes in
      let text = bytes.baseAddress.map { $0.assumingMemoryBound(to: CChar.self) + start }
      return concord_markdown_parse(text, UInt32(clamping: bytes.count - start), &list)
    }
    defer { free(list) }
    guard count >= 0 else { return PlainText.read(source, isSegmented: false) }
    var walker = MarkdownWalker(start: start)
    for event in UnsafeBufferPointer(start: list, count: Int(count)) {
      walker.take(event, &builder)
    }
    builder.end()
    builder.declaredLanguage = FrontMatter.language(in: source)
    return builder
  }
}

private struct MarkdownWalker {
  let start: Int
  private var blocks: [(type: Int, level: Int)] = []

  init(start: Int) { self.start = start }

  mutating func take(_ event: concord_markdown_event, _ builder: inout ProseBuilder) {
    switch Int(event.kind) {
    case concord_markdown_enter:
      builder.end()
      blocks.append((Int(event.type), Int(event.level)))
    case concord_markdown_leave:
      builder.end()
      if !blocks.isEmpty { blocks.removeLast() }
    default: text(event, &builder)
    }
  }

  private func text(_ event: concord_markdown_event, _ builder: inout ProseBuilder) {
    if !builder.isOpen { builder.begin(kind) }
    let first = start + Int(event.start)
    let range = first..<first + Int(event.length)
    switch Int(event.type) {
    case concord_markdown_break: builder.addBreak()
    case concord_markdown_code: builder.append(range, isLiteral: true)
    case concord_markdown_entity:
      if let text = CharacterReference.text(of: builder.source[range]) {
        builder.append(text, for: range)
      } else {
        builder.append(range)
      }
    default: builder.append(range)
    }
  }

  /// What the open blocks make of a text; the innermost says most.
  private var kind: BlockKind {
    for block in blocks.reversed() {
      switch block.type {
      case concord_markdown_heading: return .heading(level: block.level)
      case concord_markdown_item: return .listItem
      case concord_markdown_cell: return .tableCell
      case concord_markdown_quote: return .quote
      default: break
      }
    }
    return .paragraph
  }
}

/// The metadata between two lines of three hyphens at the start of a document.
enum FrontMatter {
  /// Where the document goes on after it; 0 when there is none.
  static func end(in source: [UInt8]) -> Int {
    let lines = PlainText.lines(of: Array(source.prefix(65_536)))
    guard let first = lines.first, source[first].elementsEqual("---".utf8) else { return 0 }
    for (index, line) in lines.enumerated().dropFirst() {
      let text = source[line]
      guard text.elementsEqual("---".utf8) || text.elementsEqual("...".utf8) else { continue }
      return index + 1 < lines.count ? lines[index + 1].lowerBound : source.count
    }
    return 0
  }

  /// The language that the metadata declares: `lang: zh-Hans` or `language: en`.
  static func language(in source: [UInt8]) -> LanguageTag? {
    let end = end(in: source)
    for line in PlainText.lines(of: Array(source[..<end])) {
      let parts = source[line].split(separator: 0x3A, maxSplits: 1)
      guard parts.count == 2, let name = parts.first,
        name.elementsEqual("lang".utf8) || name.elementsEqual("language".utf8)
      else { continue }
      let value = parts[1].filter { $0 != 0x20 && $0 != 0x22 && $0 != 0x27 }
      return LanguageTag(String(decoding: value, as: UTF8.self))
    }
    return nil
  }
}
