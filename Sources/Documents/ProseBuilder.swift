internal import Bitext
internal import Segmentation

/// Collects the prose of a document, block by block, with the way back to its bytes.
struct ProseBuilder {
  let source: [UInt8]
  private(set) var utf8: [UInt8] = []
  private(set) var blocks: [Block] = []
  private(set) var positions = PositionMap()
  private(set) var literals: [Range<Int>] = []
  private var open: (start: Int, kind: BlockKind)?
  /// A line break waits: what stands behind it says whether it is a space or nothing.
  private var hasBreak = false

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
    joinLines(next: source.span.scalar(at: range.lowerBound).value)
    let start = utf8.count
    positions.append(text: start, source: range.lowerBound, count: range.count)
    utf8 += source[range]
    if isLiteral { literals.append(start..<utf8.count) }
  }

  /// Appends text that a stretch of the document stands for, such as `&amp;`.
  mutating func append(_ text: String, for range: Range<Int>) {
    guard let first = text.unicodeScalars.first, open != nil else { return }
    joinLines(next: first.value)
    positions.append(
      text: utf8.count, source: range.lowerBound, count: 1, textUnit: text.utf8.count,
      sourceUnit: range.count)
    utf8 += Array(text.utf8)
  }

  /// A line break within a block.
  mutating func addBreak() { hasBreak = open != nil && utf8.count > (open?.start ?? 0) }

  /// Joins two lines as their scripts do: with a space, or with nothing between ideographs.
  private mutating func joinLines(next: UInt32) {
    guard hasBreak else { return }
    hasBreak = false
    var last = utf8.count - 1
    while last > 0, utf8[last].isUTF8Continuation { last -= 1 }
    let previous = utf8.span.scalar(at: last).value
    if !(previous.isWide && next.isWide) { utf8.append(0x20) }
  }

  func prose(file: String, language: LanguageTag, positions outer: PositionMap) -> Prose {
    var literals = literals
    literals += addresses(in: utf8)
    literals.sort { $0.lowerBound < $1.lowerBound }
    return Prose(
      file: file, language: language, utf8: utf8, blocks: blocks,
      positions: positions.composed(with: outer), literals: literals)
  }
}

extension UInt32 {
  /// Ideographs and full-width marks, between which no space is written.
  fileprivate var isWide: Bool {
    isHanScalar || 0x3000...0x303F ~= self || 0xFF00...0xFFEF ~= self
      || 0x2018...0x201D ~= self || self == 0x2026 || self == 0x2014
  }
}

/// The web and mail addresses in a text, as byte ranges.
func addresses(in utf8: [UInt8]) -> [Range<Int>] {
  var found: [Range<Int>] = []
  var index = 0
  while index < utf8.count {
    let byte = utf8[index]
    // All of them hold one of these: "://", "www.", "@".
    if byte == 0x3A, utf8[index...].starts(with: [0x3A, 0x2F, 0x2F]) {
      let range = addressStart(utf8, before: index)..<addressEnd(utf8, from: index + 3)
      if range.lowerBound < index, range.upperBound > index + 3 { found.append(range) }
      index = max(index + 1, range.upperBound)
    } else if byte | 0x20 == 0x77, index == 0 || !utf8[index - 1].isAddressByte,
      utf8.count > index + 4, utf8[index + 1] | 0x20 == 0x77, utf8[index + 2] | 0x20 == 0x77,
      utf8[index + 3] == 0x2E
    {
      let end = addressEnd(utf8, from: index)
      found.append(index..<end)
      index = end
    } else if byte == 0x40, index > 0 {
      let range = addressStart(utf8, before: index)..<addressEnd(utf8, from: index + 1)
      if range.lowerBound < index, utf8[index..<range.upperBound].contains(0x2E) {
        found.append(range)
        index = range.upperBound
      } else {
        index += 1
      }
    } else {
      index += 1
    }
  }
  return found
}

private func addressStart(_ utf8: [UInt8], before index: Int) -> Int {
  var start = index
  while start > 0,
    utf8[start - 1].isASCIILetter || utf8[start - 1].isASCIIDigit
      || [0x2B, 0x2D, 0x2E, 0x5F].contains(utf8[start - 1])
  {
    start -= 1
  }
  return start
}

private func addressEnd(_ utf8: [UInt8], from index: Int) -> Int {
  var end = index
  while end < utf8.count, utf8[end].isAddressByte { end += 1 }
  // A full stop or comma behind an address belongs to the sentence.
  while end > index, [0x2E, 0x2C, 0x3B, 0x3A, 0x21, 0x3F, 0x29].contains(utf8[end - 1]) { end -= 1 }
  return end
}

extension UInt8 {
  /// What may stand in an address, without the encoded rest.
  fileprivate var isAddressByte: Bool {
    isASCIILetter || isASCIIDigit || "-._~:/?#[]@!$&'()*+,;=%".utf8.contains(self)
  }
}
