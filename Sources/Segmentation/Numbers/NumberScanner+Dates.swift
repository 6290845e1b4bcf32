internal import Bitext

/// Dates and times of day, from the value that begins them.
extension NumberScanner {
  /// Reads what 年, 月, 日, 季度, 世纪 or 时 after a value, or a month in English, make of it.
  mutating func readDate(_ utf8: Span<UInt8>, _ core: Core) -> Int? {
    let start = core.range.lowerBound
    let end = core.range.upperBound
    if core.isPlain, core.style == .digits, let day = core.small(1...31),
      let stop = readDayMonth(utf8, day: day, from: start, after: end)
    {
      return stop
    }
    if core.style == .digits, let hour = core.small(1...12),
      let (clock, stop) = englishHour(utf8, hour, at: end)
    {
      return note(clock, style: .digits, range: start..<stop)
    }
    guard core.factor == 1 else { return nil }
    let suffix = end + utf8.spaceLength(at: end)
    guard suffix < utf8.count, utf8[suffix] >= 0x80 else { return nil }
    switch utf8.scalar(at: suffix).value {
    case 0x5E74: return readYear(utf8, core, after: suffix + 3)
    case 0x6708: return readMonth(utf8, core, after: suffix + 3)
    case 0x65E5: return readDay(utf8, core, after: suffix + 3)
    case 0x4E16: return readCentury(utf8, core, at: suffix)
    case 0x5B63: return readQuarter(utf8, core, at: suffix)
    case 0x65F6, 0x6642, 0x70B9, 0x9EDE: return readHour(utf8, core, at: suffix)
    default: return nil
    }
  }

  private mutating func readYear(_ utf8: Span<UInt8>, _ core: Core, after end: Int) -> Int? {
    let start = core.range.lowerBound
    if utf8.starts(with: "代", at: end) { return readDecade(utf8, core, after: end + 3) }
    var date = CalendarDate()
    if let year = core.year {
      date.year = Int32(year)
    } else if core.isPlain, core.digits == 2, let year = core.value.integer,
      month(utf8, at: end) != nil
    {
      date.year = Int32(year)
      date.hasShortYear = true
    } else {
      return nil
    }
    var stop = end
    let next = end + utf8.spaceLength(at: end)
    if let (month, monthEnd) = month(utf8, at: next) {
      date.month = UInt8(month)
      stop = monthEnd
      readDayAndTime(utf8, &date, &stop)
    } else if let (part, isHalf, partEnd) = partOfYear(utf8, at: next) {
      if isHalf { date.half = part } else { date.quarter = part }
      stop = partEnd
    }
    return note(date, style: core.style, range: start..<stop)
  }

  /// The day after a month, then the time after a day, if they are there.
  private func readDayAndTime(_ utf8: Span<UInt8>, _ date: inout CalendarDate, _ stop: inout Int) {
    let start = stop + utf8.spaceLength(at: stop)
    guard let (day, end) = smallNumber(utf8, at: start, 1...31) else { return }
    let suffix = end + utf8.spaceLength(at: end)
    guard
      utf8.starts(with: "日", at: suffix) || utf8.starts(with: "号", at: suffix)
        || utf8.starts(with: "號", at: suffix)
    else { return }
    date.day = UInt8(day)
    stop = suffix + 3
  }

  private func month(_ utf8: Span<UInt8>, at start: Int) -> (Int, Int)? {
    guard let (month, end) = smallNumber(utf8, at: start, 1...12) else { return nil }
    let suffix = end + utf8.spaceLength(at: end)
    guard utf8.starts(with: "月", at: suffix) else { return nil }
    return (month, suffix + (utf8.starts(with: "月份", at: suffix) ? 6 : 3))
  }

