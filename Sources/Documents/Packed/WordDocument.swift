internal import Bitext
internal import Formats
internal import Segmentation

/// The text of DOCX: WordprocessingML (ECMA-376, part 1, section 17).
enum WordDocument {
  /// Reads the parts that hold text.
  ///
  /// - Parameters:
  ///   - packed: the file.
  ///   - main: the part with the text.
  ///   - file: the name that trouble is reported under.
  /// - Returns: paragraphs, notes and comments.
  /// - Throws: `Trouble` for damaged parts.
  static func read(
    _ packed: borrowing PackedFile, main: String, file: String
  ) throws(Trouble) -> PackedContent {
    var content = PackedContent()
    var styles = WordStyles()
    if let bytes = try packed.part("word/styles.xml") {
      try PackedXML.forEachEvent(of: bytes, part: "word/styles.xml", file: file) {
        styles.take($0)
      }
    }
    content.languages = styles.languages
    let text = try read(main, of: packed, file, styles, &content)
    content.paragraphs = text.paragraphs
    for (name, mark) in [("footnotes", "f"), ("endnotes", "e")] {
      let notes = try read("word/\(name).xml", of: packed, file, styles, &content)
      for (id, paragraphs) in notes.entries { content.notes[mark + id] = paragraphs }
    }
    let comments = try read("word/comments.xml", of: packed, file, styles, &content)
    for (id, paragraphs) in comments.entries {
      content.comments[id] = PackedComment(paragraphs: paragraphs)
    }
    return content
  }

  /// Reads a part and puts it behind those that were read before.
  private static func read(
    _ part: String, of packed: borrowing PackedFile, _ file: String, _ styles: WordStyles,
    _ content: inout PackedContent
  ) throws(Trouble) -> WordReader {
    var reader = WordReader(offset: content.source.count, styles: styles)
    guard let bytes = try packed.part(part) else { return reader }
    try PackedXML.forEachEvent(of: bytes, part: part, file: file) { reader.take($0) }
    content.source += bytes
    return reader
  }
}

/// Puts paragraphs together out of the events of a part.
private struct WordReader {
  private(set) var paragraphs: [PackedParagraph] = []
  /// The paragraphs of each note or comment, by its id.
  private(set) var entries: [String: [PackedParagraph]] = [:]
  private let offset: Int
  private let styles: WordStyles
  /// The open paragraphs: those of a text box lie in another.
  private var open: [PackedParagraph] = []
  private var entry: String?
  private var cellDepth = 0
  /// How deep the reader stands in what is not shown.
  private var skipped = 0
  private var isText = false
  private var isRun = false
  private var isRunProperties = false
  private var isHidden = false

  init(offset: Int, styles: WordStyles) {
    self.offset = offset
    self.styles = styles
  }

  mutating func take(_ event: XMLEvent) {
    switch event {
    case .start(let name, let attributes, _): start(name, WordAttributes(attributes))
    case .end(let name, _): end(name)
    case .text(let text, let range, _):
      guard isText, skipped == 0, !isHidden else { return }
      add(.text(text, range.lowerBound + offset..<range.upperBound + offset))
    case .instruction, .comment: break
    }
  }

  /// Deleted and moved text, the fallback for older programs, formulas, the reading aid of ruby.
  private static let skippedElements: Set<String> = [
    "w:del", "w:moveFrom", "mc:Fallback", "m:oMath", "m:oMathPara", "w:rt", "w:object",
  ]

  private mutating func start(_ name: String, _ attributes: WordAttributes) {
    if skipped > 0 || Self.skippedElements.contains(name) {
      skipped += 1
      return
    }
    switch name {
    case "w:p": open.append(PackedParagraph(kind: cellDepth > 0 ? .tableCell : .paragraph))
    case "w:pStyle": if let kind = styles.kinds[attributes["w:val"] ?? ""] { setKind(kind) }
    case "w:outlineLvl":
      // Nine stands for body text.
      if let level = attributes["w:val"].flatMap({ Int($0) }), level < 9, level >= 0 {
        setKind(.heading(level: level + 1))
      }
    case "w:numPr": setKind(.listItem)
    case "w:tc": cellDepth += 1
    case "w:rPr": isRunProperties = true
    case "w:r":
      isRun = true
      isHidden = false
    case "w:vanish": if isRunProperties { isHidden = attributes.isOn }
    case "w:t": isText = true
    // The stops of tabs bear the same name.
    case "w:tab" where isRun: addVisible(.space)
    case "w:br" where isRun, "w:cr" where isRun: addVisible(.lineBreak)
    case "w:footnoteReference": addNote("f", attributes)
    case "w:endnoteReference": addNote("e", attributes)
    case "w:commentRangeStart": addComment(attributes)
    case "w:footnote", "w:endnote", "w:comment":
      // The lines between text and notes are notes of a type.
      let isSeparator = attributes["w:type"].map { $0 != "normal" } ?? false
      entry = isSeparator ? nil : attributes["w:id"]
    default: break
    }
  }

