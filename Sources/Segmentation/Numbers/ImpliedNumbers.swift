internal import Bitext

/// What says a number without being one: "both", "annual", "the past decade", 雙, 首, the 三 of a
/// name.
///
/// Most such words mean no number most of the time. A check asks for them only when a number of the
/// other language has found no counterpart.
package struct ImpliedNumbers {
  private var found: [RecognizedNumber] = []

  /// Finds the implied numbers of a text.
  ///
  /// - Parameters:
  ///   - utf8: the text, in UTF-8.
  ///   - numbers: those that were recognised in it: what lies in them implies nothing more.
  /// - Returns: the implied numbers, in order.
  package static func numbers(
    in utf8: Span<UInt8>, besides numbers: [RecognizedNumber]
  ) -> [RecognizedNumber] {
    var reader = ImpliedNumbers()
    var index = 0
    var next = 0
    while index < utf8.count {
      while next < numbers.count, numbers[next].range.upperBound <= index { next += 1 }
      if next < numbers.count, numbers[next].range.contains(index), numbers[next].kind != .name {
        index = numbers[next].range.upperBound
        continue
      }
      index = reader.step(utf8, at: index)
    }
    return reader.found
  }

  /// The numbers with which a name of letters begins and ends: 32 of "32bit", 20 of G20, 3.10 of
  /// "Python 3.10".
  package static func numbers(inName utf8: Span<UInt8>) -> [ExactNumber] {
    let scanner = NumberScanner()
    var numbers: [ExactNumber] = []
    let first = scanner.digitRun(utf8, from: 0)
    if first.digits > 0, utf8.isASCIILetter(at: first.end) { numbers.append(first.value) }
    var start = utf8.count
    while start > 0, utf8[start - 1].isASCIIDigit || utf8[start - 1] == 0x2E { start -= 1 }
    guard start < utf8.count, utf8[start].isASCIIDigit,
      utf8.isASCIILetter(at: start - 1) || utf8.byte(at: start - 1) == 0x20
    else { return numbers }
    let last = scanner.digitRun(utf8, from: start)
    if last.end == utf8.count { numbers.append(last.value) }
    return numbers
  }

  private mutating func step(_ utf8: Span<UInt8>, at index: Int) -> Int {
    if utf8[index].isASCIILetter { return readWord(utf8, from: index) }
    if utf8[index] < 0x80 { return index + 1 }
    return readHan(utf8, from: index)
  }

  private mutating func note(_ value: ExactNumber, _ unit: NumberUnit?, _ range: Range<Int>) {
    found.append(
      RecognizedNumber(
        kind: .quantity, style: .words, value: value, unit: unit, range: range, numeral: range))
  }

  // MARK: English

  private mutating func readWord(_ utf8: Span<UInt8>, from start: Int) -> Int {
    var end = start
    while utf8.isASCIILetter(at: end) { end += 1 }
    if let (meaning, stop) = Self.words.longest(utf8, at: start), stop >= end {
      note(meaning.value, meaning.unit, start..<stop)
      return stop
    }
    if let (isAny, stop) = Self.articles.longest(utf8, at: start), stop == end {
      return readOne(utf8, after: stop, from: start, isAny: isAny) ?? end
    }
    return end
  }

  /// "a year", "a full year": one of a unit, over one word at most; "the US dollar": one of a
  /// currency.
  private mutating func readOne(
    _ utf8: Span<UInt8>, after end: Int, from start: Int, isAny: Bool
  ) -> Int? {
    var index = end
    for _ in 0..<2 {
      guard utf8.byte(at: index) == 0x20 || utf8.byte(at: index) == 0x2D else { return nil }
      index += 1
      if let (unit, stop) = NumberTables.units.longest(utf8, at: index), let unit, stop > index + 1,
        isAny ? unit != .decade && unit != .century : unit.dimension == .money
      {
        note(1, unit, start..<stop)
        return stop
      }
      while utf8.isASCIILetter(at: index) { index += 1 }
    }
    return nil
  }

  // MARK: Chinese

  private mutating func readHan(_ utf8: Span<UInt8>, from start: Int) -> Int {
    if let (meaning, end) = Self.han.longest(utf8, at: start) {
      note(meaning.value, meaning.unit, start..<end)
      return end
    }
    if let (_, stop) = Self.hanArticles.longest(utf8, at: start),
      let (unit, end) = NumberTables.units.longest(utf8, at: stop), let unit, unit != .classifier
    {
      note(1, unit, start..<end)
      return end
    }
    let (scalar, length) = utf8.scalar(at: start)
    // 百 of 百大, 三 of 巴塞爾協定三: each character for itself.
    let value =
      ChineseNumerals.digit(scalar) ?? ChineseNumerals.unit(scalar).map(Int.init)
      ?? ChineseNumerals.magnitude(scalar).map(Int.init)
    if let value { note(ExactNumber(value), nil, start..<start + length) }
    return start + length
  }

  private struct Meaning {
    let value: ExactNumber
    let unit: NumberUnit?

    init(_ value: ExactNumber, _ unit: NumberUnit? = nil) {
      (self.value, self.unit) = (value, unit)
    }
  }

  private static let half = ExactNumber(5, exponent: -1)

  private static let words = PhraseTable<Meaning>([
    (Meaning(0), "zero|zeros|zeroes|nil|null"),
    (Meaning(2), "both|pair|pairs|couple|double|dual|twin|twins|duo|either|neither|bilateral"),
    (Meaning(2), "bi|dyad|two-way|second|secondary|twin-track|latter|former"),
    (Meaning(3), "triple|trio|tri|trilateral|tripartite|threefold"),
    (Meaning(3, .year), "triennial|triennially"),
    (Meaning(2, .year), "biennial|biennially"),
    (Meaning(4), "quadrilateral|quartet|quad"),
    (Meaning(half), "half|halved|halves|semi|mid"),
    (Meaning(half, .year), "half-yearly|semi-annual|semi-annually|semiannual|biannual|biannually"),
    (Meaning(1, .year), "annual|annually|yearly|year-on-year"),
    (Meaning(1, .month), "monthly"),
    (Meaning(1, .week), "weekly"),
    (Meaning(1, .day), "daily|overnight"),
    (Meaning(1, .hour), "hourly"),
    (Meaning(3, .month), "quarterly"),
    (Meaning(2, .week), "fortnight|fortnightly"),
    (Meaning(10, .year), "decade"),
    (Meaning(100, .year), "century|centenary|centennial"),
    (Meaning(24, .hour), "round-the-clock|around-the-clock|day and night"),
    (Meaning(12), "dozen"),
    (Meaning(100), "hundred"),
    (Meaning(1000), "thousand"),
  ])

  /// What says one of any unit, or of a currency alone, after it.
  private static let articles = PhraseTable<Bool>([
    (true, "a|an|per|each|every|full|whole|entire|single|one|another"), (false, "the"),
  ])

  private static let han = PhraseTable<Meaning>([
    // What is "second" in English: 秒 in time, 次 in rank.
    (Meaning(2), "雙|双|倆|俩|孪|孿|秒|次|亚|亞"),
    (Meaning(half), "半"),
    // A place in an order, which 一 alone hardly ever is.
    (
      Meaning(1, .classifier),
      "一线|一線|一级|一級|一楼|一樓|一层|一層|一期|一类|一類|一号|一號|一等|一审|一審|头号|頭號|首"
    ),
    (Meaning(half, .year), "半年"),
    (Meaning(1, .year), "按年|逐年|年度"),
    (Meaning(1, .month), "按月|逐月"),
    (Meaning(1, .day), "隔夜|逐日"),
    (Meaning(3, .month), "季度|按季"),
    (Meaning(24, .hour), "全天候|全日|日夜|昼夜|晝夜"),
  ])

  /// What says one of the unit after it.
  private static let hanArticles = PhraseTable<Void>([((), "每|全|整|單|单|毎|各|整整|兌|兑")])
}