  /// 第一季度, 二季度, 上半年.
  func partOfYear(_ utf8: Span<UInt8>, at start: Int) -> (UInt8, isHalf: Bool, Int)? {
    if utf8.starts(with: "上半年", at: start) { return (1, true, start + 9) }
    if utf8.starts(with: "下半年", at: start) { return (2, true, start + 9) }
    if utf8.starts(with: "首季", at: start) {
      return (1, false, start + (utf8.starts(with: "首季度", at: start) ? 9 : 6))
    }
    let first = start + (utf8.starts(with: "第", at: start) ? 3 : 0)
    guard let (quarter, end) = smallNumber(utf8, at: first, 1...4) else { return nil }
    guard utf8.starts(with: "季", at: end) else { return nil }
    return (UInt8(quarter), false, end + (utf8.starts(with: "季度", at: end) ? 6 : 3))
  }

  /// A number of one to three characters in digits or numerals, within bounds.
  func smallNumber(_ utf8: Span<UInt8>, at start: Int, _ bounds: ClosedRange<Int>) -> (Int, Int)? {
    guard start < utf8.count else { return nil }
    if utf8.digit(at: start) != nil {
      var value = 0
      var index = start
      while index - start < 9, let (digit, length) = utf8.digit(at: index) {
        value = value * 10 + digit
        index += length
      }
      return bounds.contains(value) ? (value, index) : nil
    }
    var numerals = ChineseNumerals()
    var index = start
    while index < utf8.count, numerals.count < 4 {
      let (scalar, length) = utf8.scalar(at: index)
      guard numerals.read(scalar) else { break }
      index += length
    }
    guard let value = numerals.value, bounds.contains(value) else { return nil }
    return (value, index)
  }

  private mutating func readMonth(_ utf8: Span<UInt8>, _ core: Core, after end: Int) -> Int? {
    guard let month = core.small(1...12) else { return nil }
    var date = CalendarDate(month: month)
    var stop = end + (utf8.starts(with: "份", at: end) ? 3 : 0)
    readDayAndTime(utf8, &date, &stop)
    return note(date, style: core.style, range: core.range.lowerBound..<stop)
  }

  private mutating func readDay(_ utf8: Span<UInt8>, _ core: Core, after end: Int) -> Int? {
    // 一日 and 三日 are as often "a day" and "three days".
    guard let day = core.small(1...31), core.style == .digits || day > 10,
      !utf8.starts(with: "元", at: end), !utf8.starts(with: "圆", at: end)
    else {
      return nil
    }
    return note(CalendarDate(day: day), style: core.style, range: core.range.lowerBound..<end)
  }

  /// 90年代, 1990年代; after 20世纪 or 上世纪 see ``readCentury(_:_:at:)``.
  private mutating func readDecade(_ utf8: Span<UInt8>, _ core: Core, after end: Int) -> Int? {
    guard core.digits == 4 || core.factor == 1, let decade = core.value.integer, decade % 10 == 0
    else { return nil }
    var start = core.range.lowerBound
    var date = CalendarDate(year: decade)
    date.span = .decade
    if decade < 100 {
      date.hasShortYear = true
      for (prefix, century) in [("上世纪", 1900), ("上世紀", 1900), ("本世纪", 2000), ("本世紀", 2000)]
        as [(StaticString, Int32)] where utf8.ends(with: prefix, before: start)
      {
        date.hasShortYear = false
        date.year = century + Int32(decade)
        start -= prefix.utf8CodeUnitCount
      }
    }
    return note(date, style: core.style, range: max(start, floor)..<end)
  }

  private mutating func readCentury(_ utf8: Span<UInt8>, _ core: Core, at suffix: Int) -> Int? {
    guard utf8.starts(with: "世纪", at: suffix) || utf8.starts(with: "世紀", at: suffix),
      let century = core.small(2...30)
    else { return nil }
    var date = CalendarDate(year: (century - 1) * 100)
    date.span = .century
    var end = suffix + 6
    if let (decade, stop) = smallNumber(utf8, at: end, 10...90), decade % 10 == 0,
      utf8.starts(with: "年代", at: stop)
    {
      date.year = Int32((century - 1) * 100 + decade)
      date.span = .decade
      end = stop + 6
    }
    return note(date, style: core.style, range: core.range.lowerBound..<end)
  }

