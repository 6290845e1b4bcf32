internal import Bitext
internal import Segmentation

extension NumberMention {
  /// How a number can be written in a language: in its usual form, where that is plain, and as the
  /// other text has it.
  ///
  /// - Parameters:
  ///   - language: the language to write it in.
  ///   - text: how it was written.
  /// - Returns: one or two forms, the better first.
  func wordings(in language: LanguageTag, asWritten text: String) -> [String] {
    let usual = language.isChinese ? chinese : english
    guard let usual, usual != text else { return [text] }
    return [usual, text]
  }

  private var english: String? {
    switch part {
    case .quantity:
      guard let sign = number.unit?.englishSign else {
        return amount(magnitudes: Self.englishMagnitudes, in: \.english)
      }
      return amount(magnitudes: Self.englishMagnitudes) { _ in "" }.map { sign + $0 }
    case .year: return year.map { "\($0)" }
    case .day: return englishDay
    default: return nil
    }
  }

  private var chinese: String? {
    switch part {
    case .quantity: return amount(magnitudes: Self.chineseMagnitudes, in: \.chinese)
    case .year: return year.map { "\($0)年" }
    case .day:
      let month = number.date?.month.map { "\($0)月" } ?? ""
      let day = number.date?.day.map { "\($0)日" } ?? ""
      return month + day
    default: return nil
    }
  }

  private var year: Int32? {
    guard let date = number.date, date.span == .year, !date.hasShortYear else { return nil }
    return date.year
  }

  private var englishDay: String? {
    let names = [
      "January", "February", "March", "April", "May", "June", "July", "August", "September",
      "October", "November", "December",
    ]
    guard let month = number.date?.month, 1...12 ~= month else { return nil }
    let name = names[Int(month) - 1]
    return number.date?.day.map { "\($0) \(name)" } ?? name
  }

  private static let englishMagnitudes = [(12, " trillion"), (9, " billion"), (6, " million")]
  private static let chineseMagnitudes = [(12, "万亿"), (8, "亿"), (4, "万")]

  /// Value and unit; `nil` where the value is no decimal or the unit has no one form.
  private func amount(
    magnitudes: [(exponent: Int, name: String)], in form: (NumberUnit) -> String?
  ) -> String? {
    guard let value = number.value, value.denominator == 1 else { return nil }
    var suffix = ""
    if let unit = number.unit, unit != .classifier {
      guard let name = form(unit) else { return nil }
      suffix = name
    }
    // 30 billion rather than 30,000,000,000, but 1,234,567 as it is.
    for (exponent, name) in magnitudes where value.double.magnitude >= Self.power(exponent) {
      let scaled = value * ExactNumber(1, exponent: -exponent)
      if scaled.exponent >= -3 { return grouped(scaled.description) + name + suffix }
    }
    return grouped(value.description) + suffix
  }

  private static func power(_ exponent: Int) -> Double {
    (0..<exponent).reduce(1.0) { power, _ in power * 10 }
  }

  /// Commas between groups of three digits of the whole part.
  private func grouped(_ decimal: String) -> String {
    let parts = decimal.split(separator: ".", maxSplits: 1)
    guard let whole = parts.first, !decimal.contains("e") else { return decimal }
    var digits = ""
    for (index, digit) in whole.reversed().enumerated() {
      if index > 0, index % 3 == 0, digit != "-" { digits.append(",") }
      digits.append(digit)
    }
    let fraction = parts.count > 1 ? ".\(parts[1])" : ""
    return String(digits.reversed()) + fraction
  }
}

extension NumberUnit {
  /// The unit after a number in English, where it is one word for all numbers.
  fileprivate var english: String? {
    switch self {
    case .percent: "%"
    case .cny, .yuan: " yuan"
    case .kilometre: " km"
    case .squareMetre: " square metres"
    case .degreeCelsius: "°C"
    default: nil
    }
  }

  /// The sign before an amount of money.
  fileprivate var englishSign: String? {
    switch self {
    case .usd, .dollar: "$"
    case .hkd: "HK$"
    case .eur: "€"
    case .gbp: "£"
    default: nil
    }
  }

  fileprivate var chinese: String? {
    switch self {
    case .percent: "%"
    case .cny: "元"
    case .usd: "美元"
    case .hkd: "港元"
    case .eur: "欧元"
    case .kilometre: "公里"
    case .squareMetre: "平方米"
    case .tonne: "吨"
    case .degreeCelsius: "℃"
    default: nil
    }
  }
}
