internal import Bitext

/// A number, month or share as a text writes it, with its value.
public struct RecognizedNumber: Sendable, Hashable {
  public enum Kind: UInt8, Sendable {
    /// A count or amount, in ones: 300亿 and "30 billion" are both 30,000,000,000.
    case quantity
    /// A share in percent: 百分之八, 8%.
    case percent
    /// A month, 1…12: 5月, May.
    case month
  }

  public var kind: Kind
  public var value: Double
  /// The bytes of the text.
  public var range: Range<Int>
}

/// Finds numbers in English and Chinese by their value, so that 1,164 家 and "1,164 companies",
/// 13.8万平方米 and "138,000 square meters" agree.
///
/// Digits with or without separators, 千 万 亿 万亿 and thousand … trillion after them, numbers in
/// Chinese numerals of two characters and more, English numbers in words from thirteen on, months
/// and percentages. Small numbers in words are left to the lexicon: 一 and "one" are articles as
/// often as they are numbers.
public struct NumberRecognizer: Sendable {
  public init() {}

  /// The numbers of a text in UTF-8, in order, none overlapping another.
  public func numbers(in utf8: Span<UInt8>) -> [RecognizedNumber] {
    var scanner = NumberScanner()
    var index = 0
    while index < utf8.count {
      index = scanner.step(utf8, at: index)
    }
    return scanner.found
  }
}

private struct NumberScanner {
  var found: [RecognizedNumber] = []
  private var afterShareOf = false

  /// Reads what stands at a byte and returns where to go on.
  mutating func step(_ utf8: Span<UInt8>, at index: Int) -> Int {
    let (scalar, length) = utf8.scalar(at: index)
    if scalar == 0x767E, utf8.starts(with: "百分之", at: index) {
      afterShareOf = true
      return index + 9
    }
    let narrow = scalar.narrowed
    let isFirstOfWord = index == 0 || !utf8.isASCIIWord(at: index - 1)
    if 0x30...0x39 ~= narrow, isFirstOfWord {
      return readDigits(utf8, from: index)
    }
    if ChineseNumerals.digit(scalar) != nil || ChineseNumerals.unit(scalar) != nil {
      return readNumerals(utf8, from: index)
    }
    if isFirstOfWord, scalar < 0x80, UInt8(scalar).isASCIILetter {
      return readWords(utf8, from: index)
    }
    afterShareOf = false
    return index + length
  }

  private mutating func readDigits(_ utf8: Span<UInt8>, from start: Int) -> Int {
    var index = start
    var value = 0.0
    // 2.35万 is 235 · 10,000 / 100, exactly: 2.3 + 0.05 would not be equal to 23,500.
    var divisor = 1.0
    var isFraction = false
    var digits = 0
    while index < utf8.count {
      let (scalar, length) = utf8.scalar(at: index)
      let narrow = scalar.narrowed
      if 0x30...0x39 ~= narrow {
        value = value * 10 + Double(narrow - 0x30)
        if isFraction { divisor *= 10 }
        digits += 1
      } else if narrow == 0x2C || narrow == 0x2E && !isFraction, index + length < utf8.count,
        0x30...0x39 ~= utf8.scalar(at: index + length).value.narrowed, scalar != 0x3001,
        scalar != 0x3002, narrow == 0x2E || utf8.hasThreeDigits(at: index + length)
      {
        if narrow == 0x2E { isFraction = true }
      } else {
        break
      }
      index += length
    }
    // "5G", "H1N1" and "14th" are names and ordinals, whose digits the tokens compare.
    if index < utf8.count, utf8.isASCIIWord(at: index), !utf8.isMagnitude(at: index) {
      return index
    }
    return finish(value, dividedBy: divisor, utf8, start..<index, isRound: digits > 0)
  }

