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

  mutating func readYear(_ utf8: Span<UInt8>, _ core: Core, after end: Int) -> Int? {
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
  func readDayAndTime(_ utf8: Span<UInt8>, _ date: inout CalendarDate, _ stop: inout Int) {
    let start = stop + utf8.spaceLength(at: stop)
    guard let (day, end) = smallNumber(utf8, at: start, 1...31) else { return }
    let suffix = end + utf8.spaceLength(at: end)
    if isDayMark(utf8, at: suffix) {
      date.day = UInt8(day)
      stop = suffix + 3
    } else if isBeforeDay(utf8, at: suffix) {
      date.day = UInt8(day)
      stop = end
    }
  }

  func isDayMark(_ utf8: Span<UInt8>, at index: Int) -> Bool {
    utf8.starts(with: "日", at: index) || utf8.starts(with: "号", at: index)
      || utf8.starts(with: "號", at: index)
  }

  /// Whether another day follows whose mark serves both: the 至24日 of 3月22至24日.
  func isBeforeDay(_ utf8: Span<UInt8>, at index: Int) -> Bool {
    for mark in ["至", "到", "、", "和", "及", "-", "–", "—", "~", "～"] as [StaticString]
    where utf8.starts(with: mark, at: index) {
      guard let (_, end) = smallNumber(utf8, at: index + mark.utf8CodeUnitCount, 1...31) else {
        return false
      }
      return isDayMark(utf8, at: end + utf8.spaceLength(at: end))
    }
    return false
  }

  func month(_ utf8: Span<UInt8>, at start: Int) -> (Int, Int)? {
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

  mutating func readMonth(_ utf8: Span<UInt8>, _ core: Core, after end: Int) -> Int? {
    guard let month = core.small(1...12) else { return nil }
    var date = CalendarDate(month: month)
    var stop = end + (utf8.starts(with: "份", at: end) ? 3 : 0)
    readDayAndTime(utf8, &date, &stop)
    return note(date, style: core.style, range: core.range.lowerBound..<stop)
  }

  mutating func readDay(_ utf8: Span<UInt8>, _ core: Core, after end: Int) -> Int? {
    // 一日 and 三日 are as often "a day" and "three days".
    guard let day = core.small(1...31), core.style == .digits || day > 10,
      !utf8.starts(with: "元", at: end), !utf8.starts(with: "圆", at: end)
    else {
      return nil
    }
    return note(CalendarDate(day: day), style: core.style, range: core.range.lowerBound..<end)
  }

  /// 90年代, 1990年代; after 20世纪 or 上世纪 see ``readCentury(_:_:at:)``.
  mutating func readDecade(_ utf8: Span<UInt8>, _ core: Core, after end: Int) -> Int? {
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

  mutating func readCentury(_ utf8: Span<UInt8>, _ core: Core, at suffix: Int) -> Int? {
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

  mutating func readQuarter(_ utf8: Span<UInt8>, _ core: Core, at suffix: Int) -> Int? {
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
}
