internal import Bitext
internal import Store
internal import Synchronization

/// Stores of one file for threads that search at the same time: each has one to itself.
final class StorePool: Sendable {
  let path: String
  private let free: Mutex<[ConcordStore]>
  private let trouble = Mutex<Trouble?>(nil)

  init(path: String) {
    self.path = path
    free = Mutex([])
  }

  /// Calls `body` with a store that no other thread has.
  ///
  /// - Throws: `Trouble` when the store cannot be opened, and what `body` throws.
  func with<Result>(_ body: (ConcordStore) throws -> Result) throws -> Result {
    let store =
      try free.withLock { $0.popLast() } ?? ConcordStore(path: path, access: .read)
    defer {
      if let found = store.takeIndexTrouble() { trouble.withLock { $0 = $0 ?? found } }
      free.withLock { $0.append(store) }
    }
    return try body(store)
  }

  /// What a store that no other thread has finds.
  func search(_ query: MemoryQuery) throws(Trouble) -> [MemoryMatch] {
    do {
      return try with { try $0.search(query) }
    } catch let trouble as Trouble {
      throw trouble
    } catch {
      throw Trouble("the memory cannot be searched: \(error)", file: path)
    }
  }

  /// Why the index could not be used since this was asked last.
  func takeIndexTrouble() -> Trouble? {
    trouble.withLock { trouble in
      defer { trouble = nil }
      return trouble
    }
  }
}
