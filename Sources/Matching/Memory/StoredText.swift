/// All that is kept of a text.
struct StoredText {
  /// What the segment calls the unit's side, and the number of the unit's other text.
  let reference: UInt32
  let partner: UInt32
  let bytes: UnsafeRawBufferPointer
  /// Of the key.
  let codes: UnsafeRawBufferPointer
  /// What the text has that the key lacks.
  let steps: UnsafeRawBufferPointer

  /// - Returns: `nil` for what is no text.
  @inline(__always)
  init?(_ bytes: UnsafeRawBufferPointer, reference: UInt32, partner: UInt32) {
    (self.bytes, self.reference, self.partner) = (bytes, reference, partner)
    var (count, index, shift) = (0, 0, 0)
    while true {
      guard index < bytes.count, shift < 32 else { return nil }
      let byte = Int(bytes[index])
      count |= (byte & 0x7F) << shift
      index += 1
      shift += 7
      if byte < 0x80 { break }
    }
    guard index + count <= bytes.count else { return nil }
    codes = UnsafeRawBufferPointer(rebasing: bytes[index..<index + count])
    steps = UnsafeRawBufferPointer(rebasing: bytes[(index + count)...])
  }

  /// The sum of a text and of what its head says of its unit.
  static func sum(
    _ bytes: UnsafeRawBufferPointer, _ reference: UInt32, _ partner: UInt32
  ) -> UInt32 {
    let links = UInt64(reference) << 32 | UInt64(partner)
    let hash = UInt64(bitPattern: textHash(bytes.assumingMemoryBound(to: UInt8.self)))
    let product = (hash ^ links).multipliedFullWidth(by: 0x9FB2_1C65_1E98_DF25)
    return UInt32(truncatingIfNeeded: product.high ^ product.low)
  }

  /// Appends what leads to so many codes.
  static func append(codeCount count: Int, to bytes: inout [UInt8]) {
    var count = count
    while count >= 0x80 {
      bytes.append(UInt8(count & 0x7F) | 0x80)
      count >>= 7
    }
    bytes.append(UInt8(count))
  }
}
