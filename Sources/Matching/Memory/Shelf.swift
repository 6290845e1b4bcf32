#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif
internal import Bitext

/// The texts of one language tag in a segment, by number: shorter ones first, and of one length in
/// the order of their units.
final class Shelf: @unchecked Sendable {
  let language: String
  let record: ShelfRecord
  let count: Int
  let base: UnsafeRawPointer
  var file: String { pages.file }
  private let pages: SegmentPages
  /// A bit for each text whose sum was right.
  let examinedTexts: SharedBits
  /// Made anew each time.
  var table: SymbolTable { SymbolTable(stored: base + record.symbols) }

  init(_ record: ShelfRecord, _ pages: SegmentPages) {
    language = record.language
    self.record = record
    count = record.count
    base = pages.base
    self.pages = pages
    examinedTexts = SharedBits(count: record.count)
  }
}

/// Reads a shelf for one task: what it returns was examined. A class, so that who reads does not count
/// references for each of its parts.
final class ShelfReader {
  let shelf: Shelf
  private let record: ShelfRecord
  private let base: UnsafeRawPointer
  private let table: SymbolTable
  private let exact: ExactTable
  private let examined: ExaminedPages
  private let examinedTexts: SharedBits

  init(_ shelf: Shelf, _ examined: ExaminedPages) throws {
    self.shelf = shelf
    record = shelf.record
    base = shelf.base
    exact = ExactTable(record, base)
    self.examined = examined
    examinedTexts = shelf.examinedTexts
    try examined.need(record.symbols, SymbolTable.storedSize)
    table = shelf.table
    // Small, and all of it is searched again and again.
    try examined.need(record.lengths, record.lengthCount * 8)
    try examined.need(record.dictionaryTops, topCount * 8)
  }

  var hints: TextHints { TextHints(record, base, examinedTexts.words) }

  /// For what cannot be in a segment that was written as it should be.
  var damage: Trouble { SegmentPages.damaged(shelf.file) }

  // MARK: Texts

  /// Where a text and what leads to it stand.
  private struct TextPlace {
    var head: UnsafeRawPointer
    var bytes: UnsafeRawBufferPointer

    @inline(__always)
    func number(_ index: Int) -> UInt32 {
      head.loadUnaligned(fromByteOffset: 4 * index, as: UInt32.self)
    }
  }

