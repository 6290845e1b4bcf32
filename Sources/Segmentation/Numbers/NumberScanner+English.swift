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

  mutating func readKnown(
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

  func small(_ value: Int, _ range: Range<Int>) -> Core {
    Core(value: ExactNumber(value), bare: ExactNumber(value), range: range, style: .words)
  }

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
  func next(_ utf8: Span<UInt8>, after end: Int, _ reader: EnglishNumerals) -> Int {
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
  mutating func readPart(
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

  mutating func noteFraction(
    _ utf8: Span<UInt8>, _ top: Int, over bottom: Int, _ range: Range<Int>
  ) -> Int? {
    guard let value = ExactNumber(top, over: bottom) else { return nil }
    return note(
      .quantity, Core(value: value, bare: value, range: range, style: .words), range: range)
  }

  /// "and a half" after a number.
  func addEnglishHalf(_ utf8: Span<UInt8>, _ core: inout Core) {
    guard
      utf8.starts(with: " and a half", at: core.range.upperBound)
        || utf8.starts(with: "-and-a-half", at: core.range.upperBound),
      !utf8.isASCIILetter(at: core.range.upperBound + 11), core.factor == 1
    else { return }
    core.value = core.value + ExactNumber(5, exponent: -1)
    core.bare = core.value
    core.range = core.range.lowerBound..<core.range.upperBound + 11
    readMagnitudes(utf8, &core)
  }

  /// "point five" after a number.
  func readPoint(_ utf8: Span<UInt8>, _ core: inout Core) {
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
  mutating func readAfterArticle(_ utf8: Span<UInt8>, from start: Int, to end: Int) -> Int? {
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

  func isFollowedByOf(_ utf8: Span<UInt8>, _ end: Int) -> Bool {
    utf8.starts(with: " of", at: end) && !utf8.isASCIILetter(at: end + 3)
  }

  /// "half", "half a million", "half of".
  mutating func readEnglishHalf(_ utf8: Span<UInt8>, _ range: Range<Int>) -> Int {
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
}
