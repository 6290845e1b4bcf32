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

  /// The bytes of a file; `nil` when there is none.
  package static func size(of path: String) -> Int? { state(of: path).map { Int($0.size) } }

  /// What shows that this is another build of the program, which may find other things.
  public static var programState: FileState? { state(of: SystemCalls.program()) }

  /// Whether a path leads to the file that standard output or standard error goes to.
  public static func isOutput(_ path: String) -> Bool {
    guard let identity = identity(of: path) else { return false }
    return SystemCalls.identity(of: 1) == identity || SystemCalls.identity(of: 2) == identity
  }
}
