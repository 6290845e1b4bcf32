internal import Bitext

/// Takes units of TMX apart in the form that nearly all files have, at the speed of memory.
///
/// What it does not take may be well-formed all the same, such as CDATA, or not: then the XML parser
/// reads the file, and says what is wrong. So whatever is taken here is XML, and says what the parser
/// would say.
struct TMXScanner {
  private var tags: XMLTagScanner
  /// Whether line breaks of two bytes have been seen in the file.
  private let hasCarriageReturn: Bool
  /// The names of the inline elements that are open.
  private var open: [Range<Int>] = []

  typealias Stop = XMLTagScanner.Stop

  /// More of them within each other are left to the parser, which has a bound of its own.
  private static let deepest = 64
  /// More attributes of a tag, too.
  private static let mostAttributes = 64

  init(_ bytes: XMLBytes, at index: Int, hasCarriageReturn: Bool) {
    tags = XMLTagScanner(bytes: bytes, index: index)
    self.hasCarriageReturn = hasCarriageReturn
  }

  /// Where the scan stands.
  var index: Int { tags.index }

  private var bytes: XMLBytes { tags.bytes }

  // MARK: Between units

  enum Next { case unit, endOfBody }

  /// Goes on to what stands next in the body.
  mutating func next() throws(Stop) -> Next {
    while true {
      tags.skipBlanks()
      guard bytes[tags.index] == 0x3C else { throw Stop() }
      let word = bytes.four(at: tags.index + 1)
      if word & 0xFFFF == Mark.unit { return .unit }
      if word == Mark.bodyEnd {
        guard bytes[tags.index + 5] == 0x79 else { throw Stop() }
        try tags.takeEnd(nameLength: 4)
        return .endOfBody
      }
      try tags.takeComment()
    }
  }

  /// Goes over all that may stand behind the body, to the end of the file.
  mutating func takeEndOfFile() throws(Stop) {
    try skipBlanksAndComments()
    // "</tmx"
    guard bytes.four(at: tags.index) == 0x6D74_2F3C, bytes[tags.index + 4] == 0x78 else {
      throw Stop()
    }
    try tags.takeEnd(nameLength: 3)
    try skipBlanksAndComments()
    guard tags.index == bytes.end else { throw Stop() }
  }

  private mutating func skipBlanksAndComments() throws(Stop) {
    tags.skipBlanks()
    while tags.index < bytes.end, bytes[tags.index + 1] == 0x21 {
      try tags.takeComment()
      tags.skipBlanks()
    }
  }

  // MARK: A unit

  /// Takes the unit that starts at the index, but for its bytes: the ranges count from its start.
  mutating func takeUnit(
    into unit: inout TMXUnitBytes, _ languages: inout TMXLanguages
  ) throws(Stop) -> (startTag: Range<Int>, unit: Range<Int>) {
    let start = tags.index
    tags.index += 3
    unit.unit = try takeAttributes(into: &unit, from: start).list
    let endOfTag = tags.index
    guard try tags.takeEnding() == .open else { throw Stop() }
    while true {
      tags.skipBlanks()
      guard bytes[tags.index] == 0x3C else { throw Stop() }
      let word = bytes.four(at: tags.index + 1)
      if word == Mark.property || word == Mark.note {
        unit.unitRemarks.append(
          try takeRemark(into: &unit, isProperty: word == Mark.property, from: start))
      } else if word & 0x00FF_FFFF == Mark.variant {
        try takeVariant(into: &unit, &languages, from: start)
      } else if word & 0x00FF_FFFF == Mark.unitEnd {
        try tags.takeEnd(nameLength: 2)
        return (start..<endOfTag, start..<tags.index)
      } else {
        throw Stop()
      }
    }
  }

