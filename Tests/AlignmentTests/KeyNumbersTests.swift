import TestSupport
import Testing

@testable import Alignment

@Suite struct KeyNumbersTests {
  @Test(arguments: [0x1, 0x1_0000_0000, 0x9E37_79B9_7F4A_7C15] as [UInt64])
  func numbersAreThoseOfADictionary(step: UInt64) {
    var random = SeededGenerator(seed: step)
    var numbers = KeyNumbers()
    var oracle: [UInt64: Int] = [:]
    for _ in 0..<5_000 {
      // 0 is a key as well as any other.
      let key = UInt64(random.below(1_500)) &* step
      let expected = oracle[key] ?? oracle.count
      oracle[key] = expected
      #expect(numbers.number(of: key) == expected)
    }
    #expect(numbers.count == oracle.count)
    for key in (0..<2_000).map({ UInt64($0) &* step }) { #expect(numbers[key] == oracle[key]) }
  }

  @Test func logarithmsAreNear() {
    var random = SeededGenerator(seed: 3)
    for _ in 0..<200 {
      let values = SIMD4<Double>(
        1, 1 + Double(random.below(1_000)) / 997, Double(1 + random.below(1_000_000)), 1e300)
      let sums = fastLogarithms(values)
      for lane in 0..<4 {
        let expected = logarithm(values[lane])
        #expect(abs(Double(sums[lane]) - expected) < 2e-5 * max(1, expected))
      }
    }
  }

  @Test(arguments: 1...12 as ClosedRange<UInt64>)
  func productsAreThoseOfTheBestOfEachPlace(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var touches = Touches()
    // What an earlier text left behind does not matter.
    for _ in 0..<2 {
      var best: [Int: Float] = [:]
      for _ in 0..<random.below(20) {
        let (place, gain) = (random.below(9), Float(1 + random.below(50)))
        touches.touch(place, gain)
        best[place] = max(best[place] ?? 0, gain)
      }
      let expected = best.values.reduce(1) { $0 * Double(1 + $1 * 0.25) }
      #expect(abs(touches.product(scale: 0.25) / expected - 1) < 1e-9)
      touches.clear()
    }
  }
}