  private mutating func readQuarter(_ utf8: Span<UInt8>, _ core: Core, at suffix: Int) -> Int? {
    guard let quarter = core.small(1...4) else { return nil }
    let end = suffix + (utf8.starts(with: "季度", at: suffix) ? 6 : 3)
    let start = core.range.lowerBound
    if utf8.ends(with: "前", before: start) || utf8.ends(with: "首", before: start) {
      return note(.quantity, core, unit: .quarter, range: start..<end)
    }
    guard end == suffix + 6 || utf8.ends(with: "第", before: start) || core.style == .digits else {
      return nil
    }
    var date = CalendarDate()
    date.quarter = UInt8(quarter)
    return note(date, style: core.style, range: start..<end)
  }

  // MARK: The clock

  /// 9时, 9时30分, 九点半, with 上午 and the like before it.
  private mutating func readHour(_ utf8: Span<UInt8>, _ core: Core, at suffix: Int) -> Int? {
    guard let hour = core.small(0...24) else { return nil }
    var end = suffix + 3
    var clock = CalendarDate()
    clock.hour = UInt8(hour)
    clock.isTwelveHour = 1...12 ~= hour
    let start = readHalfOfDay(utf8, &clock, before: core.range.lowerBound)
    if utf8.starts(with: "半", at: end) {
      clock.minute = 30
      end += 3
    } else if let (minute, stop) = smallNumber(utf8, at: end, 0...59) {
      let hasSuffix = utf8.starts(with: "分", at: stop) && !utf8.starts(with: "分之", at: stop)
      guard hasSuffix || stop - end == 2 else { return nil }
      clock.minute = UInt8(minute)
      end = stop + (hasSuffix ? 3 : 0)
    } else if utf8.starts(with: "整", at: end) || utf8.starts(with: "许", at: end) {
      end += 3
    } else if utf8.starts(with: "钟", at: end) || utf8.starts(with: "鐘", at: end) {
      end += 3
    } else {
      // 三点 are three points, 值为3时 is "when it is 3", 一时 "for a while": the time of day needs
      // more than its hour.
      guard start < core.range.lowerBound || isAmongTimes(utf8, core, suffix: suffix) else {
        return nil
      }
    }
    return note(clock, style: core.style, range: start..<end)
  }

  /// Whether what stands around N时 says that it is a time of day: 3日9时, 9时至11时.
  private func isAmongTimes(_ utf8: Span<UInt8>, _ core: Core, suffix: Int) -> Bool {
    let start = core.range.lowerBound
    guard core.style == .digits, core.value != 0, !utf8.starts(with: "点", at: suffix),
      !utf8.starts(with: "點", at: suffix)
    else { return false }
    for mark in ["日", "号", "天", "晚", "时", "至", "到"] as [StaticString]
    where utf8.ends(with: mark, before: start) {
      return true
    }
    for mark in ["至", "到", "起", "前"] as [StaticString]
    where utf8.starts(with: mark, at: suffix + 3) {
      return true
    }
    return false
  }

  /// Takes 上午, 下午 and the like before a time into account and returns where they start.
  private func readHalfOfDay(_ utf8: Span<UInt8>, _ clock: inout CalendarDate, before end: Int)
    -> Int
  {
    let marks: [(StaticString, isAfternoon: Bool)] = [
      ("上午", false), ("凌晨", false), ("清晨", false), ("早上", false), ("早晨", false),
      ("下午", true), ("晚上", true), ("傍晚", true), ("晚间", true), ("中午", true), ("今晚", true),
    ]
    for (mark, isAfternoon) in marks where utf8.ends(with: mark, before: end) {
      guard let hour = clock.hour, end - 6 >= floor else { return end }
      clock.isTwelveHour = false
      if isAfternoon, hour < 12, mark.description != "中午" || hour < 3 { clock.hour = hour + 12 }
      if !isAfternoon, hour == 12 { clock.hour = 0 }
      return end - 6
    }
    return end
  }

