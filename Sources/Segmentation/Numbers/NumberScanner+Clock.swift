internal import Bitext

/// Times of day, in both languages.
extension NumberScanner {
  /// 9时, 9时30分, 九点半, with 上午 and the like before it.
  mutating func readHour(_ utf8: Span<UInt8>, _ core: Core, at suffix: Int) -> Int? {
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
  func isAmongTimes(_ utf8: Span<UInt8>, _ core: Core, suffix: Int) -> Bool {
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
  func readHalfOfDay(_ utf8: Span<UInt8>, _ clock: inout CalendarDate, before end: Int)
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

  func twoDigits(_ utf8: Span<UInt8>, at start: Int) -> (Int, Int)? {
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
}
