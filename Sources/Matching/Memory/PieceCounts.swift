/// How many pieces of a query each text of a part has, as far as they were counted.
final class PieceCounts {
  /// A byte a text, for exhaustive searches: zeros between them.
  private let counts: UnsafeMutablePointer<UInt8>
  private let memory: ZeroedMemory
  /// A byte for each text of a stripe: zeros between stripes.
  private let stripeCounts: UnsafeMutablePointer<UInt8>
  private let stripeMemory: ZeroedMemory
  private let kept: UnsafeMutablePointer<Kept>

  /// A count is a byte.
  static let limit = 255

  /// The texts that were counted: those that have one piece, and those that have more, far fewer, with
  /// how many they have.
  private struct Kept {
    var capacity = 0
    var single = Memory<UInt32>()
    var singleCount = 0
    var repeated = Memory<UInt32>()
    var repeatedCounts = Memory<UInt8>()
    var repeatedCount = 0
    /// Those of a stripe, and the numbers of a block of each list.
    var touched = Memory<UInt32>()
    var numbers = Memory<UInt32>()
  }

  private struct Memory<Element: BitwiseCopyable> {
    var start = UnsafeMutablePointer<Element>.allocate(capacity: 1)

    mutating func grow(to size: Int) {
      start.deallocate()
      start = .allocate(capacity: size)
    }
  }

  init(texts: Int) {
    memory = ZeroedMemory(size: texts)
    counts = memory.start.assumingMemoryBound(to: UInt8.self)
    stripeMemory = ZeroedMemory(size: Self.stripe)
    stripeCounts = stripeMemory.start.assumingMemoryBound(to: UInt8.self)
    kept = .allocate(capacity: 1)
    kept.initialize(to: Kept())
  }

  deinit {
    for memory in [kept.pointee.single, kept.pointee.repeated, kept.pointee.touched] {
      memory.start.deallocate()
    }
    kept.pointee.numbers.start.deallocate()
    kept.pointee.repeatedCounts.start.deallocate()
    kept.deallocate()
  }

  // MARK: Counting lists

  /// Texts that are counted at once: their counts stay in the processor's second cache, where in a
  /// memory of millions each would be waited for.
  private static let stripe = 1 << 18

  /// A list as far as it was counted.
  private struct Place {
    let list: GramList
    let numbers: UnsafeMutablePointer<UInt32>
    var index = 0
    var count = 0
    /// The one that is read next, and what its numbers are above.
    var block: Int
    var floor: UInt32

    static let room = PostingList.blockSize + 8

    init(_ list: GramList, _ numbers: UnsafeMutablePointer<UInt32>) {
      (self.list, self.numbers, block) = (list, numbers, list.blocks.lowerBound)
      floor = list.texts.lowerBound
      count = list.readShort(into: numbers)
    }

    /// Reads the next block, if it has numbers below another one.
    @inline(__always)
    mutating func readBlock(below end: Int) -> Bool {
      guard block < list.blocks.upperBound, list.first(ofBlock: block) < end else { return false }
      count = list.read(block: block, into: numbers)
      index = 0
      // The first block may begin before the window, and none other before the one before it.
      while index < count, numbers[index] < floor { index += 1 }
      if count > 0 { floor = max(floor, numbers[count - 1]) }
      block += 1
      return true
    }

    /// Where the numbers end that are below another one.
    @inline(__always)
    func end(below number: Int) -> Int {
      guard count > 0, numbers[count - 1] >= number else { return count }
      var end = index
      while numbers[end] < number { end += 1 }
      return end
    }
  }

  /// Counts lists of texts of a window, stripe by stripe, and keeps which texts they have.
  func count(_ lists: [GramList], in window: Range<Int>) {
    reserve(lists)
    let room = kept.pointee.numbers.start
    var places = lists.enumerated().map { Place($1, room + $0 * Place.room) }
    places.withUnsafeMutableBufferPointer { places in
      var start = window.lowerBound
      while start < window.upperBound {
        let end = min(start + Self.stripe, window.upperBound)
        keep(touched: count(places, start..<end), from: start)
        start = end
      }
    }
  }

