/// The ideographs with which a number or date can begin, one bit each.
struct Beginners: Sendable {
  private var bits = [UInt64](repeating: 0, count: 0x5200 / 64)

  func contains(_ scalar: UInt32) -> Bool {
    let index = Int(scalar) - 0x4E00
    return index >= 0 && index < 0x5200 && bits[index >> 6] >> (index & 63) & 1 != 0
  }

  static let table: Beginners = {
    var table = Beginners()
    for index in 0..<0x5200 where ChineseNumerals.isNumeral(UInt32(0x4E00 + index)) {
      table.bits[index >> 6] |= 1 << (index & 63)
    }
    for scalar in "半星周週礼禮上下首翻".unicodeScalars {
      let index = Int(scalar.value) - 0x4E00
      table.bits[index >> 6] |= 1 << (index & 63)
    }
    return table
  }()
}
