/// A point or stretch of the calendar or the clock, as far as a text gives it: 2021年5月, "May 3",
/// "the 1990s", 9:30.
public struct CalendarDate: Sendable, Hashable {
  /// How many years ``year`` stands for the start of.
  public enum Span: UInt8, Sendable { case year, decade, century }

  /// How exactly a date is given.
  public enum Precision: UInt8, Sendable, Comparable {
    case century, decade, year, half, quarter, month, day, minute

    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
  }

  public var year: Int32?
  public var span = Span.year
  /// Whether ``year`` has only its last two digits: 90年代, 98年.
  public var hasShortYear = false
  /// The half of the year, 1 or 2.
  public var half: UInt8?
  /// The quarter of the year, 1…4.
  public var quarter: UInt8?
  public var month: UInt8?
  public var day: UInt8?
  /// 1 for Monday … 7 for Sunday, as in ISO 8601.
  public var weekday: UInt8?
  /// 0…24.
  public var hour: UInt8?
  public var minute: UInt8?
  public var second: UInt8?
  /// Whether ``hour`` is 1…12 and the text does not say of which half of the day.
  public var isTwelveHour = false

  public init(year: Int? = nil, month: Int? = nil, day: Int? = nil) {
    self.year = year.map { Int32(clamping: $0) }
    self.month = month.map { UInt8(clamping: $0) }
    self.day = day.map { UInt8(clamping: $0) }
  }

  public var precision: Precision {
    if hour != nil { return .minute }
    if day != nil || weekday != nil { return .day }
    if month != nil { return .month }
    if quarter != nil { return .quarter }
    if half != nil { return .half }
    return switch span {
    case .year: .year
    case .decade: .decade
    case .century: .century
    }
  }

  /// What a date can say.
  public struct Parts: OptionSet, Sendable, Hashable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) { self.rawValue = rawValue }

    public static let year = Self(rawValue: 1)
    /// A half or quarter of a year.
    public static let partOfYear = Self(rawValue: 2)
    public static let month = Self(rawValue: 4)
    public static let day = Self(rawValue: 8)
    public static let weekday = Self(rawValue: 16)
    public static let time = Self(rawValue: 32)
  }

  /// What this date says. Two dates that agree can differ in it: a check may let a translation
  /// leave the year away, and not the day.
  public var parts: Parts {
    var parts: Parts = []
    if year != nil { parts.insert(.year) }
    if half != nil || quarter != nil { parts.insert(.partOfYear) }
    if month != nil { parts.insert(.month) }
    if day != nil { parts.insert(.day) }
    if weekday != nil { parts.insert(.weekday) }
    if hour != nil { parts.insert(.time) }
    return parts
  }

  /// Whether both can be the same time: they say something in common and contradict each other in
  /// nothing. 5月3日 agrees with "May 3, 2021", and "May 2021" does not agree with 2021年6月.
  public func agrees(with other: Self) -> Bool {
    var common = 0
    func fits<Field: Equatable>(_ left: Field?, _ right: Field?) -> Bool {
      guard let left, let right else { return true }
      common += 1
      return left == right
    }
    return span == other.span && yearFits(other, &common) && fits(half, other.half)
      && fits(quarter, other.quarter) && fits(month, other.month) && fits(day, other.day)
      && fits(weekday, other.weekday) && hourFits(other, &common)
      && (hour == nil || other.hour == nil || (minute ?? 0) == (other.minute ?? 0))
      && fits(second, other.second) && common > 0
  }

  private func yearFits(_ other: Self, _ common: inout Int) -> Bool {
    guard let year, let otherYear = other.year else { return true }
    common += 1
    return hasShortYear || other.hasShortYear
      ? year % 100 == otherYear % 100 : year == otherYear
  }

  private func hourFits(_ other: Self, _ common: inout Int) -> Bool {
    guard let hour, let otherHour = other.hour else { return true }
    common += 1
    return isTwelveHour || other.isTwelveHour
      ? hour % 12 == otherHour % 12 : hour % 24 == otherHour % 24
  }
}
