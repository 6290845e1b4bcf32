#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// What shows that a file has changed, without reading it.
public struct FileState: Sendable, Hashable {
  /// Nanoseconds since 1970.
  let modified: Int64
  /// Bytes.
  let size: Int64
  /// A file that was put in the place of another has another one.
  let node: UInt64
}

extension Files {
  /// What shows that a file has changed; `nil` when there is none.
  public static func state(of path: String) -> FileState? { SystemCalls.state(of: path) }

  /// Whether a path leads to the file that standard output or standard error goes to.
  public static func isOutput(_ path: String) -> Bool {
    guard let identity = identity(of: path) else { return false }
    return SystemCalls.identity(of: 1) == identity || SystemCalls.identity(of: 2) == identity
  }

  /// The path without links and dots, from the root; `nil` when nothing is there.
  public static func resolved(_ path: String) -> String? { SystemCalls.resolved(path) }
}

extension SystemCalls {
  fileprivate static func state(of path: String) -> FileState? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    #if canImport(Glibc)
      let time = status.st_mtim
    #elseif canImport(Darwin)
      let time = status.st_mtimespec
    #endif
    return FileState(
      modified: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec),
      size: Int64(status.st_size), node: UInt64(truncatingIfNeeded: status.st_ino))
  }

  fileprivate static func identity(of descriptor: Int32) -> FileIdentity? {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return nil }
    return FileIdentity(
      device: UInt64(truncatingIfNeeded: status.st_dev),
      node: UInt64(truncatingIfNeeded: status.st_ino))
  }

  fileprivate static func resolved(_ path: String) -> String? {
    guard let found = realpath(path, nil) else { return nil }
    defer { free(found) }
    return String(cString: found)
  }
}
