internal import Bitext
internal import Segmentation

/// TBX of both generations: MARTIF (2008) and ISO 30042:2019.
struct TBXRules: ExchangeRules {
  let name = "TBX"
  let roots: Set<String> = ["martif", "tbx", "TBX"]
  let units: Set<String> = ["termEntry", "conceptEntry"]
  let grammar = XMLGrammar(
    elements: [
      "martif", "martifHeader", "tbx", "tbxHeader", "fileDesc", "titleStmt", "title", "sourceDesc",
      "publicationStmt", "encodingDesc", "revisionDesc", "change", "p", "text", "body", "back",
      "refObjectSec", "refObjectList", "refObject", "itemSet", "itemGrp", "item",
      "termEntry", "conceptEntry", "langSet", "langSec", "tig", "ntig", "termGrp", "termSec",
      "term", "termNote", "termNoteGrp", "termComp", "termCompList", "termCompGrp", "descrip",
      "descripGrp", "descripNote", "admin", "adminGrp", "adminNote", "transac", "transacGrp",
      "transacNote", "note", "ref", "xref", "date", "hi", "foreign", "bpt", "ept", "ph", "it", "ec",
      "sc",
    ],
    around: ["termEntry", "conceptEntry", "body", "text", "back", "martif", "tbx"],
    kept: { name, open in
      switch name {
      case "langSet", "langSec": open.firstIndex(of: name) ?? open.count
      case "tig", "ntig", "termSec", "term":
        open.lastIndex(of: name) ?? open.count
      default: open.count
      }
    })

  private var isThird = false
  private var identifiers: Set<Int> = []

  /// TBX-Basic's closed list, by what else people write (ISO 30042:2019 has no “forbidden”).
  private static let statuses: [String: String] = [
    "preferred": "preferredTerm-admn-sts", "preferredterm": "preferredTerm-admn-sts",
    "admitted": "admittedTerm-admn-sts", "admittedterm": "admittedTerm-admn-sts",
    "deprecated": "deprecatedTerm-admn-sts", "deprecatedterm": "deprecatedTerm-admn-sts",
    "notrecommended": "deprecatedTerm-admn-sts", "forbidden": "deprecatedTerm-admn-sts",
    "obsolete": "supersededTerm-admn-sts", "superseded": "supersededTerm-admn-sts",
    "supersededterm": "supersededTerm-admn-sts",
  ]
  private static let closedStatuses: Set<String> = [
    "preferredTerm-admn-sts", "admittedTerm-admn-sts", "deprecatedTerm-admn-sts",
    "supersededTerm-admn-sts",
  ]

  mutating func checkTag(_ node: inout XMLNode, in parents: [String], _ scanner: XMLScanner) {
    switch node.name {
    case "martif":
      scanner.require("type", "TBX", of: &node)
      scanner.require("xml:lang", "en", of: &node)
    case "tbx":
      isThird = true
      scanner.require("type", "TBX-Basic", of: &node)
      scanner.require("style", "dca", of: &node)
      scanner.require("xml:lang", "en", of: &node)
      scanner.require("xmlns", "urn:iso:std:iso:30042:ed-2", of: &node)
    default: break
    }
    checkShared(&node, scanner)
  }

  /// Languages and identifiers, wherever they stand.
  private mutating func checkShared(_ node: inout XMLNode, _ scanner: XMLScanner) {
    if let language = node.attribute("xml:lang"), !language.value.isEmpty {
      scanner.checkLanguage(language, LanguageCode(language.value), of: &node)
    }
    if let own = node.attribute("lang"), node.attribute("xml:lang") == nil,
      ["langSet", "langSec", "martif", "tbx"].contains(node.name)
    {
      scanner.report(
        .legacyLang, own, of: node, "the language is said by xml:lang", mending: "xml:lang written")
      node.remove("lang")
      node.set("xml:lang", to: LanguageCode(own.value).canonical ?? own.value)
    }
    scanner.checkIdentifier("id", of: &node, in: &identifiers)
  }

  // MARK: Entries

