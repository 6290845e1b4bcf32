import Segmentation
import TestSupport
import Testing

@Suite struct NumberRecognizerTests {
  private func expectNumbers(
    _ marked: String, _ kind: RecognizedNumber.Kind, _ values: [Double],
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let text = MarkedText(marked)
    let bytes = text.utf8
    let numbers = NumberRecognizer().numbers(in: bytes.span)
    #expect(text.marking(numbers.map(\.range)) == marked, sourceLocation: sourceLocation)
    #expect(numbers.map(\.value) == values, sourceLocation: sourceLocation)
    #expect(numbers.allSatisfy { $0.kind == kind }, sourceLocation: sourceLocation)
  }

  @Test(
    arguments: [
      ("⟦1,164⟧ 家", [1164]),
      ("⟦1,164⟧ companies", [1164]),
      ("⟦1164⟧家", [1164]),
      ("⟦１２⟧家", [12]),
      ("⟦300亿⟧元", [30_000_000_000]),
      ("⟦30 billion⟧ yuan", [30_000_000_000]),
      ("⟦30bn⟧ yuan", [30_000_000_000]),
      ("⟦3万亿⟧元", [3_000_000_000_000]),
      ("⟦13.8万⟧平方米", [138_000]),
      ("⟦138,000⟧ square meters", [138_000]),
      ("⟦2.5⟧ and ⟦3⟧.", [2.5, 3]),
      ("⟦1,164⟧,⟦5⟧", [1164, 5]),
      ("⟦12⟧,⟦34⟧", [12, 34]),
      ("COVID-⟦19⟧", [19]),
    ] as [(String, [Double])])
  func readsDigits(_ marked: String, _ values: [Double]) {
    expectNumbers(marked, .quantity, values)
  }

  @Test(
    arguments: [
      ("⟦一百二十三⟧人", [123]),
      ("⟦三十⟧", [30]),
      ("⟦十二⟧", [12]),
      ("⟦两千⟧", [2000]),
      ("⟦二〇二一⟧年", [2021]),
      ("⟦一千零五⟧", [1005]),
      ("⟦三百万⟧", [3_000_000]),
      ("⟦三万亿⟧", [3_000_000_000_000]),
      ("⟦十三亿⟧人", [1_300_000_000]),
    ] as [(String, [Double])])
  func readsChineseNumerals(_ marked: String, _ values: [Double]) {
    expectNumbers(marked, .quantity, values)
  }

  @Test(
    arguments: [
      ("⟦三亿五千万⟧", [350_000_000]),
      ("⟦一万亿五千万⟧", [1_000_050_000_000]),
      ("⟦一万二千亿⟧", [1_200_000_000_000]),
    ] as [(String, [Double])])
  func aSmallerMagnitudeAfterAGreaterOneCountsItsOwnSection(_ marked: String, _ values: [Double]) {
    expectNumbers(marked, .quantity, values)
  }

  @Test(
    arguments: [
      ("⟦thirteen⟧ days", [13]),
      ("⟦twenty-five⟧ days", [25]),
      ("⟦Three hundred⟧ people", [300]),
      ("⟦two million⟧ and ⟦forty⟧", [2_000_000, 40]),
    ] as [(String, [Double])])
  func readsEnglishWordsFromThirteenOn(_ marked: String, _ values: [Double]) {
    expectNumbers(marked, .quantity, values)
  }

  @Test func readsTheMagnitudesOfATitle() {
    expectNumbers("⟦30 Billion⟧ Yuan for ⟦2 Million⟧ Homes", .quantity, [30e9, 2e6])
  }

  /// Numbers are compared for equality, so that 2.35万 must not be 23,499.999….
  @Test func decimalsBeforeMagnitudesAreExact() {
    for cents in 1...2000 {
      let fraction = String(cents % 100 + 100).dropFirst()
      let text = "\(cents / 100).\(fraction)万和\(cents / 100).\(fraction) million"
      let bytes = Array(text.utf8)
      let values = NumberRecognizer().numbers(in: bytes.span).map(\.value)
      #expect(values == [Double(cents * 100), Double(cents * 10_000)], "\(text)")
    }
  }

  @Test(
    arguments: [
      ("百分之⟦八⟧", [8]),
      ("百分之⟦八十五⟧", [85]),
      ("百分之⟦8⟧", [8]),
      ("百分之⟦百⟧", [100]),
      ("⟦8%⟧", [8]),
      ("⟦3.5％⟧，", [3.5]),
      ("⟦8 percent⟧ of", [8]),
      ("⟦8 per cent⟧ of", [8]),
      ("⟦twenty percent⟧", [20]),
    ] as [(String, [Double])])
  func readsShares(_ marked: String, _ values: [Double]) {
    expectNumbers(marked, .percent, values)
  }

  @Test(
    arguments: [
      ("⟦5月⟧", [5]),
      ("⟦五月⟧", [5]),
      ("⟦十二月⟧", [12]),
      ("in ⟦May⟧ or ⟦December⟧", [5, 12]),
      ("⟦Sep⟧", [9]),
    ] as [(String, [Double])])
  func readsMonths(_ marked: String, _ values: [Double]) {
    expectNumbers(marked, .month, values)
  }

  @Test func readsADate() {
    let bytes = Array("2026年5月18日".utf8)
    let numbers = NumberRecognizer().numbers(in: bytes.span)
    #expect(numbers.map(\.value) == [2026, 5, 18])
    #expect(numbers.map(\.kind) == [.quantity, .month, .quantity])
  }

  @Test(arguments: [
    "H1N1", "5G", "the 14th floor", "may march", "It may rain.", "one of two", "twelve", "一个人",
    "万一", "Mayor", "Octopus", "million", "", "千",
  ])
  func findsNoNumber(_ text: String) {
    expectNumbers(text, .quantity, [])
  }

  @Test func aShareIsNotCarriedOverToTheNextNumber() {
    let bytes = Array("百分之，8".utf8)
    #expect(NumberRecognizer().numbers(in: bytes.span).map(\.kind) == [.quantity])
  }

  @Test(arguments: 1...40 as ClosedRange<UInt64>)
  func rangesAreInOrderAndOnScalarBoundaries(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let pieces = [
      "1", "0", ",", ".", "百分之", "百", "万", "亿", "三", "月", "May", " ", "million", "twenty", "-",
      "%", "％", "x", "，", "per cent", "🙂", "１", "千", "bn", "〇",
    ]
    let text = (0..<20).map { _ in pieces[Int.random(in: pieces.indices, using: &random)] }.joined()
    let bytes = Array(text.utf8)
    var end = 0
    for number in NumberRecognizer().numbers(in: bytes.span) {
      #expect(number.range.lowerBound >= end, "\(text)")
      #expect(!number.range.isEmpty && number.range.upperBound <= bytes.count, "\(text)")
      end = number.range.upperBound
      #expect(String(validating: bytes[number.range], as: UTF8.self) != nil, "\(text)")
      #expect(number.value.isFinite, "\(text)")
    }
  }
}
