/// Numbers in Chinese characters, read one character at a time.
struct ChineseNumerals {
  /// How many characters have been read.
  private(set) var count = 0
  private var total = 0.0
  private var section = 0.0
  private var lastMagnitude = 0.0
  private var digit: Double?
  private var positional = 0.0
  private var isPositional = true

  /// Takes a character and returns whether it belongs to the number.
  mutating func read(_ scalar: UInt32) -> Bool {
    if let value = Self.digit(scalar) {
      digit = value
      positional = positional * 10 + value
    } else if let unit = Self.unit(scalar) {
      isPositional = false
      section += (digit ?? 1) * unit
      digit = nil
    } else if let factor = Self.magnitude(scalar), factor >= 10_000, count > 0 {
      isPositional = false
      // A greater magnitude multiplies all before it (三万亿), a smaller one what follows the last
      // (三亿五千万).
      let ones = section + (digit ?? 0)
      total = factor > lastMagnitude ? (total + ones) * factor : total + ones * factor
      lastMagnitude = factor
      section = 0
      digit = nil
    } else {
      return false
    }
    count += 1
    return true
  }

  /// The value so far; `nil` when nothing was read.
  var value: Double? {
    guard count > 0 else { return nil }
    // 二〇二一 is read digit by digit.
    return isPositional ? positional : total + section + (digit ?? 0)
  }

  static func digit(_ scalar: UInt32) -> Double? {
    switch scalar {
    case 0x3007, 0x96F6: 0
    case 0x4E00: 1
    case 0x4E8C, 0x4E24, 0x5169: 2
    case 0x4E09: 3
    case 0x56DB: 4
    case 0x4E94: 5
    case 0x516D: 6
    case 0x4E03: 7
    case 0x516B: 8
    case 0x4E5D: 9
    default: nil
    }
  }

  static func unit(_ scalar: UInt32) -> Double? {
    switch scalar {
    case 0x5341: 10
    case 0x767E: 100
    case 0x5343: 1000
    default: nil
    }
  }

  /// 千 百 万 亿 兆 after digits: 1.5万, 300亿, 3万亿.
  static func magnitude(_ scalar: UInt32) -> Double? {
    switch scalar {
    case 0x767E: 100
    case 0x5343: 1000
    case 0x4E07, 0x842C: 10_000
    case 0x4EBF, 0x5104: 100_000_000
    default: nil
    }
  }
}

/// Numbers in English words, read one word at a time.
struct EnglishNumerals {
  private var total = 0.0
  private var current = 0.0
  private(set) var count = 0

  var value: Double? { count == 0 ? nil : total + current }

  /// Takes a word and returns whether it belongs to the number.
  mutating func read(_ word: String) -> Bool {
    let lower = word.lowercased()
    if let value = Self.values[lower] {
      current += value
    } else if lower == "hundred", count > 0 {
      current = max(current, 1) * 100
    } else if let factor = Self.magnitudes[lower], count > 0 {
      total += max(current, 1) * factor
      current = 0
    } else {
      return false
    }
    count += 1
    return true
  }

  static let magnitudes: [String: Double] = [
    "thousand": 1e3, "million": 1e6, "billion": 1e9, "bn": 1e9, "trillion": 1e12, "mn": 1e6,
  ]

  private static let values: [String: Double] = [
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20,
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
  ]

  /// The month that a capitalised word names, 1…12. "may" and "march" are verbs.
  static func month(_ word: String) -> Double? {
    months.firstIndex { $0 == word || word.count == 3 && word != "May" && $0.hasPrefix(word) }
      .map { Double($0 + 1) }
  }

  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]
}
