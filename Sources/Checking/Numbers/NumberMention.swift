internal import Segmentation

/// One thing that a text says in numbers: a value with its unit, one end of a range, or one part of
/// a date.
///
/// Dates are compared part by part, since a language may carry the year where the other repeats it:
/// 2015年12月31日 says a year and a day of the year.
struct NumberMention {
  enum Part: UInt8 {
    case quantity, name, year, partOfYear, day, weekday, time
  }

  let part: Part
  /// The number with this part of its date alone.
  let number: RecognizedNumber
  /// Whether it stands in code, which a translation may leave as it is, turn into text or drop.
  let isLiteral: Bool

  /// The mentions of a text, in order.
  ///
  /// - Parameters:
  ///   - numbers: what was recognised in it.
  ///   - isLiteral: whether bytes of the text are code.
  /// - Returns: what they say, one by one.
  static func mentions(
    of numbers: [RecognizedNumber], isLiteral: (Range<Int>) -> Bool
  ) -> [NumberMention] {
    var mentions: [NumberMention] = []
    mentions.reserveCapacity(numbers.count)
    for number in numbers {
      let isLiteral = isLiteral(number.range)
      guard let date = number.date else {
        let part: Part = number.kind == .name ? .name : .quantity
        for end in number.ends {
          mentions.append(NumberMention(part: part, number: end, isLiteral: isLiteral))
        }
        continue
      }
      var parts = parts(of: date)
      // 14 of "14 and 15 December 2015" has its year from its neighbour, which names it.
      if date.month != nil, number.range.count < shortestWithYear {
        parts.removeAll { $0.part == .year }
      }
      if let upper = number.upperDate {
        // 2015年3月至5月 names its year once, whichever end the reader completed.
        parts += self.parts(of: upper).filter { !parts.contains($0) || $0.part == .time }
      }
      for one in parts {
        var mention = number
        (mention.date, mention.upperDate) = (one.date, nil)
        mentions.append(NumberMention(part: one.part, number: mention, isLiteral: isLiteral))
      }
    }
    return mentions
  }

  /// The bytes of 2015-05.
  private static let shortestWithYear = 7

  private struct DatePart: Hashable {
    let part: Part
    let date: CalendarDate
  }

  private static func parts(of date: CalendarDate) -> [DatePart] {
    var parts: [DatePart] = []
    func add(_ part: Part, _ set: (inout CalendarDate) -> Void) {
      var one = CalendarDate()
      set(&one)
      parts.append(DatePart(part: part, date: one))
    }
    if date.year != nil {
      add(.year) { ($0.year, $0.span, $0.hasShortYear) = (date.year, date.span, date.hasShortYear) }
    }
    if date.half != nil || date.quarter != nil {
      add(.partOfYear) { ($0.half, $0.quarter) = (date.half, date.quarter) }
    }
    if date.month != nil || date.day != nil {
      add(.day) { ($0.month, $0.day) = (date.month, date.day) }
    }
    if date.weekday != nil { add(.weekday) { $0.weekday = date.weekday } }
    if date.hour != nil {
      add(.time) {
        ($0.hour, $0.minute, $0.second) = (date.hour, date.minute, date.second)
        $0.isTwelveHour = date.isTwelveHour
      }
    }
    return parts
  }
}

extension NumberMention {
  /// The value, where it is a whole number without a unit that would say more than how many.
  var count: Int? {
    guard part == .quantity, number.unit == nil || number.unit?.dimension == .count else {
      return nil
    }
    return number.value?.integer
  }

  /// Up to here numbers are as often written in words, or left to the reader to count.
  static let greatestSmall = 12

  /// Whether this counts a few of something.
  var isSmallCount: Bool { count.map { abs($0) <= Self.greatestSmall } ?? false }

  /// 两 is an article in 这两者 as 一 is in 一步.
  private static let greatestWeak = 2.0

  /// Whether words say it, as an article, a pronoun or a part of a phrase does too: "one", 一步,
  /// "first", "half".
  var isWeak: Bool {
    guard part == .quantity, number.isSmallWord, let value = number.value else { return false }
    return value.double.magnitude <= Self.greatestWeak
  }

  /// Whether both say the same in the same way.
  func isSame(as other: Self) -> Bool {
    guard part == other.part else { return false }
    switch part {
    case .quantity:
      return number.value == other.number.value && unit == other.unit
    case .name: return number.agrees(with: other.number)
    default: return number.date == other.number.date
    }
  }

  /// A measure word says that something is counted, and so does a bare number.
  private var unit: NumberUnit? { number.unit == .classifier ? nil : number.unit }

  /// Whether both say the same, by value and unit, or as far as either gives a date.
  func agrees(with other: Self) -> Bool {
    if part == other.part {
      return number.agrees(with: other.number) && (part != .day || saysAsMuch(as: other))
    }
    return (number.date == nil || other.number.date == nil) && number.agrees(with: other.number)
      || isYears(of: other) || other.isYears(of: self)
  }

  /// Whether this is a number of years and the other a year so written: 2000年的历史 is a history of
  /// 2,000 years.
  private func isYears(of other: Self) -> Bool {
    guard part == .quantity, number.unit == .year, other.part == .year else { return false }
    return number.value?.integer == other.number.date?.year.map(Int.init)
  }

  /// "May 16" and "May" have the month in common and do not say the same.
  private func saysAsMuch(as other: Self) -> Bool {
    number.date?.parts == other.number.date?.parts
  }
}
