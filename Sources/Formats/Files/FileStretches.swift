internal import Bitext

/// A file of which any stretch can be read, as often as wanted. It stays the file that was opened
/// when another one takes its name.
package final class FileStretches: Sendable {
  private let descriptor: Int32
  private let path: String
  /// Bytes, when the file was opened.
  package let size: Int

  /// - Returns: `nil` for what is no file, such as a pipe, and for one that cannot be read.
  package init?(_ path: String) {
    guard Files.kind(of: path) == .file, let state = Files.state(of: path),
      let descriptor = try? SystemCalls.openForReading(path)
    else { return nil }
    self.path = path
    self.descriptor = descriptor
    size = Int(state.size)
  }

  deinit { SystemCalls.closeDescriptor(descriptor) }

  /// The bytes of a stretch; fewer where the file has become shorter or cannot be read any more.
  package func read(_ range: Range<Int>) -> [UInt8] {
    let range = range.clamped(to: 0..<size)
    return [UInt8](unsafeUninitializedCapacity: range.count) { buffer, count in
      while count < range.count {
        let free = UnsafeMutableRawBufferPointer(
          rebasing: UnsafeMutableRawBufferPointer(buffer)[count..<range.count])
        let read = try? SystemCalls.read(
          descriptor, into: free, at: range.lowerBound + count, path: path)
        guard let read, read > 0 else { break }
        count += read
      }
    }
  }
}
