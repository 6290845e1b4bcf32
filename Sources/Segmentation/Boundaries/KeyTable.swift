/// Sequences of hashes with a number each, and all their beginnings: an open-addressed table in
/// which a sequence is followed from its first hash on.
struct KeyTable: Sendable {
  /// Free where `key` is 0.
  struct Slot: Sendable, BitwiseCopyable {
    var key: UInt64 = 0
    var value: UInt32 = 0
  }

  /// The value of what only begins a sequence.
  static let beginning = UInt32.max

  /// Twice as many as there are keys at the least, and a power of two.
  let slots: [Slot]

  init(_ values: [UInt64: UInt32]) {
    var size = 16
    while size < values.count * 2 { size *= 2 }
    var slots = [Slot](repeating: Slot(), count: size)
    // In the order of the keys: the same table on every run.
    for (key, value) in values.sorted(by: { $0.key < $1.key }) {
      var index = Int(truncatingIfNeeded: key) & (size - 1)
      while slots[index].key != 0 { index = (index + 1) & (size - 1) }
      slots[index] = Slot(key: key, value: value)
    }
    self.slots = slots
  }

  /// The number of a sequence, ``beginning`` for the beginning of one, else `nil`.
  subscript(key: UInt64) -> UInt32? {
    let mask = slots.count - 1
    var index = Int(truncatingIfNeeded: key) & mask
    while slots[index].key != 0 {
      if slots[index].key == key { return slots[index].value }
      index = (index + 1) & mask
    }
    return nil
  }
}
