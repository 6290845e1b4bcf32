internal import Bitext
internal import CGzip

/// Writes a packed file part after part, each byte once, so that it can go to a pipe and nothing need
/// be held. The same parts give the same bytes: every part bears the same date.
struct PackedFileWriter {
  private let output: OutputFile
  private var directory: [UInt8] = []
  private var count = 0
  /// Bytes written so far.
  private var offset = 0
  private var part: PackedPart?

  init(to output: OutputFile) { self.output = output }

  /// Begins a part of a name.
  mutating func begin(_ name: String) throws {
    let part = try PackedPart(Array(name.utf8), at: offset)
    self.part = part
    try write(Signature.part + Self.common(of: part, isKnown: false) + part.name)
  }

  /// Writes text into the part that was begun.
  mutating func write(_ text: String) throws {
    if let packed = try part?.pack(text) { try write(packed) }
  }

  /// Ends the part.
  ///
  /// - Throws: `Trouble` for a part or file of 4 GB and more.
  mutating func end() throws {
    guard let part else { return }
    try write(try part.finish())
    guard max(offset, part.size) < Self.limit else {
      throw Trouble("a workbook cannot hold 4 GB: use --format csv")
    }
    try write(Signature.sizes + Self.sizes(of: part))
    directory +=
      Signature.entry + Self.number(Self.version, 2) + Self.common(of: part, isKnown: true)
    // No comment, on the first disk, without attributes.
    directory += Self.number(0, 2) + Self.number(0, 2) + Self.number(0, 2) + Self.number(0, 4)
    directory += Self.number(part.offset, 4) + part.name
    count += 1
    self.part = nil
  }

  /// Writes the directory, with which the file ends.
  mutating func finish() throws {
    let start = offset
    let size = directory.count
    try write(directory)
    try write(
      Signature.end + Self.number(0, 4) + Self.number(count, 2) + Self.number(count, 2)
        + Self.number(size, 4) + Self.number(start, 4) + Self.number(0, 2))
  }

  private mutating func write(_ bytes: some Collection<UInt8>) throws {
    offset += bytes.count
    try output.write(bytes)
  }

  // MARK: The format (APPNOTE.TXT 6.3.10, section 4.3)

  private enum Signature {
    static let part: [UInt8] = [0x50, 0x4B, 3, 4]
    static let sizes: [UInt8] = [0x50, 0x4B, 7, 8]
    static let entry: [UInt8] = [0x50, 0x4B, 1, 2]
    static let end: [UInt8] = [0x50, 0x4B, 5, 6]
  }

  /// 2.0 knows deflate, which is all that a reader must know.
  private static let version = 20
  /// 4 GB, beyond which sizes take another form.
  private static let limit = 0xFFFF_FFFF
  /// 1 January 1980, the first day that the format knows.
  private static let date = 1 << 5 | 1

  /// What a part and its entry in the directory have in common, from the version to the lengths;
  /// the sizes are known when the part is packed.
  private static func common(of part: PackedPart, isKnown: Bool) -> [UInt8] {
    // Bit 3: the sizes follow the part. Bit 11: the name is in UTF-8.
    let flags = 1 << 3 | 1 << 11
    let deflate = 8
    return number(version, 2) + number(flags, 2) + number(deflate, 2) + number(0, 2)
      + number(date, 2) + (isKnown ? sizes(of: part) : number(0, 12))
      + number(part.name.count, 2) + number(0, 2)
  }

  private static func sizes(of part: PackedPart) -> [UInt8] {
    number(Int(part.checksum), 4) + number(part.packedSize, 4) + number(part.size, 4)
  }

  private static func number(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }
}

/// A part while it is packed.
private final class PackedPart {
  let name: [UInt8]
  /// Where it starts in the file.
  let offset: Int
  private(set) var checksum: UInt32 = 0
  private(set) var size = 0
  private(set) var packedSize = 0
  private let deflater: OpaquePointer
  private var pending: [UInt8] = []

  /// Text is packed in pieces of this size: a call for each cell would cost more than the packing.
  private static let pieceSize = 1 << 16

  init(_ name: [UInt8], at offset: Int) throws(Trouble) {
    guard let deflater = concord_deflate_open() else { throw Self.noMemory }
    self.deflater = deflater
    self.name = name
    self.offset = offset
  }

  deinit { concord_deflate_close(deflater) }

  /// Takes text and returns the packed bytes that have come out, which hold until the next call.
  func pack(_ text: String) throws(Trouble) -> UnsafeBufferPointer<UInt8>? {
    pending += text.utf8
    return pending.count < Self.pieceSize ? nil : try deflate(isLast: false)
  }

  func finish() throws(Trouble) -> UnsafeBufferPointer<UInt8> { try deflate(isLast: true) }

  private func deflate(isLast: Bool) throws(Trouble) -> UnsafeBufferPointer<UInt8> {
    checksum = concord_checksum(checksum, pending, pending.count)
    size += pending.count
    var packed: UnsafePointer<UInt8>?
    let count = concord_deflate(deflater, pending, pending.count, isLast ? 1 : 0, &packed)
    guard count >= 0 else { throw Self.noMemory }
    pending.removeAll(keepingCapacity: true)
    packedSize += Int(count)
    return UnsafeBufferPointer(start: packed, count: Int(count))
  }

  private static var noMemory: Trouble { Trouble("there is not enough memory to pack a file") }
}