  /// 9:30, 21:30, 9:30:15, with 上午 before or "a.m." after.
  mutating func readClock(_ utf8: Span<UInt8>, _ run: DigitRun, from start: Int) -> Int? {
    guard run.digits <= 2, let hour = run.value.integer, hour <= 24,
      let (minute, minuteEnd) = twoDigits(utf8, at: run.end + (utf8[run.end] < 0x80 ? 1 : 3))
    else {
      return nil
    }
    var clock = CalendarDate()
    clock.hour = UInt8(hour)
    clock.minute = UInt8(minute)
    clock.isTwelveHour = 1...12 ~= hour && !run.hasLeadingZero
    var end = minuteEnd
    if utf8.byte(at: end) == 0x3A, let (second, stop) = twoDigits(utf8, at: end + 1) {
      clock.second = UInt8(second)
      end = stop
    }
    if let (marked, stop) = englishHour(utf8, hour, at: end) {
      clock.hour = marked.hour
      clock.isTwelveHour = false
      end = stop
    }
    let first = readHalfOfDay(utf8, &clock, before: start)
    return note(clock, style: .digits, range: first..<end)
  }

  private func twoDigits(_ utf8: Span<UInt8>, at start: Int) -> (Int, Int)? {
    guard let (tens, length) = utf8.digit(at: start), tens < 6,
      let (ones, second) = utf8.digit(at: start + length),
      utf8.digit(at: start + length + second) == nil
    else { return nil }
    return (tens * 10 + ones, start + length + second)
  }

  /// "a.m." and "pm" after an hour.
  func englishHour(_ utf8: Span<UInt8>, _ hour: Int, at end: Int) -> (CalendarDate, Int)? {
    guard 1...12 ~= hour else { return nil }
    let start = end + utf8.spaceLength(at: end)
    let first = utf8.byte(at: start) | 0x20
    guard first == 0x61 || first == 0x70 else { return nil }
    var index = start + 1
    if utf8.byte(at: index) == 0x2E { index += 1 }
    guard utf8.byte(at: index) | 0x20 == 0x6D, !utf8.isASCIILetter(at: index + 1) else {
      return nil
    }
    index += 1
    if index - start == 3, utf8.byte(at: index) == 0x2E { index += 1 }
    var clock = CalendarDate()
    clock.hour = UInt8(first == 0x70 ? hour % 12 + 12 : hour % 12)
    return (clock, index)
  }

  // MARK: English

  /// "two o'clock"
  mutating func readOClock(_ utf8: Span<UInt8>, _ core: Core) -> Int? {
    let end = core.range.upperBound
    guard utf8.starts(with: " o", at: end), let hour = core.value.integer, 1...12 ~= hour else {
      return nil
    }
    for word in [" o'clock", " o’clock"] as [StaticString] where utf8.starts(with: word, at: end) {
      var clock = CalendarDate()
      clock.hour = UInt8(hour)
      clock.isTwelveHour = true
      return note(
        clock, style: core.style, range: core.range.lowerBound..<end + word.utf8CodeUnitCount)
    }
    return nil
  }

  /// The month named at a byte, which has a capital.
  func englishMonth(_ utf8: Span<UInt8>, at start: Int) -> (Int, Int)? {
    guard let (word, end) = word(utf8, at: start), case .month(let month) = word,
      utf8[start].isASCIIUppercase || isUnmistakable(month, length: end - start)
    else { return nil }
    return (month, end)
  }

  /// Whether a month's name is one without a capital too; "may", "march" and "mar" are not.
  private func isUnmistakable(_ month: Int, length: Int) -> Bool {
    length > 3 && month != 3 && month != 5
  }

  /// "3 May 2021", "3rd of May".
  mutating func readDayMonth(
    _ utf8: Span<UInt8>, day: Int, from start: Int, after end: Int,
    style: RecognizedNumber.Style = .digits
  ) -> Int? {
    var index = end + utf8.spaceLength(at: end)
    guard index > end, index < utf8.count, utf8[index] < 0x80 else { return nil }
    if utf8.starts(with: "of ", at: index) { index += 3 }
    guard let (month, monthEnd) = englishMonth(utf8, at: index) else { return nil }
    var date = CalendarDate(month: month, day: day)
    var stop = monthEnd
    readEnglishYear(utf8, &date, &stop)
    return note(date, style: style, range: start..<stop)
  }

