internal import Bitext
internal import Store
internal import Synchronization

/// Stores of one file for threads that search at the same time: each has one to itself.
final class StorePool: Sendable {
  let path: String
  private let stores = Mutex(Stores())
  private let trouble = Mutex<Trouble?>(nil)

  private struct Stores {
    /// Those that no thread has.
    var free: [ConcordStore] = []
    /// With which the others share what they read of the index.
    var first: ConcordStore?
  }

  init(path: String) { self.path = path }

  /// Calls `body` with a store that no other thread has.
  ///
  /// - Throws: `Trouble` when the store cannot be opened, and what `body` throws.
  func with<Result>(_ body: (ConcordStore) throws -> Result) throws -> Result {
    let store = try take()
    defer {
      if let found = store.takeIndexTrouble() { trouble.withLock { $0 = $0 ?? found } }
      stores.withLock { $0.free.append(store) }
    }
    return try body(store)
  }

  private func take() throws(Trouble) -> ConcordStore {
    let (free, first) = stores.withLock { ($0.free.popLast(), $0.first) }
    if let free { return free }
    if let first { return try ConcordStore(reading: first) }
    let store = try ConcordStore(path: path, access: .read)
    // Of several threads that come first one is the first.
    return try stores.withLock { stores throws(Trouble) in
      guard let first = stores.first else {
        stores.first = store
        return store
      }
      return try ConcordStore(reading: first)
    }
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
