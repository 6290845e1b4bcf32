internal import Bitext

/// References to characters, and the marks that may not stand in text as they are.
extension XMLScanner {
  /// Text or the value of an attribute as it may stand in XML; `nil` where nothing is wrong.
  func mendedText(_ range: Range<Int>, isAttribute: Bool) -> [UInt8]? {
    var mended: [UInt8] = []
    var isMended = false
    var copied = range.lowerBound
    func replace(_ stretch: Range<Int>, by text: String) {
      isMended = true
      mended += window[copied..<stretch.lowerBound]
      mended += text.utf8
      copied = stretch.upperBound
    }
    var offset = range.lowerBound
    while let found = nextMark(offset..<range.upperBound, isAttribute: isAttribute) {
      offset = found + 1
      switch window[found] {
      case 0x3C:
        report(
          .strayBracket, found..<offset, "“<” may not stand in a value: write &lt;",
          mending: "&lt; written")
        replace(found..<offset, by: "&lt;")
      case 0x5D:
        guard found + 2 < range.upperBound, window[found + 1] == 0x5D, window[found + 2] == 0x3E
        else { continue }
        offset = found + 3
        report(
          .strayBracket, found..<offset, "“]]>” may not stand in text: write ]]&gt;",
          mending: "&gt; written")
        replace(found..<offset, by: "]]&gt;")
      default:
        let reference = Reference(window[found..<range.upperBound])
        offset = found + reference.length
        if let text = mend(reference, found..<offset) { replace(found..<offset, by: text) }
      }
    }
    guard isMended else { return nil }
    replace(range.upperBound..<range.upperBound, by: "")
    return mended
  }

  /// The next `&`, and in text the next `]`, in a value the next `<`.
  private func nextMark(_ range: Range<Int>, isAttribute: Bool) -> Int? {
    let other: UInt8 = isAttribute ? 0x3C : 0x5D
    return window.bytes.withUnsafeBufferPointer { buffer in
      var index = range.lowerBound - window.base
      let end = range.upperBound - window.base
      while index < end {
        if buffer[index] == 0x26 || buffer[index] == other { return index + window.base }
        index += 1
      }
      return nil
    }
  }

  /// What is to be written for a reference; `nil` where it is right.
  private func mend(_ reference: Reference, _ range: Range<Int>) -> String? {
    switch reference.kind {
    case .right: return nil
    case .none:
      report(
        .strayAmpersand, range, "“&” starts no reference here: write &amp;",
        mending: "&amp; written")
      return "&amp;"
    case .named(let name):
      if let character = Self.familiar[name] {
        report(
          .undefinedEntity, range, "XML does not know &\(name);: write the character itself",
          mending: "the character written")
        return character
      }
      report(
        .undefinedEntity, range,
        "the entity “\(name)” is not known, and declarations of entities are never read: write "
          + "what it stands for", mending: "kept as text, &amp;\(name);")
      return "&amp;\(name);"
    case .pair(let scalar):
      report(
        .illegalCharacter, range, "halves of a character: XML wants one reference to it",
        mending: "the character written")
      return String(scalar)
    case .illegal:
      report(
        .illegalCharacter, range,
        "refers to a character that may not stand in XML: take it out", mending: "left out")
      return ""
    }
  }

  /// Names of HTML that people leave in XML.
  private static let familiar: [String: String] = [
    "nbsp": "\u{A0}", "copy": "©", "reg": "®", "trade": "™", "hellip": "…", "mdash": "—",
    "ndash": "–", "lsquo": "‘", "rsquo": "’", "ldquo": "“", "rdquo": "”", "bull": "•",
    "middot": "·", "times": "×", "euro": "€", "laquo": "«", "raquo": "»", "deg": "°",
    "plusmn": "±", "shy": "\u{AD}",
  ]
}

/// What stands at an `&`.
private struct Reference {
  enum Kind {
    case right, none, illegal
    case named(String)
    case pair(Unicode.Scalar)
  }

  var kind = Kind.none
  /// Its bytes; 1 where it is no reference.
  var length = 1

  /// Bytes of the longest reference that is looked for.
  private static let limit = 64
  private static let own: Set<String> = ["amp", "lt", "gt", "quot", "apos"]

  init(_ bytes: ArraySlice<UInt8>) {
    let stretch = bytes.prefix(Self.limit)
    guard let end = stretch.firstIndex(of: 0x3B), end > bytes.startIndex + 1 else { return }
    let body = stretch[(bytes.startIndex + 1)..<end]
    if body.first == 0x23 {
      readNumber(body.dropFirst(), bytes[(end + 1)...], length: end + 1 - bytes.startIndex)
    } else if let first = body.first, first.isXMLNameStart, body.allSatisfy(\.isXMLNamePart) {
      let name = String(decoding: body, as: UTF8.self)
      kind = Self.own.contains(name) ? .right : .named(name)
      length = end + 1 - bytes.startIndex
    }
  }

  private mutating func readNumber(
    _ digits: ArraySlice<UInt8>, _ rest: ArraySlice<UInt8>, length: Int
  ) {
    guard let value = Self.value(digits) else { return }
    self.length = length
    if value.isXMLCharacter {
      kind = .right
      return
    }
    kind = .illegal
    guard 0xD800...0xDBFF ~= value, rest.starts(with: [0x26, 0x23]),
      let end = rest.prefix(Self.limit).firstIndex(of: 0x3B),
      let low = Self.value(rest[(rest.startIndex + 2)..<end]), 0xDC00...0xDFFF ~= low,
      let scalar = Unicode.Scalar(0x10000 + (value - 0xD800) << 10 + (low - 0xDC00))
    else { return }
    kind = .pair(scalar)
    self.length = length + end + 1 - rest.startIndex
  }

  private static func value(_ digits: ArraySlice<UInt8>) -> UInt32? {
    let isHexadecimal = digits.first == 0x78
    let text = isHexadecimal ? digits.dropFirst() : digits
    guard let first = text.first, first != 0x2B, first != 0x2D else { return nil }
    let number = String(decoding: text, as: UTF8.self)
    guard number.utf8.allSatisfy({ $0.isASCIIDigit || isHexadecimal && $0.isASCIILetter }) else {
      return nil
    }
    let significant = number.drop { $0 == "0" }
    if significant.utf8.count > 7 { return UInt32.max }
    return significant.isEmpty ? 0 : UInt32(significant, radix: isHexadecimal ? 16 : 10)
  }
}

extension UInt32 {
  /// Whether XML 1.0 allows the character (section 2.2, production 2).
  fileprivate var isXMLCharacter: Bool {
    switch self {
    case 0x09, 0x0A, 0x0D, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
    default: false
    }
  }
}
