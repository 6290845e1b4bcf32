import Bitext
import TestSupport
import Testing

/// Maps of random texts against an oracle that keeps, for each byte of the text, the bytes of the
/// file behind it.
@Suite struct PositionMapPropertyTests {
  /// A text and its file, byte by byte.
  struct ByteTable {
    /// For each byte of the text, the file's bytes of its unit; `nil` for text that was put in.
    var origins: [Range<Int>?] = []
    /// For each byte of the text, where its unit starts.
    var unitStarts: [Int] = []
    var fileLength = 0

    mutating func append(textUnit: Int, sourceUnit: Int) {
      let start = origins.count
      for _ in 0..<textUnit {
        origins.append(fileLength..<fileLength + sourceUnit)
        unitStarts.append(start)
      }
      fileLength += sourceUnit
    }

    mutating func insert(_ count: Int) {
      for _ in 0..<count {
        unitStarts.append(origins.count)
        origins.append(nil)
      }
    }

    func source(at offset: Int) -> Int {
      if offset < origins.count, let origin = origins[offset] { return origin.lowerBound }
      if let before = origins.prefix(offset).last(where: { $0 != nil }), let before {
        return before.upperBound
      }
      return origins.lazy.compactMap { $0 }.first?.lowerBound ?? offset
    }

    func source(_ range: Range<Int>) -> Range<Int> {
      let start = source(at: range.lowerBound)
      guard !range.isEmpty,
        let last = origins.prefix(range.upperBound).last(where: { $0 != nil }), let last
      else { return start..<start }
      return start..<max(start, last.upperBound)
    }

    func text(at offset: Int) -> Int {
      let mapped = origins.indices.filter { origins[$0] != nil }
      guard let first = mapped.first else { return offset }
      guard let last = mapped.last(where: { (origins[$0]?.lowerBound ?? 0) <= offset }) else {
        return first
      }
      return origins[last]?.contains(offset) == true ? unitStarts[last] : last + 1
    }
  }

  private static let units = [(1, 1), (1, 1), (1, 1), (3, 2), (1, 2), (2, 2), (4, 4), (1, 5)]

  private func randomMap(_ random: inout SeededGenerator) -> (PositionMap, ByteTable) {
    var map = PositionMap()
    var table = ByteTable()
    for _ in 0..<Int.random(in: 0...12, using: &random) {
      // Markup that the text leaves out, then perhaps text that the file does not have.
      if Bool.random(using: &random) { table.fileLength += Int.random(in: 0...4, using: &random) }
      if Int.random(in: 0..<4, using: &random) == 0 {
        table.insert(Int.random(in: 1...2, using: &random))
      }
      let (textUnit, sourceUnit) = Self.units[Int.random(in: Self.units.indices, using: &random)]
      let count = Int.random(in: 0...4, using: &random)
      map.append(
        text: table.origins.count, source: table.fileLength, count: count, textUnit: textUnit,
        sourceUnit: sourceUnit)
      for _ in 0..<count { table.append(textUnit: textUnit, sourceUnit: sourceUnit) }
    }
    return (map, table)
  }

  @Test(arguments: 1...60 as ClosedRange<UInt64>)
  func agreesWithTheOracleByteByByte(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let (map, table) = randomMap(&random)
    let count = table.origins.count
    guard table.origins.contains(where: { $0 != nil }) else { return }
    for offset in 0...count {
      #expect(map.source(at: offset) == table.source(at: offset), "text byte \(offset)")
      for end in offset...count {
        #expect(map.source(offset..<end) == table.source(offset..<end), "\(offset)..<\(end)")
      }
    }
    for offset in 0...table.fileLength + 2 {
      #expect(map.text(at: offset) == table.text(at: offset), "file byte \(offset)")
    }
  }

  @Test(arguments: 1...30 as ClosedRange<UInt64>)
  func textIsTheInverseOfSource(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let (map, table) = randomMap(&random)
    for (offset, origin) in table.origins.enumerated() where origin != nil {
      #expect(map.text(at: map.source(at: offset)) == table.unitStarts[offset])
    }
  }

  /// A decoded file, then a reader of markup over it: the byte of the text must lead to the
  /// character of the file that it came from.
  @Test(arguments: 1...60 as ClosedRange<UInt64>)
  func compositionAgreesWithTheOracle(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var outer = PositionMap()
    var middle = ByteTable()
    middle.fileLength = 2
    var characters: [Range<Int>] = []
    for _ in 0..<30 {
      let (textUnit, sourceUnit) = [(1, 2), (3, 2), (4, 4)][Int.random(in: 0..<3, using: &random)]
      let start = middle.origins.count
      characters.append(start..<start + textUnit)
      outer.append(
        text: start, source: middle.fileLength, count: 1, textUnit: textUnit,
        sourceUnit: sourceUnit)
      middle.append(textUnit: textUnit, sourceUnit: sourceUnit)
    }

    var inner = PositionMap()
    var expected: [Range<Int>?] = []
    var next = 0
    while next < characters.count {
      let count = min(Int.random(in: 1...4, using: &random), characters.count - next)
      let taken = characters[next].lowerBound..<characters[next + count - 1].upperBound
      switch Int.random(in: 0..<4, using: &random) {
      case 0:
        break
      case 1:
        expected.append(nil)
      case 2:
        let length = Int.random(in: 1...3, using: &random)
        inner.append(
          text: expected.count, source: taken.lowerBound, count: 1, textUnit: length,
          sourceUnit: taken.count)
        for _ in 0..<length { expected.append(middle.source(taken)) }
      default:
        inner.append(text: expected.count, source: taken.lowerBound, count: taken.count)
        for byte in taken { expected.append(middle.origins[byte]) }
      }
      next += count
    }

    let map = inner.composed(with: outer)
    for (offset, origin) in expected.enumerated() {
      guard let origin else { continue }
      #expect(map.source(at: offset) == origin.lowerBound, "text byte \(offset)")
      #expect(map.source(offset..<offset + 1) == origin, "text byte \(offset)")
      for end in offset + 1..<expected.count {
        guard let last = expected[end] else { continue }
        #expect(map.source(offset..<end + 1) == origin.lowerBound..<last.upperBound)
      }
    }
  }
}
