internal import Bitext

/// An element with all that stands in it, or a piece of text, as it is to be written.
struct XMLNode {
  enum Kind {
    case element, text, other
  }

  var kind: Kind
  var name: String
  /// The start tag, or the text.
  var token: XMLToken
  var children: [Int] = []
  /// The bytes of the end tag; `nil` for an empty element and for one that was never closed.
  var end: Range<Int>?
  /// Whether it was closed in the file.
  var isClosed = false
  /// Whether its tags are written anew.
  var isChanged = false
  /// Whether its children are not those of the file, or not in that order.
  var isReordered = false
  /// Text that is written before its children, such as a property that an attribute became.
  var added: [UInt8] = []

  var attributes: [XMLTokenAttribute] { token.attributes }

  func attribute(_ name: String) -> XMLTokenAttribute? { attributes.first { $0.name == name } }

  mutating func set(_ name: String, to value: String) {
    isChanged = true
    if let index = token.attributes.firstIndex(where: { $0.name == name }) {
      token.attributes[index].value = value
    } else {
      let place = token.range.lowerBound..<token.range.lowerBound
      token.attributes.append(
        XMLTokenAttribute(name: name, value: value, range: place, valueRange: place))
    }
  }

  mutating func remove(_ name: String) {
    isChanged = true
    token.attributes.removeAll { $0.name == name }
  }
}

/// The nodes of one element of a file, the element itself first.
struct XMLTree {
  var nodes: [XMLNode]
  /// Whether a tag of the file was left out of it.
  var isMended = false
  /// Whether the file ended in it.
  var isCut = false

  init(_ root: XMLNode) { nodes = [root] }

  subscript(index: Int) -> XMLNode {
    get { nodes[index] }
    _modify { yield &nodes[index] }
  }

  var root: XMLNode { nodes[0] }

  mutating func add(_ node: XMLNode, to parent: Int) -> Int {
    nodes.append(node)
    nodes[parent].children.append(nodes.count - 1)
    return nodes.count - 1
  }

  /// The child elements of a name.
  func children(of parent: Int, named name: String) -> [Int] {
    nodes[parent].children.filter { nodes[$0].kind == .element && nodes[$0].name == name }
  }

  /// A node of bytes that we put in.
  mutating func insert(_ bytes: [UInt8], into parent: Int, at index: Int) {
    let start = nodes[parent].token.range.lowerBound
    let token = XMLToken(
      kind: .text, range: start..<start, place: nodes[parent].token.place, mended: bytes)
    nodes.append(XMLNode(kind: .other, name: "", token: token))
    nodes[parent].children.insert(nodes.count - 1, at: index)
  }

  /// What a node is written as.
  ///
  /// - Parameters:
  ///   - index: the node.
  ///   - window: holds its bytes.
  ///   - output: takes them.
  func write(_ index: Int, _ window: CleanWindow, to output: inout [UInt8]) {
    let node = nodes[index]
    guard node.kind == .element else {
      return output += node.token.mended ?? Array(window[node.token.range])
    }
    let hasContent = !node.children.isEmpty || !node.added.isEmpty
    let isEmpty = node.token.kind == .empty
    if node.isChanged || isEmpty && hasContent {
      output += XMLToken.tag(node.name, node.attributes, isEmpty: isEmpty && !hasContent)
    } else if let mended = node.token.mended {
      output += mended
    } else {
      output += window[node.token.range]
    }
    output += node.added
    for child in node.children { write(child, window, to: &output) }
    if isEmpty, !hasContent { return }
    if let end = node.end, !node.isChanged {
      output += window[end]
    } else {
      output += "</\(node.name)>".utf8
    }
  }

  /// The text in a node without its tags, as it stands in the file.
  func text(_ index: Int, _ window: CleanWindow) -> String {
    let node = nodes[index]
    if node.kind == .text {
      return String(decoding: node.token.mended ?? Array(window[node.token.range]), as: UTF8.self)
    }
    return node.children.map { text($0, window) }.joined()
  }

  /// Whether a node is white space between elements.
  func isSpace(_ index: Int, _ window: CleanWindow) -> Bool {
    let node = nodes[index]
    guard node.kind == .text, node.token.kind == .text else { return false }
    if let mended = node.token.mended { return mended.allSatisfy(\.isMarkupBlank) }
    return window[node.token.range].allSatisfy(\.isMarkupBlank)
  }
}
