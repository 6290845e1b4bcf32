internal import CICU
internal import Synchronization

/// A set of Unicode scalars, as sorted ranges that neither touch nor overlap.
struct ScalarSet: Hashable {
  /// Each with its first and its last scalar.
  private(set) var ranges: [ClosedRange<UInt32>] = []

  private static let last: UInt32 = 0x10FFFF

  init() {}

  /// The ends of the set tell nearly all that occur from one another, and properties are long.
  func hash(into hasher: inout Hasher) {
    hasher.combine(ranges.count)
    hasher.combine(ranges.first?.lowerBound)
    hasher.combine(ranges.first?.upperBound)
    hasher.combine(ranges.last)
  }

  init(_ ranges: [ClosedRange<UInt32>]) {
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) { append(range) }
  }

  init(_ scalar: UInt32) { ranges = [scalar...scalar] }

  /// The set that an ICU pattern such as `[\p{Lu}]` stands for.
  ///
  /// - Returns: `nil` when ICU knows no such property.
  init?(pattern: String, ignoringCase: Bool = false) {
    let key = (ignoringCase ? "i" : "c") + pattern
    if let set = Self.known.withLock({ $0[key] }) {
      self = set
      return
    }
    guard let set = Self.read(pattern, ignoringCase: ignoringCase) else { return nil }
    Self.known.withLock { $0[key] = set }
    self = set
  }

  /// The few properties that rules name again and again.
  private static let known = Mutex<[String: ScalarSet]>([:])

  private static func read(_ pattern: String, ignoringCase: Bool) -> ScalarSet? {
    // Most properties have fewer ranges: \p{L} has 659.
    var buffer = [UInt32](repeating: 0, count: 2048)
    var status: Int32 = 0
    func fill() -> Int {
      Int(
        concord_icu_set(
          pattern, ignoringCase ? 1 : 0, &buffer, Int32(buffer.count / 2), &status))
    }
    var count = fill()
    if count * 2 > buffer.count {
      buffer = [UInt32](repeating: 0, count: count * 2)
      count = fill()
    }
    guard count >= 0 else { return nil }
    return ScalarSet((0..<count).map { buffer[2 * $0]...buffer[2 * $0 + 1] })
  }

  /// Adds a range that starts nowhere before the last one.
  private mutating func append(_ range: ClosedRange<UInt32>) {
    if let end = ranges.last, range.lowerBound <= end.upperBound &+ 1 {
      ranges[ranges.count - 1] = end.lowerBound...max(end.upperBound, range.upperBound)
    } else {
      ranges.append(range)
    }
  }

  func union(_ other: ScalarSet) -> ScalarSet { ScalarSet(ranges + other.ranges) }

  var inverted: ScalarSet {
    var result: [ClosedRange<UInt32>] = []
    var next: UInt32 = 0
    for range in ranges {
      if range.lowerBound > next { result.append(next...range.lowerBound - 1) }
      next = range.upperBound + 1
    }
    if next <= Self.last { result.append(next...Self.last) }
    return ScalarSet(result)
  }

  func intersection(_ other: ScalarSet) -> ScalarSet {
    inverted.union(other.inverted).inverted
  }

  /// The set with the other cases of its characters.
  var ignoringCase: ScalarSet {
    let pattern = ranges.map { range in
      let (first, last) = (Self.escaped(range.lowerBound), Self.escaped(range.upperBound))
      return range.count == 1 ? first : "\(first)-\(last)"
    }
    // ICU closes a property at once; a set of more ranges than fit a pattern is one of those.
    guard pattern.count <= 10 else {
      return stride(from: 0, to: pattern.count, by: 10).reduce(self) { set, start in
        let part = pattern[start..<min(start + 10, pattern.count)].joined()
        return set.union(ScalarSet(pattern: "[\(part)]", ignoringCase: true) ?? ScalarSet())
      }
    }
    return ScalarSet(pattern: "[\(pattern.joined())]", ignoringCase: true) ?? self
  }

  private static func escaped(_ scalar: UInt32) -> String {
    let digits = String(scalar, radix: 16)
    return "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
  }
}
