internal import Bitext
internal import Segmentation

/// Terms with one key, as they stand in the records.
struct TermGroup {
  /// Bits 0…27 the term or how many there are, and flags.
  var head: UInt32
  /// The spelling of the first of them, in the records.
  var spelling: Range<Int>

  static let single: UInt32 = 1 << 31
  static let more: UInt32 = 1 << 30
  static let possessive: UInt32 = 1 << 29
  static let sensitive: UInt32 = 1 << 28

  var isSingle: Bool { head & Self.single != 0 }
  /// Whether another group with the same hash follows.
  var hasNext: Bool { head & Self.more != 0 }
  /// Whether one of the terms ends in 's.
  var keepsPossessive: Bool { head & Self.possessive != 0 }
  /// Whether the case of one of the terms matters.
  var isSensitive: Bool { head & Self.sensitive != 0 }
  var termCount: Int { isSingle ? 1 : number }
  var number: Int { Int(head & (Self.sensitive - 1)) }

  /// The end of the spelling, rounded up: there the terms stand when they are several, else the next
  /// group.
  var end: Int { (spelling.upperBound + 3) & ~3 }
  /// Where the next group stands, in units of four bytes.
  var next: UInt32 { UInt32(truncatingIfNeeded: (end + (isSingle ? 0 : 4 * number)) / 4) }
}

/// The records of compiled terms, for as long as those exist: groups of terms one after the other,
/// each with a spelling. What stands there is not trusted.
struct TermRecords {
  let base: UnsafeRawPointer
  let size: Int

  /// What stands at a place, in units of four bytes; `nil` when that is no whole group.
  @inline(__always)
  func group(at place: UInt32) -> TermGroup? {
    let start = Int(place) &* 4
    guard start &+ 8 <= size, let spelling = spelling(at: start &+ 4) else { return nil }
    let head = base.load(fromByteOffset: start, as: UInt32.self)
    let group = TermGroup(head: head, spelling: spelling)
    guard group.isSingle || group.end + group.number * 4 <= size else { return nil }
    return group
  }

  /// The bytes of a spelling whose length stands at an offset.
  @inline(__always)
  func spelling(at offset: Int) -> Range<Int>? {
    guard offset < size else { return nil }
    let length = Int(base.load(fromByteOffset: offset, as: UInt8.self))
    guard length < TermLayout.longSpelling else { return longSpelling(at: offset + 1) }
    let start = offset &+ 1
    return start &+ length <= size ? Range(uncheckedBounds: (start, start &+ length)) : nil
  }

  @inline(never)
  private func longSpelling(at offset: Int) -> Range<Int>? {
    guard offset + 4 <= size else { return nil }
    let length = Int(base.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
    return offset + 4 + length <= size ? offset + 4..<offset + 4 + length : nil
  }

  /// One of the terms of a group.
  func term(_ index: Int, of group: TermGroup) -> Int {
    group.isSingle
      ? group.number
      : Int(base.load(fromByteOffset: group.end + 4 * index, as: UInt32.self))
  }

  func bytes(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(
      start: (base + range.lowerBound).assumingMemoryBound(to: UInt8.self), count: range.count)
  }

  @inline(__always)
  func text(_ range: Range<Int>) -> ByteText {
    ByteText(
      start: base + range.lowerBound, count: range.count, readable: size &- range.lowerBound)
  }
}
