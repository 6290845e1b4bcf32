internal import Bitext
internal import Segmentation

/// The text of a paragraph of reStructuredText, whose lines may stand apart in the file, without the
/// marks of its inline markup.
struct ReStructuredTextInline {
  private var text: [UInt8] = []
  /// Leads from ``text`` to the document.
  private var places = PositionMap()
  private let kind: BlockKind
  /// The kinds of marks that are not closed any more from here on: they are not looked for again, so
  /// that time stays in proportion to the text.
  private var unclosed: Set<UInt8> = []
  /// What was read of the text.
  private var index = 0
  /// Where the run of plain text began.
  private var runStart = 0

  init(_ source: [UInt8], _ slices: [Range<Int>], _ kind: BlockKind) {
    self.kind = kind
    for slice in slices where !slice.isEmpty {
      if !text.isEmpty { text.append(0x0A) }
      places.append(text: text.count, source: slice.lowerBound, count: slice.count)
      text += source[slice]
    }
  }

  /// Appends the text to an open block, or opens one.
  func append(to builder: inout ProseBuilder) {
    var reader = self
    reader.read(&builder)
  }

  private mutating func read(_ builder: inout ProseBuilder) {
    while index < text.count {
      let isRead =
        switch text[index] {
        case UInt8(ascii: "\\"): readEscape(&builder)
        case UInt8(ascii: "`"): readBackquote(&builder)
        case UInt8(ascii: ":"): readRole(&builder)
        case UInt8(ascii: "*"): readEmphasis(&builder)
        case UInt8(ascii: "|"): readSubstitution(&builder)
        case UInt8(ascii: "_"): readReference(&builder)
        case UInt8(ascii: "["): readFootnoteMark(&builder)
        default: false
        }
      if !isRead { index += 1 }
    }
    endRun(&builder)
  }

  // MARK: - Output

  /// Hands over the plain text up to the next byte.
  private mutating func endRun(_ builder: inout ProseBuilder) {
    append(runStart..<index, &builder)
    runStart = index
  }

  private func append(
    _ range: Range<Int>, isLiteral: Bool = false, _ builder: inout ProseBuilder
  ) {
    var start = range.lowerBound
    while start < range.upperBound {
      var end = start
      while end < range.upperBound, text[end] != 0x0A { end += 1 }
      if end > start {
        builder.appendFlowing(places.source(start..<end), in: kind, isLiteral: isLiteral)
      }
      if end < range.upperBound { builder.addBreak() }
      start = end + 1
    }
  }

  /// Steps over markup whose text is a part of it.
  private mutating func take(
    to end: Int, text inner: Range<Int>, isLiteral: Bool, _ builder: inout ProseBuilder
  ) {
    endRun(&builder)
    if isLiteral {
      append(inner, isLiteral: true, &builder)
    } else {
      appendUnescaped(inner, &builder)
    }
    index = end
    runStart = end
  }

  /// Appends text without its backslashes.
  private func appendUnescaped(_ range: Range<Int>, _ builder: inout ProseBuilder) {
    var start = range.lowerBound
    var index = start
    while index < range.upperBound {
      guard text[index] == UInt8(ascii: "\\") else {
        index += 1
        continue
      }
      append(start..<index, &builder)
      index += 1
      start = index
      if index < range.upperBound {
        if text[index].isMarkupSpace { start += 1 }
        index += 1
      }
    }
    append(start..<range.upperBound, &builder)
  }

  // MARK: - Marks

  /// A backslash: before white space it joins what stands around, else it makes a mark a character.
  private mutating func readEscape(_ builder: inout ProseBuilder) -> Bool {
    endRun(&builder)
    index += 1
    runStart = index
    if index < text.count {
      if text[index].isMarkupSpace { runStart += 1 }
      index += 1
    }
    return true
  }

  /// ``` ``code`` ```, `` `text <target>`_ ``, `` `text` `` and `` `text`:role: ``.
  private mutating func readBackquote(_ builder: inout ProseBuilder) -> Bool {
    if index + 1 < text.count, text[index + 1] == UInt8(ascii: "`") {
      guard !isQuoted(index..<index + 2), let end = codeEnd(from: index + 2) else {
        index += 2
        return true
      }
      take(to: end + 2, text: index + 2..<end, isLiteral: true, &builder)
      return true
    }
    return readInterpreted(from: index, role: nil, &builder)
  }

  /// `` :role:`text` ``
  private mutating func readRole(_ builder: inout ProseBuilder) -> Bool {
    // Longer ones are no names.
    let longest = 60
    var end = index + 1
    while end < text.count, end - index <= longest, isRoleByte(text[end]) { end += 1 }
    guard end > index + 2, end < text.count, text[end] == UInt8(ascii: "`"),
      text[end - 1] == UInt8(ascii: ":")
    else { return false }
    let name = String(decoding: text[index + 1..<end - 1], as: UTF8.self)
    return readInterpreted(from: end, role: name, &builder)
  }

