internal import Bitext
internal import GRDB
internal import Matching
internal import Segmentation
internal import Synchronization

/// The index of a store's memory: what searches ask. Rows are the truth; the index follows them and
/// can always be made anew.
final class MemoryIndex: Sendable {
  let folder: SegmentFolder
  private let held = Mutex(Held())
  private let lastTrouble = Mutex<Trouble?>(nil)

  /// What was opened last.
  private struct Held {
    /// Of the store when it was asked for its state last.
    var version: StoreVersion?
    /// The store's last commit before that.
    var commit: CommitHead?
    var state: MemoryState?
    var manifest = IndexManifest()
    var segments: [MemorySegment] = []
    var searcher: MemorySearcher?
  }

  /// Units that are searched one by one before an index is asked for.
  static let tailLimit: Int64 = 50_000

  /// - Parameters:
  ///   - path: that of the store.
  ///   - other: the index of another store of the same path, with which open files are shared.
  init(ofStore path: String, sharing other: MemoryIndex? = nil) {
    folder = SegmentFolder(ofStore: path, sharing: other?.folder)
  }

  /// Calls `body` with what searches the memory as the transaction sees it.
  ///
  /// - Parameters:
  ///   - database: in a transaction.
  ///   - version: of the store.
  ///   - commit: the store's last commit before the transaction, if that can be told.
  ///   - body: one at a time is called.
  /// - Returns: what `body` returns; `nil` when the index is too far behind, of another version, or not
  ///   there.
  /// - Throws: ``IndexDamage`` for a file that is missing or damaged, and SQLite's errors.
  func search<Result>(
    _ database: Database, _ version: StoreVersion, since commit: CommitHead?,
    _ body: (MemorySearcher) throws -> Result
  ) throws -> Result? {
    try ask(body) { held in
      if held.version != version {
        guard let state = try database.memoryState(), state.pendingCount <= Self.tailLimit else {
          return false
        }
        if held.state != state { try Self.refresh(&held, to: state, database, folder) }
        held.version = version
      }
      held.commit = commit
      return true
    }
  }

  /// The same with what was opened last, if nothing was committed since.
  ///
  /// - Returns: `nil` also when something was, or nothing was opened yet.
  func search<Result>(
    unchangedSince commit: CommitHead, _ body: (MemorySearcher) throws -> Result
  ) throws -> Result? {
    try ask(body) { $0.commit == commit }
  }

  private func ask<Result>(
    _ body: (MemorySearcher) throws -> Result, where isCurrent: (inout Held) throws -> Bool
  ) throws -> Result? {
    try held.withLock { held in
      guard try isCurrent(&held), let searcher = held.searcher else { return nil }
      do {
        return try body(searcher)
      } catch let trouble as Trouble {
        held = Held()
        folder.forget()
        throw IndexDamage(trouble: trouble)
      }
    }
  }

  func note(_ trouble: Trouble) { lastTrouble.withLock { $0 = trouble } }

  func takeTrouble() -> Trouble? {
    lastTrouble.withLock { trouble in
      defer { trouble = nil }
      return trouble
    }
  }

  /// Forgets what was opened.
  func close() { held.withLock { $0 = Held() } }

  private static func refresh(
    _ held: inout Held, to state: MemoryState, _ database: Database, _ folder: SegmentFolder
  ) throws {
    if held.state?.generation != state.generation {
      held = Held()
      held.manifest = try database.indexManifest()
      held.segments = try open(held.manifest) { name throws(Trouble) in
        try folder.openShared(name)
      }
    }
    let changed = try database.changedUnits(after: state.lastChange)
    var tail = MemoryTail()
    try database.forEachKey(after: state.lastUnit, changed) { row in
      tail.add(unit: row.id, source: row.source, target: row.target)
    }
    let sources = zip(held.segments, held.manifest.segments).map { segment, entry in
      SegmentMerger.Source(segment, dead: entry.dead.merged(with: changed, in: segment))
    }
    do {
      held.searcher = try MemorySearcher(sources, tail: tail)
    } catch let trouble as Trouble {
      folder.forget()
      throw IndexDamage(trouble: trouble)
    }
    held.state = state
  }

  static func open(
    _ manifest: IndexManifest, with open: (String) throws(Trouble) -> MemorySegment
  ) throws(IndexDamage) -> [MemorySegment] {
    var segments: [MemorySegment] = []
    for entry in manifest.segments {
      do {
        segments.append(try open(entry.name))
      } catch {
        throw IndexDamage(trouble: error)
      }
    }
    return segments
  }
}

/// A part of the index is missing or damaged.
struct IndexDamage: Error {
  var trouble: Trouble
}

/// What the index wants to know of a unit. It holds until the next one.
struct KeyRow {
  let id: Int64
  let source: KeyedText
  let target: KeyedText
}

extension Database {
  /// Calls `body` with the units behind one, in the order of their numbers, and before them with
  /// those of some others that are still there.
  func forEachKey(
    after last: Int64, _ others: [Int64], _ body: (KeyRow) throws -> Void
  ) throws {
    let columns = "id, sourceLanguage, sourceKey, source, targetLanguage, targetKey, target"
    var tags = LanguageTagCache()
    func text(_ rows: RawRows, _ column: Int) -> KeyedText? {
      guard let key = rows.bytes(column + 1), let text = rows.bytes(column + 2) else { return nil }
      let language = rows.bytes(column).flatMap { tags($0)?.description } ?? ""
      return KeyedText(language: language, key: key, text: text)
    }
    func forEach(_ condition: String, _ number: Int64) throws {
      let rows = RawRows(
        self, try cachedStatement(sql: "SELECT \(columns) FROM unit WHERE \(condition)"))
      rows.bind(number)
      defer { rows.reset() }
      while try rows.next() {
        guard let source = text(rows, 1), let target = text(rows, 4) else { continue }
        try body(KeyRow(id: rows.integer(0), source: source, target: target))
      }
    }
    for unit in others where unit <= last { try forEach("id = ?", unit) }
    try forEach("id > ? ORDER BY id", last)
  }
}

extension [Int64] {
  /// Both ascending lists in one, of units that a segment may have.
  func merged(with others: [Int64], in segment: MemorySegment) -> [Int64] {
    let new = others.filter { segment.first...segment.last ~= $0 }
    return new.isEmpty ? self : Array(Set(self).union(new)).sorted()
  }
}
