internal import Bitext
internal import CHTML
internal import Segmentation

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// HTML by gumbo: the only place that calls it. Scripts, style sheets, blocks of code, attributes
/// and the head but for its title are no prose; code within a line is a literal, and so is what
/// `translate="no"` covers.
enum HTML {
  /// Reads a document of valid UTF-8.
  ///
  /// - Parameters:
  ///   - source: the document.
  ///   - isXML: whether it is XHTML.
  ///   - file: the name that trouble is reported under.
  /// - Returns: its prose, comments and declared language.
  /// - Throws: `Trouble` where it is nested out of all proportion.
  static func read(_ source: [UInt8], isXML: Bool, file: String) throws(Trouble) -> ProseBuilder {
    var builder = ProseBuilder(source: source)
    let status = append(source, at: PositionMap(), isXML: isXML, kind: nil, to: &builder)
    guard status else { throw tangle(in: file) }
    return builder
  }

  /// What is wrong with HTML that would take time and memory without bound.
  static func tangle(in file: String) -> Trouble {
    Trouble(
      "holds too many elements in one another, or too many attributes, to be read: close the "
        + "elements that are left open", file: file)
  }

  /// Appends the prose of HTML that is the whole of a document or a part of it.
  ///
  /// - Parameters:
  ///   - html: the HTML in valid UTF-8.
  ///   - places: leads from it to the document that the builder works on.
  ///   - isXML: whether it is XHTML.
  ///   - kind: what text outside its elements is; `nil` stands for a paragraph.
  ///   - builder: takes the prose.
  /// - Returns: whether it could be read.
  static func append(
    _ html: [UInt8], at places: PositionMap, isXML: Bool, kind: BlockKind?,
    to builder: inout ProseBuilder
  ) -> Bool {
    var result = concord_html_result()
    let status = concord_html_parse(html, UInt32(clamping: html.count), isXML ? 1 : 0, &result)
    defer {
      free(result.events)
      free(result.pool)
    }
    guard status == 0, html.count <= Int(UInt32.max) else { return false }
    var walker = HTMLWalker(html: html, places: places, kind: kind, pool: result.pool)
    builder.end()
    for event in UnsafeBufferPointer(start: result.events, count: Int(result.count)) {
      walker.take(event, &builder)
    }
    builder.end()
    return true
  }

  /// The encoding that a document declares in its first bytes, where ``decodeText`` cannot know it:
  /// in a `meta` element, or as XML does.
  static func declaredEncoding(_ bytes: [UInt8]) -> String? {
    // The HTML standard, "prescan a byte stream", looks at as many.
    let head = bytes.prefix(1024).map { $0 | ($0 &- 0x41 < 26 ? 0x20 : 0) }
    for name in ["charset", "encoding"] {
      var from = head.startIndex
      while let start = head[from...].firstIndex(of: UInt8(ascii: name == "charset" ? "c" : "e")) {
        from = start + 1
        guard head[start...].starts(with: name.utf8) else { continue }
        var rest = head[(start + name.utf8.count)...].drop { $0.isMarkupSpace }
        guard rest.first == UInt8(ascii: "=") else { continue }
        rest = rest.dropFirst().drop { $0.isMarkupSpace || $0 == 0x22 || $0 == 0x27 }
        let label = rest.prefix { $0.isASCIILetter || $0.isASCIIDigit || "-_:.".utf8.contains($0) }
        guard !label.isEmpty else { continue }
        let text = String(decoding: label, as: UTF8.self)
        // The Encoding standard reads what calls itself GB 2312 with the larger set.
        return ["gb2312", "gbk", "gb_2312-80", "x-gbk"].contains(text) ? "GB18030" : text
      }
    }
    return nil
  }
}

private struct HTMLWalker {
  let html: [UInt8]
  let places: PositionMap
  let kind: BlockKind?
  let pool: UnsafeMutablePointer<UInt8>?
  private var elements: [Element] = []
  /// Whether the last thing was a line break by an element: two of them end a paragraph.
  private var hasBreak = false

