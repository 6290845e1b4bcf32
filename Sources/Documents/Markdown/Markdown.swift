internal import Bitext
internal import CMarkdown
internal import Segmentation

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Markdown by MD4C: the only place that calls it. Front matter, code blocks and the addresses of
/// links are no prose; code within a line is a literal. Raw HTML is read as HTML is, and what the
/// site generators add is left out: see ``MarkdownTemplates``.
enum Markdown {
  /// Reads a document of valid UTF-8.
  ///
  /// - Parameters:
  ///   - source: the document.
  ///   - isMDX: whether JavaScript may stand in it.
  ///   - file: the name that trouble is reported under.
  /// - Returns: its prose, comments and declared language.
  /// - Throws: `Trouble` where its HTML is nested out of all proportion.
  static func read(
    _ source: [UInt8], isMDX: Bool, file: String
  ) throws(Trouble) -> ProseBuilder {
    var builder = try read(source, from: FrontMatter.end(in: source), isMDX: isMDX, file: file)
    builder.declaredLanguage = FrontMatter.language(in: source)
    return builder
  }

  /// Reads the end of a document, or one without front matter.
  ///
  /// - Parameters:
  ///   - source: the document.
  ///   - start: the byte where its text starts.
  ///   - definitions: those of link references that stand elsewhere in the document.
  ///   - isMDX: whether JavaScript may stand in it.
  ///   - file: the name that trouble is reported under.
  /// - Returns: its prose and comments.
  /// - Throws: `Trouble` where its HTML is nested out of all proportion.
  static func read(
    _ source: [UInt8], from start: Int, _ definitions: [UInt8] = [], isMDX: Bool, file: String
  ) throws(Trouble) -> ProseBuilder {
    guard let events = MarkdownEvents(source, from: start, definitions) else {
      return PlainText.read(source, isSegmented: false)
    }
    var builder = ProseBuilder(source: source)
    var walker = MarkdownWalker(source: source, start: events.start, isMDX: isMDX)
    for index in 0..<events.count { walker.take(events[index], &builder) }
    walker.finish(&builder)
    guard !walker.isTangled else { throw HTML.tangle(in: file) }
    return builder
  }

  /// Reads the beginning of a document up to a paragraph that lies in nothing else.
  ///
  /// - Parameters:
  ///   - source: the document, as far as it is there.
  ///   - start: the byte where its text starts.
  ///   - definitions: those of link references that stand elsewhere in the document.
  ///   - isMDX: whether JavaScript may stand in it.
  ///   - file: the name that trouble is reported under.
  ///   - places: where the paragraph may begin; the last one that will do is taken.
  /// - Returns: `nil` where none will do, or where something that stands before it is about what
  ///   comes after it.
  /// - Throws: `Trouble` where its HTML is nested out of all proportion.
  static func readPart(
    _ source: [UInt8], from start: Int, _ definitions: [UInt8], isMDX: Bool, file: String,
    upToOneOf places: Set<Int>
  ) throws(Trouble) -> DocumentPart? {
    guard let events = MarkdownEvents(source, from: start, definitions),
      let cut = events.lastParagraph(startingAt: places)
    else { return nil }
    var builder = ProseBuilder(source: source)
    var walker = MarkdownWalker(source: source, start: events.start, isMDX: isMDX)
    for index in 0..<cut.event { walker.take(events[index], &builder) }
    walker.finish(&builder)
    guard !walker.isTangled else { throw HTML.tangle(in: file) }
    guard !walker.reachesOn else { return nil }
    // A comment is about the block before it or after it.
    if let comment = builder.comments.last {
      guard let block = builder.blocks.last, comment.place <= block.range.lowerBound else {
        return nil
      }
    }
    return DocumentPart(builder, end: cut.place)
  }
}

/// What MD4C says of a document, event by event.
struct MarkdownEvents: ~Copyable {
  private let list: UnsafeMutablePointer<concord_markdown_event>?
  let count: Int
  /// The byte of the document that the events count from; less than zero where more stands before
  /// it.
  let start: Int

  /// The events of a document; `nil` when memory ran out.
  ///
  /// - Parameters:
  ///   - source: the document.
  ///   - start: the byte where its text starts.
  ///   - definitions: what is to be read before it.
  init?(_ source: [UInt8], from start: Int, _ definitions: [UInt8] = []) {
    var list: UnsafeMutablePointer<concord_markdown_event>?
    let isAlone = definitions.isEmpty
    let document = isAlone ? source : definitions + source[start...]
    let first = isAlone ? start : 0
    let count = document.withUnsafeBytes { bytes in
      let text = bytes.baseAddress.map { $0.assumingMemoryBound(to: CChar.self) + first }
      return concord_markdown_parse(text, UInt32(clamping: bytes.count - first), &list)
    }
    guard count >= 0 else { return nil }
    self.list = list
    self.count = Int(count)
    self.start = start - definitions.count
  }

