internal import Bitext

extension PropertyTree {
  /// What an element says, with its attributes and all in it.
  init(_ element: TBXElement) {
    self.init(Self.component(element.name == "note" ? "note" : element.category), element.text)
    if let (key, value) = element.keyedNote {
      (name, self.value) = (Self.component(key), value)
      return
    }
    if let values = TBXCategory.basic[name]?.values, let text = value, !values.contains(text),
      let spelt = values.first(where: { $0.lowercased() == text.lowercased() })
    {
      value = spelt
    }
    // TBX-Min's word for what TBX-Basic calls otherwise.
    if element.name == "customer" { name = "customerSubset" }
    if element.name == "descrip", name == "note" { name = "note" }
    if element.name == "transac", Self.transactions.contains(name) {
      // An older way to write it: the kind as the type, and the person as the text.
      self = PropertyTree(
        "transactionType", name,
        element.text.isEmpty ? [] : [PropertyTree("responsibility", element.text)])
    }
    for attribute in element.attributes where element.keeps(attribute.name) {
      let value =
        attribute.name == "target"
        ? TBXIdentifiers.original(attribute.value) : attribute.value
      details.insert(["@" + Self.component(attribute.name)], value)
    }
    details += element.children.propertyTrees
  }

  private static let transactions: Set<String> = ["origination", "modification"]
}

extension TBXElement {
  /// Whether an attribute says something that neither the category nor the structure does.
  fileprivate func keeps(_ attribute: String) -> Bool {
    switch attribute {
    case "id", "module": false
    case "type": category == name
    default: !attribute.hasPrefix("xmlns")
    }
  }

  /// A note of TBX-Min that names what it is about.
  fileprivate var keyedNote: (key: String, value: String)? {
    guard name == "note", let key = children.first(where: { $0.name == "noteKey" })?.text,
      let value = children.first(where: { $0.name == "noteValue" })?.text, !key.isEmpty
    else { return nil }
    return (key, value)
  }

  fileprivate var isGroup: Bool { name.hasSuffix("Grp") }

  /// The property of a group, with what its other members say of it; a group of several properties
  /// that say nothing of each other does not exist.
  fileprivate var groupTree: PropertyTree? {
    let kind = String(name.dropLast("Grp".count))
    let head =
      children.firstIndex { $0.name == kind } ?? children.firstIndex {
        $0.name == "transactionType"
      }
      ?? children.firstIndex { $0.name != "note" } ?? children.indices.first
    guard let head else { return nil }
    var members = children
    var tree = PropertyTree(members.remove(at: head))
    tree.details.insert(members)
    return tree
  }
}

extension [TBXElement] {
  /// What the elements of one level say, in their order.
  var propertyTrees: [PropertyTree] {
    var trees: [PropertyTree] = []
    trees.insert(self)
    return trees
  }
}

extension [PropertyTree] {
  fileprivate mutating func insert(_ elements: [TBXElement]) {
    for element in elements {
      if element.isGroup {
        if let tree = element.groupTree { append(tree) }
      } else if element.name == "note", let note = TBXNote(element.text) {
        if let time = TBXNote.reserved(TBXNote.time, in: element.text) {
          if let index = firstIndex(where: { $0.name == "date" }) {
            self[index].value = time
          } else {
            append(PropertyTree("date", time))
          }
        } else if !TBXNote.isReserved(element.text) {
          insert(note.path, note.value)
        }
      } else {
        append(PropertyTree(element))
      }
    }
  }
}
