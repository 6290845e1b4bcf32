/// A rational number, exact to eighteen significant digits: mantissa · 10^exponent / denominator.
///
/// 2.35万 and 23,500 are the same value with the same hash, and so are 1/3 and 2/6. Digits after
/// the eighteenth are cut off, so that a number of four hundred digits has a value too.
public struct ExactNumber: Sendable, Hashable {
  /// Without factors of ten, which ``exponent`` holds; 0 for zero.
  public let mantissa: Int64
  /// The power of ten.
  public let exponent: Int32
  /// What is left to divide by: 1 for decimals. It shares no factor with the mantissa or with ten.
  public let denominator: Int32

  /// - Parameters:
  ///   - mantissa: the digits of a decimal number with its sign.
  ///   - exponent: the power of ten that they are multiplied by.
  public init(_ mantissa: Int, exponent: Int = 0) {
    guard mantissa.magnitude < UInt(Self.limit), exponent.magnitude < 1_000_000 else {
      self.init(numerator: Int128(mantissa), denominator: 1, exponent: exponent)
      return
    }
    // Nearly all numbers fit, and division of 128 bits is slow.
    var (top, power) = (mantissa, exponent)
    while top != 0, top % 10 == 0 { (top, power) = (top / 10, power + 1) }
    self.init(lowest: Int64(top), exponent: top == 0 ? 0 : Int32(power), denominator: 1)
  }

  private init(lowest mantissa: Int64, exponent: Int32, denominator: Int32) {
    self.mantissa = mantissa
    self.exponent = exponent
    self.denominator = denominator
  }

  /// A fraction; `nil` for a denominator of zero or less.
  public init?(_ numerator: Int, over denominator: Int) {
    guard denominator > 0 else { return nil }
    self.init(numerator: Int128(numerator), denominator: Int128(denominator), exponent: 0)
  }

  /// Brings a fraction to the one form in which equal values are equal.
  private init(numerator: Int128, denominator: Int128, exponent: Int) {
    var (top, bottom, power) = (
      numerator, denominator, min(max(exponent, -Self.farthest), Self.farthest)
    )
    // A half is five tenths, a fifth two: what ten is made of moves into the exponent.
    while bottom % 10 == 0 { (bottom, power) = (bottom / 10, power - 1) }
    while bottom % 2 == 0, top.magnitude < Self.room {
      (bottom, top, power) = (bottom / 2, top * 5, power - 1)
    }
    while bottom % 5 == 0, top.magnitude < Self.room {
      (bottom, top, power) = (bottom / 5, top * 2, power - 1)
    }
    let divisor = bottom == 1 ? 1 : Self.greatestCommonDivisor(top.magnitude, bottom.magnitude)
    (top, bottom) = (top / Int128(divisor), bottom / Int128(divisor))
    if bottom > Int128(Int32.max) {
      // No fraction that anyone writes: as near as eighteen digits come.
      while top.magnitude < Self.room { (top, power) = (top * 10, power - 1) }
      (top, bottom) = (top / bottom, 1)
    }
    while top.magnitude >= Self.limit { (top, power) = (top / 10, power + 1) }
    while top != 0, top % 10 == 0 { (top, power) = (top / 10, power + 1) }
    self.init(
      lowest: Int64(top), exponent: top == 0 ? 0 : Int32(clamping: power),
      denominator: top == 0 ? 1 : Int32(bottom))
  }

  /// Mantissas stay below ten to the eighteenth, which a signed 64-bit integer holds.
  private static let limit: UInt128 = 1_000_000_000_000_000_000
  /// Exponents beyond this are cut: no text is that long.
  private static let farthest = 2_000_000_000
  /// Up to here a product with ten fits into 128 bits.
  private static let room: UInt128 = limit * limit

  private static func greatestCommonDivisor(_ left: UInt128, _ right: UInt128) -> UInt128 {
    var (left, right) = (left, right)
    while right != 0 { (left, right) = (right, left % right) }
    return max(left, 1)
  }

  /// The nearest value of double precision; infinite for what is out of its range.
  public var double: Double {
    guard mantissa != 0 else { return 0 }
    let digits = Double(mantissa) / Double(denominator)
    // Within 10^22 a power of ten is exact, and so is the rounding of one division.
    switch exponent {
    case 0...22: return digits * Self.power(Int(exponent))
    case -22..<0: return digits / Self.power(Int(-exponent))
    case 400...: return digits < 0 ? -.infinity : .infinity
    case ..<(-400): return 0
    default:
      let half = Int(exponent / 2)
      return digits * Self.power(half) * Self.power(Int(exponent) - half)
    }
  }

  private static func power(_ exponent: Int) -> Double {
    var result = 1.0
    for _ in 0..<abs(exponent) { result *= 10 }
    return exponent < 0 ? 1 / result : result
  }

  /// The value as an integer, if it is one of at most eighteen digits.
  public var integer: Int? {
    guard denominator == 1, 0...17 ~= exponent else { return nil }
    var result = Int(mantissa)
    for _ in 0..<exponent {
      let (product, overflow) = result.multipliedReportingOverflow(by: 10)
      guard !overflow else { return nil }
      result = product
    }
    return result
  }

  public static func * (left: Self, right: Self) -> Self {
    let (product, overflow) = left.mantissa.multipliedReportingOverflow(by: right.mantissa)
    if !overflow, left.denominator == 1, right.denominator == 1 {
      return Self(Int(product), exponent: Int(left.exponent) + Int(right.exponent))
    }
    return Self(
      numerator: Int128(left.mantissa) * Int128(right.mantissa),
      denominator: Int128(left.denominator) * Int128(right.denominator),
      exponent: Int(left.exponent) + Int(right.exponent))
  }

  public static func + (left: Self, right: Self) -> Self {
    let (high, low) = left.exponent >= right.exponent ? (left, right) : (right, left)
    if low.mantissa == 0 { return high }
    if high.mantissa == 0 { return low }
    let gap = Int(high.exponent) - Int(low.exponent)
    // Beyond eighteen digits the smaller number does not show.
    guard gap <= 18 else { return high }
    var top = Int128(high.mantissa)
    for _ in 0..<gap { top *= 10 }
    let common = Int128(high.denominator) * Int128(low.denominator)
    let raised = top.multipliedReportingOverflow(by: Int128(low.denominator))
    guard !raised.overflow else { return high }
    return Self(
      numerator: raised.partialValue + Int128(low.mantissa) * Int128(high.denominator),
      denominator: common, exponent: Int(low.exponent))
  }

  public static prefix func - (number: Self) -> Self {
    Self(
      numerator: -Int128(number.mantissa), denominator: Int128(number.denominator),
      exponent: Int(number.exponent))
  }

  public static let zero = Self(0)

  public var isZero: Bool { mantissa == 0 }

  var magnitude: Self { mantissa < 0 ? -self : self }
}

extension ExactNumber: ExpressibleByIntegerLiteral, CustomStringConvertible {
  public init(integerLiteral value: Int) { self.init(value) }

  /// The value in plain decimals where it has at most twenty-one of them, else as `12e40`; a
  /// fraction as `1/3`.
  public var description: String {
    let share = denominator == 1 ? "" : "/\(denominator)"
    let sign = mantissa < 0 ? "-" : ""
    let digits = String(mantissa.magnitude)
    switch exponent {
    case 0...20: return sign + digits + String(repeating: "0", count: Int(exponent)) + share
    case -20..<0:
      let places = Int(-exponent)
      let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
      return sign + padded.dropLast(places) + "." + padded.suffix(places) + share
    default: return "\(sign)\(digits)e\(exponent)\(share)"
    }
  }
}