  private mutating func end(_ name: String) {
    if skipped > 0 {
      skipped -= 1
      return
    }
    switch name {
    case "w:p":
      guard let paragraph = open.popLast() else { return }
      if let entry {
        entries[entry, default: []].append(paragraph)
      } else {
        paragraphs.append(paragraph)
      }
    case "w:tc": cellDepth -= 1
    case "w:rPr": isRunProperties = false
    case "w:r":
      isRun = false
      isHidden = false
    case "w:t": isText = false
    case "w:footnote", "w:endnote", "w:comment": entry = nil
    default: break
    }
  }

  /// A cell stays one, whatever its style; a heading is more than an item of a list.
  private mutating func setKind(_ kind: BlockKind) {
    guard let last = open.indices.last else { return }
    if case .heading = open[last].kind { return }
    if kind == .listItem, open[last].kind == .tableCell { return }
    open[last].kind = kind
  }

  private mutating func add(_ piece: PackedParagraph.Piece) {
    guard let last = open.indices.last else { return }
    open[last].pieces.append(piece)
  }

  private mutating func addVisible(_ piece: PackedParagraph.Piece) {
    if !isHidden { add(piece) }
  }

  private mutating func addNote(_ mark: String, _ attributes: WordAttributes) {
    guard let last = open.indices.last, let id = attributes["w:id"] else { return }
    open[last].notes.append(mark + id)
  }

  private mutating func addComment(_ attributes: WordAttributes) {
    if let id = attributes["w:id"] { add(.comment(id: id)) }
  }
}

/// The attributes of an element.
struct WordAttributes {
  private let list: [(name: String, value: String)]

  init(_ list: [(name: String, value: String)]) { self.list = list }

  subscript(name: String) -> String? { list.first { $0.name == name }?.value }

  /// Whether a property that is there is on: `w:val` may say that it is not.
  var isOn: Bool { !["0", "false", "off"].contains(self["w:val"] ?? "1") }
}

/// What the styles of a document make of paragraphs.
struct WordStyles {
  private(set) var kinds: [String: BlockKind] = [:]
  private(set) var languages = PackedLanguages()
  private var style: String?
  private var isDefault = false

  init() {}

  mutating func take(_ event: XMLEvent) {
    switch event {
    case .start("w:style", let attributes, _): style = WordAttributes(attributes)["w:styleId"]
    case .end("w:style", _): style = nil
    case .start("w:docDefaults", _, _): isDefault = true
    case .end("w:docDefaults", _): isDefault = false
    case .start("w:name", let attributes, _): read(name: WordAttributes(attributes)["w:val"] ?? "")
    case .start("w:outlineLvl", let attributes, _):
      guard let style, let level = WordAttributes(attributes)["w:val"].flatMap({ Int($0) }),
        level >= 0, level < 9
      else { return }
      kinds[style] = .heading(level: level + 1)
    case .start("w:lang", let attributes, _) where isDefault:
      let attributes = WordAttributes(attributes)
      languages.western = attributes["w:val"].flatMap { LanguageTag($0) }
      languages.eastAsian = attributes["w:eastAsia"].flatMap { LanguageTag($0) }
    default: break
    }
  }

  /// The names of built-in styles are English in the file, whatever the program shows.
  private mutating func read(name: String) {
    guard let style else { return }
    switch name.lowercased() {
    case "title": kinds[style] = .heading(level: 1)
    case "subtitle": kinds[style] = .heading(level: 2)
    case "caption": kinds[style] = .caption
    case "quote", "intense quote": kinds[style] = .quote
    case "list paragraph": kinds[style] = .listItem
    case let name where name.hasPrefix("heading "):
      if let level = Int(name.dropFirst("heading ".count)), level > 0 {
        kinds[style] = .heading(level: level)
      }
    default: break
    }
  }
}
