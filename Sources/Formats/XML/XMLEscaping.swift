/// What may not stand in XML 1.0 is left out; what has a meaning there is escaped.
func escapedXML(_ text: String, isAttribute: Bool = false) -> String {
  var text = text
  return text.withUTF8 { bytes in
    guard let first = bytes.firstIndex(where: { needsWork($0, isAttribute) }) else {
      return String(decoding: bytes, as: UTF8.self)
    }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + bytes.count / 8 + 16)
    // What needs nothing is copied run by run.
    var start = 0
    var index = first
    while index < bytes.count {
      guard needsWork(bytes[index], isAttribute) else {
        index += 1
        continue
      }
      result += bytes[start..<index]
      index += appendEscaped(bytes, index, isAttribute, to: &result)
      start = index
    }
    result += bytes[start...]
    return String(decoding: result, as: UTF8.self)
  }
}

/// Whether a byte may have to be written in another way.
private func needsWork(_ byte: UInt8, _ isAttribute: Bool) -> Bool {
  byte < 0x20 || byte == 0x26 || byte == 0x3C || byte == 0x3E || byte == 0xEF
    || isAttribute && byte == 0x22
}

/// Appends the character at an index as XML wants it.
///
/// - Returns: the bytes that it has.
private func appendEscaped(
  _ bytes: UnsafeBufferPointer<UInt8>, _ index: Int, _ isAttribute: Bool, to result: inout [UInt8]
) -> Int {
  let byte = bytes[index]
  switch byte {
  case 0x26: result += "&amp;".utf8
  case 0x3C: result += "&lt;".utf8
  case 0x3E: result += "&gt;".utf8
  case 0x22: result += "&quot;".utf8
  case 0x09, 0x0A:
    if isAttribute { result += "&#\(byte);".utf8 } else { result.append(byte) }
  // A reader turns a bare carriage return into a line feed.
  case 0x0D: result += "&#13;".utf8
  // U+FFFE and U+FFFF are no characters of XML.
  case 0xEF where index + 2 < bytes.count && bytes[index + 1] == 0xBF && bytes[index + 2] >= 0xBE:
    return 3
  case 0xEF: result.append(byte)
  default: break
  }
  return 1
}
