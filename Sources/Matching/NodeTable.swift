/// The nodes of a trie while it is built: by the rolling hash of the prefix, the terms that end
/// there and whether longer ones go on.
///
/// An open-addressed table of 2ⁿ places: a node stands at the highest bits of its hash or at the
/// next free place.
struct NodeTable: ~Copyable {
  struct Node: BitwiseCopyable {
    var hash: UInt64 = 0
    /// 0 for a free place, else bit 0 whether it goes on, and above it the group plus one.
    var value: UInt32 = 0
    /// 1 for a prefix of one token.
    var isFirst: UInt32 = 0
  }

  private var base: UnsafeMutablePointer<Node>
  private var log: Int
  private(set) var count = 0
  private(set) var firstCount = 0

  private var capacity: Int { 1 << log }

  init(expected: Int) {
    log = 10
    // Two thirds full at the most.
    while 1 << log < expected + expected / 2 { log += 1 }
    base = .allocate(capacity: 1 << log)
    base.initialize(repeating: Node(), count: 1 << log)
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

  /// The place of a node, which is made where there was none: its value must be set at once.
  private mutating func place(of hash: UInt64, isFirst: Bool) -> Int {
    if count * 3 > capacity * 2 { grow() }
    var index = Int(truncatingIfNeeded: hash >> UInt64(64 - log))
    while base[index].value != 0, base[index].hash != hash { index = (index + 1) & (capacity - 1) }
    if base[index].value == 0 {
      base[index] = Node(hash: hash, value: 0, isFirst: isFirst ? 1 : 0)
      count += 1
      firstCount += isFirst ? 1 : 0
    }
    return index
  }

  private mutating func grow() {
    let (old, size) = (base, capacity)
    log += 1
    base = .allocate(capacity: capacity)
    base.initialize(repeating: Node(), count: capacity)
    for index in 0..<size where old[index].value != 0 {
      var place = Int(truncatingIfNeeded: old[index].hash >> UInt64(64 - log))
      while base[place].value != 0 { place = (place + 1) & (capacity - 1) }
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
