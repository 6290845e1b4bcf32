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

  /// A hash of a text's bytes: the same in every process and on every machine of one byte order.
  @inline(__always)
  static func hash(_ text: UnsafeBufferPointer<UInt8>) -> UInt64 {
    let bytes = UnsafeRawBufferPointer(text)
    var sum = UInt64(truncatingIfNeeded: bytes.count) &* factor
    var index = 0
    while index + 8 <= bytes.count {
      let word = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      sum = (sum ^ word) &* factor
      sum ^= sum >> 32
      index += 8
    }
    var word: UInt64 = 0
    while index < bytes.count {
      word = word << 8 | UInt64(bytes[index])
      index += 1
    }
    sum = (sum ^ word) &* factor
    sum = (sum ^ sum >> 29) &* factor
    return sum ^ sum >> 32
  }
}
