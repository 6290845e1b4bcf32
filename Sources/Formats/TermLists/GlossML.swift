public import Bitext
internal import Segmentation

/// Glossaries in GlossML 1.0 (Maxprograms): entries of one meaning, with a term and its definition in
/// each language.
public enum GlossML {
  /// Whether the root element of an XML file is that of a glossary.
  public static func isOne(_ bytes: [UInt8]) -> Bool {
    rootElement(of: bytes) == "glossary"
  }

  /// Reads a glossary.
  ///
  /// - Parameters:
  ///   - bytes: the file.
  ///   - file: the name that trouble is reported under.
  /// - Returns: the concepts with their lines, and what was odd.
  /// - Throws: `Trouble` with the line of what is not well-formed, and for a file without any term.
  public static func read(_ bytes: [UInt8], file: String) throws(Trouble) -> GlossaryContent {
    var builder = GlossMLBuilder(file: file)
    do {
      try forEachXMLEvent(of: bytes, file: file) { try builder.take($0) }
    } catch let trouble as Trouble {
      throw trouble
    } catch {
      throw Trouble("\(error)", file: file)
    }
    guard !builder.content.concepts.isEmpty else {
      throw Trouble("holds no term: a glossary has an entry for each concept", file: file)
    }
    return builder.content
  }
}

/// The name of the first element of an XML file without its prefix; `nil` for what is no XML.
package func rootElement(of bytes: [UInt8]) -> String? {
  let start = bytes.prefix(4).drop {
    $0 == 0xEF || $0 == 0xBB || $0 == 0xBF || $0 == 0xFF || $0 == 0xFE
  }
  guard start.first == 0x3C || start.starts(with: [0, 0x3C]) else { return nil }
  struct Found: Error { var name: String }
  do {
    try forEachXMLEvent(of: bytes, file: "") { event in
      if case .start(let name, _, _) = event { throw Found(name: name) }
    }
  } catch let found as Found {
    return String(found.name.withoutXMLPrefix)
  } catch {
    return nil
  }
  return nil
}

/// Calls `body` with each event of an XML file that lies in memory, whatever its encoding.
func forEachXMLEvent(
  of bytes: [UInt8], file: String, _ body: (XMLEvent) throws -> Void
) throws {
  var reader = try XMLReader(file: file)
  var utf8 = bytes[...]
  if let encoding = declaredXMLEncoding(bytes) {
    utf8 = try decodeText(bytes, file: file, encoding: encoding).utf8[...]
  } else if utf8.starts(with: [0xEF, 0xBB, 0xBF]) {
    utf8 = utf8.dropFirst(3)
  }
  let chunk = 1 << 16
  while utf8.count > chunk {
    try reader.feed(utf8.prefix(chunk), isLast: false, body)
    utf8 = utf8.dropFirst(chunk)
  }
  try reader.feed(utf8, isLast: true, body)
}

private struct GlossMLBuilder {
  let file: String
  var content = GlossaryContent(concepts: [], lines: [], warnings: [])
  private var path: [String] = []
  private var concept: Concept?
  private var line = 1
  private var language: LanguageTag?
  private var text = ""
  private var definitionSource: String?

  init(file: String) { self.file = file }

  mutating func take(_ event: XMLEvent) throws(Trouble) {
    switch event {
    case .start(let name, let attributes, let line):
      try start(name.withoutXMLPrefix, XMLAttributes(attributes), line)
    case .text(let piece, _, _): text += piece
    case .end(let name, let line): end(name.withoutXMLPrefix, line)
    case .instruction, .comment: break
    }
  }

  private mutating func start(
    _ name: String, _ attributes: XMLAttributes, _ line: Int
  ) throws(Trouble) {
    path.append(name)
    text = ""
    switch name {
    case "glossentry":
      concept = Concept(id: attributes["id"] ?? "", terms: [])
      self.line = line
    case "langentry":
      let tag = attributes["xml:lang"] ?? attributes["lang"]
      guard let tag, let language = LanguageTag(tag) else {
        throw Trouble(
          "has an entry whose xml:lang is \(tag.map { "'\($0.visible)', no language tag" } ?? "missing"):"
            + " write one such as xml:lang=\"zh-Hans\"", file: file, line: line)
      }
      self.language = language
    case "definition": definitionSource = attributes["source"]
    default: break
    }
  }

  private mutating func end(_ name: String, _ line: Int) {
    _ = path.popLast()
    let value = text.trimmed
    text = ""
    switch name {
    case "term":
      guard let language, !value.isEmpty else { break }
      let hasPreferred = concept?.terms.contains { $0.language == language } ?? false
      concept?.terms.append(
        Term(value, language: language, status: hasPreferred ? .admitted : .preferred))
    case "definition": if !value.isEmpty { define(value) }
    case "comment", "note":
      guard !value.isEmpty else { break }
      let note = concept?.note.map { $0 + "\n" + value } ?? value
      concept?.note = note
    case "langentry": language = nil
    case "glossentry": finish()
    default: break
    }
  }

  /// The first definition is the concept's, those of other languages are theirs.
  private mutating func define(_ value: String) {
    if concept?.definition == nil {
      concept?.definition = value
      concept?.source = definitionSource
    } else {
      concept?.properties.append(Property("definition", value, language: language))
    }
  }

  private mutating func finish() {
    guard let concept else { return }
    self.concept = nil
    guard let first = concept.terms.first else {
      return content.warnings.append(
        Warning("has no term and is left out", file: file, line: line))
    }
    if concept.languages.count < 2 {
      content.warnings.append(
        Warning(
          "'\(first.text.visible)' has no translation: it is kept, and never checked", file: file,
          line: line))
    }
    content.concepts.append(concept)
    content.lines.append(line)
  }
}
