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
  ///   - header: takes the header, before the first unit.
  ///   - body: takes each unit; what it throws ends the reading.
  /// - Throws: `Trouble` with the line of what is not well-formed, and for a file that is no TMX.
  public static func forEachUnit(
    of path: String, warn: @escaping (Warning) -> Void = { _ in },
    header: ((TMXHeader) -> Void)? = nil, _ body: (TMXUnit) throws -> Void
  ) throws {
    try forEachUnit(of: path, warn: warn, header: header, hasPlaces: false, body)
  }

  /// With `hasPlaces` the texts know their bytes of the file, which takes time.
  static func forEachUnit(
    of path: String, warn: @escaping (Warning) -> Void, header: ((TMXHeader) -> Void)? = nil,
    hasPlaces: Bool, _ body: (TMXUnit) throws -> Void
  ) throws {
    var builder = TMXBuilder(
      file: path == "-" ? Files.standardInputName : path, hasPlaces: hasPlaces, warn: warn,
      header: header)
    try XMLFile(path, root: "tmx").forEachEvent { event, place in
      try builder.take(event, place, body)
    }
    try builder.finish()
  }
}

/// Puts units together out of XML events.
private struct TMXBuilder {
  let file: String
  private let hasPlaces: Bool
  let warn: (Warning) -> Void
  let takeHeader: ((TMXHeader) -> Void)?
  private var header = TMXHeader()
  /// Where the content of the header starts; `nil` outside of it.
  private var headerStart: Int?
  private var hasRoot = false
  private var unit: TMXUnit?
  private var variant: TMXVariantBuilder?
  private var segment: TMXSegmentBuilder?
  private var remark: UnitDetails.Remark?
  private var noteStart = 0
  /// Remarks since the last unit, and in this one.
  private var comments: [DocumentComment] = []
  private var tags = LanguageTagCache()

  init(
    file: String, hasPlaces: Bool, warn: @escaping (Warning) -> Void,
    header: ((TMXHeader) -> Void)?
  ) {
    self.file = file
    self.hasPlaces = hasPlaces
    self.warn = warn
    takeHeader = header
  }

  mutating func take(
    _ event: XMLEvent, _ place: XMLFile.Place, _ body: (TMXUnit) throws -> Void
  ) throws {
    switch event {
    case .start(let name, let attributes, let line):
      try start(name, attributes, line, place)
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
    _ name: String, _ attributes: [(name: String, value: String)], _ line: Int,
    _ place: XMLFile.Place
  ) throws {
    if !hasRoot {
      guard name == "tmx" else {
        throw Trouble("is no TMX file: it starts with <\(name)>", file: file, line: line)
      }
      hasRoot = true
    }
    if segment != nil {
      segment?.startInline(name, XMLAttributes(attributes))
      return
    }
    switch name {
    case "header": startHeader(attributes, line, place)
    case "tu":
      place.window.anchor = place.range.lowerBound
      unit = TMXUnit(line: line, attributes: attributes, header: header, &tags)
    case "tuv" where unit != nil:
      variant = TMXVariantBuilder(attributes: attributes, line: line)
    case "seg" where variant != nil:
      segment = TMXSegmentBuilder(at: place.range.upperBound + 1, hasPlaces: hasPlaces)
    case "prop", "note":
      remark = UnitDetails.Remark(
        isProperty: name == "prop", attributes: keptAttributes(attributes), text: "")
      noteStart = place.start
    default: break
    }
  }

  private mutating func startHeader(
    _ attributes: [(name: String, value: String)], _ line: Int, _ place: XMLFile.Place
  ) {
    header.attributes = keptAttributes(attributes)
    headerStart = place.range.upperBound + 1
    place.window.anchor = headerStart
    if header.declaredSource == nil {
      warn(
        Warning(
          "the header has no srclang: the first <tuv> of each unit counts as its source",
          file: file, line: line))
    }
  }

  private mutating func append(_ piece: String, _ place: XMLFile.Place) {
    if segment != nil {
      segment?.append(piece, place)
    } else if remark != nil {
      remark?.text += piece
    } else if variant != nil {
      variant?.append(loose: piece, place, hasPlaces: hasPlaces)
    }
  }

  private mutating func end(
    _ name: String, _ place: XMLFile.Place, _ body: (TMXUnit) throws -> Void
  ) throws {
    if segment != nil, name != "seg" {
      segment?.endInline()
      return
    }
    switch name {
    case "header":
      if let headerStart {
        header.content = place.window.text(headerStart..<max(headerStart, place.range.lowerBound))
      }
      headerStart = nil
      place.window.anchor = nil
      takeHeader?(header)
    case "seg":
      if let segment { variant?.take(segment, place) }
      segment = nil
    case "prop", "note": endRemark(place)
    case "tuv": endVariant()
    case "tu":
      place.window.anchor = nil
      unit?.comments = comments
      comments = []
      if let unit { try body(unit) }
      unit = nil
    default: break
    }
  }

  private mutating func endRemark(_ place: XMLFile.Place) {
    guard let remark else { return }
    self.remark = nil
    guard headerStart == nil else { return }
    if !remark.isProperty {
      comments.append(DocumentComment(remark.text, noteStart..<place.source.upperBound))
    }
    if variant != nil {
      variant?.element.remarks.append(remark)
    } else {
      unit?.element.remarks.append(remark)
    }
  }

  private mutating func endVariant() {
    guard let variant else { return }
    self.variant = nil
    guard let language = variant.languageCode.flatMap({ tags($0) }) else {
      return warn(
        Warning(
          "this <tuv> has no usable xml:lang and is left out", file: file, line: variant.line))
    }
    guard let segment = variant.segment else { return }
    unit?.inlineCount += segment.inlineCount
    unit?.variants.append(TMXUnit.Variant(language, variant, segment))
  }
}

/// A `tuv` while it is read.
struct TMXVariantBuilder {
  var element: UnitDetails.Element
  let line: Int
  /// `nil` while there is no `seg`.
  private(set) var segment: TMXSegmentBuilder?

