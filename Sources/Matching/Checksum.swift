/// A sum that tells damage of compiled bytes; none of a single word is lost.
enum Checksum {
  static func of(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    // Four lanes that do not wait for each other; not a vector, of which not every machine has
    // products of 64 bits.
    var (first, second, third, fourth): (UInt64, UInt64, UInt64, UInt64) = (1, 2, 3, 4)
    func word(_ index: Int) -> UInt64 {
      bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
    }
    var index = 0
    while index + 32 <= bytes.count {
      first = (first ^ word(index)) &* factor
      second = (second ^ word(index + 8)) &* factor
      third = (third ^ word(index + 16)) &* factor
      fourth = (fourth ^ word(index + 24)) &* factor
      index += 32
    }
    var sum: UInt64 = 0
    for lane in [first, second, third, fourth] { sum = (sum ^ lane ^ lane >> 32) &* factor }
    for byte in bytes[index...] { sum = (sum ^ UInt64(byte)) &* factor }
    return sum ^ sum >> 32
  }

  /// An odd number without a pattern.
  private static let factor: UInt64 = 0x9FB2_1C65_1E98_DF25
}
