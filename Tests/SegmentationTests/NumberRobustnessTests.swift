import Segmentation
import TestSupport
import Testing

@Suite struct NumberRobustnessTests {
  @Test(arguments: 1...200 as ClosedRange<UInt64>)
  func rangesAreInOrderAndOnScalarBoundaries(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let pieces = [
      "1", "0", "25", "2021", ",", ".", "-", "/", ":", "百分之", "百", "万", "亿", "兆", "三", "十", "两",
      "〇",
      "点", "分之", "第", "年", "月", "日", "时", "半", "个", "成", "倍", "余", "多", "元", "人民币", "世纪", "年代",
      "季度", "上午", "周", "翻", "番", "至", "May", " ", "million", "twenty", "a ", "half", "third",
      "first",
      "quarter", " of ", "and ", "hundred", "%", "％", "x", "，", "per cent", "🙂", "１", "千", "bn",
      "$", "US$",
      "¥", "km", "m²", "Q", "H", "T", "http://", "'s", "s", "th", " to ", "between ", "\u{A0}", "–",
      "pm",
    ]
    let text = random.text(of: pieces, upTo: 24)
    check(Array(text.utf8))
  }

  @Test(arguments: 1...100 as ClosedRange<UInt64>)
  func bytesThatAreNoUTF8AreSurvived(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var bytes = Array("2021年5月3日，¥300亿元、百分之八点五 US$5 million 三年半".utf8)
    for _ in 0..<8 {
      switch random.below(3) {
      case 0: bytes[random.below(bytes.count)] = UInt8(random.below(256))
      case 1: bytes.remove(at: random.below(bytes.count))
      default: bytes.insert(UInt8(random.below(256)), at: random.below(bytes.count))
      }
    }
    check(bytes)
    check(Array(bytes.prefix(random.below(bytes.count))))
  }

  private func check(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    let isValid = String(validating: bytes, as: UTF8.self) != nil
    var end = 0
    for number in NumberRecognizer().numbers(in: bytes.span) {
      #expect(number.range.lowerBound >= end, "\(text)")
      #expect(!number.range.isEmpty && number.range.upperBound <= bytes.count, "\(text)")
      #expect(number.range.lowerBound <= number.numeral.lowerBound, "\(text)")
      #expect(number.numeral.upperBound <= number.range.upperBound, "\(text)")
      end = number.range.upperBound
      if isValid {
        #expect(String(validating: bytes[number.range], as: UTF8.self) != nil, "\(text)")
      }
      #expect(number.kind == .name || (number.value == nil) != (number.date == nil), "\(text)")
      #expect(number.agrees(with: number), "\(text)")
    }
  }

  /// Thirty thousand of each; what takes quadratic time here takes minutes.
  @Test(arguments: [
    "1", "1,", "1.", "1-", "1/", "1:", "1,000,", "万", "十四五", "一", "百", "1万", "亿", "百分之", "一点", "¥",
    "1 ",
    "one ", "hundred ", "twenty-", "and ", "http://", "a1", "1至", "第", "三分之", "2021年", "May ", "千万",
    "$1",
  ])
  func repetitionTakesLinearTime(_ piece: String) {
    let bytes = Array(String(repeating: piece, count: 30_000).utf8)
    check(count: bytes)
  }

  private func check(count bytes: [UInt8]) {
    let numbers = NumberRecognizer().numbers(in: bytes.span)
    #expect(numbers.allSatisfy { $0.range.upperBound <= bytes.count })
  }

  @Test func fourHundredDigitsHaveAValue() {
    let bytes = Array((String(repeating: "7", count: 400) + ",").utf8)
    let numbers = NumberRecognizer().numbers(in: bytes.span)
    #expect(numbers.map(\.range) == [0..<400])
    #expect(numbers.first?.kind == .name)
    #expect(numbers.first?.value?.double == .infinity)
    let grouped = Array(("7" + String(repeating: ",777", count: 133)).utf8)
    #expect(NumberRecognizer().numbers(in: grouped.span).first?.value?.exponent == 382)
  }

  @Test func aPowerWrittenWithAnEIsAName() {
    let bytes = Array("1e400".utf8)
    #expect(NumberRecognizer().numbers(in: bytes.span).map(\.kind) == [.name])
  }
}
