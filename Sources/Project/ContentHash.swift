internal import Bitext
internal import Formats

/// A hash of what something was made from, to know later whether it still is: with the finaliser of
/// MurmurHash3 over eight bytes at a time. Whoever can write to a cache or a folder of results can
/// do worse than find a collision.
struct ContentHash: Sendable, Hashable {
  private var state: UInt64 = 0

  init() {}

  init(of content: some Collection<UInt8>) { combine(content) }

  /// The hash of a file, which is not held for it.
  ///
  /// - Returns: `nil` for a file that cannot be read.
  init?(ofFile path: String) {
    do {
      var file = try InputFile(path)
      var bytes: [UInt8] = []
      var isMore = true
      while isMore {
        isMore = try file.read(into: &bytes)
        // Whole steps, however the system hands the file over.
        while bytes.count >= Self.step {
          combine(bytes[..<Self.step])
          bytes.removeFirst(Self.step)
        }
      }
      combine(bytes)
    } catch {
      return nil
    }
  }

  private static let step = 1 << 20

  /// The hash as a number.
  var value: UInt64 { state }

  /// As 16 hexadecimal digits.
  var text: String {
    let digits = String(state, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// The length goes in first: "ab" and "c" are not "a" and "bc".
  mutating func combine(_ content: some Collection<UInt8>) {
    let isDone: Void? = content.withContiguousStorageIfAvailable { buffer in
      combine(UnsafeRawBufferPointer(buffer))
    }
    if isDone == nil { combine(Array(content)) }
  }

  private mutating func combine(_ buffer: UnsafeRawBufferPointer) {
    combine(UInt64(buffer.count) &* 0x9E37_79B9_7F4A_7C15)
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

  mutating func combine(_ text: String) { combine(Array(text.utf8)) }

  /// Everything in a termbase that a check may say or depend on.
  mutating func combine(_ termbase: Termbase) {
    for concept in termbase.concepts {
      combine("\(concept.id)\t\(concept.domain ?? "")")
      for term in concept.terms { combine("\(term.language)\t\(term.status)\t\(term.text)") }
    }
  }

  mutating func combine(_ other: ContentHash) { combine(other.state) }

  private mutating func combine(_ word: UInt64) {
    state = (state ^ word) &* 0xFF51_AFD7_ED55_8CCD
    state ^= state >> 33
  }
}
