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
  private func separator(_ utf8: Span<UInt8>, at index: Int, in run: DigitRun) -> Int? {
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

  private func decimalPoint(_ utf8: Span<UInt8>, at index: Int) -> Int? {
    guard index < utf8.count else { return nil }
    let length = utf8[index] == 0x2E ? 1 : utf8.starts(with: "．", at: index) ? 3 : 0
    return length > 0 && utf8.digit(at: index + length) != nil ? length : nil
  }

  mutating func readDigits(_ utf8: Span<UInt8>, from start: Int) -> Int {
    var run = digitRun(utf8, from: start)
    if run.digits == 1, let year = spacedYear(utf8, from: start) { run = year }
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

  /// The four digits of "2 0 1 5 年", as texts out of PDF files space them.
  private func spacedYear(_ utf8: Span<UInt8>, from start: Int) -> DigitRun? {
    var run = DigitRun(end: start)
    while run.digits < 4 {
      guard let (digit, length) = utf8.digit(at: run.end) else { return nil }
      run.append(digit)
      run.end += length
      let space = utf8.spaceLength(at: run.end)
      if run.digits < 4 {
        guard space > 0 else { return nil }
        run.end += space
      }
    }
    return utf8.starts(with: "年", at: run.end + utf8.spaceLength(at: run.end)) ? run : nil
  }

  /// 第 before a number makes it an ordinal.
  func kind(_ utf8: Span<UInt8>, before start: Int) -> RecognizedNumber.Kind {
    utf8.ends(with: "第", before: start) ? .ordinal : .quantity
  }

  private func isNegative(_ utf8: Span<UInt8>, before start: Int) -> Bool {
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

  /// What is a sign and no quantity: versions, dates, times, telephone numbers, fractions.
  private mutating func readSign(_ utf8: Span<UInt8>, _ run: DigitRun, from start: Int) -> Int? {
    let next = utf8.byte(at: run.end)
    let isWhole = !run.hasSeparator && !run.hasDecimals
    if next == 0x2E, run.hasDecimals, utf8.digit(at: run.end + 1) != nil {
      return readDotted(utf8, from: start)
    }
    if isWhole, next == 0x3A || utf8.starts(with: "：", at: run.end) {
      if let end = readClock(utf8, run, from: start) { return end }
    }
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
  private func readableDate(_ utf8: Span<UInt8>, at end: Int) -> Bool {
    let index = end + utf8.spaceLength(at: end)
    return utf8.starts(with: "月", at: index) || utf8.starts(with: "日", at: index)
      || utf8.starts(with: "时", at: index) || utf8.starts(with: "分", at: index)
      || utf8.starts(with: "年", at: index)
  }

  /// 2021.5.3, else a version or an address: 1.2.3, 192.168.0.1.
  private mutating func readDotted(_ utf8: Span<UInt8>, from start: Int) -> Int {
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

  /// 2021-05-03, 2021/5/3, 2021-05; telephone numbers; 1/3.
  private mutating func readJoined(_ utf8: Span<UInt8>, _ run: DigitRun, from start: Int) -> Int? {
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
    if isYear, mark == 0x2F, second.digits == 2, right == (left + 1) % 100 {
      return note(
        CalendarDate(year: left), style: .digits, to: CalendarDate(year: left + 1),
        range: start..<second.end)
    }
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

  private mutating func readThirdPart(
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
  private func slashedDate(_ first: Int?, _ second: Int?, _ year: Int?) -> CalendarDate? {
    guard let first, let second, let year, 1000...2999 ~= year, 1...31 ~= first, 1...31 ~= second,
      first <= 12 || second <= 12
    else { return nil }
    if first > 12 || first == second { return CalendarDate(year: year, month: second, day: first) }
    if second > 12 { return CalendarDate(year: year, month: first, day: second) }
    return CalendarDate(year: year)
  }

  /// Letters right after digits: 5G, 14th, 1990s, 30bn, 9am; `nil` where a unit follows or nothing.
  private mutating func readGlued(_ utf8: Span<UInt8>, _ core: Core) -> Int? {
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
  private func ordinalSuffix(_ utf8: Span<UInt8>, at end: Int) -> Int? {
    guard !utf8.isASCIILetter(at: end + 2) else { return nil }
    switch (utf8.byte(at: end) | 0x20, utf8.byte(at: end + 1) | 0x20) {
    case (0x73, 0x74), (0x6E, 0x64), (0x72, 0x64), (0x74, 0x68): return end + 2
    default: return nil
    }
  }

  /// k, m, bn and the like glued to digits. A lone m is metres unless money stands before.
  func gluedMagnitude(_ utf8: Span<UInt8>, _ core: Core) -> (exponent: Int, end: Int)? {
    let end = core.range.upperBound
    let isAlone = !utf8.isASCIILetter(at: end + 1)
    switch utf8.byte(at: end) | 0x20 {
    case 0x6B where isAlone:
      // 4K is a resolution; 4k, 39K and $4K are thousands.
      let isMoney = currency(utf8, before: core.range.lowerBound) != nil
      return utf8[end] == 0x6B || isMoney || core.digits > 1 ? (3, end + 1) : nil
    case 0x6D
    where isAlone && (utf8[end] == 0x4D || currency(utf8, before: core.range.lowerBound) != nil):
      return (6, end + 1)
    case 0x62 where isAlone && currency(utf8, before: core.range.lowerBound) != nil:
      return (9, end + 1)
    case 0x62, 0x6D, 0x74:
      guard let (word, stop) = word(utf8, at: end), case .magnitude(let exponent) = word else {
        return nil
      }
      return (exponent, stop)
    default: return nil
    }
  }

  /// Multiplies by what follows: 万, 亿, "million", bn; and adds smaller parts: 1亿2000万.
  func readMagnitudes(_ utf8: Span<UInt8>, _ core: inout Core) {
    if let (exponent, end) = gluedMagnitude(utf8, core) {
      return multiply(&core, by: exponent, end: end)
    }
    var end = core.range.upperBound
    let space = utf8.spaceLength(at: end)
    if space > 0 || utf8.byte(at: end) == 0x2D {
      var next = core
      var start = end + max(space, 1)
      while let (word, stop) = word(utf8, at: start), let exponent = word.magnitudeExponent {
        multiply(&next, by: exponent, end: stop)
        start = stop + utf8.spaceLength(at: stop)
      }
      if next.factor != 1 {
        core = next
        return
      }
    }
    end += space
    if let (factor, stop) = hanMagnitude(utf8, at: end) {
      multiply(&core, by: factor, end: stop)
      addSections(utf8, &core, below: factor)
    }
  }

  private func multiply(_ core: inout Core, by exponent: Int, end: Int) {
    let factor = ExactNumber(1, exponent: exponent)
    core.factor = core.factor * factor
    core.value = core.value * factor
    core.range = core.range.lowerBound..<end
    core.isPlain = false
    if core.style == .digits { core.style = .mixed }
  }

  /// 百 千 万 亿 and their compounds at a byte, as a power of ten.
  private func hanMagnitude(_ utf8: Span<UInt8>, at start: Int) -> (exponent: Int, end: Int)? {
    var index = start
    var exponent = 0
    // 余 and 多 stand before the magnitude or after it: 300多万.
    if utf8.starts(with: "多", at: index) || utf8.starts(with: "余", at: index)
      || utf8.starts(with: "餘", at: index)
    {
      index += 3
    }
    while index < utf8.count, exponent < 40 {
      let (scalar, length) = utf8.scalar(at: index)
      if let unit = ChineseNumerals.unit(scalar), unit > 10, !beginsUnit(utf8, scalar, at: index) {
        exponent += unit == 100 ? 2 : 3
      } else if let factor = ChineseNumerals.magnitude(scalar) {
        if scalar == 0x5146, NumberTables.units.longest(utf8, at: index)?.meaning != nil { break }
        exponent += factor == 10_000 ? 4 : factor == 100_000_000 ? 8 : 12
      } else {
        break
      }
      index += length
    }
    // 万分之 is no magnitude, and 百分点 none either.
    if exponent == 0 || utf8.starts(with: "分之", at: index) { return nil }
    return (exponent, index)
  }

  /// Whether 千 and 百 begin a unit: 千瓦, 千克, 千米, 百分点.
  private func beginsUnit(_ utf8: Span<UInt8>, _ scalar: UInt32, at index: Int) -> Bool {
    NumberTables.units.longest(utf8, at: index)?.meaning != nil
      || scalar == 0x767E && utf8.starts(with: "百分", at: index)
  }

  /// 2000万 after 1亿, 5千 after 3万.
  private func addSections(_ utf8: Span<UInt8>, _ core: inout Core, below exponent: Int) {
    var exponent = exponent
    while utf8.digit(at: core.range.upperBound) != nil {
      let run = digitRun(utf8, from: core.range.upperBound)
      guard !run.hasDecimals, !run.hasSeparator else { return }
      if let (next, end) = hanMagnitude(utf8, at: run.end), next < exponent,
        run.digits + next <= exponent
      {
        core.value = core.value + run.value * ExactNumber(1, exponent: next)
        core.range = core.range.lowerBound..<end
        exponent = next
      } else if run.digits == exponent {
        core.value = core.value + run.value
        core.range = core.range.lowerBound..<run.end
        return
      } else {
        return
      }
    }
  }
}

extension NumberWord {
  fileprivate var magnitudeExponent: Int? {
    switch self {
    case .hundred: 2
    case .magnitude(let exponent): exponent
    default: nil
    }
  }
}
