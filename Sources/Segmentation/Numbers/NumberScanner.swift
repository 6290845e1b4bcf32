internal import Bitext

/// One pass over a text that notes its numbers.
///
/// Reading is greedy from left to right; what has been noted is never read again, and looking back
/// is bounded, so that the time is linear.
struct NumberScanner {
  var found: [RecognizedNumber] = []
  /// Of the last number found: its value before magnitudes and their product, for "3 to 5 million".
  var lastBare: ExactNumber?
  var lastFactor: ExactNumber = 1
  let words = NumberWord.table
  let beginners = Beginners.table

  /// A value that has been read, before its unit.
  struct Core {
    var value: ExactNumber
    /// Without magnitudes: 3 of 三万.
    var bare: ExactNumber
    var factor: ExactNumber = 1
    var range: Range<Int>
    var style: RecognizedNumber.Style
    /// Digits or positional numerals without separators, decimals and magnitudes.
    var isPlain = false
    /// How many digits or positional numerals.
    var digits = 0

    /// A plain year with its four digits.
    var year: Int? {
      guard isPlain, digits == 4, let year = value.integer, 1000...2999 ~= year else { return nil }
      return year
    }

    /// A plain number of one or two digits, or numerals, in a range.
    func small(_ bounds: ClosedRange<Int>) -> Int? {
      // Numerals read digit by digit are no day or month: 一两月.
      guard factor == 1, isPlain ? digits <= (style == .digits ? 2 : 1) : style == .numerals,
        let number = value.integer, bounds.contains(number)
      else {
        return nil
      }
      return number
    }
  }

  /// Where the last number found ends: nothing before is looked at again.
  var floor: Int { found.last?.range.upperBound ?? 0 }

  /// Reads what stands at a byte and returns where to go on.
  mutating func step(_ utf8: Span<UInt8>, at index: Int) -> Int {
    let byte = utf8[index]
    if byte.isASCIILetter { return readWord(utf8, from: index) }
    if byte.isASCIIDigit { return readDigits(utf8, from: index) }
    if byte < 0x80 { return index + 1 }
    if 0xE4...0xE9 ~= byte, index + 2 < utf8.count {
      // Most ideographs begin nothing. What is no UTF-8 is in no table either, or is read again.
      let low = UInt32(utf8[index + 1] & 0x3F) << 6 | UInt32(utf8[index + 2] & 0x3F)
      let scalar = UInt32(byte & 0x0F) << 12 | low
      if !beginners.contains(scalar) { return index + (utf8[index + 2] & 0xC0 == 0x80 ? 3 : 1) }
    }
    let (scalar, length) = utf8.scalar(at: index)
    if length == 3, 0x3007...0x9FFF ~= scalar { return readHan(utf8, scalar, from: index) }
    if 0xFF10...0xFF19 ~= scalar { return readDigits(utf8, from: index) }
    if scalar.isWideLetter { return readWideName(utf8, index, from: index) ?? index + length }
    return index + length
  }

  // MARK: Noting

  mutating func note(
    _ kind: RecognizedNumber.Kind, _ core: Core, unit: NumberUnit? = nil, range: Range<Int>
  ) -> Int {
    append(
      RecognizedNumber(
        kind: kind, style: core.style, value: core.value, unit: unit, range: range,
        numeral: core.range),
      bare: core.bare, factor: core.factor)
    return range.upperBound
  }

  mutating func note(
    _ date: CalendarDate, style: RecognizedNumber.Style, to upper: CalendarDate? = nil,
    range: Range<Int>
  ) -> Int {
    append(
      RecognizedNumber(
        kind: .date, style: style, date: date, upperDate: upper, range: range, numeral: range))
    return range.upperBound
  }

  /// Notes a name, with its number if it has one.
  mutating func noteName(
    _ utf8: Span<UInt8>, _ range: Range<Int>, value: ExactNumber? = nil,
    style: RecognizedNumber.Style = .digits
  ) -> Int {
    var hash = PhraseHash()
    var index = range.lowerBound
    while index < range.upperBound {
      let (scalar, length) = utf8.scalar(at: index)
      hash.append(scalar)
      index += length
    }
    found.append(
      RecognizedNumber(
        kind: .name, style: style, value: value, range: range, numeral: range,
        nameHash: hash.value))
    lastBare = nil
    return range.upperBound
  }

  mutating func append(
    _ number: RecognizedNumber, bare: ExactNumber? = nil, factor: ExactNumber = 1
  ) {
    found.append(number)
    pending = (bare, factor)
  }

  /// Of the number just appended, until ``joinRange(_:)`` has seen it.
  private var pending: (bare: ExactNumber?, factor: ExactNumber)?

  /// Joins the number just read to the one before, if the text between says that they are the ends
  /// of a range.
  mutating func joinRange(_ utf8: Span<UInt8>) {
    guard let (bare, factor) = pending else { return }
    pending = nil
    if found.count > 1 {
      let joined = RangeJoiner(
        low: found[found.count - 2], high: found[found.count - 1], lowBare: lastBare,
        lowFactor: lastFactor, highBare: bare, highFactor: factor
      ).joined(utf8)
      if let joined {
        found.removeLast(2)
        found.append(joined)
        lastBare = nil
        return
      }
    }
    (lastBare, lastFactor) = (bare, factor)
    completeList(utf8)
  }

  /// Makes months of the plain numbers before a month, one by one: 1、2、3月; and gives a day the
  /// month of the day before it: 12月16日和17日.
  mutating func completeList(_ utf8: Span<UInt8>) {
    var index = found.count - 1
    if index > 0,
      let carried = RangeJoiner.carried(from: found[index - 1], to: found[index], utf8)
    {
      found[index] = carried
    }
    while index > 0, found[index].date != nil,
      let listed = RangeJoiner.listed(found[index - 1], before: found[index], utf8)
    {
      found[index - 1] = listed
      index -= 1
    }
  }

