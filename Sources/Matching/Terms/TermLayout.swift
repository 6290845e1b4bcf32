internal import Bitext
internal import Segmentation

/// Where the parts of compiled terms stand in their block, as its header says: sixteen numbers of
/// eight bytes, then the parts one after the other, each at a multiple of 64.
struct TermLayout {
  var firstLog = minimalLog
  var laterLog = minimalLog
  var bucketCount = 0
  var termCount = 0
  /// Of the terms, in tokens.
  var longest = 0
  var recordBytes = 0
  var unmatchableCount = 0
  var unmatchableBytes = 0
  var tagBytes = 0
  /// What the terms were compiled from, as the caller says it.
  var source: UInt64 = 0

  /// "CNCDTRM1", in the order of bytes of the machine that wrote it: on another one it is foreign.
  static let magic: UInt64 = 0x314D_5254_4443_4E43
  /// Raised whenever the layout or what decides about a match changes.
  static let version: UInt32 = 1
  static let headerSize = 128
  /// The checksum is of all bytes from here on.
  static let checkedFrom = 24
  static let alignment = 64
  static let bucketSize = 64
  /// Eight tags, and behind them the eight values.
  static let bucketPlaces = 8
  /// The bit of a bucket's last value that says that a node had to go to the next bucket.
  static let overflow: UInt32 = 1 << 31
  /// A length that takes four bytes more stands behind this one.
  static let longSpelling = 255
  /// 512 bytes: smaller filters save nothing.
  static let minimalLog = 12
  /// 256 KiB and 1 MiB: larger filters leave the processor's second cache.
  static let largestFirstLog = 21
  static let largestLaterLog = 23

  var firstFilter: Range<Int> { Self.headerSize..<Self.headerSize + 1 << (firstLog - 3) }
  var laterFilter: Range<Int> { part(after: firstFilter, size: 1 << (laterLog - 3)) }
  var buckets: Range<Int> { part(after: laterFilter, size: bucketCount * Self.bucketSize) }
  var records: Range<Int> { part(after: buckets, size: recordBytes) }
  /// Four bytes a term: its concept.
  var concepts: Range<Int> { part(after: records, size: termCount * 4) }
  /// Four bytes a term: where its spelling stands in the records.
  var texts: Range<Int> { part(after: concepts, size: termCount * 4) }
  /// Two bytes a term.
  var traits: Range<Int> { part(after: texts, size: termCount * 2) }
  var unmatchable: Range<Int> { part(after: traits, size: unmatchableBytes) }
  var tags: Range<Int> { part(after: unmatchable, size: tagBytes) }
  var size: Int { part(after: tags, size: 0).lowerBound }

  private func part(after other: Range<Int>, size: Int) -> Range<Int> {
    let start = (other.upperBound + Self.alignment - 1) & -Self.alignment
    return start..<start + size
  }

  init() {}

  /// The numbers of the header, the checksum still 0.
  var header: [UInt64] {
    [
      Self.magic, UInt64(Self.version) << 32 | UInt64(KeyTokenizer.version), 0, UInt64(size),
      source, UInt64(firstLog) | UInt64(laterLog) << 8, UInt64(bucketCount), UInt64(termCount),
      UInt64(longest), UInt64(recordBytes), UInt64(unmatchableCount), UInt64(unmatchableBytes),
      UInt64(tagBytes), 0, 0, 0,
    ]
  }

  /// Reads a header.
  ///
  /// - Parameters:
  ///   - bytes: the whole block.
  ///   - source: what the terms must have been compiled from; `nil` asks for nothing.
  ///   - file: the file's name, for messages.
  /// - Throws: `Trouble` that says what is wrong with the block.
  init(
    reading bytes: UnsafeRawBufferPointer, source: UInt64?, file: String?
  ) throws(Trouble) {
    func trouble(_ what: String) -> Trouble {
      Trouble("\(what): delete the file, and it is made anew", file: file)
    }
    guard bytes.count >= Self.headerSize, Self.number(0, bytes) == Self.magic else {
      throw trouble("holds no compiled terms of this machine")
    }
    guard Self.number(1, bytes) == UInt64(Self.version) << 32 | UInt64(KeyTokenizer.version) else {
      throw trouble("was compiled by another version of Concord")
    }
    // Below this bound no sum of the sizes can leave 64 bits.
    let numbers = (0..<16).map { Self.number($0, bytes) }
    let isSound =
      numbers[6...12].allSatisfy { $0 < 1 << 40 } && numbers[6] > 0
      && (UInt64(Self.minimalLog)...UInt64(Self.largestFirstLog)).contains(numbers[5] & 0xFF)
      && (UInt64(Self.minimalLog)...UInt64(Self.largestLaterLog)).contains(numbers[5] >> 8)
    guard isSound else { throw trouble("has a damaged header") }
    firstLog = Int(numbers[5] & 0xFF)
    laterLog = Int(numbers[5] >> 8)
    bucketCount = Int(numbers[6])
    termCount = Int(numbers[7])
    longest = Int(numbers[8])
    recordBytes = Int(numbers[9])
    unmatchableCount = Int(numbers[10])
    unmatchableBytes = Int(numbers[11])
    tagBytes = Int(numbers[12])
    self.source = numbers[4]
    guard size == bytes.count, numbers[3] == UInt64(size) else {
      throw trouble("is cut off, or longer than it should be")
    }
    if let source, source != self.source {
      throw trouble("was compiled from another state of the glossary")
    }
  }

  private static func number(_ index: Int, _ bytes: UnsafeRawBufferPointer) -> UInt64 {
    bytes.loadUnaligned(fromByteOffset: 8 * index, as: UInt64.self)
  }

  static func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    Checksum.of(UnsafeRawBufferPointer(rebasing: bytes[checkedFrom...]))
  }
}
