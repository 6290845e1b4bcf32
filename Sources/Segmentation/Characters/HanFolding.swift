internal import CICU

/// The simplified and traditional forms of single ideographs, by ICU's Hans/Hant transliteration.
///
/// A character with several counterparts (后: 後, 后) folds to one of them: good for keys, wrong for
/// converting text.
enum HanFolding {
  /// The simplified form of an ideograph; other scalars stay as they are.
  static func simplified(_ scalar: UInt32) -> UInt32 { look(up: scalar, in: toSimplified) }

  /// The traditional form of an ideograph; other scalars stay as they are.
  static func traditional(_ scalar: UInt32) -> UInt32 { look(up: scalar, in: toTraditional) }

  private static let first: UInt32 = 0x4E00
  private static let size = 0x5200
  // Some 20 ms each, spent when the first Chinese key is made.
  static let toSimplified = table(simplified: true)
  private static let toTraditional = table(simplified: false)

  @inline(__always)
  static func look(up scalar: UInt32, in table: [UInt16]) -> UInt32 {
    let index = Int(scalar) - Int(first)
    return 0..<table.count ~= index ? UInt32(table[index]) : scalar
  }

  private static func table(simplified: Bool) -> [UInt16] {
    var table = [UInt16](repeating: 0, count: size)
    let status = table.withUnsafeMutableBufferPointer {
      concord_icu_han_table(simplified ? 1 : 0, $0.baseAddress)
    }
    // Without ICU's data every character stands for itself.
    return status > 0 ? [] : table.indices.map { settled(UInt16(Int(first) + $0), in: table) }
  }

  /// Follows 薴 to 苧 and that to 苎, of which each is the other's form, down to the first of those
  /// that lead to one another.
  private static func settled(_ scalar: UInt16, in table: [UInt16]) -> UInt16 {
    func next(_ scalar: UInt16) -> UInt16 { table[Int(scalar) - Int(first)] }
    var last = scalar
    // Longer than any chain in ICU's tables.
    for _ in 0..<4 { last = next(last) }
    var least = last
    var other = next(last)
    while other != last {
      least = min(least, other)
      other = next(other)
    }
    return least
  }
}
