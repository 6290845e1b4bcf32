internal import Bitext

extension UInt8 {
  /// How many bytes the well-formed sequence has that the byte starts, and what the second of them
  /// may be (Unicode 15, table 3-7); 0 for a byte that starts none.
  fileprivate var utf8Sequence: (length: Int, second: ClosedRange<UInt8>) {
    switch self {
    case 0x00...0x7F: (1, 0x80...0xBF)
    case 0xC2...0xDF: (2, 0x80...0xBF)
    case 0xE0: (3, 0xA0...0xBF)
    case 0xED: (3, 0x80...0x9F)
    case 0xE1...0xEF: (3, 0x80...0xBF)
    case 0xF0: (4, 0x90...0xBF)
    case 0xF1...0xF3: (4, 0x80...0xBF)
    case 0xF4: (4, 0x80...0x8F)
    default: (0, 0x80...0xBF)
    }
  }
}

extension Span<UInt8> {
  /// Where the first byte stands that is not part of well-formed UTF-8.
  package func firstInvalidUTF8(from start: Int = 0) -> Int? {
    var index = start
    while index < count {
      if self[index] < 0x80 {
        // Most texts of letters are ASCII for long stretches.
        index += isASCIIWord(at: index) ? 8 : 1
        continue
      }
      guard let length = utf8SequenceLength(at: index) else { return index }
      index += length
    }
    return nil
  }

  /// Whether eight bytes from one on are there and all of them ASCII.
  private func isASCIIWord(at index: Int) -> Bool {
    index + 8 <= count && word(at: index) & 0x8080_8080_8080_8080 == 0
  }

  /// Whether one of the bytes is zero.
  package var holdsZero: Bool {
    var index = 0
    while index + 8 <= count {
      // The lowest bit of a zero is borrowed from above, and no byte below it changes that.
      let word = word(at: index)
      if (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080 != 0 { return true }
      index += 8
    }
    while index < count {
      if self[index] == 0 { return true }
      index += 1
    }
    return false
  }

  private func word(at index: Int) -> UInt64 {
    bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
  }

  /// The share of the bytes that belong to well-formed sequences.
  var validUTF8Share: Double {
    guard !isEmpty else { return 1 }
    var bad = 0
    var index = 0
    while index < count {
      let length = utf8SequenceLength(at: index)
      if length == nil { bad += 1 }
      index += length ?? 1
    }
    return 1 - Double(bad) / Double(count)
  }

  /// The length of the well-formed sequence that starts at a byte; `nil` when none does.
  func utf8SequenceLength(at index: Int) -> Int? {
    let length = self[index].utf8Sequence.length
    return length > 0 && wellFormedLength(at: index) == length ? length : nil
  }

  /// How many bytes from one on could begin a well-formed sequence, that byte at the least: where
  /// none starts, the maximal ill-formed part (Unicode 15, section 3.9, table 3-8).
  package func wellFormedLength(at index: Int) -> Int {
    let (length, second) = self[index].utf8Sequence
    guard length > 1, index + 1 < count, second ~= self[index + 1] else { return 1 }
    var end = index + 2
    while end < index + length, end < count, self[end].isUTF8Continuation { end += 1 }
    return end - index
  }
}
