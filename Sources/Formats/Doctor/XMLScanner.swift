internal import Bitext

/// Takes an XML file apart, and goes on where it is not well-formed: each token says what is to be
/// written in its place.
struct XMLScanner {
  let window: CleanWindow
  let findings: ExchangeFindings
  /// The names of the format: what looks like another tag and is none is taken for text.
  let known: Set<String>
  /// Where the next token starts.
  private(set) var place = ExchangePlace()
  /// What must stay in memory.
  var keep: Int?
  private var reportedCleanings = -1

  /// Bytes of text in one token, of a tag, and of a comment or of data.
  static let textLimit = 1 << 17
  static let tagLimit = 1 << 18
  static let dataLimit = 1 << 24
  /// Bytes of a name: longer ones are no names.
  static let nameLimit = 1000
  /// Attributes of a tag: no format has a tenth of them.
  static let attributeLimit = 256

  init(_ window: CleanWindow, known: Set<String>, _ findings: ExchangeFindings) {
    self.window = window
    self.known = known
    self.findings = findings
    place = window.place(of: 0, from: place)
  }

  /// The next token; `nil` at the end of the file.
  mutating func next() throws(Trouble) -> XMLToken? {
    window.discard(before: keep ?? place.text)
    guard try has(place.text) else {
      reportCleanings(from: place, through: place.text)
      return nil
    }
    return finish(window[place.text] == 0x3C ? try markup() : try text())
  }

  /// The next line with its end, of a file that is read by lines; `nil` at the end of the file.
  mutating func nextLine() throws(Trouble) -> XMLToken? {
    window.discard(before: keep ?? place.text)
    guard try has(place.text) else {
      reportCleanings(from: place, through: place.text)
      return nil
    }
    let start = place.text
    let end = try find("\n", from: start, limit: Self.dataLimit)
    if end == nil, try has(start + Self.dataLimit) {
      throw Trouble(
        "a line of more than \(Self.dataLimit >> 20) MB: is this a file of its format?",
        line: place.line)
    }
    return finish(
      XMLToken(kind: .text, range: start..<(end.map { $0 + 1 } ?? window.end), place: place))
  }

  private mutating func finish(_ token: XMLToken) -> XMLToken {
    let start = place
    var token = token
    token.place = start
    place = window.place(of: token.range.upperBound, from: place)
    if !window.cleanings.isEmpty { reportCleanings(from: start, through: place.text - 1) }
    return token
  }

  /// Whether the file has a byte there; it is in memory then.
  func has(_ offset: Int) throws(Trouble) -> Bool {
    while offset >= window.end {
      if !(try window.more()) { return false }
    }
    return true
  }

  /// Whether a text stands at an offset.
  func has(_ text: StaticString, at offset: Int) throws(Trouble) -> Bool {
    let count = text.utf8CodeUnitCount
    guard try has(offset + count - 1) else { return false }
    for index in 0..<count where text.utf8Start[index] != window[offset + index] { return false }
    return true
  }

  /// Where a text is found first; `nil` when it does not come before the limit.
  func find(_ text: StaticString, from start: Int, limit: Int) throws(Trouble) -> Int? {
    let first = text.utf8Start[0]
    var offset = max(start, window.searched(for: text))
    defer { if offset > start { window.noteSearched(text, offset) } }
    while offset - start < limit, try has(offset) {
      let found = window.bytes[(offset - window.base)...].firstIndex(of: first)
      guard let found else {
        offset = window.end
        continue
      }
      offset = found + window.base
      if try has(text, at: offset) { return offset }
      offset += 1
    }
    return nil
  }

  // MARK: Findings

  func report(
    _ rule: ExchangeRule, _ range: Range<Int>, _ message: String, mending: String?
  ) {
    report(rule, range, from: place, message, mending: mending)
  }

  /// Reports what stands in memory, not before a known place.
  func report(
    _ rule: ExchangeRule, _ range: Range<Int>, from start: ExchangePlace, _ message: String,
    mending: String?
  ) {
    guard !findings.isFull(rule) else { return findings.count(rule, isMended: mending != nil) }
    let first = window.place(of: range.lowerBound, from: start)
    let last = window.place(of: range.upperBound, from: first)
    let shown = range.lowerBound..<min(range.upperBound, range.lowerBound + ExchangeFindings.quoted)
    findings.add(
      ExchangeFinding(
        rule: rule, severity: rule.severity, message: message, start: first, end: last,
        text: window.string(shown), mending: mending))
  }

  private mutating func reportCleanings(from start: ExchangePlace, through end: Int) {
    var sameplace = (text: -1, columns: 0, bytes: 0)
    let first = max(start.text, reportedCleanings + 1)
    for cleaning in window.cleanings(in: first..<max(first, end + 1)) {
      if sameplace.text != cleaning.text { sameplace = (cleaning.text, 0, 0) }
      var first = window.place(of: cleaning.text, from: start)
      first.column += sameplace.columns
      first.offset += sameplace.bytes
      var last = first
      last.column += 1
      last.offset += cleaning.removed
      sameplace.columns += 1
      sameplace.bytes += cleaning.removed
      findings.add(Self.finding(cleaning, first, last))
    }
    reportedCleanings = max(reportedCleanings, end)
  }

  private static func finding(
    _ cleaning: CleanWindow.Cleaning, _ start: ExchangePlace, _ end: ExchangePlace
  ) -> ExchangeFinding {
    guard let character = cleaning.character else {
      return ExchangeFinding(
        rule: .invalidByte, severity: .error,
        message: "bytes that the file's encoding does not allow: was it saved in another one?",
        start: start, end: end, text: "\u{FFFD}", mending: "U+FFFD put in their place")
    }
    let digits = String(character, radix: 16, uppercase: true)
    let name =
      character == 0xFF ? "U+FFFE or U+FFFF" : "U+00" + (digits.count < 2 ? "0" : "") + digits
    return ExchangeFinding(
      rule: .illegalCharacter, severity: .error,
      message: "\(name) may not stand in such a file: take it out", start: start, end: end,
      text: character == 0xFF ? "" : String(UnicodeScalar(character)), mending: "left out")
  }

  // MARK: Text

  private func text() throws(Trouble) -> XMLToken {
    let start = place.text
    let end: Int
    if let found = try find("<", from: start, limit: Self.textLimit) {
      end = found
    } else {
      end = try endOfLongText(from: start)
    }
    return textToken(start..<end)
  }

  /// Where a text may be parted whose end is not in sight.
  private func endOfLongText(from start: Int) throws(Trouble) -> Int {
    guard try has(window.end) else { return window.end }
    var end = window.end
    // The longest reference that anyone writes is far shorter.
    let tail = window[max(start + 1, end - 64)..<end]
    if let ampersand = tail.lastIndex(of: 0x26), !tail[ampersand...].contains(0x3B) {
      end = window.base + ampersand
    }
    if window[end - 1] == 0x0D || window[end - 1] == 0x5D { end -= 1 }
    return max(end, start + 1)
  }

  func textToken(_ range: Range<Int>) -> XMLToken {
    XMLToken(
      kind: .text, range: range, place: place,
      mended: mendedText(range, isAttribute: false))
  }

  /// A bracket that starts no tag, as text.
  func strayBracket(at offset: Int) -> XMLToken {
    report(
      .strayBracket, offset..<offset + 1, "“<” starts no tag here: write &lt;",
      mending: "&lt; written")
    return XMLToken(
      kind: .text, range: offset..<offset + 1, place: place, mended: Array("&lt;".utf8))
  }
}
