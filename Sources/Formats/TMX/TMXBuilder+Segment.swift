internal import Bitext
internal import Segmentation

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
