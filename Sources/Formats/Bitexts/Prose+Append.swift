package import Bitext

extension Prose {
  /// A document without any text yet.
  package init(emptyIn language: LanguageTag, file: String) {
    self.init(file: file, language: language, utf8: [], blocks: [], positions: PositionMap())
  }

  /// Appends a text as a block of its own.
  ///
  /// - Parameters:
  ///   - text: the text; an empty one makes a block with a place.
  ///   - kind: what it is.
  ///   - identifier: what names it in its file.
  /// - Returns: the number of the block.
  @discardableResult
  package mutating func append(
    _ text: PlacedText, kind: BlockKind, identifier: String? = nil
  ) -> Int {
    let start = utf8.count
    utf8 += text.utf8
    let range = start..<utf8.count
    positions.append(contentsOf: text.positions, at: start)
    // The line feed carries the place of a text that is empty.
    if range.isEmpty { positions.append(text: start, source: text.place, count: 1) }
    literals += text.literals.map { $0.lowerBound + start..<$0.upperBound + start }
    utf8.append(0x0A)
    blocks.append(Block(range: range, kind: kind, identifier: identifier))
    return blocks.count - 1
  }
}
