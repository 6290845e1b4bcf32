/// Writes a shelf into a segment: all texts, shorter ones first, then all pieces, ascending.
struct ShelfWriter {
  private var record = ShelfRecord()
  private let table: SymbolTable
  /// Of the group that is gathered: what leads to its texts, and their codes.
  private var heads: [UInt32] = []
  private var codes: [UInt8] = []
  private var groups: [UInt32] = []
  /// Whole groups.
  private var texts: [UInt8] = []
  private var textCount = 0
  private var lengths: [UInt32] = []
  private var hashes: [UInt32] = []
  private var postings: [UInt8] = []
  private var postingStart = 0
  private var dictionary: [UInt64] = []

  /// Bytes that are gathered before they are written.
  private static let gathered = 1 << 18

  init(_ language: String, _ table: SymbolTable, into segment: inout SegmentWriter) throws {
    self.table = table
    record.language = language
    try segment.align(to: 8)
    record.symbols = segment.offset
    try segment.append(table.stored)
    try segment.align(to: 8)
    record.texts = segment.offset
  }

  // MARK: Texts

  /// Adds a text with its match key, of so many code points: not shorter than the one before.
  mutating func add(
    _ key: UnsafeBufferPointer<UInt8>, length: Int, reference: UInt32,
    into segment: inout SegmentWriter
  ) throws {
    table.encode(key, to: &codes)
    try endText(length, reference, ExactTable.hash(key), &segment)
  }

  /// Adds a text whose codes of the same table are known.
  mutating func add(
    codes known: UnsafeRawBufferPointer, hash: UInt32, length: Int, reference: UInt32,
    into segment: inout SegmentWriter
  ) throws {
    codes.append(contentsOf: known)
    try endText(length, reference, hash, &segment)
  }

  private mutating func endText(
    _ length: Int, _ reference: UInt32, _ hash: UInt32, _ segment: inout SegmentWriter
  ) throws {
    if lengths.isEmpty || lengths[lengths.count - 2] != UInt32(length) {
      lengths += [UInt32(length), UInt32(textCount)]
    }
    heads += [UInt32(codes.count), reference]
    hashes.append(hash)
    textCount += 1
    guard heads.count == 2 * SegmentLayout.groupSize else { return }
    endGroup(segment)
    if texts.count >= Self.gathered { try writeTexts(&segment) }
  }

  private mutating func endGroup(_ segment: SegmentWriter) {
    guard !heads.isEmpty else { return }
    groups.append(UInt32(segment.offset - record.texts + texts.count))
    // Ends count from where the group begins.
    for index in stride(from: 0, to: heads.count, by: 2) { heads[index] += UInt32(heads.count * 4) }
    heads.withUnsafeBytes { texts.append(contentsOf: $0) }
    texts += codes
    heads.removeAll(keepingCapacity: true)
    codes.removeAll(keepingCapacity: true)
  }

  private mutating func writeTexts(_ segment: inout SegmentWriter) throws {
    try texts.withUnsafeBytes { try segment.append($0) }
    texts.removeAll(keepingCapacity: true)
  }

  /// Writes what leads to the texts; pieces come next.
  mutating func endTexts(into segment: inout SegmentWriter) throws {
    endGroup(segment)
    try writeTexts(&segment)
    record.textSize = segment.offset - record.texts
    record.count = textCount
    func part(_ numbers: [UInt32]) throws -> Int {
      try segment.align(to: 8)
      let offset = segment.offset
      try segment.append(numbers)
      return offset
    }
    record.groups = try part(groups)
    record.lengths = try part(lengths)
    record.lengthCount = lengths.count / 2
    (groups, lengths) = ([], [])
    let (slots, log) = ExactTable.slots(hashes)
    record.exact = try part(slots)
    record.exactLog = log
    hashes = []
    try segment.align(to: 8)
    record.postings = segment.offset
    postingStart = segment.offset
  }

  // MARK: Pieces

  /// Adds a piece, after all smaller ones, with the texts that have it, ascending.
  mutating func add(
    _ gram: UInt64, texts: UnsafeBufferPointer<UInt32>, into segment: inout SegmentWriter
  ) throws {
    let start = segment.offset - postingStart + postings.count
    dictionary.append(gram)
    dictionary.append(UInt64(UInt32(start)) | UInt64(texts.count) << 32)
    PostingList.append(texts, to: &postings)
    guard postings.count >= Self.gathered else { return }
    try writePostings(&segment)
  }

  private mutating func writePostings(_ segment: inout SegmentWriter) throws {
    try postings.withUnsafeBytes { try segment.append($0) }
    postings.removeAll(keepingCapacity: true)
  }

  /// Writes the dictionary; the shelf is whole.
  mutating func finish(into segment: inout SegmentWriter) throws {
    try writePostings(&segment)
    record.postingSize = segment.offset - record.postings
    // Numbers of a list are read eight bytes at a time, also the last ones.
    try segment.append([UInt8](repeating: 0, count: 8))
    try segment.align(to: SegmentLayout.pageSize)
    record.dictionary = segment.offset
    record.gramCount = dictionary.count / 2
    try segment.append(dictionary)
    record.dictionaryTops = segment.offset
    try segment.append(
      stride(from: 0, to: dictionary.count, by: 2 * SegmentLayout.dictionaryStep).map {
        dictionary[$0]
      })
    segment.add(record)
  }
}

/// An open table from the hashes of texts to their numbers: the number in the low bits of a slot,
/// one more so that 0 is empty, and as many bits of the hash above as there is room for.
enum ExactTable {
  static func hash(_ key: UnsafeBufferPointer<UInt8>) -> UInt32 {
    UInt32(truncatingIfNeeded: textHash(key))
  }

  /// The table of texts with these hashes, and the logarithm of its size.
  static func slots(_ hashes: [UInt32]) -> (slots: [UInt32], log: Int) {
    // At least a quarter of the slots stay free, so that searches end soon.
    let log = max(3, Int.bitWidth - (hashes.count * 4 / 3 + 1).leadingZeroBitCount)
    let bits = numberBits(hashes.count)
    var slots = [UInt32](repeating: 0, count: 1 << log)
    for (number, hash) in hashes.enumerated() {
      var slot = first(hash, log)
      while slots[slot] != 0 { slot = (slot + 1) & (1 << log - 1) }
      slots[slot] = UInt32(number + 1) | tag(hash, bits)
    }
    return (slots, log)
  }

  /// How many bits the numbers of so many texts take.
  @inline(__always)
  static func numberBits(_ count: Int) -> UInt32 {
    UInt32(Int.bitWidth - (count + 1).leadingZeroBitCount)
  }

  @inline(__always)
  static func first(_ hash: UInt32, _ log: Int) -> Int { Int(hash >> UInt32(32 - log)) }

  @inline(__always)
  static func tag(_ hash: UInt32, _ bits: UInt32) -> UInt32 { bits >= 32 ? 0 : hash << bits }
}
