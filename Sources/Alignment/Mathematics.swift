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

/// log(exp(a) + exp(b)), without overflow.
func logSum(_ a: Float, _ b: Float) -> Float {
  let high = max(a, b)
  guard high > -.infinity else { return high }
  return high + logf(expf(a - high) + expf(b - high))
}

/// The logarithm of the probability that a standard normal variable lies at least this far from 0.
func logTwoTails(_ deviation: Float) -> Float {
  // erfc underflows beyond 13; by then the bead is hopeless anyway.
  logf(max(erfcf(min(deviation.magnitude, 12) * 0.707_106_78), 1e-35))
}
