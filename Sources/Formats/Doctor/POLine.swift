internal import Bitext
internal import Segmentation

/// A line of a PO file.
struct POLine {
  enum Kind {
    case blank, comment, stray
    /// A keyword such as `msgstr`, with the number in brackets, and a string.
    case keyword(String, Int?)
    /// A string alone.
    case string
  }

  var kind: Kind
  var token: XMLToken
  /// What stands between the quotation marks, mended.
  var content = ""
  /// What stands before the first of them and behind the second.
  var head = ""
  var tail = "\n"
  var isMended = false

  /// The line as it is written.
  var text: String { "\(head)\"\(content)\"\(tail)" }

  var isString: Bool {
    switch kind {
    case .keyword, .string: true
    default: false
    }
  }

  private static let keywords: Set<String> = [
    "msgctxt", "msgid", "msgid_plural", "msgstr", "domain",
  ]

  /// - Parameters:
  ///   - token: the line.
  ///   - text: its text.
  ///   - report: hears of what is wrong with its string.
  init(_ token: XMLToken, _ text: String, report: (_ message: String, _ mending: String) -> Void) {
    self.token = token
    let trimmed = text.withoutBlanks
    guard let first = trimmed.utf8.first else {
      kind = .blank
      return
    }
    if first == 0x23 {
      kind = .comment
      return
    }
    let quote = text.utf8.firstIndex(of: 0x22) ?? text.utf8.endIndex
    let word = String(text[..<quote]).withoutBlanks
    guard let kind = Self.kind(word), quote < text.utf8.endIndex else {
      kind = .stray
      return
    }
    self.kind = kind
    head = String(text[..<quote])
    readString(String(text[text.utf8.index(after: quote)...]), report)
  }

  private static func kind(_ word: String) -> Kind? {
    if word.isEmpty { return .string }
    let parts = word.split(separator: "[", maxSplits: 1)
    guard let name = parts.first.map(String.init), keywords.contains(name) else { return nil }
    guard parts.count == 2 else { return .keyword(name, nil) }
    guard parts[1].hasSuffix("]"), let number = Int(parts[1].dropLast()), number >= 0 else {
      return nil
    }
    return .keyword(name, number)
  }

  /// Reads what follows the first quotation mark.
  private mutating func readString(
    _ text: String, _ report: (_ message: String, _ mending: String) -> Void
  ) {
    var bytes = Array(text.utf8)
    var end: [UInt8] = []
    while let last = bytes.last, last == 0x0A || last == 0x0D {
      end.insert(last, at: 0)
      bytes.removeLast()
    }
    var blanks: [UInt8] = []
    while let last = bytes.last, last == 0x20 || last == 0x09 {
      blanks.insert(last, at: 0)
      bytes.removeLast()
    }
    if bytes.last == 0x22, !Self.isEscaped(bytes.count - 1, in: bytes) {
      bytes.removeLast()
    } else {
      bytes += blanks
      blanks = []
      isMended = true
      report("the string has no quotation mark at its end", "written")
    }
    tail = String(decoding: blanks + end, as: UTF8.self)
    content = String(decoding: mended(bytes, report), as: UTF8.self)
  }

  private static func isEscaped(_ index: Int, in bytes: [UInt8]) -> Bool {
    var count = 0
    while index - count > 0, bytes[index - count - 1] == 0x5C { count += 1 }
    return count % 2 == 1
  }

  /// Quotation marks and backslashes in a string stand behind a backslash.
  private mutating func mended(
    _ bytes: [UInt8], _ report: (_ message: String, _ mending: String) -> Void
  ) -> [UInt8] {
    var result: [UInt8] = []
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte == 0x5C {
        let next = index + 1 < bytes.count ? bytes[index + 1] : 0
        if Array("nrtbfva\\\"?'x01234567".utf8).contains(next) {
          result += [byte, next]
          index += 2
          continue
        }
        report("a backslash that starts no escape: write two", "two written")
        isMended = true
        result += [0x5C, 0x5C]
      } else if byte == 0x22 {
        report("a quotation mark in the string: write a backslash before it", "written")
        isMended = true
        result += [0x5C, 0x22]
      } else {
        result.append(byte)
      }
      index += 1
    }
    return result
  }
}