  private mutating func takeVariant(
    into unit: inout TMXUnitBytes, _ languages: inout TMXLanguages, from start: Int
  ) throws(Stop) {
    tags.index += 4
    let (attributes, code) = try takeAttributes(into: &unit, from: start)
    let endOfTag = tags.index
    guard try tags.takeEnding() == .open else { throw Stop() }
    let (remarkCount, inlineCount) = (unit.remarks.count, unit.inlineCount)
    var variant = TMXUnitBytes.Variant(attributes: attributes, language: 0, text: .empty)
    var hasSegment = false
    while true {
      tags.skipBlanks()
      guard bytes[tags.index] == 0x3C else { throw Stop() }
      let word = bytes.four(at: tags.index + 1)
      if word & 0x00FF_FFFF == Mark.segment, !hasSegment {
        hasSegment = true
        try takeSegment(into: &unit, &variant, from: start)
      } else if word == Mark.property || word == Mark.note {
        unit.remarks.append(
          try takeRemark(into: &unit, isProperty: word == Mark.property, from: start))
      } else if word == Mark.variantEnd {
        try tags.takeEnd(nameLength: 3)
        break
      } else {
        throw Stop()
      }
    }
    var language: Int?
    if let code { language = try languages.index(of: code, in: bytes) }
    if let language, hasSegment {
      variant.language = language
      variant.remarks = remarkCount..<unit.remarks.count
      unit.variants.append(variant)
      return
    }
    unit.inlineCount = inlineCount
    unit.remarks.removeLast(unit.remarks.count - remarkCount)
    if language == nil { unit.strayLines.append(bytes.lineFeeds(start..<endOfTag)) }
  }

  /// Takes the attributes of a tag up to its closing bracket.
  ///
  /// - Returns: which they are, and where the code of the language stands.
  @inline(__always)
  private mutating func takeAttributes(
    into unit: inout TMXUnitBytes, from start: Int
  ) throws(Stop) -> (list: TMXUnitBytes.Attributes, language: Range<Int>?) {
    let first = unit.attributes.count
    var seen: UInt32 = 0
    var language: Range<Int>?
    while bytes[tags.index].isXMLBlank {
      tags.skipBlanks()
      let byte = bytes[tags.index]
      if byte == 0x3E || byte == 0x2F { break }
      // Whether a name is new is asked of all before it.
      guard unit.attributes.count - first < Self.mostAttributes else { throw Stop() }
      let name = try tags.takeName()
      let known = TMXAttributeName(
        UnsafeBufferPointer(start: bytes.start + name.lowerBound, count: name.count))
      let bit = UInt32(1) << UInt32(known.rawValue)
      if known == .other {
        guard name.count < 5 || !bytes.startsNamespace(name),
          isNew(name, in: unit.attributes[first...], from: start)
        else { throw Stop() }
      } else if seen & bit != 0 {
        throw Stop()
      }
      seen |= bit
      let value = try tags.takeValue()
      // A language that is no plain text is left to the parser; the newer name counts.
      if known == .language || known == .lang && language == nil {
        guard value.isPlain else { throw Stop() }
        language = value.range
      }
      unit.attributes.append(
        TMXUnitBytes.Attribute(
          name: TMXUnitBytes.Piece(name.lowerBound - start..<name.upperBound - start),
          value: TMXUnitBytes.Piece(
            value.range.lowerBound - start..<value.range.upperBound - start,
            value.isPlain ? .plain : .value),
          known: known))
    }
    return (TMXUnitBytes.Attributes(first, unit.attributes.count), language)
  }

  private func isNew(
    _ name: Range<Int>, in others: ArraySlice<TMXUnitBytes.Attribute>, from start: Int
  ) -> Bool {
    for other in others where Int(other.name.count) == name.count {
      let place = start + Int(other.name.start)
      if (0..<name.count).allSatisfy({ bytes[place + $0] == bytes[name.lowerBound + $0] }) {
        return false
      }
    }
    return true
  }

