internal import Bitext

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// How much longer the target is than the source, over the units of two languages, in constant
/// memory: the median of the logarithm of the ratio, and the median distance from it, which a few
/// wrong units do not move (Rousseeuw and Croux 1993).
struct LengthRatios {
  private var counts = [UInt32](repeating: 0, count: 2 * reach + 1)
  private var total = 0

  /// Parts of a natural logarithm that are told apart, and how many of them on either side of even.
  private static let parts = 100.0
  private static let reach = 600
  /// Units of which both sides have so many characters say what is usual; so many units are needed
  /// to know it.
  private static let learntLength = 20
  private static let leastUnits = 50
  /// The median distance of a normal distribution is this part of its standard deviation.
  private static let consistency = 0.6745
  /// What regular texts vary at the least: a memory of very even ones would report the rest.
  private static let leastDeviation = 0.15

  mutating func add(_ unit: TranslationUnit) {
    let (source, target) = unit.textLengths
    guard min(source, target) >= Self.learntLength else { return }
    let place = Int((log(Double(target) / Double(source)) * Self.parts).rounded())
    counts[max(-Self.reach, min(Self.reach, place)) + Self.reach] += 1
    total += 1
  }

  /// What is usual; `nil` where too few units say it.
  var usual: UsualLength? {
    guard total >= Self.leastUnits else { return nil }
    let middle = Self.median(counts, total)
    var distances = [UInt32](repeating: 0, count: counts.count)
    for (place, count) in counts.enumerated() { distances[abs(place - middle)] += count }
    let deviation = Double(Self.median(distances, total)) / Self.parts / Self.consistency
    return UsualLength(
      median: Double(middle - Self.reach) / Self.parts,
      deviation: max(deviation, Self.leastDeviation))
  }

  /// The place at which half of the counts lie on either side.
  private static func median(_ counts: [UInt32], _ total: Int) -> Int {
    var seen = 0
    for (place, count) in counts.enumerated() {
      seen += Int(count)
      if seen * 2 >= total { return place }
    }
    return 0
  }
}

/// The logarithm of how much longer the targets of two languages are, and how far it varies.
struct UsualLength {
  let median: Double
  let deviation: Double

  /// A unit is judged whose longer side has so many characters: titles and labels vary too much.
  private static let judgedLength = 40
  /// Beyond so many standard deviations a length is suspicious (Iglewicz and Hoaglin 1993).
  private static let limit = 3.5

  /// How many times longer than usual a target is; `nil` where that is within what is usual.
  func suspicion(of unit: TranslationUnit) -> Double? {
    let (source, target) = unit.textLengths
    guard source > 0, target > 0, max(source, target) >= Self.judgedLength else { return nil }
    let distance = log(Double(target) / Double(source)) - median
    return abs(distance) > Self.limit * deviation ? exp(distance) : nil
  }
}

extension TranslationUnit {
  /// The code points of both sides.
  fileprivate var textLengths: (source: Int, target: Int) {
    (source.unicodeScalars.count, target.unicodeScalars.count)
  }
}
