internal import Bitext

/// Numbers in Chinese numerals, and the characters that begin a number or date without one.
extension NumberScanner {
  mutating func readHan(_ utf8: Span<UInt8>, _ scalar: UInt32, from start: Int) -> Int {
    let next = start + 3
    switch scalar {
    case 0x534A: return readHalf(utf8, from: start) ?? next
    case 0x661F, 0x5468, 0x9031, 0x793C, 0x79AE: return readWeekday(utf8, from: start) ?? next
    case 0x4E0A, 0x4E0B, 0x9996: return readPartOfYear(utf8, from: start) ?? next
    case 0x7FFB: return readDoubling(utf8, from: start) ?? next
    default: break
    }
    guard ChineseNumerals.isNumeral(scalar) else { return next }
    return readNumerals(utf8, from: start)
  }

  mutating func readNumerals(_ utf8: Span<UInt8>, from start: Int) -> Int {
    if let (isName, end) = NumberTables.names.longest(utf8, at: start), isName,
      !isWithinNumeral(utf8, endingAt: end)
    {
      return end
    }
    var numerals = ChineseNumerals()
    var index = start
    while index < utf8.count {
      let (scalar, length) = utf8.scalar(at: index)
      // 三千米 is three kilometres or three thousand metres; 三千瓦 three kilowatts.
      if scalar == 0x5343 || scalar == 0x5146, numerals.count > 0,
        utf8.starts(with: "千瓦", at: index) || utf8.starts(with: "千克", at: index)
          || utf8.starts(with: "兆瓦", at: index) || utf8.starts(with: "千米", at: index)
      {
        break
      }
      if scalar == 0x767E, utf8.starts(with: "百分", at: index) { break }
      if numerals.count > 1 || numerals.count == 1 && !numerals.isPositional,
        isTael(utf8, scalar, at: index)
      {
        break
      }
      var copy = numerals
      guard copy.read(scalar) else { break }
      if copy.isMalformed { break }
      numerals = copy
      index += length
    }
    if numerals.count == 0 { return readShare(utf8, from: start) }
    return finishNumerals(utf8, numerals, start..<index)
  }

  /// Whether a name that ends in a numeral is a part of a longer number: 二百五 of 二百五十.
  func isWithinNumeral(_ utf8: Span<UInt8>, endingAt end: Int) -> Bool {
    end < utf8.count && ChineseNumerals.isNumeral(utf8.scalar(at: end - 3).value)
      && ChineseNumerals.isNumeral(utf8.scalar(at: end).value)
  }

  /// Whether 两 is the weight and no digit, which it is where no 百, 千 or 万 follows.
  func isTael(_ utf8: Span<UInt8>, _ scalar: UInt32, at index: Int) -> Bool {
    guard scalar == 0x4E24 || scalar == 0x5169, index + 3 < utf8.count else {
      return scalar == 0x4E24 || scalar == 0x5169
    }
    let next = utf8.scalar(at: index + 3).value
    return (ChineseNumerals.unit(next) ?? 0) < 100 && ChineseNumerals.magnitude(next) == nil
  }

  /// 百分之八点五: the numerals did not take the 百 of 百分之.
  mutating func readShare(_ utf8: Span<UInt8>, from start: Int) -> Int {
    let core = Core(value: 100, bare: 100, range: start..<start + 3, style: .numerals)
    return readDenominator(utf8, core) ?? start + 3
  }

