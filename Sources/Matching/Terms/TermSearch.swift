internal import Segmentation
internal import Synchronization

/// Searches texts for terms, with memory that it keeps: one for each thread at a time.
///
/// The tokens of a block are gone through together, first all prefixes of one token, then those of
/// two that are still in question, and so on. Looking up a whole block's prefixes side by side lets
/// the processor wait for many cache lines at once rather than for one after the other, which is
/// most of the time when there are very many terms.
struct TermSearch: ~Copyable {
  var scanner = KeyScanner()
  var comparer = KeyComparer()

  /// All occurrences in the block, by their length in tokens and then by their place.
  var hits = Scratch<Hit>()
  /// For each length where its hits end.
  var levels: [Int] = []
  /// The prefixes that are still in question.
  private var hashes = Scratch<UInt64>()
  private var places = Scratch<UInt32>()
  private var nodes = Scratch<UInt32>()
  /// For each token the length of the longest hit that starts there.
  var lengths = Scratch<UInt32>()
  /// For each token whether an occurrence that stays covers it.
  var covered = Scratch<UInt8>()
  /// The hits that stay, by their number.
  var chosen = Scratch<UInt32>()
  /// For each token what was found there.
  var confirmed = Scratch<Confirmed>()
  /// Keeps what was read from being left out as useless.
  var sink: UInt32 = 0

  /// An occurrence of the terms of one record.
  struct Hit: BitwiseCopyable {
    /// Its first token.
    var place: UInt32
    /// In the records, in units of four bytes.
    var record: UInt32
  }

  // MARK: One for each thread

  private static let idle = Mutex<[Box]>([])

  private final class Box: @unchecked Sendable { var search = TermSearch() }

  /// Lends a search that nobody else uses meanwhile.
  static func withSearch<Result>(_ body: (inout TermSearch) -> Result) -> Result {
    let box = idle.withLock { $0.popLast() } ?? Box()
    let result = body(&box.search)
    // What a very long text took is not kept.
    if box.search.hashes.capacity <= kept { idle.withLock { $0.append(box) } }
    return result
  }

  /// In tokens: some MiB.
  private static let kept = 1 << 18

  // MARK: Finding

  /// Finds all occurrences that start at the first tokens, those inside longer ones too.
  ///
  /// - Parameters:
  ///   - trie: of the terms.
  ///   - tokens: of the text; occurrences may reach up to their end.
  ///   - starts: at how many of them an occurrence may start.
  mutating func find(_ trie: TermTrie, _ tokens: UnsafeBufferPointer<KeyToken>, starts: Int) {
    hits.count = 0
    levels.removeAll(keepingCapacity: true)
    hashes.reserve(starts)
    places.reserve(starts)
    nodes.reserve(starts)
    lengths.reset(tokens.count)
    var count = beginPrefixes(trie, tokens, starts: starts)
    var length = 1
    while count > 0 {
      look(up: count, in: trie)
      count = extendPrefixes(trie, tokens, count: count, length: length)
      count = keepPossible(trie, count: count)
      levels.append(hits.count)
      length += 1
    }
  }

  private func beginPrefixes(
    _ trie: TermTrie, _ tokens: UnsafeBufferPointer<KeyToken>, starts: Int
  ) -> Int {
    let (hashes, places) = (hashes.base, places.base)
    guard let tokens = tokens.baseAddress else { return 0 }
    var count = 0
    for place in 0..<starts {
      let hash = tokens[place].hash
      hashes[count] = hash
      places[count] = UInt32(truncatingIfNeeded: place)
      count &+= trie.first.holds(hash)
    }
    return count
  }

  /// How many nodes are asked for before the first answer is looked at.
  private static let stride = 128

  private mutating func look(up count: Int, in trie: TermTrie) {
    let (hashes, nodes) = (hashes.base, nodes.base)
    var start = 0
    while start < count {
      let end = min(count, start + Self.stride)
      if trie.isLarge {
        var sum: UInt32 = 0
        for index in start..<end { sum &+= trie.touch(hashes[index]) }
        sink &+= sum
      }
      for index in start..<end { nodes[index] = trie.node(hashes[index]) }
      start = end
    }
  }

  /// Notes the hits among prefixes of a length, and makes those that are longer by one token.
  private mutating func extendPrefixes(
    _ trie: TermTrie, _ tokens: UnsafeBufferPointer<KeyToken>, count: Int, length: Int
  ) -> Int {
    hits.reserve(hits.count + count)
    guard let all = tokens.baseAddress else { return 0 }
    let (hashes, places, nodes) = (hashes.base, places.base, nodes.base)
    let (lengths, hits) = (lengths.base, hits.base)
    var hitCount = self.hits.count
    var next = 0
    for index in 0..<count {
      var node = nodes[index]
      if node == TermTrie.isFar { node = trie.farNode(hashes[index]) }
      guard node != 0 else { continue }
      let place = places[index]
      if node > 1 {
        hits[hitCount] = Hit(place: place, record: (node >> 1) &- 1)
        lengths[Int(place)] = UInt32(truncatingIfNeeded: length)
        hitCount &+= 1
      }
      let following = Int(place) &+ length
      guard node & 1 != 0, following < tokens.count else { continue }
      hashes[next] = TermTrie.extend(hashes[index], all[following].hash)
      places[next] = place
      next &+= 1
    }
    self.hits.count = hitCount
    return next
  }

  /// Leaves out the prefixes that no term has, as far as the filter can tell.
  private func keepPossible(_ trie: TermTrie, count: Int) -> Int {
    let (hashes, places) = (hashes.base, places.base)
    var kept = 0
    for index in 0..<count {
      let (hash, place) = (hashes[index], places[index])
      hashes[kept] = hash
      places[kept] = place
      kept &+= trie.later.holds(hash)
    }
    return kept
  }
}

/// Memory for numbers that are written before they are read.
struct Scratch<Element: BitwiseCopyable>: ~Copyable {
  private(set) var base: UnsafeMutablePointer<Element>
  private(set) var capacity = 64
  /// For those who count.
  var count = 0

  init() { base = .allocate(capacity: capacity) }

  deinit { base.deallocate() }

  /// Makes room; what is there stays.
  @inline(__always)
  mutating func reserve(_ wanted: Int) {
    if wanted > capacity { grow(wanted) }
  }

  @inline(never)
  private mutating func grow(_ wanted: Int) {
    let larger = max(wanted, capacity * 2)
    let moved = UnsafeMutablePointer<Element>.allocate(capacity: larger)
    moved.update(from: base, count: capacity)
    base.deallocate()
    (base, capacity) = (moved, larger)
  }
}

extension Scratch where Element: FixedWidthInteger {
  /// So many zeros.
  mutating func reset(_ wanted: Int) {
    reserve(wanted)
    base.update(repeating: 0, count: wanted)
  }
}
