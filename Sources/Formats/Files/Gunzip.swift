public import Bitext
internal import CGzip

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

extension Files {
  /// More than this out of one compressed file is taken for a bomb: a lexicon of a gigabyte does
  /// not exist.
  private static let unpackedLimit = 1 << 30

  /// The bytes of a file as they are, or unpacked when they are gzip's.
  public static func unpacked(_ bytes: [UInt8], _ path: String) throws(Trouble) -> [UInt8] {
    guard bytes.starts(with: [0x1F, 0x8B]) else { return bytes }
    var unpacked: UnsafeMutablePointer<UInt8>?
    var count = 0
    let status = concord_gunzip(bytes, bytes.count, unpackedLimit, &unpacked, &count)
    defer { free(unpacked) }
    switch status {
    case 0: return Array(UnsafeBufferPointer(start: unpacked, count: count))
    case -2: throw Trouble("unpacks to more than a gigabyte: unpack it by hand", file: path)
    case -3: throw Trouble("not enough memory to unpack it", file: path)
    default: throw Trouble("is damaged or cut off: its gzip data ends early", file: path)
    }
  }
}
