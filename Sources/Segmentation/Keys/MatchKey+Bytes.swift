internal import CICU

extension MatchKey {
  /// Appends the bytes of a text's key, as ``init(_:folding:)`` has them, where nobody asks for the
  /// way back to the text.
  ///
  /// - Parameters:
  ///   - text: a text in UTF-8.
  ///   - key: takes the key, in UTF-8.
  /// - Returns: how many scalars the key has.
  package static func append(keyOf text: UnsafeBufferPointer<UInt8>, to key: inout [UInt8]) -> Int {
    if text.isASCII { return append(keyOfASCII: text, to: &key) }
    let folded = FoldedText(Span(_unsafeElements: text), .spelling)
    for scalar in folded.scalars {
      let value = scalar.value
      if value < 0x80 {
        key.append(UInt8(value))
      } else if value < 0x800 {
        key.append(UInt8(0xC0 | value >> 6))
        key.append(UInt8(0x80 | value & 0x3F))
      } else if value < 0x10000, value & 0xF800 != 0xD800 {
        key.append(UInt8(0xE0 | value >> 12))
        key.append(UInt8(0x80 | (value >> 6 & 0x3F)))
        key.append(UInt8(0x80 | value & 0x3F))
      } else {
        let encoded = Unicode.Scalar(value).flatMap { UTF8.encode($0) }
        key.append(contentsOf: encoded ?? UTF8.encodedReplacementCharacter)
      }
    }
    return folded.scalars.count
  }

  /// The folds of ``FoldedText`` as far as they concern ASCII, in one pass and in place.
  private static func append(
    keyOfASCII text: UnsafeBufferPointer<UInt8>, to key: inout [UInt8]
  ) -> Int {
    let start = key.count
    key.append(contentsOf: text)
    var kept = start
    key.withUnsafeMutableBufferPointer { bytes in
      var index = start
      while index < bytes.count {
        let byte = bytes[index]
        if byte.isKeySpace {
          index += 1
          while index < bytes.count, bytes[index].isKeySpace { index += 1 }
          if kept == start || index == bytes.count || bytes.isClosing(at: index) { continue }
          bytes[kept] = 0x20
        } else if byte == 0x22 || byte == 0x27 {
          index += 1
          let isApostrophe =
            byte == 0x27 && index < bytes.count && bytes[index].isASCIIKeyLetter
            && bytes.endsWithLetter(start..<kept)
          bytes[kept] = isApostrophe ? 0x27 : 0x22
        } else {
          bytes[kept] = byte &- 0x41 < 26 ? byte | 0x20 : byte
          index += 1
        }
        kept += 1
      }
    }
    key.removeLast(key.count - kept)
    return kept - start
  }
}

extension UnsafeBufferPointer<UInt8> {
  fileprivate var isASCII: Bool {
    var index = 0
    let raw = UnsafeRawBufferPointer(self)
    while index + 8 <= count {
      let word = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      if word & 0x8080_8080_8080_8080 != 0 { return false }
      index += 8
    }
    while index < count {
      if self[index] >= 0x80 { return false }
      index += 1
    }
    return true
  }
}

extension UnsafeMutableBufferPointer<UInt8> {
  /// Whether a mark ends what stands before it, so that a space before it says nothing.
  fileprivate func isClosing(at index: Int) -> Bool {
    switch self[index] {
    case 0x21, 0x29, 0x2C, 0x2E, 0x3A, 0x3B, 0x3F, 0x5D:
      index + 1 == count || self[index + 1].isKeySpace
    default: false
    }
  }

  /// Whether the word that ends a range holds a letter, digits behind it apart.
  fileprivate func endsWithLetter(_ range: Range<Int>) -> Bool {
    var index = range.upperBound - 1
    while index >= range.lowerBound, self[index] &- 0x30 < 10 { index -= 1 }
    return index >= range.lowerBound && self[index].isASCIIKeyLetter
  }
}

extension UInt8 {
  fileprivate var isASCIIKeyLetter: Bool { (self | 0x20) &- 0x61 < 26 }

  /// As ``UInt32/isKeySpace`` has it.
  @inline(__always)
  fileprivate var isKeySpace: Bool { self == 0x20 || self &- 0x09 < 5 }
}
