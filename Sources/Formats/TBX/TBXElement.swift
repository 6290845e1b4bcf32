internal import Bitext

/// An element of an entry, with all in it. An entry is small, and what its parts mean depends on
/// what stands beside them, in whatever order.
struct TBXElement {
  /// Without the prefix of a namespace.
  var name: String
  var attributes: [(name: String, value: String)]
  var line: Int
  var text: String = ""
  var children: [TBXElement] = []

  subscript(attribute: String) -> String? { attributes.first { $0.name == attribute }?.value }

  /// The data category: the type where the element has one (DCA style), else the element's own name
  /// (DCT style, TBX-Min).
  var category: String {
    guard Self.typed.contains(name), let type = self["type"], !type.isBlank else { return name }
    let isTrimmed = type.utf8.first?.isXMLBlank != true && type.utf8.last?.isXMLBlank != true
    return isTrimmed ? type : type.trimmed
  }

  /// The elements whose type is the data category.
  private static let typed: Set<String> = [
    "admin", "adminNote", "descrip", "descripNote", "ref", "termCompList", "termNote", "transac",
    "transacNote", "xref",
  ]
}

/// Puts the elements of one entry together.
struct TBXEntryBuilder {
  private let file: String
  private var open: [(element: TBXElement, text: TBXText)] = []
  /// How deep the reader stands in inline elements.
  private var inlineDepth = 0
  /// How deep it stands in those whose content is code of a format.
  private var codeDepth = 0
  private var count = 0
  private var size = 0
  private(set) var inlineCount = 0

  /// Bounds that no termbase comes near, and that keep a hostile file from eating the memory.
  private static let maximumDepth = 32
  private static let maximumElements = 200_000
  private static let maximumBytes = 8 << 20

  init(file: String) { self.file = file }

  var isOpen: Bool { !open.isEmpty }

  /// Marks within a text: what stands in them is text.
  private static let marks: Set<String> = ["foreign", "hi", "mrk", "sub"]
  /// What holds code of a document's format, or stands for it.
  private static let codes: Set<String> = ["bpt", "ec", "ept", "it", "ph", "sc", "ut"]

  mutating func start(
    _ name: String, _ attributes: [(name: String, value: String)], line: Int
  ) throws(Trouble) {
    let name = name.withoutXMLPrefix
    try grow(
      attributes.reduce(name.utf8.count) { $0 + $1.name.utf8.count + $1.value.utf8.count }, line)
    let isInline = isOpen && (Self.marks.contains(name) || Self.codes.contains(name))
    if inlineDepth > 0 || isInline {
      if inlineDepth == 0 { inlineCount += 1 }
      inlineDepth += 1
      if codeDepth > 0 || Self.codes.contains(name) { codeDepth += 1 }
      if inlineDepth > Self.maximumDepth { throw tooDeep(line) }
      return
    }
    count += 1
    guard count <= Self.maximumElements else {
      throw Trouble(
        "this entry has more than \(Self.maximumElements) elements: no termbase needs so many",
        file: file, line: line)
    }
    guard open.count < Self.maximumDepth else { throw tooDeep(line) }
    open.append((TBXElement(name: name, attributes: attributes, line: line), TBXText()))
  }

  mutating func append(_ piece: String, range: Range<Int>, line: Int) throws(Trouble) {
    guard isOpen, codeDepth == 0 else { return }
    try grow(piece.utf8.count, line)
    open[open.count - 1].text.append(piece, range: range)
  }

  /// - Returns: the entry, when this is its end.
  mutating func end() -> TBXElement? {
    if inlineDepth > 0 {
      inlineDepth -= 1
      if codeDepth > 0 { codeDepth -= 1 }
      return nil
    }
    guard let (last, text) = open.popLast() else { return nil }
    var element = last
    element.text = text.value
    guard isOpen else {
      (count, size) = (0, 0)
      return element
    }
    open[open.count - 1].element.children.append(element)
    return nil
  }

  private mutating func grow(_ bytes: Int, _ line: Int) throws(Trouble) {
    size += bytes
    guard size <= Self.maximumBytes else {
      throw Trouble(
        "this entry is larger than \(Self.maximumBytes >> 20) MB: no termbase needs so much",
        file: file, line: line)
    }
  }

  private func tooDeep(_ line: Int) -> Trouble {
    Trouble(
      "elements are nested more than \(Self.maximumDepth) deep here: no TBX does that",
      file: file, line: line)
  }
}
