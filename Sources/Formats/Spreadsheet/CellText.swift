/// Characters that XML cannot hold, as workbooks write them: `_x000D_` is a carriage return, and
/// `_x005F_` the underscore of what would otherwise be read so (ECMA-376, part 1, section
/// 22.4.2.4).
enum CellText {
  /// The text that a cell stands for.
  static func decoded(_ text: String) -> String {
    guard text.utf8.contains(0x5F) else { return text }
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if let value = code(bytes, at: index) {
        // Half of a pair is no character; it is kept as it is written.
        if let scalar = Unicode.Scalar(value) {
          result += String(Character(scalar)).utf8
        } else {
          result += bytes[index..<index + length]
        }
        index += length
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// The text as a cell holds it, for ``decoded(_:)`` to read back.
  static func encoded(_ text: String) -> String {
    let bytes = Array(text.utf8)
    let needsWork = bytes.contains { $0 == 0x5F || $0 < 0x20 || $0 == 0xEF }
    guard needsWork else { return text }
    var result = ""
    var index = 0
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x09, 0x0A: result.unicodeScalars.append(scalar)
      case 0..<0x20, 0xFFFE, 0xFFFF: result += code(of: scalar.value)
      // Whatever follows: a control character would bring the underscore that is missing.
      case 0x5F where digits(bytes, at: index) != nil: result += code(of: 0x5F)
      default: result.unicodeScalars.append(scalar)
      }
      index += UTF8.width(scalar)
    }
    return result
  }

  /// How long `_xHHHH_` is.
  private static let length = 7

  private static func code(_ bytes: [UInt8], at index: Int) -> UInt32? {
    guard index + length <= bytes.count, bytes[index + length - 1] == 0x5F else { return nil }
    return digits(bytes, at: index)
  }

  /// The number of `_xHHHH` at an index.
  private static func digits(_ bytes: [UInt8], at index: Int) -> UInt32? {
    guard index + length - 1 <= bytes.count, bytes[index] == 0x5F, bytes[index + 1] == 0x78 else {
      return nil
    }
    var value: UInt32 = 0
    for byte in bytes[index + 2..<index + 6] {
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { return nil }
      value = value << 4 | UInt32(digit)
    }
    return value
  }

  private static func code(of value: UInt32) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return "_x" + String(repeating: "0", count: 4 - digits.count) + digits + "_"
  }
}
