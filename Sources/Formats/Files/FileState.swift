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

  /// What shows that this is another build of the program, which may find other things.
  public static var programState: FileState? { state(of: SystemCalls.program()) }
}
