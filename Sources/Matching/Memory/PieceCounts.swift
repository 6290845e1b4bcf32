/// How many pieces of a query each text of a part has, as far as they were counted: zeros between
/// searches.
final class PieceCounts {
  /// A byte a text.
  private let counts: UnsafeMutablePointer<UInt8>
  private let memory: ZeroedMemory
  /// The texts whose count is not 0, when they are kept, and behind so many those that have another
  /// count than 1: far fewer.
  private var touched: UnsafeMutablePointer<UInt32>
  private var capacity: Int
  private var (touchedCount, repeatedCount) = (0, 0)

  /// A count is a byte.
  static let limit = 255

  init(texts: Int) {
    memory = ZeroedMemory(size: texts)
    counts = memory.start.assumingMemoryBound(to: UInt8.self)
    capacity = 1024
    touched = .allocate(capacity: 2 * capacity)
  }

  deinit { touched.deallocate() }

  @inline(__always)
  subscript(text: Int) -> Int { Int(counts[text]) }

  private var repeated: UnsafeMutablePointer<UInt32> { touched + capacity }

  /// Texts whose counts stay near while they are counted: less than the second cache of processors
  /// holds. In a memory of millions each count would be waited for.
  private static let stripe = 1 << 18

  /// Counts lists of texts of a window, stripe by stripe, and keeps which texts they have.
  func count(_ lists: [GramList], in window: Range<Int>) {
    let cost = lists.reduce(0) { $0 + $1.cost }
    if touchedCount + cost >= capacity { grow(to: 2 * (touchedCount + cost) + 1) }
    // The next block of each list.
    var blocks = lists.map(\.blocks.lowerBound)
    for list in lists where list.count <= PostingList.blockSize { list.forEach(add) }
    var end = window.lowerBound
    while end < window.upperBound {
      end += Self.stripe
      for (index, list) in lists.enumerated() {
        while blocks[index] < list.blocks.upperBound, list.first(ofBlock: blocks[index]) < end {
          count(list, block: blocks[index])
          blocks[index] += 1
        }
      }
    }
  }

  @inline(__always)
  private func count(_ list: GramList, block: Int) {
    let (counts, touched, repeated) = (counts, touched, repeated)
    var (end, repeatedEnd) = (touchedCount, repeatedCount)
    list.forEach(ofBlock: block) { text in
      // Without a branch, which would be guessed wrong at every other text.
      let count = counts[Int(text)]
      touched[end] = text
      end += count == 0 ? 1 : 0
      repeated[repeatedEnd] = text
      repeatedEnd += count == 1 ? 1 : 0
      counts[Int(text)] = count &+ 1
    }
    (touchedCount, repeatedCount) = (end, repeatedEnd)
  }

  private func add(_ text: UInt32) {
    let count = counts[Int(text)]
    touched[touchedCount] = text
    touchedCount += count == 0 ? 1 : 0
    repeated[repeatedCount] = text
    repeatedCount += count == 1 ? 1 : 0
    counts[Int(text)] = count &+ 1
  }

  private func grow(to size: Int) {
    let larger = UnsafeMutablePointer<UInt32>.allocate(capacity: 2 * size)
    larger.update(from: touched, count: touchedCount)
    (larger + size).update(from: repeated, count: repeatedCount)
    touched.deallocate()
    (touched, capacity) = (larger, size)
  }

  /// Counts a list without keeping which texts it has: ``clear(_:)`` is told.
  func countAll(_ list: GramList) {
    let counts = counts
    list.forEach { counts[Int($0)] &+= 1 }
  }

  func clearTouched() {
    for index in 0..<touchedCount { counts[Int(touched[index])] = 0 }
    (touchedCount, repeatedCount) = (0, 0)
  }

  func clear(_ texts: Range<Int>) {
    (counts + texts.lowerBound).update(repeating: 0, count: texts.count)
  }

  /// How many of the kept texts have each count.
  func histogram() -> [Int] {
    var histogram = [Int](repeating: 0, count: Self.limit + 1)
    histogram.withUnsafeMutableBufferPointer { histogram in
      for index in 0..<repeatedCount { histogram[Int(counts[Int(repeated[index])])] += 1 }
    }
    histogram[1] = touchedCount - repeatedCount
    return histogram
  }

  /// Calls `body` with each kept text that has a count of so many, and its count.
  @inline(__always)
  func forEachText(countedAtLeast least: Int, _ body: (_ text: Int, _ count: Int) -> Void) {
    let (texts, end) = least > 1 ? (repeated, repeatedCount) : (touched, touchedCount)
    for index in 0..<end {
      let text = Int(texts[index])
      let count = Int(counts[text])
      if count >= least { body(text, count) }
    }
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
