/// The shelves of one language that become one.
struct MergedShelf {
  let language: String
  /// How many texts the merged shelves before have.
  let firstText: Int
  var parts: [ShelfPart]
  /// For each text of the merged shelf the part that it comes from.
  private(set) var order: [UInt16] = []
  /// How many of them are sources.
  private(set) var sourceCount = 0

  /// Texts that are numbered before what was read of the segments is given back.
  private static let keptTexts = 1 << 20

  init(_ language: String, firstText: Int, _ parts: [ShelfPart]) {
    self.language = language
    self.firstText = firstText
    self.parts = parts
  }

  /// That of the part with the most texts.
  var table: SymbolTable? {
    parts.max { $0.reader.shelf.count < $1.reader.shelf.count }?.reader.shelf.table
  }

  /// Gives the living texts their numbers, and calls `release` now and then.
  mutating func numberTexts(_ release: () -> Void) throws {
    order.reserveCapacity(parts.reduce(0) { $0 + $1.reader.shelf.count })
    while let length = parts.compactMap(\.nextLength).min() {
      for index in parts.indices { try parts[index].begin(length: length) }
      // Of one length the texts stand in the order of their units.
      while let index = parts.indices.min(by: { parts[$0].reference < parts[$1].reference }),
        parts[index].reference != ShelfPart.none
      {
        let reference = parts[index].reference
        guard try parts[index].numberText(UInt32(order.count)) else { continue }
        if reference & 1 == 0 { sourceCount += 1 }
        order.append(UInt16(index))
        if order.count % Self.keptTexts == 0 { release() }
      }
    }
  }
}

/// Knows for each text of the segments its number in the merged one.
struct PartnerNumbers {
  private struct Shelf {
    /// As the segment numbers texts across its shelves.
    var texts: Range<Int>
    /// How many texts the merged shelves before have.
    var firstText: Int
    var numbers: [UInt32]
  }

  /// Of each segment.
  private var shelves: [[Shelf]] = []

  init(_ merged: [MergedShelf]) {
    for shelf in merged {
      for part in shelf.parts {
        while shelves.count <= part.source { shelves.append([]) }
        let first = part.reader.shelf.record.firstText
        shelves[part.source].append(
          Shelf(
            texts: first..<first + part.reader.shelf.count, firstText: shelf.firstText,
            numbers: part.numbers))
      }
    }
  }

  /// - Returns: `nil` for a text that is not there, or dead.
  func number(of text: UInt32, in source: Int) -> UInt32? {
    for shelf in shelves[source] where shelf.texts.contains(Int(text)) {
      let number = shelf.numbers[Int(text) - shelf.texts.lowerBound]
      return number == ShelfPart.none ? nil : UInt32(shelf.firstText) + number
    }
    return nil
  }
}
