internal import Bitext
internal import Segmentation

/// The content of a `source`, `seg-source` or `target`: text among codes.
struct XLIFFSide {
  private(set) var whole: PlacedText
  /// What stands between marks of a segment (`mrk mtype="seg"`), in the order of the file.
  private(set) var segments: [MarkedSegment] = []
  /// The open elements within the side.
  private var open: [Inline] = []
  /// What the open marks say, the last one above all others.
  private var marks: [(key: String, isLiteral: Bool)] = []
  private let isLiteral: Bool
  private var openSegment: Int?

  private struct Inline {
    var isCode: Bool
    var isSegment = false
    /// The mark that ends with the element.
    var mark: String?
  }

  /// - Parameters:
  ///   - isLiteral: whether the unit is not to be translated.
  ///   - place: where the side starts in the file.
  init(isLiteral: Bool, at place: Int) {
    self.isLiteral = isLiteral
    whole = PlacedText(at: place)
  }

  /// Whether it has text and no mark of a segment.
  var isUnmarked: Bool { segments.isEmpty && !whole.isBlank }

  private var isInCode: Bool { open.last?.isCode ?? false }

  /// Elements whose content is text; all others hold code or nothing.
  private static let transparent: Set<String> = ["g", "mrk", "pc", "hi"]

  mutating func start(_ name: String, _ attributes: XMLAttributes, at place: Int) {
    var inline = Inline(isCode: isInCode || !Self.transparent.contains(name))
    defer { open.append(inline) }
    guard !isInCode else { return }
    if attributes.isLineBreak { appendSpace() }
    switch name {
    case "mrk" where attributes["mtype"] == "seg" && openSegment == nil:
      inline.isSegment = true
      openSegment = segments.count
      segments.append(
        MarkedSegment(
          identifier: attributes["mid"] ?? "\(segments.count)", text: PlacedText(at: place)))
    case "mrk":
      guard let isLiteral = attributes.isLiteral else { return }
      // No id holds a space.
      let key = "mrk \(open.count)"
      inline.mark = key
      marks.append((key, isLiteral))
    // In XLIFF 2 a mark may also begin with one empty element and end with another.
    case "sm":
      if let isLiteral = attributes.isLiteral { marks.append((attributes["id"] ?? "", isLiteral)) }
    case "em": endMark(attributes["startRef"] ?? "")
    default: break
    }
  }

  private mutating func endMark(_ key: String) {
    if let index = marks.lastIndex(where: { $0.key == key }) { marks.remove(at: index) }
  }

  mutating func end(at place: Int) {
    guard let inline = open.popLast() else { return }
    if let mark = inline.mark { endMark(mark) }
    if inline.isSegment, let openSegment {
      segments[openSegment].text.place = place
      self.openSegment = nil
    }
  }

  mutating func append(_ piece: String, _ place: XMLFile.Place) {
    guard !isInCode else { return }
    let places = place.places(of: piece)
    let isLiteral = marks.last?.isLiteral ?? isLiteral
    whole.append(piece.utf8, places, isLiteral: isLiteral)
    if let openSegment {
      segments[openSegment].text.append(piece.utf8, places, isLiteral: isLiteral)
    }
  }

  /// A line break parts words; other codes stand within them.
  private mutating func appendSpace() {
    whole.appendSpace()
    if let openSegment { segments[openSegment].text.appendSpace() }
  }

  mutating func finish(at place: Int) { whole.place = place }
}

extension XMLAttributes {
  /// Whether a mark says that its text is not to be translated; `nil` where it says nothing of it.
  fileprivate var isLiteral: Bool? {
    self["mtype"] == "protected" ? true : isTranslated.map { !$0 }
  }

  /// Whether a code stands for a line break: `ctype="lb"` in XLIFF 1.2, `subType="xlf:lb"` in 2.
  fileprivate var isLineBreak: Bool {
    self["ctype"] == "lb" || self["subType"] == "xlf:lb"
  }
}
