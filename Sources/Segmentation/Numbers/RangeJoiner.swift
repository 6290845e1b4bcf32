internal import Bitext

/// Two numbers that may be the ends of one range: 3至5公里, "between 3 and 5", 2021—2025年.
struct RangeJoiner {
  let low: RecognizedNumber
  let high: RecognizedNumber
  /// The low value before its magnitudes, and their product.
  let lowBare: ExactNumber?
  let lowFactor: ExactNumber
  let highBare: ExactNumber?
  let highFactor: ExactNumber

  /// The range, if the text between the two says that they are one.
  func joined(_ utf8: Span<UInt8>) -> RecognizedNumber? {
    guard low.upper == nil, low.upperDate == nil, high.upper == nil, high.upperDate == nil,
      low.kind != .name, high.kind != .name, isConnected(utf8)
    else { return nil }
    return high.date == nil && low.date == nil ? joinedQuantity : joinedDate
  }

  private static let connectors: [StaticString] = [
    "-", "–", "—", "——", "~", "～", "－", "−", "至", "到", "to", "through", "-to-", "〜", "﹣",
  ]

  private func isConnected(_ utf8: Span<UInt8>) -> Bool {
    var start = low.range.upperBound
    var end = high.range.lowerBound
    guard 1...12 ~= end - start else { return false }
    start += utf8.spaceLength(at: start)
    if end > start, utf8[end - 1] == 0x20 { end -= 1 }
    for connector in Self.connectors
    where connector.utf8CodeUnitCount == end - start && utf8.starts(with: connector, at: start) {
      return true
    }
    guard end - start == 3, utf8.starts(with: "and", at: start) else { return false }
    return utf8.ends(with: "between ", before: low.range.lowerBound)
      || utf8.ends(with: "Between ", before: low.range.lowerBound)
  }

  private var joinedQuantity: RecognizedNumber? {
    guard low.kind == high.kind, var value = low.value, let upper = high.value else { return nil }
    var unit = high.unit
    if let lowUnit = low.unit, lowUnit != unit {
      // One currency sign serves both ends; 25个基点至0.75 is no range.
      let isPrefix = low.numeral.lowerBound > low.range.lowerBound
      guard high.unit == nil, isPrefix else { return nil }
      unit = lowUnit
    }
    // "3 to 5 million" is three million to five; "300 to 5 million" is what it says.
    if let highBare, lowFactor == 1, highFactor != 1, low.unit == nil || low.unit == unit,
      (lowBare ?? value).double < highBare.double
    {
      value = value * highFactor
    }
    var joined = high
    joined.value = value
    joined.upper = upper
    joined.unit = unit
    joined.style = low.style == high.style ? low.style : .mixed
    joined.range = low.range.lowerBound..<high.range.upperBound
    joined.numeral = low.numeral.lowerBound..<high.numeral.upperBound
    return joined
  }

  private var joinedDate: RecognizedNumber? {
    guard let (first, second) = dates else { return nil }
    var joined = high
    joined.kind = .date
    joined.value = nil
    joined.unit = nil
    joined.date = first
    joined.upperDate = second
    joined.range = low.range.lowerBound..<high.range.upperBound
    joined.numeral = joined.range
    return joined
  }

  /// Both ends with what they share: the year and month of 2021年5月3日至8日, the year of "May to
  /// June 2021", the month of 3-5日.
  private var dates: (CalendarDate, CalendarDate)? {
    if let first = low.date, let second = high.date { return Self.shared(first, second) }
    if let second = high.date, low.kind == .quantity, low.unit == nil || low.unit == .classifier,
      let number = low.value?.integer
    {
      return Self.completed(number, before: second)
    }
    if let first = low.date, first.precision == .year, let year = first.year, high.unit == nil,
      let number = high.value?.integer, number > Int(year) % 100, number < 100
    {
      // 2021–25
      return (first, CalendarDate(year: Int(year) / 100 * 100 + number))
    }
    return nil
  }

  private static func shared(_ low: CalendarDate, _ high: CalendarDate)
    -> (CalendarDate, CalendarDate)?
  {
    guard low.hour == nil && high.hour == nil || low.hour != nil && high.hour != nil,
      low.weekday == nil, high.weekday == nil, low.span == high.span
    else { return low.weekday != nil && high.weekday != nil ? (low, high) : nil }
    var (first, second) = (low, high)
    if second.month == nil, second.day != nil { second.month = first.month }
    if second.year == nil { second.year = first.year }
    if first.year == nil { first.year = second.year }
    if first.hour != nil, second.hour != nil, second.isTwelveHour != first.isTwelveHour {
      second.isTwelveHour = false
    }
    return (first, second)
  }

  private static let listMarks: [StaticString] = [
    "、", "及", "和", "與", "与", " and ", " or ", ", ", " & ",
  ]

  private static func isList(_ utf8: Span<UInt8>, _ gap: Range<Int>) -> Bool {
    for mark in listMarks
    where mark.utf8CodeUnitCount == gap.count && utf8.starts(with: mark, at: gap.lowerBound) {
      return true
    }
    return false
  }

  /// The date that a day is when it is listed after a date: the 17日 of 12月16日和17日.
  static func carried(
    from before: RecognizedNumber, to day: RecognizedNumber, _ utf8: Span<UInt8>
  ) -> RecognizedNumber? {
    guard let first = before.upperDate ?? before.date, var date = day.date, day.upperDate == nil,
      first.day != nil, first.month != nil, date.day != nil, date.month == nil,
      before.range.upperBound <= day.range.lowerBound,
      isList(utf8, before.range.upperBound..<day.range.lowerBound)
    else { return nil }
    (date.month, date.year) = (first.month, first.year)
    var carried = day
    carried.date = date
    return carried
  }

  /// The date that a plain number is when it is listed before a date: the 1 of 1、2月.
  static func listed(
    _ number: RecognizedNumber, before date: RecognizedNumber, _ utf8: Span<UInt8>
  ) -> RecognizedNumber? {
    guard number.kind == .quantity, number.unit == nil, number.upper == nil,
      let value = number.value?.integer, let next = date.date, next.hour == nil
    else { return nil }
    guard number.range.upperBound <= date.range.lowerBound,
      isList(utf8, number.range.upperBound..<date.range.lowerBound),
      let (first, _) = completed(value, before: next)
    else { return nil }
    var listed = number
    listed.kind = .date
    listed.value = nil
    listed.date = first
    return listed
  }

  /// 3 of 3-5日, 2021 of 2021—2025年, "3" of "3–5 May 2021".
  private static func completed(_ number: Int, before high: CalendarDate)
    -> (CalendarDate, CalendarDate)?
  {
    var low = high
    if high.hour != nil {
      guard 0...24 ~= number else { return nil }
      low.hour = UInt8(number)
      low.minute = nil
    } else if let day = high.day {
      guard 1..<Int(day) ~= number else { return nil }
      low.day = UInt8(number)
    } else if let month = high.month {
      guard 1..<Int(month) ~= number else { return nil }
      low.month = UInt8(number)
    } else if let quarter = high.quarter {
      guard 1..<Int(quarter) ~= number else { return nil }
      low.quarter = UInt8(number)
    } else {
      return nil
    }
    return (low, high)
  }
}
