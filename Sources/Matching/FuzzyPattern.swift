public import Segmentation

/// How alike two texts are: 1 − Levenshtein distance / longer length, over the code points of
/// their match keys.
///
/// The pattern is prepared once and compared with many texts by the bit-parallel algorithm of
/// Myers (1999) in the forms of Hyyrö (2003): 64 cells of the table a step, of the whole column, of a
/// band about the diagonal, or block by block.
public final class FuzzyPattern: @unchecked Sendable {
  /// The number of code points in the pattern.
  public let count: Int
  /// The code points of the pattern.
  let scalars: [UInt32]
  private let blockCount: Int
  /// For each code point of the pattern a row of words with its places, empty words before and
  /// behind them; the first row is that of all others and empty. Never changed once it is made.
  let masks: UnsafeMutablePointer<UInt64>
  /// Where the row of each ASCII character begins.
  let asciiRows: UnsafeMutablePointer<UInt32>
  /// Where the rows of the other code points begin.
  private let slots: UnsafeMutablePointer<(scalar: UInt32, row: UInt32)>
  private let slotShift: UInt32
  private let slotsAreOwn: Bool

  /// Empty words on either side of a row: a band may reach a word beyond the pattern.
  static let padding = 2

  public convenience init(_ key: MatchKey) { self.init(scalars: Self.scalars(of: key.bytes)) }

  init(scalars: [UInt32]) {
    self.scalars = scalars
    count = scalars.count
    blockCount = max(1, (scalars.count + 63) / 64)
    (slots, slotShift, slotsAreOwn) = Self.slots(of: Set(scalars.lazy.filter { $0 >= 0x80 }))
    let distinct = Set(scalars).count
    let width = blockCount + 2 * Self.padding
    masks = .allocate(capacity: (distinct + 1) * width)
    masks.initialize(repeating: 0, count: (distinct + 1) * width)
    asciiRows = .allocate(capacity: 128)
    asciiRows.initialize(repeating: 0, count: 128)
    var rows: UInt32 = 0
    for (index, scalar) in scalars.enumerated() {
      let row: UInt32
      if scalar < 0x80 {
        if asciiRows[Int(scalar)] == 0 {
          rows += UInt32(width)
          asciiRows[Int(scalar)] = rows
        }
        row = asciiRows[Int(scalar)]
      } else {
        guard let place = place(of: scalar, from: Self.slot(scalar, slotShift)) else { continue }
        if slots[place].row == 0 {
          rows += UInt32(width)
          slots[place].row = rows
        }
        row = slots[place].row
      }
      masks[Int(row) + Self.padding + index / 64] |= 1 << UInt64(index % 64)
    }
  }

  deinit {
    masks.deallocate()
    asciiRows.deallocate()
    slots.deallocate()
  }

  @inline(__always)
  private static func slot(_ scalar: UInt32, _ shift: UInt32) -> Int {
    Int((scalar &* 0x9E37_79B1) >> shift)
  }

  /// An open table of some code points; of few of them one in which each has the place that its
  /// number leads to, so that a look at one place is enough.
  private static func slots(
    of scalars: Set<UInt32>
  ) -> (slots: UnsafeMutablePointer<(scalar: UInt32, row: UInt32)>, shift: UInt32, areOwn: Bool) {
    // At least eight places for each.
    var bits = UInt32(max(6, Int.bitWidth - (8 * scalars.count).leadingZeroBitCount))
    let first = bits
    func areOwn() -> Bool {
      Set(scalars.map { slot($0, 32 - bits) }).count == scalars.count
    }
    while !areOwn(), bits < largestOwnTable { bits += 1 }
    let found = areOwn()
    if !found { bits = first }
    let slots = UnsafeMutablePointer<(scalar: UInt32, row: UInt32)>.allocate(capacity: 1 << bits)
    slots.initialize(repeating: (.max, 0), count: 1 << bits)
    for scalar in scalars {
      var place = slot(scalar, 32 - bits)
      while slots[place].scalar != .max { place = (place + 1) & (1 << bits - 1) }
      slots[place].scalar = scalar
    }
    return (slots, 32 - bits, found)
  }

  /// The logarithm of the size up to which each code point is given a place of its own: 64 KiB.
  private static let largestOwnTable: UInt32 = 13

  @inline(__always)
  func row(of scalar: UInt32) -> Int {
    if scalar < 0x80 { return Int(asciiRows[Int(scalar)]) }
    let first = Self.slot(scalar, slotShift)
    let entry = slots[first]
    if slotsAreOwn { return entry.scalar == scalar ? Int(entry.row) : 0 }
    return place(of: scalar, from: first).map { Int(slots[$0].row) } ?? 0
  }

  /// Where a code point stands in the table; `nil` for one that the pattern has not got.
  private func place(of scalar: UInt32, from first: Int) -> Int? {
    var place = first
    while slots[place].scalar != scalar {
      if slots[place].scalar == .max { return nil }
      place = (place + 1) & (1 << (32 - Int(slotShift)) - 1)
    }
    return place
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
    let length = key.scalarCount
    return share(of: distance(toKey: key, length: length, within: .max), length: length)
  }

  /// The similarity that a distance means to a text of so many code points.
  @inline(__always)
  package func share(of distance: Int, length: Int) -> Double {
    1 - Double(distance) / Double(max(count, length, 1))
  }

  /// The largest distance to a text of so many code points that is still so similar.
  package func reach(minimum share: Double, length: Int) -> Int {
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
    return bytes.withUnsafeBufferPointer {
      distance(toKey: $0, length: other.count, within: limit)
    }
  }

