/// What may not stand in XML 1.0 is left out; what has a meaning there is escaped.
func escapedXML(_ text: String, isAttribute: Bool = false) -> String {
  var text = text
  return text.withUTF8 { bytes in
    let first = firstToEscape(bytes, from: 0, isAttribute)
    guard first < bytes.count else { return nil as String? }
    var result: [UInt8] = []
    result.appendXML(bytes, isAttribute: isAttribute)
    return String(decoding: result, as: UTF8.self)
  } ?? text
}

extension [UInt8] {
  /// Appends a text as ``escapedXML(_:isAttribute:)`` gives it.
  mutating func appendXML(_ text: String, isAttribute: Bool = false) {
    var text = text
    text.withUTF8 { appendXML($0, isAttribute: isAttribute) }
  }

  /// Appends a text in UTF-8 as ``escapedXML(_:isAttribute:)`` gives it.
  mutating func appendXML(_ bytes: UnsafeBufferPointer<UInt8>, isAttribute: Bool = false) {
    // What needs nothing is copied run by run.
    var start = 0
    while true {
      let index = firstToEscape(bytes, from: start, isAttribute)
      append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start..<index]))
      guard index < bytes.count else { return }
      start = index + appendEscaped(bytes, index, isAttribute, to: &self)
    }
  }

  /// Appends ` name="value"`.
  mutating func appendXMLAttribute(_ name: String, _ value: String) {
    append(0x20)
    self += name.utf8
    self += "=\"".utf8
    appendXML(value, isAttribute: true)
    append(0x22)
  }

  /// Appends a text that is known when this is compiled.
  @inline(__always)
  mutating func append(_ text: StaticString) {
    append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }
}

/// Where the first byte stands from an index on that is written in another way; the end where there
/// is none.
private func firstToEscape(
  _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, _ isAttribute: Bool
) -> Int {
  let raw = UnsafeRawBufferPointer(bytes)
  var index = start
  while index < bytes.count {
    if index + 8 <= bytes.count,
      !raw.loadUnaligned(fromByteOffset: index, as: UInt64.self).mayNeedEscape
    {
      index += 8
      continue
    }
    let end = min(index + 8, bytes.count)
    while index < end {
      if needsEscape(bytes, index, isAttribute) { return index }
      index += 1
    }
  }
  return index
}

/// Whether a byte has to be written in another way.
@inline(__always)
private func needsEscape(
  _ bytes: UnsafeBufferPointer<UInt8>, _ index: Int, _ isAttribute: Bool
) -> Bool {
  switch bytes[index] {
  case 0x09, 0x0A: isAttribute
  case 0x00..<0x20, 0x26, 0x3C, 0x3E: true
  case 0x22: isAttribute
  case 0xEF: isNoCharacter(bytes, index)
  default: false
  }
}

/// U+FFFE and U+FFFF are no characters of XML.
private func isNoCharacter(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Bool {
  index + 2 < bytes.count && bytes[index + 1] == 0xBF && bytes[index + 2] >= 0xBE
}

extension UInt64 {
  /// Whether one of eight bytes may be a control, a mark of XML, a quotation mark or 0xEF: no where
  /// none is.
  @inline(__always)
  fileprivate var mayNeedEscape: Bool {
    let ones: UInt64 = 0x0101_0101_0101_0101
    func holds(_ byte: UInt64) -> UInt64 {
      let rest = self ^ (ones &* byte)
      return (rest &- ones) & ~rest
    }
    let controls = (self &- ones &* 0x20) & ~self
    let marks = holds(0x26) | holds(0x3C) | holds(0x3E) | holds(0x22) | holds(0xEF)
    return (controls | marks) & (ones &* 0x80) != 0
  }
}

/// Appends the character at an index as XML wants it.
///
/// - Returns: the bytes that it has.
private func appendEscaped(
  _ bytes: UnsafeBufferPointer<UInt8>, _ index: Int, _ isAttribute: Bool, to result: inout [UInt8]
) -> Int {
  switch bytes[index] {
  case 0x26: result.append("&amp;")
  case 0x3C: result.append("&lt;")
  case 0x3E: result.append("&gt;")
  case 0x22: result.append("&quot;")
  case 0x09: result.append("&#9;")
  case 0x0A: result.append("&#10;")
  // A reader turns a bare carriage return into a line feed.
  case 0x0D: result.append("&#13;")
  case 0xEF: return 3
  default: break
  }
  return 1
}
