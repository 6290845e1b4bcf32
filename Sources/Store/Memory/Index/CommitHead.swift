internal import GRDB
internal import GRDBSQLite

/// What SQLite's connections to a store share of its last commit. Every commit changes it, of whatever
/// process, and so who finds it unchanged need not ask SQLite, which takes as long as several look-ups.
///
/// It is the head of the index of the write-ahead log, a part of SQLite's file format:
/// https://sqlite.org/walformat.html#the_wal_index_file_format
struct CommitHead: Equatable {
  private let bytes: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64)

  fileprivate init(_ start: UnsafeRawPointer) {
    bytes = start.loadUnaligned(as: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64).self)
  }

  static func == (left: Self, right: Self) -> Bool { left.bytes == right.bytes }
}

/// Reads the head of a connection's log, from any thread, for as long as the connection is open.
struct CommitWatch: @unchecked Sendable {
  private let start: UnsafeRawPointer

  /// What SQLite maps at once.
  private static let regionSize: Int32 = 32768

  /// Fails for a store without a log, as on a read-only disk.
  ///
  /// - Parameter database: has read before, so that SQLite has mapped what is read here.
  /// - Throws: SQLite's errors.
  init?(_ database: Database) throws {
    guard try String.fetchOne(database, sql: "PRAGMA journal_mode") == "wal" else { return nil }
    var file: UnsafeMutablePointer<sqlite3_file>?
    let code = withUnsafeMutablePointer(to: &file) {
      sqlite3_file_control(database.sqliteConnection, "main", SQLITE_FCNTL_FILE_POINTER, $0)
    }
    guard code == SQLITE_OK, let file, let methods = file.pointee.pMethods,
      methods.pointee.iVersion >= 2, let map = methods.pointee.xShmMap
    else { return nil }
    var region: UnsafeMutableRawPointer?
    let isExtended: Int32 = 0
    guard map(file, 0, Self.regionSize, isExtended, &region) == SQLITE_OK, let region else {
      return nil
    }
    start = UnsafeRawPointer(region)
  }

  /// The last commit, or one that is being made: of a state that is read behind this call, never of
  /// a later one.
  var head: CommitHead { CommitHead(start) }
}