  private struct Element {
    /// What text in it is.
    var kind: BlockKind
    var isBlock: Bool
    var isLiteral: Bool
  }

  init(
    html: [UInt8], places: PositionMap, kind: BlockKind?, pool: UnsafeMutablePointer<UInt8>?
  ) {
    self.html = html
    self.places = places
    self.kind = kind
    self.pool = pool
  }

  mutating func take(_ event: concord_html_event, _ builder: inout ProseBuilder) {
    let range = Int(event.start)..<Int(event.start) + Int(event.length)
    switch Int(event.kind) {
    case concord_html_enter: enter(event, &builder)
    case concord_html_leave:
      if elements.popLast()?.isBlock ?? false { builder.end() }
    case concord_html_text: appendText(range, &builder)
    case concord_html_reference:
      appendReference(text(event), places.source(range), &builder)
    case concord_html_comment:
      builder.addComment(Self.content(ofComment: html[range]), places.source(range))
    case concord_html_language:
      if builder.declaredLanguage == nil { builder.declaredLanguage = LanguageTag(text(event)) }
    default: break
    }
  }

  private var inner: Element {
    elements.last ?? Element(kind: kind ?? .paragraph, isBlock: true, isLiteral: false)
  }

  private mutating func enter(_ event: concord_html_event, _ builder: inout ProseBuilder) {
    var element = inner
    element.isBlock = true
    switch Int(event.element) {
    case concord_html_heading: element.kind = .heading(level: Int(event.level))
    case concord_html_item: element.kind = .listItem
    case concord_html_cell: element.kind = .tableCell
    case concord_html_caption: element.kind = .caption
    case concord_html_quote: element.kind = .quote
    case concord_html_block: break
    case concord_html_code:
      element.isBlock = false
      element.isLiteral = true
    case concord_html_break:
      element.isBlock = false
      if hasBreak { builder.end() } else { builder.addBreak() }
      hasBreak = true
    default: element.isBlock = false
    }
    switch Int(event.translation) {
    case concord_html_untranslated: element.isLiteral = true
    case concord_html_translated: element.isLiteral = false
    default: break
    }
    if element.isBlock {
      builder.end()
      hasBreak = false
    }
    elements.append(element)
  }

  private mutating func appendText(_ range: Range<Int>, _ builder: inout ProseBuilder) {
    let element = inner
    var index = range.lowerBound
    if html[range].contains(where: { !$0.isMarkupSpace }) { hasBreak = false }
    // Where the HTML is a part of a document, each of its lines may stand elsewhere.
    while index < range.upperBound {
      let start = index
      while index < range.upperBound, html[index] != 0x0A { index += 1 }
      if index > start {
        builder.appendFlowing(
          places.source(start..<index), in: element.kind, isLiteral: element.isLiteral)
      }
      guard index < range.upperBound else { return }
      builder.addLineEnd()
      index += 1
    }
  }

  private mutating func appendReference(
    _ text: String, _ range: Range<Int>, _ builder: inout ProseBuilder
  ) {
    guard !text.utf8.allSatisfy(\.isMarkupSpace) else { return builder.addGap(range) }
    if !builder.isOpen { builder.begin(inner.kind) }
    builder.append(text, for: range, isLiteral: inner.isLiteral)
    hasBreak = false
  }

  private func text(_ event: concord_html_event) -> String {
    guard let pool else { return "" }
    return String(
      decoding: UnsafeBufferPointer(
        start: pool + Int(event.text), count: Int(event.textLength)), as: UTF8.self)
  }

  /// What stands between the marks of a comment.
  private static func content(ofComment bytes: ArraySlice<UInt8>) -> String {
    var inner = bytes
    if inner.starts(with: "<!--".utf8) { inner = inner.dropFirst(4) }
    if inner.suffix(3).elementsEqual("-->".utf8) { inner = inner.dropLast(3) }
    let start = inner.firstIndex { !$0.isMarkupSpace } ?? inner.endIndex
    let end = (inner.lastIndex { !$0.isMarkupSpace } ?? start - 1) + 1
    return start < end ? String(decoding: inner[start..<end], as: UTF8.self) : ""
  }
}
