/// How a sheet shows a number, as far as it matters to terms: dates as ISO 8601 writes them, shares
/// in per cent, a fixed count of digits; everything else with the digits that it has.
enum CellNumber: Hashable, Sendable {
  case general
  /// With at least so many digits before the point, and so many behind it.
  case digits(whole: Int, decimals: Int)
  case percent(decimals: Int)
  case date(hasDay: Bool, hasTime: Bool)

  /// The formats that have a number and no code of their own (ECMA-376, part 1, section 18.8.30);
  /// 27 to 36 and 50 to 58 are dates in the East Asian editions.
  init(builtIn identifier: Int) {
    switch identifier {
    case 1: self = .digits(whole: 1, decimals: 0)
    case 2: self = .digits(whole: 1, decimals: 2)
    case 9: self = .percent(decimals: 0)
    case 10: self = .percent(decimals: 2)
    case 14...17, 27...31, 36, 50...54, 57, 58: self = .date(hasDay: true, hasTime: false)
    case 18...21, 32...35, 45...47, 55, 56: self = .date(hasDay: false, hasTime: true)
    case 22: self = .date(hasDay: true, hasTime: true)
    default: self = .general
    }
  }

  /// Reads a format code such as `yyyy-mm-dd` or `0000`.
  init(code: String) {
    // What follows a semicolon is for negative numbers; what stands in quotes or behind a backslash
    // is shown and counts nothing, what stands in brackets counts where it is a time that goes on.
    var letters: [UInt8] = []
    var bracketed: [UInt8]?
    var isQuoted = false
    var isEscaped = false
    scanning: for byte in code.lowercased().utf8 {
      switch byte {
      case _ where isEscaped: isEscaped = false
      case 0x22: isQuoted.toggle()
      case _ where isQuoted: break
      case 0x5D where bracketed != nil:
        if let time = bracketed, time.allSatisfy({ "hms".utf8.contains($0) }) { letters += time }
        bracketed = nil
      case _ where bracketed != nil: bracketed?.append(byte)
      case 0x5B: bracketed = []
      case 0x5C, 0x5F, 0x2A: isEscaped = true
      case 0x3B: break scanning
      default: letters.append(byte)
      }
    }
    self.init(letters: letters)
  }

  private init(letters: [UInt8]) {
    func has(_ text: String) -> Bool { letters.contains { text.utf8.contains($0) } }
    let parts = letters.filter { $0 == 0x30 || $0 == 0x2E || $0 == 0x25 }
    if letters.elementsEqual("general".utf8) {
      self = .general
    } else if has("ymdhs") {
      // An m beside an hour or a second is minutes.
      self = .date(hasDay: has("yd") || !has("hs"), hasTime: has("hs"))
    } else if parts.count == letters.count, let first = letters.first, first == 0x30 {
      let point: Int = letters.firstIndex(of: 0x2E) ?? letters.endIndex
      let decimals = letters[point...].count { $0 == 0x30 }
      let whole = letters[..<point].count { $0 == 0x30 }
      // More digits than a number has are no use.
      guard whole <= Self.mostDigits, decimals <= Self.mostDigits else {
        self = .general
        return
      }
      self = has("%") ? .percent(decimals: decimals) : .digits(whole: whole, decimals: decimals)
    } else {
      self = .general
    }
  }

  /// What a double holds in decimal digits.
  private static let mostDigits = 15

  /// The number as the sheet shows it.
  ///
  /// - Parameters:
  ///   - text: what the cell holds, such as `45000` or `1E-3`.
  ///   - isFrom1904: whether days are counted from 1904, as old files of the Macintosh do.
  /// - Returns: the number as text; `text` itself where it is no number.
  func shown(_ text: String, isFrom1904: Bool) -> String {
    guard let value = Double(text), value.isFinite else { return text }
    switch self {
    case .general: return Self.plain(value)
    case .digits(let whole, let decimals): return Self.fixed(value, whole, decimals)
    case .percent(let decimals): return Self.fixed(value * 100, 1, decimals) + "%"
    case .date(let hasDay, let hasTime):
      return Self.date(value, hasDay: hasDay, hasTime: hasTime, isFrom1904) ?? Self.plain(value)
    }
  }

  /// The shortest digits that mean the number, without ".0".
  private static func plain(_ value: Double) -> String {
    if let whole = Int(exactly: value), abs(whole) < 1_000_000_000_000_000 { return String(whole) }
    return value.description
  }

  private static func fixed(_ value: Double, _ whole: Int, _ decimals: Int) -> String {
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    let scaled = (abs(value) * scale).rounded()
    // Beyond this, doubles have no digit behind the point.
    guard scaled < 9_007_199_254_740_992 else { return plain(value) }
    var digits = String(Int(scaled))
    while digits.utf8.count < whole + decimals { digits = "0" + digits }
    if decimals > 0 { digits.insert(".", at: digits.index(digits.endIndex, offsetBy: -decimals)) }
    return value < 0 && scaled > 0 ? "-" + digits : digits
  }

  /// A day and the time in it out of days since the end of 1899, or since 1904.
  private static func date(
    _ value: Double, hasDay: Bool, hasTime: Bool, _ isFrom1904: Bool
  ) -> String? {
    // 9999-12-31, the last day that Excel knows.
    guard value >= 0, value < 2_958_466 else { return nil }
    var day = Int(value)
    var second = Int(((value - Double(day)) * 86_400).rounded())
    if second == 86_400 { (day, second) = (day + 1, 0) }
    let clock = "\(pair(second / 3600)):\(pair(second / 60 % 60)):\(pair(second % 60))"
    guard hasDay else { return clock }
    // Excel takes 1900 for a leap year: its day 60 was none, and those before are one too late.
    let since1970 = isFrom1904 ? day - 24_107 : day - 25_569 + (day < 60 ? 1 : 0)
    let text = calendarDay(since1970)
    return hasTime ? text + " " + clock : text
  }

  private static func pair(_ number: Int) -> String {
    number < 10 ? "0\(number)" : String(number)
  }

  /// The Gregorian date of a day, counted from 1 January 1970 (Howard Hinnant, "chrono-Compatible
  /// Low-Level Date Algorithms", civil_from_days).
  private static func calendarDay(_ day: Int) -> String {
    let shifted = day + 719_468
    let era = shifted / 146_097
    let ofEra = shifted - era * 146_097
    let yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365
    let ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * ofYear + 2) / 153
    let date = ofYear - (153 * shiftedMonth + 2) / 5 + 1
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return "\(year)-\(pair(month))-\(pair(date))"
  }
}
