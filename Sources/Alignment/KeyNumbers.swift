/// Numbers for keys of 64 bits, from 0 in the order in which the keys first come.
///
/// The keys are hashes already, which a dictionary would hash once more: an open-addressed table
/// finds them in a third of the time.
struct KeyNumbers: Sendable {
  private struct Slot: Sendable {
    var key: UInt64
    /// From 1; 0 where the slot is free.
    var number: UInt32
  }

  private var slots: [Slot]
  /// How far a mixed key is shifted to give the number of a slot.
  private var shift: UInt64
  private(set) var count = 0

  /// Slots of an empty table, as a power of two.
  private static let smallest: UInt64 = 6

  init() {
    slots = Array(repeating: Slot(key: 0, number: 0), count: 1 << Self.smallest)
    shift = 64 - Self.smallest
  }

  /// The number of a key, if it has one.
  subscript(key: UInt64) -> Int? {
    let number = slots[place(of: key)].number
    return number == 0 ? nil : Int(number) - 1
  }

  /// The number of a key, which is the next one when it has none.
  mutating func number(of key: UInt64) -> Int {
    if count * 2 >= slots.count { grow() }
    let place = self.place(of: key)
    if slots[place].number == 0 {
      count += 1
      slots[place] = Slot(key: key, number: UInt32(truncatingIfNeeded: count))
    }
    return Int(slots[place].number) - 1
  }

  /// The slot of a key, or the free one where it would stand.
  @inline(__always)
  private func place(of key: UInt64) -> Int {
    // 2⁶⁴ over the golden ratio: the upper bits of the product depend on all of the key's.
    var place = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> shift)
    while slots[place].number != 0, slots[place].key != key {
      place = (place + 1) & (slots.count - 1)
    }
    return place
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: Slot(key: 0, number: 0), count: old.count * 2)
    shift -= 1
    for slot in old where slot.number != 0 { slots[place(of: slot.key)] = slot }
  }
}
