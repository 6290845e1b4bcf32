/// Bytes of an XML file in UTF-8 that are looked at many at a time.
///
/// Behind the last byte stands a `<` and then zeros, as many as ``padding`` has: a scan for marks
/// ends there without counting, and zero is no character of XML.
struct XMLBytes {
  let start: UnsafePointer<UInt8>
  /// The index of the `<` that ends them.
  let end: Int

  /// More than the widest load below reads past a byte.
  static let padding: [UInt8] = [0x3C] + [UInt8](repeating: 0, count: 63)

  @inline(__always)
  subscript(index: Int) -> UInt8 { start[index] }

  /// Four bytes, the first lowest.
  @inline(__always)
  func four(at index: Int) -> UInt32 {
    UInt32(littleEndian: UnsafeRawPointer(start + index).loadUnaligned(as: UInt32.self))
  }

  /// Eight bytes, the first lowest.
  @inline(__always)
  private func eight(at index: Int) -> UInt64 {
    UInt64(littleEndian: UnsafeRawPointer(start + index).loadUnaligned(as: UInt64.self))
  }

  /// Where the first `<`, `>` or `&` stands from an index on.
  @inline(__always)
  func markup(from index: Int) -> Int {
    var index = index
    while true {
      let word = eight(at: index)
      let stops = word.firstLanes(of: 0x3C) | word.firstLanes(of: 0x3E) | word.firstLanes(of: 0x26)
      if stops != 0 { return index + stops.trailingZeroBitCount / 8 }
      index += 8
    }
  }

  /// Where a quotation mark stands from an index on, or what an attribute's value needs a closer
  /// look for: `<`, `&`, a line break.
  @inline(__always)
  func endOfValue(_ quote: UInt8, from index: Int) -> Int {
    var index = index
    while true {
      let word = eight(at: index)
      let stops =
        word.firstLanes(of: quote) | word.firstLanes(of: 0x3C) | word.firstLanes(of: 0x26)
        | (word &- 0x2020_2020_2020_2020) & ~word & UInt64.highBits
      if stops != 0 { return index + stops.trailingZeroBitCount / 8 }
      index += 8
    }
  }

  /// How many line feeds stand in a range.
  func lineFeeds(_ range: Range<Int>) -> Int {
    var (index, count) = (range.lowerBound, 0)
    while index + 8 <= range.upperBound {
      count += (eight(at: index) ^ 0x0A0A_0A0A_0A0A_0A0A).zeroLaneCount
      index += 8
    }
    while index < range.upperBound {
      if self[index] == 0x0A { count += 1 }
      index += 1
    }
    return count
  }
}

/// Eight bytes at a time (Warren, Hacker's Delight, section 6-1): in debug builds, too, that is
/// faster than vectors are there.
extension UInt64 {
  fileprivate static let highBits: UInt64 = 0x8080_8080_8080_8080
  private static let lowBits: UInt64 = 0x0101_0101_0101_0101

  /// Marks the lanes that hold a byte; above the first of them others may be marked, too.
  @inline(__always)
  fileprivate func firstLanes(of byte: UInt8) -> UInt64 {
    let rest = self ^ (Self.lowBits &* UInt64(byte))
    return (rest &- Self.lowBits) & ~rest & Self.highBits
  }

  @inline(__always)
  fileprivate var zeroLaneCount: Int {
    let others = ((self & ~Self.highBits) &+ ~Self.highBits) | self
    return Int((((~others & Self.highBits) >> 7) &* Self.lowBits) >> 56)
  }

  /// Whether all lanes are ASCII that may stand in XML and is no carriage return.
  @inline(__always)
  fileprivate var isPlainASCII: Bool {
    if self & Self.highBits != 0 { return false }
    // No lane is above 0x7F, so that no sum runs over into the next one.
    let isNoControl = self &+ 0x6060_6060_6060_6060
    let isNoLineFeed = (self ^ 0x0A0A_0A0A_0A0A_0A0A) &+ ~Self.highBits
    let isNoTab = (self ^ 0x0909_0909_0909_0909) &+ ~Self.highBits
    return ~isNoControl & isNoLineFeed & isNoTab & Self.highBits == 0
  }
}

// MARK: Characters

extension XMLBytes {
  /// Whether the bytes from an index on are characters of XML 1.0 (section 2.2) in UTF-8, line
  /// breaks being LF or CR LF.
  ///
  /// - Parameters:
  ///   - index: the start of a character.
  ///   - hasCarriageReturn: is set where one stands.
  /// - Returns: where the first character starts that is not complete, or the end; `nil` where
  ///   something else stands.
  func checkedCharacters(from index: Int, hasCarriageReturn: inout Bool) -> Int? {
    var index = index
    while index < end {
      if index + 8 <= end, eight(at: index).isPlainASCII {
        index += 8
        continue
      }
      guard let next = checkedRun(from: index, &hasCarriageReturn) else { return nil }
      // Nothing was taken: the rest is the start of a character.
      if next == index { return index }
      index = next
    }
    return index
  }

  /// Checks what comes next one character after the other, up to ASCII behind eight bytes: other
  /// scripts are written in runs, and between them the wider look is cheaper.
  private func checkedRun(from start: Int, _ hasCarriageReturn: inout Bool) -> Int? {
    var index = start
    while index < end {
      let byte = self[index]
      if byte < 0x80 {
        if index >= start + 8 { return index }
        if byte < 0x20, byte != 0x0A, byte != 0x09 {
          guard byte == 0x0D else { return nil }
          if index + 1 == end { return index }
          guard self[index + 1] == 0x0A else { return nil }
          hasCarriageReturn = true
        }
        index += 1
        continue
      }
      guard let length = sequence(four(at: index), lead: byte) else {
        // What is cut off is looked at again with what follows it.
        return end - index < 4 ? index : nil
      }
      if index + length > end { return index }
      index += length
    }
    return index
  }

  /// The length of the character that four bytes start with; `nil` where it is none.
  @inline(__always)
  private func sequence(_ word: UInt32, lead: UInt8) -> Int? {
    if lead & 0xF0 == 0xE0 {
      guard word & 0x00C0_C000 == 0x0080_8000 else { return nil }
      let second = UInt8(truncatingIfNeeded: word >> 8)
      // Overlong forms, surrogates, U+FFFE and U+FFFF.
      if lead == 0xE0, second < 0xA0 { return nil }
      if lead == 0xED, second >= 0xA0 { return nil }
      if lead == 0xEF, word & 0x00FE_FF00 == 0x00BE_BF00 { return nil }
      return 3
    }
    if lead & 0xE0 == 0xC0 { return lead >= 0xC2 && word & 0xC000 == 0x8000 ? 2 : nil }
    guard lead & 0xF8 == 0xF0, word & 0xC0C0_C000 == 0x8080_8000 else { return nil }
    let code = (word & 0x07) << 18 | (word >> 8 & 0x3F) << 12
    return 0x10000...0x10FFFF ~= code ? 4 : nil
  }
}
