internal import Bitext
internal import Segmentation

/// What the lines of a message say, with escapes unresolved.
struct POMessage {
  struct Part {
    var text: String
    /// The lines that it takes.
    var lines: Range<Int>
  }

  var context: String?
  var text: String?
  var plural: String?
  var translations: [Part] = []

  var isHeader: Bool { context == nil && text?.isEmpty ?? false }

  /// What tells messages apart, as hashes: of the texts themselves memory would grow too fast.
  var key: [Int] { [(context ?? "\u{4}").hashValue, (text ?? "").hashValue] }

  init(_ lines: [POLine]) {
    var index = 0
    while index < lines.count {
      guard case .keyword(let word, _) = lines[index].kind else {
        index += 1
        continue
      }
      let start = index
      var content = lines[index].content
      index += 1
      while index < lines.count, case .string = lines[index].kind {
        content += lines[index].content
        index += 1
      }
      switch word {
      case "msgctxt": context = content
      case "msgid": text = content
      case "msgid_plural": plural = content
      case "msgstr": translations.append(Part(text: content, lines: start..<index))
      default: break
      }
    }
  }
}

/// Formats whose placeholders a translation must repeat, by their flags.
enum POFormat: String, CaseIterable {
  case c = "c-format"
  case python = "python-format"
  case pythonBrace = "python-brace-format"

  /// The placeholders of a text, sorted: their order is the translator's.
  func directives(in text: String) -> [String] {
    let bytes = Array(text.utf8)
    return self == .pythonBrace ? Self.braces(bytes) : Self.percents(bytes)
  }

  /// `%d`, `%-5.2f`, `%2$s`, `%(name)s`; `%%` is none.
  private static func percents(_ bytes: [UInt8]) -> [String] {
    var found: [String] = []
    var index = 0
    while let start = bytes[index...].firstIndex(of: 0x25) {
      var end = start + 1
      if end < bytes.count, bytes[end] == 0x28 {
        end = bytes[end...].firstIndex(of: 0x29).map { $0 + 1 } ?? bytes.count
      }
      while end < bytes.count, flags.contains(bytes[end]) { end += 1 }
      while end < bytes.count, lengths.contains(bytes[end]) { end += 1 }
      guard end < bytes.count else { break }
      index = end + 1
      if bytes[end].isASCIILetter {
        found.append(String(decoding: bytes[start...end], as: UTF8.self))
      }
    }
    return found.sorted()
  }

  /// Flags, width, precision and the number of the argument.
  private static let flags = Set("-+ #0123456789.*$'".utf8)
  private static let lengths = Set("hlzjtL".utf8)

  /// `{name}`, `{0}`; `{{` is none.
  private static func braces(_ bytes: [UInt8]) -> [String] {
    var found: [String] = []
    var index = 0
    while let start = bytes[index...].firstIndex(of: 0x7B) {
      guard start + 1 < bytes.count else { break }
      if bytes[start + 1] == 0x7B {
        index = start + 2
        continue
      }
      guard let end = bytes[start...].firstIndex(of: 0x7D) else { break }
      found.append(String(decoding: bytes[start...end], as: UTF8.self))
      index = end + 1
    }
    return found.sorted()
  }
}

extension String {
  /// What follows a word, up to a character that does not fit; `nil` where the word is not found.
  func value(behind word: String, while fits: (UInt8) -> Bool) -> String? {
    let bytes = Array(utf8)
    let wanted = Array(word.utf8)
    guard bytes.count >= wanted.count else { return nil }
    for start in 0...bytes.count - wanted.count where bytes[start...].starts(with: wanted) {
      let rest = bytes[(start + wanted.count)...].drop { $0 == 0x20 || $0 == 0x3D }
      return String(decoding: rest.prefix(while: fits), as: UTF8.self)
    }
    return nil
  }
}

/// The encoding that a PO file's header names; `nil` for UTF-8.
func declaredPOEncoding(_ start: [UInt8]) -> String? {
  if start.starts(with: [0xFF, 0xFE]) { return "UTF-16LE" }
  if start.starts(with: [0xFE, 0xFF]) { return "UTF-16BE" }
  let head = String(decoding: start.prefix(1 << 13).filter { $0 < 0x80 }, as: UTF8.self)
  let name = head.value(behind: "charset=") {
    $0.isASCIILetter || $0.isASCIIDigit || $0 == 0x2D || $0 == 0x5F || $0 == 0x2E
  }
  guard let name, !name.isEmpty else { return nil }
  let isUTF8 = ["UTF-8", "UTF8", "ASCII", "US-ASCII", "CHARSET"].contains(name.uppercased())
  return isUTF8 ? nil : name
}
