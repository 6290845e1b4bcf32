internal import Bitext

/// Words of Latin letters: numbers in words, months, and the names that contain digits.
extension NumberScanner {
  /// The meaning of the word of letters at a byte, and its end.
  func word(_ utf8: Span<UInt8>, at start: Int) -> (NumberWord, Int)? {
    var hash = PhraseHash()
    var end = start
    while end < utf8.count, (utf8[end] | 0x20) &- 0x61 < 26 {
      hash.append(letter: utf8[end])
      end += 1
    }
    guard end > start, let word = words[hash] else { return nil }
    return (word, end)
  }

  mutating func readWord(_ utf8: Span<UInt8>, from start: Int) -> Int {
    var hash = PhraseHash()
    var end = start
    // Nearly all text passes through here: no call, no allocation.
    while end < utf8.count, (utf8[end] | 0x20) &- 0x61 < 26 {
      hash.append(letter: utf8[end])
      end += 1
    }
    if end < utf8.count, utf8[end] != 0x20 {
      let next = utf8[end] == 0x2D ? utf8.byte(at: end + 1) : utf8[end]
      if next &- 0x30 < 10, let stop = readLettersAndDigits(utf8, start..<end) { return stop }
    }
    guard let word = words[hash] else { return end }
    return readKnown(utf8, word, start..<end)
  }

  private mutating func readKnown(
    _ utf8: Span<UInt8>, _ word: NumberWord, _ range: Range<Int>
  ) -> Int {
    let (start, end) = (range.lowerBound, range.upperBound)
    switch word {
    case .ones, .teen, .tens: return readEnglish(utf8, from: start) ?? end
    case .article: return readAfterArticle(utf8, from: start, to: end) ?? end
    case .ordinal(let value):
      let core = small(value, start..<end)
      return readOrdinal(utf8, core, suffix: end)
    case .half: return readEnglishHalf(utf8, start..<end)
    case .month(let month):
      return readEnglishMonth(utf8, month: month, from: start, to: end) ?? end
    case .weekday(let day):
      guard utf8[start].isASCIIUppercase else { return end }
      var date = CalendarDate()
      date.weekday = UInt8(day)
      return note(date, style: .words, range: start..<end)
    case .decade(let decade):
      guard utf8.ends(with: "the ", before: start) else { return end }
      var date = CalendarDate(year: decade)
      date.span = .decade
      date.hasShortYear = true
      return note(date, style: .words, range: start..<end)
    case .multiple(let value):
      return note(.quantity, small(value, start..<end), unit: .times, range: start..<end)
    case .roman(let value):
      guard utf8[start].isASCIIUppercase, utf8[start + 1].isASCIIUppercase else { return end }
      return noteName(utf8, start..<end, value: ExactNumber(value))
    case .address: return skipAddress(utf8, after: end)
    case .product: return readProduct(utf8, start..<end)
    case .hundred, .magnitude, .dozen, .fraction, .quarter: return end
    }
  }

  private func small(_ value: Int, _ range: Range<Int>) -> Core {
    Core(value: ExactNumber(value), bare: ExactNumber(value), range: range, style: .words)
  }

  // MARK: Names

