public import Bitext

/// A file whose bytes are read where the system keeps them, page by page as they are needed. It
/// must not be changed while it is open; replacing it by another one does no harm.
public final class MappedFile: @unchecked Sendable {
  /// From the start of a page on; empty for an empty file.
  public let bytes: UnsafeRawBufferPointer

  /// - Throws: `Trouble` for a missing or unreadable file, a directory, and what is no file at all,
  ///   such as a pipe.
  public init(_ path: String) throws(Trouble) {
    let descriptor = try SystemCalls.openForReading(path)
    defer { SystemCalls.closeDescriptor(descriptor) }
    bytes = try SystemCalls.map(descriptor, path: path)
  }

  /// Gives the memory that was read back to the system, which reads it again when it is needed.
  public func release() { SystemCalls.release(bytes) }

  deinit { SystemCalls.unmap(bytes) }
}
