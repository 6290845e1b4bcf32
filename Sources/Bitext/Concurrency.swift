internal import Dispatch

/// One place for each part of the work, filled by whichever thread did it.
package final class PartialResults<Element: Sendable>: @unchecked Sendable {
  private let base: UnsafeMutablePointer<Element?>
  private let count: Int

  package init(count: Int) {
    self.count = count
    base = .allocate(capacity: max(1, count))
    base.initialize(repeating: nil, count: max(1, count))
  }

  deinit {
    base.deinitialize(count: max(1, count))
    base.deallocate()
  }

  package subscript(part: Int) -> Element? {
    get { base[part] }
    set { base[part] = newValue }
  }
}

/// Calls `body` with 0..<parts, on all cores.
package func concurrently(_ parts: Int, _ body: @Sendable (Int) -> Void) {
  guard parts > 1 else {
    if parts == 1 { body(0) }
    return
  }
  DispatchQueue.concurrentPerform(iterations: parts, execute: body)
}
