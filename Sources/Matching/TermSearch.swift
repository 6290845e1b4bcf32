internal import Segmentation
internal import Synchronization

/// Searches texts for terms, with memory that it keeps: one for each thread at a time.
///
/// The tokens of a block are gone through together, first all prefixes of one token, then those of
/// two that are still in question, and so on. Looking up a whole block's prefixes side by side lets
/// the processor wait for many cache lines at once rather than for one after the other, which is
/// most of the time when there are very many terms.
final class TermSearch {
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
  var sink: UInt8 = 0

  /// An occurrence of the terms of one record.
  struct Hit: BitwiseCopyable {
    /// Its first token.
    var place: UInt32
    /// In the records, in units of four bytes.
    var record: UInt32
  }

  private init() {}

  // MARK: One for each thread

  private static let idle = Mutex<[Idle]>([])

  private struct Idle: @unchecked Sendable { var search: TermSearch }

  /// Lends a search that nobody else uses meanwhile.
  static func withSearch<Result>(_ body: (TermSearch) -> Result) -> Result {
    let search = idle.withLock { $0.popLast()?.search } ?? TermSearch()
    let result = body(search)
    // What a very long text took is not kept.
    if search.hashes.capacity <= kept {
      // Sent back as it came: nobody else has it.
      let idle = Idle(search: search)
      Self.idle.withLock { $0.append(idle) }
    }
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
  func find(_ trie: TermTrie, _ tokens: UnsafeBufferPointer<KeyToken>, starts: Int) {
    hits.count = 0
    levels.removeAll(keepingCapacity: true)
    hashes.reserve(starts)
    places.reserve(starts)
    nodes.reserve(starts)
    lengths.reset(tokens.count)
    var count = beginPrefixes(trie, tokens, starts: starts)
    var length: UInt32 = 1
    while count > 0 {
      look(up: count, in: trie)
      count = extendPrefixes(trie, tokens, count: count, length: length)
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

  private func look(up count: Int, in trie: TermTrie) {
    let (hashes, nodes) = (hashes.base, nodes.base)
    for index in 0..<count { nodes[index] = trie.node(hashes[index]) }
  }

  /// Notes the hits among prefixes of a length, and makes those that are longer by one token.
  private func extendPrefixes(
    _ trie: TermTrie, _ tokens: UnsafeBufferPointer<KeyToken>, count: Int, length: UInt32
  ) -> Int {
    let (hashes, places, nodes) = (hashes.base, places.base, nodes.base)
    let lengths = lengths.base
    hits.reserve(hits.count + count)
    let hits = hits.base
    guard let all = tokens.baseAddress else { return 0 }
    var hitCount = self.hits.count
    var next = 0
    for index in 0..<count {
      var node = nodes[index]
      if node == TermTrie.isFar { node = trie.farNode(hashes[index]) }
      guard node != 0 else { continue }
      let place = places[index]
      if node > 1 {
        hits[hitCount] = Hit(place: place, record: (node >> 1) &- 1)
        lengths[Int(place)] = length
        hitCount &+= 1
      }
      let following = Int(place &+ length)
      guard node & 1 != 0, following < tokens.count else { continue }
      let hash = TermTrie.extend(hashes[index], all[following].hash)
      hashes[next] = hash
      places[next] = place
      next &+= trie.later.holds(hash)
    }
    self.hits.count = hitCount
    return next
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
