public import Segmentation

/// How alike two texts are: 1 − Levenshtein distance / longer length, over the code points of
/// their match keys.
///
/// The pattern is prepared once and compared with many texts by the bit-parallel algorithm of
/// Myers (1999) in the block form of Hyyrö (2003): 64 or 128 cells of the table a step.
public final class FuzzyPattern: @unchecked Sendable {
  /// The number of code points in the pattern.
  public let count: Int
  /// The code points of the pattern.
  let scalars: [UInt32]
  private let blockCount: Int
  /// For each code point of the pattern `blockCount` words with its places; the first row is that of
  /// all others and empty. Never changed once it is made.
  private let masks: UnsafeMutablePointer<UInt64>
  /// The row of each ASCII character.
  private let asciiRows: UnsafeMutablePointer<UInt32>
  /// An open table of the other code points and their rows.
  private let slots: UnsafeMutablePointer<(scalar: UInt32, row: UInt32)>
  private let slotMask: UInt32

  public convenience init(_ key: MatchKey) { self.init(scalars: Self.scalars(of: key.bytes)) }

  init(scalars: [UInt32]) {
    self.scalars = scalars
    count = scalars.count
    blockCount = max(1, (scalars.count + 63) / 64)
    let wide = Set(scalars.lazy.filter { $0 >= 0x80 }).count
    let slotCount = 1 << (wide * 4 + 8).bitWidthNeeded
    slotMask = UInt32(slotCount - 1)
    let distinct = Set(scalars).count
    masks = .allocate(capacity: (distinct + 1) * blockCount)
    masks.initialize(repeating: 0, count: (distinct + 1) * blockCount)
    asciiRows = .allocate(capacity: 128)
    asciiRows.initialize(repeating: 0, count: 128)
    slots = .allocate(capacity: slotCount)
    slots.initialize(repeating: (.max, 0), count: slotCount)
    var rows: UInt32 = 0
    for (index, scalar) in scalars.enumerated() {
      let row: UInt32
      if scalar < 0x80 {
        if asciiRows[Int(scalar)] == 0 {
          rows += 1
          asciiRows[Int(scalar)] = rows
        }
        row = asciiRows[Int(scalar)]
      } else {
        var slot = Self.slot(scalar) & slotMask
        while slots[Int(slot)].scalar != scalar, slots[Int(slot)].scalar != .max {
          slot = (slot &+ 1) & slotMask
        }
        if slots[Int(slot)].scalar == .max {
          rows += 1
          slots[Int(slot)] = (scalar, rows)
        }
        row = slots[Int(slot)].row
      }
      masks[Int(row) * blockCount + index / 64] |= 1 << UInt64(index % 64)
    }
  }

  deinit {
    masks.deallocate()
    asciiRows.deallocate()
    slots.deallocate()
  }

  @inline(__always)
  private static func slot(_ scalar: UInt32) -> UInt32 { (scalar &* 0x9E37_79B1) >> 16 }

  @inline(__always)
  private func row(of scalar: UInt32) -> Int {
    if scalar < 0x80 { return Int(asciiRows[Int(scalar)]) }
    var slot = Self.slot(scalar) & slotMask
    while true {
      let entry = slots[Int(slot)]
      if entry.scalar == scalar { return Int(entry.row) }
      if entry.scalar == .max { return 0 }
      slot = (slot &+ 1) & slotMask
    }
  }

  /// The lengths, in code points, that a text at least so similar can have.
  public func lengths(minimum share: Double) -> ClosedRange<Int> {
    guard share > 0 else { return 0...Int(Int32.max) }
    let low = Int((Double(count) * share).rounded(.up))
    let high = (Double(count) / share).rounded(.down)
    return low...max(low, high < 1e9 ? Int(high) : Int(Int32.max))
  }

  /// The similarity with a text, as a share 0…1; two empty texts are the same.
  public func similarity(to key: MatchKey) -> Double {
    key.bytes.withUnsafeBufferPointer { similarity(toKey: $0) }
  }

  /// The similarity with a match key that was kept as text.
  public func similarity(toKey key: String) -> Double {
    var key = key
    return key.withUTF8 { similarity(toKey: $0) }
  }

  /// The similarity with a match key in UTF-8.
  package func similarity(toKey key: UnsafeBufferPointer<UInt8>) -> Double {
    let length = key.reduce(0) { $0 + ($1 & 0xC0 != 0x80 ? 1 : 0) }
    return share(of: distance(toKey: key, within: .max), length: length)
  }

  /// The similarity that a distance means to a text of so many code points.
  @inline(__always)
  func share(of distance: Int, length: Int) -> Double {
    1 - Double(distance) / Double(max(count, length, 1))
  }

  /// The largest distance to a text of so many code points that is still so similar.
  func reach(minimum share: Double, length: Int) -> Int {
    let longer = max(count, length)
    var reach = Int((1 - share) * Double(longer) + 1e-9)
    // Both ways of counting must agree on what stands at the edge.
    while reach > 0, self.share(of: reach, length: length) < share { reach -= 1 }
    while reach < longer, self.share(of: reach + 1, length: length) >= share { reach += 1 }
    return reach
  }

  /// The least number of code points to insert, delete or replace; something above `limit` as soon
  /// as it is known to be more.
  func distance(to other: [UInt32], within limit: Int = .max) -> Int {
    var bytes: [UInt8] = []
    for scalar in other {
      if let scalar = Unicode.Scalar(scalar) { bytes += Array(String(scalar).utf8) }
    }
    return bytes.withUnsafeBufferPointer { distance(toKey: $0, within: limit) }
  }

