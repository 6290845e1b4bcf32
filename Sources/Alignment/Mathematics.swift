#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The natural logarithm.
func logarithm(_ value: Double) -> Double { log(value) }
func logarithm(_ value: Float) -> Float { logf(value) }

/// e to the power of a value.
func exponential(_ value: Double) -> Double { exp(value) }
func exponential(_ value: Float) -> Float { expf(value) }

/// The logarithm of a sum of values that are given as logarithms, without overflow.
struct LogSum {
  /// What is smaller than the greatest value by so much, in natural logarithms, is left out: a
  /// ten-millionth.
  static let negligible: Float = 16

  private var high: Float
  /// The sum as a multiple of the greatest value.
  private var sum: Float

  init(_ first: Float) {
    high = first
    sum = first > -.infinity ? 1 : 0
  }

  var value: Float { high > -.infinity ? high + logarithm(sum) : high }

  @inline(__always)
  mutating func add(_ value: Float) {
    if value > high {
      sum = sum * exponential(high - value) + 1
      high = value
    } else if value > high - Self.negligible {
      sum += exponential(value - high)
    }
  }
}

/// The natural logarithms of normal positive numbers, to within 2e-5.
@inline(__always)
func fastLogarithms(_ values: SIMD4<Double>) -> SIMD4<Float> {
  let bits = unsafeBitCast(values, to: SIMD4<UInt64>.self)
  var exponents = SIMD4<Int32>(truncatingIfNeeded: bits &>> 52) &- 1023
  let fractions = bits & 0x000F_FFFF_FFFF_FFFF | 0x3FF0_0000_0000_0000
  var mantissas = SIMD4<Float>(unsafeBitCast(fractions, to: SIMD4<Double>.self))
  let isHigh = mantissas .> 1.414_213_6
  mantissas.replace(with: mantissas * 0.5, where: isHigh)
  exponents.replace(with: exponents &+ 1, where: isHigh)
  // 2·atanh(x) = log((1 + x)/(1 − x)), of which three terms are enough here.
  let x = (mantissas - 1) / (mantissas + 1)
  let squares = x * x
  return SIMD4<Float>(exponents) * 0.693_147_2
    + x * (2 + squares * (0.666_666_7 + squares * 0.4))
}

/// The logarithm of the probability that a standard normal variable lies at least this far from 0.
func logTwoTails(_ deviation: Float) -> Float {
  // erfc underflows beyond 13; by then the bead is hopeless anyway.
  logf(max(erfcf(min(deviation.magnitude, 12) * 0.707_106_78), 1e-35))
}

/// e to the power of the digamma function, the mean of a Dirichlet's logarithm: what variational
/// Bayes puts in the place of a count (Johnson 2007). Near value − ½ for great values, far below a
/// small one, so that what was seen once by chance fades.
func exponentialDigamma(_ value: Float) -> Float {
  // ψ(x) = ψ(x + 1) − 1 / x carries small values to where the asymptotic series holds.
  guard value > 0.02 else { return 0 }
  var x = value
  var shift: Float = 0
  while x < 4 {
    shift += 1 / x
    x += 1
  }
  let square = 1 / (x * x)
  // exp(ψ(x)) = x·exp(−1/2x − 1/12x² + 1/120x⁴ …)
  return x * expf(-0.5 / x - square * (1 / 12 - square * (1 / 120)) - shift)
}