  init(attributes: [(name: String, value: String)], line: Int) {
    element = UnitDetails.Element(attributes: keptAttributes(attributes))
    self.line = line
  }

  var languageCode: String? { element["xml:lang"] ?? element["lang"] }

  mutating func take(_ segment: TMXSegmentBuilder, _ place: XMLFile.Place) {
    self.segment = segment
    self.segment?.finish(place)
  }

  /// Takes text that stands in the `tuv` itself, as the first versions of some tools wrote it.
  mutating func append(loose piece: String, _ place: XMLFile.Place, hasPlaces: Bool) {
    guard segment != nil || !piece.isBlank else { return }
    guard segment == nil || segment?.isLoose == true else { return }
    if segment == nil {
      segment = TMXSegmentBuilder(looseAt: place.start, hasPlaces: hasPlaces)
    }
    segment?.append(piece, place)
  }
}

/// A `seg` while it is read.
struct TMXSegmentBuilder {
  private(set) var text = ""
  private(set) var positions = PositionMap()
  /// The byte of the file where the text ends.
  private(set) var place = 0
  private(set) var inlineCount = 0
  private(set) var markup: String?
  private(set) var isLoose = false
  private let start: Int
  private let hasPlaces: Bool
  /// How deep the reader stands in inline elements whose content is code.
  private var codeDepth = 0

  init(at start: Int, hasPlaces: Bool) {
    self.start = start
    self.hasPlaces = hasPlaces
  }

  init(looseAt place: Int, hasPlaces: Bool) {
    start = 0
    self.hasPlaces = hasPlaces
    isLoose = true
    self.place = place
  }

  /// `hi` marks text; the others hold code of the document's format.
  mutating func startInline(_ name: String, _ attributes: XMLAttributes) {
    inlineCount += 1
    // A line break parts words; other codes stand within them.
    if codeDepth == 0, name == "ph", attributes["type"] == "lb" { text += " " }
    if codeDepth > 0 || name != "hi" && name != "g" && name != "mrk" { codeDepth += 1 }
  }

  mutating func endInline() { if codeDepth > 0 { codeDepth -= 1 } }

  mutating func append(_ piece: String, _ place: XMLFile.Place) {
    guard codeDepth == 0 else { return }
    if hasPlaces { positions.append(contentsOf: place.places(of: piece), at: text.utf8.count) }
    text.append(piece)
  }

  mutating func finish(_ place: XMLFile.Place) {
    self.place = place.start
    guard inlineCount > 0 else { return }
    markup = place.window.text(start..<max(start, place.range.lowerBound))
  }
}

/// The attributes of one element, by name.
struct XMLAttributes {
  private let list: [(name: String, value: String)]

  init(_ list: [(name: String, value: String)]) { self.list = list }

  subscript(name: String) -> String? { list.first { $0.name == name }?.value }
}

/// The attributes of an element as they are kept.
func keptAttributes(_ attributes: [(name: String, value: String)]) -> [UnitDetails.Attribute] {
  attributes.map { UnitDetails.Attribute($0.name, $0.value) }
}

extension UnitDetails.Element {
  /// `creationdate` and `creationid`, or `changedate` and `changeid`.
  func change(_ kind: String) -> Change? {
    guard let date = self[kind + "date"].flatMap(timestamp(fromTMX:)) else { return nil }
    return Change(date: date, author: self[kind + "id"])
  }
}
