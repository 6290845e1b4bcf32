internal import Synchronization

/// Bits that are 0 at first, and that any thread may set: what one has examined, no other examines
/// again.
final class SharedBits: @unchecked Sendable {
  private let memory: ZeroedMemory
  /// For who reads them without counting references to them.
  let words: Words

  struct Words {
    fileprivate let start: UnsafeMutablePointer<Atomic<UInt64>>

    /// The word that has a bit.
    @inline(__always)
    subscript(bit: Int) -> UInt64 { start[bit >> 6].load(ordering: .relaxed) }
  }

  init(count: Int) {
    let wordCount = count / 64 + 1
    memory = ZeroedMemory(size: wordCount * 8)
    // Zeros are what an atomic number of 0 is made of: who writes them all touches all of the memory.
    words = Words(
      start: memory.start.bindMemory(to: Atomic<UInt64>.self, capacity: wordCount))
  }

  @inline(__always)
  func contains(_ bit: Int) -> Bool { words[bit] >> UInt64(bit & 63) & 1 != 0 }

  func insert(_ bit: Int) {
    words.start[bit >> 6].bitwiseOr(1 << UInt64(bit & 63), ordering: .relaxed)
  }
}