  private func isRoleByte(_ byte: UInt8) -> Bool {
    byte.isASCIILetter || byte.isASCIIDigit || "-_.+:".utf8.contains(byte)
  }

  private mutating func readInterpreted(
    from open: Int, role prefix: String?, _ builder: inout ProseBuilder
  ) -> Bool {
    let isTarget = prefix == nil && open > 0 && text[open - 1] == UInt8(ascii: "_")
    guard open + 1 < text.count, !text[open + 1].isMarkupSpace,
      !isQuoted((isTarget ? open - 1 : open)..<open + 1),
      let close = closing(UInt8(ascii: "`"), from: open + 1), close > open + 1
    else { return false }
    var end = close + 1
    var role = prefix
    if role == nil, end < text.count, text[end] == UInt8(ascii: ":") {
      var last = end + 1
      while last < text.count, isRoleByte(text[last]), text[last] != UInt8(ascii: ":") { last += 1 }
      if last > end + 1, last < text.count, text[last] == UInt8(ascii: ":") {
        role = String(decoding: text[end + 1..<last], as: UTF8.self)
        end = last + 1
      }
    }
    let isReference = role == nil && end < text.count && text[end] == UInt8(ascii: "_")
    while end < text.count, isReference, text[end] == UInt8(ascii: "_") { end += 1 }
    // The underscore of an inline target stands in front.
    if role == nil, open > runStart, text[open - 1] == UInt8(ascii: "_") {
      dropBefore(open, &builder)
    }
    let inner = open + 1..<close
    let title = titleEnd(inner)
    let shown = inner.lowerBound..<(title ?? inner.upperBound)
    let isLiteral = role.map { isCode($0, shown, hasTitle: title != nil) } ?? false
    take(to: end, text: shown, isLiteral: isLiteral, &builder)
    return true
  }

  private mutating func dropBefore(_ open: Int, _ builder: inout ProseBuilder) {
    index = open - 1
    endRun(&builder)
    index = open
    runStart = open
  }

  /// Where the title ends in `title <target>`.
  private func titleEnd(_ range: Range<Int>) -> Int? {
    guard range.count >= 3, text[range.upperBound - 1] == UInt8(ascii: ">") else { return nil }
    guard let open = text[range].lastIndex(of: UInt8(ascii: "<")) else { return nil }
    var end = open
    while end > range.lowerBound, text[end - 1].isMarkupSpace { end -= 1 }
    return end > range.lowerBound ? end : nil
  }

  /// Roles whose text a reader reads as it stands.
  private static let proseRoles: Set<String> = [
    "term", "abbr", "emphasis", "strong", "title-reference", "title", "subscript", "superscript",
    "sub", "sup", "dfn", "guilabel", "menuselection", "index", "t", "abbreviation", "small",
  ]

  /// Roles that show code even under a title.
  private static let codeRoles: Set<String> = [
    "code", "math", "samp", "file", "kbd", "raw", "literal", "command", "program", "regexp",
  ]

  /// Whether the text of a role is code, or a name that something else is put in for.
  private func isCode(_ role: String, _ shown: Range<Int>, hasTitle: Bool) -> Bool {
    let name = role.split(separator: ":").last.map(String.init) ?? role
    if Self.proseRoles.contains(name) { return false }
    if Self.codeRoles.contains(name) || !hasTitle { return true }
    // `:func:` and others have titles such as "open()".
    return text[shown].allSatisfy { $0 < 0x80 && !$0.isMarkupSpace } && !isLink(name)
  }

  private func isLink(_ name: String) -> Bool {
    ["ref", "doc", "numref", "any", "download"].contains(name)
  }

  /// `*text*` and `**text**`
  private mutating func readEmphasis(_ builder: inout ProseBuilder) -> Bool {
    let mark = UInt8(ascii: "*")
    let isStrong = index + 1 < text.count && text[index + 1] == mark
    let inner = index + (isStrong ? 2 : 1)
    guard inner < text.count, !text[inner].isMarkupSpace, mayOpen(at: index),
      !isQuoted(index..<inner)
    else {
      index = inner
      return true
    }
    guard let end = emphasisEnd(from: inner, isStrong: isStrong) else {
      index = inner
      return true
    }
    endRun(&builder)
    appendUnescaped(inner..<end, &builder)
    index = end + (isStrong ? 2 : 1)
    runStart = index
    return true
  }

  private mutating func emphasisEnd(from start: Int, isStrong: Bool) -> Int? {
    let mark = UInt8(ascii: "*")
    let key: UInt8 = isStrong ? 2 : 1
    guard !unclosed.contains(key) else { return nil }
    var end = start + 1
    while end < text.count {
      if text[end] == UInt8(ascii: "\\") {
        end += 2
        continue
      }
      if text[end] == mark, !text[end - 1].isMarkupSpace {
        let isDouble = end + 1 < text.count && text[end + 1] == mark
        let after = end + (isStrong ? 2 : 1)
        if isDouble == isStrong, after >= text.count || mayFollow(text[after]) { return end }
        if isDouble { end += 1 }
      }
      end += 1
    }
    unclosed.insert(key)
    return nil
  }