  mutating func checkUnit(_ tree: inout XMLTree, in parents: [String], _ scanner: XMLScanner) {
    for index in tree.nodes.indices where tree[index].kind == .element {
      checkShared(&tree[index], scanner)
      switch tree[index].name {
      case "termNote", "descrip", "admin", "transac": checkTyped(index, &tree, scanner)
      case "date" where isThird: checkDate(index, &tree, scanner)
      default: break
      }
      if !grammar.elements.contains(tree[index].name.withoutXMLPrefix),
        !tree[index].name.contains(":")
      {
        scanner.report(
          .unknownElement, tree[index], "TBX has no <\(tree[index].name.visible)>", mending: nil)
      }
    }
    scanner.order(0, of: &tree) { $0 == "langSet" || $0 == "langSec" ? 1 : 0 }
    let languages = ["langSet", "langSec"].flatMap { tree.children(of: 0, named: $0) }
    if languages.isEmpty {
      scanner.report(
        .missingVariant, tree.root, "this <\(tree.root.name)> has no language: write its terms",
        mending: nil)
    }
    for language in languages { checkLanguageSection(language, &tree, scanner) }
  }

  private func checkLanguageSection(
    _ section: Int, _ tree: inout XMLTree, _ scanner: XMLScanner
  ) {
    if tree[section].attribute("xml:lang")?.value.isEmpty ?? true {
      scanner.report(
        .missingLanguage, tree[section], "<\(tree[section].name)> has no language: write xml:lang",
        mending: "“und” written")
      tree[section].set("xml:lang", to: "und")
    }
    let names: Set<String> = ["tig", "ntig", "termSec"]
    scanner.order(section, of: &tree) { names.contains($0) ? 1 : 0 }
    let terms = tree[section].children.filter { names.contains(tree[$0].name) }
    if terms.isEmpty {
      scanner.report(
        .missingSegment, tree[section], "<\(tree[section].name)> has no term: write it",
        mending: nil)
    }
    for part in terms {
      let holder = tree.children(of: part, named: "termGrp").first ?? part
      scanner.order(holder, of: &tree) { $0 == "term" ? 0 : 1 }
      guard let term = tree.children(of: holder, named: "term").first else {
        scanner.report(
          .missingSegment, tree[part], "<\(tree[part].name)> has no <term>: write it",
          mending: nil)
        continue
      }
      let isEmpty = tree.text(term, scanner.window).withoutBlanks.isEmpty
      if isEmpty {
        scanner.report(
          .emptySegment, tree[term], "the term is empty: write it", mending: nil)
      }
    }
  }

  private func checkTyped(_ node: Int, _ tree: inout XMLTree, _ scanner: XMLScanner) {
    guard let type = tree[node].attribute("type") else {
      return scanner.report(
        .missingAttribute, tree[node], "<\(tree[node].name)> has no type: write it", mending: nil)
    }
    guard isThird, type.value == "administrativeStatus" else { return }
    let text = tree.text(node, scanner.window).withoutBlanks
    guard !Self.closedStatuses.contains(text) else { return }
    let plain = text.lowercased().replacing("-admn-sts", with: "").filter { $0.isLetter }
    let mended = Self.statuses[plain]
    scanner.report(
      .invalidValue, tree[node],
      "“\(text.visible)” is no status: write one of "
        + Self.closedStatuses.sorted().joined(separator: ", "),
      mending: mended.map { "\($0) written" })
    guard let mended else { return }
    tree[node].children = []
    tree[node].added = Array(mended.utf8)
  }

  /// `xs:date`: 2026-05-18.
  private func checkDate(_ node: Int, _ tree: inout XMLTree, _ scanner: XMLScanner) {
    let text = tree.text(node, scanner.window).withoutBlanks
    let digits = text.filter { $0.isASCII && $0.isNumber }
    let isRight = text.utf8.count == 10 && text.asTMXDate != nil && text.contains("-")
    guard !isRight else { return }
    let mended = text.asTMXDate.map { _ in
      "\(digits.prefix(4))-\(digits.dropFirst(4).prefix(2))-\(digits.dropFirst(6).prefix(2))"
    }
    scanner.report(
      .invalidDate, tree[node], "“\(text.visible)” is no date: write it as 2026-05-18",
      mending: mended.map { "\($0) written" })
    guard let mended else { return }
    tree[node].children = []
    tree[node].added = Array(mended.utf8)
  }
}
