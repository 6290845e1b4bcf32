internal import Dispatch

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
    base.initialize(repeating: value, count: count)
  }

  convenience init(_ elements: [Element]) {
    guard let first = elements.first else {
      // Never read: there is no element.
      self.init(empty: ())
      return
    }
    self.init(repeating: first, count: elements.count)
    elements.withUnsafeBufferPointer { source in
      guard let start = source.baseAddress else { return }
      base.update(from: start, count: count)
    }
  }

  private init(empty: Void) {
    count = 0
    base = .allocate(capacity: 1)
  }

  deinit { base.deallocate() }

  @inline(__always)
  subscript(index: Int) -> Element {
    get { base[index] }
    set { base[index] = newValue }
  }
}

/// Runs work on all cores over parts whose number does not depend on the number of cores, so that
/// results that are put together part by part are the same everywhere.
func inParts(of count: Int, _ parts: Int = 64, _ body: @Sendable (Range<Int>) -> Void) {
  let parts = min(parts, count)
  guard parts > 1 else {
    if count > 0 { body(0..<count) }
    return
  }
  DispatchQueue.concurrentPerform(iterations: parts) { part in
    body(count * part / parts..<count * (part + 1) / parts)
  }
}
