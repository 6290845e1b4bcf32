internal import Bitext

/// Start tags, with whatever people forget in them.
extension XMLScanner {
  /// A start tag as it is read.
  private struct TagReading {
    var token: XMLToken
    var offset: Int
    var isKnown: Bool
    /// What was wrong, and where it was first.
    var fault: (message: String, at: Range<Int>)?
    var isChanged = false

    mutating func fail(_ message: String, _ range: Range<Int>) {
      if fault == nil { fault = (message, range) }
      isChanged = true
    }
  }

  /// How a tag ends.
  private enum TagEnd {
    case whole, cut, none
  }

  func startTag(_ start: Int) throws(Trouble) -> XMLToken {
    let name = try name(at: start + 1)
    guard !name.isEmpty else { return strayBracket(at: start) }
    let text = window.string(name)
    var tag = TagReading(
      token: XMLToken(kind: .start, name: text, range: start..<start, place: place),
      offset: name.upperBound, isKnown: known.contains(text.lowercased()))
    switch try readTag(&tag, start) {
    case .none: return strayBracket(at: start)
    case .cut: return cutTag(start)
    case .whole: break
    }
    tag.token.range = start..<tag.offset
    if let fault = tag.fault { report(.brokenTag, fault.at, fault.message, mending: "mended") }
    dropDuplicates(&tag)
    if tag.isChanged {
      tag.token.mended = XMLToken.tag(
        text, tag.token.attributes, isEmpty: tag.token.kind == .empty)
    }
    return tag.token
  }

  private func readTag(_ tag: inout TagReading, _ start: Int) throws(Trouble) -> TagEnd {
    var hasSpace = false
    while try has(tag.offset) {
      guard tag.offset - start < Self.tagLimit else { return .none }
      let byte = window[tag.offset]
      let here = tag.offset..<tag.offset + 1
      switch byte {
      case _ where byte.isMarkupBlank:
        hasSpace = true
        tag.offset += 1
        continue
      case 0x3E:
        tag.offset += 1
        return .whole
      case 0x2F where try has("/>", at: tag.offset):
        tag.token.kind = .empty
        tag.offset += 2
        return .whole
      case 0x3C:
        guard tag.isKnown else { return .none }
        tag.fail("the tag has no “>”", start..<tag.offset)
        return .whole
      case _ where byte.isXMLNameStart:
        let isNamed = try readAttribute(&tag, hasSpace: hasSpace)
        guard isNamed else { return try has(tag.offset) ? .none : .cut }
      default:
        guard tag.isKnown else { return .none }
        tag.fail("“\(window.string(here))” has no place in a tag", here)
        tag.offset += 1
      }
      hasSpace = false
    }
    return .cut
  }

  /// - Returns: `false` where it is none, and the tag is text.
  private func readAttribute(_ tag: inout TagReading, hasSpace: Bool) throws(Trouble) -> Bool {
    let name = try name(at: tag.offset)
    guard !name.isEmpty else { return false }
    let text = window.string(name)
    if !hasSpace { tag.fail("no space before “\(text)”", name) }
    var offset = name.upperBound
    while try has(offset), window[offset].isMarkupBlank { offset += 1 }
    guard try has(offset), window[offset] == 0x3D else {
      guard tag.isKnown, try has(offset) else {
        tag.offset = offset
        return false
      }
      tag.fail("the attribute “\(text)” has no value", name)
      tag.offset = name.upperBound
      return true
    }
    offset += 1
    while try has(offset), window[offset].isMarkupBlank { offset += 1 }
    tag.offset = offset
    guard try has(offset) else { return false }
    let quote = window[offset]
    let value: Range<Int>
    if quote == 0x22 || quote == 0x27 {
      guard let found = try quoted(&tag, quote, text) else { return false }
      value = found
    } else {
      value = try unquoted(&tag, text)
    }
    append(&tag, text, value, name.lowerBound, quote == 0x27 ? 0x27 : 0x22)
    return true
  }

  private func append(
    _ tag: inout TagReading, _ name: String, _ value: Range<Int>, _ start: Int, _ quote: UInt8
  ) {
    guard tag.token.attributes.count < Self.attributeLimit else {
      return tag.fail("more than \(Self.attributeLimit) attributes", start..<tag.offset)
    }
    let mended = mendedText(value, isAttribute: true)
    if mended != nil { tag.isChanged = true }
    var text = mended.map { String(decoding: $0, as: UTF8.self) } ?? window.string(value)
    // A value that stood without marks may hold some.
    if quote == 0x22 { text = text.replacing("\"", with: "&quot;") }
    tag.token.attributes.append(
      XMLTokenAttribute(
        name: name, value: text, quote: quote,
        range: start..<tag.offset, valueRange: value))
  }

  /// A value in quotation marks. One that runs into the next tag has lost its second mark.
  private func quoted(
    _ tag: inout TagReading, _ quote: UInt8, _ name: String
  ) throws(Trouble) -> Range<Int>? {
    let start = tag.offset + 1
    var offset = start
    var bracket: Int?
    while offset - start < Self.tagLimit, try has(offset) {
      let byte = window[offset]
      if byte == quote {
        tag.offset = offset + 1
        return start..<offset
      }
      if byte == 0x3E, bracket == nil { bracket = offset }
      if byte == 0x3C, bracket != nil { break }
      offset += 1
    }
    guard var end = bracket else {
      tag.offset = offset
      return nil
    }
    if end > start, window[end - 1] == 0x2F { end -= 1 }
    tag.fail("the value of “\(name)” has no second quotation mark", start - 1..<end)
    tag.offset = end
    return start..<end
  }

  private func unquoted(_ tag: inout TagReading, _ name: String) throws(Trouble) -> Range<Int> {
    let start = tag.offset
    while try has(tag.offset) {
      let byte = window[tag.offset]
      if byte.isMarkupBlank || byte == 0x3E || byte == 0x3C { break }
      if byte == 0x2F, try has("/>", at: tag.offset) { break }
      tag.offset += 1
    }
    tag.fail("the value of “\(name)” stands without quotation marks", start..<tag.offset)
    return start..<tag.offset
  }

  private func dropDuplicates(_ tag: inout TagReading) {
    let attributes = tag.token.attributes
    guard attributes.count > 1 else { return }
    var kept: [XMLTokenAttribute] = []
    for attribute in attributes {
      guard kept.contains(where: { $0.name == attribute.name }) else {
        kept.append(attribute)
        continue
      }
      report(
        .duplicateAttribute, attribute.range,
        "“\(attribute.name)” stands in the tag twice: keep one", mending: "the first one kept")
      tag.isChanged = true
    }
    tag.token.attributes = kept
  }
}
