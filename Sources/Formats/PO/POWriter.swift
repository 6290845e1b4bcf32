public import Bitext
internal import Segmentation

/// Writes a message catalogue of GNU gettext, one message a unit.
///
/// A catalogue holds each message once: a further translation of the same source gets a context
/// that numbers it. For that the writer keeps eight bytes a unit.
public struct POWriter {
  private let output: OutputFile
  /// How often each source was written, and which pairs were.
  private var sources: [UInt64: Int] = [:]
  private var pairs: Set<UInt64> = []
  private var losses = ListLosses()

  public init(to output: OutputFile) { self.output = output }

  /// What the catalogue could not keep, once per reason.
  public var warnings: [Warning] { losses.warnings }

  /// Writes the header entry.
  ///
  /// - Parameters:
  ///   - source: the language of the messages.
  ///   - target: the language of the translations.
  ///   - date: when the last of them was changed.
  ///   - version: Concord's.
  /// - Throws: `Trouble` for a full disk.
  public func writeHeader(
    source: LanguageTag, target: LanguageTag, date: Timestamp?, version: String
  ) throws {
    let day = date ?? "1970-01-01T00:00:00Z"
    let fields = [
      "Project-Id-Version: Concord memory",
      "PO-Revision-Date: \(day.prefix(10)) "
        + "\(day.dropFirst(11).prefix(5))+0000", "Last-Translator: ", "Language-Team: ",
      "Language: \(Self.locale(target))", "MIME-Version: 1.0",
      "Content-Type: text/plain; charset=UTF-8", "Content-Transfer-Encoding: 8bit",
      "X-Generator: Concord \(version)", "X-Source-Language: \(Self.locale(source))",
    ]
    try output.write("msgid \"\"\nmsgstr \"\"\n")
    for field in fields { try output.write(Self.quoted(field + "\n") + "\n") }
  }

  /// The name of a locale as gettext writes it: underscores between the parts.
  private static func locale(_ language: LanguageTag) -> String {
    String(language.description.map { $0 == "-" ? "_" : $0 })
  }

  public mutating func write(_ unit: TranslationUnit) throws {
    guard !unit.source.isEmpty else {
      return losses.add("units without a source were left out", unit.target)
    }
    let source = fingerprint(unit.source)
    guard pairs.insert(fingerprint(unit.source + "\u{0}" + unit.target)).inserted else {
      return losses.add("units that say the same as another were left out", unit.source)
    }
    let number = sources[source, default: 0] + 1
    sources[source] = number
    var text = "\n"
    if let note = unit.note {
      for line in note.split(whereSeparator: \.isNewline) { text += "# \(line)\n" }
    }
    if let origin = unit.origin { text += "#. \(origin.onOneLine.text)\n" }
    if number > 1 { text += "msgctxt \(Self.quoted(String(number)))\n" }
    text += "msgid \(Self.string(unit.source))\n"
    text += "msgstr \(Self.string(translation(of: unit)))\n"
    try output.write(text)
  }

  /// gettext wants both to start with a line feed or neither, and to end so.
  private mutating func translation(of unit: TranslationUnit) -> String {
    var target = unit.target.unicodeScalars
    let source = unit.source.unicodeScalars
    guard !target.isEmpty else { return "" }
    if source.first == "\n", target.first != "\n" { target.insert("\n", at: target.startIndex) }
    if source.first != "\n" { target = .init(target.drop { $0 == "\n" }) }
    if source.last == "\n", target.last != "\n" { target.append("\n") }
    while source.last != "\n", target.last == "\n" { target.removeLast() }
    let result = String(target)
    if result != unit.target {
      losses.add("line feeds at an end of a translation follow those of its source", unit.source)
    }
    return result
  }

  /// FNV-1a of 64 bits: the same on every machine, so that what is written is.
  private func fingerprint(_ text: String) -> UInt64 {
    text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }

  /// A string, broken after each line feed within it.
  private static func string(_ text: String) -> String {
    let bytes = Array(text.utf8)
    guard let feed = bytes.firstIndex(of: 0x0A), feed + 1 < bytes.count else { return quoted(text) }
    var lines = ["\"\""]
    var start = 0
    for (index, byte) in bytes.enumerated() where byte == 0x0A || index + 1 == bytes.count {
      lines.append(quoted(String(decoding: bytes[start...index], as: UTF8.self)))
      start = index + 1
    }
    return lines.joined(separator: "\n")
  }

  private static func quoted(_ text: String) -> String {
    "\"" + POStringStyle.escaped(text) + "\""
  }
}