  /// - Throws: `Trouble` where the text is not what was written.
  @inline(__always)
  private func place(of text: Int) throws -> TextPlace {
    guard text < record.count else { throw damage }
    let first = text & -SegmentLayout.groupSize
    let offset = record.groups + first / SegmentLayout.groupSize * 4
    try examined.need(offset, 4)
    let group = Int(base.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
    let size = min(SegmentLayout.groupSize, record.count - first) * SegmentLayout.headSize
    guard group + size <= record.textSize else { throw damage }
    let head = base + record.texts + group + (text - first) * SegmentLayout.headSize
    let end = Int(head.loadUnaligned(as: UInt32.self))
    let start =
      text == first
      ? size
      : Int(
        (head - SegmentLayout.headSize).loadUnaligned(as: UInt32.self))
    guard start < end, group + end <= record.textSize else { throw damage }
    let place = TextPlace(
      head: head,
      bytes: UnsafeRawBufferPointer(
        start: base + record.texts + group + start, count: end - start))
    if !examinedTexts.contains(text) { try examine(text, place) }
    return place
  }

  private func examine(_ text: Int, _ place: TextPlace) throws {
    guard StoredText.sum(place.bytes, place.number(1), place.number(2)) == place.number(3) else {
      throw damage
    }
    examinedTexts.insert(text)
  }

  /// What the segment calls a unit's side, and the number of the unit's other text.
  @inline(__always)
  func links(_ text: Int) throws -> (reference: UInt32, partner: UInt32) {
    let place = try place(of: text)
    return (place.number(1), place.number(2))
  }

  /// All that is kept of a text.
  @inline(__always)
  func stored(_ text: Int) throws -> StoredText {
    let place = try place(of: text)
    let stored = StoredText(
      place.bytes, reference: place.number(1), partner: place.number(2))
    guard let stored else { throw damage }
    return stored
  }

  /// The codes of a text's key.
  @inline(__always)
  func codes(_ text: Int) throws -> UnsafeRawBufferPointer { try stored(text).codes }

  /// The key of a text, in UTF-8: it holds until the next one is put into the room.
  @inline(__always)
  func key(of stored: StoredText, into room: TextRoom) -> UnsafeRawBufferPointer {
    let codes = stored.codes
    let memory = room.start(
      for: codes.count * SymbolTable.longest + TextSpelling.copiedAtOnce)
    guard let start = codes.baseAddress else {
      return UnsafeRawBufferPointer(start: memory, count: 0)
    }
    return UnsafeRawBufferPointer(
      start: memory, count: table.decode(start, count: codes.count, into: memory))
  }

  /// Calls `body` with a text's match key, in UTF-8.
  @inline(__always)
  func withKey<Result>(
    _ text: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
  ) throws -> Result {
    let codes = try codes(text)
    let table = table
    return try withUnsafeTemporaryAllocation(
      byteCount: codes.count * SymbolTable.longest + 8, alignment: 8
    ) { room in
      guard let start = codes.baseAddress, let end = room.baseAddress else {
        return try body(UnsafeBufferPointer(start: nil, count: 0))
      }
      let count = table.decode(start, count: codes.count, into: end)
      return try body(
        UnsafeBufferPointer(start: end.assumingMemoryBound(to: UInt8.self), count: count))
    }
  }

  /// The texts that have so many code points.
  struct TextsOfLength {
    var length = 0
    var texts = 0..<0
  }

  /// The texts that are as long as one.
  func textsAsLong(as text: Int) -> TextsOfLength {
    var (low, high) = (0, record.lengthCount)
    while low < high {
      let middle = (low + high) / 2
      if lengthEntry(middle).first <= text { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return TextsOfLength(texts: text..<text + 1) }
    let (length, first) = lengthEntry(low - 1)
    let end = low < record.lengthCount ? lengthEntry(low).first : record.count
    return TextsOfLength(length: length, texts: first..<max(first, end))
  }

  /// How many code points a text has.
  func length(of text: Int) -> Int { textsAsLong(as: text).length }

  /// The texts of these lengths, in code points.
  func texts(of lengths: ClosedRange<Int>) -> Range<Int> {
    let start = firstText(notShorterThan: lengths.lowerBound)
    return start..<max(start, firstText(notShorterThan: lengths.upperBound + 1))
  }

  private func firstText(notShorterThan length: Int) -> Int {
    var (low, high) = (0, record.lengthCount)
    while low < high {
      let middle = (low + high) / 2
      if lengthEntry(middle).length < length { low = middle + 1 } else { high = middle }
    }
    return low < record.lengthCount ? lengthEntry(low).first : record.count
  }

  private func lengthEntry(_ index: Int) -> (length: Int, first: Int) {
    let entry = base.loadUnaligned(fromByteOffset: record.lengths + index * 8, as: UInt64.self)
    return (Int(entry & 0xFFFF_FFFF), Int(entry >> 32))
  }

  // MARK: Exact texts

  /// Calls `body` with each text whose key is this one.
  func forEachText(
    withKey key: UnsafeBufferPointer<UInt8>, _ body: (Int) throws -> Void
  ) throws {
    try forEachText(hashed: ExactTable.hash(key)) { text in
      if try withKey(text, { $0.isSame(as: key) }) { try body(text) }
    }
  }

  /// Calls `body` with each text whose key may have a hash.
  @inline(__always)
  func forEachText(hashed hash: UInt32, _ body: (Int) throws -> Void) throws {
    guard try exact.forEachText(hashed: hash, body) else { throw damage }
  }

  // MARK: Pieces

  private var topCount: Int {
    (record.gramCount + SegmentLayout.dictionaryStep - 1) / SegmentLayout.dictionaryStep
  }

  @inline(__always)
  private func top(_ index: Int) -> UInt64 {
    base.loadUnaligned(fromByteOffset: record.dictionaryTops + index * 8, as: UInt64.self)
  }

  @inline(__always)
  private func gram(_ index: Int) -> UInt64 {
    base.loadUnaligned(fromByteOffset: record.dictionary + index * 16, as: UInt64.self)
  }

  /// The first piece that is not smaller.
  func firstGram(notBelow gram: UInt64) throws -> Int {
    var (low, high) = (0, topCount)
    while low < high {
      let middle = (low + high) / 2
      if top(middle) <= gram { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return 0 }
    let start = (low - 1) * SegmentLayout.dictionaryStep
    var (first, end) = (start, min(start + SegmentLayout.dictionaryStep, record.gramCount))
    try examined.need(record.dictionary + first * 16, (end - first) * 16)
    while first < end {
      let middle = (first + end) / 2
      if self.gram(middle) < gram { first = middle + 1 } else { end = middle }
    }
    return first
  }

  /// The number of a piece; `nil` when no text has it.
  func index(of gram: UInt64) throws -> Int? {
    let index = try firstGram(notBelow: gram)
    guard index < record.gramCount else { return nil }
    try examined.need(record.dictionary + index * 16, 16)
    return self.gram(index) == gram ? index : nil
  }

  /// A piece by its number; `nil` behind the last one.
  func gram(at index: Int) throws -> UInt64? {
    guard index < record.gramCount else { return nil }
    try examined.need(record.dictionary + index * 16, 16)
    return gram(index)
  }

  /// How many texts have a piece.
  func textCount(ofGram index: Int) throws -> Int {
    try examined.need(record.dictionary + index * 16, 16)
    return listPlace(index).count
  }

  @inline(__always)
  private func listPlace(_ index: Int) -> (offset: Int, count: Int) {
    let value = base.loadUnaligned(
      fromByteOffset: record.dictionary + index * 16 + 8, as: UInt64.self)
    return (Int(value & 0xFFFF_FFFF), Int(value >> 32))
  }

  /// The list of a piece, as much of it as may hold numbers of a range: examined.
  func list(ofGram index: Int, in range: Range<UInt32>) throws -> GramList {
    let list = try unexaminedList(ofGram: index, in: range)
    if !list.blocks.isEmpty { try examined.need(list.bytes(ofBlocks: list.blocks)) }
    return list
  }

  /// The same for who examines the blocks of a long list as they are read.
  private func unexaminedList(ofGram index: Int, in range: Range<UInt32>) throws -> GramList {
    let isLast = index + 1 == record.gramCount
    try examined.need(record.dictionary + index * 16, isLast ? 16 : 32)
    let (offset, count) = listPlace(index)
    let end = isLast ? record.postingSize : listPlace(index + 1).offset
    guard offset <= end, end <= record.postingSize else { throw damage }
    let start = record.postings + offset
    let least = count > PostingList.blockSize ? PostingList.blockCount(count) * 8 : count
    guard least <= end - offset else { throw damage }
    guard count > PostingList.blockSize else {
      try examined.need(start, end - offset)
      return GramList(
        segment: base, start: start, size: end - offset, count: count, blocks: 0..<0, texts: range)
    }
    try examined.need(start, PostingList.blockCount(count) * 8)
    return GramList(
      segment: base, start: start, size: end - offset, count: count,
      blocks: PostingList.blocks(base + start, count: count, in: range), texts: range)
  }

  /// Goes through the texts below a number that have all of some pieces; the piece of the fewest texts
  /// comes first.
  func join(ofGrams grams: some Sequence<Int>, below end: UInt32) throws -> ListJoin {
    ListJoin(try grams.map { try unexaminedList(ofGram: $0, in: 0..<end) }, below: end, examined)
  }
}

/// The texts of one piece, those of a range of numbers.
struct GramList {
  let segment: UnsafeRawPointer
  /// Bytes from the start of the segment.
  let start: Int
  let size: Int
  let count: Int
  /// Empty for a short list.
  let blocks: Range<Int>
  let texts: Range<UInt32>

  var base: UnsafeRawPointer { segment + start }

  /// Where some blocks lie in the segment.
  @inline(__always)
  func bytes(ofBlocks blocks: Range<Int>) -> Range<Int> {
    func offset(_ block: Int) -> Int {
      Int(base.loadUnaligned(fromByteOffset: block * 8 + 4, as: UInt32.self))
    }
    let end = blocks.upperBound < PostingList.blockCount(count) ? offset(blocks.upperBound) : size
    let first = min(offset(blocks.lowerBound), size)
    return start + first..<start + max(first, min(end, size))
  }

  /// How many numbers are read, at the most.
  var cost: Int {
    count > PostingList.blockSize ? blocks.count * PostingList.blockSize : count
  }

  @inline(__always)
  func forEach(_ body: (UInt32) -> Void) {
    guard count > PostingList.blockSize else {
      PostingList.forEachShort(base, count: count, in: texts, body)
      return
    }
    for block in blocks { forEach(ofBlock: block, body) }
  }

  /// The first number of a block.
  @inline(__always)
  func first(ofBlock block: Int) -> Int {
    Int(base.loadUnaligned(fromByteOffset: block * 8, as: UInt32.self))
  }

  /// Writes the numbers of a block, as ``PostingList/read(_:block:count:into:)`` does.
  ///
  /// - Returns: how many there are; none where the block is not as it was written.
  @inline(__always)
  func read(block: Int, into room: UnsafeMutablePointer<UInt32>) -> Int {
    isSound(block) ? PostingList.read(base, block: block, count: count, into: room) : 0
  }

  /// Writes the numbers of a short list, and returns how many there are; none of a long one.
  func readShort(into room: UnsafeMutablePointer<UInt32>) -> Int {
    guard count <= PostingList.blockSize else { return 0 }
    var end = room
    forEach { number in
      end.pointee = number
      end += 1
    }
    return end - room
  }

  /// Whether all that a block says of itself lies within the list: even a sum can be right by chance.
  @inline(__always)
  private func isSound(_ block: Int) -> Bool {
    let offset = Int(base.loadUnaligned(fromByteOffset: block * 8 + 4, as: UInt32.self))
    guard offset < size else { return false }
    let width = Int(base.load(fromByteOffset: offset, as: UInt8.self))
    let numbers = min(PostingList.blockSize, count - block * PostingList.blockSize)
    return width <= 32 && offset * 8 + 8 + (numbers - 1) * width <= size * 8
  }

  @inline(__always)
  private func forEach(ofBlock block: Int, _ body: (UInt32) -> Void) {
    guard isSound(block) else { return }
    if block == blocks.lowerBound || block + 1 == blocks.upperBound {
      PostingList.forEach(base, block: block, count: count) { if texts.contains($0) { body($0) } }
    } else {
      PostingList.forEach(base, block: block, count: count, body)
    }
  }
}

extension UnsafeRawBufferPointer {
  /// Whether both hold the same bytes.
  @inline(__always)
  func isSame(as other: UnsafeBufferPointer<UInt8>) -> Bool {
    assumingMemoryBound(to: UInt8.self).isSame(as: other)
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Whether both hold the same bytes.
  @inline(__always)
  func isSame(as other: Self) -> Bool {
    guard count == other.count else { return false }
    guard let left = baseAddress, let right = other.baseAddress else { return true }
    return memcmp(left, right, count) == 0
  }
}