  /// Decides what a run of numerals is: a name, an either-or, a share, a date or a number.
  mutating func finishNumerals(
    _ utf8: Span<UInt8>, _ numerals: ChineseNumerals, _ range: Range<Int>
  ) -> Int {
    let end = range.upperBound
    if let stop = readNeighbours(utf8, numerals, range) { return stop }
    guard let value = numerals.value, !runsOn(utf8, at: end) else {
      return readNumberedName(utf8, numerals, range)
    }
    if isUncertain(utf8, range) { return end }
    let exact = ExactNumber(value)
    var core = Core(
      value: exact, bare: exact, range: range, style: .numerals, isPlain: numerals.isPositional,
      digits: numerals.count)
    if let stop = nameEnd(utf8, numerals, at: end) {
      return noteName(utf8, range.lowerBound..<stop, value: exact, style: .numerals)
    }
    readDecimals(utf8, &core)
    if let stop = readDenominator(utf8, core) { return stop }
    if numerals.count == 1, numerals.startsWithMagnitude, !isHundredOrMore(utf8, range) {
      return end
    }
    if let (tenths, stop) = tenths(utf8, core) {
      return note(.quantity, tenths, unit: .percent, range: range.lowerBound..<stop)
    }
    return readDate(utf8, core) ?? finishCount(utf8, numerals, core)
  }

  mutating func finishCount(
    _ utf8: Span<UInt8>, _ numerals: ChineseNumerals, _ value: Core
  ) -> Int {
    var core = value
    let end = core.range.upperBound
    addHalf(utf8, &core)
    if isUncertainMagnitude(utf8, at: end) { readMagnitudes(utf8, &core) }
    skipApproximation(utf8, &core)
    if kind(utf8, before: core.range.lowerBound) == .ordinal {
      return readHanOrdinal(utf8, core, after: end)
    }
    let isApproximate = core.range.upperBound > end && numerals.count > 1
    return isApproximate || isNumber(utf8, numerals, core) ? finish(utf8, core) : end
  }

  /// Whether more numerals follow that did not fit: 十四五.
  func runsOn(_ utf8: Span<UInt8>, at end: Int) -> Bool {
    guard end < utf8.count else { return false }
    let scalar = utf8.scalar(at: end).value
    return ChineseNumerals.isNumeral(scalar) && !utf8.starts(with: "百分", at: end)
      && !utf8.starts(with: "千", at: end) && !isTael(utf8, scalar, at: end)
  }

  /// The end of a name that a number begins: 十六进制, hexadecimal; 二十大, a congress, where 十大
  /// are ten of something.
  func nameEnd(_ utf8: Span<UInt8>, _ numerals: ChineseNumerals, at end: Int) -> Int? {
    for word in ["进制", "進制", "进位", "進位"] as [StaticString]
    where utf8.starts(with: word, at: end) {
      return end + 6
    }
    guard numerals.count > 1, numerals.lastUnit == 10, utf8.starts(with: "大", at: end),
      NumberTables.units.longest(utf8, at: end)?.end == end + 3
    else { return nil }
    return end + 3
  }

  /// Whether numerals are a number here and no part of a name or phrase.
  func isNumber(_ utf8: Span<UInt8>, _ numerals: ChineseNumerals, _ core: Core) -> Bool {
    let start = core.range.lowerBound
    let before = start >= 3 ? utf8.scalar(at: start - 3).value : 0
    let first = utf8.scalar(at: start).value
    if first == 0x4E00, NumberTables.bindsFollowingOne.contains(before) { return false }
    if before == 0x53CC, numerals.count > 1 || first != 0x4E00 { return false }
    let measured = unit(utf8, after: core.range.upperBound, isDigit: false)
    if ChineseNumerals.isFinancial(first), numerals.count == 1 { return false }
    if numerals.isPositional, numerals.count > 1 {
      return numerals.count >= 4 || numerals.count == 3 && numerals.hasZero
    }
    if let (unit, end) = measured {
      // 五一 双 and 零下 are no counts.
      return unit != .classifier
        || end - core.range.upperBound <= 6 && utf8[core.range.upperBound] >= 0x80
          && utf8.spaceLength(at: core.range.upperBound) == 0 && !core.value.isZero
    }
    if numerals.startsWithMagnitude { return isHundredOrMore(utf8, core.range) }
    return numerals.count > 1
  }

