internal import Bitext

/// Makes one segment of several, leaving out texts of units that are gone or have changed since.
///
/// The texts of each segment keep their order, so that its lists stay ascending when their numbers
/// are translated, and merging them is all that remains to do. Memory grows by some thirty bytes a
/// text.
package struct SegmentMerger {
  /// A segment and the units of it that no longer hold, ascending.
  package struct Source {
    package var segment: MemorySegment
    package var dead: [Int64]

    package init(_ segment: MemorySegment, dead: [Int64] = []) {
      self.segment = segment
      self.dead = dead
    }
  }

  /// What was written.
  package struct Outcome {
    package var checksum: UInt64
    package var first: Int64
    package var last: Int64
    package var unitCount: Int
  }

  private let sources: [Source]
  private let first: Int64
  private let last: Int64

  /// Bytes that are written before what was read of the segments is given back.
  private static let keptSize = 32 << 20

  /// - Parameter sources: older ones first.
  package init(_ sources: [Source]) {
    self.sources = sources
    first = sources.map(\.segment.first).min() ?? 0
    last = sources.map(\.segment.last).max() ?? 0
  }

  /// Whether segments are small and near enough to become one.
  package static func canMerge(_ segments: [MemorySegment]) -> Bool {
    guard let first = segments.map(\.first).min(), let last = segments.map(\.last).max() else {
      return false
    }
    return last - first < Int64(Int32.max)
      && segments.reduce(0) { $0 + $1.size } <= SegmentLayout.sizeLimit
      && segments.reduce(0) { $0 + $1.unitCount } <= SegmentLayout.unitLimit
  }

  /// Writes the segment, front to back.
  ///
  /// - Parameter output: takes the bytes in order.
  /// - Returns: what the segment is, for who keeps lists of segments.
  /// - Throws: what `output` throws, and `Trouble` for a damaged segment.
  package func write(to output: @escaping ([UInt8]) throws -> Void) throws -> Outcome {
    var writer = SegmentWriter(output: output)
    var unitCount = 0
    for language in Set(sources.flatMap { $0.segment.shelves.map(\.language) }).sorted() {
      var parts: [ShelfPart] = []
      for source in sources {
        guard let shelf = source.segment.shelves.first(where: { $0.language == language }) else {
          continue
        }
        parts.append(
          try ShelfPart(
            reader: try ShelfReader(shelf, source.segment.pages), dead: source.dead,
            offset: source.segment.first - first, segmentFirst: source.segment.first))
      }
      unitCount += try merge(language, &parts, &writer)
    }
    let sum = try writer.finish(first: first, last: last, units: unitCount)
    return Outcome(checksum: sum, first: first, last: last, unitCount: unitCount)
  }

  /// - Returns: how many sources of units the shelf holds.
  private func merge(
    _ language: String, _ parts: inout [ShelfPart], _ writer: inout SegmentWriter
  ) throws -> Int {
    guard let largest = parts.max(by: { $0.reader.shelf.count < $1.reader.shelf.count }) else {
      return 0
    }
    let table = largest.reader.shelf.table
    var shelf = try ShelfWriter(language, table, into: &writer)
    var (next, sourceCount): (UInt32, Int) = (0, 0)
    for index in parts.indices {
      parts[index].isOfTable = parts[index].reader.shelf.table.isSame(as: table)
    }
    var given = writer.offset
    func giveBack(_ offset: Int) {
      guard offset - given > Self.keptSize else { return }
      given = offset
      for source in sources { source.segment.release() }
    }
    while let length = parts.compactMap(\.nextLength).min() {
      giveBack(writer.offset)
      for index in parts.indices { try parts[index].begin(length: length) }
      // Of one length the texts stand in the order of their units.
      while let index = parts.indices.min(by: { parts[$0].reference < parts[$1].reference }),
        parts[index].reference != ShelfPart.none
      {
        if try parts[index].moveText(length, to: &shelf, &writer, as: next) {
          if parts[index].moved & 1 == 0 { sourceCount += 1 }
          next += 1
        }
      }
    }
    try shelf.endTexts(into: &writer)
    var merging = ListMerging()
    while let gram = parts.compactMap(\.nextGram).min() {
      giveBack(writer.offset)
      merging.reset()
      for index in parts.indices where parts[index].nextGram == gram {
        try parts[index].moveList(to: &merging)
      }
      try merging.withNumbers { numbers in
        if !numbers.isEmpty { try shelf.add(gram, texts: numbers, into: &writer) }
      }
    }
    try shelf.finish(into: &writer)
    return sourceCount
  }
}

/// How far one shelf has been merged.
private struct ShelfPart {
  var reader: ShelfReader
  let dead: [Int64]
  /// What units are numbered less here than in the merged segment.
  let offset: Int64
  let segmentFirst: Int64
  var isOfTable = false
  private var text = 0
  private var length: Int?
  private var gram = 0
  private var gramValue: UInt64?
  /// For each text its number in the merged shelf; none for one that is dead.
  private var numbers: [UInt32] = []

  /// The text that is handed over next, as the merged segment calls its unit's side.
  private(set) var reference = none
  private(set) var moved = none
  private var end = 0

