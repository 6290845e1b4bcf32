package import Bitext

/// A part of the index of a memory: texts of many units, whose keys, pieces and hashes lie in one
/// block of bytes, such as a mapped file (``SegmentLayout``). It never changes.
package final class MemorySegment: Sendable {
  let shelves: [Shelf]
  /// The units' numbers lie between these, and there are so many.
  package let first: Int64
  package let last: Int64
  package let unitCount: Int
  /// Of the whole content.
  package let checksum: UInt64
  package let size: Int
  let pages: SegmentPages
  let examined: ExaminedPages
  let release: @Sendable () -> Void

  /// - Parameters:
  ///   - bytes: the segment; must not change.
  ///   - owner: what keeps the bytes.
  ///   - file: its name, for messages.
  ///   - release: gives memory of bytes that were read back; they can be read again.
  /// - Throws: `Trouble` for what is no segment of this version and machine, cut off, or damaged at
  ///   its end; damage elsewhere is found when it is read.
  package init(
    _ bytes: UnsafeRawBufferPointer, owner: any AnyObject & Sendable, file: String,
    release: @escaping @Sendable () -> Void = {}
  ) throws(Trouble) {
    let damaged = SegmentPages.damaged(file)
    guard let base = bytes.baseAddress, bytes.count >= SegmentLayout.trailerSize else {
      throw damaged
    }
    let trailer = (0..<8).map { index in
      bytes.loadUnaligned(
        fromByteOffset: bytes.count - SegmentLayout.trailerSize + index * 8, as: UInt64.self)
    }
    guard trailer[0] == SegmentLayout.magic, trailer[1] == SegmentLayout.version,
      let size = Int(exactly: trailer[2]), let directorySize = Int(exactly: trailer[3]),
      size % SegmentLayout.pageSize == 0, size <= bytes.count, directorySize <= bytes.count,
      case let sumPages = SegmentLayout.sumPageCount(size / SegmentLayout.pageSize),
      case let sums = size + sumPages * SegmentLayout.pageSize,
      sums + sumPages * 4 + directorySize + SegmentLayout.trailerSize == bytes.count
    else { throw damaged }
    let end = UnsafeRawBufferPointer(rebasing: bytes[sums..<bytes.count - 8])
    guard Checksum.of(end) == trailer[7] else { throw damaged }
    checksum = trailer[7]
    self.release = release
    (first, last) = (Int64(bitPattern: trailer[4]), Int64(bitPattern: trailer[5]))
    unitCount = Int(trailer[6])
    self.size = bytes.count
    pages = SegmentPages(base, size: size, owner: owner, file: file)
    examined = ExaminedPages(pages)
    let records = try Self.records(
      UnsafeRawBufferPointer(rebasing: end.dropFirst(sumPages * 4)), size, file)
    shelves = records.map { [pages] record in Shelf(record, pages) }
  }

  /// Opens a copy of a segment's bytes.
  package convenience init(copying bytes: [UInt8], file: String = "") throws(Trouble) {
    let memory = AlignedMemory(copying: bytes)
    try self.init(memory.bytes, owner: memory, file: file)
  }

  private static func records(
    _ directory: UnsafeRawBufferPointer, _ size: Int, _ file: String
  ) throws(Trouble) -> [ShelfRecord] {
    var index = 0
    func number() -> Int? {
      guard index + 8 <= directory.count else { return nil }
      defer { index += 8 }
      return Int(exactly: directory.loadUnaligned(fromByteOffset: index, as: UInt64.self))
    }
    var records: [ShelfRecord] = []
    for _ in 0..<(number() ?? 0) {
      guard let length = number(), index + length <= directory.count else { break }
      let language = String(decoding: directory[index..<index + length], as: UTF8.self)
      index += (length + 7) & -8
      let numbers = (0..<ShelfRecord.numberCount).compactMap { _ in number() }
      guard let record = ShelfRecord(language: language, numbers: numbers, size: size) else {
        throw SegmentPages.damaged(file)
      }
      records.append(record)
    }
    return records
  }

  /// Looks at all pages.
  ///
  /// - Throws: `Trouble` when one is not what was written.
  package func examine() throws(Trouble) {
    for page in 0..<pages.count + pages.sumPageCount { try pages.examine(page: page) }
  }

  /// The tables of its languages, for more segments of the kind.
  var symbolTables: [String: SymbolTable] {
    Dictionary(shelves.map { ($0.language, $0.table) }, uniquingKeysWith: { first, _ in first })
  }
}

/// The pages of a segment and what they must sum up to; behind them those that hold the sums.
final class SegmentPages: @unchecked Sendable {
  let base: UnsafeRawPointer
  let size: Int
  let sumPageCount: Int
  private let sums: UnsafeRawPointer
  private let sumsOfSums: UnsafeRawPointer
  private let owner: AnyObject
  let file: String

  init(_ base: UnsafeRawPointer, size: Int, owner: AnyObject, file: String) {
    self.base = base
    self.size = size
    sumPageCount = SegmentLayout.sumPageCount(size / SegmentLayout.pageSize)
    sums = base + size
    sumsOfSums = sums + sumPageCount * SegmentLayout.pageSize
    self.owner = owner
    self.file = file
  }

  var count: Int { size / SegmentLayout.pageSize }

  /// The page that holds the sum of another one.
  @inline(__always)
  func sumPage(of page: Int) -> Int { count + page * 4 / SegmentLayout.pageSize }

  /// - Throws: `Trouble` when the page is not what was written, as far as the sums are.
  func examine(page: Int) throws(Trouble) {
    let bytes = UnsafeRawBufferPointer(
      start: base + page * SegmentLayout.pageSize, count: SegmentLayout.pageSize)
    let (sums, index) = page < count ? (sums, page) : (sumsOfSums, page - count)
    let sum = sums.loadUnaligned(fromByteOffset: index * 4, as: UInt32.self)
    guard UInt32(truncatingIfNeeded: Checksum.of(bytes)) == sum else { throw Self.damaged(file) }
  }

  static func damaged(_ file: String) -> Trouble {
    Trouble("is damaged: run 'concord memory reindex', which makes it anew", file: file)
  }
}

/// The pages of a segment that were examined, by whoever reads it.
final class ExaminedPages: Sendable {
  private let pages: SegmentPages
  private let examined: SharedBits

  init(_ pages: SegmentPages) {
    self.pages = pages
    examined = SharedBits(count: pages.count + pages.sumPageCount)
  }

  var damage: Trouble { SegmentPages.damaged(pages.file) }

  /// Makes sure that bytes may be read.
  @inline(__always)
  func need(_ offset: Int, _ count: Int) throws(Trouble) {
    let last = min(offset + max(count, 1) - 1, pages.size - 1) / SegmentLayout.pageSize
    var page = offset / SegmentLayout.pageSize
    while page <= last {
      if !examined.contains(page) { try examine(page) }
      page += 1
    }
  }

  @inline(__always)
  func need(_ bytes: Range<Int>) throws(Trouble) { try need(bytes.lowerBound, bytes.count) }

  private func examine(_ page: Int) throws(Trouble) {
    let sumPage = pages.sumPage(of: page)
    if !examined.contains(sumPage) {
      try pages.examine(page: sumPage)
      examined.insert(sumPage)
    }
    try pages.examine(page: page)
    examined.insert(page)
  }
}
