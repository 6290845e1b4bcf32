internal import Bitext

/// Gathers units and writes a segment of them.
package struct SegmentBuilder {
  private var shelves: [String: ShelfContent] = [:]
  package private(set) var unitCount = 0
  private var range: (first: Int64, last: Int64)?
  private var byteCount = 0
  /// Tables that texts of a language are shortened with; a language without one gets its own.
  private let tables: [String: SymbolTable]

  /// Units and bytes of keys that one segment gathers: what is sorted at once stays below 100 MB.
  private static let (fullCount, fullSize) = (1 << 16, 24 << 20)

  package init(like segment: MemorySegment? = nil) {
    tables = segment?.symbolTables ?? [:]
  }

  /// Whether it is time to write what was gathered.
  package var isFull: Bool { unitCount >= Self.fullCount || byteCount >= Self.fullSize }

  package var isEmpty: Bool { unitCount == 0 }

  /// Adds a unit: for each of its sides the language tag and the match key, in UTF-8.
  package mutating func add(
    unit: Int64, source: (language: String, key: UnsafeBufferPointer<UInt8>),
    target: (language: String, key: UnsafeBufferPointer<UInt8>)
  ) {
    shelves[source.language, default: ShelfContent()].add(source.key, unit, .source)
    shelves[target.language, default: ShelfContent()].add(target.key, unit, .target)
    range = (min(range?.first ?? unit, unit), max(range?.last ?? unit, unit))
    unitCount += 1
    byteCount += source.key.count + target.key.count
  }

  /// Whether a unit's number is near enough to the others' to stand in one segment with them.
  package func takes(_ unit: Int64) -> Bool {
    guard let range else { return true }
    return max(range.last, unit) - min(range.first, unit) < Int64(Int32.max)
  }

  /// Writes the segment, front to back, and returns its checksum; the builder is empty afterwards.
  package mutating func write(to output: @escaping ([UInt8]) throws -> Void) throws -> UInt64 {
    var segment = SegmentWriter(output: output)
    let (first, last) = range ?? (0, 0)
    for (language, content) in shelves.sorted(by: { $0.key < $1.key }) {
      try content.write(language, first, tables[language], to: &segment)
    }
    let sum = try segment.finish(first: first, last: last, units: unitCount)
    self = SegmentBuilder(tables)
    return sum
  }

  private init(_ tables: [String: SymbolTable]) { self.tables = tables }
}

/// The texts of one language that a builder has gathered.
private struct ShelfContent {
  private var bytes: [UInt8] = []
  private var ends: [Int] = [0]
  private var lengths: [UInt32] = []
  private var units: [Int64] = []
  private var sides: [UnitSide] = []

  mutating func add(_ key: UnsafeBufferPointer<UInt8>, _ unit: Int64, _ side: UnitSide) {
    bytes.append(contentsOf: key)
    ends.append(bytes.count)
    lengths.append(UInt32(key.scalarCount))
    units.append(unit)
    sides.append(side)
  }

  func write(
    _ language: String, _ first: Int64, _ table: SymbolTable?, to segment: inout SegmentWriter
  ) throws {
    let order = lengths.indices.sorted {
      (lengths[$0], units[$0], sides[$0] == .source ? 0 : 1)
        < (lengths[$1], units[$1], sides[$1] == .source ? 0 : 1)
    }
    try bytes.withUnsafeBufferPointer { bytes in
      func key(_ text: Int) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: bytes[ends[text]..<ends[text + 1]])
      }
      var shelf = try ShelfWriter(
        language, table ?? .made(from: sample(key)), into: &segment)
      var grams = GramCollector()
      for text in order {
        let reference = UInt32(units[text] - first) << 1 | (sides[text] == .target ? 1 : 0)
        try shelf.add(
          key(text), length: Int(lengths[text]), reference: reference, into: &segment)
        grams.add(key(text))
      }
      try shelf.endTexts(into: &segment)
      try grams.forEachList { try shelf.add($0, texts: $1, into: &segment) }
      try shelf.finish(into: &segment)
    }
  }

  /// Texts from all over, as many as a table is made from.
  private func sample(
    _ key: (Int) -> UnsafeBufferPointer<UInt8>
  ) -> [UnsafeBufferPointer<UInt8>] {
    let step = max(1, bytes.count / SymbolTable.sampleSize)
    return stride(from: 0, to: lengths.count, by: step).map(key)
  }
}

