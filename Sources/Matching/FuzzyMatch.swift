public import Segmentation

/// How alike two texts are: 1 − Levenshtein distance / longer length, over the code points of
/// their match keys.
///
/// The pattern is prepared once and compared with many texts by the bit-parallel algorithm of
/// Myers (1999) in the block form of Hyyrö (2003): 64 cells of the table a step.
public struct FuzzyPattern: Sendable {
  private let scalars: [UInt32]
  private let asciiMasks: [UInt64]
  private let masks: [UInt32: [UInt64]]
  private let blockCount: Int

  public init(_ key: MatchKey) { self.init(scalars: Self.scalars(of: key.bytes)) }

  init(scalars: [UInt32]) {
    self.scalars = scalars
    blockCount = (scalars.count + 63) / 64
    var ascii = [UInt64](repeating: 0, count: 128 * max(1, blockCount))
    var masks: [UInt32: [UInt64]] = [:]
    for (index, scalar) in scalars.enumerated() {
      let bit = UInt64(1) << UInt64(index % 64)
      if scalar < 128 {
        ascii[Int(scalar) * blockCount + index / 64] |= bit
      } else {
        masks[scalar, default: [UInt64](repeating: 0, count: blockCount)][index / 64] |= bit
      }
    }
    asciiMasks = ascii
    self.masks = masks
  }

  /// The number of code points in the pattern.
  public var count: Int { scalars.count }

  /// The lengths, in code points, that a text at least so similar can have.
  public func lengths(minimum share: Double) -> ClosedRange<Int> {
    guard share > 0 else { return 0...Int(Int32.max) }
    let low = (Double(count) * share).rounded(.up)
    let high = (Double(count) / share).rounded(.down)
    return Int(low)...max(Int(low), Int(high))
  }

  /// The similarity with a text, as a share 0…1; two empty texts are the same.
  public func similarity(to key: MatchKey) -> Double {
    similarity(to: Self.scalars(of: key.bytes))
  }

  /// The similarity with a match key that was kept as text.
  public func similarity(toKey key: String) -> Double {
    similarity(to: key.unicodeScalars.map(\.value))
  }

  func similarity(to other: [UInt32]) -> Double {
    let longer = max(scalars.count, other.count)
    guard longer > 0 else { return 1 }
    return 1 - Double(distance(to: other)) / Double(longer)
  }

  /// The least number of code points to insert, delete or replace.
  func distance(to other: [UInt32]) -> Int {
    guard !scalars.isEmpty else { return other.count }
    var distance = scalars.count
    var positive = [UInt64](repeating: .max, count: blockCount)
    var negative = [UInt64](repeating: 0, count: blockCount)
    let lastBit = UInt64(1) << UInt64((scalars.count - 1) % 64)
    for scalar in other {
      let wide = scalar < 128 ? nil : masks[scalar]
      // The row above the pattern grows by one with each code point of the text.
      var carryPositive: UInt64 = 1
      var carryNegative: UInt64 = 0
      for block in 0..<blockCount {
        let mask =
          scalar < 128 ? asciiMasks[Int(scalar) * blockCount + block] : wide?[block] ?? 0
        let (up, down) = (positive[block], negative[block])
        let vertical = mask | down
        let match = mask | carryNegative
        let diagonal = (((match & up) &+ up) ^ up) | match
        var right = down | ~(diagonal | up)
        var left = up & diagonal
        if block == blockCount - 1 {
          if right & lastBit != 0 { distance += 1 }
          if left & lastBit != 0 { distance -= 1 }
        }
        let nextPositive = right >> 63
        let nextNegative = left >> 63
        right = right << 1 | carryPositive
        left = left << 1 | carryNegative
        positive[block] = left | ~(vertical | right)
        negative[block] = right & vertical
        carryPositive = nextPositive
        carryNegative = nextNegative
      }
    }
    return distance
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
