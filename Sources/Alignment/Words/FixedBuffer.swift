internal import Bitext

/// Memory of a fixed size that several threads fill, each its own part.
///
/// Arrays cannot be written in parts from several threads; here the caller answers for the parts
/// not overlapping.
final class FixedBuffer<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
  let count: Int
  let base: UnsafeMutablePointer<Element>

  init(repeating value: Element, count: Int) {
    self.count = count
    base = .allocate(capacity: max(1, count))
    base.initialize(repeating: value, count: max(1, count))
  }

  deinit { base.deallocate() }

  @inline(__always)
  subscript(index: Int) -> Element {
    get { base[index] }
    set { base[index] = newValue }
  }

  /// A copy as an array.
  var array: [Element] { Array(UnsafeBufferPointer(start: base, count: count)) }

  /// Copies all elements of an array to the places from an offset on.
  func replace(from offset: Int, with elements: [Element]) {
    elements.withUnsafeBufferPointer { source in
      guard let start = source.baseAddress else { return }
      (base + offset).update(from: start, count: source.count)
    }
  }
}

/// Calls `body` on all cores with ranges that make up 0..<count.
///
/// Their number does not depend on the number of cores, so that sums that are put together range by
/// range are the same everywhere.
func concurrently(overRangesOf count: Int, _ body: @Sendable (Range<Int>) -> Void) {
  let parts = min(rangeCount, count)
  concurrently(parts) { body(count * $0 / parts..<count * ($0 + 1) / parts) }
}

/// Enough that cores that are done early find more to do.
let rangeCount = 128
