internal import Bitext

/// Digits with separators, and what they are when they are no quantity: dates, times, versions.
extension NumberScanner {
  /// A run of digits as it stands.
  struct DigitRun {
    var mantissa = 0
    var exponent = 0
    var digits = 0
    var end: Int
    var hasSeparator = false
    var hasDecimals = false
    var hasLeadingZero = false

    var value: ExactNumber { ExactNumber(mantissa, exponent: exponent) }

    mutating func append(_ digit: Int) {
      if digits == 0, digit == 0 { hasLeadingZero = true }
      if !hasDecimals { digits += 1 }
      // The digits after the eighteenth do not count, their places do.
      if mantissa < 100_000_000_000_000_000 {
        mantissa = mantissa * 10 + digit
        if hasDecimals { exponent -= 1 }
      } else if !hasDecimals {
        exponent += 1
      }
    }
  }

  func digitRun(_ utf8: Span<UInt8>, from start: Int) -> DigitRun {
    var run = DigitRun(end: start)
    while true {
      if let (digit, length) = utf8.digit(at: run.end) {
        run.append(digit)
        run.end += length
      } else if let length = separator(utf8, at: run.end, in: run) {
        run.hasSeparator = true
        run.end += length
      } else if !run.hasDecimals, run.digits > 0, let length = decimalPoint(utf8, at: run.end) {
        run.hasDecimals = true
        run.end += length
      } else {
        return run
      }
    }
  }

  /// A comma or thin space between groups of three.
  func separator(_ utf8: Span<UInt8>, at index: Int, in run: DigitRun) -> Int? {
    guard index < utf8.count, !run.hasDecimals, run.hasSeparator || 1...3 ~= run.digits else {
      return nil
    }
    let (scalar, length) = utf8.scalar(at: index)
    guard
      scalar == 0x2C || scalar == 0xFF0C || scalar == 0xA0 || scalar == 0x2009
        || scalar == 0x202F
    else {
      return nil
    }
    var next = index + length
    for _ in 0..<3 {
      guard let digit = utf8.digit(at: next) else { return nil }
      next += digit.length
    }
    return utf8.digit(at: next) == nil ? length : nil
  }

  func decimalPoint(_ utf8: Span<UInt8>, at index: Int) -> Int? {
    guard index < utf8.count else { return nil }
    let length = utf8[index] == 0x2E ? 1 : utf8.starts(with: "．", at: index) ? 3 : 0
    return length > 0 && utf8.digit(at: index + length) != nil ? length : nil
  }

  mutating func readDigits(_ utf8: Span<UInt8>, from start: Int) -> Int {
    var run = digitRun(utf8, from: start)
    if run.digits == 1, let date = spacedDate(utf8, from: start) { run = date }
    if let end = readSign(utf8, run, from: start) { return end }
    let isWhole = !run.hasSeparator && !run.hasDecimals
    var core = Core(
      value: run.value, bare: run.value, range: start..<run.end, style: .digits, isPlain: isWhole,
      digits: run.digits)
    if isNegative(utf8, before: start) {
      core.value = -core.value
      core.bare = core.value
    }
    if let end = readGlued(utf8, core) ?? readOClock(utf8, core) { return end }
    readMagnitudes(utf8, &core)
    if let end = readDenominator(utf8, core) ?? readDate(utf8, core) { return end }
    addHalf(utf8, &core)
    skipApproximation(utf8, &core)
    if let (other, end) = tenths(utf8, core) {
      return note(.quantity, other, unit: .percent, range: core.range.lowerBound..<end)
    }
    return finish(utf8, core, kind: kind(utf8, before: start))
  }

