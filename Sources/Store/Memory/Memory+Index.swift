public import Bitext
internal import GRDB
internal import Matching

extension ConcordStore {
  /// What the index of the memory is like.
  public struct IndexStatus: Sendable, Hashable {
    /// The files, older ones first.
    public var segments: [Segment]
    /// About how many units are searched one by one, since no file has them as they are now.
    public var pendingCount: Int
    /// Whether all files are there and whole.
    public var damage: String?

    /// A file of the index.
    public struct Segment: Sendable, Hashable {
      public var file: String
      public var unitCount: Int
      /// Of the units, those that were changed or removed since.
      public var deadCount: Int
      /// In bytes.
      public var size: Int
    }
  }

  /// Units that wait before a change of the memory brings the index up to it: reading them takes a
  /// search a few milliseconds when it starts.
  private static let usualTail: Int64 = 4096

  /// Brings the index up to the rows, so that searches are fast. Searches are right without it too:
  /// what it has not got they look at one by one.
  ///
  /// - Parameters:
  ///   - startsOver: whether to make it anew from the rows alone.
  ///   - progress: is told how many units were done of how many.
  /// - Returns: whether it is up to date; not when another process is at it.
  /// - Throws: `Trouble` when its files cannot be written; the rows are not touched.
  @discardableResult
  public func updateIndex(
    startsOver: Bool = false, progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) throws(Trouble) -> Bool {
    do {
      return try index.update(queue, startsOver: startsOver, waits: startsOver, progress: progress)
    } catch {
      throw storeTrouble(error, path: path)
    }
  }

  /// Updates the index when so many units wait that searches would notice: what a program calls
  /// after it brought many units in. A search does it too.
  ///
  /// - Parameter progress: is told how many units were done of how many.
  /// - Throws: `Trouble` when the index cannot be written; the rows are not touched.
  public func keepIndexNear(
    progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) throws(Trouble) {
    guard let state = try read({ try $0.memoryState() }), state.pendingCount <= Self.usualTail
    else {
      try updateIndex(progress: progress)
      return
    }
  }

  /// What the index is like; looks at every byte of it.
  public func indexStatus() throws(Trouble) -> IndexStatus {
    try read { database in
      let manifest = try database.indexManifest()
      let state = try database.memoryState()
      var damage: String?
      for entry in manifest.segments where damage == nil {
        do throws(Trouble) {
          try self.index.folder.open(entry.name).examine()
        } catch {
          damage = error.description
        }
      }
      return IndexStatus(
        segments: manifest.segments.map { entry in
          IndexStatus.Segment(
            file: self.index.folder.file(entry.name), unitCount: entry.unitCount,
            deadCount: entry.dead.count, size: entry.size)
        }, pendingCount: Int(state?.pendingCount ?? 0), damage: damage)
    }
  }

  /// Asks the index, and the rows where it cannot be asked.
  ///
  /// An index that is missing, damaged, of another version or far behind is made anew first, if the
  /// store can be written.
  func searchIndex<Result>(
    _ body: (Database, MemorySearcher) throws -> Result,
    linear: (Database) throws -> Result
  ) throws(Trouble) -> Result {
    for attempt in 0..<3 {
      do {
        let commit = watch?.head
        let result = try queue.unsafeRead { database in
          try database.inSnapshot { version in
            try index.search(database, version, since: commit) { try body(database, $0) }
          }
        }
        if let result { return result }
        guard attempt == 0, mendIndex(startsOver: false) else { break }
      } catch is IndexDamage {
        // Another process may have put other files in the place of those that were asked for.
        guard attempt < 2, attempt == 0 || mendIndex(startsOver: true) else { break }
      } catch {
        throw storeTrouble(error, path: path)
      }
    }
    return try read(linear)
  }

  /// Asks the index for what it tells without any row: where nothing was committed since it was opened,
  /// SQLite is not asked.
  func searchTexts<Result>(
    _ body: (MemorySearcher) throws -> Result, linear: (Database) throws -> Result
  ) throws(Trouble) -> Result {
    do {
      if let head = watch?.head, let result = try index.search(unchangedSince: head, body) {
        return result
      }
    } catch is IndexDamage {
      // Asked again below, it is mended.
    } catch {
      throw storeTrouble(error, path: path)
    }
    return try searchIndex({ _, searcher in try body(searcher) }, linear: linear)
  }

  /// - Returns: whether the index is worth asking again.
  private func mendIndex(startsOver: Bool) -> Bool {
    do throws(Trouble) {
      let store = access == .read ? try ConcordStore(path: path, access: .write) : self
      return try store.updateIndex(startsOver: startsOver)
    } catch {
      index.note(error)
      return false
    }
  }

  /// Why the index could not be used since this was asked last, so that rows were searched one by
  /// one, which is slow; `nil` when it could.
  public func takeIndexTrouble() -> Trouble? { index.takeTrouble() }
}
