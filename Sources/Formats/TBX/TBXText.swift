internal import Bitext

/// The text of an element as its pieces come in: without white space at its ends, and without the
/// line breaks and indents of a pretty-printed file.
///
/// White space that a reference stands for (`&#10;`) is text: no printer puts it there.
struct TBXText {
  private(set) var value = ""
  /// White space that is text only when more follows.
  private var pending: [UInt8] = []
  private var isStarted = false

  /// - Parameters:
  ///   - piece: what the XML reader found.
  ///   - range: its bytes of the input.
  mutating func append(_ piece: String, range: Range<Int>) {
    // `&#9;` is the shortest reference; a line break of two bytes comes as one.
    let isReference = range.count >= 4 && range.count > piece.utf8.count
    if isReference {
      flush()
      value += piece
      isStarted = true
      return
    }
    let bytes = piece.utf8
    if !bytes.contains(0x0A) { return append(line: piece) }
    var start = bytes.startIndex
    while start < bytes.endIndex {
      let isSpace = bytes[start].isXMLBlank
      let end = bytes[start...].firstIndex { $0.isXMLBlank != isSpace } ?? bytes.endIndex
      if isSpace {
        pending += bytes[start..<end]
      } else {
        flush()
        value += piece[start..<end]
        isStarted = true
      }
      start = end
    }
  }

  /// Within a line all white space is text.
  private mutating func append(line: String) {
    let bytes = line.utf8
    guard let first = bytes.firstIndex(where: { !$0.isXMLBlank }),
      let last = bytes.lastIndex(where: { !$0.isXMLBlank })
    else {
      pending += bytes
      return
    }
    pending += bytes[..<first]
    flush()
    value += line[first...last]
    isStarted = true
    pending += bytes[bytes.index(after: last)...]
  }

  private mutating func flush() {
    defer { pending.removeAll(keepingCapacity: true) }
    guard isStarted, !pending.isEmpty else { return }
    let lineBreak = pending.lastIndex(of: 0x0A)
    if let lineBreak, lineBreak + 1 < pending.count {
      value += " "
    } else {
      value += String(decoding: pending, as: UTF8.self)
    }
  }
}

/// Text as ``TBXText`` reads it back.
func tbxText(_ text: String) -> String {
  let bytes = text.utf8
  let isPlain =
    !bytes.contains { $0 == 0x09 || $0 == 0x0A }
    && bytes.first?.isXMLBlank != true && bytes.last?.isXMLBlank != true
  if isPlain { return escapedXML(text) }
  var result = ""
  let scalars = Array(text.unicodeScalars)
  let first = scalars.firstIndex { !$0.isXMLBlank } ?? scalars.count
  let last = scalars.lastIndex { !$0.isXMLBlank } ?? -1
  var plain = ""
  for (index, scalar) in scalars.enumerated() {
    let isExact = scalar != " " ? scalar.isXMLBlank : index < first || index > last
    if isExact {
      result += escapedXML(plain) + "&#\(scalar.value);"
      plain = ""
    } else {
      plain.unicodeScalars.append(scalar)
    }
  }
  return result + escapedXML(plain)
}

extension UInt8 {
  /// White space of XML 1.0, section 2.3.
  var isXMLBlank: Bool { self == 0x20 || self == 0x09 || self == 0x0A || self == 0x0D }
}

extension Unicode.Scalar {
  fileprivate var isXMLBlank: Bool { value < 0x80 && UInt8(value).isXMLBlank }
}