  static let none = UInt32.max

  init(reader: ShelfReader, dead: [Int64], offset: Int64, segmentFirst: Int64) throws {
    self.reader = reader
    self.dead = dead
    self.offset = offset
    self.segmentFirst = segmentFirst
    length = reader.shelf.count > 0 ? reader.length(of: 0) : nil
    gramValue = try self.reader.gram(at: 0)
    numbers.reserveCapacity(reader.shelf.count)
  }

  var nextLength: Int? { length }
  var nextGram: UInt64? { gramValue }

  /// Gets ready to hand over the texts of a length.
  mutating func begin(length: Int) throws {
    end = length == self.length ? reader.texts(of: length...length).upperBound : text
    try readReference()
  }

  private mutating func readReference() throws {
    reference = text < end ? try reader.reference(text) + UInt32(offset) << 1 : Self.none
  }

  /// Hands over the next text.
  ///
  /// - Returns: whether it is still alive, and so became the text of that number.
  mutating func moveText(
    _ length: Int, to shelf: inout ShelfWriter, _ writer: inout SegmentWriter, as number: UInt32
  ) throws -> Bool {
    moved = reference
    let lives = !isDead(segmentFirst - offset + Int64(reference >> 1))
    if lives { try copy(text, length, reference, to: &shelf, &writer) }
    numbers.append(lives ? number : Self.none)
    text += 1
    if text == end, length == self.length {
      self.length = end < reader.shelf.count ? reader.length(of: end) : nil
    }
    try readReference()
    return lives
  }

  private func isDead(_ unit: Int64) -> Bool { !dead.isEmpty && dead.containsSorted(unit) }

  private mutating func copy(
    _ text: Int, _ length: Int, _ reference: UInt32, to shelf: inout ShelfWriter,
    _ writer: inout SegmentWriter
  ) throws {
    let hash = try reader.withKey(text) { key in
      if !isOfTable {
        try shelf.add(key, length: length, reference: reference, into: &writer)
      }
      return ExactTable.hash(key)
    }
    guard isOfTable else { return }
    try shelf.add(
      codes: reader.codes(text), hash: hash, length: length, reference: reference, into: &writer)
  }

  /// Hands over the texts of the next piece.
  mutating func moveList(to merging: inout ListMerging) throws {
    let list = try reader.list(ofGram: gram, in: 0..<UInt32.max)
    merging.begin()
    numbers.withUnsafeBufferPointer { numbers in
      list.forEach { text in
        guard Int(text) < numbers.count, numbers[Int(text)] != Self.none else { return }
        merging.add(numbers[Int(text)])
      }
    }
    gram += 1
    gramValue = try reader.gram(at: gram)
  }
}

/// Merges ascending lists of numbers.
private struct ListMerging {
  private var numbers: [UInt32] = []
  private var starts: [Int] = []
  private var other: [UInt32] = []

  mutating func reset() {
    numbers.removeAll(keepingCapacity: true)
    starts.removeAll(keepingCapacity: true)
  }

  mutating func begin() { starts.append(numbers.count) }
  @inline(__always)
  mutating func add(_ number: UInt32) { numbers.append(number) }

  /// Calls `body` with all numbers, ascending.
  mutating func withNumbers(_ body: (UnsafeBufferPointer<UInt32>) throws -> Void) throws {
    while starts.count > 1 { mergePairs() }
    try numbers.withUnsafeBufferPointer(body)
  }

  /// Makes one list of every two neighbours.
  private mutating func mergePairs() {
    other.removeAll(keepingCapacity: true)
    other.append(contentsOf: repeatElement(0, count: numbers.count))
    var merged: [Int] = []
    let ends = starts.dropFirst() + [numbers.count]
    let runs = zip(starts, ends).map { $0..<$1 }
    numbers.withUnsafeBufferPointer { numbers in
      other.withUnsafeMutableBufferPointer { other in
        for index in stride(from: 0, to: runs.count, by: 2) {
          let left = runs[index]
          merged.append(left.lowerBound)
          guard index + 1 < runs.count else {
            for place in left { other[place] = numbers[place] }
            continue
          }
          let right = runs[index + 1]
          var (one, two, out) = (left.lowerBound, right.lowerBound, left.lowerBound)
          while one < left.upperBound, two < right.upperBound {
            let (first, second) = (numbers[one], numbers[two])
            let takesFirst = first < second
            other[out] = takesFirst ? first : second
            one += takesFirst ? 1 : 0
            two += takesFirst ? 0 : 1
            out += 1
          }
          while one < left.upperBound {
            other[out] = numbers[one]
            (one, out) = (one + 1, out + 1)
          }
          while two < right.upperBound {
            other[out] = numbers[two]
            (two, out) = (two + 1, out + 1)
          }
        }
      }
    }
    swap(&numbers, &other)
    starts = merged
  }
}

extension [Int64] {
  /// Whether an ascending list has a number.
  func containsSorted(_ number: Int64) -> Bool {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < number { low = middle + 1 } else { high = middle }
    }
    return low < count && self[low] == number
  }
}
