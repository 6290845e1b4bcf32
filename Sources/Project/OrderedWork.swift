internal import Dispatch
internal import Synchronization

/// Works on many items at a time and hands the results over in the items' order, holding but a few:
/// what comes out depends neither on the number of threads nor on which of them is faster.
struct OrderedWork: Sendable {
  /// How many items are worked on at a time.
  let threads: Int

  /// As many items for each thread are under way or wait for their turn: enough that one large item
  /// does not stop the others, few enough to be held.
  private static let itemsPerThread = 4

  init(threads: Int) { self.threads = max(1, threads) }

  /// - Parameters:
  ///   - count: how many items there are.
  ///   - work: does the work on an item, on some thread.
  ///   - deliver: takes the result of an item; called in order, on the thread of the caller.
  /// - Throws: what `deliver` throws, once the items under way are done; no others are begun.
  func run<Result: Sendable, Failure>(
    count: Int, work: @escaping @Sendable (Int) -> Result,
    deliver: (Int, Result) throws(Failure) -> Void
  ) throws(Failure) {
    let window = Window<Result>(count: count, size: min(count, threads * Self.itemsPerThread))
    let group = DispatchGroup()
    for _ in 0..<min(threads, count) {
      DispatchQueue.global().async(group: group) {
        while let index = window.next() { window.put(work(index), at: index) }
      }
    }
    defer {
      window.close(workers: threads)
      group.wait()
    }
    for index in 0..<count { try deliver(index, window.take(index)) }
  }
}

/// The items under way and the results that wait for their turn.
private final class Window<Result: Sendable>: Sendable {
  private struct State {
    var next = 0
    var isClosed = false
    var results: [Int: Result] = [:]
  }

  private let count: Int
  private let state = Mutex(State())
  /// One for each item that may be begun.
  private let free: DispatchSemaphore
  /// One for each place of the window, signalled when its result is there.
  private let ready: [DispatchSemaphore]

  init(count: Int, size: Int) {
    self.count = count
    // Dispatch stops a program that lets go of a semaphore below the value it began with.
    free = DispatchSemaphore(value: 0)
    for _ in 0..<size { free.signal() }
    ready = (0..<size).map { _ in DispatchSemaphore(value: 0) }
  }

  /// The next item to work on, once it is near enough to those that were taken.
  func next() -> Int? {
    free.wait()
    return state.withLock { state in
      guard !state.isClosed, state.next < count else { return nil }
      defer { state.next += 1 }
      return state.next
    }
  }

  func put(_ result: sending Result, at index: Int) {
    state.withLock { $0.results[index] = result }
    ready[index % ready.count].signal()
  }

  /// The result of an item, once it is there.
  func take(_ index: Int) -> Result {
    ready[index % ready.count].wait()
    let result = state.withLock { $0.results.removeValue(forKey: index) }
    free.signal()
    guard let result else { preconditionFailure("a result was taken twice") }
    return result
  }

  /// Lets the workers go.
  func close(workers: Int) {
    state.withLock { $0.isClosed = true }
    for _ in 0..<workers { free.signal() }
  }
}
