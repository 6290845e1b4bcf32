internal import Bitext
internal import Segmentation

/// Fills the empty targets of XLIFF 1.2 and 2.x.
///
/// Nothing is written anew: each change is a stretch of the file's bytes, so that all others stay
/// as they are.
struct XLIFFEditor {
  /// An open element, with what it says of its content or what holds it does.
  struct Element: XLIFFElement {
    var role: XLIFFRole
    var isTranslated = true
    var isPreserved = false
  }

  let file: String
  private let bytes: [UInt8]
  let text: DecodedText
  let filler: any TargetFiller
  var edits = ByteEdits()
  /// What `<xliff>` says of its version.
  private(set) var version = ""
  private var path: [Element] = []
  /// Of `<xliff>` in XLIFF 2 and of `<file>` in 1.2.
  private var common: WantedLanguages = (nil, nil)
  private var declared: WantedLanguages = (nil, nil)
  private var languageTag: (tag: XMLTag, line: Int)?
  /// What the filler makes of the languages that are declared, once it was asked.
  private var known: FillLanguages??
  /// The document that the file that is open says it is of.
  private var original: String?
  private var unit: EditedUnit?
  private var side: EditedSide?
  private var sideName = ""

  init(_ bytes: [UInt8], file: String, filler: any TargetFiller) throws(Trouble) {
    self.bytes = bytes
    self.file = file
    self.filler = filler
    if bytes.isEmpty {
      throw Trouble("is empty: such a file starts with <xliff>", file: file)
    }
    if let encoding = declaredXMLEncoding(bytes) {
      text = try decodeText(bytes, file: file, encoding: encoding)
    } else {
      let start = bytes.starts(with: Self.mark) ? Self.mark.count : 0
      let utf8 = start == 0 ? bytes : Array(bytes[start...])
      text = DecodedText(
        utf8: utf8, encoding: "UTF-8", positions: PositionMap(verbatim: utf8.count, at: start))
    }
  }

  /// The byte order mark of UTF-8.
  private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
  /// Bytes that are parsed at a time: the events of a piece are held together.
  private static let piece = 1 << 16
  /// Nobody asks for what was read: the whole text is at hand.
  private let window = XMLWindow()

  /// - Throws: `Trouble` for what is not well-formed or no XLIFF, and what the filler throws.
  mutating func fill() throws -> FilledFile {
    var reader = try XMLReader(file: file)
    var start = 0
    let count = text.utf8.count
    while start < count {
      let end = min(start + Self.piece, count)
      try reader.feedPlaced(text.utf8[start..<end], isLast: false) { try take($0, $1) }
      start = end
    }
    try reader.feedPlaced(EmptyCollection(), isLast: true) { try take($0, $1) }
    guard !edits.isEmpty else { return FilledFile(bytes: bytes, isChanged: false) }
    let changed = try edits.applied(to: bytes, text, name: file) { "&#\($0.value);" }
    return FilledFile(bytes: changed, isChanged: true)
  }

  private mutating func take(_ event: XMLEvent, _ range: Range<Int>) throws {
    switch event {
    case .start(let name, let attributes, let line):
      let tag = XMLTag(endingAt: range.upperBound, in: text.utf8)
      try start(name.withoutXMLPrefix, attributes, tag, line)
    case .text(let piece, _, _):
      if side == nil { unit?.name.append(piece) }
      side?.append(
        piece,
        XMLFile.Place(range: range, positions: PositionMap(), window: window))
    case .end(let name, _):
      let start = text.utf8[..<range.upperBound].lastIndex(of: 0x3C) ?? range.lowerBound
      try end(name.withoutXMLPrefix, start..<range.upperBound)
    case .comment, .instruction: break
    }
  }

  // MARK: Elements

