/// Takes tags apart in XML that is simple: names of ASCII without prefixes, and no references but
/// to XML's own five and to characters. Whatever is not so ends the scan: it may still be XML.
///
/// No index goes past the `<` behind the last byte by more than the padding has.
struct XMLTagScanner {
  let bytes: XMLBytes
  var index: Int
  /// Something stands there that is not simple, or has not been read yet.
  struct Stop: Error {}

  /// How a tag ends.
  enum Ending { case open, empty }

  @inline(__always)
  mutating func skipBlanks() {
    while bytes[index].isXMLBlank { index += 1 }
  }

  /// Goes over an end tag that starts at the index, of a name that is known.
  @inline(__always)
  mutating func takeEnd(nameLength: Int) throws(Stop) {
    index += 2 + nameLength
    skipBlanks()
    guard bytes[index] == 0x3E else { throw Stop() }
    index += 1
  }

  /// Goes over a name of letters, digits, `-`, `_` and `.`; of those with a colon `xml:lang` alone.
  @inline(__always)
  mutating func takeName() throws(Stop) -> Range<Int> {
    let start = index
    guard bytes[index].isNameStart else { throw Stop() }
    repeat { index += 1 } while bytes[index].isSimpleNameByte
    if bytes[index] == 0x3A {
      // "xml:" and "lang".
      guard index == start + 3, bytes.four(at: start) == 0x3A6C_6D78,
        bytes.four(at: index + 1) == 0x676E_616C
      else { throw Stop() }
      index += 5
      guard !bytes[index].isSimpleNameByte, bytes[index] != 0x3A else { throw Stop() }
    }
    // No name of the field has this many letters, and parsers bound them.
    guard index - start <= 64 else { throw Stop() }
    return start..<index
  }

  /// Takes the equals sign behind an attribute's name, and its value.
  ///
  /// - Returns: what stands between the quotation marks, and whether it stands for itself.
  @inline(__always)
  mutating func takeValue() throws(Stop) -> (range: Range<Int>, isPlain: Bool) {
    skipBlanks()
    guard bytes[index] == 0x3D else { throw Stop() }
    index += 1
    skipBlanks()
    let quote = bytes[index]
    guard quote == 0x22 || quote == 0x27 else { throw Stop() }
    index += 1
    let start = index
    var isPlain = true
    while true {
      index = bytes.endOfValue(quote, from: index)
      if bytes[index] == quote { break }
      isPlain = false
      switch bytes[index] {
      case 0x26: try takeReference()
      case 0x09, 0x0A, 0x0D: index += 1
      default: throw Stop()
      }
    }
    index += 1
    return (start..<index - 1, isPlain)
  }

  /// Goes over a reference to a character or to one of XML's own five entities.
  mutating func takeReference() throws(Stop) {
    guard let reference = bytes.reference(at: index) else { throw Stop() }
    index += reference.length
  }

  /// Ends a start tag: `>` or `/>`.
  @inline(__always)
  mutating func takeEnding() throws(Stop) -> Ending {
    if bytes[index] == 0x3E {
      index += 1
      return .open
    }
    guard bytes[index] == 0x2F, bytes[index + 1] == 0x3E else { throw Stop() }
    index += 2
    return .empty
  }

  /// Goes over a comment that starts at the index.
  mutating func takeComment() throws(Stop) {
    // "<!--"
    guard bytes.four(at: index) == 0x2D2D_213C else { throw Stop() }
    index += 4
    while index < bytes.end {
      if bytes[index] == 0x2D, bytes[index + 1] == 0x2D {
        guard bytes[index + 2] == 0x3E else { throw Stop() }
        index += 3
        return
      }
      index += 1
    }
    throw Stop()
  }
}

extension XMLBytes {
  /// Whether a name starts with `xmlns`.
  func startsNamespace(_ name: Range<Int>) -> Bool {
    // "xmln" and "s".
    four(at: name.lowerBound) == 0x6E6C_6D78 && self[name.lowerBound + 4] == 0x73
  }

  func hasCarriageReturn(in range: Range<Int>) -> Bool {
    UnsafeBufferPointer(start: start + range.lowerBound, count: range.count).contains(0x0D)
  }

  /// The character that a reference stands for, and the bytes of the reference; `nil` for what is
  /// none, or not one of a character or of XML's own five.
  func reference(at index: Int) -> (scalar: Unicode.Scalar, length: Int)? {
    guard self[index] == 0x26 else { return nil }
    if self[index + 1] == 0x23 { return characterReference(at: index) }
    for (name, scalar) in Self.ownEntities where name.utf8CodeUnitCount < end - index {
      let isThere = (0..<name.utf8CodeUnitCount).allSatisfy {
        name.utf8Start[$0] == self[index + 1 + $0]
      }
      if isThere { return (scalar, name.utf8CodeUnitCount + 1) }
    }
    return nil
  }

  private static let ownEntities: [(StaticString, Unicode.Scalar)] = [
    ("lt;", "<"), ("gt;", ">"), ("amp;", "&"), ("quot;", "\""), ("apos;", "'"),
  ]

  private func characterReference(at start: Int) -> (scalar: Unicode.Scalar, length: Int)? {
    var index = start + 2
    let isHexadecimal = self[index] == 0x78
    if isHexadecimal { index += 1 }
    let first = index
    var value: UInt32 = 0
    while let digit = self[index].digit(isHexadecimal: isHexadecimal) {
      // More digits are zeros before the number, which nobody writes.
      guard index - first < 8 else { return nil }
      value = value * (isHexadecimal ? 16 : 10) + UInt32(digit)
      index += 1
    }
    guard index > first, self[index] == 0x3B, let scalar = Unicode.Scalar(value),
      value >= 0x20 || value == 0x09 || value == 0x0A || value == 0x0D, value & ~1 != 0xFFFE
    else { return nil }
    return (scalar, index + 1 - start)
  }
}

extension UInt8 {
  @inline(__always)
  fileprivate var isNameStart: Bool { (self | 0x20) &- 0x61 < 26 || self == 0x5F }

  @inline(__always)
  fileprivate var isSimpleNameByte: Bool {
    isNameStart || self &- 0x30 < 10 || self == 0x2D || self == 0x2E
  }

  fileprivate func digit(isHexadecimal: Bool) -> UInt8? {
    if self &- 0x30 < 10 { return self - 0x30 }
    let letter = (self | 0x20) &- 0x61
    return isHexadecimal && letter < 6 ? letter + 10 : nil
  }
}
