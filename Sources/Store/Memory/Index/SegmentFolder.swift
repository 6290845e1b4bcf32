internal import Bitext
internal import Formats
internal import Matching

/// The files of a store's index, in a folder beside it. They can be deleted at any time: what is
/// missing is made anew.
struct SegmentFolder: Sendable {
  let path: String
  private let opened: OpenSegments

  /// The files of segments end so.
  private static let ending = ".segment"

  /// - Parameters:
  ///   - store: the path of the store.
  ///   - other: the folder of another store of the same path, with which open files are shared.
  init(ofStore store: String, sharing other: SegmentFolder? = nil) {
    path = store + "-index"
    opened = other?.opened ?? OpenSegments()
  }

  /// Takes the right to change the files; `nil` when another process has it.
  func lock(waits: Bool) throws(Trouble) -> FileLock? {
    try Files.makeDirectories(path)
    return try FileLock.take(Files.join(path, "lock"), waits: waits)
  }

  func file(_ name: String) -> String { Files.join(path, name + Self.ending) }

  /// Opens a segment.
  ///
  /// - Throws: `Trouble` for one that is missing, damaged, or not the one of that name.
  func open(_ name: String) throws(Trouble) -> MemorySegment {
    let file = try MappedFile(self.file(name))
    let segment = try MemorySegment(file.bytes, owner: file, file: self.file(name)) {
      file.release()
    }
    guard Self.name(segment.checksum) == name else {
      throw Trouble("is not the part of the index that its name says", file: self.file(name))
    }
    return segment
  }

  /// Opens a segment, or takes one that another store has open.
  ///
  /// - Throws: `Trouble` as ``open(_:)``.
  func openShared(_ name: String) throws(Trouble) -> MemorySegment {
    try opened.segment(name) { () throws(Trouble) in try open(name) }
  }

  /// Shares nothing any more that was open: one of the files was damaged.
  func forget() { opened.forget() }

  private static func name(_ checksum: UInt64) -> String {
    let digits = String(checksum, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// Writes a segment, whole or not at all.
  ///
  /// - Parameter write: hands the bytes over, and returns their checksum.
  /// - Returns: the name of the segment.
  /// - Throws: `Trouble`, and what `write` throws.
  func write(
    _ write: (@escaping ([UInt8]) throws -> Void) throws -> UInt64
  ) throws -> String {
    let draft = Files.join(path, "new")
    let output = try OutputFile.replacing(draft)
    let name = Self.name(try write { try output.write($0) })
    try output.finish()
    try Files.rename(draft, to: file(name))
    return name
  }

  /// Removes the segments that are in no list, and what processes left that were killed. The lock
  /// must be held.
  func removeAll(except names: Set<String>) {
    for name in (try? Files.names(in: path)) ?? [] {
      let isKnown = name.hasSuffix(Self.ending) && names.contains(String(name.dropLast(8)))
      if name != "lock", !isKnown { Files.remove(Files.join(path, name)) }
    }
  }
}
