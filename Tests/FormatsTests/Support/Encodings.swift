/// Texts in other encodings than UTF-8, made without the code under test.
enum TestEncoding: String, CaseIterable, Sendable {
  case utf8 = "UTF-8"
  case utf8WithMark = "UTF-8 with a mark"
  case utf16LittleEndian = "UTF-16LE"
  case utf16BigEndian = "UTF-16BE"

  /// The byte order mark that a file in this encoding starts with.
  var mark: [UInt8] {
    switch self {
    case .utf8: []
    case .utf8WithMark: [0xEF, 0xBB, 0xBF]
    case .utf16LittleEndian: [0xFF, 0xFE]
    case .utf16BigEndian: [0xFE, 0xFF]
    }
  }

  /// The name in an XML declaration.
  var declared: String {
    switch self {
    case .utf8, .utf8WithMark: "UTF-8"
    case .utf16LittleEndian, .utf16BigEndian: "UTF-16"
    }
  }

  func bytes(_ text: String) -> [UInt8] {
    switch self {
    case .utf8, .utf8WithMark: Array(text.utf8)
    case .utf16LittleEndian: text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    case .utf16BigEndian: text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    }
  }

  /// A whole file.
  func file(_ text: String) -> [UInt8] { mark + bytes(text) }
}

/// GB 2312, which GB18030 contains, for the few characters that the tests use.
func gb2312(_ text: String) -> [UInt8] {
  let codes: [Unicode.Scalar: (UInt8, UInt8)] = [
    "一": (0xD2, 0xBB), "不": (0xB2, 0xBB), "中": (0xD6, 0xD0), "了": (0xC1, 0xCB),
    "人": (0xC8, 0xCB), "们": (0xC3, 0xC7), "在": (0xD4, 0xDA), "字": (0xD7, 0xD6),
    "技": (0xBC, 0xBC), "是": (0xCA, 0xC7), "有": (0xD3, 0xD0), "术": (0xCA, 0xF5),
    "机": (0xBB, 0xFA), "模": (0xC4, 0xA3), "型": (0xD0, 0xCD), "源": (0xD4, 0xB4),
    "的": (0xB5, 0xC4), "文": (0xCE, 0xC4), "表": (0xB1, 0xED), "语": (0xD3, 0xEF),
    "这": (0xD5, 0xE2), "，": (0xA3, 0xAC), "。": (0xA1, 0xA3),
  ]
  return text.unicodeScalars.flatMap { scalar -> [UInt8] in
    if let (first, second) = codes[scalar] { return [first, second] }
    precondition(scalar.isASCII, "\(scalar) is not in the table")
    return [UInt8(scalar.value)]
  }
}

extension [UInt8] {
  /// Every place where other bytes stand.
  func ranges(of other: [UInt8]) -> [Range<Int>] {
    guard !other.isEmpty, count >= other.count else { return [] }
    return (0...count - other.count).filter { self[$0...].starts(with: other) }
      .map { $0..<$0 + other.count }
  }
}
