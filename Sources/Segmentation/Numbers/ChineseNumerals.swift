/// A number in Chinese numerals, read one character at a time: 一百二十三, 二〇二一, 一万二.
struct ChineseNumerals {
  /// How many characters have been read.
  private(set) var count = 0
  /// Whether only digits were read: 二〇二一 is read digit by digit.
  private(set) var isPositional = true
  /// Whether the characters read make no number: 十四五, 千百.
  private(set) var isMalformed = false
  /// Whether a 百, 千, 万 or 亿 came first, as in 百万 and 千方百计.
  private(set) var startsWithMagnitude = false
  /// Whether 〇 or 零 was read.
  private(set) var hasZero = false
  /// The last magnitude, 1 before the first.
  private(set) var lastUnit: UInt64 = 1
  private var total: UInt64 = 0
  private var section: UInt64 = 0
  private var lastMagnitude = UInt64.max
  private var lastSmallUnit: UInt64 = 10_000
  private var digit: UInt64?
  private var isAfterZero = false
  private(set) var positional: UInt64 = 0

  /// Takes a character and returns whether it belongs to the number.
  mutating func read(_ scalar: UInt32) -> Bool {
    if let value = Self.digit(scalar) {
      readDigit(UInt64(value))
    } else if let unit = Self.unit(scalar) {
      readUnit(unit)
    } else if let factor = Self.magnitude(scalar) {
      readMagnitude(factor)
    } else if let tens = Self.tens(scalar) {
      digit = tens
      readUnit(10)
    } else {
      return false
    }
    count += 1
    return true
  }

  private mutating func readDigit(_ value: UInt64) {
    if value == 0 {
      hasZero = true
      isAfterZero = true
    }
    if isPositional {
      if count >= 18 { isMalformed = true } else { positional = positional * 10 + value }
    } else if digit != nil, digit != 0 {
      isMalformed = true
    }
    digit = value
  }

  private mutating func readUnit(_ unit: UInt64) {
    if count == 0, unit > 10 { startsWithMagnitude = true }
    if isPositional, count > 1 { isMalformed = true }
    // 百 without a digit may stand at the start alone; 十 also after 百: 一百十五.
    if digit ?? 0 == 0, count > 0, unit > 10 || isAfterUnit(below: 100) { isMalformed = true }
    if unit >= lastSmallUnit { isMalformed = true }
    section += (digit ?? 1) * unit
    endUnit(unit)
    lastSmallUnit = unit
  }

  private func isAfterUnit(below bound: UInt64) -> Bool { lastUnit > 1 && lastUnit < bound }

  private mutating func readMagnitude(_ factor: UInt64) {
    if count == 0 { startsWithMagnitude = true }
    if isPositional, count > 1 { isMalformed = true }
    let ones = section + (digit ?? 0)
    if count > 0, ones == 0, lastMagnitude == .max { isMalformed = true }
    // A greater magnitude multiplies all before it (三万亿), a smaller one what follows the last
    // (三亿五千万).
    let isGreater = lastMagnitude == .max || factor > lastMagnitude
    let base = isGreater ? total &+ ones : ones
    let (product, overflow) = max(base, count == 0 ? 1 : base)
      .multipliedReportingOverflow(by: factor)
    if overflow || !isGreater && ones == 0 { isMalformed = true }
    let (sum, sumOverflow) = (isGreater ? 0 : total).addingReportingOverflow(product)
    if sumOverflow || sum > UInt64(Int64.max) / 4 { isMalformed = true } else { total = sum }
    lastMagnitude = factor
    section = 0
    endUnit(factor)
    lastSmallUnit = 10_000
  }

  private mutating func endUnit(_ unit: UInt64) {
    isPositional = false
    isAfterZero = false
    digit = nil
    lastUnit = unit
  }

  /// The value so far; `nil` when nothing was read or what was read makes no number.
  var value: Int? {
    guard count > 0, !isMalformed else { return nil }
    if isPositional { return Int(positional) }
    var last = digit ?? 0
    // 一万二 is 12,000, 一万零二 is 10,002, 十二 is 12.
    if lastUnit >= 100, !isAfterZero { last *= lastUnit / 10 }
    let (sum, overflow) = total.addingReportingOverflow(section + last)
    return overflow ? nil : Int(exactly: sum)
  }

  static func digit(_ scalar: UInt32) -> Int? {
    switch scalar {
    case 0x3007, 0x96F6: 0
    case 0x4E00, 0x58F9, 0x58F1: 1
    case 0x4E8C, 0x4E24, 0x5169, 0x8D30, 0x8CB3: 2
    case 0x4E09, 0x53C1: 3
    case 0x56DB, 0x8086: 4
    case 0x4E94, 0x4F0D: 5
    case 0x516D, 0x9646, 0x9678: 6
    case 0x4E03, 0x67D2: 7
    case 0x516B, 0x634C: 8
    case 0x4E5D, 0x7396: 9
    default: nil
    }
  }

  /// Numerals that are used in cheques alone and are common words otherwise: 陆, 肆, 捌.
  static func isFinancial(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x58F9, 0x58F1, 0x8D30, 0x8CB3, 0x53C1, 0x8086, 0x4F0D, 0x9646, 0x9678, 0x67D2, 0x634C,
      0x7396, 0x62FE, 0x4F70, 0x4EDF:
      true
    default: false
    }
  }

  static func unit(_ scalar: UInt32) -> UInt64? {
    switch scalar {
    case 0x5341, 0x62FE: 10
    case 0x767E, 0x4F70: 100
    case 0x5343, 0x4EDF: 1000
    default: nil
    }
  }

  /// 廿 and 卅.
  static func tens(_ scalar: UInt32) -> UInt64? {
    switch scalar {
    case 0x5EFF: 2
    case 0x5345: 3
    default: nil
    }
  }

  /// 万 and 亿, and 兆 as it is counted in Chinese: ten to the twelfth.
  static func magnitude(_ scalar: UInt32) -> UInt64? {
    switch scalar {
    case 0x4E07, 0x842C: 10_000
    case 0x4EBF, 0x5104: 100_000_000
    case 0x5146: 1_000_000_000_000
    default: nil
    }
  }

  static func isNumeral(_ scalar: UInt32) -> Bool {
    digit(scalar) != nil || unit(scalar) != nil || magnitude(scalar) != nil || tens(scalar) != nil
  }
}
