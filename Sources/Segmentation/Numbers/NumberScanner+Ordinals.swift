internal import Bitext

/// English ordinals, and the dates and plans that they begin.
extension NumberScanner {
  /// "14th", "third", and what they begin: "first quarter of 2021", "20th century", "3rd May",
  /// "14th Five-Year Plan".
  mutating func readOrdinal(_ utf8: Span<UInt8>, _ core: Core, suffix end: Int) -> Int {
    let start = core.range.lowerBound
    guard let value = core.value.integer else { return end }
    if 1...31 ~= value,
      let stop = readDayMonth(utf8, day: value, from: start, after: end, style: core.style)
    {
      return stop
    }
    let next = end + utf8.spaceLength(at: end)
    if utf8.starts(withLetters: "five-year plan", at: next) {
      return noteName(utf8, start..<next + 14, value: core.value, style: core.style)
    }
    var stop = next
    var date = CalendarDate()
    if utf8.starts(withLetters: "quarter", at: next), 1...4 ~= value {
      date.quarter = UInt8(value)
      stop = next + 7
    } else if utf8.starts(withLetters: "half", at: next), 1...2 ~= value {
      date.half = UInt8(value)
      stop = next + 4
    } else if utf8.starts(withLetters: "centur", at: next + (utf8.byte(at: end) == 0x2D ? 1 : 0)) {
      date.year = Int32(clamping: (value - 1) * 100)
      date.span = .century
      stop = next + (utf8.byte(at: end) == 0x2D ? 8 : 7)
    }
    if stop > next, !utf8.isASCIILetter(at: stop) {
      if date.span == .year { readEnglishYear(utf8, &date, &stop) }
      return note(date, style: core.style, range: start..<min(stop, utf8.count))
    }
    var ordinal = core
    ordinal.range = start..<end
    return note(.ordinal, ordinal, range: start..<end)
  }

}
