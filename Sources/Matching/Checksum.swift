/// A sum that tells damage of compiled bytes; none of a single word is lost.
enum Checksum {
  static func of(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    var lanes = SIMD4<UInt64>(1, 2, 3, 4)
    var index = 0
    while index + 32 <= bytes.count {
      for lane in 0..<4 {
        let word = bytes.loadUnaligned(fromByteOffset: index + 8 * lane, as: UInt64.self)
        lanes[lane] = (lanes[lane] ^ word) &* factor
      }
      index += 32
    }
    var sum: UInt64 = 0
    for lane in 0..<4 { sum = (sum ^ lanes[lane] ^ lanes[lane] >> 32) &* factor }
    for byte in bytes[index...] { sum = (sum ^ UInt64(byte)) &* factor }
    return sum ^ sum >> 32
  }

  /// An odd number without a pattern.
  private static let factor: UInt64 = 0x9FB2_1C65_1E98_DF25
}