  /// The four digits of "2 0 1 5 年" and the two of "1 2 月", as texts out of PDF files space them.
  func spacedDate(_ utf8: Span<UInt8>, from start: Int) -> DigitRun? {
    var run = DigitRun(end: start)
    while let (digit, length) = utf8.digit(at: run.end), run.digits < 4 {
      run.append(digit)
      run.end += length
      let space = utf8.spaceLength(at: run.end)
      guard space > 0, utf8.digit(at: run.end + space) != nil else { break }
      run.end += space
    }
    let suffix = run.end + utf8.spaceLength(at: run.end)
    switch run.digits {
    case 4: return utf8.starts(with: "年", at: suffix) ? run : nil
    case 2:
      let isDate = utf8.starts(with: "月", at: suffix) || utf8.starts(with: "日", at: suffix)
      return isDate ? run : nil
    default: return nil
    }
  }

  /// 第 before a number makes it an ordinal.
  func kind(_ utf8: Span<UInt8>, before start: Int) -> RecognizedNumber.Kind {
    utf8.ends(with: "第", before: start) ? .ordinal : .quantity
  }

  func isNegative(_ utf8: Span<UInt8>, before start: Int) -> Bool {
    if utf8.ends(with: "负", before: start) || utf8.ends(with: "零下", before: start)
      || utf8.ends(with: "負", before: start) || utf8.ends(with: "minus ", before: start)
    {
      return true
    }
    let isSign = utf8.ends(with: "−", before: start) || utf8.ends(with: "–", before: start)
    let length = utf8.byte(at: start - 1) == 0x2D ? 1 : isSign ? 3 : 0
    guard length > 0 else { return false }
    let before = utf8.byte(at: start - length - 1)
    return before == 0 || before == 0x20 || before == 0x28 || before == 0x0A
      || utf8.ends(with: "（", before: start - length)
  }

  /// Letters right after digits: 5G, 14th, 1990s, 30bn, 9am; `nil` where a unit follows or nothing.
  mutating func readGlued(_ utf8: Span<UInt8>, _ core: Core) -> Int? {
    let end = core.range.upperBound
    let start = core.range.lowerBound
    if core.isPlain,
      utf8.starts(with: "s", at: end) || utf8.starts(with: "'s", at: end)
        || utf8.starts(with: "’s", at: end)
    {
      let stop = end + (utf8.byte(at: end) == 0x73 ? 1 : utf8.byte(at: end) == 0x27 ? 2 : 4)
      if !utf8.isASCIILetter(at: stop), let decade = core.value.integer, decade % 10 == 0,
        core.year != nil || core.digits == 2 && core.style == .digits
      {
        var date = CalendarDate(year: decade)
        date.span = .decade
        date.hasShortYear = core.digits == 2
        return note(date, style: .digits, range: start..<stop)
      }
    }
    guard utf8.isASCIILetter(at: end) else {
      return end < utf8.count && utf8[end] >= 0x80 && utf8.scalar(at: end).value.isWideLetter
        ? readWideName(utf8, end, from: start) : nil
    }
    if let suffix = ordinalSuffix(utf8, at: end) { return readOrdinal(utf8, core, suffix: suffix) }
    if gluedMagnitude(utf8, core) != nil { return nil }
    // 5G is a name, 5 g a weight.
    let isName = utf8[end] == 0x47 || utf8[end] == 0x54 || utf8[end] == 0x48
    if let (_, unitEnd) = unit(utf8, after: end, isDigit: true), unitEnd > end + 1 || !isName,
      !utf8.byte(at: unitEnd).isASCIIDigit || utf8[unitEnd - 1] >= 0x80
    {
      return nil
    }
    if englishHour(utf8, core.value.integer ?? 99, at: end) != nil { return nil }
    var stop = end
    while utf8.isASCIILetter(at: stop) || utf8.byte(at: stop).isASCIIDigit { stop += 1 }
    return noteName(utf8, start..<stop)
  }

  /// Where st, nd, rd or th ends.
  func ordinalSuffix(_ utf8: Span<UInt8>, at end: Int) -> Int? {
    guard !utf8.isASCIILetter(at: end + 2) else { return nil }
    switch (utf8.byte(at: end) | 0x20, utf8.byte(at: end + 1) | 0x20) {
    case (0x73, 0x74), (0x6E, 0x64), (0x72, 0x64), (0x74, 0x68): return end + 2
    default: return nil
    }
  }
}
