/// A table from the hashes of texts to their numbers, made of lines of the processor's cache: a look-up
/// reads one of them, hardly ever two.
///
/// A line has fifteen slots of four bytes and a sum of its own in the place of a page's. A slot holds
/// the number of a text, one more so that 0 is free, and above it as many low bits of the hash as there
/// is room for; texts that find their line full go to the next one.
struct ExactTable {
  private let base: UnsafeRawPointer
  private let lineCount: Int
  private let textCount: Int
  private let bits: UInt32

  static let lineSize = 64
  private static let slotsOfLine = 15
  /// Slots of a line that are taken, on average.
  private static let usual = 10

  init(_ record: ShelfRecord, _ base: UnsafeRawPointer) {
    self.base = base + record.exact
    lineCount = record.exactLines
    textCount = record.count
    bits = Self.numberBits(record.count)
  }

  static func hash(_ key: UnsafeBufferPointer<UInt8>) -> UInt32 {
    UInt32(truncatingIfNeeded: textHash(key))
  }

  // MARK: Reading

  /// What stands where the texts with a hash begin; not examined.
  @inline(__always)
  func firstSlot(of hash: UInt32) -> UInt32 {
    base.loadUnaligned(
      fromByteOffset: Self.line(hash, lineCount) * Self.lineSize, as: UInt32.self)
  }

  /// A text whose hash may be this one, as far as a look at its line tells; not examined.
  @inline(__always)
  func likelyText(hashed hash: UInt32) -> Int? {
    let start = base + Self.line(hash, lineCount) * Self.lineSize
    let (tag, mask) = tagAndMask(hash)
    var slot = Self.slot(hash)
    for _ in 0..<Self.slotsOfLine {
      let entry = start.loadUnaligned(fromByteOffset: 4 * slot, as: UInt32.self)
      if entry == 0 { return nil }
      let text = Int(entry & mask) - 1
      if entry & ~mask == tag, 0..<textCount ~= text { return text }
      slot = Self.next(slot)
    }
    return nil
  }

  /// Calls `body` with each text whose hash may be this one.
  ///
  /// - Returns: whether what was read is what was written.
  @inline(__always)
  func forEachText(hashed hash: UInt32, _ body: (Int) throws -> Void) rethrows -> Bool {
    let (tag, mask) = tagAndMask(hash)
    var line = Self.line(hash, lineCount)
    for _ in 0..<lineCount {
      let start = base + line * Self.lineSize
      guard Self.sum(start, line) == start.loadUnaligned(fromByteOffset: 60, as: UInt32.self) else {
        return false
      }
      var slot = Self.slot(hash)
      for _ in 0..<Self.slotsOfLine {
        let entry = start.loadUnaligned(fromByteOffset: 4 * slot, as: UInt32.self)
        if entry == 0 { return true }
        let text = Int(entry & mask) - 1
        if entry & ~mask == tag, 0..<textCount ~= text { try body(text) }
        slot = Self.next(slot)
      }
      line = line + 1 < lineCount ? line + 1 : 0
    }
    return true
  }

  // MARK: Writing

  /// How many lines the table of so many texts has.
  static func lineCount(_ texts: Int) -> Int { texts / usual + 1 }

  /// The table of texts with these hashes.
  static func lines(_ hashes: [UInt32]) -> [UInt32] {
    let (count, bits) = (lineCount(hashes.count), numberBits(hashes.count))
    let numbersOfLine = lineSize / 4
    var lines = [UInt32](repeating: 0, count: count * numbersOfLine)
    var taken = [UInt8](repeating: 0, count: count)
    // For a full line one behind it, before which none is free: a hundred thousand texts may have the
    // same key.
    var behind = Array(0..<count)
    for (number, hash) in hashes.enumerated() {
      var line = self.line(hash, count)
      while behind[line] != line {
        behind[line] = behind[behind[line]]
        line = behind[line]
      }
      var slot = self.slot(hash)
      while lines[line * numbersOfLine + slot] != 0 { slot = next(slot) }
      lines[line * numbersOfLine + slot] = UInt32(number + 1) | tag(hash, bits)
      taken[line] += 1
      if taken[line] == slotsOfLine { behind[line] = line + 1 < count ? line + 1 : 0 }
    }
    lines.withUnsafeMutableBytes { bytes in
      guard let start = bytes.baseAddress else { return }
      for line in 0..<count {
        let place = start + line * lineSize
        place.storeBytes(of: sum(place, line), toByteOffset: 60, as: UInt32.self)
      }
    }
    return lines
  }

  // MARK: Parts of a hash

  @inline(__always)
  private static func line(_ hash: UInt32, _ count: Int) -> Int { (Int(hash) * count) >> 32 }

  /// Where in its line a text is looked for first.
  @inline(__always)
  private static func slot(_ hash: UInt32) -> Int { (Int(hash & 0xFFFF) * slotsOfLine) >> 16 }

  @inline(__always)
  private static func next(_ slot: Int) -> Int { slot + 1 < slotsOfLine ? slot + 1 : 0 }

  /// How many bits the numbers of so many texts take.
  private static func numberBits(_ count: Int) -> UInt32 {
    UInt32(Int.bitWidth - (count + 1).leadingZeroBitCount)
  }

  @inline(__always)
  private static func tag(_ hash: UInt32, _ bits: UInt32) -> UInt32 {
    bits >= 32 ? 0 : hash << bits
  }

  @inline(__always)
  private func tagAndMask(_ hash: UInt32) -> (tag: UInt32, mask: UInt32) {
    (Self.tag(hash, bits), bits >= 32 ? UInt32.max : 1 << bits - 1)
  }

  /// The sum of a line's slots and its number.
  @inline(__always)
  private static func sum(_ line: UnsafeRawPointer, _ number: Int) -> UInt32 {
    // Of zeros no line has the sum 0: a hole in a file is no empty line.
    var sum = (UInt64(number) &+ 1) &* 0xD6E8_FEB8_6659_FD93
    var factor: UInt64 = 0x9E37_79B9_7F4A_7C15
    for index in 0..<8 {
      var word = line.loadUnaligned(fromByteOffset: 8 * index, as: UInt64.self)
      if index == 7 { word &= 0xFFFF_FFFF }
      sum = (sum &+ word) &* factor
      factor = factor &+ 0x9E37_79B9_7F4A_7C16
    }
    return UInt32(truncatingIfNeeded: sum ^ (sum >> 32))
  }
}