  /// 十四五 for the fourteenth five-year plan; what else is no well-formed number is skipped.
  mutating func readNumberedName(
    _ utf8: Span<UInt8>, _ numerals: ChineseNumerals, _ range: Range<Int>
  ) -> Int {
    let start = range.lowerBound
    if utf8.starts(with: "十", at: start), start + 9 <= utf8.count,
      utf8.starts(with: "五", at: start + 6),
      let digit = ChineseNumerals.digit(utf8.scalar(at: start + 3).value), 1...9 ~= digit,
      start + 9 == utf8.count || !ChineseNumerals.isNumeral(utf8.scalar(at: start + 9).value)
    {
      return noteName(
        utf8, start..<start + 9, value: ExactNumber(10 + digit), style: .numerals)
    }
    var index = range.upperBound
    while index < utf8.count {
      let (scalar, length) = utf8.scalar(at: index)
      guard ChineseNumerals.isNumeral(scalar) else { break }
      index += length
    }
    return max(index, start + 3)
  }

  /// Whether 几, 数 or 上 before a unit leaves the value open: 几十, 数百万, 上千.
  func isUncertain(_ utf8: Span<UInt8>, _ range: Range<Int>) -> Bool {
    let start = range.lowerBound
    guard ChineseNumerals.digit(utf8.scalar(at: start).value) == nil else { return false }
    for mark in ["几", "幾", "数", "數", "上", "成"] as [StaticString]
    where utf8.ends(with: mark, before: start) {
      return true
    }
    return false
  }

  /// Whether 多 and a magnitude follow: 一百多亿.
  func isUncertainMagnitude(_ utf8: Span<UInt8>, at end: Int) -> Bool {
    guard end + 6 <= utf8.count else { return false }
    let mark = utf8.scalar(at: end).value
    return (mark == 0x591A || mark == 0x4F59 || mark == 0x9918)
      && ChineseNumerals.magnitude(utf8.scalar(at: end + 3).value) != nil
  }

  /// Whether 百, 千 or 万 alone is a number: 百多个, 过百位.
  func isHundredOrMore(_ utf8: Span<UInt8>, _ range: Range<Int>) -> Bool {
    for mark in ["多", "余", "餘"] as [StaticString]
    where utf8.starts(with: mark, at: range.upperBound) {
      return true
    }
    for mark in ["过", "過", "近", "逾", "超", "不足"] as [StaticString]
    where utf8.ends(with: mark, before: range.lowerBound) {
      return true
    }
    return false
  }

  /// 点 and digits after a value: 十二点五.
  func readDecimals(_ utf8: Span<UInt8>, _ core: inout Core) {
    let end = core.range.upperBound
    guard utf8.starts(with: "点", at: end) || utf8.starts(with: "點", at: end) else { return }
    var mantissa = 0
    var places = 0
    var index = end + 3
    while index < utf8.count, places < 15,
      let digit = ChineseNumerals.digit(utf8.scalar(at: index).value)
    {
      mantissa = mantissa * 10 + digit
      places += 1
      index += 3
    }
    // 九点五分 and 九点三十 are times of day.
    guard places > 0, !utf8.starts(with: "分", at: index), !utf8.starts(with: "十", at: index),
      !utf8.starts(with: "刻", at: index), !utf8.starts(with: "点", at: index)
    else {
      return
    }
    core.value = core.value + ExactNumber(mantissa, exponent: -places)
    core.bare = core.value
    core.isPlain = false
    core.range = core.range.lowerBound..<index
    readMagnitudes(utf8, &core)
    core.style = .numerals
  }

  /// 第三; 第一时间 and the like are no ordinals.
  mutating func readHanOrdinal(_ utf8: Span<UInt8>, _ core: Core, after end: Int) -> Int {
    for phrase in ["时间", "時間", "手", "线", "線", "人称"] as [StaticString]
    where core.value == 1 && utf8.starts(with: phrase, at: end) {
      return end
    }
    var ordinal = core
    ordinal.range = core.range.lowerBound - 3..<core.range.upperBound
    guard ordinal.range.lowerBound >= floor else { return end }
    return note(.ordinal, ordinal, range: ordinal.range)
  }
}
