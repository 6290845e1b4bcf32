internal import Bitext
internal import Segmentation

/// Examines a TMX file unit by unit, and writes it as it should be.
struct TMXDoctor {
  let path: String
  var reader: XMLTreeReader
  let findings: ExchangeFindings
  let output: RepairOutput?
  /// The source language of the header, as its units must spell it; `nil` for `*all*`.
  var sourceLanguage: String?
  /// What was made of each language code.
  var codes: [String: LanguageCode] = [:]
  /// Hashes of the identifiers so far: of the ids themselves memory would grow too fast.
  var identifiers: Set<Int> = []
  private var stage = Stage.prologue
  private var hasDoctype = false

  enum Stage {
    case prologue, root, header, body, afterBody, end
  }

  init(_ path: String, _ window: CleanWindow, _ findings: ExchangeFindings, _ output: RepairOutput?)
  {
    self.path = path
    self.findings = findings
    self.output = output
    reader = XMLTreeReader(
      XMLScanner(window, known: TMXGrammar.elements, findings), TMXGrammar.grammar)
  }

  var window: CleanWindow { reader.window }

  /// - Throws: `Trouble` for what is no TMX, and for a unit without bounds.
  mutating func run() throws {
    do {
      while let token = try reader.next() { try take(token) }
    } catch let trouble as Trouble where trouble.file == nil {
      throw Trouble(trouble.message, file: path, line: trouble.line, column: trouble.column)
    }
    try finish()
  }

  func report(
    _ rule: ExchangeRule, _ token: XMLToken, _ message: String, mending: String?
  ) {
    reader.scanner.report(rule, token.range, from: token.place, message, mending: mending)
  }

  private func write(_ token: XMLToken) throws {
    guard let output else { return }
    if let mended = token.mended {
      try output.write(mended)
    } else {
      try output.write(window[token.range])
    }
  }

  private mutating func take(_ token: XMLToken) throws {
    switch token.kind {
    case .text, .data: try takeText(token)
    case .start, .empty: try takeStart(token)
    case .end: try takeEnd(token)
    case .doctype: try takeDoctype(token)
    case .comment, .instruction, .declaration: try write(token)
    }
  }

  private mutating func takeText(_ token: XMLToken) throws {
    let bytes = token.mended ?? Array(window[token.range])
    if token.kind == .text, bytes.allSatisfy(\.isMarkupBlank) {
      // Nothing may stand before the declaration.
      if stage == .prologue, token.range.lowerBound == 0, try reader.scanner.startsDeclaration() {
        return
      }
      return try write(token)
    }
    report(
      .strayContent, token, "text between units belongs to none: take it out or put it in a <note>",
      mending: "kept in a comment")
    if stage == .prologue, !hasDoctype, token.range.lowerBound == 0 { return }
    try output?.write(Self.comment(String(decoding: bytes, as: UTF8.self)))
  }

  static func comment(_ text: String) -> String { "<!--\(text.withPartedHyphens)-->" }

  private mutating func takeDoctype(_ token: XMLToken) throws {
    guard stage == .prologue, !hasDoctype else {
      return report(
        .strayContent, token, "a DOCTYPE stands before <tmx>, once: take it out",
        mending: "left out")
    }
    guard token.mended?.isEmpty != true else { return }
    hasDoctype = true
    var token = token
    let text =
      token.mended.map { String(decoding: $0, as: UTF8.self) }
      ?? window.string(token.range)
    for old in ["tmx11.dtd", "tmx12.dtd", "tmx13.dtd"] {
      guard let place = text.firstRange(of: old) else { continue }
      report(
        .wrongVersion, token, "names the DTD of an older TMX: name tmx14.dtd",
        mending: "tmx14.dtd written")
      token.mended = Array(text.replacingCharacters(in: place, with: "tmx14.dtd").utf8)
    }
    try write(token)
  }

  // MARK: Elements

  private mutating func takeStart(_ token: XMLToken) throws {
    switch (token.name, stage) {
    case ("tmx", .prologue): try startRoot(token)
    case (_, .prologue):
      throw Trouble(
        "is no TMX file: it starts with <\(token.name.visible)>", file: path,
        line: token.place.line, column: token.place.column)
    case ("header", .root):
      stage = .header
      try takeHeader(token)
    case ("body", .root), ("body", .header):
      try requireHeader(token)
      stage = token.kind == .empty ? .afterBody : .body
      var node = XMLNode(kind: .element, name: "body", token: token)
      checkAttributes(of: &node)
      try writeTag(node)
    case ("tu", .root), ("tu", .header):
      try requireHeader(token)
      report(.missingBody, token, "units stand in <body>: write it", mending: "<body> written")
      try output?.write("<body>\n")
      stage = .body
      try takeUnit(token)
    case ("tu", .body): try takeUnit(token)
    default: try takeStray(token)
    }
  }

