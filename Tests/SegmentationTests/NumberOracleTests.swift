import Segmentation
import TestSupport
import Testing

/// Numbers are written by simple writers and must be read back, whatever their size.
@Suite struct NumberOracleTests {
  private func values(_ text: String) -> [ExactNumber?] {
    let bytes = Array(text.utf8)
    return NumberRecognizer().numbers(in: bytes.span).map(\.value)
  }

  /// A number with a random number of digits up to sixteen.
  private func number(_ random: inout SeededGenerator) -> Int {
    let digits = 1 + random.below(16)
    var value = 1 + random.below(9)
    for _ in 1..<digits { value = value * 10 + (random.once(in: 2) ? 0 : random.below(10)) }
    return value
  }

  @Test(arguments: 1...8 as ClosedRange<UInt64>)
  func chineseNumeralsAreReadBack(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<100 {
      let value = number(&random)
      // A single 陆 or 肆 is a word and no number.
      for style in ChineseStyle.allCases where style != .financial || value > 9 {
        let text = style.write(value) + "个"
        #expect(values(text) == [ExactNumber(value)], "\(text)")
      }
    }
  }

  @Test(arguments: 1...8 as ClosedRange<UInt64>)
  func englishWordsAreReadBack(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<200 {
      let value = number(&random) % 1_000_000_000_000_000
      guard value > 0 else { continue }
      for hasAnd in [false, true] {
        let text = english(value, hasAnd: hasAnd)
        #expect(values(text) == [ExactNumber(value)], "\(text)")
      }
    }
  }

  @Test(arguments: 1...8 as ClosedRange<UInt64>)
  func digitsWithMagnitudesAreReadBack(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let magnitudes = [
      ("万", 4), ("亿", 8), ("万亿", 12), ("千", 3), ("千万", 7), (" million", 6), (" billion", 9),
      ("bn", 9), (" trillion", 12), (" thousand", 3), (" hundred thousand", 5),
    ]
    for _ in 0..<300 {
      let mantissa = 1 + random.below(99_999)
      let (name, exponent) = random.pick(magnitudes)
      let decimals = String(mantissa % 100 + 100).dropFirst()
      let text = "\(mantissa / 100).\(decimals)\(name) "
      #expect(values(text) == [ExactNumber(mantissa, exponent: exponent - 2)], "\(text)")
    }
  }
}

/// Ways to write Chinese numerals, as a schoolbook gives them.
private enum ChineseStyle: CaseIterable {
  case simplified, traditional, financial

  private var digits: [String] {
    switch self {
    case .simplified, .traditional: ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"]
    case .financial: ["零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"]
    }
  }
  private var units: [String] {
    self == .financial ? ["", "拾", "佰", "仟"] : ["", "十", "百", "千"]
  }
  private var groups: [String] {
    self == .traditional ? ["", "萬", "億"] : ["", "万", "亿"]
  }

  func write(_ value: Int) -> String {
    let text = group(value)
    // 十二 at the start, 一十二 elsewhere.
    return text.hasPrefix(digits[1] + units[1]) && self != .financial
      ? String(text.dropFirst()) : text
  }

  /// Four digits at a time, with one 零 for a gap.
  private func group(_ value: Int) -> String {
    if value >= 1_0000_0000_0000 {
      // 万亿 multiplies a group of its own; what follows is written below 亿's group.
      let rest = value % 1_0000_0000
      let high = group(value / 1_0000_0000) + groups[2]
      return rest == 0 ? high : high + (rest < 1000_0000 ? digits[0] : "") + group(rest)
    }
    var text = ""
    var isGap = false
    for group in stride(from: 2, through: 0, by: -1) {
      let part = value / power(4 * group) % 10_000
      if part == 0 {
        isGap = !text.isEmpty
        continue
      }
      if !text.isEmpty, isGap || part < 1000 { text += digits[0] }
      text += section(part) + groups[group]
      isGap = false
    }
    return text
  }

  private func section(_ value: Int) -> String {
    var text = ""
    var isGap = false
    for place in stride(from: 3, through: 0, by: -1) {
      let digit = value / power(place) % 10
      if digit == 0 {
        isGap = !text.isEmpty
      } else {
        text += (isGap ? digits[0] : "") + digits[digit] + units[place]
        isGap = false
      }
    }
    return text
  }
}

private func power(_ exponent: Int) -> Int { (0..<exponent).reduce(1) { power, _ in power * 10 } }

private func english(_ value: Int, hasAnd: Bool) -> String {
  let small = [
    "", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
  ]
  let tens = [
    "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
  ]
  func below100(_ n: Int) -> String {
    n < 20 ? small[n] : tens[n / 10] + (n % 10 == 0 ? "" : "-" + small[n % 10])
  }
  func below1000(_ n: Int) -> String {
    guard n >= 100 else { return below100(n) }
    let rest = below100(n % 100)
    return small[n / 100] + " hundred" + (rest.isEmpty ? "" : (hasAnd ? " and " : " ") + rest)
  }
  var parts: [String] = []
  for (group, name) in [(12, " trillion"), (9, " billion"), (6, " million"), (3, " thousand")] {
    let part = value / power(group) % 1000
    if part > 0 { parts.append(below1000(part) + name) }
  }
  if value % 1000 > 0 { parts.append(below1000(value % 1000)) }
  return parts.joined(separator: " ")
}
