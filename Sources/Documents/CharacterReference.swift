/// HTML's character references, as far as prose needs them.
enum CharacterReference {
  /// What `&amp;`, `&#8212;` or `&#x2014;` stands for; `nil` for a name that is not known here.
  static func text(of bytes: ArraySlice<UInt8>) -> String? {
    guard bytes.first == 0x26, bytes.last == 0x3B else { return nil }
    let name = String(decoding: bytes.dropFirst().dropLast(), as: UTF8.self)
    guard name.hasPrefix("#") else { return named[name] }
    let digits = name.dropFirst()
    let isHex = digits.hasPrefix("x") || digits.hasPrefix("X")
    let value = isHex ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
    guard let value, value != 0, let scalar = Unicode.Scalar(value) else { return "\u{FFFD}" }
    return String(scalar)
  }

  private static let named: [String: String] = [
    "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}",
    "ensp": "\u{2002}", "emsp": "\u{2003}", "thinsp": "\u{2009}", "ndash": "–", "mdash": "—",
    "lsquo": "‘", "rsquo": "’", "ldquo": "“", "rdquo": "”", "laquo": "«", "raquo": "»",
    "hellip": "…", "middot": "·", "bull": "•", "copy": "©", "reg": "®", "trade": "™",
    "times": "×", "divide": "÷", "deg": "°", "plusmn": "±", "sect": "§", "para": "¶",
    "euro": "€", "pound": "£", "yen": "¥", "cent": "¢", "shy": "\u{AD}", "zwnj": "\u{200C}",
    "zwj": "\u{200D}", "larr": "←", "rarr": "→", "uarr": "↑", "darr": "↓", "minus": "−",
    "eacute": "é", "egrave": "è", "agrave": "à", "ccedil": "ç", "uuml": "ü", "ouml": "ö",
    "auml": "ä", "szlig": "ß", "ntilde": "ñ",
  ]
}
