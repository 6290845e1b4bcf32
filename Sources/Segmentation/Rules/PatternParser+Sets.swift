internal import Bitext

extension PatternParser {
  /// A set in brackets, after the first of them.
  mutating func set() throws(NotRegular) -> ScalarSet {
    depth += 1
    defer { depth -= 1 }
    guard depth < Self.depthLimit else { throw NotRegular() }
    let isInverted = take("^")
    var result = ScalarSet()
    var isEmpty = true
    while !starts(with: "]") {
      // Set differences and intersections are ICU's matter.
      let isOperation =
        starts(with: "&&") || starts(with: "--") || starts(with: "&[") || starts(with: "-[")
      if isOperation { throw NotRegular() }
      if starts(with: "[:") {
        result = result.union(try property(until: ":]", prefix: "[", suffix: ":]"))
      } else if take("[") {
        result = result.union(try set())
      } else if starts(with: "\\"), try classInSet(&result) {
      } else {
        let first = try setCharacter()
        var last = first
        if next == 0x2D, index + 1 < scalars.count, scalars[index + 1] != 0x5D,
          scalars[index + 1] != 0x5B, scalars[index + 1] != 0x2D
        {
          index += 1
          last = try setCharacter()
        }
        guard first <= last else { throw NotRegular() }
        let range = ScalarSet([first...last])
        result = result.union(ignoresCase ? range.ignoringCase : range)
      }
      isEmpty = false
    }
    guard !isEmpty, take("]") else { throw NotRegular() }
    return isInverted ? result.inverted : result
  }

  private mutating func classInSet(_ result: inout ScalarSet) throws(NotRegular) -> Bool {
    let start = index
    index += 1
    if let set = try classEscape() {
      result = result.union(set)
      return true
    }
    index = start
    return false
  }

  private mutating func setCharacter() throws(NotRegular) -> UInt32 {
    guard let scalar = next, scalar != 0x5B, scalar != 0x5D else { throw NotRegular() }
    index += 1
    return scalar == 0x5C ? try characterEscape() : scalar
  }

  /// `\s`, `\p{Lu}` and the like, after the backslash; `nil` for an escape of one character.
  mutating func classEscape() throws(NotRegular) -> ScalarSet? {
    guard let scalar = next else { throw NotRegular() }
    if scalar == 0x70 || scalar == 0x50 {
      index += 1
      let set = try property(until: "}", prefix: "\\p", suffix: "}")
      // ICU adds the other cases of a property before it takes what lies outside.
      return scalar == 0x70 ? set : set.inverted
    }
    guard let lower = Self.classes[scalar | 0x20] else { return nil }
    index += 1
    guard let set = ScalarSet(pattern: lower) else { throw NotRegular() }
    return scalar & 0x20 == 0 ? set.inverted : set
  }

  /// From ICU's documentation of its regular expressions.
  private static let classes: [UInt32: String] = [
    0x64: "[\\p{Nd}]", 0x73: "[\\p{White_Space}]",
    0x77: "[\\p{Alphabetic}\\p{Mark}\\p{Decimal_Number}\\p{Connector_Punctuation}\\u200c\\u200d]",
    0x68: "[\\t\\p{Zs}]", 0x76: "[\\n\\u000B\\f\\r\\u0085\\u2028\\u2029]",
  ]

  private mutating func property(
    until end: StaticString, prefix: String, suffix: String
  ) throws(NotRegular) -> ScalarSet {
    var name = ""
    while !starts(with: end) {
      guard let scalar = next, scalar < 0x80, name.utf8.count < 80 else { throw NotRegular() }
      name.unicodeScalars.append(Unicode.Scalar(UInt8(scalar)))
      index += 1
    }
    index += end.utf8CodeUnitCount
    // "{Lu" or "[:alpha".
    let pattern = "[\(prefix)\(name.drop { $0 == "[" })\(suffix)]"
    guard !name.contains("^"), let set = ScalarSet(pattern: pattern, ignoringCase: ignoresCase)
    else { throw NotRegular() }
    return set
  }

  /// The character that an escape stands for, after the backslash.
  mutating func characterEscape() throws(NotRegular) -> UInt32 {
    guard let scalar = next else { throw NotRegular() }
    index += 1
    switch scalar {
    case 0x74: return 0x09
    case 0x6E: return 0x0A
    case 0x72: return 0x0D
    case 0x66: return 0x0C
    case 0x61: return 0x07
    case 0x65: return 0x1B
    case 0x75: return try hexadecimal(4)
    case 0x55: return try hexadecimal(8)
    case 0x78:
      guard take("{") else { return try hexadecimal(2) }
      var digits = 0
      while digits < 6, index + digits < scalars.count, scalars[index + digits] != 0x7D {
        digits += 1
      }
      let value = try hexadecimal(digits)
      guard take("}") else { throw NotRegular() }
      return value
    default:
      // Letters and digits have meanings that are not regular, or none.
      let isASCIIWord =
        scalar < 0x80 && (UInt8(scalar).isASCIILetter || UInt8(scalar).isASCIIDigit)
      guard !isASCIIWord else { throw NotRegular() }
      return scalar
    }
  }

  private mutating func hexadecimal(_ digits: Int) throws(NotRegular) -> UInt32 {
    guard digits > 0, index + digits <= scalars.count else { throw NotRegular() }
    var value: UInt32 = 0
    for _ in 0..<digits {
      let scalar = scalars[index]
      guard scalar < 0x80, let digit = Character(Unicode.Scalar(UInt8(scalar))).hexDigitValue else {
        throw NotRegular()
      }
      value = value << 4 | UInt32(digit)
      index += 1
    }
    guard value <= 0x10FFFF, !(0xD800...0xDFFF ~= value) else { throw NotRegular() }
    return value
  }
}
