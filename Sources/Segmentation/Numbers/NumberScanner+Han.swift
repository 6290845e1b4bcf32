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

  private mutating func readNumerals(_ utf8: Span<UInt8>, from start: Int) -> Int {
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
  private func isWithinNumeral(_ utf8: Span<UInt8>, endingAt end: Int) -> Bool {
    end < utf8.count && ChineseNumerals.isNumeral(utf8.scalar(at: end - 3).value)
      && ChineseNumerals.isNumeral(utf8.scalar(at: end).value)
  }

  /// Whether 两 is the weight and no digit, which it is where no 百, 千 or 万 follows.
  private func isTael(_ utf8: Span<UInt8>, _ scalar: UInt32, at index: Int) -> Bool {
    guard scalar == 0x4E24 || scalar == 0x5169, index + 3 < utf8.count else {
      return scalar == 0x4E24 || scalar == 0x5169
    }
    let next = utf8.scalar(at: index + 3).value
    return (ChineseNumerals.unit(next) ?? 0) < 100 && ChineseNumerals.magnitude(next) == nil
  }

  /// 百分之八点五: the numerals did not take the 百 of 百分之.
  private mutating func readShare(_ utf8: Span<UInt8>, from start: Int) -> Int {
    let core = Core(value: 100, bare: 100, range: start..<start + 3, style: .numerals)
    return readDenominator(utf8, core) ?? start + 3
  }

  private mutating func finishNumerals(
    _ utf8: Span<UInt8>, _ numerals: ChineseNumerals, _ range: Range<Int>
  ) -> Int {
    let end = range.upperBound
    let isRunOn =
      end < utf8.count && ChineseNumerals.isNumeral(utf8.scalar(at: end).value)
      && !utf8.starts(with: "百分", at: end) && !utf8.starts(with: "千", at: end)
      && !isTael(utf8, utf8.scalar(at: end).value, at: end)
    if let stop = readNeighbours(utf8, numerals, range) { return stop }
    guard let value = numerals.value, !isRunOn else {
      return readNumberedName(utf8, numerals, range)
    }
    let exact = ExactNumber(value)
    var core = Core(
      value: exact, bare: exact, range: range, style: .numerals, isPlain: numerals.isPositional,
      digits: numerals.count)
    if isUncertain(utf8, range) { return end }
    if utf8.starts(with: "进制", at: end) || utf8.starts(with: "進制", at: end)
      || utf8.starts(with: "进位", at: end) || utf8.starts(with: "進位", at: end)
    {
      // 十六进制 is hexadecimal.
      return noteName(utf8, range.lowerBound..<end + 6, style: .numerals)
    }
    readDecimals(utf8, &core)
    if !numerals.startsWithMagnitude || numerals.count > 1,
      let stop = readDenominator(utf8, core)
    {
      return stop
    }
    if numerals.count == 1, numerals.startsWithMagnitude, !isHundredOrMore(utf8, range) {
      return readDenominator(utf8, core) ?? end
    }
    if numerals.count > 1, utf8.starts(with: "大", at: end), numerals.lastUnit == 10,
      NumberTables.units.longest(utf8, at: end)?.end == end + 3
    {
      // 二十大 is a congress; 十大 are ten of something.
      return noteName(utf8, range.lowerBound..<end + 3, value: exact, style: .numerals)
    }
    if let (tenths, stop) = tenths(utf8, core) {
      return note(.quantity, tenths, unit: .percent, range: range.lowerBound..<stop)
    }
    if let stop = readDate(utf8, core) { return stop }
    let numeralEnd = core.range.upperBound
    addHalf(utf8, &core)
    if isUncertainMagnitude(utf8, at: end) { readMagnitudes(utf8, &core) }
    skipApproximation(utf8, &core)
    let kind = kind(utf8, before: range.lowerBound)
    if kind == .ordinal { return readHanOrdinal(utf8, core, after: end) }
    guard
      isNumber(utf8, numerals, core)
        || core.range.upperBound > end && numerals.count > 1
    else {
      return numeralEnd
    }
    return finish(utf8, core)
  }

  /// Whether numerals are a number here and no part of a name or phrase.
  private func isNumber(_ utf8: Span<UInt8>, _ numerals: ChineseNumerals, _ core: Core) -> Bool {
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
  private mutating func readNumberedName(
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
  private func isUncertain(_ utf8: Span<UInt8>, _ range: Range<Int>) -> Bool {
    let start = range.lowerBound
    guard ChineseNumerals.digit(utf8.scalar(at: start).value) == nil else { return false }
    for mark in ["几", "幾", "数", "數", "上", "成"] as [StaticString]
    where utf8.ends(with: mark, before: start) {
      return true
    }
    return false
  }

  /// Whether 多 and a magnitude follow: 一百多亿.
  private func isUncertainMagnitude(_ utf8: Span<UInt8>, at end: Int) -> Bool {
    guard end + 6 <= utf8.count else { return false }
    let mark = utf8.scalar(at: end).value
    return (mark == 0x591A || mark == 0x4F59 || mark == 0x9918)
      && ChineseNumerals.magnitude(utf8.scalar(at: end + 3).value) != nil
  }

  /// Whether 百, 千 or 万 alone is a number: 百多个, 过百位.
  private func isHundredOrMore(_ utf8: Span<UInt8>, _ range: Range<Int>) -> Bool {
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
  private func readDecimals(_ utf8: Span<UInt8>, _ core: inout Core) {
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

  /// Two neighbouring digits say one or the other: 七八个, 三四十, 十七八岁.
  private mutating func readNeighbours(
    _ utf8: Span<UInt8>, _ numerals: ChineseNumerals, _ range: Range<Int>
  ) -> Int? {
    var numerals = numerals
    var end = range.upperBound
    if !numerals.isPositional {
      // The second digit of 十七八 did not belong to a number any more.
      guard end < utf8.count, let high = ChineseNumerals.digit(utf8.scalar(at: end).value),
        let low = ChineseNumerals.digit(utf8.scalar(at: end - 3).value), high == low + 1, low > 0,
        let value = numerals.value
      else { return nil }
      return noteNeighbours(utf8, value, value + 1, factor: 1, range.lowerBound..<end + 3)
    }
    guard numerals.count == 2 else { return nil }
    let (low, high) = (Int(numerals.positional) / 10, Int(numerals.positional) % 10)
    guard low > 0, high == low + 1 || low == 3 && high == 5 else { return nil }
    numerals = ChineseNumerals()
    _ = numerals.read(0x4E00)
    while end < utf8.count {
      let scalar = utf8.scalar(at: end).value
      guard ChineseNumerals.unit(scalar) != nil || ChineseNumerals.magnitude(scalar) != nil,
        !utf8.starts(with: "千瓦", at: end), !utf8.starts(with: "百分", at: end),
        numerals.read(scalar)
      else { break }
      end += 3
    }
    guard let factor = numerals.value else { return nil }
    return noteNeighbours(utf8, low, high, factor: factor, range.lowerBound..<end)
  }

  private mutating func noteNeighbours(
    _ utf8: Span<UInt8>, _ low: Int, _ high: Int, factor: Int, _ numeral: Range<Int>
  ) -> Int? {
    var core = Core(value: ExactNumber(low), bare: 0, range: numeral, style: .numerals)
    skipApproximation(utf8, &core)
    let measured = unit(utf8, after: core.range.upperBound, isDigit: false)
    guard measured != nil || factor > 1 else { return nil }
    let scale = ExactNumber(factor)
    let end = measured?.1 ?? core.range.upperBound
    found.append(
      RecognizedNumber(
        kind: .quantity, style: .numerals, value: ExactNumber(low) * scale,
        upper: ExactNumber(high) * scale, unit: measured?.0,
        range: numeral.lowerBound..<end, numeral: numeral))
    return end
  }

  /// 第三; 第一时间 and the like are no ordinals.
  private mutating func readHanOrdinal(_ utf8: Span<UInt8>, _ core: Core, after end: Int) -> Int {
    for phrase in ["时间", "時間", "手", "线", "線", "人称"] as [StaticString]
    where core.value == 1 && utf8.starts(with: phrase, at: end) {
      return end
    }
    var ordinal = core
    ordinal.range = core.range.lowerBound - 3..<core.range.upperBound
    guard ordinal.range.lowerBound >= floor else { return end }
    return note(.ordinal, ordinal, range: ordinal.range)
  }

  // MARK: Parts

  /// 分之 after a denominator: 三分之一, 百分之八, 千分之三.
  mutating func readDenominator(_ utf8: Span<UInt8>, _ core: Core) -> Int? {
    let end = core.range.upperBound
    guard utf8.starts(with: "分之", at: end), let denominator = core.value.integer,
      let share = share(utf8, at: end + 6)
    else {
      return nil
    }
    let range = core.range.lowerBound..<share.range.upperBound
    if denominator == 100 || denominator == 1000 {
      return note(
        .quantity, share, unit: denominator == 100 ? .percent : .perMille, range: range)
    }
    guard let part = ExactNumber(1, over: denominator) else { return nil }
    var fraction = Core(value: share.value * part, bare: 0, range: range, style: core.style)
    fraction.bare = fraction.value
    return note(.quantity, fraction, range: range)
  }

  /// The numerator after 分之, in digits or numerals.
  private func share(_ utf8: Span<UInt8>, at start: Int) -> Core? {
    if utf8.digit(at: start) != nil {
      let run = digitRun(utf8, from: start)
      return Core(value: run.value, bare: run.value, range: start..<run.end, style: .digits)
    }
    var numerals = ChineseNumerals()
    var index = start
    while index < utf8.count, numerals.read(utf8.scalar(at: index).value) { index += 3 }
    guard let value = numerals.value else { return nil }
    var core = Core(
      value: ExactNumber(value), bare: ExactNumber(value), range: start..<index, style: .numerals)
    readDecimals(utf8, &core)
    return core
  }

  /// What follows 成 in words that have nothing to do with tenths: 成为, 成功, 成人.
  private static let bindsTenth = Set(
    "为為立功果員员本都長长就交绩績效熟分品人年语語型套因名".unicodeScalars.map(\.value))

  /// 成, a tenth: 三成, 三成五. Not 成为, 成功 and other words.
  func tenths(_ utf8: Span<UInt8>, _ core: Core) -> (Core, Int)? {
    let end = core.range.upperBound
    guard utf8.starts(with: "成", at: end), core.factor == 1, let tens = core.value.integer,
      1...9 ~= tens || core.style == .digits && tens == 10
    else { return nil }
    var index = end + 3
    var percent = tens * 10
    if index < utf8.count {
      let scalar = utf8.scalar(at: index).value
      if Self.bindsTenth.contains(scalar), !utf8.starts(with: "人民", at: index),
        !utf8.starts(with: "人口", at: index), !utf8.starts(with: "人员", at: index)
      {
        return nil
      }
      if scalar == 0x534A {
        percent += 5
        index += 3
      } else if let digit = ChineseNumerals.digit(scalar), digit > 0 {
        percent += digit
        index += 3
      }
    }
    var tenths = core
    tenths.value = ExactNumber(percent)
    tenths.bare = tenths.value
    tenths.range = core.range.lowerBound..<index
    return (tenths, index)
  }

  /// 半 after a unit or 个: 两年半, 三个半月, 两倍半.
  func addHalf(_ utf8: Span<UInt8>, _ core: inout Core) {
    let end = core.range.upperBound
    if utf8.starts(with: "个半", at: end),
      utf8.starts(with: "小时", at: end + 6)
        || utf8.starts(with: "月", at: end + 6)
    {
      core.value = core.value + ExactNumber(5, exponent: -1)
      core.range = core.range.lowerBound..<end + 6
    }
  }

  /// 余, 多 and 来 after a number say "and some": they do not change its value.
  func skipApproximation(_ utf8: Span<UInt8>, _ core: inout Core) {
    let end = core.range.upperBound
    for mark in ["余", "餘", "多", "来", "來", "+"] as [StaticString]
    where utf8.starts(with: mark, at: end) {
      let length = mark.utf8CodeUnitCount
      // 三来 is no number, and 多 begins words: 12多边形 does not occur, 两多 might.
      guard core.style != .words, core.style != .numerals || core.value.double >= 10 else { return }
      core.range = core.range.lowerBound..<end + length
      return
    }
  }

  /// 半年, 半个世纪: a half of a unit.
  private mutating func readHalf(_ utf8: Span<UInt8>, from start: Int) -> Int? {
    let isWhole = utf8.ends(with: "一", before: start) && start - 3 >= floor
    var index = start + 3
    if utf8.starts(with: "个", at: index) { index += 3 }
    let first = isWhole ? start - 3 : start
    let core = Core(
      value: ExactNumber(5, exponent: -1), bare: 0, range: first..<start + 3, style: .numerals)
    for prefix in ["上", "下", "前", "后", "大", "多", "夜"] as [StaticString]
    where utf8.ends(with: prefix, before: start) {
      return nil
    }
    if let (unit, end) = NumberTables.units.longest(utf8, at: index), let unit,
      unit != .classifier, unit.dimension != .money
    {
      return note(.quantity, core, unit: unit, range: first..<end)
    }
    return isWhole ? note(.quantity, core, range: first..<start + 3) : nil
  }

  private mutating func readWeekday(_ utf8: Span<UInt8>, from start: Int) -> Int? {
    let length =
      utf8.starts(with: "星期", at: start) || utf8.starts(with: "礼拜", at: start)
        || utf8.starts(with: "禮拜", at: start)
      ? 6
      : utf8.starts(with: "周", at: start) || utf8.starts(with: "週", at: start) ? 3 : 0
    guard length > 0, start + length + 3 <= utf8.count else { return nil }
    let scalar = utf8.scalar(at: start + length).value
    let end = start + length + 3
    var weekday = ChineseNumerals.digit(scalar) ?? 0
    if scalar == 0x65E5 || scalar == 0x5929 && length == 6 { weekday = 7 }
    guard 1...7 ~= weekday, scalar != 0x4E24, weekday != 7 || scalar == 0x65E5 || scalar == 0x5929,
      !utf8.starts(with: "年", at: end), !utf8.starts(with: "岁", at: end),
      !utf8.starts(with: "期", at: end)
    else { return nil }
    var date = CalendarDate()
    date.weekday = UInt8(weekday)
    return note(date, style: .numerals, range: start..<end)
  }

  /// 上半年, 首季.
  private mutating func readPartOfYear(_ utf8: Span<UInt8>, from start: Int) -> Int? {
    guard let (part, isHalf, end) = partOfYear(utf8, at: start) else { return nil }
    var date = CalendarDate()
    if isHalf { date.half = part } else { date.quarter = part }
    return note(date, style: .numerals, range: start..<end)
  }

  /// 翻番, 翻一番, 翻两番.
  private mutating func readDoubling(_ utf8: Span<UInt8>, from start: Int) -> Int? {
    var index = start + 3
    if utf8.starts(with: "了", at: index) { index += 3 }
    var times = 1
    if let (number, end) = smallNumber(utf8, at: index, 1...9) {
      times = number
      index = end
    }
    guard utf8.starts(with: "番", at: index) else { return nil }
    let core = Core(
      value: ExactNumber(1 << times), bare: 0, range: start..<index + 3, style: .numerals)
    return note(.quantity, core, unit: .times, range: start..<index + 3)
  }
}
