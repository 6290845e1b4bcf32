/// Sorts all scalars into classes such that the patterns of a rule set tell apart no two scalars of
/// one class: the alphabet of an automaton.
final class ScalarClasses: @unchecked Sendable {
  /// How many classes there are, that of the end of the text (0) among them.
  let count: Int
  /// The class of each scalar below U+10000. Nothing changes it once it is made.
  let plane: UnsafePointer<UInt16>
  /// Where ranges of classes start above it, ascending.
  private let starts: [UInt32]
  private let upper: [UInt16]
  /// For each class and each set, whether the class lies in the set.
  private let members: [Bool]
  private let setCount: Int

  /// The class of the place after the last character.
  static let end = 0

  /// - Returns: `nil` when there would be too many classes for 16 bits.
  init?(_ sets: [ScalarSet]) {
    // Every place where a set starts or stops, and in the low half which one: numbers sort fast.
    var edges: [UInt64] = []
    for (number, set) in sets.enumerated() {
      for range in set.ranges {
        edges.append(UInt64(range.lowerBound) << 32 | UInt64(number))
        edges.append(UInt64(range.upperBound + 1) << 32 | UInt64(number))
      }
    }
    edges.sort()
    // By the exclusive or of a number for each set that a scalar lies in.
    var known: [UInt64: UInt16] = [:]
    var signature: UInt64 = 0
    var members = [[Bool](repeating: false, count: sets.count)]
    var inside = [Bool](repeating: false, count: sets.count)
    let plane = UnsafeMutablePointer<UInt16>.allocate(capacity: 0x10000)
    var starts: [UInt32] = []
    var upper: [UInt16] = []
    var place: UInt32 = 0
    var edge = 0
    while place <= 0x10FFFF {
      while edge < edges.count, UInt32(edges[edge] >> 32) == place {
        let set = Int(UInt32(truncatingIfNeeded: edges[edge]))
        inside[set].toggle()
        signature ^= Self.signature(of: set)
        edge += 1
      }
      let next = edge < edges.count ? UInt32(edges[edge] >> 32) : 0x110000
      let number: UInt16
      if let old = known[signature], members[Int(old)] == inside {
        number = old
      } else {
        guard members.count <= UInt16.max else {
          plane.deallocate()
          return nil
        }
        number = UInt16(members.count)
        known[signature] = number
        members.append(inside)
      }
      if place < 0x10000 {
        let count = Int(min(next, 0x10000) - place)
        (plane + Int(place)).initialize(repeating: number, count: count)
      }
      if next > 0x10000 {
        starts.append(max(place, 0x10000))
        upper.append(number)
      }
      place = next
    }
    self.plane = UnsafePointer(plane)
    self.starts = starts
    self.upper = upper
    self.members = Array(members.joined())
    setCount = sets.count
    count = members.count
  }

  deinit { plane.deallocate() }

  /// A number for a set, so that those of different sets of sets hardly ever agree (SplitMix64,
  /// Steele et al., 2014).
  private static func signature(of set: Int) -> UInt64 {
    var bits = UInt64(set + 1) &* 0x9E37_79B9_7F4A_7C15
    bits = (bits ^ bits >> 30) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ bits >> 27) &* 0x94D0_49BB_1331_11EB
    return bits ^ bits >> 31
  }

  func contains(_ set: Int, class number: Int) -> Bool {
    members[number &* setCount &+ set]
  }

  /// The class of a scalar value.
  func callAsFunction(_ scalar: UInt32) -> Int {
    guard scalar >= 0x10000 else { return Int(plane[Int(scalar)]) }
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= scalar { low = middle } else { high = middle }
    }
    return Int(upper[low])
  }
}
