/// A 64-bit hash of a text's bytes that is the same on every machine and in every run, since it is
/// kept: the rows whose hash is found still have to be compared.
///
/// Eight bytes at a time, each folded into the state by a product of 128 bits whose halves are
/// joined, as wyhash does it (Wang Yi, 2019).
package func textHash(_ bytes: UnsafeBufferPointer<UInt8>) -> Int64 {
  // Odd, with as many ones as zeros, as good as any other such.
  let first: UInt64 = 0x9E37_79B9_7F4A_7C15
  let second: UInt64 = 0xD6E8_FEB8_6659_FD93
  var state = UInt64(truncatingIfNeeded: bytes.count) &* second
  let raw = UnsafeRawBufferPointer(bytes)
  var index = 0
  func fold(_ word: UInt64) {
    let product = (state ^ word ^ first).multipliedFullWidth(by: second ^ word)
    state = product.high ^ product.low
  }
  while index + 8 <= raw.count {
    fold(UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)))
    index += 8
  }
  var rest: UInt64 = 0
  var shift: UInt64 = 0
  while index < raw.count {
    rest |= UInt64(raw[index]) << shift
    shift += 8
    index += 1
  }
  fold(rest)
  fold(first)
  return Int64(bitPattern: state)
}

package func textHash(_ text: [UInt8]) -> Int64 { text.withUnsafeBufferPointer { textHash($0) } }
