/// Where the parts of a memory segment stand.
///
/// First the shelves, one for each language tag, part after part; then, from a whole page on, a
/// 32-bit checksum of each page before; then the directory; last the trailer, whose checksum is of
/// both. So a segment is written from front to back, and opening it reads its end alone: a page is
/// examined when it is read first.
package enum SegmentLayout {
  /// "CNCDMEM1", in the order of bytes of the machine that wrote it: on another one it is foreign.
  static let magic: UInt64 = 0x314D_454D_4443_4E43
  /// Raised whenever the layout or the pieces of texts change.
  package static let version: UInt64 = 1
  static let pageSize = 4096
  /// Eight numbers of eight bytes: magic, version, size of the pages, size of the directory, first
  /// unit, last unit, count of units, checksum.
  static let trailerSize = 64
  /// Entries of a page of the dictionary of pieces, of sixteen bytes each: the piece, where its list
  /// begins, how many texts it has.
  static let dictionaryStep = pageSize / 16
  /// A segment larger than this is not merged with others, so that offsets fit four bytes.
  static let unitLimit = 16_000_000
}

/// What the directory says of a shelf: the texts of one language tag, shorter ones first.
struct ShelfRecord {
  var language = ""
  /// How many texts.
  var count = 0
  /// Bytes from the start of the segment.
  var symbols = 0
  var keys = 0
  var keySize = 0
  /// Four bytes a text and one more: where its codes begin.
  var keyOffsets = 0
  /// Four bytes a text: the unit less the segment's first, doubled, and 1 for its target.
  var references = 0
  /// Eight bytes each: a length in code points and the first text that has it.
  var lengths = 0
  var lengthCount = 0
  /// Four bytes a slot.
  var exact = 0
  var exactLog = 0
  var postings = 0
  var postingSize = 0
  /// A multiple of the page size.
  var dictionary = 0
  var gramCount = 0
  /// Eight bytes for each page of the dictionary: its first piece.
  var dictionaryTops = 0

  static let numberCount = 15

  var numbers: [UInt64] {
    [
      count, symbols, keys, keySize, keyOffsets, references, lengths, lengthCount, exact, exactLog,
      postings, postingSize, dictionary, gramCount, dictionaryTops,
    ].map { UInt64($0) }
  }

  init() {}

  /// - Returns: `nil` where the parts do not lie within the pages.
  init?(language: String, numbers: [Int], size: Int) {
    guard numbers.count == Self.numberCount, numbers.allSatisfy({ 0...size ~= $0 }) else {
      return nil
    }
    self.language = language
    (count, symbols, keys, keySize) = (numbers[0], numbers[1], numbers[2], numbers[3])
    (keyOffsets, references, lengths) = (numbers[4], numbers[5], numbers[6])
    (lengthCount, exact, exactLog, postings) = (numbers[7], numbers[8], numbers[9], numbers[10])
    (postingSize, dictionary, gramCount) = (numbers[11], numbers[12], numbers[13])
    dictionaryTops = numbers[14]
    let ends = [
      symbols + SymbolTable.storedSize, keys + keySize, keyOffsets + (count + 1) * 4,
      references + count * 4, lengths + lengthCount * 8, postings + postingSize,
      dictionary + gramCount * 16,
      dictionaryTops
        + (gramCount + SegmentLayout.dictionaryStep - 1) / SegmentLayout.dictionaryStep * 8,
    ]
    guard exactLog < 32, exact + 4 << exactLog <= size, ends.allSatisfy({ $0 <= size }) else {
      return nil
    }
  }
}
