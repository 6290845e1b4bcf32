internal import Bitext

/// What is counted under a 64-bit key, in an open-addressed table of bounded size.
///
/// When the table is full, what was counted least is dropped, as in lossy counting (Manku and
/// Motwani, *VLDB* 2002): what stays may have been counted less often than it occurred, by as much
/// as the floor at most. Texts that fit are counted exactly.
struct CountTable<Entry: CountedEntry> {
  private(set) var slots: [Entry]
  private(set) var count = 0
  /// Entries counted no oftener than this have been dropped once or more.
  private(set) var floor: UInt32 = 0
  private let limit: Int

  /// - Parameter limit: how many entries are kept at the most.
  init(limit: Int) {
    self.limit = limit
    slots = [Entry](repeating: Entry(), count: 64)
  }

  subscript(key: UInt64) -> Entry? {
    guard let index = index(of: key) else { return nil }
    return slots[index]
  }

  func index(of key: UInt64) -> Int? {
    let mask = slots.count - 1
    var index = Int(truncatingIfNeeded: key) & mask
    while slots[index].key != 0 {
      if slots[index].key == key { return index }
      index = (index + 1) & mask
    }
    return nil
  }

  /// Changes the entry of a key, which is a new one when there is none.
  @inline(__always)
  mutating func update(_ key: UInt64, _ change: (inout Entry) -> Void) {
    if count * 4 >= slots.count * 3 { grow() }
    let mask = slots.count - 1
    var index = Int(truncatingIfNeeded: key) & mask
    while slots[index].key != 0 {
      if slots[index].key == key { return change(&slots[index]) }
      index = (index + 1) & mask
    }
    slots[index].key = key
    count += 1
    change(&slots[index])
  }

  /// Drops what was counted least while there is more than fits.
  ///
  /// To be called between batches of input whose size does not depend on the number of threads, so
  /// that the same is dropped everywhere.
  mutating func prune() {
    while count > limit {
      floor += 1
      refill(slots.filter { $0.key != 0 && $0.tally > floor }, size: slots.count)
    }
  }

  /// Changes all entries, in the order of their slots.
  mutating func updateAll(_ change: (inout Entry) -> Void) {
    for index in slots.indices where slots[index].key != 0 { change(&slots[index]) }
  }

  private mutating func grow() {
    refill(slots.filter { $0.key != 0 }, size: slots.count * 2)
  }

  private mutating func refill(_ entries: [Entry], size: Int) {
    slots = [Entry](repeating: Entry(), count: size)
    count = entries.count
    let mask = size - 1
    for entry in entries {
      var index = Int(truncatingIfNeeded: entry.key) & mask
      while slots[index].key != 0 { index = (index + 1) & mask }
      slots[index] = entry
    }
  }
}

/// A slot of a ``CountTable``; free while its key is 0.
protocol CountedEntry: BitwiseCopyable, Sendable {
  init()
  var key: UInt64 { get set }
  /// How often it was counted, which decides what is dropped.
  var tally: UInt32 { get }
}

/// How often a phrase occurs on one side.
struct PhraseCount: CountedEntry {
  var key: UInt64 = 0
  /// Beads that hold it.
  var beads: UInt32 = 0
  /// All its occurrences.
  var occurrences: UInt32 = 0
  /// Those that are written like a name.
  var names: UInt32 = 0

  var tally: UInt32 { beads }
}

/// How often one neighbour stands beside a phrase.
struct NeighbourCount: CountedEntry {
  var key: UInt64 = 0
  var phrase: UInt64 = 0
  var occurrences: UInt32 = 0
  var isRight = false

  var tally: UInt32 { occurrences }
}

/// How often two phrases translate each other.
struct PairCount: CountedEntry {
  var key: UInt64 = 0
  var source: UInt64 = 0
  var target: UInt64 = 0
  /// The beads whose links or cues join the two.
  var beads: UInt32 = 0
  /// The sum of how fully they are linked, in units of ``PairCount/unit``.
  var weight: UInt32 = 0
  /// The beads in which a cue gives the pair.
  var given: UInt32 = 0
  /// The strongest of the cues.
  var cue: UInt8 = 0
  /// The number of its first place, and of its last one; -1 for none.
  var firstPlace: Int32 = -1
  var lastPlace: Int32 = -1
  var places: UInt8 = 0

  static let unit: Float = 256

  var tally: UInt32 { beads + given * 8 }
}
