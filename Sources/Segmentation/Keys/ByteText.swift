/// UTF-8 that is read eight bytes at a time. The bytes must outlive it.
///
/// Nothing here checks an index: callers stay below ``count``, and ``eight(at:)`` gives zeros for
/// what lies behind the end.
package struct ByteText {
  let base: UnsafeRawPointer
  package let count: Int
  /// How many bytes from the start on can be read, whatever those behind the end are.
  private let readable: Int
  private let classes = ByteClass.table.base

  package init(_ buffer: UnsafeBufferPointer<UInt8>) {
    // An empty buffer may have no address, and none of its bytes is read.
    base = UnsafeRawPointer(buffer.baseAddress ?? Self.nothing.base)
    count = buffer.count
    readable = buffer.count
  }

  /// - Parameters:
  ///   - start: the first byte.
  ///   - count: of the bytes of the text.
  ///   - readable: of the bytes that can be read, which is not less.
  package init(start: UnsafeRawPointer, count: Int, readable: Int) {
    base = start
    self.count = count
    self.readable = readable
  }

  private static let nothing = ConstantTable<UInt8>(count: 1) { _ in 0 }

  @inline(__always)
  subscript(index: Int) -> UInt8 { base.load(fromByteOffset: index, as: UInt8.self) }

  /// What the byte at an index may start.
  @inline(__always)
  func kind(at index: Int) -> ByteClass { classes[Int(self[index])] }

  /// The byte at an index, or 0 outside of the text.
  @inline(__always)
  func byte(at index: Int) -> UInt8 { index < count && index >= 0 ? self[index] : 0 }

  @inline(__always)
  func hasLetter(at index: Int) -> Bool { (byte(at: index) | 0x20) &- 0x61 < 26 }

  @inline(__always)
  func hasDigit(at index: Int) -> Bool { byte(at: index) &- 0x30 < 10 }

  /// Eight bytes from an index on, the first one lowest; zeros behind the end.
  @inline(__always)
  func eight(at index: Int) -> UInt64 {
    if index &+ 8 <= count {
      return UInt64(littleEndian: base.loadUnaligned(fromByteOffset: index, as: UInt64.self))
    }
    return last(from: index)
  }

  /// The same, with whatever stands behind the end.
  @inline(__always)
  func eightBeyond(at index: Int) -> UInt64 {
    if index + 8 <= readable {
      return UInt64(littleEndian: base.loadUnaligned(fromByteOffset: index, as: UInt64.self))
    }
    return last(from: index)
  }

  @inline(never)
  private func last(from index: Int) -> UInt64 {
    guard count >= 8 else {
      var value: UInt64 = 0
      var place = count
      while place > index {
        place -= 1
        value = value << 8 | UInt64(self[place])
      }
      return value
    }
    let tail = UInt64(littleEndian: base.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self))
    return tail >> UInt64(8 * (index - (count - 8)))
  }

  /// Whether an ideograph of U+4E00…U+9FFF stands at an index, in three bytes.
  @inline(__always)
  func hasPlainHan(at index: Int) -> Bool {
    guard index >= 0, index + 3 <= count else { return false }
    let (first, second) = (self[index], self[index + 1])
    return first &- 0xE4 < 6 && second & 0xC0 == 0x80 && self[index + 2] & 0xC0 == 0x80
      && (first > 0xE4 || second >= 0xB8)
  }
}

extension ByteText {
  /// The ideograph that was found at an index.
  @inline(__always)
  func plainHan(at index: Int) -> UInt32 {
    UInt32(self[index] & 0x0F) << 12 | UInt32(self[index &+ 1] & 0x3F) << 6
      | UInt32(self[index &+ 2] & 0x3F)
  }
}

/// Numbers that stand in memory as long as the program runs, reached without a check.
struct ConstantTable<Element: BitwiseCopyable>: @unchecked Sendable {
  let base: UnsafePointer<Element>

  init(count: Int, _ element: (Int) -> Element) {
    let table = UnsafeMutablePointer<Element>.allocate(capacity: count)
    for index in 0..<count { (table + index).initialize(to: element(index)) }
    base = UnsafePointer(table)
  }
}

/// Eight bytes at once. Masks have the highest bit of each byte that is meant.
extension UInt64 {
  /// The bytes that are ASCII letters.
  @inline(__always)
  var letterMask: UInt64 {
    let folded = (self | 0x2020_2020_2020_2020) & 0x7F7F_7F7F_7F7F_7F7F
    // Adding 0x80 less a bound sets the highest bit from that bound on.
    let fromA = folded &+ 0x1F1F_1F1F_1F1F_1F1F
    let beyondZ = folded &+ 0x0505_0505_0505_0505
    return fromA & ~beyondZ & ~self & 0x8080_8080_8080_8080
  }

  /// The bytes that are ASCII digits.
  @inline(__always)
  var digitMask: UInt64 {
    let low = self & 0x7F7F_7F7F_7F7F_7F7F
    let fromZero = low &+ 0x5050_5050_5050_5050
    let beyondNine = low &+ 0x4646_4646_4646_4646
    return fromZero & ~beyondNine & ~self & 0x8080_8080_8080_8080
  }

  /// How many bytes from the first on a mask holds without a gap.
  @inline(__always)
  var leadingMaskCount: Int { (~self & 0x8080_8080_8080_8080).trailingZeroBitCount >> 3 }

  /// The lowest bytes, so many of them; the others 0.
  @inline(__always)
  func lowBytes(_ number: Int) -> UInt64 {
    number >= 8 ? self : self & ((1 << UInt64(number * 8)) &- 1)
  }
}
