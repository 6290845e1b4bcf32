public import Bitext

/// A lock that one process at a time has, kept by the system for as long as the object lives, or
/// until the process ends in whatever way.
public final class FileLock: Sendable {
  private let descriptor: Int32

  /// Takes the lock, making its file when there is none.
  ///
  /// - Parameters:
  ///   - path: the file that stands for the lock.
  ///   - waits: whether to wait for another one that has it.
  /// - Returns: `nil` when another one has it.
  /// - Throws: `Trouble` when the file cannot be made.
  public static func take(_ path: String, waits: Bool = false) throws(Trouble) -> FileLock? {
    let descriptor = try SystemCalls.openForLocking(path)
    guard SystemCalls.lock(descriptor, waits: waits) else {
      SystemCalls.closeDescriptor(descriptor)
      return nil
    }
    return FileLock(descriptor)
  }

  private init(_ descriptor: Int32) { self.descriptor = descriptor }

  deinit { SystemCalls.closeDescriptor(descriptor) }
}
