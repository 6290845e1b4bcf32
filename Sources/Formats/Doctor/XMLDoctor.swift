internal import Bitext

/// What is to be checked in a format whose files are lists of units with little around them.
protocol ExchangeRules {
  var grammar: XMLGrammar { get }
  /// The outermost elements that such a file may have.
  var roots: Set<String> { get }
  /// The elements that are read whole.
  var units: Set<String> { get }
  /// What the format is called.
  var name: String { get }

  /// Checks the tag of an element around units; `parents` are open, the outermost first.
  mutating func checkTag(_ node: inout XMLNode, in parents: [String], _ scanner: XMLScanner)
  /// Checks a unit.
  mutating func checkUnit(_ tree: inout XMLTree, in parents: [String], _ scanner: XMLScanner)
}

/// Examines an XML file of units, and writes it as it should be.
struct XMLDoctor<Rules: ExchangeRules> {
  let path: String
  private var reader: XMLTreeReader
  private var rules: Rules
  private let output: RepairOutput?
  private var open: [XMLToken] = []
  private var isEnded = false
  private var hasRoot: Bool { isEnded || !open.isEmpty }
  private var skipped: [String: Int] = [:]

  init(
    _ path: String, _ window: CleanWindow, _ findings: ExchangeFindings, _ output: RepairOutput?,
    _ rules: Rules
  ) {
    self.path = path
    self.rules = rules
    self.output = output
    reader = XMLTreeReader(
      XMLScanner(window, known: rules.grammar.elements, findings), rules.grammar)
  }

  /// - Throws: `Trouble` for what is no file of the format, and for a unit without bounds.
  mutating func run() throws {
    do {
      while let token = try reader.next() { try take(token) }
    } catch let trouble as Trouble where trouble.file == nil {
      throw Trouble(trouble.message, file: path, line: trouble.line, column: trouble.column)
    }
    guard hasRoot else { throw Trouble("is no \(rules.name) file: it has no element", file: path) }
    guard !open.isEmpty else { return }
    let end = reader.window.end..<reader.window.end
    let token = XMLToken(kind: .text, range: end, place: reader.scanner.place)
    let missing = open.reversed().map { "</\($0.name)>" }.joined()
    report(
      .truncated, token, "the file breaks off: \(missing.visible) is missing", mending: "written")
    try output?.write(missing + "\n")
  }

  private func report(
    _ rule: ExchangeRule, _ token: XMLToken, _ message: String, mending: String?
  ) {
    reader.scanner.report(rule, token.range, from: token.place, message, mending: mending)
  }

  private func write(_ token: XMLToken) throws {
    guard let output else { return }
    if let mended = token.mended {
      try output.write(mended)
    } else {
      try output.write(reader.window[token.range])
    }
  }

  private mutating func take(_ token: XMLToken) throws {
    switch token.kind {
    case .text, .data: try takeText(token)
    case .start, .empty: try takeStart(token)
    case .end: try takeEnd(token)
    case .doctype where hasRoot:
      report(
        .strayContent, token, "a DOCTYPE stands before the first element: take it out",
        mending: "left out")
    default: try write(token)
    }
  }

  private mutating func takeText(_ token: XMLToken) throws {
    guard open.isEmpty else { return try write(token) }
    let bytes = token.mended ?? Array(reader.window[token.range])
    if bytes.allSatisfy(\.isMarkupBlank) {
      if token.range.lowerBound == 0, try reader.scanner.startsDeclaration() { return }
      return try write(token)
    }
    report(
      .strayContent, token, "text outside of the outermost element: take it out",
      mending: "left out")
  }

  private mutating func takeStart(_ token: XMLToken) throws {
    guard !isEnded else {
      let tree = try reader.element(token)
      return report(
        .strayContent, tree.root.token, "a second outermost element: take it out",
        mending: "left out")
    }
    if open.isEmpty, !rules.roots.contains(token.name.withoutXMLPrefix) {
      throw Trouble(
        "is no \(rules.name) file: it starts with <\(token.name.visible)>", file: path,
        line: token.place.line, column: token.place.column)
    }
    let parents = open.map(\.name)
    if rules.units.contains(token.name) { return try takeUnit(token, parents) }
    guard open.count < XMLTreeReader.depthLimit else {
      if skipped.isEmpty {
        report(
          .tooDeep, token, "more than \(XMLTreeReader.depthLimit) elements in each other",
          mending: "its tag left out")
      }
      if token.kind == .start { skipped[token.name, default: 0] += 1 }
      return
    }
    var node = XMLNode(kind: .element, name: token.name, token: token)
    rules.checkTag(&node, in: parents, reader.scanner)
    if node.isChanged {
      try output?.write(
        XMLToken.tag(node.name, node.attributes, isEmpty: token.kind == .empty))
    } else {
      try write(token)
    }
    if token.kind == .start { open.append(token) } else if open.isEmpty { isEnded = true }
  }

  private mutating func takeUnit(_ token: XMLToken, _ parents: [String]) throws {
    var tree = try reader.element(token)
    if tree.isCut {
      let text = TMXDoctor.cut(tree.text(0, reader.window).withoutBlanks)
      return report(
        .truncated, token, "the file breaks off in this <\(token.name)>",
        mending: "left out" + (text.isEmpty ? "" : ": “\(text)”"))
    }
    rules.checkUnit(&tree, in: parents, reader.scanner)
    guard let output else { return }
    var bytes: [UInt8] = []
    tree.write(0, reader.window, to: &bytes)
    try output.write(bytes)
  }

  private mutating func takeEnd(_ token: XMLToken) throws {
    if let count = skipped[token.name] {
      skipped[token.name] = count > 1 ? count - 1 : nil
      return
    }
    guard let index = open.lastIndex(where: { $0.name == token.name }) else {
      return report(
        .strayEndTag, token, "</\(token.name.visible)> ends nothing: take it out",
        mending: "left out")
    }
    skipped = [:]
    while open.count > index + 1 {
      let name = open.removeLast().name
      report(
        .unclosedElement, token, "<\(name.visible)> has no end tag: write </\(name.visible)>",
        mending: "</\(name.visible)> written")
      try output?.write("</\(name)>")
    }
    open.removeLast()
    isEnded = open.isEmpty
    try write(token)
  }
}
