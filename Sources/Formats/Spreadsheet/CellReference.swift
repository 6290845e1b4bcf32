/// A place in a sheet, such as `C5`.
struct CellReference: Hashable {
  /// From 0.
  var column: Int
  /// From 1, as people count rows.
  var row: Int

  /// What a sheet can hold (ECMA-376, part 1, section 18.2.27, and Excel's own limits).
  static let columns = 16_384
  static let rows = 1_048_576

  /// Reads a reference, with or without the dollar signs of a fixed one.
  ///
  /// - Returns: `nil` for what is none, or lies beyond any sheet.
  init?(_ text: some StringProtocol) {
    var column = 0
    var row = 0
    var isInRow = false
    for byte in text.utf8 where byte != 0x24 {
      switch byte {
      case 0x41...0x5A where !isInRow: column = column * 26 + Int(byte) - 0x40
      case 0x30...0x39:
        isInRow = true
        row = row * 10 + Int(byte) - 0x30
      default: return nil
      }
      guard column <= Self.columns, row <= Self.rows else { return nil }
    }
    guard column > 0, row > 0 else { return nil }
    self.column = column - 1
    self.row = row
  }

  init(column: Int, row: Int) {
    self.column = column
    self.row = row
  }

  /// The letters of the column, and the row.
  var name: String { Self.letters(of: column) + String(row) }

  /// The letters of a column: `A` to `XFD`.
  static func letters(of column: Int) -> String {
    var letters: [UInt8] = []
    var left = column + 1
    while left > 0 {
      letters.append(UInt8(0x41 + (left - 1) % 26))
      left = (left - 1) / 26
    }
    return String(decoding: letters.reversed(), as: UTF8.self)
  }
}

/// Cells from one corner to the other, such as `A2:A5`.
struct CellRange: Hashable {
  var first: CellReference
  var last: CellReference

  init?(_ text: String) {
    let corners = text.split(separator: ":").compactMap { CellReference($0) }
    guard let first = corners.first, let last = corners.last, first.column <= last.column,
      first.row <= last.row
    else { return nil }
    self.first = first
    self.last = last
  }
}
