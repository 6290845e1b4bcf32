/// Finds numbers, amounts and dates in English and Chinese with their value and unit, so that
/// 300亿元 and "30 billion yuan", 13.8万平方米 and "138,000 square meters", 2021年5月 and "May 2021"
/// agree.
///
/// Names with numerals in them, such as 一带一路 and 三亚, are passed over; signs and names with
/// digits are noted as names. Bytes that are no UTF-8 separate numbers and are otherwise ignored.
public struct NumberRecognizer: Sendable {
  public init() {}

  /// The numbers of a text in UTF-8, in order, none overlapping another.
  public func numbers(in utf8: Span<UInt8>) -> [RecognizedNumber] {
    var scanner = NumberScanner()
    var index = 0
    while index < utf8.count {
      let count = scanner.found.count
      index = scanner.step(utf8, at: index)
      if scanner.found.count > count { scanner.joinRange(utf8) }
    }
    return scanner.found
  }
}
