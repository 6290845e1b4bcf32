internal import Bitext

/// Tags, comments, data, instructions and the DOCTYPE.
extension XMLScanner {
  func markup() throws(Trouble) -> XMLToken {
    let start = place.text
    guard try has(start + 1) else { return strayBracket(at: start) }
    switch window[start + 1] {
    case 0x21: return try declaration(start)
    case 0x3F: return try instruction(start)
    case 0x2F: return try endTag(start)
    case let byte where byte.isXMLNameStart: return try startTag(start)
    default: return strayBracket(at: start)
    }
  }

  private func declaration(_ start: Int) throws(Trouble) -> XMLToken {
    if try has("<!--", at: start) {
      guard let end = try find("-->", from: start + 4, limit: Self.dataLimit) else {
        return unended(start, "the comment has no end: write -->")
      }
      return comment(start..<end + 3)
    }
    if try has("<![CDATA[", at: start) {
      guard let end = try find("]]>", from: start + 9, limit: Self.dataLimit) else {
        return unended(start, "the CDATA section has no end: write ]]>")
      }
      return XMLToken(kind: .data, range: start..<end + 3, place: place)
    }
    if !window.hasOpenDoctype, try has("<!DOCTYPE", at: start) { return try doctype(start) }
    return strayBracket(at: start)
  }

  private func unended(_ start: Int, _ message: String) -> XMLToken {
    report(.brokenComment, start..<start + 1, message, mending: "kept as text, &lt;")
    return XMLToken(
      kind: .text, range: start..<start + 1, place: place, mended: Array("&lt;".utf8))
  }

  private func comment(_ range: Range<Int>) -> XMLToken {
    let inner = window[range.lowerBound + 4..<range.upperBound - 3]
    var token = XMLToken(kind: .comment, range: range, place: place)
    let text = String(decoding: inner, as: UTF8.self)
    guard text.utf8.contains(0x2D), text.hasSuffix("-") || text.hasDoubleHyphen else {
      return token
    }
    report(
      .brokenComment, range, "“--” may not stand in a comment: part the hyphens",
      mending: "the hyphens parted")
    token.mended = Array("<!--\(text.withPartedHyphens)-->".utf8)
    return token
  }

  private func instruction(_ start: Int) throws(Trouble) -> XMLToken {
    guard let end = try find("?>", from: start + 2, limit: Self.tagLimit) else {
      return unended(start, "the instruction has no end: write ?>")
    }
    let range = start..<end + 2
    let name = try name(at: start + 2)
    let target = window.string(name)
    var token = XMLToken(kind: .instruction, name: target, range: range, place: place)
    if target == "xml" {
      token.kind = .declaration
      check(&token)
    } else if name.isEmpty || target.lowercased() == "xml"
      || name.upperBound != end && !window[name.upperBound].isMarkupBlank
    {
      report(
        .brokenComment, range, "an instruction starts with a name of its own: take it out",
        mending: "left out")
      token.mended = []
    }
    return token
  }

  /// Skips declarations in square brackets, and quoted text.
  private func doctype(_ start: Int) throws(Trouble) -> XMLToken {
    var offset = start + 9
    var brackets = 0
    var subset: Int?
    var quote: UInt8?
    while offset - start < Self.tagLimit, try has(offset) {
      let byte = window[offset]
      if let open = quote {
        if byte == open { quote = nil }
      } else {
        switch byte {
        case 0x22, 0x27: quote = byte
        case 0x5B:
          brackets += 1
          subset = subset ?? offset
        case 0x5D: brackets -= 1
        case 0x3E where brackets <= 0: return doctype(start..<offset + 1, subset: subset)
        default: break
        }
      }
      offset += 1
    }
    window.hasOpenDoctype = true
    return unended(start, "the DOCTYPE has no end: write >")
  }

  private func doctype(_ range: Range<Int>, subset: Int?) -> XMLToken {
    var token = XMLToken(kind: .doctype, range: range, place: place)
    guard let subset else {
      check(doctype: &token)
      return token
    }
    report(
      .entityDeclaration, subset..<range.upperBound - 1,
      "declarations in the file are never read, nor entities expanded: take them out",
      mending: "left out")
    var head = window.string(range.lowerBound..<subset)
    while head.last == " " || head.last == "\n" || head.last == "\t" { head.removeLast() }
    token.mended = Array((head + ">").utf8)
    if !(head + ">").isDoctype { token.mended = [] }
    return token
  }

  private func endTag(_ start: Int) throws(Trouble) -> XMLToken {
    let range = try name(at: start + 2)
    guard !range.isEmpty else { return strayBracket(at: start) }
    let name = window.string(range)
    var offset = range.upperBound
    while try has(offset), window[offset].isMarkupBlank { offset += 1 }
    if try has(offset), window[offset] == 0x3E {
      return XMLToken(kind: .end, name: name, range: start..<offset + 1, place: place)
    }
    guard try has(offset) else { return cutTag(start) }
    guard known.contains(name.lowercased()) else { return strayBracket(at: start) }
    // Whatever stands in it up to its bracket is no text.
    while try has(offset), window[offset] != 0x3E, window[offset] != 0x3C { offset += 1 }
    if try has(offset), window[offset] == 0x3E { offset += 1 }
    report(
      .brokenTag, start..<offset, "the end tag is not formed as </\(name)>", mending: "mended")
    return XMLToken(
      kind: .end, name: name, range: start..<offset, place: place,
      mended: Array("</\(name)>".utf8))
  }

  /// A tag in which the file ends.
  func cutTag(_ start: Int) -> XMLToken {
    report(
      .truncated, start..<window.end, "the file breaks off in this tag",
      mending: "left out")
    return XMLToken(kind: .text, range: start..<window.end, place: place, mended: [])
  }

  /// The bytes of a name that starts there; none where none does.
  func name(at start: Int) throws(Trouble) -> Range<Int> {
    guard try has(start), window[start].isXMLNameStart else { return start..<start }
    var end = start + 1
    while end - start <= Self.nameLimit, try has(end), window[end].isXMLNamePart { end += 1 }
    return end - start > Self.nameLimit ? start..<start : start..<end
  }
}

extension String {
  fileprivate var hasDoubleHyphen: Bool {
    var last: UInt8 = 0
    for byte in utf8 {
      if byte == 0x2D, last == 0x2D { return true }
      last = byte
    }
    return false
  }

  /// A text as it may stand in a comment.
  var withPartedHyphens: String {
    var result = ""
    for character in unicodeScalars {
      if character == "-", result.hasSuffix("-") { result += " " }
      result.unicodeScalars.append(character)
    }
    return result.hasSuffix("-") ? result + " " : result
  }
}
