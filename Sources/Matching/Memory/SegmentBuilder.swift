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

  /// Adds a unit.
  package mutating func add(unit: Int64, source: KeyedText, target: KeyedText) {
    shelves[source.language, default: ShelfContent()].add(source, unit, .source, unitCount)
    shelves[target.language, default: ShelfContent()].add(target, unit, .target, unitCount)
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
    let contents = shelves.sorted { $0.key < $1.key }
    // Each text names the other one of its unit, on whichever shelf.
    var numbers = UnitNumbers(units: unitCount)
    var orders: [[Int]] = []
    for (_, content) in contents {
      orders.append(content.order)
      content.number(orders[orders.count - 1], &numbers)
    }
    var firstText = 0
    for ((language, content), order) in zip(contents, orders) {
      let place = (firstUnit: first, firstText: firstText)
      try content.write(language, place, order, numbers, tables[language], to: &segment)
      firstText += order.count
    }
    let sum = try segment.finish(first: first, last: last, units: unitCount)
    self = SegmentBuilder(tables)
    return sum
  }

  private init(_ tables: [String: SymbolTable]) { self.tables = tables }
}

/// A side of a unit as a segment takes it: the text and its match key, in UTF-8.
package struct KeyedText {
  package var language: String
  package var key: UnsafeBufferPointer<UInt8>
  package var text: UnsafeBufferPointer<UInt8>

  package init(
    language: String, key: UnsafeBufferPointer<UInt8>, text: UnsafeBufferPointer<UInt8>
  ) {
    (self.language, self.key, self.text) = (language, key, text)
  }
}

/// The numbers of the texts of units, across shelves.
private struct UnitNumbers {
  /// For each unit, as they were added, that of its source and that of its target.
  private var numbers: [UInt32]
  private var count: UInt32 = 0

  init(units: Int) { numbers = [UInt32](repeating: 0, count: 2 * units) }

  /// Gives a side of a unit, 2 × unit + 1 for the target, the next number.
  mutating func number(_ side: Int) {
    numbers[side] = count
    count += 1
  }

  /// That of the unit's other side.
  func partner(of side: Int) -> UInt32 { numbers[side ^ 1] }
}

/// The texts of one language that a builder has gathered.
private struct ShelfContent {
  /// Their keys, and what they have that these lack.
  private var bytes: [UInt8] = []
  private var ends: [Int] = [0]
  private var steps: [UInt8] = []
  private var stepEnds: [Int] = [0]
  private var lengths: [UInt32] = []
  private var units: [Int64] = []
  /// The builder's number of the unit, doubled, and 1 for a target.
  private var sides: [Int] = []

  mutating func add(_ text: KeyedText, _ unit: Int64, _ side: UnitSide, _ number: Int) {
    bytes.append(contentsOf: text.key)
    ends.append(bytes.count)
    TextSpelling.append(of: text.text, beside: text.key, to: &steps)
    stepEnds.append(steps.count)
    lengths.append(UInt32(text.key.scalarCount))
    units.append(unit)
    sides.append(2 * number + (side == .target ? 1 : 0))
  }

  /// The texts in the order in which the shelf has them.
  var order: [Int] {
    lengths.indices.sorted {
      (lengths[$0], units[$0], sides[$0] & 1) < (lengths[$1], units[$1], sides[$1] & 1)
    }
  }

  func number(_ order: [Int], _ numbers: inout UnitNumbers) {
    for text in order { numbers.number(sides[text]) }
  }

  func write(
    _ language: String, _ place: (firstUnit: Int64, firstText: Int), _ order: [Int],
    _ numbers: UnitNumbers, _ table: SymbolTable?, to segment: inout SegmentWriter
  ) throws {
    try bytes.withUnsafeBufferPointer { bytes in
      func key(_ text: Int) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: bytes[ends[text]..<ends[text + 1]])
      }
      var shelf = try ShelfWriter(
        language, table ?? .made(from: sample(key)), firstText: place.firstText, into: &segment)
      var grams = GramCollector()
      try steps.withUnsafeBytes { steps in
        for text in order {
          let head = ShelfWriter.Head(
            length: Int(lengths[text]),
            reference: UInt32(units[text] - place.firstUnit) << 1 | UInt32(sides[text] & 1),
            partner: numbers.partner(of: sides[text]))
          let own = UnsafeRawBufferPointer(rebasing: steps[stepEnds[text]..<stepEnds[text + 1]])
          try shelf.add(key(text), own, head, into: &segment)
          grams.add(key(text))
        }
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
