internal import Bitext

/// A term as its section tells it.
struct TBXFoundTerm {
  var text: String
  var language: LanguageTag
  /// `nil` where the section says nothing of it.
  var status: TermStatus?
  /// A status that is in no table.
  var unknownStatus: String?
  /// Whether Concord wrote down the status itself: then nothing outweighs it.
  var isExact = false
  var properties: [Property] = []
  var line: Int

  /// Reads a section: the element of the term, and all that stands beside it.
  init(_ term: TBXElement, _ others: [TBXElement], section: TBXElement, language: LanguageTag) {
    text = term.text
    self.language = language
    line = term.line
    var trees = others.propertyTrees
    // What Concord noted is remembered, and says no more of the term's use.
    let own = others.filter { !TBXNote.isMarked($0.text) }
    readStatus(own.count == others.count ? trees : own.propertyTrees, &trees)
    for note in others where note.name == "note" {
      guard let word = TBXNote.reserved(TBXNote.status, in: note.text) else { continue }
      status = TermStatus(rawValue: word) ?? status
      isExact = true
    }
    var ids: [PropertyTree] = []
    if let id = section["id"] { ids.append(PropertyTree("@id", id)) }
    if let id = term["id"] { ids.append(PropertyTree("term", nil, [PropertyTree("@id", id)])) }
    properties = (ids + trees).inTermOrder.flattened()
  }

  private mutating func readStatus(_ said: [PropertyTree], _ trees: inout [PropertyTree]) {
    for category in TBXStatus.termCategories {
      guard let word = said.first(where: { $0.name == category })?.value, !word.isEmpty else {
        continue
      }
      status = TBXStatus.status(of: word)
      if status == nil {
        unknownStatus = unknownStatus ?? word
        continue
      }
      unknownStatus = nil
      trees.forget(category, word)
      break
    }
    let process = said.first { $0.name == TBXStatus.processCategory }?.value
    if let process, TBXStatus.status(of: process) == .proposed, status?.isAccepted ?? true {
      status = .proposed
    }
  }
}

extension [PropertyTree] {
  /// Leaves out a status that the term's own holds, and keeps what is said of it.
  fileprivate mutating func forget(_ category: String, _ word: String) {
    let isHeld =
      category == "administrativeStatus" && TBXStatus.isOrdinary(word) || category == "termStatus"
    guard isHeld, let index = firstIndex(where: { $0.name == category && $0.value == word }) else {
      return
    }
    if category == "termStatus" || self[index].details.isEmpty {
      remove(at: index)
    } else {
      self[index].value = nil
    }
  }

  /// The ids, then the term notes in the order in which they are written, since they must stand
  /// before all else there.
  var inTermOrder: [PropertyTree] {
    func rank(_ tree: PropertyTree) -> Int? {
      if tree.name.hasPrefix("@") { return -2 }
      if tree.name == "term", tree.value == nil { return -1 }
      guard let place = TBXCategory.termNotes.firstIndex(of: tree.name),
        let category = TBXCategory.basic[tree.name]
      else { return nil }
      let isNoted = tree.value.map { !category.allows($0) } ?? false
      return place * 4 + (isNoted ? 2 : 0) + (tree.details.isEmpty ? 0 : 1)
    }
    let ranked = enumerated().compactMap { index, tree in rank(tree).map { ($0, index) } }
    guard !ranked.isEmpty else { return self }
    return ranked.sorted { $0 < $1 }.map { self[$0.1] } + filter { rank($0) == nil }
  }
}

extension TBXElement {
  /// The terms of a section of one language, and what is said of the language itself.
  func terms(in language: LanguageTag) -> (terms: [TBXFoundTerm], remarks: [TBXElement]) {
    var terms: [TBXFoundTerm] = []
    var remarks: [TBXElement] = []
    for child in children {
      if Self.sections.contains(child.name) {
        terms += child.sectionTerms(in: language)
      } else if child.name == "term" {
        terms.append(TBXFoundTerm(child, [], section: child, language: language))
      } else {
        remarks.append(child)
      }
    }
    return (terms, remarks)
  }

  private static let sections: Set<String> = ["tig", "ntig", "termSec", "termGroup", "termGrp"]

  /// Most sections hold one term; where one holds several, what follows a term is said of it.
  private func sectionTerms(in language: LanguageTag) -> [TBXFoundTerm] {
    var found: [(term: TBXElement?, others: [TBXElement])] = [(nil, [])]
    for child in children.flatMap({ $0.name == "termGrp" ? $0.children : [$0] }) {
      if child.name != "term" {
        found[found.count - 1].others.append(child)
      } else if found[found.count - 1].term == nil {
        found[found.count - 1].term = child
      } else {
        found.append((child, []))
      }
    }
    return found.enumerated().map { index, part in
      let section = index == 0 ? self : TBXElement(name: name, attributes: [], line: line)
      let term = part.term ?? TBXElement(name: "term", attributes: [], line: line)
      return TBXFoundTerm(term, part.others, section: section, language: language)
    }
  }
}