  /// Reads the magnitudes and signs after a value and notes the number.
  private mutating func finish(
    _ first: Double, dividedBy divisor: Double = 1, _ utf8: Span<UInt8>, _ range: Range<Int>,
    isRound: Bool
  ) -> Int {
    var value = first
    var end = range.upperBound
    while end < utf8.count, let factor = ChineseNumerals.magnitude(utf8.scalar(at: end).value) {
      value *= factor
      end += 3
    }
    if let (factor, length) = utf8.englishMagnitude(at: end) {
      value *= factor
      end += length
    }
    value /= divisor
    var kind: RecognizedNumber.Kind = afterShareOf ? .percent : .quantity
    afterShareOf = false
    if end < utf8.count {
      let next = utf8.scalar(at: end)
      if next.value.narrowed == 0x25 {
        kind = .percent
        end += next.length
      } else if utf8.starts(with: " percent", at: end) {
        kind = .percent
        end += 8
      } else if utf8.starts(with: " per cent", at: end) {
        kind = .percent
        end += 9
      } else if next.value == 0x6708, 1...12 ~= value, value == value.rounded() {
        kind = .month
        end += next.length
      }
    }
    found.append(
      RecognizedNumber(kind: kind, value: value, range: range.lowerBound..<end))
    return end
  }

  /// Chinese numerals: 一百二十三, 三十, 二〇二一. One character alone is no number.
  private mutating func readNumerals(_ utf8: Span<UInt8>, from start: Int) -> Int {
    var reader = ChineseNumerals()
    var index = start
    while index < utf8.count {
      let scalar = utf8.scalar(at: index)
      guard reader.read(scalar.value) else { break }
      index += scalar.length
    }
    let isMonth = index < utf8.count && utf8.scalar(at: index).value == 0x6708
    guard let value = reader.value, reader.count > 1 || isMonth || afterShareOf else {
      afterShareOf = false
      return max(index, start + utf8.scalar(at: start).length)
    }
    return finish(value, utf8, start..<index, isRound: false)
  }

  private mutating func readWords(_ utf8: Span<UInt8>, from start: Int) -> Int {
    var reader = EnglishNumerals()
    var index = start
    var end = start
    while let word = utf8.asciiWord(at: index), reader.read(word) {
      end = index + word.utf8.count
      index = end
      while index < utf8.count, utf8[index] == 0x20 || utf8[index] == 0x2D { index += 1 }
    }
    let firstWord = utf8.asciiWord(at: start) ?? ""
    if end == start {
      if let month = EnglishNumerals.month(firstWord) {
        found.append(
          RecognizedNumber(
            kind: .month, value: month, range: start..<start + firstWord.utf8.count))
      }
      return start + max(1, firstWord.utf8.count)
    }
    guard let value = reader.value, value > 12 else { return end }
    return finish(value, utf8, start..<end, isRound: false)
  }
}

extension Span<UInt8> {
  fileprivate func isASCIIWord(at index: Int) -> Bool {
    self[index].isASCIILetter || self[index].isASCIIDigit
  }

  fileprivate func hasThreeDigits(at index: Int) -> Bool {
    guard index + 3 <= count else { return false }
    for offset in 0..<3 where !self[index + offset].isASCIIDigit { return false }
    return index + 3 == count || !self[index + 3].isASCIIDigit
  }

  fileprivate func starts(with text: StaticString, at index: Int) -> Bool {
    let length = text.utf8CodeUnitCount
    guard index + length <= count else { return false }
    for offset in 0..<length where self[index + offset] != text.utf8Start[offset] { return false }
    return true
  }

  /// The word of ASCII letters at a byte, in lower case but for its first letter.
  fileprivate func asciiWord(at index: Int) -> String? {
    var bytes: [UInt8] = []
    var end = index
    while end < count, self[end].isASCIILetter {
      bytes.append(self[end].isASCIIUppercase && end > index ? self[end] | 0x20 : self[end])
      end += 1
    }
    return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
  }

  /// A magnitude that is glued to its digits: 30bn, 5m is left alone as metres.
  fileprivate func isMagnitude(at index: Int) -> Bool {
    starts(with: "bn", at: index) || starts(with: "billion", at: index)
      || starts(with: "million", at: index)
  }

  fileprivate func englishMagnitude(at index: Int) -> (Double, Int)? {
    var start = index
    while start < count, self[start] == 0x20 || self[start] == 0x2D { start += 1 }
    guard let word = asciiWord(at: start),
      let factor = EnglishNumerals.magnitudes[word.lowercased()]
    else {
      return nil
    }
    return (factor, start - index + word.utf8.count)
  }
}
