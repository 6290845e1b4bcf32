internal import Bitext

/// The lines of one level of an entry: each property in its element where TBX-Basic has one for it,
/// else in a note.
struct TBXLines {
  let version: TBXVersion
  let identifiers: TBXIdentifiers
  let level: TBXCategory.Level
  /// The notes of terms, which stand before all else.
  private var termNotes: [String] = []
  private var lines: [String] = []

  init(version: TBXVersion, identifiers: TBXIdentifiers, level: TBXCategory.Level) {
    self.version = version
    self.identifiers = identifiers
    self.level = level
  }

  func text(indent: Int) -> String {
    let margin = String(repeating: " ", count: indent)
    return (termNotes + lines).map { margin + $0 + "\n" }.joined()
  }

  /// Adds what only Concord knows of the concept or term.
  mutating func add(_ reserved: String, _ value: String) {
    lines.append(note(TBXNote.text(reserved: reserved, value)))
  }

  /// Adds what is said of a language that has no section.
  mutating func add(_ property: Property) {
    let language = property.language.map { attribute("xml:lang", $0.description) } ?? ""
    lines.append(note(TBXNote.text(property), language))
  }

  mutating func add(_ trees: [PropertyTree]) { trees.forEach { add($0) } }

  /// Adds a concept's fields, with what is said of each, and what is said of the concept else.
  mutating func add(fieldsOf concept: Concept) {
    var trees = [PropertyTree](concept.properties.filter { $0.language == nil })
    for kind in TBXTransaction.allCases {
      guard let change = concept[kind] else { continue }
      var tree = PropertyTree("transactionType", kind.kind, [PropertyTree("date", change.day)])
      if let author = change.author { tree.details.append(PropertyTree("responsibility", author)) }
      tree.merge(trees.takeDetails(of: kind.rawValue))
      add(tree)
    }
    for field in TBXField.allCases {
      guard let value = concept[field] else { continue }
      add(PropertyTree(field.rawValue, value, trees.takeDetails(of: field.rawValue)))
    }
    add(trees)
  }

  /// Adds a term's status: in the word that its file had for it, where TBX-Basic knows that word.
  mutating func add(_ status: TermStatus, trees: inout [PropertyTree]) {
    let category = "administrativeStatus"
    let (word, note) = TBXStatus.basic(status)
    var tree = PropertyTree(category, word, trees.takeDetails(of: category))
    let own = trees.firstIndex { tree in
      tree.name == category && note == nil
        && tree.value.flatMap { TBXStatus.basicWords[$0] } == status
    }
    if let own {
      let details = tree.details
      tree = trees.remove(at: own)
      tree.merge(details)
    }
    add(tree)
    if let note { add(TBXNote.status, note) }
  }

  private mutating func add(_ tree: PropertyTree) {
    guard let value = tree.value, let category = TBXCategory.basic[tree.name],
      category.levels.contains(level), category.allows(value) || allowsInVersionTwo(tree),
      let written = element(category, tree, value)
    else { return lines += notes(tree) }
    if category.element == "termNote" {
      termNotes.append(written.text)
    } else {
      lines.append(written.text)
    }
    for detail in written.rest { lines += notes(detail, path: tree.name) }
  }

  /// A part of speech that version 2 alone knows.
  private func allowsInVersionTwo(_ tree: PropertyTree) -> Bool {
    version == .two && tree.name == "partOfSpeech" && tree.value == "properNoun"
  }

  /// The element or group of a property, and what is said of it that has no place there; `nil`
  /// where the property has none.
  private func element(
    _ category: TBXCategory, _ tree: PropertyTree, _ value: String
  ) -> (text: String, rest: [PropertyTree])? {
    var (attributes, rest) = self.attributes(category.element, tree)
    switch category.element {
    case "note":
      guard !TBXNote.isMarked(value) else { return nil }
      return (note(value, attributes), rest)
    case "xref" where !attributes.contains(" target="): return nil
    case "ref" where tree["@target"] != nil && !attributes.contains(" target="): return nil
    default: break
    }
    attributes += attribute("type", tree.name)
    let head = "<\(category.element)\(attributes)>\(tbxText(value))</\(category.element)>"
    // Version 2 has no groups of term notes in a <tig>; a definition keeps its group, since the
    // published rules flag one that stands alone.
    let isGrouped = !rest.isEmpty || tree.name == "definition" || tree.name == "transactionType"
    guard let group = category.group, isGrouped, version == .three || group != "termNoteGrp" else {
      return (head, rest)
    }
    let members = rest.map { member($0, category) }.joined()
    return ("<\(group)>\(head)\(members)</\(group)>", [])
  }

  /// A member of a group.
  private func member(_ tree: PropertyTree, _ category: TBXCategory) -> String {
    guard let value = tree.value, let element = category.details[tree.name] else {
      return notes(tree).joined()
    }
    if element == "date" { return date(tree, value) }
    if element == "note", TBXNote.isMarked(value) { return notes(tree).joined() }
    let (attributes, rest) = self.attributes(element, tree)
    let type = element == "note" ? "" : attribute("type", tree.name)
    return "<\(element)\(attributes)\(type)>\(tbxText(value))</\(element)>"
      + rest.flatMap { notes($0, path: tree.name) }.joined()
  }

  /// A date holds a day; the time of day goes to a note.
  private func date(_ tree: PropertyTree, _ value: String) -> String {
    let day = isDay(value) ? "<date>\(value.prefix(10))</date>" : ""
    let isWhole = value.utf8.count == 10 && !day.isEmpty
    return day + (isWhole ? "" : note(TBXNote.text(reserved: TBXNote.time, value)))
  }

  /// The attributes of a property that its element may have, and what is left.
  private func attributes(
    _ element: String, _ tree: PropertyTree
  ) -> (text: String, rest: [PropertyTree]) {
    var text = ""
    var rest: [PropertyTree] = []
    for detail in tree.details {
      let value = detail.value ?? ""
      switch detail.name {
      case "@xml:lang" where element != "xref" && element != "date" && LanguageTag(value) != nil:
        text += attribute("xml:lang", value)
      case "@target" where element == "xref" && value.isWebAddress:
        text += attribute("target", value)
      case "@target" where ["ref", "transacNote"].contains(element):
        let target = identifiers.target(value)
        if let target { text += attribute("target", target) }
        if target.map(TBXIdentifiers.original) != value { rest.append(detail) }
      default: rest.append(detail)
      }
    }
    return (text, rest)
  }

  private func attribute(_ name: String, _ value: String) -> String {
    " \(name)=\"\(escapedXML(value, isAttribute: true))\""
  }

  private func note(_ text: String, _ attributes: String = "") -> String {
    "<note\(attributes)>\(tbxText(text))</note>"
  }

  /// A property with all that is said of it, in notes.
  private func notes(_ tree: PropertyTree, path: String = "") -> [String] {
    tree.flattened(nil, path: path).map { note(TBXNote.text($0)) }
  }
}

extension Change {
  /// The date, or the day alone where no more is known.
  fileprivate var day: String {
    date.hasSuffix("T00:00:00Z") && isDay(date) ? String(date.prefix(10)) : date
  }
}

extension String {
  /// What the published schema allows as the target of an external reference.
  fileprivate var isWebAddress: Bool {
    let bytes = utf8
    guard bytes.starts(with: "http://".utf8) || bytes.starts(with: "https://".utf8) else {
      return false
    }
    // A space or a bracket needs an escape in an address.
    return bytes.count > 8
      && bytes.allSatisfy { $0 > 0x20 && !Array("<>\"{}|\\^`".utf8).contains($0) }
  }
}
