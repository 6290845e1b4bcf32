package import Bitext
internal import Segmentation

/// A stretch of text with the way back to its bytes.
package struct PlacedText: Sendable {
  package private(set) var utf8: [UInt8] = []
  /// Leads from ``utf8`` to the file.
  package private(set) var positions = PositionMap()
  /// Stretches of ``utf8`` that are not to be translated.
  package private(set) var literals: [Range<Int>] = []
  /// The byte of the file where the text stands when there is none.
  package var place: Int

  package init(at place: Int) { self.place = place }

  init(_ text: String, positions: PositionMap, at place: Int) {
    utf8 = Array(text.utf8)
    self.positions = positions
    self.place = place
  }

  /// Whether it holds nothing that a reader would see.
  package var isBlank: Bool { utf8.span.trimmingWhitespace(0..<utf8.count).isEmpty }

  /// The byte of the file where the text ends.
  var end: Int { utf8.isEmpty ? place : positions.source(0..<utf8.count).upperBound }

  /// Appends text whose bytes lead to the file as `places` says.
  package mutating func append(
    _ bytes: some Collection<UInt8>, _ places: PositionMap, isLiteral: Bool = false
  ) {
    // An empty map leads every offset to itself and is not to be asked.
    guard !bytes.isEmpty else { return }
    let start = utf8.count
    utf8 += bytes
    positions.append(contentsOf: places, at: start)
    if isLiteral { markLiteral(start..<utf8.count) }
  }

  /// Appends a byte that stands for all of a range of the file.
  package mutating func append(byte: UInt8, from source: Range<Int>) {
    positions.append(
      text: utf8.count, source: source.lowerBound, count: 1, sourceUnit: source.count)
    utf8.append(byte)
  }

  /// Appends a character that stands for all of a range of the file.
  package mutating func append(_ scalar: Unicode.Scalar, from source: Range<Int>) {
    let bytes = Array(String(Character(scalar)).utf8)
    positions.append(
      text: utf8.count, source: source.lowerBound, count: 1, textUnit: bytes.count,
      sourceUnit: source.count)
    utf8 += bytes
  }

  /// Appends white space that stands for something in the file, such as a line break's code.
  package mutating func appendSpace(_ byte: UInt8 = 0x20) { utf8.append(byte) }

  package mutating func markLiteral(_ range: Range<Int>) {
    guard !range.isEmpty else { return }
    if let last = literals.last, last.upperBound >= range.lowerBound {
      literals[literals.count - 1] =
        last.lowerBound..<max(last.upperBound, range.upperBound)
    } else {
      literals.append(range)
    }
  }
}
