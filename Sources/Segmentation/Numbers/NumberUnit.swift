/// What a number counts or measures.
public enum NumberUnit: UInt8, Sendable, Hashable, CaseIterable {
  /// A Chinese measure word: 家, 个, 名, 项. It says that something is counted, not what.
  case classifier
  case times
  case percent, perMille, percentagePoint, basisPoint

  case cny
  /// A bare 元: the yuan in most texts, the local dollar in others.
  case yuan
  case usd
  /// A bare $ or "dollars": of whichever country the text is about.
  case dollar
  case hkd, twd, mop, sgd, aud, cad, nzd, eur, gbp, jpy, krw, inr, rub, chf, thb
  /// A bare ¥, which is written for yuan and yen.
  case yuanOrYen

  case nanometre, micrometre, millimetre, centimetre, metre, kilometre
  case inch, foot, mile, nauticalMile, chineseMile
  case squareCentimetre, squareMetre, squareKilometre, squareFoot, squareMile, acre, hectare, mu
  case millilitre, litre, cubicMetre
  case milligram, gram, kilogram, tonne, jin, pound, ounce
  case watt, kilowatt, megawatt, gigawatt
  case kilowattHour, megawattHour, gigawattHour, terawattHour
  case degreeCelsius, degreeFahrenheit
  case kilometrePerHour, metrePerSecond
  case second, minute, hour, day, week, month, quarter, year, decade, century
  case byte, kilobyte, megabyte, gigabyte, terabyte
  case teu

  /// What can be compared with one another.
  public enum Dimension: UInt8, Sendable {
    case count, share, point, money, length, area, volume, mass, power, energy, celsius,
      fahrenheit, speed, time, calendar, data, containers
  }

  public var dimension: Dimension {
    switch self {
    case .classifier, .times: .count
    case .percent, .perMille: .share
    case .percentagePoint, .basisPoint: .point
    case .nanometre, .micrometre, .millimetre, .centimetre, .metre, .kilometre, .inch, .foot,
      .mile, .nauticalMile, .chineseMile:
      .length
    case .squareCentimetre, .squareMetre, .squareKilometre, .squareFoot, .squareMile, .acre,
      .hectare, .mu:
      .area
    case .millilitre, .litre, .cubicMetre: .volume
    case .milligram, .gram, .kilogram, .tonne, .jin, .pound, .ounce: .mass
    case .watt, .kilowatt, .megawatt, .gigawatt: .power
    case .kilowattHour, .megawattHour, .gigawattHour, .terawattHour: .energy
    case .degreeCelsius: .celsius
    case .degreeFahrenheit: .fahrenheit
    case .kilometrePerHour, .metrePerSecond: .speed
    case .second, .minute, .hour, .day, .week: .time
    case .month, .quarter, .year, .decade, .century: .calendar
    case .byte, .kilobyte, .megabyte, .gigabyte, .terabyte: .data
    case .teu: .containers
    default: .money
    }
  }

  /// How much of its dimension's base unit one is, exactly.
  ///
  /// The base units are one, percentage point, metre, square metre, cubic metre, gram, watt,
  /// kilowatt-hour, metre per second, second, month and byte; of money each currency is its own.
  /// Inch, foot, mile, acre, pound and ounce are the international ones of 1959; 1 亩 = 2000/3 m²,
  /// 1 斤 = 500 g, 1 里 = 500 m.
  public var factor: ExactNumber {
    switch self {
    case .percent: ExactNumber(1, exponent: -2)
    case .perMille, .millimetre: ExactNumber(1, exponent: -3)
    case .basisPoint, .centimetre: ExactNumber(1, exponent: -2)
    case .nanometre: ExactNumber(1, exponent: -9)
    case .micrometre, .millilitre: ExactNumber(1, exponent: -6)
    case .kilometre, .kilogram, .kilowatt, .megawattHour, .kilobyte: 1000
    case .inch: ExactNumber(254, exponent: -4)
    case .foot: ExactNumber(3048, exponent: -4)
    case .mile: ExactNumber(1_609_344, exponent: -3)
    case .nauticalMile: 1852
    case .chineseMile, .jin: 500
    case .squareCentimetre: ExactNumber(1, exponent: -4)
    case .squareKilometre, .tonne, .megawatt, .gigawattHour, .megabyte: 1_000_000
    case .squareFoot: ExactNumber(9_290_304, exponent: -8)
    case .squareMile: ExactNumber(2_589_988_110_336, exponent: -6)
    case .acre: ExactNumber(40_468_564_224, exponent: -7)
    case .hectare: 10_000
    case .mu: ExactNumber(2000, over: 3) ?? .zero
    case .litre, .milligram: ExactNumber(1, exponent: -3)
    case .pound: ExactNumber(45_359_237, exponent: -5)
    case .ounce: ExactNumber(28_349_523_125, exponent: -9)
    case .gigawatt, .terawattHour, .gigabyte: 1_000_000_000
    case .terabyte: 1_000_000_000_000
    case .kilometrePerHour: ExactNumber(5, over: 18) ?? .zero
    case .minute: 60
    case .hour: 3600
    case .day: 86_400
    case .week: 604_800
    case .quarter: 3
    case .year: 12
    case .decade: 120
    case .century: 1200
    default: 1
    }
  }

  /// The ISO 4217 code of a currency; for bare signs that of the one which they mean most often.
  public var currencyCode: String? {
    guard dimension == .money else { return nil }
    return switch self {
    case .yuan, .yuanOrYen: "CNY"
    case .dollar: "USD"
    default: "\(self)".uppercased()
    }
  }

  /// Whether two units of money can mean the same currency.
  func canBeSameCurrency(as other: Self) -> Bool {
    currencies & other.currencies != 0
  }

  /// The currencies that a unit can mean, one bit each.
  private var currencies: UInt64 {
    func bits(_ units: [Self]) -> UInt64 { units.reduce(0) { $0 | 1 << UInt64($1.rawValue) } }
    let dollars: [Self] = [.usd, .hkd, .twd, .sgd, .aud, .cad, .nzd]
    return switch self {
    case .dollar: bits(dollars + [.dollar])
    case .yuan: bits(dollars + [.dollar, .yuan, .cny, .mop])
    case .yuanOrYen: bits([.cny, .yuan, .jpy])
    case .cny: bits([.cny, .yuan])
    default: bits([self])
    }
  }
}
