internal import Bitext

/// Shares, halves, doublings and either-or numbers in Chinese.
extension NumberScanner {
  /// Two neighbouring digits say one or the other: 七八个, 三四十, 十七八岁.
  mutating func readNeighbours(
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

  mutating func noteNeighbours(
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

  /// 分之 after a denominator: 三分之一, 百分之八, 千分之三.
  mutating func readDenominator(_ utf8: Span<UInt8>, _ core: Core) -> Int? {
    let end = core.range.upperBound
    if let stop = readShortFraction(utf8, core) { return stop }
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

  /// 三分一 and 四分三, as Hong Kong writes them; not 三分二十秒.
  private mutating func readShortFraction(_ utf8: Span<UInt8>, _ core: Core) -> Int? {
    let end = core.range.upperBound
    guard core.style == .numerals, let bottom = core.value.integer, 2...10 ~= bottom,
      utf8.starts(with: "分", at: end), end + 6 <= utf8.count,
      let top = ChineseNumerals.digit(utf8.scalar(at: end + 3).value), 1..<bottom ~= top,
      end + 6 == utf8.count || !ChineseNumerals.isNumeral(utf8.scalar(at: end + 6).value),
      NumberTables.units.longest(utf8, at: end + 6)?.meaning == nil
    else { return nil }
    guard let value = ExactNumber(top, over: bottom) else { return nil }
    let range = core.range.lowerBound..<end + 6
    return note(
      .quantity, Core(value: value, bare: value, range: range, style: .numerals), range: range)
  }

  /// The numerator after 分之, in digits or numerals.
  func share(_ utf8: Span<UInt8>, at start: Int) -> Core? {
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
  static let bindsTenth = Set(
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
    let hasHalf = utf8.starts(with: "个半", at: end) || utf8.starts(with: "個半", at: end)
    if hasHalf,
      utf8.starts(with: "小时", at: end + 6) || utf8.starts(with: "小時", at: end + 6)
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
  mutating func readHalf(_ utf8: Span<UInt8>, from start: Int) -> Int? {
    let isWhole = utf8.ends(with: "一", before: start) && start - 3 >= floor
    let first = isWhole ? start - 3 : start
    let core = Core(
      value: ExactNumber(5, exponent: -1), bare: 0, range: first..<start + 3, style: .numerals)
    for prefix in ["上", "下", "前", "后", "大", "多", "夜"] as [StaticString]
    where utf8.ends(with: prefix, before: start) {
      return nil
    }
    let hasCounter =
      utf8.starts(with: "个", at: start + 3) || utf8.starts(with: "個", at: start + 3)
    // 个月 and 个小时 are units with their 个, 公里 of 半个公里 is one without.
    for index in hasCounter ? [start + 3, start + 6] : [start + 3] {
      if let (unit, end) = NumberTables.units.longest(utf8, at: index), let unit,
        unit != .classifier, unit.dimension != .money
      {
        return note(.quantity, core, unit: unit, range: first..<end)
      }
    }
    return isWhole ? note(.quantity, core, range: first..<start + 3) : nil
  }

  mutating func readWeekday(_ utf8: Span<UInt8>, from start: Int) -> Int? {
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
      !utf8.starts(with: "期", at: end), !isDaysAWeek(utf8, start, end)
    else { return nil }
    var date = CalendarDate()
    date.weekday = UInt8(weekday)
    return note(date, style: .numerals, range: start..<end)
  }

  /// Whether 周六天 are the six days of 每周六天.
  private func isDaysAWeek(_ utf8: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    utf8.ends(with: "每", before: start) && utf8.starts(with: "天", at: end)
      && !utf8.starts(with: "天气", at: end) && !utf8.starts(with: "天氣", at: end)
  }

  /// 上半年, 首季.
  mutating func readPartOfYear(_ utf8: Span<UInt8>, from start: Int) -> Int? {
    guard let (part, isHalf, end) = partOfYear(utf8, at: start) else { return nil }
    var date = CalendarDate()
    if isHalf { date.half = part } else { date.quarter = part }
    return note(date, style: .numerals, range: start..<end)
  }

  /// 翻番, 翻一番, 翻两番.
  mutating func readDoubling(_ utf8: Span<UInt8>, from start: Int) -> Int? {
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
