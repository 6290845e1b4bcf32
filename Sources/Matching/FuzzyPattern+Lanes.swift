extension FuzzyPattern {
  /// Texts that are compared at a time: what one has to wait for, the others do meanwhile.
  static let laneCount = 4
  typealias Lanes = SIMD4<UInt64>

  /// Of eight bytes the bits that ASCII has not.
  private static let highBits: UInt64 = 0x8080_8080_8080_8080
  /// Columns after which texts that are all too different are given up.
  private static let columnsBetweenLooks = 8

  /// Writes where the row of masks of each code point of a text begins, and returns how many it
  /// wrote: no more than there is room for.
  func putRows(
    of key: UnsafeBufferPointer<UInt8>, to rows: UnsafeMutablePointer<UInt32>, room: Int
  ) -> Int {
    guard let base = key.baseAddress else { return 0 }
    var (index, count) = (0, 0)
    let (rowsOfASCII, end) = (asciiRows, min(key.count, room))
    // Most texts, or much of them, are ASCII.
    while index + 8 <= end {
      let word = UnsafeRawPointer(base + index).loadUnaligned(as: UInt64.self)
      guard word & Self.highBits == 0 else { break }
      for place in 0..<8 {
        rows[index + place] = rowsOfASCII[Int(base[index + place])]
      }
      index += 8
    }
    while index < end, base[index] < 0x80 {
      rows[index] = rowsOfASCII[Int(base[index])]
      index += 1
    }
    count = index
    while index < key.count, count < room {
      rows[count] = UInt32(truncatingIfNeeded: row(of: base.nextScalar(&index)))
      count += 1
    }
    return count
  }

  /// The distances to four texts of one length; something above `limit` for those that are farther.
  ///
  /// - Parameters:
  ///   - rows: what ``putRows(of:to:room:)`` wrote of each, `length` numbers one text after the other.
  ///   - length: in code points.
  ///   - limit: below 64, unless the pattern has no more code points than that.
  /// - Returns: a distance a text.
  func distances(to rows: UnsafePointer<UInt32>, length: Int, within limit: Int) -> Lanes {
    let difference = abs(count - length)
    guard count > 0, length > 0, difference <= limit else {
      return Lanes(repeating: UInt64(difference))
    }
    return count <= 64
      ? distancesInWords(rows, length, limit) : distancesInBands(rows, length, limit)
  }

  private func distancesInWords(
    _ rows: UnsafePointer<UInt32>, _ length: Int, _ limit: Int
  ) -> Lanes {
    let masks = masks + Self.padding
    var distance = Lanes(repeating: UInt64(abs(count - length)))
    var (positive, negative) = (Lanes(repeating: .max), Lanes.zero)
    let one = Lanes(repeating: 1)
    var row = count - length
    for column in 0..<length {
      let match = Lanes(
        masks[Int(rows[column])], masks[Int(rows[column + length])],
        masks[Int(rows[column + 2 * length])], masks[Int(rows[column + 3 * length])])
      let diagonal = (((match & positive) &+ positive) ^ positive) | match | negative
      if row >= 0 {
        distance &+= one &- ((diagonal &>> Lanes(repeating: UInt64(row))) & one)
        if column % Self.columnsBetweenLooks == 0, distance.min() > limit { return distance }
      }
      row += 1
      let right = ((negative | ~(diagonal | positive)) &<< one) | one
      let left = (positive & diagonal) &<< one
      positive = left | ~(diagonal | right)
      negative = right & diagonal
    }
    return distance
  }

  private func distancesInBands(
    _ rows: UnsafePointer<UInt32>, _ length: Int, _ limit: Int
  ) -> Lanes {
    let difference = count - length
    var distance = Lanes(repeating: UInt64(abs(difference)))
    let above = max(0, -difference) + (limit - abs(difference)) / 2
    let bit = Lanes(repeating: UInt64(difference + above))
    var positive = Lanes(repeating: UInt64.max << UInt64(above))
    var negative = Lanes.zero
    let one = Lanes(repeating: 1)
    var row = difference
    var place = Self.padding * 64 - above
    for column in 0..<length {
      let masks = masks + place >> 6
      let shift = UInt64(place & 63)
      func band(_ lane: Int) -> UInt64 {
        let words = masks + Int(rows[column + lane * length])
        return words[0] >> shift | (words[1] << 1) << (63 - shift)
      }
      let match = Lanes(band(0), band(1), band(2), band(3))
      let diagonal = (((match & positive) &+ positive) ^ positive) | match | negative
      if row >= 0 {
        distance &+= one &- ((diagonal &>> bit) & one)
        if column % Self.columnsBetweenLooks == 0, distance.min() > limit { return distance }
      }
      row += 1
      place += 1
      let right = negative | ~(diagonal | positive)
      let left = positive & diagonal
      positive = left | ~((diagonal &>> one) | right)
      negative = right & (diagonal &>> one)
    }
    return distance
  }
}