  /// Counts what lists have of a stripe, and returns how many texts that are.
  private func count(_ places: UnsafeMutableBufferPointer<Place>, _ stripe: Range<Int>) -> Int {
    let (counts, touched) = (stripeCounts, kept.pointee.touched.start)
    let (start, stop) = (UInt32(stripe.lowerBound), stripe.upperBound)
    var touchedCount = 0
    for list in places.indices {
      repeat {
        let (numbers, end) = (places[list].numbers, places[list].end(below: stop))
        var index = places[list].index
        while index < end {
          let text = numbers[index] &- start
          // Without a branch, which would be guessed wrong at every other text.
          let count = counts[Int(text)]
          touched[touchedCount] = text
          touchedCount &+= count == 0 ? 1 : 0
          counts[Int(text)] = count &+ 1
          index &+= 1
        }
        places[list].index = index
      } while places[list].index == places[list].count && places[list].readBlock(below: stop)
    }
    return touchedCount
  }

  /// Keeps the counts of a stripe, and makes them zeros.
  private func keep(touched: Int, from start: Int) {
    var kept = kept.pointee
    let (counts, texts, start) = (stripeCounts, kept.touched.start, UInt32(start))
    var (single, repeated) = (kept.singleCount, kept.repeatedCount)
    for index in 0..<touched {
      let text = texts[index]
      let count = counts[Int(text)]
      counts[Int(text)] = 0
      kept.single.start[single] = text &+ start
      kept.repeated.start[repeated] = text &+ start
      kept.repeatedCounts.start[repeated] = count
      // The sign, since a branch would be guessed wrong here, too.
      let isSingle = Int((UInt32(count) &- 2) >> 31)
      single &+= isSingle
      repeated &+= 1 &- isSingle
    }
    (kept.singleCount, kept.repeatedCount) = (single, repeated)
    self.kept.pointee = kept
  }

  private func reserve(_ lists: [GramList]) {
    clearKept()
    kept.pointee.numbers.grow(to: lists.count * Place.room + 1)
    // Each writes once more than it keeps.
    let cost = lists.reduce(1) { $0 + $1.cost }
    guard cost > kept.pointee.capacity else { return }
    kept.pointee.single.grow(to: cost)
    kept.pointee.repeated.grow(to: cost)
    kept.pointee.repeatedCounts.grow(to: cost)
    kept.pointee.touched.grow(to: min(cost, Self.stripe + 1))
    kept.pointee.capacity = cost
  }

  /// Forgets the texts that were counted.
  func clearKept() { (kept.pointee.singleCount, kept.pointee.repeatedCount) = (0, 0) }

  /// How many of the kept texts have each count.
  func histogram() -> [Int] {
    var histogram = [Int](repeating: 0, count: Self.limit + 1)
    let kept = kept.pointee
    histogram.withUnsafeMutableBufferPointer { histogram in
      for index in 0..<kept.repeatedCount {
        histogram[Int(kept.repeatedCounts.start[index])] += 1
      }
    }
    histogram[1] = kept.singleCount
    return histogram
  }

  /// Calls `body` with each kept text that has a count of so many, and its count.
  @inline(__always)
  func forEachText(countedAtLeast least: Int, _ body: (_ text: Int, _ count: Int) -> Void) {
    let kept = kept.pointee
    for index in 0..<kept.repeatedCount {
      let count = Int(kept.repeatedCounts.start[index])
      if count >= least { body(Int(kept.repeated.start[index]), count) }
    }
    guard least <= 1 else { return }
    for index in 0..<kept.singleCount { body(Int(kept.single.start[index]), 1) }
  }

  // MARK: Counting all texts

  /// Counts a list without keeping which texts it has: ``clear(_:)`` is told. None is kept meanwhile.
  func countAll(_ list: GramList) {
    let counts = counts
    list.forEach { counts[Int($0)] &+= 1 }
  }

  func clear(_ texts: Range<Int>) {
    (counts + texts.lowerBound).update(repeating: 0, count: texts.count)
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
