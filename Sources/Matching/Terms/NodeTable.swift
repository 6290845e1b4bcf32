/// The nodes of a trie while it is built: by the rolling hash of the prefix, the terms that end
/// there and whether longer ones go on.
///
/// An open-addressed table, for which ``prepare(_:)`` makes room: a node stands where its hash leads,
/// as a share of all hashes, or at the next free place. So they stand in the order of their hashes,
/// as they do in the buckets at last.
struct NodeTable: ~Copyable {
  struct Node: BitwiseCopyable {
    var hash: UInt64 = 0
    /// 0 for a free place, else bit 0 whether it goes on, and above it the group plus one.
    var value: UInt32 = 0
    /// 1 for a prefix of one token.
    var isFirst: UInt32 = 0
  }

  private var base: UnsafeMutablePointer<Node>
  private var capacity: Int
  private(set) var count = 0
  /// Keeps what was read from being left out as useless.
  private var sink: UInt32 = 0
  private(set) var firstCount = 0

  init(expected: Int) {
    capacity = max(1024, expected + expected / 2)
    base = .allocate(capacity: capacity)
    base.initialize(repeating: Node(), count: capacity)
  }

  deinit { base.deallocate() }

  /// Says of a prefix that a longer term starts with it.
  mutating func markGoingOn(_ hash: UInt64, isFirst: Bool) {
    let node = place(of: hash, isFirst: isFirst)
    base[node].value |= 1
  }

  /// The group of the terms that end with a prefix; a new one when there was none.
  ///
  /// - Returns: the group that was there.
  mutating func group(_ hash: UInt64, isFirst: Bool, orSet group: UInt32) -> UInt32? {
    let node = place(of: hash, isFirst: isFirst)
    if base[node].value > 1 { return (base[node].value >> 1) - 1 }
    base[node].value |= (group + 1) << 1
    return nil
  }

  /// Makes room for so many more nodes.
  mutating func prepare(_ more: Int) {
    // Two thirds full at the most.
    while (count + more) * 3 > capacity * 2 { grow() }
  }

  /// Reads where a node will stand, so that the place is at hand a little later.
  @inline(__always)
  mutating func touch(_ hash: UInt64) {
    sink &+= base[TermTrie.bucket(of: hash, count: UInt64(capacity))].value
  }

  /// The place of a node, which is made where there was none: its value must be set at once.
  private mutating func place(of hash: UInt64, isFirst: Bool) -> Int {
    var index = TermTrie.bucket(of: hash, count: UInt64(capacity))
    while base[index].value != 0, base[index].hash != hash {
      index = index + 1 == capacity ? 0 : index + 1
    }
    if base[index].value == 0 {
      base[index] = Node(hash: hash, value: 0, isFirst: isFirst ? 1 : 0)
      count += 1
      firstCount += isFirst ? 1 : 0
    }
    return index
  }

  private mutating func grow() {
    let (old, size) = (base, capacity)
    capacity *= 2
    base = .allocate(capacity: capacity)
    base.initialize(repeating: Node(), count: capacity)
    for index in 0..<size where old[index].value != 0 {
      var place = TermTrie.bucket(of: old[index].hash, count: UInt64(capacity))
      while base[place].value != 0 { place = place + 1 == capacity ? 0 : place + 1 }
      base[place] = old[index]
    }
    old.deallocate()
  }

  /// Calls `body` with each node, in an order that the nodes alone decide, until it says no.
  ///
  /// - Returns: whether it never did.
  func forEach(_ body: (Node) -> Bool) -> Bool {
    for index in 0..<capacity where base[index].value != 0 {
      if !body(base[index]) { return false }
    }
    return true
  }
}
