/// The simplified and traditional forms of single ideographs, by ICU's Hans/Hant transliteration.
///
/// A character with several counterparts (后: 後, 后) folds to one of them: good for keys, wrong for
/// converting text. What ICU says is built in, since asking it takes longer than most commands do;
/// a test asks it again.
enum HanFolding {
  /// The simplified form of an ideograph; other scalars stay as they are.
  static func simplified(_ scalar: UInt32) -> UInt32 { look(up: scalar, in: toSimplified) }

  /// The traditional form of an ideograph; other scalars stay as they are.
  static func traditional(_ scalar: UInt32) -> UInt32 { look(up: scalar, in: toTraditional) }

  private static let first: UInt32 = 0x4E00
  private static let size = 0x5200
  static let toSimplified = table { table in
    replace(HanFoldingTable.exchanged, from: 1, to: 0, in: &table)
    replace(HanFoldingTable.simplified, from: 0, to: 1, in: &table)
  }
  private static let toTraditional = table { table in
    replace(HanFoldingTable.exchanged, from: 0, to: 1, in: &table)
    replace(HanFoldingTable.traditional, from: 0, to: 1, in: &table)
  }

  @inline(__always)
  static func look(up scalar: UInt32, in table: [UInt16]) -> UInt32 {
    let index = Int(scalar) - Int(first)
    return 0..<table.count ~= index ? UInt32(table[index]) : scalar
  }

  /// A table in which every character stands for itself, but for what `change` does.
  private static func table(_ change: (inout [UInt16]) -> Void) -> [UInt16] {
    var table = (0..<size).map { UInt16(truncatingIfNeeded: Int(first) + $0) }
    change(&table)
    return table
  }

  /// Puts one character of each pair in the place of the other.
  private static func replace(
    _ pairs: StaticString, from old: Int, to new: Int, in table: inout [UInt16]
  ) {
    var pair: [UInt32] = []
    let text = UnsafeBufferPointer(start: pairs.utf8Start, count: pairs.utf8CodeUnitCount)
    var index = 0
    while index < text.count {
      let (scalar, length) = text.span.scalar(at: index)
      index += length
      // Lines end between the pairs.
      guard scalar >= first else { continue }
      pair.append(scalar)
      guard pair.count == 2 else { continue }
      table[Int(pair[old] - first)] = UInt16(truncatingIfNeeded: pair[new])
      pair.removeAll(keepingCapacity: true)
    }
  }
}
