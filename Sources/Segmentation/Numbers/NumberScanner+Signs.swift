internal import Bitext

/// Digits that are no quantity: versions, dates, telephone numbers; and fractions with a slash.
extension NumberScanner {
  /// What is a sign and no quantity: versions, dates, times, telephone numbers, fractions.
  mutating func readSign(_ utf8: Span<UInt8>, _ run: DigitRun, from start: Int) -> Int? {
    let next = utf8.byte(at: run.end)
    let isWhole = !run.hasSeparator && !run.hasDecimals
    if next == 0x2E, run.hasDecimals, utf8.digit(at: run.end + 1) != nil {
      return readDotted(utf8, from: start)
    }
    if isWhole, next == 0x3A || utf8.starts(with: "：", at: run.end) {
      if let end = readClock(utf8, run, from: start) { return end }
    }
    if isWhole, let end = readYears(utf8, run, from: start) { return end }
    if isWhole, next == 0x2D || next == 0x2F, let end = readJoined(utf8, run, from: start) {
      return end
    }
    let isTooLong = run.digits > 10 && utf8.byte(at: run.end) != 0x25
    let isNumbered = run.hasLeadingZero && run.digits > 1
    if !run.hasSeparator, isTooLong || isNumbered, currency(utf8, before: start) == nil,
      readableDate(utf8, at: run.end) == false
    {
      return noteName(utf8, start..<run.end, value: run.value)
    }
    return nil
  }

  /// Whether 月 or 日 follows, before which a number may begin with zero: 05月.
  func readableDate(_ utf8: Span<UInt8>, at end: Int) -> Bool {
    let index = end + utf8.spaceLength(at: end)
    return utf8.starts(with: "月", at: index) || utf8.starts(with: "日", at: index)
      || utf8.starts(with: "时", at: index) || utf8.starts(with: "分", at: index)
      || utf8.starts(with: "年", at: index)
  }

  /// 2021.5.3, else a version or an address: 1.2.3, 192.168.0.1.
  mutating func readDotted(_ utf8: Span<UInt8>, from start: Int) -> Int {
    var parts: [Int] = []
    var digits = 0
    var value = 0
    var index = start
    while true {
      if let (digit, length) = utf8.digit(at: index) {
        value = min(value * 10 + digit, 1_000_000)
        digits += 1
        index += length
      } else if utf8.byte(at: index) == 0x2E, utf8.digit(at: index + 1) != nil {
        if parts.count < 4 { parts.append(value) }
        value = 0
        index += 1
      } else {
        break
      }
    }
    parts.append(value)
    if parts.count == 3, 1000...2999 ~= parts[0], 1...12 ~= parts[1], 1...31 ~= parts[2] {
      return note(
        CalendarDate(year: parts[0], month: parts[1], day: parts[2]), style: .digits,
        range: start..<index)
    }
    return noteName(utf8, start..<index)
  }

  /// A year and the two digits of the next, as budgets and schools count: 2014/15, 2002-03. What
  /// could be a month too, 2011-12, is hardly ever one in prose.
  mutating func readYears(_ utf8: Span<UInt8>, _ run: DigitRun, from start: Int) -> Int? {
    guard run.digits == 4, let year = run.value.integer, 1000...2999 ~= year else { return nil }
    for mark in ["/", "-", "–"] as [StaticString] where utf8.starts(with: mark, at: run.end) {
      let second = digitRun(utf8, from: run.end + mark.utf8CodeUnitCount)
      let after = utf8.byte(at: second.end)
      guard second.digits == 2, second.value.integer == (year + 1) % 100, !second.hasDecimals,
        after != 0x2D && after != 0x2F, !after.isASCIILetter
      else { return nil }
      return note(
        CalendarDate(year: year), style: .digits, to: CalendarDate(year: year + 1),
        range: start..<second.end)
    }
    return nil
  }

  /// 2021-05-03, 2021/5/3, 2021-05; telephone numbers; 1/3.
  mutating func readJoined(_ utf8: Span<UInt8>, _ run: DigitRun, from start: Int) -> Int? {
    let mark = utf8.byte(at: run.end)
    guard utf8.digit(at: run.end + 1) != nil else { return nil }
    let second = digitRun(utf8, from: run.end + 1)
    guard !second.hasSeparator else { return nil }
    if utf8.byte(at: second.end) == mark, utf8.digit(at: second.end + 1) != nil,
      !second.hasDecimals
    {
      return readThirdPart(utf8, run, second, from: start)
    }
    guard !second.hasDecimals, let left = run.value.integer, let right = second.value.integer
    else { return nil }
    let isYear = run.digits == 4 && 1000...2999 ~= left
    if isYear, second.digits == 2 || mark == 0x2F && second.digits == 1, 1...12 ~= right,
      mark == 0x2F || second.hasLeadingZero, !utf8.isASCIILetter(at: second.end)
    {
      return note(
        CalendarDate(year: left, month: right), style: .digits, range: start..<second.end)
    }
    if mark == 0x2D {
      // 010-88886666 and 555-3242: no range grows a thousandfold or ends so oddly.
      let isOdd = second.digits == 4 && run.digits < 4 && right % 10 != 0
      guard run.hasLeadingZero && run.digits > 1 || run.digits >= 3 && second.digits >= 7 || isOdd
      else {
        return nil
      }
      return noteName(utf8, start..<second.end)
    }
    // 9/11 is a day, 24/7 a phrase.
    if left < right, left > 0, right <= 100, !isYear, (left, right) != (9, 11),
      let fraction = ExactNumber(left, over: right)
    {
      let core = Core(
        value: fraction, bare: fraction, range: start..<second.end, style: .digits)
      return finish(utf8, core)
    }
    return noteName(utf8, start..<second.end)
  }

  mutating func readThirdPart(
    _ utf8: Span<UInt8>, _ first: DigitRun, _ second: DigitRun, from start: Int
  ) -> Int {
    let mark = utf8.byte(at: second.end)
    let third = digitRun(utf8, from: second.end + 1)
    if first.digits == 4, let year = first.value.integer, let month = second.value.integer,
      let day = third.value.integer, 1000...2999 ~= year, 1...12 ~= month, 1...31 ~= day,
      third.digits <= 2, utf8.byte(at: third.end) != mark
    {
      return note(
        CalendarDate(year: year, month: month, day: day), style: .digits, range: start..<third.end)
    }
    if third.digits == 4, mark == 0x2F, utf8.byte(at: third.end) != mark,
      let date = slashedDate(first.value.integer, second.value.integer, third.value.integer)
    {
      return note(date, style: .digits, range: start..<third.end)
    }
    var end = third.end
    while utf8.byte(at: end) == mark, utf8.digit(at: end + 1) != nil {
      end = digitRun(utf8, from: end + 1).end
    }
    return noteName(utf8, start..<end)
  }

  /// 08/16/2000 and 16/08/2000; where both could be the month only the year is sure.
  func slashedDate(_ first: Int?, _ second: Int?, _ year: Int?) -> CalendarDate? {
    guard let first, let second, let year, 1000...2999 ~= year, 1...31 ~= first, 1...31 ~= second,
      first <= 12 || second <= 12
    else { return nil }
    if first > 12 || first == second { return CalendarDate(year: year, month: second, day: first) }
    if second > 12 { return CalendarDate(year: year, month: first, day: second) }
    return CalendarDate(year: year)
  }
}
