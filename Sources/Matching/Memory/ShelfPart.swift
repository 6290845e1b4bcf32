internal import Bitext

/// How far one shelf has been merged.
struct ShelfPart {
  var reader: ShelfReader
  /// The number of its segment.
  let source: Int
  let dead: [Int64]
  /// What units are numbered less here than in the merged segment.
  let offset: Int64
  let segmentFirst: Int64
  var isOfTable = false
  private var text = 0
  private var length: Int?
  private var gram = 0
  private var gramValue: UInt64?
  /// For each text its number in the merged shelf; none for one that is dead.
  private(set) var numbers: [UInt32] = []

  /// The text that is handed over next, as the merged segment calls its unit's side.
  private(set) var reference = none
  private var end = 0

  static let none = UInt32.max

  init(
    reader: ShelfReader, source: Int, dead: [Int64], offset: Int64, segmentFirst: Int64
  ) throws {
    self.reader = reader
    self.source = source
    self.dead = dead
    self.offset = offset
    self.segmentFirst = segmentFirst
    length = reader.shelf.count > 0 ? reader.length(of: 0) : nil
    gramValue = try self.reader.gram(at: 0)
    numbers.reserveCapacity(reader.shelf.count)
  }

  var nextLength: Int? { length }
  var nextGram: UInt64? { gramValue }

  /// Gets ready to number the texts of a length.
  mutating func begin(length: Int) throws {
    end = length == self.length ? reader.texts(of: length...length).upperBound : text
    try readReference()
  }

  private mutating func readReference() throws {
    reference =
      text < end ? try reader.links(text).reference + UInt32(offset) << 1 : Self.none
  }

  /// Numbers the next text.
  ///
  /// - Returns: whether it is still alive, and so has the number.
  mutating func numberText(_ number: UInt32) throws -> Bool {
    let lives = dead.isEmpty || !isDead(segmentFirst - offset + Int64(reference >> 1))
    numbers.append(lives ? number : Self.none)
    text += 1
    if text == end { length = end < reader.shelf.count ? reader.length(of: end) : nil }
    try readReference()
    return lives
  }

  private func isDead(_ unit: Int64) -> Bool { dead.containsSorted(unit) }

  /// Goes back to the first text.
  mutating func startOver() {
    text = 0
    end = 0
    length = nil
  }

  /// Hands over the next living text.
  mutating func moveText(
    _ partners: PartnerNumbers, to shelf: inout ShelfWriter, _ writer: inout SegmentWriter
  ) throws {
    while numbers[text] == Self.none { text += 1 }
    if text >= end {
      let length = reader.length(of: text)
      self.length = length
      end = reader.texts(of: length...length).upperBound
    }
    let stored = try reader.stored(text)
    guard let partner = partners.number(of: stored.partner, in: source) else {
      throw reader.damage
    }
    let head = ShelfWriter.Head(
      length: length ?? 0, reference: stored.reference + UInt32(offset) << 1, partner: partner)
    let hash = try reader.withKey(text) { key in
      if !isOfTable { try shelf.add(key, stored.steps, head, into: &writer) }
      return ExactTable.hash(key)
    }
    if isOfTable { try shelf.add(stored, hash: hash, head, into: &writer) }
    text += 1
  }

  /// Hands over the texts of the next piece.
  mutating func moveList(to merging: inout ListMerging) throws {
    let list = try reader.list(ofGram: gram, in: 0..<UInt32.max)
    merging.begin()
    numbers.withUnsafeBufferPointer { numbers in
      list.forEach { text in
        guard Int(text) < numbers.count, numbers[Int(text)] != Self.none else { return }
        merging.add(numbers[Int(text)])
      }
    }
    gram += 1
    gramValue = try reader.gram(at: gram)
  }
}