  // MARK: After a value

  /// Reads the unit after a value and the currency sign before it, and notes the number.
  mutating func finish(
    _ utf8: Span<UInt8>, _ value: Core, kind: RecognizedNumber.Kind = .quantity
  ) -> Int {
    var core = value
    var range = core.range
    var unit: NumberUnit?
    if let (prefix, start) = currency(utf8, before: range.lowerBound) {
      unit = prefix
      range = start..<range.upperBound
    }
    let suffix = self.unit(utf8, after: range.upperBound, isDigit: core.style != .words)
    if core.style == .numerals, suffix?.0.dimension != .money {
      // 人民币一百元 is money, 人民币一级市场 is none.
      (unit, range) = (nil, core.range)
    }
    if let (suffix, end) = suffix {
      let suffix = isSpeed(utf8, suffix, before: range.lowerBound) ? .kilometrePerHour : suffix
      // In "US$30 million yuan" neither sign is sure; in RMB300元 both are one.
      if unit == nil || suffix.dimension == .money { unit = unit ?? suffix }
      if unit?.dimension == suffix.dimension { range = range.lowerBound..<end }
      if let (tail, stop) = decimalsAfterUnit(utf8, suffix, core, at: end) {
        core.value = core.value + tail
        range = range.lowerBound..<stop
      } else if let stop = halfAfterUnit(utf8, suffix, at: end) {
        core.value = core.value + ExactNumber(5, exponent: -1)
        range = range.lowerBound..<stop
      }
    }
    if unit == nil, kind == .quantity, let year = core.year, 1900...2099 ~= year,
      core.style == .digits
    {
      return note(CalendarDate(year: year), style: .digits, range: range)
    }
    return note(kind, core, unit: unit, range: range)
  }

  /// Whether 公里 are those of 时速350公里.
  func isSpeed(_ utf8: Span<UInt8>, _ unit: NumberUnit, before start: Int) -> Bool {
    guard unit == .kilometre else { return false }
    for mark in ["时速", "時速", "时速达", "每小时", "每小時"] as [StaticString]
    where utf8.ends(with: mark, before: start) {
      return true
    }
    return false
  }

  /// What stands after the unit of a length or time to the hundredth: 1米88, 9秒83.
  func decimalsAfterUnit(
    _ utf8: Span<UInt8>, _ unit: NumberUnit, _ core: Core, at end: Int
  ) -> (ExactNumber, Int)? {
    guard unit == .metre || unit == .second, core.style == .digits, core.isPlain,
      utf8[end - 1] >= 0x80, utf8.digit(at: end) != nil
    else { return nil }
    let run = digitRun(utf8, from: end)
    guard run.digits <= 2, !run.hasDecimals, !run.hasSeparator, !utf8.isASCIILetter(at: run.end),
      utf8.byte(at: run.end) != 0x25, hanMagnitude(utf8, at: run.end) == nil,
      NumberTables.units.longest(utf8, at: run.end)?.meaning == nil
    else { return nil }
    return (run.value * ExactNumber(1, exponent: -run.digits), run.end)
  }

  /// The end of 半 after a unit: 三年半, 两倍半; not that of 两天半天.
  func halfAfterUnit(_ utf8: Span<UInt8>, _ unit: NumberUnit, at end: Int) -> Int? {
    guard [.time, .calendar].contains(unit.dimension) || unit == .times,
      utf8.starts(with: "半", at: end),
      NumberTables.units.longest(utf8, at: end + 3)?.meaning == nil
    else { return nil }
    return end + 3
  }

  /// The unit after a number, over one space or hyphen at most.
  func unit(_ utf8: Span<UInt8>, after end: Int, isDigit: Bool) -> (NumberUnit, Int)? {
    var start = end
    let space = utf8.spaceLength(at: start)
    start += space
    if space == 0, utf8.byte(at: start) == 0x2D { start += 1 }
    guard start < utf8.count else { return nil }
    let first = utf8[start]
    // Plain letters after a space are a unit only if they are no common word: "5 t", never "2 x".
    guard let (unit, unitEnd) = NumberTables.units.longest(utf8, at: start), let unit,
      !(first.isASCIILetter && unitEnd == start + 1
        && (start > end && first != 0x6D
          || !isDigit)),
      !(unitEnd < utf8.count && utf8[unitEnd - 1].isASCIILetter && utf8[unitEnd].isASCIIDigit)
    else {
      return nil
    }
    return (unit, unitEnd)
  }

  /// The currency sign that ends before a byte, over one space at most.
  func currency(_ utf8: Span<UInt8>, before start: Int) -> (NumberUnit, Int)? {
    var end = start
    if end > floor, utf8[end - 1] == 0x20 || utf8[end - 1] == 0xA0 { end -= 1 }
    if end > floor + 1, utf8[end] == 0xA0, utf8[end - 1] == 0xC2 { end -= 1 }
    // The longest sign is 人民币; most are a letter or two and a dollar.
    var best: (NumberUnit, Int)?
    for length in 1...9 where end - length >= floor {
      let first = end - length
      if utf8[first].isUTF8Continuation { continue }
      if length == 1, utf8[first].isASCIIDigit || utf8[first] == 0x20 { break }
      guard let (unit, stop) = NumberTables.currencyPrefixes.longest(utf8, at: first), stop == end
      else { continue }
      if utf8[first].isASCIILetter, first > 0, utf8[first - 1].isASCIILetter { continue }
      best = (unit, first)
    }
    return best
  }
}
