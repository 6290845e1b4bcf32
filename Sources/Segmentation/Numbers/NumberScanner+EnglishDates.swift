internal import Bitext

/// Dates that begin or end with the English name of a month.
extension NumberScanner {
  /// The month named at a byte, which has a capital.
  func englishMonth(_ utf8: Span<UInt8>, at start: Int) -> (Int, Int)? {
    guard let (word, end) = word(utf8, at: start), case .month(let month) = word,
      utf8[start].isASCIIUppercase || isUnmistakable(month, length: end - start)
    else { return nil }
    return (month, end)
  }

  /// Whether a month's name is one without a capital too; "may", "march" and "mar" are not.
  func isUnmistakable(_ month: Int, length: Int) -> Bool {
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
    let isBare = date.day == nil && date.year == nil && !isWholeLine(utf8, start..<end)
    // MAY in capitals is the verb of requirements.
    // "Jan Novak" and "May Smith" are people.
    if isBare, end - start == 3, utf8.byte(at: end) == 0x20,
      utf8.byte(at: end + 1).isASCIIUppercase
    {
      return nil
    }
    if isBare, month == 5, utf8[start + 1].isASCIIUppercase { return nil }
    let isVerb = month == 5 || month == 3 && end - start == 5
    if isBare, isVerb, startsSentence(utf8, at: start) { return nil }
    return note(date, style: .digits, to: upper, range: start..<stop)
  }

  /// Whether a word is a line of its own, but for the marks of a heading or a list: "# MAY".
  func isWholeLine(_ utf8: Span<UInt8>, _ word: Range<Int>) -> Bool {
    let next = utf8.byte(at: word.upperBound)
    guard word.upperBound == utf8.count || next == 0x0A || next == 0x0D else { return false }
    var index = word.lowerBound - 1
    while index >= 0, utf8[index] != 0x0A {
      // Space, #, * and -.
      guard [0x20, 0x23, 0x2A, 0x2D].contains(utf8[index]) else { return false }
      index -= 1
    }
    return true
  }

  func startsSentence(_ utf8: Span<UInt8>, at start: Int) -> Bool {
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

  func englishDay(_ utf8: Span<UInt8>, at start: Int) -> (Int, Int)? {
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
  func upperDay(_ utf8: Span<UInt8>, at end: Int) -> (Int, Int)? {
    for mark in ["-", "–", "—", " to ", " - ", " – ", "－", "～"] as [StaticString]
    where utf8.starts(with: mark, at: end) {
      return englishDay(utf8, at: end + mark.utf8CodeUnitCount)
    }
    return nil
  }
}
