internal import Bitext
internal import Segmentation

/// Puts units together out of XML events.
struct TMXBuilder {
  let file: String
  private let hasPlaces: Bool
  let warn: (Warning) -> Void
  let takeHeader: ((TMXHeader) -> Void)?
  private(set) var header = TMXHeader()
  /// Where the content of the header starts; `nil` outside of it.
  private var headerStart: Int?
  private var hasRoot = false
  private var unit: TMXParsedUnit?
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
      unit = TMXParsedUnit(line: line, attributes: attributes, header: header)
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
      if let unit { try body(TMXUnit(unit)) }
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

/// A `tu` as the builder puts it together.
struct TMXParsedUnit {
  let line: Int
  let headerSource: String?
  var element: UnitDetails.Element
  var variants: [TMXUnit.Variant] = []
  var inlineCount = 0
  var comments: [DocumentComment] = []

  init(line: Int, attributes: [(name: String, value: String)], header: TMXHeader) {
    self.line = line
    headerSource = header.declaredSource
    element = UnitDetails.Element(attributes: keptAttributes(attributes))
  }
}

extension TMXUnit.Variant {
  init(_ language: LanguageTag, _ variant: TMXVariantBuilder, _ segment: TMXSegmentBuilder) {
    self.language = language
    (text, positions, place) = (segment.text, segment.positions, segment.place)
    if segment.isLoose {
      // No seg says which white space around it is meant.
      let kept = text.utf8.span.trimmingWhitespace(0..<text.utf8.count)
      positions = PositionMap(verbatim: kept.count, at: kept.lowerBound).composed(with: positions)
      text = text.trimmed
    }
    element = variant.element
    markup = segment.markup
  }
}
