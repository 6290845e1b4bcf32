import TestSupport
import Testing

@testable import Matching

@Suite struct ExactTableTests {
  /// A table in memory, and what asks it.
  private struct Held {
    let hashes: [UInt32]
    var bytes: [UInt8]

    init(_ hashes: [UInt32]) {
      self.hashes = hashes
      bytes = ExactTable.lines(hashes).withUnsafeBytes { Array($0) }
    }

    func texts(hashed hash: UInt32) -> (texts: [Int], isWhole: Bool) {
      var record = ShelfRecord()
      (record.count, record.exactLines) = (hashes.count, ExactTable.lineCount(hashes.count))
      return bytes.withUnsafeBytes { bytes in
        guard let base = bytes.baseAddress else { return ([], false) }
        let table = ExactTable(record, base)
        var texts: [Int] = []
        let isWhole = table.forEachText(hashed: hash) { texts.append($0) }
        return (texts, isWhole)
      }
    }

    func likelyText(hashed hash: UInt32) -> Int? {
      var record = ShelfRecord()
      (record.count, record.exactLines) = (hashes.count, ExactTable.lineCount(hashes.count))
      return bytes.withUnsafeBytes { bytes in
        bytes.baseAddress.flatMap { ExactTable(record, $0).likelyText(hashed: hash) }
      }
    }
  }

  /// Hashes of which many are the same, fall into one line, or are spread.
  private static func hashes(_ count: Int, _ random: inout SeededGenerator) -> [UInt32] {
    (0..<count).map { number in
      switch number % 4 {
      case 0: UInt32.random(in: 0...3, using: &random)
      case 1: UInt32.max - UInt32.random(in: 0...40, using: &random)
      default: UInt32.random(in: 0...UInt32.max, using: &random)
      }
    }
  }

  @Test(arguments: [0, 1, 2, 9, 10, 11, 40, 300, 5000])
  func textsAreFoundByTheirHashes(count: Int) {
    var random = SeededGenerator(seed: UInt64(count))
    let table = Held(Self.hashes(count, &random))
    #expect(table.bytes.count == ExactTable.lineCount(count) * ExactTable.lineSize)
    let others = (0..<200).map { _ in UInt32.random(in: 0...UInt32.max, using: &random) }
    for hash in Set(table.hashes.prefix(400) + others) {
      let (texts, isWhole) = table.texts(hashed: hash)
      #expect(isWhole)
      // Texts of other hashes may come too: who asks looks at their keys.
      let right = table.hashes.indices.filter { table.hashes[$0] == hash }
      #expect(Set(texts).isSuperset(of: right) && Set(texts).count == texts.count)
      #expect(texts.count <= right.count + 2)
      if let text = table.likelyText(hashed: hash) { #expect(texts.contains(text)) }
    }
  }

  /// A hole in a file is zeros.
  @Test func lineOfZerosIsNoticed() {
    var random = SeededGenerator(seed: 8)
    let table = Held(Self.hashes(60, &random))
    for line in 0..<ExactTable.lineCount(60) {
      var damaged = table
      for byte in 0..<ExactTable.lineSize { damaged.bytes[line * ExactTable.lineSize + byte] = 0 }
      #expect(table.hashes.contains { !damaged.texts(hashed: $0).isWhole }, "line \(line)")
    }
  }

  /// Units without a translation have the same key, and may be most of a memory.
  @Test func manyTextsOfOneHashAreFound() {
    let table = Held([UInt32](repeating: 7, count: 60_000) + [7 << 20, UInt32.max])
    #expect(table.texts(hashed: 7).texts.count == 60_000)
    #expect(table.texts(hashed: UInt32.max).texts == [60_001])
  }

  @Test func everyFlippedBitIsNoticed() {
    var random = SeededGenerator(seed: 7)
    let table = Held(Self.hashes(60, &random))
    for bit in 0..<table.bytes.count * 8 {
      var damaged = table
      damaged.bytes[bit / 8] ^= 1 << UInt8(bit % 8)
      let noticed = table.hashes.contains { !damaged.texts(hashed: $0).isWhole }
      #expect(noticed, "bit \(bit)")
    }
  }
}