  /// H1N1, COVID-19, G85 are names; Q1 is a quarter; RMB300 is left to the digits.
  private mutating func readLettersAndDigits(_ utf8: Span<UInt8>, _ word: Range<Int>) -> Int? {
    let isGlued = utf8[word.upperBound] != 0x2D
    if isGlued, let (_, first) = currency(utf8, before: word.upperBound), first == word.lowerBound {
      return word.upperBound
    }
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

  private func isNamePart(_ utf8: Span<UInt8>, at index: Int) -> Bool {
    utf8.byte(at: index).isASCIIDigit
  }

  /// Q1, H2, with a year after them.
  private mutating func readQuarterSign(_ utf8: Span<UInt8>, _ letter: Range<Int>) -> Int? {
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

  private mutating func readProduct(_ utf8: Span<UInt8>, _ word: Range<Int>) -> Int {
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
  private func skipAddress(_ utf8: Span<UInt8>, after end: Int) -> Int {
    guard utf8.starts(with: "://", at: end) || utf8.byte(at: end) == 0x2E else { return end }
    var index = end
    while index < utf8.count, 0x21...0x7E ~= utf8[index] { index += 1 }
    return index
  }

  // MARK: Numbers in words

  /// "one hundred and twenty-three", "twenty-five million", "two thirds".
  mutating func readEnglish(_ utf8: Span<UInt8>, from start: Int) -> Int? {
    var reader = EnglishNumerals()
    var index = start
    var end = start
    while let (word, stop) = word(utf8, at: index) {
      if let end = readPart(utf8, reader, word, start..<stop) { return end }
      guard reader.read(word) else { break }
      end = stop
      index = next(utf8, after: stop, reader)
      if index == stop { break }
    }
    guard reader.count > 0 else { return nil }
    var core = Core(
      value: ExactNumber(reader.value), bare: ExactNumber(reader.bare),
      factor: reader.factor, range: start..<end, style: .words)
    addEnglishHalf(utf8, &core)
    readPoint(utf8, &core)
    return readOClock(utf8, core) ?? finish(utf8, core)
  }

  /// Where the next word may begin: after a space or hyphen, and after "and" below a hundred.
  private func next(_ utf8: Span<UInt8>, after end: Int, _ reader: EnglishNumerals) -> Int {
    let space = utf8.byte(at: end) == 0x2D ? 1 : utf8.spaceLength(at: end)
    guard space > 0 else { return end }
    if reader.takesAnd, utf8.starts(with: "and ", at: end + space),
      let (word, _) = word(utf8, at: end + space + 4), word.isBelowHundred
    {
      return end + space + 4
    }
    return end + space
  }

  /// An ordinal or a fraction that a word makes of the number before it.
  private mutating func readPart(
    _ utf8: Span<UInt8>, _ reader: EnglishNumerals, _ word: NumberWord, _ range: Range<Int>
  ) -> Int? {
    guard reader.count > 0 else { return nil }
    switch word {
    case .ordinal(let value) where reader.takesOrdinal(value):
      return readOrdinal(
        utf8, small(reader.value + value, range), suffix: range.upperBound)
    case .ordinal(let value) where reader.isSmall && value > 2,
      .fraction(let value) where reader.isSmall:
      return noteFraction(utf8, reader.value, over: value, range)
    case .quarter
    where reader.isSmall && utf8.ends(with: "first ", before: range.lowerBound):
      // "The first three quarters" of a year.
      return note(.quantity, small(reader.value, range), unit: .quarter, range: range)
    case .quarter where reader.isSmall:
      return noteFraction(utf8, reader.value, over: 4, range)
    case .half where reader.isSmall:
      return noteFraction(utf8, reader.value, over: 2, range)
    default: return nil
    }
  }

  private mutating func noteFraction(
    _ utf8: Span<UInt8>, _ top: Int, over bottom: Int, _ range: Range<Int>
  ) -> Int? {
    guard let value = ExactNumber(top, over: bottom) else { return nil }
    return note(
      .quantity, Core(value: value, bare: value, range: range, style: .words), range: range)
  }

  /// "and a half" after a number.
  private func addEnglishHalf(_ utf8: Span<UInt8>, _ core: inout Core) {
    guard utf8.starts(with: " and a half", at: core.range.upperBound),
      !utf8.isASCIILetter(at: core.range.upperBound + 11), core.factor == 1
    else { return }
    core.value = core.value + ExactNumber(5, exponent: -1)
    core.bare = core.value
    core.range = core.range.lowerBound..<core.range.upperBound + 11
    readMagnitudes(utf8, &core)
  }

  /// "point five" after a number.
  private func readPoint(_ utf8: Span<UInt8>, _ core: inout Core) {
    guard utf8.starts(with: " point ", at: core.range.upperBound), core.factor == 1 else { return }
    var index = core.range.upperBound + 7
    var mantissa = 0
    var places = 0
    var end = index
    while places < 15, let (word, stop) = word(utf8, at: index), case .ones(let digit) = word {
      mantissa = mantissa * 10 + digit
      places += 1
      end = stop
      index = stop + utf8.spaceLength(at: stop)
      if index == stop { break }
    }
    guard places > 0 else { return }
    core.value = core.value + ExactNumber(mantissa, exponent: -places)
    core.bare = core.value
    core.range = core.range.lowerBound..<end
    readMagnitudes(utf8, &core)
  }

  /// "a hundred", "a third", "a quarter of", "a million"; "a" alone is no number.
  private mutating func readAfterArticle(_ utf8: Span<UInt8>, from start: Int, to end: Int) -> Int?
  {
    guard utf8.byte(at: end) == 0x20, let (word, stop) = word(utf8, at: end + 1) else { return nil }
    switch word {
    case .hundred, .magnitude:
      // "a hundred and twenty" goes on as "one hundred and twenty" does.
      var reader = EnglishNumerals()
      _ = reader.read(.ones(1))
      var index = end + 1
      var last = end
      while let (word, stop) = self.word(utf8, at: index), reader.read(word) {
        last = stop
        index = next(utf8, after: stop, reader)
        if index == stop { break }
      }
      let core = Core(
        value: ExactNumber(reader.value), bare: ExactNumber(reader.bare), factor: reader.factor,
        range: start..<last, style: .words)
      return finish(utf8, core)
    case .dozen: return finish(utf8, small(12, start..<stop))
    case .ordinal(let value) where value > 2 && isFollowedByOf(utf8, stop):
      return noteFraction(utf8, 1, over: value, start..<stop)
    case .quarter where isFollowedByOf(utf8, stop):
      return noteFraction(utf8, 1, over: 4, start..<stop)
    default: return nil
    }
  }

  private func isFollowedByOf(_ utf8: Span<UInt8>, _ end: Int) -> Bool {
    utf8.starts(with: " of", at: end) && !utf8.isASCIILetter(at: end + 3)
  }

  /// "half", "half a million", "half of".
  private mutating func readEnglishHalf(_ utf8: Span<UInt8>, _ range: Range<Int>) -> Int {
    let half = ExactNumber(5, exponent: -1)
    var core = Core(value: half, bare: half, range: range, style: .words)
    for article in [" a ", " an ", "-a-", "-"] as [StaticString]
    where utf8.starts(with: article, at: range.upperBound) {
      let next = range.upperBound + article.utf8CodeUnitCount
      var longer = core
      longer.range = range.lowerBound..<next - 1
      readMagnitudes(utf8, &longer)
      if longer.factor != 1 {
        core = longer
        break
      }
      if let (unit, end) = NumberTables.units.longest(utf8, at: next), let unit, end > next + 2 {
        return note(.quantity, core, unit: unit, range: range.lowerBound..<end)
      }
    }
    if core.factor != 1 { return finish(utf8, core) }
    return note(.quantity, core, range: range)
  }

  // MARK: Ordinals

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
    if utf8.starts(with: "quarter", at: next), 1...4 ~= value {
      date.quarter = UInt8(value)
      stop = next + 7
    } else if utf8.starts(with: "half", at: next), 1...2 ~= value {
      date.half = UInt8(value)
      stop = next + 4
    } else if utf8.starts(with: "centur", at: next + (utf8.byte(at: end) == 0x2D ? 1 : 0)) {
      date.year = Int32(clamping: (value - 1) * 100)
      date.span = .century
      stop = next + (utf8.byte(at: end) == 0x2D ? 8 : 7)
    }
    if stop > next, !utf8.isASCIILetter(at: stop) {
      if date.span == .year { readYearOfPart(utf8, &date, &stop) }
      return note(date, style: core.style, range: start..<min(stop, utf8.count))
    }
    var ordinal = core
    ordinal.range = start..<end
    return note(.ordinal, ordinal, range: start..<end)
  }

  /// "of 2021", "of the year 2021" and " 2021" after a quarter or half.
  private func readYearOfPart(
    _ utf8: Span<UInt8>, _ date: inout CalendarDate, _ stop: inout Int
  ) {
    readEnglishYear(utf8, &date, &stop)
  }
}

/// A number in English words, read one word at a time.
struct EnglishNumerals {
  private(set) var count = 0
  private var total = 0
  private var current = 0
  private var lastMagnitude = Int.max
  private var last = Last.nothing

  private enum Last { case nothing, ones, tens, hundred, magnitude }

  var value: Int { total + current }

  /// Without one magnitude after everything else: 3 of "three million".
  var bare: Int { current == 0 && factorExponent > 0 ? total / power(factorExponent) : value }
  var factor: ExactNumber {
    current == 0 && factorExponent > 0 ? ExactNumber(1, exponent: factorExponent) : 1
  }
  private var factorExponent = 0

  var isSmall: Bool { last == .ones && value < 20 }
  var takesAnd: Bool { last == .hundred || last == .magnitude && lastMagnitude == 3 }

  /// Whether an ordinal goes on with the number: "twenty-first", "one hundred and third".
  func takesOrdinal(_ ordinal: Int) -> Bool {
    switch last {
    case .tens: ordinal < 10
    case .hundred, .magnitude: ordinal < 100
    default: false
    }
  }

  /// Takes a word and returns whether it belongs to the number.
  mutating func read(_ word: NumberWord) -> Bool {
    switch word {
    case .ones(let value) where last != .ones:
      current += value
      last = .ones
    case .teen(let value) where last != .ones && last != .tens:
      current += value
      last = .ones
    case .tens(let value) where last != .ones && last != .tens:
      current += value
      last = .tens
    case .hundred where 1...99 ~= current && count > 0:
      current *= 100
      last = .hundred
    case .dozen where 1...99 ~= current:
      current *= 12
      last = .magnitude
    case .magnitude(let exponent) where count > 0 && exponent < lastMagnitude && current > 0:
      total += current * power(exponent)
      current = 0
      factorExponent = total % power(exponent) == 0 && lastMagnitude == .max ? exponent : 0
      lastMagnitude = exponent
      last = .magnitude
    default: return false
    }
    count += 1
    return true
  }

  private func power(_ exponent: Int) -> Int { (0..<exponent).reduce(1) { power, _ in power * 10 } }
}

extension NumberWord {
  fileprivate var isBelowHundred: Bool {
    switch self {
    case .ones, .teen, .tens, .ordinal: true
    default: false
    }
  }
}
