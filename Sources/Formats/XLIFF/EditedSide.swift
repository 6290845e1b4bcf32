internal import Bitext
internal import Segmentation

/// A `source`, `seg-source` or `target` with the bytes that it and its codes are in the file.
struct EditedSide {
  /// A stretch between marks of a segment.
  struct Segment {
    let tag: XMLTag
    var content: Range<Int>
    /// Behind the end tag.
    var end: Int
    var codes: [InlineCode] = []
  }

  let tag: XMLTag
  let attributes: XMLAttributes
  let line: Int
  /// Between the tags.
  private(set) var content: Range<Int>
  /// Behind the end tag.
  private(set) var end: Int
  private(set) var text: XLIFFSide
  private(set) var codes: [InlineCode] = []
  private(set) var segments: [Segment] = []

  private enum Inline {
    /// Text stands between its tags.
    case transparent(XMLTag)
    case code(start: Int, offset: (whole: Int, segment: Int), InlineCode.Effect)
    case withinCode
    case segment
  }

  private var open: [Inline] = []
  private var openSegment: Int?

  init(_ tag: XMLTag, _ attributes: XMLAttributes, line: Int, isPreserved: Bool) {
    self.tag = tag
    self.attributes = attributes
    self.line = line
    content = tag.end..<tag.end
    end = tag.end
    text = XLIFFSide(isLiteral: false, isPreserved: isPreserved, at: tag.range.lowerBound)
  }

  /// What the segment with a number in the side says.
  func segmentText(_ index: Int) -> PlacedText { text.segments[index].text }

  private var isInCode: Bool {
    switch open.last {
    case .code, .withinCode: true
    default: false
    }
  }

  private var offset: (whole: Int, segment: Int) {
    (text.whole.utf8.count, openSegment.map { text.segments[$0].text.utf8.count } ?? 0)
  }

  mutating func start(_ name: String, _ attributes: XMLAttributes, _ tag: XMLTag) {
    let (place, wasInCode, count) = (offset, isInCode, text.segments.count)
    text.start(name, attributes, at: tag.range.lowerBound)
    if wasInCode {
      open.append(.withinCode)
    } else if text.segments.count > count {
      openSegment = count
      segments.append(Segment(tag: tag, content: tag.end..<tag.end, end: tag.end))
      open.append(.segment)
    } else if XLIFFSide.transparent.contains(name) {
      add(
        tag.range.lowerBound..<tag.end, place, tag.isEmpty ? .none : .open(key: "tag \(open.count)")
      )
      open.append(.transparent(tag))
    } else {
      open.append(
        .code(
          start: tag.range.lowerBound, offset: place, InlineCode.Effect(of: name, attributes)))
    }
  }

  mutating func append(_ piece: String, _ place: XMLFile.Place) { text.append(piece, place) }

  /// - Parameter range: the bytes of the end tag; of an empty element those of its only tag.
  mutating func end(_ range: Range<Int>) {
    text.end(at: range.lowerBound)
    switch open.popLast() {
    case .transparent(let tag)?:
      if !tag.isEmpty { add(range, offset, .close(key: "tag \(open.count)")) }
    case .code(let start, let offset, let effect)?:
      add(start..<range.upperBound, offset, effect)
    case .segment?:
      if let index = openSegment {
        if !segments[index].tag.isEmpty {
          segments[index].content = segments[index].tag.end..<range.lowerBound
        }
        segments[index].end = range.upperBound
      }
      openSegment = nil
    case .withinCode?, nil: break
    }
  }

  private mutating func add(
    _ range: Range<Int>, _ offset: (whole: Int, segment: Int), _ effect: InlineCode.Effect
  ) {
    codes.append(InlineCode(offset: offset.whole, range: range, effect: effect))
    if let openSegment {
      segments[openSegment].codes.append(
        InlineCode(offset: offset.segment, range: range, effect: effect))
    }
  }

  mutating func finish(_ range: Range<Int>) {
    text.finish(at: range.lowerBound)
    if !tag.isEmpty { content = tag.end..<range.lowerBound }
    end = range.upperBound
  }
}
