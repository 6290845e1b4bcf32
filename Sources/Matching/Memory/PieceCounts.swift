#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// How many pieces of a query each text of a part has, as far as they were counted: zeros between
/// searches.
final class PieceCounts {
  let textCount: Int
  /// A byte a text: the system gives memory only for what is touched.
  private let counts: UnsafeMutablePointer<UInt8>
  /// The texts whose count is not 0, when they are kept.
  private var touched: UnsafeMutablePointer<UInt32>
  private var capacity: Int
  private(set) var touchedCount = 0

  /// A count is a byte.
  static let limit = 255

  init(texts: Int) {
    textCount = texts
    counts = Self.zeros(texts)
    capacity = 1024
    touched = .allocate(capacity: capacity)
  }

  deinit {
    free(counts)
    touched.deallocate()
  }

  private static func zeros(_ count: Int) -> UnsafeMutablePointer<UInt8> {
    guard let bytes = calloc(max(1, count), 1) else { fatalError("not enough memory") }
    return bytes.assumingMemoryBound(to: UInt8.self)
  }

  @inline(__always)
  subscript(text: Int) -> Int { Int(counts[text]) }

  @inline(__always)
  func touched(_ index: Int) -> UInt32 { touched[index] }

  /// Counts a list, and keeps which texts it has.
  func count(_ list: GramList) {
    if touchedCount + list.cost >= capacity {
      capacity = 2 * (touchedCount + list.cost) + 1
      let larger = UnsafeMutablePointer<UInt32>.allocate(capacity: capacity)
      larger.update(from: touched, count: touchedCount)
      touched.deallocate()
      touched = larger
    }
    let (counts, touched) = (counts, touched)
    var end = touchedCount
    list.forEach { text in
      // Without a branch, which would be guessed wrong at every other text.
      touched[end] = text
      let count = counts[Int(text)]
      end += count == 0 ? 1 : 0
      counts[Int(text)] = count &+ 1
    }
    touchedCount = end
  }

  /// Counts a list without keeping which texts it has: ``clear(_:)`` is told.
  func countAll(_ list: GramList) {
    let counts = counts
    list.forEach { counts[Int($0)] &+= 1 }
  }

  func clearTouched() {
    for index in 0..<touchedCount { counts[Int(touched[index])] = 0 }
    touchedCount = 0
  }

  func clear(_ texts: Range<Int>) {
    (counts + texts.lowerBound).update(repeating: 0, count: texts.count)
  }

  /// How many of the kept texts have each count.
  func histogram() -> [Int] {
    var histogram = [Int](repeating: 0, count: Self.limit + 1)
    histogram.withUnsafeMutableBufferPointer { histogram in
      for index in 0..<touchedCount { histogram[Int(counts[Int(touched[index])])] += 1 }
    }
    return histogram
  }

  /// The first text of a range that has a count of so many.
  func firstText(in range: Range<Int>, countedAtLeast least: Int) -> Int? {
    guard least <= Self.limit else { return nil }
    var text = range.lowerBound
    let wanted = SIMD32<UInt8>(repeating: UInt8(least))
    while text + 32 <= range.upperBound {
      let block = UnsafeRawPointer(counts + text).loadUnaligned(as: SIMD32<UInt8>.self)
      if any(block .>= wanted) { break }
      text += 32
    }
    while text < range.upperBound {
      if Int(counts[text]) >= least { return text }
      text += 1
    }
    return nil
  }
}
