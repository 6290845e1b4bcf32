internal import Bitext
internal import Segmentation

/// Reads XLIFF 1.2 and 2.x, and what translation tools make of it, unit by unit.
///
/// Only the `source`, `seg-source` and `target` that a unit holds itself count: those of proposals
/// (`alt-trans`, the matches module) and of glossaries are other people's text.
enum XLIFFReader {
  static let endings: Set<String> = ["xlf", "xliff", "sdlxliff", "mqxliff", "mxliff"]

  /// Calls `body` with each segment of a file, in order. Memory does not grow with the file, unless
  /// it is in another encoding than UTF-8.
  ///
  /// - Throws: `Trouble` with the line of what is not well-formed, for a file that is no XLIFF, and
  ///   for a unit whose languages nobody says.
  static func forEachUnit(of path: String, _ options: UnitOptions, _ body: UnitBody) throws {
    var builder = XLIFFBuilder(file: path, wanted: options.languages)
    try XMLFile(path, root: "xliff").forEachEvent { event, place in
      try builder.take(event, place, body)
    }
    try builder.finish(body)
  }
}

/// Puts units together out of XML events.
private struct XLIFFBuilder {
  /// An open element, with what it says of its content or what holds it does.
  struct Element: XLIFFElement {
    var role: XLIFFRole
    var isTranslated = true
    /// Whether white space means what it is, `xml:space="preserve"`.
    var isPreserved = false
  }

  private let file: String
  private let wanted: WantedLanguages
  private var path: [Element] = []
  /// What `<xliff>` says, as XLIFF 2 does, and what holds in the file that is open.
  private var common: WantedLanguages = (nil, nil)
  private var declared: WantedLanguages = (nil, nil)
  /// The line that should say it.
  private var languageLine = 1
  /// The document that the file that is open says it is of.
  private var original: String?
  private var unit: XLIFFUnit?
  private var side: XLIFFSide?
  private var sideName = ""
  /// Remarks since the last unit, and in this one.
  private var comments: [DocumentComment] = []
  private var note: (text: String, start: Int)?

  init(file: String, wanted: WantedLanguages) {
    self.file = file
    self.wanted = wanted
  }

  mutating func take(_ event: XMLEvent, _ place: XMLFile.Place, _ body: UnitBody) throws {
    switch event {
    case .start(let name, let attributes, let line):
      try start(name.withoutXMLPrefix, XMLAttributes(attributes), line, place)
    case .text(let piece, _, _):
      if side != nil {
        side?.append(piece, place)
      } else if note != nil {
        note?.text += piece
      } else {
        unit?.name.append(piece)
      }
    case .end(let name, _): try end(name.withoutXMLPrefix, place, body)
    case .comment(let text, _, _): comments.append(DocumentComment(text, place.source))
    case .instruction: break
    }
  }

  /// Hands over the remarks behind the last unit.
  mutating func finish(_ body: UnitBody) throws {
    guard !comments.isEmpty,
      let languages = UnitLanguages(declared: declared, wanted: wanted)
    else { return }
    try body(languages, BilingualUnit(comments: comments))
  }

  // MARK: Elements

  private mutating func start(
    _ name: String, _ attributes: XMLAttributes, _ line: Int, _ place: XMLFile.Place
  ) throws {
    if path.isEmpty {
      guard name == "xliff" else {
        throw Trouble("is no XLIFF file: it starts with <\(name)>", file: file, line: line)
      }
    }
    if side != nil {
      side?.start(name, attributes, at: place.start)
      return path.append(Element(role: .other))
    }
    let parent = path.last
    let role = XLIFFRole(of: name, in: parent?.role, isInUnit: unit != nil)
    let isTranslated = attributes.isTranslated ?? parent?.isTranslated ?? true
    let isPreserved =
      attributes["xml:space"].map { $0 == "preserve" } ?? parent?.isPreserved ?? false
    path.append(Element(role: role, isTranslated: isTranslated, isPreserved: isPreserved))
    switch role {
    case .xliff, .file:
      readLanguages(attributes, line, isRoot: role == .xliff)
      original = attributes["original"]
    case .unit:
      unit = XLIFFUnit(
        attributes, original: original, isTranslated: isTranslated, isSegmented: name == "unit")
    case .segment: unit?.beginSegment(attributes)
    case .side:
      sideName = name
      side = XLIFFSide(
        isLiteral: !isTranslated, isPreserved: isPreserved, at: place.start)
      let language = attributes["xml:lang"].flatMap { LanguageTag($0) }
      if name == "target" {
        unit?.takeState(attributes)
        declared.target = declared.target ?? language
      } else {
        declared.source = declared.source ?? language
      }
    case .note: note = ("", place.start)
    case .ignorable: break
    case .other:
      if name == "seg", let id = attributes["id"] { unit?.confirm(id, attributes) }
      unit?.name.start(name, attributes, isInGroup: path.isInUnitsGroup)
    }
  }

