import Segmentation
import TestSupport
import Testing

@Suite struct ExactNumberTests {
  @Test func equalValuesHaveOneForm() {
    #expect(ExactNumber(235, exponent: 2) == ExactNumber(23_500))
    #expect(ExactNumber(1, over: 3) == ExactNumber(2, over: 6))
    #expect(ExactNumber(1, over: 4) == ExactNumber(25, exponent: -2))
    #expect(ExactNumber(0, exponent: 5) == .zero)
    #expect(ExactNumber(10, exponent: -1).hashValue == ExactNumber(1).hashValue)
    #expect(ExactNumber(1, over: 0) == nil)
  }

  /// Sums and products against integers of 128 bits over one denominator.
  @Test func arithmeticIsExact() {
    var random = SeededGenerator(seed: 3)
    for _ in 0..<2000 {
      let (a, b) = (random.below(200_000) - 100_000, random.below(200_000) - 100_000)
      let (p, q) = (1 + random.below(60), 1 + random.below(60))
      guard let left = ExactNumber(a, over: p), let right = ExactNumber(b, over: q) else {
        Issue.record("a positive denominator makes a number")
        return
      }
      #expect(left + right == ExactNumber(a * q + b * p, over: p * q), "\(a)/\(p) + \(b)/\(q)")
      #expect(left * right == ExactNumber(a * b, over: p * q), "\(a)/\(p) · \(b)/\(q)")
    }
  }

  @Test(
    arguments: [
      (ExactNumber(23_500), "23500", 23_500), (ExactNumber(1, exponent: -1), "0.1", 0.1),
      (ExactNumber(-125, exponent: -2), "-1.25", -1.25),
      (ExactNumber(12, exponent: 40), "12e40", 12e40),
    ] as [(ExactNumber, String, Double)])
  func printsAndConverts(_ number: ExactNumber, _ text: String, _ double: Double) {
    #expect(number.description == text)
    #expect(number.double == double)
  }

  @Test func farAwayValuesAreDefined() {
    #expect(ExactNumber(1, exponent: 1_000_000).double == .infinity)
    #expect(ExactNumber(-1, exponent: 1_000_000).double == -.infinity)
    #expect(ExactNumber(1, exponent: -1_000_000).double == 0)
    #expect(ExactNumber(Int.max) == ExactNumber(922_337_203_685_477_580, exponent: 1))
    #expect(ExactNumber(Int.max, exponent: Int.max).double == .infinity)
    #expect(ExactNumber(1, exponent: 30).integer == nil)
    #expect(ExactNumber(7, exponent: 3).integer == 7000)
  }
}
