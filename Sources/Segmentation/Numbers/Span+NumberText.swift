internal import Bitext

extension Span<UInt8> {
  func byte(at index: Int) -> UInt8 { index >= 0 && index < count ? self[index] : 0 }

  func isASCIILetter(at index: Int) -> Bool { byte(at: index).isASCIILetter }

  /// The bytes of one space of any kind at a byte, no line break; else 0.
  func spaceLength(at index: Int) -> Int {
    guard index < count else { return 0 }
    if self[index] == 0x20 { return 1 }
    guard self[index] >= 0xC2 else { return 0 }
    let (scalar, length) = scalar(at: index)
    return scalar == 0xA0 || scalar == 0x202F || scalar == 0x2009 || scalar == 0x3000 ? length : 0
  }

  func starts(with text: StaticString, at index: Int) -> Bool {
    let length = text.utf8CodeUnitCount
    guard index >= 0, index + length <= count else { return false }
    for offset in 0..<length where self[index + offset] != text.utf8Start[offset] { return false }
    return true
  }

  /// Without regard to case; `text` is in lower case.
  func starts(withLetters text: StaticString, at index: Int) -> Bool {
    let length = text.utf8CodeUnitCount
    guard index >= 0, index + length <= count else { return false }
    for offset in 0..<length {
      let byte = self[index + offset]
      if (byte.isASCIIUppercase ? byte | 0x20 : byte) != text.utf8Start[offset] { return false }
    }
    return true
  }

  func ends(with text: StaticString, before index: Int) -> Bool {
    starts(with: text, at: index - text.utf8CodeUnitCount)
  }

  /// A digit of either width at a byte.
  func digit(at index: Int) -> (value: Int, length: Int)? {
    guard index < count else { return nil }
    let byte = self[index]
    if byte.isASCIIDigit { return (Int(byte - 0x30), 1) }
    guard byte == 0xEF, index + 2 < count, self[index + 1] == 0xBC,
      0x90...0x99 ~= self[index + 2]
    else {
      return nil
    }
    return (Int(self[index + 2] - 0x90), 3)
  }
}
