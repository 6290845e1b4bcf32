internal import Bitext
internal import Segmentation

/// How a catalogue breaks its strings into lines.
struct POStringStyle {
  /// The columns of a line, quotation marks included; `nil` where lines go on without end.
  private(set) var width: Int?
  /// Whether a string ends behind each line break that it holds.
  private(set) var breaksAtLineFeeds = true

  /// GNU gettext's own: `PAGE_WIDTH` of its message writer.
  private static let usualWidth = 79

  /// - Throws: `Trouble` for what is no PO file.
  init(_ text: DecodedText, file: String) throws(Trouble) {
    var entries = POEntries(text, file: file)
    var isWrapped = false
    var isLong = false
    var hasBreaks = false
    var hasInnerBreaks = false
    while let entry = try entries.next() {
      for range in [entry.messageStrings] + entry.translationStrings where !entry.isHeader {
        for line in text.utf8[range].split(separator: 0x0A) {
          let string = line.last == 0x0D ? line.dropLast() : line
          let isLast = line.endIndex == range.upperBound
          let endsInBreak = string.dropLast().suffix(2).elementsEqual(#"\n"#.utf8)
          let isEmpty = string.drop { $0 == 0x20 }.elementsEqual(#""""#.utf8)
          if !isLast, !isEmpty { if endsInBreak { hasBreaks = true } else { isWrapped = true } }
          if Self.columns(string) > Self.usualWidth + 1 { isLong = true }
          if string.dropLast(3).containsBreak { hasInnerBreaks = true }
        }
      }
    }
    width = isLong && !isWrapped ? nil : Self.usualWidth
    breaksAtLineFeeds = hasBreaks || !hasInnerBreaks
  }

  /// A text as one string, or as several below an empty one.
  ///
  /// - Parameters:
  ///   - text: what the strings stand for.
  ///   - newline: what parts two of them.
  /// - Returns: the strings with their quotation marks.
  func strings(_ text: String, newline: String) -> String {
    let pieces = breaksAtLineFeeds ? text.linesWithBreaks : [text]
    // `msgstr ` stands before the first one.
    let isShort = Self.columns(Array(Self.escaped(text).utf8)) + 9 <= width ?? .max
    if pieces.count <= 1, isShort { return "\"" + Self.escaped(text) + "\"" }
    let lines = pieces.flatMap { wrapped($0) }
    return (["\"\""] + lines.map { "\"\($0)\"" }).joined(separator: newline)
  }

  /// Breaks behind spaces and beside ideographs, as gettext does; a word that is longer than a line
  /// stays whole.
  private func wrapped(_ text: String) -> [String] {
    guard let width else { return [Self.escaped(text)] }
    var lines: [String] = []
    var line = ""
    var columns = 0
    for word in text.breakablePieces {
      let escaped = Self.escaped(word)
      let count = Self.columns(Array(escaped.utf8))
      if !line.isEmpty, columns + count > width - 2 {
        lines.append(line)
        (line, columns) = ("", 0)
      }
      line += escaped
      columns += count
    }
    return lines + (line.isEmpty ? [] : [line])
  }

  /// Ideographs and full-width marks take two columns.
  private static func columns(_ utf8: some Collection<UInt8>) -> Int {
    String(decoding: utf8, as: UTF8.self).unicodeScalars.reduce(0) { $0 + ($1.isWide ? 2 : 1) }
  }

  /// A text as it stands between quotation marks.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\r": result += "\\r"
      case "\u{0}"..."\u{1F}", "\u{7F}":
        // Three digits of an octal number, so that no digit behind them belongs to it.
        let digits = String(scalar.value, radix: 8)
        result += "\\" + String(repeating: "0", count: 3 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

extension String {
  /// The lines of the text, each with the line break at its end.
  fileprivate var linesWithBreaks: [String] {
    var lines: [String] = [""]
    for scalar in unicodeScalars {
      lines[lines.count - 1].unicodeScalars.append(scalar)
      if scalar == "\n" { lines.append("") }
    }
    if lines.last == "", lines.count > 1 { lines.removeLast() }
    return lines
  }

  /// Pieces between which a line may end.
  fileprivate var breakablePieces: [String] {
    var pieces: [String] = []
    var piece = ""
    var last: Unicode.Scalar?
    for scalar in unicodeScalars {
      if let last, last.mayEndLine(before: scalar) {
        pieces.append(piece)
        piece = ""
      }
      piece.unicodeScalars.append(scalar)
      last = scalar
    }
    return piece.isEmpty ? pieces : pieces + [piece]
  }
}

extension Unicode.Scalar {
  /// Marks that do not start a line of Chinese, and those that do not end one.
  private static let closing: Set<Unicode.Scalar> = [
    "，", "。", "、", "；", "：", "！", "？", "）", "》", "」", "』", "】", "〉", "”", "’", "…", "—",
  ]
  private static let opening: Set<Unicode.Scalar> = [
    "（", "《", "「", "『", "【", "〈", "“", "‘",
  ]

  fileprivate var isWide: Bool {
    value.isHanScalar || 0x3000...0x303F ~= value || 0xFF00...0xFFEF ~= value
      || 0x3040...0x30FF ~= value || 0xAC00...0xD7A3 ~= value
  }

  fileprivate func mayEndLine(before next: Unicode.Scalar) -> Bool {
    if self == " " { return next != " " }
    guard isWide || next.isWide, next != " ", next != "\n" else { return false }
    return !Self.closing.contains(next) && !Self.opening.contains(self)
  }
}

extension Collection<UInt8> {
  /// Whether a line break is written in a string.
  fileprivate var containsBreak: Bool {
    var isEscaped = false
    for byte in self {
      if isEscaped, byte == 0x6E { return true }
      isEscaped = byte == 0x5C && !isEscaped
    }
    return false
  }
}
