/// A hash of what something was made from, to know later whether it still is: with the finaliser of
/// MurmurHash3 over eight bytes at a time. Whoever can write to a cache or a folder of results can
/// do worse than find a collision.
struct ContentHash: Sendable, Hashable {
  private var state: UInt64 = 0

  init() {}

  init(of content: [UInt8]) { combine(content) }

  /// As 16 hexadecimal digits.
  var text: String {
    let digits = String(state, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// The length goes in first: "ab" and "c" are not "a" and "bc".
  mutating func combine(_ content: [UInt8]) {
    combine(UInt64(content.count) &* 0x9E37_79B9_7F4A_7C15)
    content.withUnsafeBytes { buffer in
      var index = 0
      while index < buffer.count {
        var word: UInt64 = 0
        if index + 8 <= buffer.count {
          word = buffer.loadUnaligned(fromByteOffset: index, as: UInt64.self)
        } else {
          for byte in buffer[index...] { word = word << 8 | UInt64(byte) }
        }
        combine(word)
        index += 8
      }
    }
  }

  mutating func combine(_ text: String) { combine(Array(text.utf8)) }

  mutating func combine(_ other: ContentHash) { combine(other.state) }

  private mutating func combine(_ word: UInt64) {
    state = (state ^ word) &* 0xFF51_AFD7_ED55_8CCD
    state ^= state >> 33
  }
}
