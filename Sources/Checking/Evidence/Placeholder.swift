internal import Segmentation

/// A mark in a text that a program replaces: `{0}`, `{name}`, `{{x}}`, `${x}`, `%s`, `%1$d`,
/// `%(name)s`, `<0>`.
struct Placeholder: Hashable {
  /// The bytes of the text.
  let range: Range<Int>
  /// As it stands there, without spaces within braces; of an ICU argument with a choice its name and kind, `{count, plural}`,
  /// since what it chooses from is translated.
  let text: String
  /// Whether it chooses between texts, in which other placeholders may stand more or less often.
  let isChoice: Bool

  /// The placeholders of a text in UTF-8, in order.
  ///
  /// - Parameters:
  ///   - utf8: the text.
  ///   - range: the bytes that are read.
  /// - Returns: ranges within `utf8`.
  static func all(in utf8: [UInt8], _ range: Range<Int>) -> [Placeholder] {
    var scanner = PlaceholderScanner(utf8: utf8, end: range.upperBound)
    return scanner.scan(from: range.lowerBound)
  }
}

private struct PlaceholderScanner {
  let utf8: [UInt8]
  let end: Int
  private var found: [Placeholder] = []

  init(utf8: [UInt8], end: Int) {
    self.utf8 = utf8
    self.end = end
  }

  private enum Byte {
    static let percent: UInt8 = 0x25, dollar: UInt8 = 0x24, opening: UInt8 = 0x7B
    static let closing: UInt8 = 0x7D, comma: UInt8 = 0x2C, less: UInt8 = 0x3C
    static let greater: UInt8 = 0x3E, slash: UInt8 = 0x2F
    static let roundOpening: UInt8 = 0x28, roundClosing: UInt8 = 0x29
  }

  mutating func scan(from start: Int) -> [Placeholder] {
    var index = start
    while index < end {
      let next =
        switch utf8[index] {
        case Byte.percent: percent(index, start)
        case Byte.dollar where byte(index + 1) == Byte.opening: braces(index, index + 1)
        case Byte.opening: braces(index, index)
        case Byte.less: tag(index)
        default: Int?.none
        }
      index = next ?? index + 1
    }
    return found
  }

  private func byte(_ index: Int) -> UInt8? { index < end ? utf8[index] : nil }

  private mutating func add(_ range: Range<Int>, _ text: String? = nil, isChoice: Bool = false)
    -> Int
  {
    let own = String(decoding: utf8[range], as: UTF8.self)
    found.append(Placeholder(range: range, text: text ?? own, isChoice: isChoice))
    return range.upperBound
  }

  /// `{name}`, `{{ name }}`, `${name}`, and `{count, plural, …}`, whose branches are read on.
  private mutating func braces(_ start: Int, _ brace: Int) -> Int? {
    let isDouble = byte(brace + 1) == Byte.opening
    let nameStart = skipSpaces(isDouble ? brace + 2 : brace + 1)
    var index = nameStart
    while let next = byte(index), next.isNameByte { index += 1 }
    guard index > nameStart else { return nil }
    let name = String(decoding: utf8[nameStart..<index], as: UTF8.self)
    index = skipSpaces(index)
    if isDouble {
      guard byte(index) == Byte.closing, byte(index + 1) == Byte.closing else { return nil }
      return add(start..<index + 2, "{{\(name)}}")
    }
    if byte(index) == Byte.closing {
      return add(start..<index + 1, start == brace ? "{\(name)}" : "${\(name)}")
    }
    guard byte(index) == Byte.comma, start == brace else { return nil }
    let kindStart = skipSpaces(index + 1)
    index = kindStart
    while let next = byte(index), next.isNameByte { index += 1 }
    let kind = String(decoding: utf8[kindStart..<index], as: UTF8.self)
    guard ["plural", "select", "selectordinal", "number", "date", "time"].contains(kind) else {
      return nil
    }
    return add(
      start..<index, "{\(name), \(kind)}",
      isChoice: kind.hasPrefix("select") || kind == "plural")
  }

  private func skipSpaces(_ start: Int) -> Int {
    var index = start
    while byte(index) == 0x20 { index += 1 }
    return index
  }

  /// `%s`, `%1$d`, `%-5.2f`, `%(name)s`, `%@`; neither `%%` nor the sign of a share, `5%`.
  private mutating func percent(_ start: Int, _ first: Int) -> Int? {
    if byte(start + 1) == Byte.percent { return start + 2 }
    if start > first, utf8[start - 1].isDigit { return nil }
    var index = start + 1
    if byte(index) == Byte.roundOpening {
      while let next = byte(index), next != Byte.roundClosing { index += 1 }
      index += 1
    }
    // The flag of a space is left out: "100 % sure" has it by chance.
    while let next = byte(index), next.isDigit || [0x24, 0x2B, 0x2D, 0x23, 0x2E].contains(next) {
      index += 1
    }
    while let next = byte(index), [0x68, 0x6C, 0x71, 0x7A, 0x6A].contains(next) { index += 1 }
    guard let conversion = byte(index), conversion.isConversion else { return nil }
    // A conversion is one letter: "%some" is none.
    if let next = byte(index + 1), next.isASCIILetter, conversion.isASCIILetter { return nil }
    return add(start..<index + 1)
  }

  /// `<0>`, `</0>`, `<0/>`.
  private mutating func tag(_ start: Int) -> Int? {
    var index = start + 1
    if byte(index) == Byte.slash { index += 1 }
    let digits = index
    while let next = byte(index), next.isDigit { index += 1 }
    guard index > digits else { return nil }
    if byte(index) == Byte.slash { index += 1 }
    guard byte(index) == Byte.greater else { return nil }
    return add(start..<index + 1)
  }
}

extension UInt8 {
  fileprivate var isDigit: Bool { 0x30...0x39 ~= self }
  fileprivate var isASCIILetter: Bool { 0x61...0x7A ~= self | 0x20 }
  fileprivate var isNameByte: Bool {
    isDigit || isASCIILetter || self == 0x5F || self == 0x2E || self == 0x2D
  }

  /// The letters that end a conversion of printf, and the `@` of Objective-C.
  fileprivate var isConversion: Bool {
    [
      0x64, 0x69, 0x6F, 0x75, 0x78, 0x58, 0x65, 0x45, 0x66, 0x46, 0x67, 0x47, 0x61, 0x41, 0x63,
      0x73, 0x70, 0x40,
    ].contains(self)
  }
}