  private mutating func start(
    _ name: String, _ list: [(name: String, value: String)], _ tag: XMLTag, _ line: Int
  ) throws {
    let attributes = XMLAttributes(list)
    if path.isEmpty {
      guard name == "xliff" else {
        throw Trouble("is no XLIFF file: it starts with <\(name)>", file: file, line: line)
      }
      version = attributes["version"] ?? ""
    }
    if let id = attributes["id"] { unit?.identifiers.insert(id) }
    if side != nil {
      side?.start(name, attributes, tag)
      return path.append(Element(role: .other))
    }
    let parent = path.last
    let role = XLIFFRole(of: name, in: parent?.role, isInUnit: unit != nil)
    let element = Element(
      role: role, isTranslated: attributes.isTranslated ?? parent?.isTranslated ?? true,
      isPreserved: attributes["xml:space"].map { $0 == "preserve" } ?? parent?.isPreserved ?? false)
    path.append(element)
    switch role {
    case .xliff, .file:
      readLanguages(attributes, tag, line, isRoot: role == .xliff)
      original = attributes["original"]
    case .unit:
      unit = EditedUnit(
        tag, XLIFFUnitName(attributes, original: original), isTranslated: element.isTranslated,
        isLocked: EditedUnit.isLocked(list),
        isSegmented: name == "unit")
    case .segment:
      unit?.slots.append(
        EditedUnit.Slot(
          tag: tag, attributes: attributes,
          isLocked: EditedUnit.isLocked(list) || attributes.isFinal))
    case .side:
      sideName = name
      side = EditedSide(tag, attributes, line: line, isPreserved: element.isPreserved)
      readLanguage(attributes, ofTarget: name == "target")
    case .other: note(name, attributes, list, tag, in: parent?.role)
    case .ignorable, .note: break
    }
  }

  /// Keeps what other elements in a unit say of it.
  private mutating func note(
    _ name: String, _ attributes: XMLAttributes, _ list: [(name: String, value: String)],
    _ tag: XMLTag, in parent: XLIFFRole?
  ) {
    if name == "matches", parent == .unit, !tag.isEmpty {
      unit?.matches = EditedUnit.Matches(start: tag.end, prefix: tag.prefix)
    } else if name == "seg", let id = attributes["id"], EditedUnit.isLocked(list) {
      unit?.lockedSegments.insert(id)
    }
    unit?.name.start(name, attributes, isInGroup: path.isInUnitsGroup)
  }

  private mutating func end(_ name: String, _ range: Range<Int>) throws {
    switch path.popLast()?.role {
    case .side:
      if var complete = side {
        complete.finish(range)
        unit?.take(complete, name: sideName)
      }
      side = nil
    case .unit:
      if let unit { try write(unit) }
      unit = nil
    default:
      side?.end(range)
      unit?.name.end()
    }
  }

  // MARK: Languages

  private mutating func readLanguages(
    _ attributes: XMLAttributes, _ tag: XMLTag, _ line: Int, isRoot: Bool
  ) {
    func language(_ names: String...) -> LanguageTag? {
      names.lazy.compactMap { attributes[$0] }.first.flatMap { LanguageTag($0) }
    }
    let source = language("source-language", "srcLang")
    let target = language("target-language", "trgLang")
    if isRoot { common = (source, target) }
    declared = (source ?? common.source, target ?? common.target)
    known = nil
    // XLIFF 2 says its languages once, at the root.
    if isRoot || !version.hasPrefix("2") { languageTag = (tag, line) }
  }

  private mutating func readLanguage(_ attributes: XMLAttributes, ofTarget isTarget: Bool) {
    guard let language = attributes["xml:lang"].flatMap({ LanguageTag($0) }) else { return }
    if isTarget, declared.target == nil {
      (declared.target, known) = (language, nil)
    } else if !isTarget, declared.source == nil {
      (declared.source, known) = (language, nil)
    }
  }

  /// The languages of the file that is open; `nil` when it is in others than those asked for.
  mutating func languages() throws -> FillLanguages? {
    if let known { return known }
    let answer = try filler.languages(
      source: declared.source, target: declared.target, place: (file, languageTag?.line ?? 1))
    known = .some(answer)
    return answer
  }

  /// A file with targets must say their language.
  mutating func declareTarget(_ language: LanguageTag) {
    guard declared.target == nil, let (tag, _) = languageTag else { return }
    let attribute = version.hasPrefix("2") ? "trgLang" : "target-language"
    tag.set(attribute, to: language.description, in: text.utf8, &edits)
    declared.target = language
    if version.hasPrefix("2") { common.target = language }
  }
}