  /// The same for a text in well-formed UTF-8 of so many code points.
  ///
  /// The distance is read along the diagonal of the table that ends in its last cell. It begins with
  /// the difference of the lengths and never falls, so that a text that is too different is known
  /// for it long before its end.
  package func distance(
    toKey key: UnsafeBufferPointer<UInt8>, length: Int, within limit: Int
  ) -> Int {
    let difference = abs(count - length)
    guard count > 0, length > 0, difference <= limit else { return difference }
    if count <= 64 { return distanceInWord(key, length, limit) }
    // A path of so many edits keeps so near the diagonals that it begins and ends on.
    return limit < 64
      ? distanceInBand(key, length, limit) : distanceInBlocks(key, length, limit)
  }

  /// All cells of a column at once.
  private func distanceInWord(
    _ key: UnsafeBufferPointer<UInt8>, _ length: Int, _ limit: Int
  ) -> Int {
    guard let base = key.baseAddress else { return count }
    var distance = abs(count - length)
    var (positive, negative) = (UInt64.max, UInt64(0))
    // The diagonal's row in the column; above the table as long as it is negative.
    var row = count - length
    var index = 0
    while index < key.count {
      let match = masks[self.row(of: base.nextScalar(&index)) + Self.padding]
      // A bit says that the cell is what the one before it on its diagonal was.
      let diagonal = (((match & positive) &+ positive) ^ positive) | match | negative
      if row >= 0, diagonal >> UInt64(row & 63) & 1 == 0 {
        distance += 1
        if distance > limit { return distance }
      }
      row += 1
      // The row above the pattern grows by one with each code point of the text.
      let right = (negative | ~(diagonal | positive)) << 1 | 1
      let left = (positive & diagonal) << 1
      positive = left | ~(diagonal | right)
      negative = right & diagonal
    }
    return distance
  }

  /// The 64 cells of each column about the diagonal: they move down by one with each column, which
  /// undoes the shift of the horizontal differences.
  private func distanceInBand(
    _ key: UnsafeBufferPointer<UInt8>, _ length: Int, _ limit: Int
  ) -> Int {
    guard let base = key.baseAddress else { return count }
    let difference = count - length
    var distance = abs(difference)
    // How far above the first diagonal the band begins.
    let above = max(0, -difference) + (limit - distance) / 2
    let bit = UInt64(difference + above)
    var (positive, negative) = (UInt64.max << UInt64(above), UInt64(0))
    var row = difference
    var place = Self.padding * 64 - above
    var index = 0
    while index < key.count {
      let words = masks + self.row(of: base.nextScalar(&index)) + place >> 6
      let shift = UInt64(place & 63)
      let match = words[0] >> shift | (words[1] << 1) << (63 - shift)
      let diagonal = (((match & positive) &+ positive) ^ positive) | match | negative
      if row >= 0, diagonal >> bit & 1 == 0 {
        distance += 1
        if distance > limit { return distance }
      }
      row += 1
      place += 1
      let right = negative | ~(diagonal | positive)
      let left = positive & diagonal
      positive = left | ~(diagonal >> 1 | right)
      negative = right & diagonal >> 1
    }
    return distance
  }

  private func distanceInBlocks(
    _ key: UnsafeBufferPointer<UInt8>, _ length: Int, _ limit: Int
  ) -> Int {
    guard let base = key.baseAddress else { return count }
    return withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 2 * blockCount) { columns in
      for block in 0..<blockCount { (columns[2 * block], columns[2 * block + 1]) = (.max, 0) }
      var distance = abs(count - length)
      var row = count - length
      var index = 0
      while index < key.count {
        let masks = masks + self.row(of: base.nextScalar(&index)) + Self.padding
        var (carryPositive, carryNegative): (UInt64, UInt64) = (1, 0)
        for block in 0..<blockCount {
          let (up, down) = (columns[2 * block], columns[2 * block + 1])
          let match = masks[block] | carryNegative
          let diagonal = (((match & up) &+ up) ^ up) | match | down
          if row >> 6 == block, diagonal >> UInt64(row & 63) & 1 == 0 { distance += 1 }
          let (right, left) = (down | ~(diagonal | up), up & diagonal)
          let (nextPositive, nextNegative) = (right >> 63, left >> 63)
          let shifted = right << 1 | carryPositive
          columns[2 * block] = (left << 1 | carryNegative) | ~(diagonal | shifted)
          columns[2 * block + 1] = shifted & diagonal
          (carryPositive, carryNegative) = (nextPositive, nextNegative)
        }
        if distance > limit { return distance }
        row += 1
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

extension UnsafeBufferPointer<UInt8> {
  /// How many code points well-formed UTF-8 has.
  package var scalarCount: Int { reduce(0) { $0 + ($1 & 0xC0 != 0x80 ? 1 : 0) } }
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
  /// Calls `body` with the key's bytes.
  package func withBytes<Result>(
    _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
  ) rethrows -> Result {
    try bytes.withUnsafeBufferPointer(body)
  }

  /// How many code points the key has.
  public var scalarCount: Int { bytes.count { $0 & 0xC0 != 0x80 } }

  /// Where another key occurs in this one, as byte ranges of this key's text, none overlapping.
  ///
  /// A Latin query matches within words too: a concordance shows what is there.
  public func occurrences(of other: MatchKey) -> [Range<Int>] {
    bytes.occurrences(of: other.bytes).map { sourceRange($0) }
  }
}

extension [UInt8] {
  /// Where other bytes stand, none overlapping; nowhere for none.
  package func occurrences(of needle: [UInt8]) -> [Range<Int>] {
    var found: [Range<Int>] = []
    withUnsafeBufferPointer { ByteNeedle(needle).forEachPlace(in: $0) { found.append($0) } }
    return found
  }
}
