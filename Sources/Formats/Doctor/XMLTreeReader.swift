internal import Bitext

/// What a reader of a format must know to mend the nesting of its elements.
struct XMLGrammar: Sendable {
  /// The names of its elements.
  var elements: Set<String>
  /// Names that end whatever is read, since they stand around or beside it.
  var around: Set<String>
  /// The element whose foreign tags are code of the document; `nil` where there is none.
  var segment: String?
  /// Elements that hold such code.
  var code: Set<String> = []
  /// Whether all names are in lower case.
  var isLowerCase = false
  /// How many of the open elements, the outermost first, stay open for a new one.
  var kept: @Sendable (_ name: String, _ open: [String]) -> Int = { $1.count }
  /// Whether an element of a segment may stand in another one.
  var fits: @Sendable (_ name: String, _ parent: String) -> Bool = { _, _ in true }
}

/// Reads one element of a file with all that stands in it, and mends its nesting.
struct XMLTreeReader {
  var scanner: XMLScanner
  let grammar: XMLGrammar
  /// A token that was seen and belongs to what follows.
  private var pending: XMLToken?
  private var tree: XMLTree
  private var open: [Int] = []
  /// Tags that were too deep to be read and have not ended yet, by their names.
  private var skipped: [String: Int] = [:]
  private var isInSegment: Bool {
    guard let segment = grammar.segment else { return false }
    return open.contains { tree[$0].name == segment }
  }

  /// Elements in elements; a unit needs six, and marked text in marked text a few more.
  static let depthLimit = 100
  /// Bytes of one unit.
  static let unitLimit = 1 << 26

  init(_ scanner: XMLScanner, _ grammar: XMLGrammar) {
    self.scanner = scanner
    self.grammar = grammar
    let token = XMLToken(kind: .text, range: 0..<0, place: ExchangePlace())
    tree = XMLTree(XMLNode(kind: .other, name: "", token: token))
  }

  var window: CleanWindow { scanner.window }

  /// The next token, with its name in the case that the format has.
  mutating func next() throws(Trouble) -> XMLToken? {
    if let token = pending {
      pending = nil
      return token
    }
    guard var token = try scanner.next() else { return nil }
    guard grammar.isLowerCase, token.isTag, !grammar.elements.contains(token.name) else {
      return token
    }
    let lower = token.name.lowercased()
    guard grammar.elements.contains(lower) else { return token }
    scanner.report(
      .nameCase, token.range, from: token.place, "names are in lower case: write \(lower)",
      mending: lower + " written")
    token.name = lower
    token.mended =
      token.kind == .end
      ? Array("</\(lower)>".utf8)
      : XMLToken.tag(lower, token.attributes, isEmpty: token.kind == .empty)
    return token
  }

  /// Reads an element whose start tag was read, up to its end.
  ///
  /// - Throws: `Trouble` for an element that is larger than any should be.
  mutating func element(_ start: XMLToken) throws(Trouble) -> XMLTree {
    tree = XMLTree(XMLNode(kind: .element, name: start.name, token: start))
    guard start.kind == .start else { return tree }
    open = [0]
    skipped = [:]
    scanner.keep = start.range.lowerBound
    defer { scanner.keep = nil }
    while !open.isEmpty {
      guard let token = try next() else {
        tree.isCut = true
        break
      }
      guard token.range.upperBound - start.range.lowerBound < Self.unitLimit else {
        throw Trouble(
          "<\(start.name)> takes more than \(Self.unitLimit >> 20) MB: part it, or look for a "
            + "missing end tag", line: start.place.line, column: start.place.column)
      }
      take(token)
    }
    return tree
  }

  private mutating func take(_ token: XMLToken) {
    switch token.kind {
    case .start, .empty: takeStart(token)
    case .end: takeEnd(token)
    case .text, .data: append(XMLNode(kind: .text, name: "", token: token))
    case .doctype, .declaration:
      var token = token
      report(.strayContent, token, "this has no place here: take it out", mending: "left out")
      token.mended = []
      append(XMLNode(kind: .other, name: "", token: token))
    default: append(XMLNode(kind: .other, name: "", token: token))
    }
  }

  @discardableResult
  private mutating func append(_ node: XMLNode) -> Int {
    guard let parent = open.last else { return 0 }
    return tree.add(node, to: parent)
  }

  private func report(
    _ rule: ExchangeRule, _ token: XMLToken, _ message: String, mending: String?
  ) {
    scanner.report(rule, token.range, from: token.place, message, mending: mending)
  }

  private mutating func takeStart(_ token: XMLToken) {
    let name = token.name
    if grammar.around.contains(name) {
      pending = token
      return close(downTo: 0)
    }
    let isElement = grammar.elements.contains(name)
    if isElement {
      close(downTo: grammar.kept(name, open.map { tree[$0].name }))
      if open.isEmpty {
        pending = token
        return
      }
    }
    if isInSegment, !fitsSegment(name) {
      report(
        isElement ? .misplacedElement : .unknownElement, token,
        "<\(name.visible)> has no place in a segment: write it as code, in <ph>",
        mending: "kept as code")
      return keepAsCode(token)
    }
    guard open.count < Self.depthLimit else {
      tree.isMended = true
      if skipped.isEmpty {
        report(
          .tooDeep, token, "more than \(Self.depthLimit) elements in each other",
          mending: "its tag left out")
      }
      if token.kind == .start { skipped[name, default: 0] += 1 }
      return
    }
    let node = append(XMLNode(kind: .element, name: name, token: token))
    if token.kind == .start { open.append(node) } else { tree[node].isClosed = true }
  }

  private func fitsSegment(_ name: String) -> Bool {
    open.last.map { grammar.fits(name, tree[$0].name) } ?? false
  }

  /// A tag that is none of ours: it was code of the document, and says so from now on.
  private mutating func keepAsCode(_ token: XMLToken) {
    var token = token
    let text = escapedXML(window.string(token.range))
    let isCode = open.last.map { grammar.code.contains(tree[$0].name) } ?? false
    token.mended = Array((isCode ? text : "<ph>\(text)</ph>").utf8)
    token.kind = .text
    append(XMLNode(kind: .other, name: "", token: token))
  }

  private mutating func takeEnd(_ token: XMLToken) {
    if let count = skipped[token.name] {
      skipped[token.name] = count > 1 ? count - 1 : nil
      return
    }
    if let index = open.lastIndex(where: { tree[$0].name == token.name }) {
      skipped = [:]
      close(downTo: index + 1)
      tree[open[index]].end = token.range
      tree[open[index]].isClosed = true
      if token.mended != nil { tree[open[index]].isChanged = true }
      open.removeLast()
      return
    }
    if grammar.around.contains(token.name), token.name != tree.root.name {
      pending = token
      return close(downTo: 0)
    }
    if isInSegment, !grammar.elements.contains(token.name) {
      report(
        .unknownElement, token,
        "</\(token.name.visible)> has no place in a segment: write it as code, in <ph>",
        mending: "kept as code")
      return keepAsCode(token)
    }
    tree.isMended = true
    report(
      .strayEndTag, token, "</\(token.name.visible)> ends nothing: take it out",
      mending: "left out")
  }

  /// Closes what has no end tag.
  private mutating func close(downTo count: Int) {
    while open.count > count {
      let node = tree[open.removeLast()]
      report(
        .unclosedElement, node.token,
        "<\(node.name.visible)> has no end tag: write </\(node.name.visible)>",
        mending: "</\(node.name.visible)> written")
    }
  }
}
