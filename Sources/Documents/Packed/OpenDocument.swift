internal import Bitext
internal import Formats
internal import Segmentation

/// The text of ODT (OASIS, Open Document Format 1.3, part 3).
enum OpenDocument {
  /// Reads the text of a file.
  ///
  /// - Parameters:
  ///   - packed: the file.
  ///   - file: the name that trouble is reported under.
  /// - Returns: paragraphs, notes and comments.
  /// - Throws: `Trouble` for damaged parts.
  static func read(
    _ packed: borrowing PackedFile, file: String
  ) throws(Trouble) -> PackedContent {
    var content = PackedContent()
    if let bytes = try packed.part("styles.xml") {
      var languages = PackedLanguages()
      try PackedXML.forEachEvent(of: bytes, part: "styles.xml", file: file) { event in
        if case .start("style:text-properties", let list, _) = event {
          readLanguages(WordAttributes(list), &languages)
        }
      }
      content.languages = languages
    }
    guard let bytes = try packed.part("content.xml") else { return content }
    var reader = OpenDocumentReader(bytes)
    try PackedXML.forEachEvent(of: bytes, part: "content.xml", file: file) { reader.take($0) }
    content.source = bytes
    content.paragraphs = reader.paragraphs
    content.notes = reader.notes
    content.comments = reader.comments
    return content
  }

  /// The first style is the default of paragraphs.
  private static func readLanguages(
    _ attributes: WordAttributes, _ languages: inout PackedLanguages
  ) {
    func tag(_ language: String?, _ country: String?) -> LanguageTag? {
      guard let language, language != "none", language != "zxx" else { return nil }
      let region = country.flatMap { $0 == "none" ? nil : "-" + $0 } ?? ""
      return LanguageTag(language + region)
    }
    languages.western =
      languages.western ?? tag(attributes["fo:language"], attributes["fo:country"])
    languages.eastAsian =
      languages.eastAsian
      ?? tag(attributes["style:language-asian"], attributes["style:country-asian"])
  }
}

/// Puts paragraphs together out of the events of a file.
private struct OpenDocumentReader {
  private(set) var paragraphs: [PackedParagraph] = []
  private(set) var notes: [String: [PackedParagraph]] = [:]
  private(set) var comments: [String: PackedComment] = [:]
  private let bytes: [UInt8]
  /// The open paragraphs: those of a note, a comment or a text box lie in another.
  private var open: [PackedParagraph] = []
  /// The open notes and comments, by numbers of our own.
  private var entries: [(id: String, isComment: Bool)] = []
  private var entryCount = 0
  private var cellDepth = 0
  private var itemDepth = 0
  /// How deep the reader stands in what is not shown.
  private var skipped = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func take(_ event: XMLEvent) {
    switch event {
    case .start(let name, let attributes, _): start(name, WordAttributes(attributes))
    case .end(let name, _): end(name)
    case .text(let text, let range, _): if skipped == 0 { add(text, range) }
    case .instruction, .comment: break
    }
  }

  /// Deleted text, the numbers of notes, who commented when, the reading aid of ruby, hidden text.
  private static let skippedElements: Set<String> = [
    "text:tracked-changes", "text:note-citation", "dc:creator", "dc:date", "meta:creator-initials",
    "text:ruby-text", "text:hidden-text", "text:hidden-paragraph", "office:forms", "math:math",
    "office:scripts", "text:script", "svg:title", "svg:desc",
  ]

  private mutating func start(_ name: String, _ attributes: WordAttributes) {
    if skipped > 0 || Self.skippedElements.contains(name) {
      skipped += 1
      return
    }
    switch name {
    case "text:p": open.append(PackedParagraph(kind: kind))
    case "text:h":
      let level = attributes["text:outline-level"].flatMap { Int($0) } ?? 1
      open.append(PackedParagraph(kind: .heading(level: max(1, level))))
    case "text:list-item", "text:list-header": itemDepth += 1
    case "table:table-cell": cellDepth += 1
    case "text:note": openEntry(isComment: false)
    case "office:annotation": openEntry(isComment: true)
    case "text:s", "text:tab": add(.space)
    case "text:line-break": add(.lineBreak)
    default: break
    }
  }

  private var kind: BlockKind {
    cellDepth > 0 ? .tableCell : itemDepth > 0 ? .listItem : .paragraph
  }

  private mutating func openEntry(isComment: Bool) {
    entryCount += 1
    let id = String(entryCount)
    if isComment {
      add(.comment(id: id))
    } else if let last = open.indices.last {
      open[last].notes.append(id)
    }
    entries.append((id, isComment))
  }

  private mutating func end(_ name: String) {
    if skipped > 0 {
      skipped -= 1
      return
    }
    switch name {
    case "text:p", "text:h": if let paragraph = open.popLast() { close(paragraph) }
    case "text:list-item", "text:list-header": itemDepth -= 1
    case "table:table-cell": cellDepth -= 1
    case "text:note", "office:annotation": _ = entries.popLast()
    default: break
    }
  }

  private mutating func close(_ paragraph: PackedParagraph) {
    if let entry = entries.last {
      if entry.isComment {
        comments[entry.id, default: PackedComment()].paragraphs.append(paragraph)
      } else {
        notes[entry.id, default: []].append(paragraph)
      }
    } else {
      paragraphs.append(paragraph)
    }
  }

  private mutating func add(_ piece: PackedParagraph.Piece) {
    guard let last = open.indices.last else { return }
    open[last].pieces.append(piece)
  }

  /// Adds text in which white space is but a gap: more of it is said by elements.
  private mutating func add(_ text: String, _ range: Range<Int>) {
    guard text.utf8.count == range.count else { return add(.text(text, range)) }
    var index = range.lowerBound
    while index < range.upperBound {
      let start = index
      let isSpace = bytes[index].isMarkupSpace
      while index < range.upperBound, bytes[index].isMarkupSpace == isSpace { index += 1 }
      if isSpace {
        // One space stands in the file as it is.
        if index - start == 1, bytes[start] == 0x20 {
          add(.text(" ", start..<index))
        } else {
          add(.space)
        }
      } else {
        add(.text(String(decoding: bytes[start..<index], as: UTF8.self), start..<index))
      }
    }
  }
}
