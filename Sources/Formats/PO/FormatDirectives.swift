internal import Bitext

/// The places of a message that a program fills in: `%s`, `%1$d`, `%(name)s`, `{name}`.
///
/// Two texts agree when they have the same ones; directives that name or number their argument may
/// change their order.
struct FormatDirectives: Equatable {
  /// For each argument how it is printed; sorted.
  private var directives: [String] = []

  /// - Parameters:
  ///   - text: a message or its translation.
  ///   - format: the flag of the entry: `c-format`, `python-brace-format`.
  init(_ text: String, _ format: String) {
    let bytes = Array(text.utf8)
    if Self.braceFormats.contains(format) {
      readBraces(bytes)
    } else {
      readPercents(bytes)
    }
    directives.sort()
  }

  /// Formats whose directives stand in braces.
  private static let braceFormats: Set<String> = [
    "python-brace-format", "c++-format", "csharp-format", "java-format", "rust-format",
    "perl-brace-format",
  ]

  private mutating func readBraces(_ bytes: [UInt8]) {
    var index = 0
    var count = 0
    while index < bytes.count {
      guard bytes[index] == 0x7B else {
        index += 1
        continue
      }
      if index + 1 < bytes.count, bytes[index + 1] == 0x7B {
        index += 2
        continue
      }
      let end = bytes[index...].firstIndex(of: 0x7D) ?? bytes.count - 1
      let inside = String(decoding: bytes[index..<end].dropFirst(), as: UTF8.self)
      // Without a name it stands for the next argument.
      directives.append(inside.isEmpty || inside.hasPrefix(":") ? "\(count)\(inside)" : inside)
      count += 1
      index = end + 1
    }
  }

  private mutating func readPercents(_ bytes: [UInt8]) {
    var index = 0
    var count = 0
    while index < bytes.count {
      guard bytes[index] == 0x25 else {
        index += 1
        continue
      }
      index += 1
      if index < bytes.count, bytes[index] == 0x25 {
        index += 1
        continue
      }
      let start = index
      if index < bytes.count, bytes[index] == 0x28 || bytes[index] == 0x7B {
        index = (bytes[index...].firstIndex { $0 == 0x29 || $0 == 0x7D } ?? bytes.count - 1) + 1
      }
      let nameEnd = index
      while index < bytes.count, bytes[index].isDirectiveOption { index += 1 }
      let options = bytes[nameEnd..<index]
      var kindEnd = index
      while kindEnd < bytes.count, "hlqjzLt".utf8.contains(bytes[kindEnd]) { kindEnd += 1 }
      kindEnd = min(kindEnd + 1, bytes.count)
      let kind = String(decoding: bytes[index..<kindEnd], as: UTF8.self)
      index = kindEnd
      if nameEnd > start {
        directives.append(String(decoding: bytes[start..<nameEnd], as: UTF8.self) + kind)
      } else if let dollar = options.firstIndex(of: 0x24) {
        directives.append(String(decoding: options[..<dollar], as: UTF8.self) + kind)
      } else {
        // Each star takes an argument of its own.
        for byte in options where byte == 0x2A {
          count += 1
          directives.append("\(count)*")
        }
        count += 1
        directives.append("\(count)\(kind)")
      }
    }
  }
}

extension UInt8 {
  /// What may stand between `%` and the letter that says how an argument is printed.
  fileprivate var isDirectiveOption: Bool {
    isASCIIDigit || "$#-+ .*'".utf8.contains(self)
  }
}
