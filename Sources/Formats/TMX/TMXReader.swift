public import Bitext
internal import Segmentation

/// Reads translation memories of TMX 1.1 to 1.4b, one unit at a time.
public enum TMXReader {
  /// Calls `body` with each unit of a file, in order. Memory does not grow with the file, unless
  /// it is in another encoding than UTF-8.
  ///
  /// - Parameters:
  ///   - path: the file, or `-`.
  ///   - warn: hears of what is odd and yet readable.
  ///   - body: takes each unit; what it throws ends the reading.
  /// - Throws: `Trouble` with the line of what is not well-formed, and for a file that is no TMX.
  public static func forEachUnit(
    of path: String, warn: @escaping (Warning) -> Void = { _ in },
    _ body: (TMXUnit) throws -> Void
  ) throws {
    var builder = TMXBuilder(file: path == "-" ? Files.standardInputName : path, warn: warn)
    try XMLFile(path, root: "tmx").forEachEvent { event, place in
      try builder.take(event, place, body)
    }
    try builder.finish()
  }
}

/// Puts units together out of XML events.
private struct TMXBuilder {
  let file: String
  let warn: (Warning) -> Void
  private var sourceLanguage: LanguageTag?
  private var hasRoot = false
  private var unit: TMXUnit?
  private var language: LanguageTag?
  private var variantChanges: (created: Change?, changed: Change?) = (nil, nil)
  private var text: String?
  private var textPositions = PositionMap()
  /// Remarks since the last unit, and in this one.
  private var comments: [DocumentComment] = []
  private var noteStart = 0
  /// How deep the reader stands in inline elements whose content is code.
  private var codeDepth = 0
  private var property: (type: String, value: String)?
  private var note: String?

  init(file: String, warn: @escaping (Warning) -> Void) {
    self.file = file
    self.warn = warn
  }

  mutating func take(
    _ event: XMLEvent, _ place: XMLFile.Place, _ body: (TMXUnit) throws -> Void
  ) throws {
    switch event {
    case .start(let name, let attributes, let line):
      try start(name, XMLAttributes(attributes), line, place)
    case .text(let piece, _, _): append(piece, place)
    case .end(let name, _): try end(name, place, body)
    case .comment(let text, _, _): comments.append(DocumentComment(text, place.source))
    case .instruction: break
    }
  }

  func finish() throws(Trouble) {
    guard hasRoot else { throw Trouble("is no TMX file: it has no <tmx>", file: file) }
  }

  private mutating func start(
    _ name: String, _ attributes: XMLAttributes, _ line: Int, _ place: XMLFile.Place
  ) throws {
    if !hasRoot {
      guard name == "tmx" else {
        throw Trouble("is no TMX file: it starts with <\(name)>", file: file, line: line)
      }
      hasRoot = true
    }
    if text != nil { return startInline(name, attributes) }
    switch name {
    case "header": readHeader(attributes, line)
    case "tu":
      let own = attributes["srclang"].flatMap { LanguageTag($0) }
      unit = TMXUnit(
        line: line, sourceLanguage: own ?? sourceLanguage, variants: [],
        created: attributes.change("creation"), changed: attributes.change("change"),
        properties: [], notes: [], inlineCount: 0)
    case "tuv":
      let code = attributes["xml:lang"] ?? attributes["lang"]
      language = code.flatMap { LanguageTag($0) }
      if language == nil {
        warn(Warning("this <tuv> has no usable xml:lang and is left out", file: file, line: line))
      }
      variantChanges = (attributes.change("creation"), attributes.change("change"))
    case "seg":
      text = ""
      textPositions = PositionMap()
      codeDepth = 0
    case "prop": property = (attributes["type"] ?? "", "")
    case "note":
      note = ""
      noteStart = place.start
    default: break
    }
  }

  private mutating func readHeader(_ attributes: XMLAttributes, _ line: Int) {
    guard let code = attributes["srclang"] else {
      return warn(
        Warning(
          "the header has no srclang: the first <tuv> of each unit counts as its source",
          file: file, line: line))
    }
    sourceLanguage = LanguageTag(code)
  }

  /// `hi` marks text; the others hold code of the document's format.
  private mutating func startInline(_ name: String, _ attributes: XMLAttributes) {
    unit?.inlineCount += 1
    // A line break parts words; other codes stand within them.
    if codeDepth == 0, name == "ph", attributes["type"] == "lb" { text? += " " }
    if codeDepth > 0 || name != "hi" && name != "g" && name != "mrk" { codeDepth += 1 }
  }

  private mutating func append(_ piece: String, _ place: XMLFile.Place) {
    if let start = text?.utf8.count {
      guard codeDepth == 0 else { return }
      textPositions.append(contentsOf: place.places(of: piece), at: start)
      text?.append(piece)
    } else if property != nil {
      property?.value += piece
    } else if note != nil {
      note? += piece
    }
  }

  private mutating func end(
    _ name: String, _ place: XMLFile.Place, _ body: (TMXUnit) throws -> Void
  ) throws {
    if text != nil, name != "seg" {
      if codeDepth > 0 { codeDepth -= 1 }
      return
    }
    switch name {
    case "seg":
      if let language, let text {
        unit?.variants.append(
          TMXUnit.Variant(
            language: language, text: text, positions: textPositions, place: place.start,
            created: variantChanges.created, changed: variantChanges.changed))
      }
      text = nil
    case "prop":
      if let property { unit?.properties.append(property) }
      property = nil
    case "note":
      if let note {
        unit?.notes.append(note)
        comments.append(DocumentComment(note, noteStart..<place.source.upperBound))
      }
      note = nil
    case "tu":
      unit?.comments = comments
      comments = []
      if let unit { try body(unit) }
      unit = nil
    default: break
    }
  }
}

/// The attributes of one element, by name.
struct XMLAttributes {
  private let list: [(name: String, value: String)]

  init(_ list: [(name: String, value: String)]) { self.list = list }

  subscript(name: String) -> String? { list.first { $0.name == name }?.value }

  /// `creationdate` and `creationid`, or `changedate` and `changeid`.
  func change(_ kind: String) -> Change? {
    guard let date = self[kind + "date"].flatMap(timestamp(fromTMX:)) else { return nil }
    return Change(date: date, author: self[kind + "id"])
  }
}