  /// `|name|`
  private mutating func readSubstitution(_ builder: inout ProseBuilder) -> Bool {
    // Longer ones are text between two bars.
    let longest = 80
    guard mayOpen(at: index), index + 2 < text.count, !text[index + 1].isMarkupSpace,
      !isQuoted(index..<index + 1)
    else { return false }
    var end = index + 1
    while end < text.count, end - index <= longest, text[end] != UInt8(ascii: "|"),
      text[end] != 0x0A
    {
      end += 1
    }
    guard end < text.count, text[end] == UInt8(ascii: "|"), end > index + 1,
      !text[end - 1].isMarkupSpace
    else { return false }
    let name = index..<end + 1
    end += 1
    while end < text.count, text[end] == UInt8(ascii: "_") { end += 1 }
    take(to: end, text: name, isLiteral: true, &builder)
    return true
  }

  /// The underscore behind `word_`.
  private mutating func readReference(_ builder: inout ProseBuilder) -> Bool {
    var end = index
    while end < text.count, text[end] == UInt8(ascii: "_") { end += 1 }
    guard end - index <= 2, index > runStart, startsName(before: index),
      end == text.count || mayFollow(text[end])
    else {
      index = end
      return true
    }
    endRun(&builder)
    index = end
    runStart = end
    return true
  }

  /// `[1]_`, `[#name]_`, `[Knuth84]_`
  private mutating func readFootnoteMark(_ builder: inout ProseBuilder) -> Bool {
    // Labels are words.
    let longest = 40
    var end = index + 1
    while end < text.count, end - index <= longest,
      isNameByte(text[end]) || "#*-.+:_".utf8.contains(text[end])
    {
      end += 1
    }
    guard end > index + 1, end + 1 < text.count, text[end] == UInt8(ascii: "]"),
      text[end + 1] == UInt8(ascii: "_")
    else { return false }
    take(to: end + 2, text: index..<index, isLiteral: false, &builder)
    return true
  }

  // MARK: - Rules of recognition

  /// Whether what ends at a byte can be the name of a reference: `__init__` is none.
  private func startsName(before end: Int) -> Bool {
    // Longer ones are taken for names.
    let longest = 60
    guard isNameByte(text[end - 1]) else { return false }
    var start = end - 1
    while start > runStart, end - start < longest,
      isNameByte(text[start - 1]) || text[start - 1] == UInt8(ascii: "_")
    {
      start -= 1
    }
    return text[start] != UInt8(ascii: "_")
  }

  /// A mark in quotes or brackets of its own is spoken of, and marks nothing.
  private func isQuoted(_ mark: Range<Int>) -> Bool {
    guard mark.lowerBound > 0, mark.upperBound < text.count else { return false }
    let pairs: [(UInt8, UInt8)] = [
      (0x22, 0x22), (0x27, 0x27), (0x28, 0x29), (0x5B, 0x5D), (0x3C, 0x3E),
    ]
    let (before, after) = (text[mark.lowerBound - 1], text[mark.upperBound])
    return pairs.contains { $0 == before && $1 == after }
  }

  private func isNameByte(_ byte: UInt8) -> Bool {
    byte.isASCIILetter || byte.isASCIIDigit || byte >= 0x80
  }

  /// Inline markup starts behind white space or what opens something.
  private func mayOpen(at index: Int) -> Bool {
    guard index > 0 else { return true }
    let before = text[index - 1]
    return before >= 0x80 || before.isMarkupSpace || "-:/'\"<([{".utf8.contains(before)
  }

  /// And it ends before white space or punctuation.
  private func mayFollow(_ byte: UInt8) -> Bool {
    !byte.isASCIILetter && !byte.isASCIIDigit && byte != UInt8(ascii: "*")
  }

  private mutating func closing(_ mark: UInt8, from start: Int) -> Int? {
    guard !unclosed.contains(mark) else { return nil }
    var end = start
    while end < text.count, text[end] != mark {
      end += text[end] == UInt8(ascii: "\\") ? 2 : 1
    }
    if end < text.count { return end }
    unclosed.insert(mark)
    return nil
  }

  private mutating func codeEnd(from start: Int) -> Int? {
    guard !unclosed.contains(0) else { return nil }
    var end = start
    while end + 1 < text.count {
      if text[end] == UInt8(ascii: "`"), text[end + 1] == UInt8(ascii: "`") {
        // The last two of a longer row close.
        while end + 2 < text.count, text[end + 2] == UInt8(ascii: "`") { end += 1 }
        return end
      }
      end += 1
    }
    unclosed.insert(0)
    return nil
  }
}
