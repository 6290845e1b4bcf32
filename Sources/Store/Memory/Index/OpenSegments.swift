internal import Bitext
internal import Matching
internal import Synchronization

/// Segments that stores of one process have open, so that those of several threads map a file once:
/// what one of them has touched the others need not wait for.
final class OpenSegments: Sendable {
  private struct Entry {
    weak var segment: MemorySegment?
  }

  private let entries = Mutex<[String: Entry]>([:])

  /// The segment of a name: the one that somebody has open, else what `open` opens, one at a time.
  func segment(
    _ name: String, open: () throws(Trouble) -> MemorySegment
  ) throws(Trouble) -> MemorySegment {
    try entries.withLock { entries throws(Trouble) in
      if let segment = entries[name]?.segment { return segment }
      let segment = try open()
      entries[name] = Entry(segment: segment)
      return segment
    }
  }

  /// Has all of them opened anew: a file may have been written again under its name.
  func forget() { entries.withLock { $0.removeAll() } }
}