  /// A year after a month or day: ", 2021", " 2021", " of 2021".
  func readEnglishYear(_ utf8: Span<UInt8>, _ date: inout CalendarDate, _ stop: inout Int) {
    var index = stop
    if utf8.byte(at: index) == 0x2E { index += 1 }
    if utf8.byte(at: index) == 0x2C { index += 1 }
    let space = utf8.spaceLength(at: index)
    guard space > 0 else { return }
    index += space
    if utf8.starts(with: "of ", at: index) { index += 3 }
    if utf8.starts(with: "in ", at: index) { index += 3 }
    guard utf8.byte(at: index).isASCIIDigit else { return }
    let run = digitRun(utf8, from: index)
    guard run.digits == 4, !run.hasSeparator, !run.hasDecimals, let year = run.value.integer,
      1000...2999 ~= year, !utf8.isASCIILetter(at: run.end)
    else { return }
    date.year = Int32(year)
    stop = run.end
  }

  /// "May 3, 2021", "May 3–5", "May 2021", "May".
  mutating func readEnglishMonth(_ utf8: Span<UInt8>, month: Int, from start: Int, to end: Int)
    -> Int?
  {
    guard utf8[start].isASCIIUppercase || isUnmistakable(month, length: end - start) else {
      return nil
    }
    var date = CalendarDate(month: month)
    var upper: CalendarDate?
    var stop = end
    var index = end + (utf8.byte(at: end) == 0x2E ? 1 : 0)
    index += utf8.spaceLength(at: index)
    if let (day, dayEnd) = englishDay(utf8, at: index) {
      date.day = UInt8(day)
      stop = dayEnd
      if let (last, lastEnd) = upperDay(utf8, at: dayEnd), last > day {
        upper = date
        upper?.day = UInt8(last)
        stop = lastEnd
      }
    }
    readEnglishYear(utf8, &date, &stop)
    upper?.year = date.year
    // "May" and "March" begin sentences as verbs.
    let isBare = date.day == nil && date.year == nil
    // MAY in capitals is the verb of requirements.
    if isBare, month == 5, utf8[start + 1].isASCIIUppercase { return nil }
    let isVerb = month == 5 || month == 3 && end - start == 5
    if isBare, isVerb, startsSentence(utf8, at: start) { return nil }
    return note(date, style: .digits, to: upper, range: start..<stop)
  }

  private func startsSentence(_ utf8: Span<UInt8>, at start: Int) -> Bool {
    var index = start
    while index > 0, start - index < 4, !utf8.byte(at: index - 1).isASCIILetter,
      utf8[index - 1] < 0x80
    {
      index -= 1
      if utf8[index] == 0x2E || utf8[index] == 0x3F || utf8[index] == 0x21 || utf8[index] == 0x22 {
        return true
      }
    }
    return index == 0 && start < 4 || utf8.ends(with: "“", before: index)
      || utf8.ends(with: "‘", before: index)
  }

  private func englishDay(_ utf8: Span<UInt8>, at start: Int) -> (Int, Int)? {
    guard utf8.byte(at: start).isASCIIDigit else { return nil }
    let run = digitRun(utf8, from: start)
    guard run.digits <= 2, !run.hasDecimals, let day = run.value.integer, 1...31 ~= day else {
      return nil
    }
    let next = utf8.byte(at: run.end)
    if next == 0x25 || next == 0x3A { return nil }
    guard next.isASCIILetter else { return (day, run.end) }
    let isSuffix =
      !utf8.isASCIILetter(at: run.end + 2)
      && utf8.isASCIILetter(at: run.end + 1)
    return isSuffix ? (day, run.end + 2) : nil
  }

  /// The 5 of "May 3–5" and of "May 3 to 5".
  private func upperDay(_ utf8: Span<UInt8>, at end: Int) -> (Int, Int)? {
    for mark in ["-", "–", "—", " to ", " - ", " – ", "－", "～"] as [StaticString]
    where utf8.starts(with: mark, at: end) {
      return englishDay(utf8, at: end + mark.utf8CodeUnitCount)
    }
    return nil
  }
}