  private mutating func takeRemark(
    into unit: inout TMXUnitBytes, isProperty: Bool, from start: Int
  ) throws(Stop) -> TMXUnitBytes.Remark {
    tags.index += 5
    let attributes = try takeAttributes(into: &unit, from: start).list
    var text = TMXUnitBytes.Piece.empty
    if try tags.takeEnding() == .open {
      let content = try takeText()
      text = TMXUnitBytes.Piece(
        content.range.lowerBound - start..<content.range.upperBound - start,
        content.isPlain ? .plain : .text)
      guard bytes[tags.index + 1] == 0x2F,
        bytes.four(at: tags.index + 2) == (isProperty ? Mark.property : Mark.note)
      else { throw Stop() }
      try tags.takeEnd(nameLength: 4)
    }
    return TMXUnitBytes.Remark(isProperty: isProperty, attributes: attributes, text: text)
  }

  /// Takes text up to the next tag.
  @inline(__always)
  private mutating func takeText() throws(Stop) -> (range: Range<Int>, isPlain: Bool) {
    let start = tags.index
    var isPlain = true
    while true {
      tags.index = bytes.markup(from: tags.index)
      switch bytes[tags.index] {
      case 0x3C:
        let range = start..<tags.index
        if hasCarriageReturn, isPlain { isPlain = !bytes.hasCarriageReturn(in: range) }
        return (range, isPlain)
      case 0x26:
        isPlain = false
        try tags.takeReference()
      default:
        // The end of CDATA must not stand alone.
        if bytes[tags.index - 1] == 0x5D, bytes[tags.index - 2] == 0x5D { throw Stop() }
        tags.index += 1
      }
    }
  }

  // MARK: A segment

  private mutating func takeSegment(
    into unit: inout TMXUnitBytes, _ variant: inout TMXUnitBytes.Variant, from start: Int
  ) throws(Stop) {
    tags.index += 4
    // A segment has no attributes.
    tags.skipBlanks()
    if try tags.takeEnding() == .empty { return }
    let contentStart = tags.index
    let inlineCount = unit.inlineCount
    var isPlain = true
    open.removeAll(keepingCapacity: true)
    while true {
      let text = try takeText()
      isPlain = isPlain && text.isPlain
      if bytes[tags.index + 1] != 0x2F {
        try takeInlineStart(into: &unit)
      } else if let name = open.popLast() {
        try takeInlineEnd(name)
      } else {
        break
      }
    }
    guard bytes.four(at: tags.index + 2) & 0x00FF_FFFF == Mark.segment else { throw Stop() }
    let content = contentStart - start..<tags.index - start
    try tags.takeEnd(nameLength: 3)
    if unit.inlineCount > inlineCount {
      variant.text = TMXUnitBytes.Piece(content, .inline)
      variant.markup = TMXUnitBytes.Piece(content)
    } else {
      variant.text = TMXUnitBytes.Piece(content, isPlain ? .plain : .text)
    }
  }

  private mutating func takeInlineStart(into unit: inout TMXUnitBytes) throws(Stop) {
    tags.index += 1
    let name = try tags.takeName()
    // Inline elements stand in the segment's bytes: their attributes are looked at and forgotten.
    let (first, start) = (unit.attributes.count, tags.index)
    _ = try takeAttributes(into: &unit, from: start)
    for attribute in unit.attributes[first...]
    where attribute.known == .type && attribute.value.form != .plain {
      throw Stop()
    }
    unit.attributes.removeLast(unit.attributes.count - first)
    unit.inlineCount += 1
    if try tags.takeEnding() == .open {
      guard open.count < Self.deepest else { throw Stop() }
      open.append(name)
    }
  }

  private mutating func takeInlineEnd(_ name: Range<Int>) throws(Stop) {
    for offset in 0..<name.count
    where bytes[tags.index + 2 + offset] != bytes[name.lowerBound + offset] {
      throw Stop()
    }
    try tags.takeEnd(nameLength: name.count)
  }
}

/// What tags start with, the first letter lowest.
private enum Mark {
  static let unit: UInt32 = 0x7574
  static let unitEnd: UInt32 = 0x75_742F
  static let variant: UInt32 = 0x76_7574
  static let variantEnd: UInt32 = 0x7675_742F
  static let segment: UInt32 = 0x67_6573
  static let property: UInt32 = 0x706F_7270
  static let note: UInt32 = 0x6574_6F6E
  /// Without its last letter.
  static let bodyEnd: UInt32 = 0x646F_622F
}
