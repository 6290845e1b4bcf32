import Foundation
import Synchronization
import Testing

@testable import Project

@Suite struct OrderedWorkTests {
  struct Stop: Error {}

  @Test(arguments: [1, 2, 5, 16])
  func resultsComeInOrderWhateverTheThreads(threads: Int) throws {
    var seen: [Int] = []
    OrderedWork(threads: threads).run(count: 200) { index in
      // Early items take longer than late ones.
      (0..<(200 - index) * 50).reduce(index) { $0 &+ ($1 & 0) }
    } deliver: { index, result in
      #expect(index == result)
      seen.append(result)
    }
    #expect(seen == Array(0..<200))
  }

  @Test func nothingToDoIsDone() throws {
    OrderedWork(threads: 3).run(count: 0) {
      $0
    } deliver: { _, _ in
      Issue.record("there is no item")
    }
  }

  @Test func fewItemsAreHeldBeforeTheyAreTaken() throws {
    let begun = Mutex(0)
    let threads = 2
    var most = 0
    OrderedWork(threads: threads).run(count: 500) { index in
      begun.withLock { $0 += 1 }
      return index
    } deliver: { index, _ in
      most = max(most, begun.withLock { $0 } - index)
    }
    // Those that wait, and the one that is just being taken.
    #expect(most <= 4 * threads + 1)
    #expect(begun.withLock { $0 } == 500)
  }

  @Test func failedDeliveryStopsTheWork() throws {
    let begun = Mutex(0)
    #expect(throws: Stop.self) {
      try OrderedWork(threads: 2).run(count: 1000) { index in
        begun.withLock { $0 += 1 }
        return index
      } deliver: { index, _ in
        if index == 3 { throw Stop() }
      }
    }
    #expect(begun.withLock { $0 } <= 3 + 1 + 4 * 2)
  }
}
