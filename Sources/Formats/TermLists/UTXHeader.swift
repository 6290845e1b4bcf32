internal import Bitext
internal import Segmentation

/// The lines with which a UTX file starts: what it is, then what its columns hold.
///
/// By the UTX specification 1.11 (AAMT): `#UTX 1.11; en/ja; 2013-05-01T10:00:00Z; copyright: …;`, any
/// number of lines of the same kind, and `#src<TAB>tgt<TAB>src:pos…` as the last. Older files call
/// themselves UTX-S, and some put a `#` before every column.
struct UTXHeader {
  private(set) var source: LanguageTag?
  private(set) var target: LanguageTag?
  /// What it says besides, such as `copyright` or `dictionary ID`; without a value `yes`.
  private(set) var statements: [Property] = []
  /// The names of the columns, without their marks.
  private(set) var columns: [String] = []
  /// The number of lines.
  private(set) var count = 0

  /// The columns of a file that does not name them (UTX-Simple 1.00).
  private static let usual = ["src", "tgt", "src:pos"]

  /// Whether a file starts like one.
  static func begins(_ utf8: [UInt8]) -> Bool {
    let start = utf8.prefix(16).drop { $0 == 0x23 || $0 == 0x20 }
    return utf8.first == 0x23 && start.starts(with: "UTX".utf8)
  }

  /// Reads the first rows of a file, cut at tabs.
  init(_ rows: [DelimitedRow]) {
    let head = rows.prefix { $0.fields.first?.utf8.first == 0x23 }
    count = head.count
    for (index, row) in head.enumerated() {
      let names = row.fields.map { $0.trimmed.drop { $0 == "#" || $0 == " " }.lowercased() }
      if index > 0, names.contains(where: { $0 == "src" || $0.hasPrefix("term:") }) {
        columns = names
      } else {
        read(row.fields.joined(separator: " "), isFirst: index == 0)
      }
    }
    if columns.isEmpty { columns = Self.usual }
  }

  private mutating func read(_ line: String, isFirst: Bool) {
    let text = line.drop { $0 == "#" }
    var parts = text.split(separator: ";").map { String($0).trimmed }.filter { !$0.isEmpty }
    if isFirst, !parts.isEmpty {
      parts.removeFirst()
      if let pair = parts.first, readLanguages(pair) { parts.removeFirst() }
    }
    // The date is that of the file, which is another when it is written again.
    for part in parts where part.first?.isNumber != true && statements.count < Self.mostStatements {
      statements.append(Self.statement(part))
    }
  }

  /// Every concept keeps them all: a header without end must not be multiplied. The specification
  /// knows half a dozen.
  private static let mostStatements = 32

  private mutating func readLanguages(_ text: String) -> Bool {
    let tags = text.split(separator: "/").map { LanguageTag(String($0).trimmed) }
    guard 1...2 ~= tags.count, let first = tags[0] else { return false }
    source = first
    target = tags.count > 1 ? tags[1] : nil
    return true
  }

  private static func statement(_ text: String) -> Property {
    if let colon = text.firstIndex(of: ":") {
      let name = String(text[..<colon]).trimmed.lowercased()
      return Property(
        UTX.properties[name] ?? name, String(text[text.index(after: colon)...]).trimmed)
    }
    let lower = text.lowercased()
    // Some write "dictionary ID 18347322" without a colon.
    for (name, property) in UTX.properties where lower.hasPrefix(name + " ") {
      return Property(property, String(text.dropFirst(name.count)).trimmed)
    }
    return Property(lower, UTX.yes)
  }
}

/// The words of UTX.
enum UTX {
  static let bidirectional = "bidirectional"
  static let dictionary = "dictionary ID"
  /// What a statement without a value says.
  static let yes = "yes"
  static let empty = "-"
  static let status = "term status"

  /// Statements that are spelt in more ways than one.
  static let properties = ["dictionary id": dictionary]

  /// The statements that stand in the header when they are written, in their order.
  static let statements = ["copyright", "license", bidirectional, dictionary, "description"]

  /// What the part of speech is called elsewhere (ISO 12620, as TBX has it).
  static let partOfSpeech = "partOfSpeech"

  /// The status of a term in the words of UTX.
  static func word(for status: TermStatus) -> String {
    switch status {
    case .preferred, .admitted: "approved"
    case .deprecated: "non-standard"
    case .forbidden: "forbidden"
    case .proposed: "provisional"
    }
  }
}