  private mutating func startRoot(_ token: XMLToken) throws {
    stage = .root
    if !hasDoctype {
      report(
        .missingDoctype, token, #"strict readers want <!DOCTYPE tmx SYSTEM "tmx14.dtd">"#,
        mending: "written")
      try output?.write("<!DOCTYPE tmx SYSTEM \"tmx14.dtd\">\n")
    }
    var node = XMLNode(kind: .element, name: "tmx", token: token)
    checkAttributes(of: &node)
    if let version = node.attribute("version") {
      if version.value != "1.4" {
        report(
          .wrongVersion, version, of: node,
          "the version is “\(version.value.visible)”: write 1.4, as its DTD has it",
          mending: "1.4 written")
        node.set("version", to: "1.4")
      }
    } else {
      report(
        .missingAttribute, token, "<tmx> has no version: write version=\"1.4\"",
        mending: "1.4 written")
      node.set("version", to: "1.4")
    }
    if token.kind == .empty {
      node.token.kind = .start
      node.isChanged = true
      try writeTag(node)
      try requireHeader(token)
      try endBody(token)
      try output?.write("</tmx>")
      stage = .end
      return
    }
    try writeTag(node)
  }

  private func writeTag(_ node: XMLNode) throws {
    guard node.isChanged else { return try write(node.token) }
    try output?.write(
      XMLToken.tag(node.name, node.attributes, isEmpty: node.token.kind == .empty))
  }

  private mutating func requireHeader(_ token: XMLToken) throws {
    guard stage == .root else { return }
    stage = .header
    report(
      .missingHeader, token, "there is no <header>: write one", mending: "one of unknowns written")
    try output?.write(TMXGrammar.defaultHeader + "\n")
  }

  private mutating func endBody(_ token: XMLToken) throws {
    if stage == .root || stage == .header {
      try requireHeader(token)
      report(.missingBody, token, "there is no <body>: write one", mending: "written empty")
      try output?.write("<body/>\n")
    } else if stage == .body {
      report(
        .unclosedElement, token, "<body> has no end tag: write </body>", mending: "</body> written")
      try output?.write("</body>")
    }
  }

  private mutating func takeEnd(_ token: XMLToken) throws {
    switch (token.name, stage) {
    case ("body", .body):
      stage = .afterBody
      try write(token)
    case ("tmx", .root), ("tmx", .header), ("tmx", .body), ("tmx", .afterBody):
      try endBody(token)
      stage = .end
      try write(token)
    default:
      report(
        .strayEndTag, token, "</\(token.name.visible)> ends nothing: take it out",
        mending: "left out")
    }
  }

  /// An element that has no place where it stands is kept as a comment.
  private mutating func takeStray(_ token: XMLToken) throws {
    let isKnown = TMXGrammar.elements.contains(token.name)
    let tree = try reader.element(token)
    var bytes: [UInt8] = []
    tree.write(0, window, to: &bytes)
    report(
      isKnown ? .misplacedElement : .unknownElement, token,
      "<\(token.name.visible)> has no place here: take it out", mending: "kept in a comment")
    try output?.write(Self.comment(String(decoding: bytes, as: UTF8.self)))
  }

  private mutating func finish() throws {
    guard stage != .prologue else {
      throw Trouble("is no TMX file: it has no <tmx>", file: path)
    }
    guard stage != .end else { return }
    let end = window.end..<window.end
    let token = XMLToken(kind: .text, range: end, place: reader.scanner.place)
    let missing = stage == .afterBody ? "</tmx>" : "</body></tmx>"
    report(.truncated, token, "the file breaks off: \(missing) is missing", mending: "written")
    if stage == .root { try output?.write(TMXGrammar.defaultHeader) }
    if stage == .root || stage == .header { try output?.write("<body>") }
    try output?.write((stage == .afterBody ? "" : "</body>") + "</tmx>\n")
  }
}

extension XMLScanner {
  /// Whether an XML declaration is what comes next.
  func startsDeclaration() throws(Trouble) -> Bool { try has("<?xml", at: place.text) }
}

extension String {
  fileprivate func firstRange(of text: String) -> Range<String.Index>? { ranges(of: text).first }

  fileprivate func replacingCharacters(in range: Range<String.Index>, with text: String) -> String {
    String(self[..<range.lowerBound]) + text + self[range.upperBound...]
  }
}
