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
  private let isPreserved: Bool
  /// A line break waits: what stands behind it says whether it is a space or nothing.
  private var hasBreak = false
  private var openSegment: Int?

  private struct Inline {
    var isCode: Bool
    var isSegment = false
    /// The mark that ends with the element.
    var mark: String?
  }

  /// - Parameters:
  ///   - isLiteral: whether the unit is not to be translated.
  ///   - isPreserved: whether line breaks are part of the text, and not of the file's layout.
  ///   - place: where the side starts in the file.
  init(isLiteral: Bool, isPreserved: Bool, at place: Int) {
    self.isLiteral = isLiteral
    self.isPreserved = isPreserved
    whole = PlacedText(at: place)
  }

  /// Whether it has text and no mark of a segment.
  var isUnmarked: Bool { segments.isEmpty && !whole.isBlank }

  private var isInCode: Bool { open.last?.isCode ?? false }

  /// Elements whose content is text; all others hold code or nothing.
  static let transparent: Set<String> = ["g", "mrk", "pc", "hi"]

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
    let utf8 = Array(piece.utf8)
    // A line break that is written as a reference is meant.
    let isLineEnd = utf8 == [0x0A] && place.range.count <= 2
    guard !isPreserved, hasBreak || utf8.contains(0x0A),
      isLineEnd || place.range.count == utf8.count
    else { return add(utf8[...], place.places(of: piece)) }
    appendLines(utf8, place)
  }

  /// Appends text of which the line breaks and what indents the lines are layout.
  private mutating func appendLines(_ utf8: [UInt8], _ place: XMLFile.Place) {
    var index = 0
    while index < utf8.count {
      let start = index
      let isSpace = utf8[index].isXMLSpace
      while index < utf8.count, utf8[index].isXMLSpace == isSpace { index += 1 }
      if isSpace, hasBreak || utf8[start..<index].contains(0x0A) {
        hasBreak = true
        continue
      }
      joinLines(next: utf8.span.scalar(at: start).value)
      let bytes = place.range.lowerBound + start..<place.range.lowerBound + index
      let part = XMLFile.Place(range: bytes, positions: place.positions, window: place.window)
      add(
        utf8[start..<index], part.places(of: String(decoding: utf8[start..<index], as: UTF8.self)))
    }
  }

  /// Joins two lines as their scripts do: with a space, or with nothing between ideographs.
  private mutating func joinLines(next: UInt32) {
    guard hasBreak else { return }
    hasBreak = false
    guard var last = whole.utf8.indices.last else { return }
    while last > 0, whole.utf8[last].isUTF8Continuation { last -= 1 }
    let previous = whole.utf8.span.scalar(at: last).value
    if !(previous.isWide && next.isWide) { appendSpace() }
  }

  private mutating func add(_ utf8: ArraySlice<UInt8>, _ places: PositionMap) {
    if hasBreak { joinLines(next: utf8.first.map(UInt32.init) ?? 0x20) }
    let isLiteral = marks.last?.isLiteral ?? isLiteral
    whole.append(utf8, places, isLiteral: isLiteral)
    if let openSegment {
      segments[openSegment].text.append(utf8, places, isLiteral: isLiteral)
    }
  }

  /// A line break parts words; other codes stand within them.
  private mutating func appendSpace() {
    whole.appendSpace()
    if let openSegment { segments[openSegment].text.appendSpace() }
  }

  mutating func finish(at place: Int) { whole.place = place }
}

extension UInt8 {
  /// White space as XML has it.
  fileprivate var isXMLSpace: Bool { self == 0x20 || self == 0x09 || self == 0x0A || self == 0x0D }
}

extension UInt32 {
  /// Ideographs and full-width marks, between which no space is written.
  fileprivate var isWide: Bool {
    isHanScalar || 0x3000...0x303F ~= self || 0xFF00...0xFFEF ~= self
  }
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
