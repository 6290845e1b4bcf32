#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Bytes that are zero at first, of which the system gives what is touched: in large pages where
/// there are many, since those are written here and there and each page costs a fault.
final class ZeroedMemory {
  let start: UnsafeMutableRawPointer
  /// What was mapped; `nil` for memory of the heap.
  private let mapped: (start: UnsafeMutableRawPointer, size: Int)?

  /// From so many bytes on large pages are asked for, and how large they are.
  private static let (leastMapped, largePage) = (4 << 20, 2 << 20)

  init(size: Int) {
    if size >= Self.leastMapped, let mapped = Self.map(size + Self.largePage) {
      self.mapped = (mapped, size + Self.largePage)
      start = mapped.alignedUp(toMultipleOf: Self.largePage)
      #if os(Linux)
        // Only faster with it: what it answers does not matter.
        _ = madvise(start, size, MADV_HUGEPAGE)
      #endif
      return
    }
    guard let bytes = calloc(max(1, size), 1) else { fatalError("not enough memory") }
    (start, mapped) = (bytes, nil)
  }

  deinit {
    if let mapped {
      munmap(mapped.start, mapped.size)
    } else {
      free(start)
    }
  }

  private static func map(_ size: Int) -> UnsafeMutableRawPointer? {
    #if os(Linux)
      let kind = MAP_PRIVATE | MAP_ANONYMOUS
    #else
      let kind = MAP_PRIVATE | MAP_ANON
    #endif
    guard let start = mmap(nil, size, PROT_READ | PROT_WRITE, kind, -1, 0), start != MAP_FAILED
    else { return nil }
    return start
  }
}
