internal import Bitext

/// Names that contain digits, and addresses.
extension NumberScanner {
  /// H1N1, COVID-19, G85 are names; Q1 is a quarter; RMB300 is left to the digits.
  mutating func readLettersAndDigits(_ utf8: Span<UInt8>, _ word: Range<Int>) -> Int? {
    let isGlued = utf8[word.upperBound] != 0x2D
    if isGlued, let (_, first) = currency(utf8, before: word.upperBound), first == word.lowerBound {
      return word.upperBound
    }
    // FY2021 is a year.
    if isGlued, utf8.starts(with: "FY", at: word.lowerBound), word.count == 2 {
      return word.upperBound
    }
    if isGlued, word.count > 1, isBeforeAmount(utf8, word.upperBound) { return word.upperBound }
    if isGlued, word.count == 1, let stop = readQuarterSign(utf8, word) { return stop }
    if !isGlued {
      // "mid-2021" and "pre-1949" are words before a number.
      var capitals = 0
      for index in word where utf8[index].isASCIIUppercase { capitals += 1 }
      guard capitals > 1 || word.count == 1 && capitals == 1,
        NumberTables.currencyPrefixes.longest(utf8, at: word.lowerBound)?.end != word.upperBound
      else { return nil }
    }
    var stop = word.upperBound
    while stop < utf8.count {
      let isPart =
        utf8[stop].isASCIILetter || utf8[stop].isASCIIDigit
        || (utf8[stop] == 0x2D || utf8[stop] == 0x2E) && isNamePart(utf8, at: stop + 1)
      guard isPart else { break }
      stop += 1
    }
    return noteName(utf8, word.lowerBound..<stop)
  }

  /// Whether the digits after a word are an amount all the same: GDP1.2万亿元, CPI2.1%.
  func isBeforeAmount(_ utf8: Span<UInt8>, _ start: Int) -> Bool {
    let end = digitRun(utf8, from: start).end
    return utf8.byte(at: end) == 0x25 || hanMagnitude(utf8, at: end) != nil
  }

  /// Ｇ８５ and ５Ｇ in full-width letters: a name if a digit is among them.
  mutating func readWideName(_ utf8: Span<UInt8>, _ first: Int, from start: Int) -> Int? {
    var index = first
    var hasDigit = start < first
    while index < utf8.count {
      let (scalar, length) = utf8.scalar(at: index)
      let isDigit = utf8.digit(at: index) != nil
      guard isDigit || scalar.isWideLetter else { break }
      hasDigit = hasDigit || isDigit
      index += length
    }
    return hasDigit ? noteName(utf8, start..<index) : index
  }

  func isNamePart(_ utf8: Span<UInt8>, at index: Int) -> Bool {
    utf8.byte(at: index).isASCIIDigit
  }

  /// Q1, H2, with a year after them.
  mutating func readQuarterSign(_ utf8: Span<UInt8>, _ letter: Range<Int>) -> Int? {
    let isHalf = utf8[letter.lowerBound] == 0x48
    guard isHalf || utf8[letter.lowerBound] == 0x51 else { return nil }
    let digit = utf8[letter.upperBound] &- 0x30
    var stop = letter.upperBound + 1
    let after = utf8.byte(at: stop)
    guard 1...(isHalf ? 2 : 4) ~= digit, !after.isASCIILetter, !after.isASCIIDigit else {
      return nil
    }
    var date = CalendarDate()
    if isHalf { date.half = digit } else { date.quarter = digit }
    readEnglishYear(utf8, &date, &stop)
    if isHalf, date.year == nil { return nil }
    return note(date, style: .digits, range: letter.lowerBound..<stop)
  }

  mutating func readProduct(_ utf8: Span<UInt8>, _ word: Range<Int>) -> Int {
    guard utf8[word.lowerBound].isASCIIUppercase || utf8[word.lowerBound + 1].isASCIIUppercase,
      utf8.byte(at: word.upperBound) == 0x20, utf8.byte(at: word.upperBound + 1).isASCIIDigit
    else {
      return word.upperBound
    }
    var stop = word.upperBound + 1
    while utf8.byte(at: stop).isASCIIDigit
      || utf8.byte(at: stop) == 0x2E
        && utf8.byte(at: stop + 1).isASCIIDigit
      || utf8.isASCIILetter(at: stop)
    {
      stop += 1
    }
    return noteName(utf8, word.lowerBound..<stop)
  }

  /// An address goes on to the next space or character beyond ASCII.
  func skipAddress(_ utf8: Span<UInt8>, after end: Int) -> Int {
    guard utf8.starts(with: "://", at: end) || utf8.byte(at: end) == 0x2E else { return end }
    var index = end
    while index < utf8.count, 0x21...0x7E ~= utf8[index] { index += 1 }
    return index
  }
}