  /// The same for a text in well-formed UTF-8.
  func distance(toKey key: UnsafeBufferPointer<UInt8>, within limit: Int) -> Int {
    guard count > 0 else { return key.reduce(0) { $0 + ($1 & 0xC0 != 0x80 ? 1 : 0) } }
    if count <= 64 { return distance(key, limit, in: UInt64.self) { masks[$0] } }
    if count <= 128 {
      return distance(key, limit, in: UInt128.self) {
        UInt128(masks[2 * $0]) | UInt128(masks[2 * $0 + 1]) << 64
      }
    }
    return distanceInBlocks(key, limit)
  }

  /// All cells of a column at once.
  @inline(__always)
  private func distance<Word: FixedWidthInteger & UnsignedInteger>(
    _ key: UnsafeBufferPointer<UInt8>, _ limit: Int, in word: Word.Type, _ mask: (Int) -> Word
  ) -> Int {
    guard let base = key.baseAddress else { return count }
    let last = Word(1) << Word(count - 1)
    var distance = count
    var (positive, negative) = (Word.max, Word(0))
    var index = 0
    while index < key.count {
      let scalar = base.nextScalar(&index)
      let match = mask(row(of: scalar))
      let vertical = match | negative
      let diagonal = (((match & positive) &+ positive) ^ positive) | match
      var right = negative | ~(diagonal | positive)
      var left = positive & diagonal
      if right & last != 0 { distance += 1 }
      if left & last != 0 { distance -= 1 }
      // Each byte that is left is one code point at the most, and takes off one at the most.
      if distance > limit, distance - limit > key.count - index { return distance }
      // The row above the pattern grows by one with each code point of the text.
      right = right << 1 | 1
      left <<= 1
      positive = left | ~(vertical | right)
      negative = right & vertical
    }
    return distance
  }

  private func distanceInBlocks(_ key: UnsafeBufferPointer<UInt8>, _ limit: Int) -> Int {
    guard let base = key.baseAddress else { return count }
    return withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 2 * blockCount) { columns in
      for block in 0..<blockCount { (columns[2 * block], columns[2 * block + 1]) = (.max, 0) }
      let last = UInt64(1) << UInt64((count - 1) % 64)
      var distance = count
      var index = 0
      while index < key.count {
        let row = row(of: base.nextScalar(&index)) * blockCount
        var (carryPositive, carryNegative): (UInt64, UInt64) = (1, 0)
        for block in 0..<blockCount {
          let (up, down) = (columns[2 * block], columns[2 * block + 1])
          let mask = masks[row + block]
          let vertical = mask | down
          let match = mask | carryNegative
          let diagonal = (((match & up) &+ up) ^ up) | match
          var right = down | ~(diagonal | up)
          var left = up & diagonal
          if block == blockCount - 1 {
            if right & last != 0 { distance += 1 }
            if left & last != 0 { distance -= 1 }
          }
          let (nextPositive, nextNegative) = (right >> 63, left >> 63)
          right = right << 1 | carryPositive
          left = left << 1 | carryNegative
          columns[2 * block] = left | ~(vertical | right)
          columns[2 * block + 1] = right & vertical
          (carryPositive, carryNegative) = (nextPositive, nextNegative)
        }
        if distance > limit, distance - limit > key.count - index { return distance }
      }
      return distance
    }
  }

  /// The code points of a text in UTF-8.
  static func scalars(of utf8: [UInt8]) -> [UInt32] {
    var scalars: [UInt32] = []
    scalars.reserveCapacity(utf8.count)
    let span = utf8.span
    var index = 0
    while index < span.count {
      let scalar = span.scalar(at: index)
      scalars.append(scalar.value)
      index += scalar.length
    }
    return scalars
  }
}

extension Int {
  /// The least number of bits that hold so many values.
  fileprivate var bitWidthNeeded: Int { Int.bitWidth - leadingZeroBitCount }
}

extension UnsafePointer<UInt8> {
  /// The scalar at a byte of well-formed UTF-8; the index moves behind it.
  @inline(__always)
  func nextScalar(_ index: inout Int) -> UInt32 {
    let first = UInt32(self[index])
    if first < 0x80 {
      index += 1
      return first
    }
    if first < 0xE0 {
      index += 2
      return (first & 0x1F) << 6 | UInt32(self[index - 1] & 0x3F)
    }
    if first < 0xF0 {
      index += 3
      return (first & 0x0F) << 12 | UInt32(self[index - 2] & 0x3F) << 6
        | UInt32(self[index - 1] & 0x3F)
    }
    index += 4
    return (first & 0x07) << 18 | UInt32(self[index - 3] & 0x3F) << 12
      | UInt32(self[index - 2] & 0x3F) << 6 | UInt32(self[index - 1] & 0x3F)
  }
}

extension MatchKey {
  /// How many code points the key has.
  public var scalarCount: Int { bytes.count { $0 & 0xC0 != 0x80 } }

  /// Where another key occurs in this one, as byte ranges of this key's text, none overlapping.
  ///
  /// A Latin query matches within words too: a concordance shows what is there.
  public func occurrences(of other: MatchKey) -> [Range<Int>] {
    let needle = other.bytes
    guard let first = needle.first, needle.count <= bytes.count else { return [] }
    var found: [Range<Int>] = []
    var index = 0
    while index <= bytes.count - needle.count {
      if bytes[index] == first, bytes[index..<index + needle.count].elementsEqual(needle) {
        found.append(sourceRange(index..<index + needle.count))
        index += needle.count
      } else {
        index += 1
      }
    }
    return found
  }
}
