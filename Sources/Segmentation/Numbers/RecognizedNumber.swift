/// A number, amount, date or numbered name as a text writes it, with what it means.
public struct RecognizedNumber: Sendable, Hashable {
  public enum Kind: UInt8, Sendable {
    /// A count, amount, measure or share: 300亿元, 8%, "three times".
    case quantity
    /// A place in an order: 第三, "3rd".
    case ordinal
    /// A date, a time of day, a quarter, a decade.
    case date
    /// A name or sign with digits or numerals in it: 5G, 十四五, 1.2.3, a telephone number. No
    /// quantity; its value, where it has one, is what it is numbered with.
    case name
  }

  /// How a number is written.
  public enum Style: UInt8, Sendable {
    /// Digits alone, of either width.
    case digits
    /// Digits and numerals or words: 300亿, "30 billion".
    case mixed
    /// Chinese numerals: 一百二十三.
    case numerals
    /// English words.
    case words
  }

  public var kind: Kind
  public var style: Style
  /// The value in the unit as written, 8 for 8%; `nil` for dates and for names without a number.
  public var value: ExactNumber?
  /// The other end of a range, 5 of "3–5 km".
  public var upper: ExactNumber?
  public var unit: NumberUnit?
  public var date: CalendarDate?
  /// The other end of a range of dates.
  public var upperDate: CalendarDate?
  /// The bytes of the text, unit included.
  public var range: Range<Int>
  /// The bytes of the number without its unit or currency sign.
  public var numeral: Range<Int>
  /// The same for the same name in either width and case; 0 for what is no name.
  var nameHash: UInt64 = 0

  /// Whether this is a number of at most twelve in words, such as "one" and 三: an article or a
  /// part of a phrase as often as a number.
  public var isSmallWord: Bool {
    guard style == .words || style == .numerals, kind != .date, let value else { return false }
    return abs(value.double) <= 12 && unit?.dimension != .share && unit?.dimension != .money
  }

  /// The value in the base unit of its dimension: 0.08 for 8%, 10,000 for a hectare.
  public var baseValue: ExactNumber? {
    value.map { value in unit.map { value * $0.factor } ?? value }
  }

  /// A range as its two ends; anything else as itself.
  public var ends: [RecognizedNumber] {
    guard upper != nil || upperDate != nil else { return [self] }
    var (low, high) = (self, self)
    (low.upper, low.upperDate, high.upper, high.upperDate) = (nil, nil, nil, nil)
    (high.value, high.date) = (upper, upperDate)
    return [low, high]
  }
}

extension RecognizedNumber {
  /// Whether two mentions, in two languages or one, can mean the same.
  ///
  /// Measures agree by their value in the base unit, money by value and currency (a bare 元 or $ is
  /// any that it can be), shares and plain fractions by value, dates if they contradict each other
  /// in nothing. A unit that only one side has is not held against it, for 1,164 家 is "1,164
  /// companies"; nor is the difference between 第三 and 3.
  public func agrees(with other: Self) -> Bool {
    if kind == .name, other.kind == .name, value == nil || other.value == nil {
      return nameHash == other.nameHash
    }
    switch (date, other.date) {
    case (let date?, let otherDate?):
      return date.agrees(with: otherDate) && upperDateAgrees(other)
    case (let date?, nil): return upperDate == nil && other.isBareNumber(of: date)
    case (nil, let otherDate?): return other.upperDate == nil && isBareNumber(of: otherDate)
    case (nil, nil): break
    }
    guard Self.agree(value, unit, other.value, other.unit) else { return false }
    return upper == nil && other.upper == nil
      || Self.agree(upper, unit, other.upper, other.unit)
  }

  private func upperDateAgrees(_ other: Self) -> Bool {
    switch (upperDate, other.upperDate) {
    case (nil, nil): true
    case (let date?, let otherDate?): date.agrees(with: otherDate)
    default: false
    }
  }

  /// Whether a number without a unit can stand for a date of one part: 2021 for 2021年.
  private func isBareNumber(of date: CalendarDate) -> Bool {
    guard upper == nil, unit == nil || unit == .classifier, let number = value?.integer else {
      return false
    }
    switch date.precision {
    case .year: return date.year.map(Int.init) == number
    case .decade, .century: return date.year.map(Int.init) == number
    case .half: return date.year == nil && date.half.map(Int.init) == number
    case .quarter: return date.year == nil && date.quarter.map(Int.init) == number
    case .month: return date.year == nil && date.month.map(Int.init) == number
    case .day: return date.month == nil && date.day.map(Int.init) == number
    case .minute: return date.minute == nil && date.hour.map(Int.init) == number
    }
  }

  private static func agree(
    _ left: ExactNumber?, _ leftUnit: NumberUnit?, _ right: ExactNumber?, _ rightUnit: NumberUnit?
  ) -> Bool {
    guard let left, let right else { return false }
    let dimensions = (leftUnit?.dimension ?? .count, rightUnit?.dimension ?? .count)
    if dimensions.0 == .celsius || dimensions.1 == .celsius, left != right { return false }
    // "Fell by 5 percent" is −5%: a word can say the sign.
    let values = (left.magnitude, right.magnitude)
    let isSame = values.0 == values.1
    let isSameInBase =
      values.0 * (leftUnit?.factor ?? 1) == values.1 * (rightUnit?.factor ?? 1)
    switch dimensions {
    case (.money, .money):
      return isSame && leftUnit?.canBeSameCurrency(as: rightUnit ?? .yuan) == true
    // "Twenty pounds" are sterling as often as weight.
    case (.mass, .money), (.money, .mass):
      let units = Set([leftUnit, rightUnit])
      return isSame && units == [.pound, .gbp]
    // A half is 50%, and 5 may be 5% whose sign stands at the other end of a list.
    case (.count, .share), (.share, .count): return isSame || isSameInBase
    case (.count, _), (_, .count): return isSame
    // "Rose by 8 percent" for 上升8个百分点 is loose, and the number is right.
    case (.share, .point), (.point, .share):
      return values.0 * (leftUnit?.pointFactor ?? 1) == values.1 * (rightUnit?.pointFactor ?? 1)
    default: return dimensions.0 == dimensions.1 && isSameInBase
    }
  }
}

extension NumberUnit {
  /// The factor to percentage points.
  fileprivate var pointFactor: ExactNumber {
    switch self {
    case .perMille: ExactNumber(1, exponent: -1)
    case .basisPoint: ExactNumber(1, exponent: -2)
    default: 1
    }
  }
}