  deinit { free(list) }

  subscript(index: Int) -> concord_markdown_event {
    UnsafeBufferPointer(start: list, count: count)[index]
  }

  /// The byte of the document where an event's text starts; `nil` for other events.
  func place(ofText index: Int) -> Int? {
    let event = self[index]
    guard Int(event.kind) == concord_markdown_text, Int(event.type) != concord_markdown_break else {
      return nil
    }
    return start + Int(event.start)
  }

  /// The last paragraph that lies in the document itself and starts at one of some bytes.
  ///
  /// - Parameter places: bytes of the document.
  /// - Returns: the event with which it begins, and its place; `nil` when there is none.
  func lastParagraph(startingAt places: Set<Int>) -> (event: Int, place: Int)? {
    var found: (event: Int, place: Int)?
    var depth = 0
    for index in 0..<count {
      switch Int(self[index].kind) {
      case concord_markdown_enter:
        // The document itself is a block.
        if depth == 1, Int(self[index].type) == concord_markdown_paragraph, index + 1 < count,
          let place = place(ofText: index + 1), places.contains(place)
        {
          found = (index, place)
        }
        depth += 1
      case concord_markdown_leave: depth -= 1
      default: break
      }
    }
    return found
  }
}

/// A piece of a block, as MD4C reports it.
struct MarkdownPiece {
  enum Kind {
    case text, lineBreak, reference, code, html
  }

  var kind: Kind
  /// Bytes of the document; empty for a line break.
  var range: Range<Int>

  init(_ event: concord_markdown_event, start: Int) {
    let first = start + Int(event.start)
    range = first..<first + Int(event.length)
    switch Int(event.type) {
    case concord_markdown_break:
      kind = .lineBreak
      range = start..<start
    case concord_markdown_code: kind = .code
    case concord_markdown_entity: kind = .reference
    case concord_markdown_html: kind = .html
    default: kind = .text
    }
  }
}

private struct MarkdownWalker {
  let source: [UInt8]
  let start: Int
  let isMDX: Bool
  /// Whether a block of HTML could not be read.
  private(set) var isTangled = false
  private var blocks: [(type: Int, level: Int)] = []
  /// What was read of the innermost block since the last one began or ended.
  private var pieces: [MarkdownPiece] = []
  private var templates: MarkdownTemplates

  init(source: [UInt8], start: Int, isMDX: Bool) {
    self.source = source
    self.start = start
    self.isMDX = isMDX
    templates = MarkdownTemplates(source: source, isMDX: isMDX)
  }

  mutating func take(_ event: concord_markdown_event, _ builder: inout ProseBuilder) {
    switch Int(event.kind) {
    case concord_markdown_enter:
      endBlock(&builder)
      blocks.append((Int(event.type), Int(event.level)))
    case concord_markdown_leave:
      endBlock(&builder)
      if !blocks.isEmpty { blocks.removeLast() }
    default:
      let piece = MarkdownPiece(event, start: start)
      // What stands before the document is none of its text.
      if piece.range.lowerBound >= 0 || piece.kind == .lineBreak { pieces.append(piece) }
    }
  }

  mutating func finish(_ builder: inout ProseBuilder) { endBlock(&builder) }

  /// Whether what was read tells of something that ends later, or might.
  var reachesOn: Bool { templates.reachesOn }

  private mutating func endBlock(_ builder: inout ProseBuilder) {
    builder.end()
    guard !pieces.isEmpty else { return }
    if blocks.last?.type == concord_markdown_html_block {
      readHTML(&builder)
    } else {
      var inline = MarkdownInline(source: source, kind: kind)
      inline.read(pieces, templates.spans(in: pieces), &builder)
    }
    builder.end()
    pieces.removeAll(keepingCapacity: true)
  }

  /// Reads a block of raw HTML, whose lines may stand behind the marks of quotes and lists.
  private mutating func readHTML(_ builder: inout ProseBuilder) {
    var html: [UInt8] = []
    var places = PositionMap()
    for piece in pieces {
      if piece.kind == .lineBreak {
        html.append(0x0A)
      } else {
        places.append(text: html.count, source: piece.range.lowerBound, count: piece.range.count)
        html += source[piece.range]
      }
    }
    if templates.isHidden { return }
    let isRead = HTML.append(html, at: places, isXML: isMDX, kind: kind, to: &builder)
    if !isRead { isTangled = true }
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