  private mutating func readLanguages(
    _ attributes: XMLAttributes, _ line: Int, isRoot: Bool
  ) {
    func tag(_ names: String...) -> LanguageTag? {
      names.lazy.compactMap { attributes[$0] }.first.flatMap { LanguageTag($0) }
    }
    let source = tag("source-language", "srcLang")
    let target = tag("target-language", "trgLang")
    if isRoot {
      common = (source, target)
    }
    // Nothing of the file before holds in this one.
    declared = (source ?? common.source, target ?? common.target)
    if isRoot || common.source == nil { languageLine = line }
  }

  private mutating func end(_ name: String, _ place: XMLFile.Place, _ body: UnitBody) throws {
    let role = path.popLast()?.role
    switch role {
    case .side:
      if var complete = side {
        complete.finish(at: place.start)
        unit?.take(complete, name: sideName)
      }
      side = nil
    case .note:
      if let note {
        comments.append(DocumentComment(note.text, note.start..<place.source.upperBound))
      }
      note = nil
    case .unit:
      if let unit { try deliver(unit, body) }
      unit = nil
    default:
      side?.end(at: place.start)
      unit?.name.end()
    }
  }

  private mutating func deliver(_ unit: XLIFFUnit, _ body: UnitBody) throws {
    let pairs = unit.pairs
    guard !pairs.isEmpty else {
      comments = []
      return
    }
    guard let languages = UnitLanguages(declared: declared, wanted: wanted) else {
      throw missingLanguage
    }
    var number = 0
    for (index, pair) in pairs.enumerated() {
      let hasSource = !(pair.source?.isBlank ?? true)
      try body(
        languages,
        BilingualUnit(
          source: pair.source, target: pair.target, comments: index == 0 ? comments : [],
          identifier: unit.identifier, isDraft: pair.isDraft,
          contextID: hasSource ? unit.name.contextID(ofSegment: number) : nil,
          properties: pair.properties))
      if hasSource { number += 1 }
    }
    comments = []
  }

  private var missingLanguage: Trouble {
    let isSource = declared.source == nil && wanted.source == nil
    let side = isSource ? "source" : "target"
    let attribute = isSource ? "source-language (srcLang" : "target-language (trgLang"
    return Trouble(
      "does not say its \(side) language: write \(attribute) in XLIFF 2) here, or name it with "
        + "--\(side)-language", file: file, line: languageLine)
  }
}

extension XMLAttributes {
  /// What `translate` says; `nil` where it is absent.
  var isTranslated: Bool? {
    switch self["translate"] {
    case "no": false
    case "yes": true
    default: nil
    }
  }

  /// Whether a unit, segment or target says that its translation is not done: in the words of XLIFF
  /// 1.2 (section 2.3, "state") and 2 (section 4.9.2.3), of memoQ and of Phrase. What says nothing
  /// counts as done.
  var isDraft: Bool {
    let drafts: Set<String> = [
      "new", "needs-translation", "needs-adaptation", "needs-l10n", "needs-review-translation",
      "needs-review-adaptation", "needs-review-l10n", "initial",
    ]
    let memoQ: Set<String> = ["NotStarted", "PartiallyEdited", "Rejected", "MachineTranslated"]
    return self["state"].map(drafts.contains) ?? false
      || self["mq:status"].map(memoQ.contains) ?? false || self["m:confirmed"] == "0"
  }
}
