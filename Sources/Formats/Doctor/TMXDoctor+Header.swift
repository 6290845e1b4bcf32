internal import Bitext
internal import Segmentation

/// The header.
extension TMXDoctor {
  mutating func takeHeader(_ token: XMLToken) throws {
    var tree = try reader.element(token)
    checkAttributes(of: &tree[0])
    checkRequired(of: &tree[0])
    let source = tree[0].attribute("srclang")?.value ?? "*all*"
    sourceLanguage = source == "*all*" ? nil : code(source).canonical ?? source
    for child in tree.root.children { checkPart(child, of: &tree) }
    var bytes: [UInt8] = []
    tree.write(0, window, to: &bytes)
    try output?.write(bytes)
  }

  private func checkRequired(of node: inout XMLNode) {
    for (name, value) in TMXGrammar.headerDefaults where node.attribute(name) == nil {
      report(
        .missingAttribute, node.token, "the header has no \(name): write \(name)=\"\(value)\"",
        mending: "“\(value)” written")
      node.set(name, to: value)
    }
  }

  /// A note, property or table of characters in the header, and what has no place there.
  private mutating func checkPart(_ child: Int, of tree: inout XMLTree) {
    guard tree[child].kind == .element else { return keepText(child, in: &tree) }
    switch tree[child].name {
    case "note", "prop": checkRemark(child, of: &tree)
    case "ude":
      checkAttributes(of: &tree[child])
      reader.scanner.require("name", "unknown", of: &tree[child])
      for map in tree[child].children where tree[map].kind == .element {
        guard tree[map].name == "map" else {
          keepElement(map, in: &tree)
          continue
        }
        checkAttributes(of: &tree[map])
        reader.scanner.require("unicode", "", of: &tree[map])
      }
    default: keepElement(child, in: &tree)
    }
  }

  /// A note or a property: text alone.
  mutating func checkRemark(_ index: Int, of tree: inout XMLTree) {
    checkAttributes(of: &tree[index])
    if tree[index].name == "prop" { reader.scanner.require("type", "x-unknown", of: &tree[index]) }
    let elements = tree[index].children.filter { tree[$0].kind == .element }
    for child in elements {
      report(
        .misplacedElement, tree[child].token,
        "<\(tree[index].name)> holds text alone: write <\(tree[child].name.visible)> with &lt;",
        mending: "kept as text")
      asText(child, in: &tree)
    }
  }

  /// Makes text of an element with all that is in it.
  private func asText(_ index: Int, in tree: inout XMLTree) {
    var bytes: [UInt8] = []
    tree.write(index, window, to: &bytes)
    tree[index].kind = .other
    tree[index].token.mended = Array(escapedXML(String(decoding: bytes, as: UTF8.self)).utf8)
  }

  /// Text where only elements may stand becomes a note.
  mutating func keepText(_ index: Int, in tree: inout XMLTree) {
    let node = tree[index]
    guard node.kind == .text, !tree.isSpace(index, window) else { return }
    let bytes = node.token.mended ?? Array(window[node.token.range])
    guard !bytes.isEmpty else { return }
    report(
      .strayContent, node.token, "text outside of a segment: put it in a <note> or take it out",
      mending: "kept as a <note>")
    tree[index].kind = .element
    tree[index].name = "note"
    tree[index].isChanged = true
    tree[index].added = bytes
    tree[index].token.kind = .start
    tree[index].token.attributes = []
  }

  /// An element that has no place where it stands becomes a property.
  mutating func keepElement(_ index: Int, in tree: inout XMLTree) {
    let node = tree[index]
    let isKnown = TMXGrammar.elements.contains(node.name)
    report(
      isKnown ? .misplacedElement : .unknownElement, node.token,
      "<\(node.name.visible)> has no place here: write a <prop>", mending: "kept as a <prop>")
    let hasElements = node.children.contains { tree[$0].kind != .text }
    let attributes = node.attributes
    var bytes: [UInt8] = []
    if hasElements || !attributes.isEmpty {
      tree.write(index, window, to: &bytes)
      bytes = Array(escapedXML(String(decoding: bytes, as: UTF8.self)).utf8)
    } else {
      for child in node.children { tree.write(child, window, to: &bytes) }
    }
    tree[index].name = "prop"
    tree[index].children = []
    tree[index].token.attributes = []
    tree[index].set("type", to: "x-" + node.name)
    tree[index].added = bytes
  }
}
