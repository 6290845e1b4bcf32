internal import Bitext

/// Where the parts of a memory segment stand.
///
/// First the shelves, one for each language tag, part after part; then, from a whole page on, a
/// 32-bit checksum of each page before, up to a whole page too; then one of each of these pages; then
/// the directory; last the trailer, whose checksum is of all from the second sums on. So a segment is
/// written from front to back, and opening it reads its end alone: a page is examined when it is
/// read first.
package enum SegmentLayout {
  /// "CNCDMEM1", in the order of bytes of the machine that wrote it: on another one it is foreign.
  static let magic: UInt64 = 0x314D_454D_4443_4E43
  /// Raised whenever the layout or the pieces of texts change.
  package static let version: UInt64 = 4
  /// What is examined at once, but for texts and what leads from hashes to them, which have sums of
  /// their own: searches read a few bytes here and there, and each page that they touch has to come
  /// from memory whole.
  static let pageSize = 1024
  /// Eight numbers of eight bytes: magic, version, size of the pages, size of the directory, first
  /// unit, last unit, count of units, checksum.
  static let trailerSize = 64
  /// Entries of a page of the dictionary of pieces, of sixteen bytes each: the piece, where its list
  /// begins, how many texts it has.
  static let dictionaryStep = pageSize / 16
  /// Texts that stand together, behind what leads to each of them, of so many bytes each.
  static let groupSize = 16
  static let headSize = 16
  /// A segment of more units or bytes than this is not merged with others, so that offsets fit four
  /// bytes.
  static let (unitLimit, sizeLimit) = (16_000_000, 4_000_000_000)

  /// How many pages the sums of so many pages take.
  static func sumPageCount(_ pages: Int) -> Int { (pages * 4 + pageSize - 1) / pageSize }
}

/// What the directory says of a shelf: the texts of one language tag, shorter ones first.
struct ShelfRecord {
  var language = ""
  /// How many texts.
  var count = 0
  /// How many texts the shelves before have: across shelves, numbers go on.
  var firstText = 0
  /// Bytes from the start of the segment.
  var symbols = 0
  /// Group after group: for each of its texts four bytes that say where it ends in the group, four
  /// for its unit less the segment's first, doubled, and 1 for its target, four for the number of the
  /// unit's other text, across shelves, and four for the sum of these two and the text; then the texts.
  /// Each is the count of its codes, seven bits a byte, the codes of its key, and what it has that the
  /// key lacks (``TextSpelling``).
  var texts = 0
  var textSize = 0
  /// Four bytes each: where a group begins.
  var groups = 0
  /// Eight bytes each: a length in code points and the first text that has it.
  var lengths = 0
  var lengthCount = 0
  /// An ``ExactTable``.
  var exact = 0
  var exactLines = 0
  var postings = 0
  var postingSize = 0
  /// A multiple of the page size.
  var dictionary = 0
  var gramCount = 0
  /// Eight bytes for each page of the dictionary: its first piece.
  var dictionaryTops = 0
  /// A bit for each side that some text is of.
  var sides = 0

  static let numberCount = 16

  var numbers: [UInt64] {
    [
      count, symbols, texts, textSize, groups, lengths, lengthCount, exact, exactLines, postings,
      postingSize, dictionary, gramCount, dictionaryTops, firstText, sides,
    ].map { UInt64($0) }
  }

  var groupCount: Int { (count + SegmentLayout.groupSize - 1) / SegmentLayout.groupSize }

  init() {}

  /// - Returns: `nil` where the parts do not lie within the pages.
  init?(language: String, numbers: [Int], size: Int) {
    guard numbers.count == Self.numberCount, numbers.allSatisfy({ 0...size ~= $0 }) else {
      return nil
    }
    self.language = language
    (count, symbols, texts, textSize) = (numbers[0], numbers[1], numbers[2], numbers[3])
    (groups, lengths, lengthCount) = (numbers[4], numbers[5], numbers[6])
    (exact, exactLines, postings) = (numbers[7], numbers[8], numbers[9])
    (postingSize, dictionary, gramCount) = (numbers[10], numbers[11], numbers[12])
    (dictionaryTops, firstText, sides) = (numbers[13], numbers[14], numbers[15])
    let ends = [
      symbols + SymbolTable.storedSize, texts + textSize, groups + groupCount * 4,
      lengths + lengthCount * 8, exact + exactLines * ExactTable.lineSize,
      postings + postingSize,
      dictionary + gramCount * 16,
      dictionaryTops
        + (gramCount + SegmentLayout.dictionaryStep - 1) / SegmentLayout.dictionaryStep * 8,
    ]
    guard exactLines > 0, ends.allSatisfy({ $0 <= size }) else { return nil }
  }
}

extension UnitSide {
  /// The side that what a segment calls a unit's side names.
  @inline(__always)
  init(ofReference reference: UInt32) { self = reference & 1 == 0 ? .source : .target }

  /// In what a segment calls a unit's side, and among the sides of a shelf.
  @inline(__always)
  var number: UInt32 { self == .source ? 0 : 1 }
  @inline(__always)
  var bit: Int { 1 << number }
}
