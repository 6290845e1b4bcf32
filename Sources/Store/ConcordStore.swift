public import Bitext
internal import Foundation
internal import GRDB

/// The termbase and the memory of a project, in one SQLite file.
///
/// Safe with several processes at once: SQLite's write-ahead log lets readers go on while one
/// process writes, and a writer waits for another. Every change is one transaction: it is in the
/// store whole, or not at all.
public final class ConcordStore: Sendable {
  /// What a store is opened for.
  public enum Access: Sendable, Hashable {
    case read
    case write
    /// To write, making the file when there is none.
    case create
  }

  public let path: String
  let access: Access
  /// Not closed as long as the store is used: ``watch`` reads what it maps.
  let queue: DatabaseQueue
  let index: MemoryIndex
  /// Tells whether the store changed; `nil` where it cannot.
  let watch: CommitWatch?

  /// How long a process waits for another one that writes, in seconds.
  private static let patience = 15.0
  /// Bytes of a store that are mapped, at the most: what SQLite allows.
  private static let mappedSize = 0x7FFF_0000

  /// - Throws: `Trouble` when there is no store, when it is none of Concord's or of a newer
  ///   version, and when it cannot be read or written.
  public convenience init(path: String, access: Access) throws(Trouble) {
    try self.init(path: path, access: access, sharing: nil)
  }

  /// Opens a store once more, for another thread: what searches read of the index's files is shared.
  ///
  /// - Parameter other: a store that is open.
  /// - Throws: `Trouble` as ``init(path:access:)``.
  package convenience init(reading other: ConcordStore) throws(Trouble) {
    try self.init(path: other.path, access: .read, sharing: other.index)
  }

  private init(path: String, access: Access, sharing index: MemoryIndex?) throws(Trouble) {
    self.path = path
    self.access = access
    self.index = MemoryIndex(ofStore: path, sharing: index)
    let manager = FileManager.default
    guard access == .create || manager.fileExists(atPath: path) else {
      throw Trouble(
        "there is no store here: run 'concord init' first, or name it with --store", file: path)
    }
    do {
      if access == .create {
        let directory = (path as NSString).deletingLastPathComponent
        if !directory.isEmpty {
          try manager.createDirectory(atPath: directory, withIntermediateDirectories: true)
        }
      }
      queue = try Self.open(path, access: access)
      watch = try queue.unsafeRead { try CommitWatch($0) }
    } catch let trouble as Trouble {
      throw trouble
    } catch {
      throw storeTrouble(error, path: path)
    }
  }

  private static func open(_ path: String, access: Access) throws -> DatabaseQueue {
    if access != .read {
      let queue = try connect(path, readOnly: false)
      try Schema.migrate(queue, path: path)
      return queue
    }
    do {
      let queue = try connect(path, readOnly: true)
      if try Schema.isCurrent(queue, path: path) { return queue }
      let writable = try connect(path, readOnly: false)
      try Schema.migrate(writable, path: path)
      return writable
    } catch let error as DatabaseError where error.isUnwritablePlace {
      // The log of a store needs a file beside it even to read. On a read-only disk nobody writes,
      // so that the store can be read without one.
      let escaped =
        path.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? path
      let queue = try connect("file:\(escaped)?immutable=1", readOnly: true)
      guard try Schema.isCurrent(queue, path: path) else { throw error }
      return queue
    }
  }

  private static func connect(_ path: String, readOnly: Bool) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.readonly = readOnly
    configuration.busyMode = .timeout(patience)
    configuration.prepareDatabase { database in
      // A store that is made now has larger pages than SQLite's: units of a kilobyte fill them
      // better, and a large file comes in with two thirds of the work.
      if !readOnly { try database.execute(sql: "PRAGMA page_size = 16384") }
      // Searches read rows from all over: where they lie in the system's cache, without copying pages.
      if readOnly { try database.execute(sql: "PRAGMA mmap_size = \(mappedSize)") }
      // GRDB's own way asks for the owner of the file, and so for a service of the system's users.
      if !readOnly { try database.execute(sql: "PRAGMA journal_mode = WAL") }
      // A write-ahead log loses nothing that was acknowledged when the process dies; FULL keeps it
      // through a power cut too.
      if !readOnly { try database.execute(sql: "PRAGMA synchronous = FULL") }
    }
    return try DatabaseQueue(path: path, configuration: configuration)
  }

  func read<Value>(_ body: (Database) throws -> Value) throws(Trouble) -> Value {
    do { return try queue.read(body) } catch { throw storeTrouble(error, path: path) }
  }

  /// Runs a change as one transaction.
  func write<Value>(_ body: (Database) throws -> Value) throws(Trouble) -> Value {
    do { return try queue.write(body) } catch { throw storeTrouble(error, path: path) }
  }
}

/// The one place that turns SQLite's errors into trouble.
func storeTrouble(_ error: any Error, path: String) -> Trouble {
  if let trouble = error as? Trouble { return trouble }
  guard let error = error as? DatabaseError else {
    return Trouble("the store cannot be used: \(error.localizedDescription)", file: path)
  }
  let message: String =
    switch error.resultCode {
    case .SQLITE_FULL: "the disk is full: nothing of this change was kept"
    case .SQLITE_READONLY, .SQLITE_PERM: "the store is read-only: nothing was changed"
    case .SQLITE_CANTOPEN: "the store cannot be opened: look at its permissions and its directory's"
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      "another process has been writing to the store for a while: try again"
    case .SQLITE_NOTADB: "is not a Concord store"
    case .SQLITE_CORRUPT: "the store is damaged: restore it from a copy"
    case .SQLITE_IOERR: "the store cannot be read or written: the disk reports an error or is full"
    case .SQLITE_NOMEM: "not enough memory"
    default: "the store reports: \(error.message ?? error.resultCode.description)"
    }
  return Trouble(message, file: path)
}

extension DatabaseError {
  fileprivate var isUnwritablePlace: Bool {
    resultCode == .SQLITE_CANTOPEN || resultCode == .SQLITE_READONLY
  }
}