/// Gathers which texts have which pieces.
private struct GramCollector {
  private var numbers = GramNumbers()
  /// The pieces of each text after the other, and where each text's end.
  private var grams: [UInt32] = []
  private var ends: [Int] = []
  /// For each piece how many texts have it, and the last of them.
  private var counts: [UInt32] = []
  private var lastTexts: [UInt32] = []
  private var scalars: [UInt32] = []

  mutating func add(_ key: UnsafeBufferPointer<UInt8>) {
    scalars.removeAll(keepingCapacity: true)
    if let base = key.baseAddress {
      var index = 0
      while index < key.count { scalars.append(base.nextScalar(&index)) }
    }
    let text = UInt32(ends.count)
    scalars.withUnsafeBufferPointer { scalars in
      for index in scalars.indices {
        let number = Int(numbers.number(of: TextGrams.gram(at: index, of: scalars)))
        if number == counts.count {
          counts.append(0)
          lastTexts.append(.max)
        }
        guard lastTexts[number] != text else { continue }
        lastTexts[number] = text
        counts[number] += 1
        grams.append(UInt32(number))
      }
    }
    ends.append(grams.count)
  }

  /// Calls `body` with each piece, ascending, and its texts.
  func forEachList(
    _ body: (UInt64, UnsafeBufferPointer<UInt32>) throws -> Void
  ) throws {
    let sorted = numbers.sorted()
    var starts = [Int](repeating: 0, count: counts.count)
    var start = 0
    for entry in sorted {
      starts[Int(entry.number)] = start
      start += Int(counts[Int(entry.number)])
    }
    var texts = [UInt32](repeating: 0, count: grams.count)
    texts.withUnsafeMutableBufferPointer { texts in
      starts.withUnsafeMutableBufferPointer { starts in
        grams.withUnsafeBufferPointer { grams in
          var index = 0
          for (text, end) in ends.enumerated() {
            while index < end {
              let gram = Int(grams[index])
              texts[starts[gram]] = UInt32(text)
              starts[gram] += 1
              index += 1
            }
          }
        }
      }
    }
    try texts.withUnsafeBufferPointer { texts in
      var start = 0
      for entry in sorted {
        let end = start + Int(counts[Int(entry.number)])
        try body(entry.gram, UnsafeBufferPointer(rebasing: texts[start..<end]))
        start = end
      }
    }
  }
}

/// Numbers pieces from 0 on as they come: an open table.
private struct GramNumbers {
  private var slots = [(gram: UInt64, number: UInt32)](
    repeating: (.max, 0), count: 1 << firstLog)
  private var shift = UInt64(64 - firstLog)
  private var count = 0

  private static let firstLog = 14

  @inline(__always)
  private func slot(_ gram: UInt64) -> Int { Int((gram &* 0x9E37_79B9_7F4A_7C15) >> shift) }

  @inline(__always)
  mutating func number(of gram: UInt64) -> UInt32 {
    var index = slot(gram)
    while slots[index].gram != gram {
      if slots[index].gram == .max {
        let number = UInt32(count)
        slots[index] = (gram, number)
        count += 1
        if count * 2 > slots.count { grow() }
        return number
      }
      index = (index + 1) & (slots.count - 1)
    }
    return slots[index].number
  }

  private mutating func grow() {
    let old = slots
    shift -= 1
    slots = [(gram: UInt64, number: UInt32)](repeating: (.max, 0), count: old.count * 2)
    for entry in old where entry.gram != .max {
      var index = slot(entry.gram)
      while slots[index].gram != .max { index = (index + 1) & (slots.count - 1) }
      slots[index] = entry
    }
  }

  func sorted() -> [(gram: UInt64, number: UInt32)] {
    slots.filter { $0.gram != .max }.sorted { $0.gram < $1.gram }
  }
}
