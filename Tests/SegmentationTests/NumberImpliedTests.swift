import TestSupport
import Testing

@testable import Segmentation

/// Words that say a number without being one, and years without their number.
@Suite struct NumberImpliedTests {
  private func implied(_ text: String) -> [String] {
    let bytes = Array(text.utf8)
    let numbers = NumberRecognizer().numbers(in: bytes.span)
    return ImpliedNumbers.numbers(in: bytes.span, besides: numbers).map {
      "\($0.value ?? -1)" + ($0.unit.map { " \($0)" } ?? "")
    }
  }

  @Test(
    arguments: [
      ("both of them", ["2"]), ("over the past decade", ["10 year"]), ("triennial", ["3 year"]),
      ("a full year", ["1 year"]), ("per day", ["1 day"]), ("the US dollar", ["1 usd"]),
      ("round-the-clock", ["24 hour"]), ("zero", ["0"]), ("Semi-annual", ["0.5 year"]),
      ("the year", []), ("a rather long year", []), ("bothered", []), ("decadent", []),
      ("all 12 of them", []),
      ("百大", ["100"]), ("雙重", ["2"]), ("巴塞爾協定三", ["3"]), ("每年", ["1 year"]),
      ("首批", ["1 classifier"]),
      ("半年度", ["0.5 year"]), ("兌美元", ["1 usd"]), ("一线城市", ["1 classifier"]), ("全日", ["24 hour"]),
      // What is recognised implies nothing more.
      ("三家", []), ("百分之三", []), ("", []),
    ] as [(String, [String])])
  func impliedNumbers(_ text: String, _ meanings: [String]) { #expect(implied(text) == meanings) }

  private func years(_ text: String) -> Int {
    let bytes = Array(text.utf8)
    let numbers = NumberRecognizer().numbers(in: bytes.span)
    return RelativeYears.count(in: bytes.span, besides: numbers)
  }

  @Test(
    arguments: [
      ("in the previous year", 1), ("Last year and the year before", 2), ("a year earlier", 1),
      ("at year-end", 1), ("the years", 0), ("a year", 0), ("yearly", 0), ("in 2015", 0),
      ("去年", 1), ("年內及上年", 2), ("於年底", 1), ("2016年底", 0), ("2016年年底", 1), ("一年前", 1), ("", 0),
    ] as [(String, Int)])
  func relativeYears(_ text: String, _ count: Int) { #expect(years(text) == count) }

  @Test(arguments: 1...100 as ClosedRange<UInt64>)
  func bytesThatAreNoUTF8AreSurvived(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var bytes = Array("both 兌美元 each year 去年底 a full 半年度 2016年三".utf8)
    for _ in 0..<6 { bytes[random.below(bytes.count)] = UInt8(random.below(256)) }
    let numbers = NumberRecognizer().numbers(in: bytes.span)
    var end = 0
    for number in ImpliedNumbers.numbers(in: bytes.span, besides: numbers) {
      #expect(number.range.lowerBound >= end && number.range.upperBound <= bytes.count)
      end = number.range.upperBound
    }
    #expect(RelativeYears.count(in: bytes.span, besides: numbers) <= bytes.count)
  }

  /// Thirty thousand of each; what takes quadratic time here takes minutes.
  @Test(arguments: ["a ", "每", "the ", "year ", "年", "half-", "一", "month", "last "])
  func repetitionTakesLinearTime(_ piece: String) {
    let bytes = Array(String(repeating: piece, count: 30_000).utf8)
    let numbers = NumberRecognizer().numbers(in: bytes.span)
    #expect(ImpliedNumbers.numbers(in: bytes.span, besides: numbers).count <= 60_000)
    #expect(RelativeYears.count(in: bytes.span, besides: numbers) <= 30_000)
  }

  @Test(
    arguments: [
      ("G20", [20]), ("32bit", [32]), ("Python 3.10", [ExactNumber(31, exponent: -1)]),
      ("ratings1", [1]), ("1.2.3", []), ("555-3242", []), ("H1N1", [1]),
    ] as [(String, [ExactNumber])])
  func namesHoldNumbers(_ text: String, _ numbers: [ExactNumber]) {
    let bytes = Array(text.utf8)
    #expect(ImpliedNumbers.numbers(inName: bytes.span) == numbers)
  }
}
