public import Bitext

/// What parts the fields of a text table: one character.
public struct Delimiter: Sendable, Hashable {
  /// Its first byte, which is all of it but for characters beyond ASCII.
  let rawValue: UInt8
  /// Its other bytes.
  fileprivate let rest: [UInt8]

  public static let tab = Delimiter(byte: 0x09)
  public static let semicolon = Delimiter(byte: 0x3B)
  public static let comma = Delimiter(byte: 0x2C)

  /// Those that a file is tried with. A tab hardly ever stands in a term, a comma often does: the
  /// order decides a draw.
  static let usual: [Delimiter] = [.tab, .semicolon, .comma]

  private init(byte: UInt8) {
    rawValue = byte
    rest = []
  }

  /// The delimiter that a user names: a character, `tab` or `\t`.
  ///
  /// - Parameter name: what was typed.
  /// - Throws: `Trouble` for more than one character, and for one that has a meaning of its own.
  public init(named name: String) throws(Trouble) {
    let text = name == "\\t" || name.lowercased() == "tab" ? "\t" : name
    let bytes = Array(text.utf8)
    guard text.unicodeScalars.count == 1, let first = bytes.first,
      first != 0x22, first != 0x0A, first != 0x0D, first != 0
    else {
      throw Trouble(
        "'\(name.visible)' cannot part fields: name one character that is neither a quotation mark "
          + "nor a line break, such as ';', '|' or 'tab'")
    }
    rawValue = first
    rest = Array(bytes.dropFirst())
  }

  /// Whether fields may be quoted, as in RFC 4180. Fields between tabs are raw.
  var quotes: Bool { self != .tab }

  /// How many bytes it has.
  var count: Int { 1 + rest.count }

  /// Whether it stands at an index.
  func stands(in utf8: [UInt8], at index: Int) -> Bool {
    utf8[index] == rawValue && (rest.isEmpty || utf8[(index + 1)...].starts(with: rest))
  }
}

/// One record of a table.
struct DelimitedRow: Sendable {
  /// The line on which the record starts, from 1.
  var line: Int
  var fields: [String]
  /// Where each field stands in the text, its quotes included.
  var ranges: [Range<Int>]

  var isEmpty: Bool { fields.allSatisfy { $0.isBlank } }
}

/// Reads comma-, semicolon- and tab-separated text: RFC 4180 with any line end, and quotes in the
/// middle of a field taken as they are.
///
/// - Throws: `Trouble` for a quoted field that never ends.
func delimitedRows(
  _ utf8: [UInt8], delimiter: Delimiter, file: String
) throws(Trouble) -> [DelimitedRow] {
  var parser = DelimitedParser(delimiter: delimiter, file: file)
  var index = 0
  while index < utf8.count {
    index = parser.step(utf8, at: index)
  }
  return try parser.finish(at: utf8.count)
}

private struct DelimitedParser {
  let delimiter: Delimiter
  let file: String
  private var rows: [DelimitedRow] = []
  private var fields: [String] = []
  private var ranges: [Range<Int>] = []
  private var field: [UInt8] = []
  private var fieldStart = 0
  private var line = 1
  private var rowLine = 1
  private var quoteLine: Int?
  private var isAfterQuote = false

  var rowCount: Int { rows.count }

  init(delimiter: Delimiter, file: String) {
    self.delimiter = delimiter
    self.file = file
  }

  /// Takes the byte at an index and returns the index to go on at.
  mutating func step(_ utf8: [UInt8], at index: Int) -> Int {
    let byte = utf8[index]
    let next = index + 1 < utf8.count ? utf8[index + 1] : nil
    // CR LF is one line end, counted at its line feed.
    if byte == 0x0A || byte == 0x0D && next != 0x0A { line += 1 }
    if quoteLine != nil {
      if byte == 0x22, next == 0x22 {
        field.append(0x22)
        return index + 2
      }
      if byte == 0x22 {
        quoteLine = nil
        isAfterQuote = true
      } else {
        field.append(byte)
      }
      return index + 1
    }
    switch byte {
    case delimiter.rawValue where delimiter.stands(in: utf8, at: index):
      endField(at: index)
      return index + delimiter.count
    case 0x0D where next == 0x0A: break
    case 0x0A, 0x0D:
      let isPair = byte == 0x0A && index > fieldStart && utf8[index - 1] == 0x0D
      endRow(at: isPair ? index - 1 : index)
      fieldStart = index + 1
    case 0x22 where delimiter.quotes && field.isEmpty && !isAfterQuote: quoteLine = line
    default: field.append(byte)
    }
    return index + 1
  }

  mutating func finish(at end: Int) throws(Trouble) -> [DelimitedRow] {
    if let quoteLine {
      throw Trouble("the quoted field that starts here never ends", file: file, line: quoteLine)
    }
    return unfinished(at: end)
  }

  /// The rows so far, and what stands behind the last line end.
  mutating func unfinished(at end: Int) -> [DelimitedRow] {
    if !field.isEmpty || !fields.isEmpty || isAfterQuote { endRow(at: end) }
    return rows
  }

  private mutating func endField(at end: Int) {
    fields.append(String(decoding: field, as: UTF8.self))
    ranges.append(fieldStart..<end)
    fieldStart = end + delimiter.count
    field.removeAll(keepingCapacity: true)
    isAfterQuote = false
  }

  private mutating func endRow(at end: Int) {
    endField(at: end)
    rows.append(DelimitedRow(line: rowLine, fields: fields, ranges: ranges))
    fields.removeAll(keepingCapacity: true)
    ranges.removeAll(keepingCapacity: true)
    rowLine = line
  }
}

extension Delimiter {
  /// The delimiter that a first line such as `sep=;` names, which Excel writes and reads.
  static func declared(_ utf8: [UInt8]) -> Delimiter? {
    let line = utf8.prefix { $0 != 0x0A && $0 != 0x0D }
    guard line.count < 12, line.starts(with: "sep=".utf8) else { return nil }
    return try? Delimiter(named: String(decoding: line.dropFirst(4), as: UTF8.self))
  }

  /// The delimiter that cuts the first rows into the same number of fields, two or more.
  ///
  /// The `ending` of the file's name decides where it is `tsv` or `tab`.
  static func detect(_ utf8: [UInt8], ending: String) -> Delimiter {
    if ending == "tsv" || ending == "tab" { return .tab }
    var best: (delimiter: Delimiter, score: Double) = (.comma, 0)
    for delimiter in usual {
      // Shares, since a quoted field of many lines is one row with the right delimiter only.
      let widths = sampleWidths(utf8, delimiter)
      let withAny = widths.count { $0 > 1 }
      let same = widths.count { $0 > 1 && $0 == widths.first }
      let score = Double(withAny + same) / Double(max(1, widths.count))
      if score > best.score { best = (delimiter, score) }
    }
    return best.delimiter
  }

  /// How many fields the first rows would have.
  private static func sampleWidths(_ utf8: [UInt8], _ delimiter: Delimiter) -> [Int] {
    var parser = DelimitedParser(delimiter: delimiter, file: "")
    var index = 0
    while index < min(utf8.count, 65_536), parser.rowCount < 50 {
      index = parser.step(utf8, at: index)
    }
    return parser.unfinished(at: index).filter { !$0.isEmpty }.map(\.fields.count)
  }
}

extension String {
  var isBlank: Bool { utf8.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D } }

  /// Without the white space at both ends.
  var trimmed: String {
    let scalars = unicodeScalars
    guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
      let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
    else { return "" }
    return String(scalars[first...last])
  }
}
