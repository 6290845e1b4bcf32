import Bitext
import TestSupport

@testable import Formats

/// Concepts with all that TBX can say, in the order in which the reader gives it.
struct RandomTBXConcepts {
  private var random: SeededGenerator

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  private static let pieces = [
    "port", " ", "港口", "&", "<b>", "\"", "\n", "\t", "  ", "]]>", "é", "=", "/", "%", "concord:",
    "a b", "😀", "'", "\u{A0}",
  ]

  private mutating func text() -> String { random.text(of: Self.pieces, upTo: 6) + "x" }

  mutating func concept(_ number: Int) -> Concept {
    var concept = Concept(id: id(number), terms: [])
    let languages = ["en", "zh-CN", "zh_Hant", "fr"].prefix(1 + random.below(4))
    for code in languages {
      guard let language = LanguageTag(code) else { continue }
      for index in 0..<1 + random.below(3) {
        var term = Term(
          text() + String(index), language: language, status: random.pick(TermStatus.allCases))
        term.properties = termProperties(number, term.status)
        concept.terms.append(term)
      }
    }
    concept.sortTerms()
    addRemarks(to: &concept)
    return concept
  }

  private mutating func id(_ number: Int) -> String {
    switch random.below(4) {
    case 0: String(number)
    case 1: "c\(number)"
    case 2: "a b \(number)"
    default: "概念-\(number)"
    }
  }

  private mutating func addRemarks(to concept: inout Concept) {
    var properties: [PropertyTree] = []
    for field in TBXField.allCases where random.once(in: 2) {
      concept[field] = text()
      if random.once(in: 2) { properties.append(PropertyTree(field.rawValue, nil, details())) }
    }
    if random.once(in: 2) { concept.created = change(2020) }
    if random.once(in: 2) {
      concept.changed = change(2022)
      properties.append(
        PropertyTree(
          "changed", nil,
          [
            PropertyTree(
              "responsibility", concept.changed?.author == nil ? "p" : nil,
              [PropertyTree("@target", "p1")])
          ]))
      // Without an author there is nobody to say more of.
      if concept.changed?.author == nil { properties.removeLast() }
    }
    // What has a field goes there first.
    if concept.note != nil, random.once(in: 2) { properties.append(PropertyTree("note", text())) }
    if concept.source != nil, random.once(in: 2) {
      properties.append(PropertyTree("source", text(), details()))
    }
    if concept.definition != nil, random.once(in: 2) {
      properties.append(PropertyTree("definition", text(), details()))
    }
    for _ in 0..<random.below(4) { properties.append(other()) }
    properties.removeAll { tree in
      concept.created == nil && tree.value == "origination"
        || concept.changed == nil && tree.value == "modification"
    }
    concept.properties = properties.flattened()
    for language in concept.languages + [LanguageTag.chinese] where random.once(in: 3) {
      let own = [
        PropertyTree("definition", text(), details()), PropertyTree("note", text()), other(),
      ]
      concept.properties += own.prefix(1 + random.below(3)).flatMap { $0.flattened(language) }
    }
  }

  private mutating func termProperties(_ number: Int, _ status: TermStatus) -> [Property] {
    var trees: [PropertyTree] = []
    if random.once(in: 6) { trees.append(PropertyTree("@id", id(number) + "-t")) }
    if random.once(in: 6) {
      trees.append(PropertyTree("term", nil, [PropertyTree("@id", id(number) + "-u")]))
    }
    var notes: [PropertyTree] = []
    if status == .deprecated, random.once(in: 3) {
      notes.append(
        PropertyTree(
          "administrativeStatus", random.pick(["supersededTerm-admn-sts", "obsolete"]), details()))
    }
    for category in TBXCategory.termNotes.dropFirst() where random.once(in: 3) {
      let known = TBXCategory.basic[category]?.values?.sorted() ?? ["China"]
      notes.append(PropertyTree(category, random.pick(known + ["properNoun", text()]), details()))
    }
    trees += notes
    for _ in 0..<random.below(4) {
      trees.append(
        random.once(in: 2) ? other() : PropertyTree(random.pick(["context", "note"]), text(), []))
    }
    return trees.flattened()
  }

  /// Something that is said of any property.
  private mutating func details() -> [PropertyTree] {
    var trees: [PropertyTree] = []
    if random.once(in: 4) { trees.append(PropertyTree("@from", text())) }
    if random.once(in: 4) {
      trees.append(PropertyTree("@xml:lang", random.pick(["de", "no tag"])))
    }
    for _ in 0..<random.below(3) {
      trees.append(PropertyTree(random.pick(["source", "note", "Rank", "a%2Fb"]), text()))
    }
    if random.once(in: 8), trees.last?.name.hasPrefix("@") == false {
      trees[trees.count - 1].details.append(PropertyTree("note", text()))
    }
    return trees.isEmpty ? [PropertyTree("note", text())] : trees
  }

  /// A property that stands anywhere.
  private mutating func other() -> PropertyTree {
    switch random.below(7) {
    case 0: PropertyTree("Usage note", text(), details())
    case 1:
      PropertyTree("crossReference", text(), [PropertyTree("@target", "c\(random.below(300))")])
    case 2:
      PropertyTree(
        "xGraphic", text(),
        [PropertyTree("@target", random.pick(["https://example.org/a", "a b.png"]))])
    case 3: PropertyTree("customerSubset", text(), random.once(in: 2) ? details() : [])
    case 4: PropertyTree("id", text())
    case 5: PropertyTree("status", text(), [PropertyTree("time", text())])
    default:
      PropertyTree(
        "transactionType", random.pick(["origination", "modification", "check"]),
        [
          PropertyTree("date", random.pick(["2019-05-01", "2019-05-01T10:00:00+02:00", "May"])),
          PropertyTree("responsibility", text()),
        ])
    }
  }

  private mutating func change(_ year: Int) -> Change {
    Change(
      date:
        "\(year)-0\(1 + random.below(9))-1\(random.below(10))T\(random.pick(["00:00:00", "10:20:30"]))Z",
      author: random.once(in: 2) ? text() : nil)
  }
}
