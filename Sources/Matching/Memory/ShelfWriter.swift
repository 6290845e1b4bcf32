internal import Bitext

/// Writes a shelf into a segment: all texts, shorter ones first, then all pieces, ascending.
struct ShelfWriter {
  private var record = ShelfRecord()
  private let table: SymbolTable
  /// Of the group that is gathered: what leads to its texts, and they themselves.
  private var heads: [UInt32] = []
  private var group: [UInt8] = []
  /// The codes of one text.
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

  /// - Parameters:
  ///   - language: the tag.
  ///   - table: shortens the keys.
  ///   - firstText: how many texts the shelves before have.
  ///   - segment: takes the shelf.
  /// - Throws: what writing throws.
  init(
    _ language: String, _ table: SymbolTable, firstText: Int, into segment: inout SegmentWriter
  ) throws {
    self.table = table
    record.language = language
    record.firstText = firstText
    try segment.align(to: 8)
    record.symbols = segment.offset
    try segment.append(table.stored)
    try segment.align(to: 8)
    record.texts = segment.offset
  }

  // MARK: Texts

  /// What leads to a text, and the length of its key in code points: none is shorter than the one
  /// before.
  struct Head {
    var length: Int
    var reference: UInt32
    var partner: UInt32
  }

  /// Adds a text with its match key and the steps from that to the text.
  mutating func add(
    _ key: UnsafeBufferPointer<UInt8>, _ steps: UnsafeRawBufferPointer, _ head: Head,
    into segment: inout SegmentWriter
  ) throws {
    codes.removeAll(keepingCapacity: true)
    table.encode(key, to: &codes)
    let start = group.count
    StoredText.append(codeCount: codes.count, to: &group)
    group += codes
    group.append(contentsOf: steps)
    try endText(head, from: start, ExactTable.hash(key), &segment)
  }

  /// Adds a text as another segment with the same table has it.
  mutating func add(
    _ stored: StoredText, hash: UInt32, _ head: Head, into segment: inout SegmentWriter
  ) throws {
    let start = group.count
    group.append(contentsOf: stored.bytes)
    try endText(head, from: start, hash, &segment)
  }

  private mutating func endText(
    _ head: Head, from start: Int, _ hash: UInt32, _ segment: inout SegmentWriter
  ) throws {
    if lengths.isEmpty || lengths[lengths.count - 2] != UInt32(head.length) {
      lengths += [UInt32(head.length), UInt32(textCount)]
    }
    let sum = group.withUnsafeBytes { group in
      StoredText.sum(
        UnsafeRawBufferPointer(rebasing: group[start...]), head.reference, head.partner)
    }
    heads += [UInt32(group.count), head.reference, head.partner, sum]
    record.sides |= UnitSide(ofReference: head.reference).bit
    hashes.append(hash)
    textCount += 1
    guard heads.count * 4 == SegmentLayout.groupSize * SegmentLayout.headSize else { return }
    endGroup(segment)
    if texts.count >= Self.gathered { try writeTexts(&segment) }
  }

  private mutating func endGroup(_ segment: SegmentWriter) {
    guard !heads.isEmpty else { return }
    groups.append(UInt32(segment.offset - record.texts + texts.count))
    // Ends count from where the group begins.
    for index in stride(from: 0, to: heads.count, by: SegmentLayout.headSize / 4) {
      heads[index] += UInt32(heads.count * 4)
    }
    heads.withUnsafeBytes { texts.append(contentsOf: $0) }
    texts += group
    heads.removeAll(keepingCapacity: true)
    group.removeAll(keepingCapacity: true)
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
    try segment.align(to: ExactTable.lineSize)
    record.exact = try part(ExactTable.lines(hashes))
    record.exactLines = ExactTable.lineCount(hashes.count)
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
