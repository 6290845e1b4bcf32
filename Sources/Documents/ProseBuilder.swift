internal import Bitext
internal import Segmentation

/// Collects the prose of a document, block by block, with the way back to its bytes.
struct ProseBuilder {
  let source: [UInt8]
  private(set) var utf8: [UInt8] = []
  private(set) var blocks: [Block] = []
  private(set) var positions = PositionMap()
  private(set) var literals: [Range<Int>] = []
  /// Ranges in ``source``.
  private(set) var comments: [DocumentComment] = []
  /// The language that the document itself names.
  var declaredLanguage: LanguageTag?
  /// What a word processor's styles say about the languages.
  var styleLanguages = PackedLanguages()
  private var open: (start: Int, kind: BlockKind)?
  /// A line break waits: what stands behind it says whether it is a space or nothing.
  private var hasBreak = false
  /// White space that counts as one space, once text follows it.
  private var gap: Range<Int>?

  /// - Parameter source: the decoded document.
  init(source: [UInt8]) { self.source = source }

  var isOpen: Bool { open != nil }

  /// Ends the open block and starts one of a kind.
  mutating func begin(_ kind: BlockKind) {
    end()
    open = (utf8.count, kind)
  }

  /// Ends the open block; one without letters leaves no trace.
  mutating func end() {
    defer {
      open = nil
      hasBreak = false
      gap = nil
    }
    guard let open, utf8.count > open.start else { return }
    let range = open.start..<utf8.count
    guard !utf8.span.trimmingWhitespace(range).isEmpty else { return }
    blocks.append(Block(range: range, kind: open.kind))
    utf8.append(0x0A)
  }

  /// A block without text, such as an empty line that keeps its number.
  mutating func addEmptyBlock(_ kind: BlockKind, at offset: Int) {
    end()
    positions.append(text: utf8.count, source: offset, count: 1)
    blocks.append(Block(range: utf8.count..<utf8.count, kind: kind))
    utf8.append(0x0A)
  }

  /// Appends bytes that stand in the document as they are.
  mutating func append(_ range: Range<Int>, isLiteral: Bool = false) {
    guard !range.isEmpty, open != nil else { return }
    let end = utf8.count
    joinLines(next: source.span.scalar(at: range.lowerBound).value)
    let start = utf8.count
    positions.append(text: start, source: range.lowerBound, count: range.count)
    utf8 += source[range]
    if isLiteral { addLiteral(start..<utf8.count, after: end) }
  }

  /// Appends text that a stretch of the document stands for, such as `&amp;`.
  mutating func append(_ text: String, for range: Range<Int>, isLiteral: Bool = false) {
    guard let first = text.unicodeScalars.first, open != nil else { return }
    let end = utf8.count
    joinLines(next: first.value)
    let start = utf8.count
    positions.append(
      text: utf8.count, source: range.lowerBound, count: 1, textUnit: text.utf8.count,
      sourceUnit: range.count)
    utf8 += Array(text.utf8)
    if isLiteral { addLiteral(start..<utf8.count, after: end) }
  }

  /// Literals that only a gap parts are one.
  private mutating func addLiteral(_ range: Range<Int>, after end: Int) {
    guard let last = literals.last, last.upperBound == end, !last.isEmpty else {
      return literals.append(range)
    }
    literals[literals.count - 1] = last.lowerBound..<range.upperBound
  }

  /// Appends text in which white space is but a gap, however much of it there is, and opens a block
  /// when there is text for it.
  ///
  /// - Parameters:
  ///   - range: bytes of the document.
  ///   - kind: of the block, where none is open.
  ///   - isLiteral: whether the text is quoted as it is.
  mutating func appendFlowing(_ range: Range<Int>, in kind: BlockKind, isLiteral: Bool = false) {
    var index = range.lowerBound
    while index < range.upperBound {
      let start = index
      while index < range.upperBound, source[index].isMarkupSpace { index += 1 }
      if index > start { addGap(start..<index) }
      let word = index
      while index < range.upperBound, !source[index].isMarkupSpace { index += 1 }
      guard index > word else { continue }
      if open == nil { begin(kind) }
      append(word..<index, isLiteral: isLiteral)
    }
  }

  /// White space within a block: one space, or a line break where it holds one.
  mutating func addGap(_ range: Range<Int>) {
    guard let open, utf8.count > open.start else { return }
    if source[range].contains(where: { $0 == 0x0A || $0 == 0x0D }) {
      hasBreak = true
    } else if gap == nil {
      gap = range
    }
  }

  /// A space that no byte of the document stands for.
  mutating func addSpace() {
    if let open, utf8.count > open.start, gap == nil { gap = 0..<0 }
  }

  /// A comment, by its bytes in the document, marks included.
  mutating func addComment(_ text: String, _ range: Range<Int>) {
    comments.append(DocumentComment(text: text, range: range, place: utf8.count))
  }

  /// A line break within a block.
  mutating func addBreak() { hasBreak = open != nil && utf8.count > (open?.start ?? 0) }

  /// The end of a line where white space is but a gap: it breaks no line that was not begun.
  mutating func addLineEnd() {
    if let open, utf8.count > open.start { hasBreak = true }
  }

  /// Joins two lines as their scripts do: with a space, or with nothing between ideographs.
  private mutating func joinLines(next: UInt32) {
    guard hasBreak else { return closeGap() }
    hasBreak = false
    gap = nil
    var last = utf8.count - 1
    while last > 0, utf8[last].isUTF8Continuation { last -= 1 }
    let previous = utf8.span.scalar(at: last).value
    if !(previous.isWide && next.isWide) { utf8.append(0x20) }
  }

  private mutating func closeGap() {
    guard let gap else { return }
    self.gap = nil
    if !gap.isEmpty {
      positions.append(text: utf8.count, source: gap.lowerBound, count: 1, sourceUnit: gap.count)
    }
    utf8.append(0x20)
  }

  func prose(file: String, language: LanguageTag, positions outer: PositionMap) -> Prose {
    var literals = literals
    literals += addresses(in: utf8)
    literals.sort { $0.lowerBound < $1.lowerBound }
    return Prose(
      file: file, language: language, utf8: utf8, blocks: blocks,
      positions: positions.composed(with: outer), literals: literals,
      comments: comments.map { comment in
        var comment = comment
        comment.range = outer.source(comment.range)
        return comment
      })
  }
}

extension UInt8 {
  /// What HTML and reStructuredText take for white space.
  var isMarkupSpace: Bool {
    self == 0x20 || self == 0x0A || self == 0x0D || self == 0x09 || self == 0x0C
  }
}

extension UInt32 {
  /// Ideographs and full-width marks, between which no space is written.
  fileprivate var isWide: Bool {
    isHanScalar || 0x3000...0x303F ~= self || 0xFF00...0xFFEF ~= self
      || 0x2018...0x201D ~= self || self == 0x2026 || self == 0x2014
  }
}
