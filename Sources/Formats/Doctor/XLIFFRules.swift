internal import Bitext
internal import Segmentation

/// XLIFF 1.0 to 1.2 and 2.0 to 2.2: what their schemas want of files and units.
struct XLIFFRules: ExchangeRules {
  let name = "XLIFF"
  let roots: Set<String> = ["xliff"]
  let units: Set<String> = ["trans-unit", "unit", "bin-unit"]
  let grammar = XMLGrammar(
    elements: [
      "xliff", "file", "header", "body", "group", "trans-unit", "unit", "segment", "ignorable",
      "source", "seg-source", "target", "note", "notes", "alt-trans", "mrk", "g", "x", "bx", "ex",
      "ph", "bpt", "ept", "it", "sub", "pc", "sc", "ec", "sm", "em", "cp", "originalData", "data",
      "bin-unit", "skl", "skeleton", "internal-file", "external-file", "phase", "phase-group",
      "tool", "context", "context-group", "count", "count-group", "prop", "prop-group",
    ],
    around: ["trans-unit", "unit", "bin-unit", "file", "body", "xliff"],
    kept: { name, open in
      guard ["source", "target", "seg-source"].contains(name) else { return open.count }
      // One side ends where the other one starts.
      return open.lastIndex { ["source", "target", "seg-source"].contains($0) } ?? open.count
    })

  private var isSecond = false
  private var identifiers: Set<Int> = []
  private var fileIdentifiers: Set<Int> = []
  private var unitCount = 0
  private var fileCount = 0

  private static let codes: Set<String> = [
    "xml:lang", "source-language", "target-language", "srcLang", "trgLang",
  ]
  /// XLIFF 1.2, section 2.3, "state".
  private static let firstStates: Set<String> = [
    "final", "needs-adaptation", "needs-l10n", "needs-review-adaptation", "needs-review-l10n",
    "needs-review-translation", "needs-translation", "new", "signed-off", "translated",
  ]
  /// XLIFF 2.0, section 4.3.1.28.
  private static let secondStates: Set<String> = ["initial", "translated", "reviewed", "final"]

  mutating func checkTag(_ node: inout XMLNode, in parents: [String], _ scanner: XMLScanner) {
    switch node.name {
    case "xliff": checkRoot(&node, scanner)
    case "file":
      fileCount += 1
      identifiers = []
      if isSecond {
        scanner.require("id", "f\(fileCount)", of: &node)
        scanner.checkIdentifier("id", of: &node, in: &fileIdentifiers)
      } else {
        scanner.require("original", "unknown", of: &node)
        scanner.require("source-language", "und", of: &node)
        scanner.require("datatype", "plaintext", of: &node)
      }
    default: break
    }
    checkLanguages(&node, scanner)
  }

  private mutating func checkRoot(_ node: inout XMLNode, _ scanner: XMLScanner) {
    let space = node.attribute("xmlns")?.value ?? ""
    let isMarkedSecond = space.hasSuffix(":2.0") || node.attribute("srcLang") != nil
    scanner.require("version", isMarkedSecond ? "2.0" : "1.2", of: &node)
    let version = node.attribute("version")?.value ?? ""
    isSecond = version.hasPrefix("2")
    if let own = node.attribute("version"),
      !["1.0", "1.1", "1.2", "2.0", "2.1", "2.2"].contains(version)
    {
      scanner.report(
        .wrongVersion, own, of: node, "there is no XLIFF “\(version.visible)”: write 1.2 or 2.0",
        mending: nil)
    }
    if isSecond { scanner.require("srcLang", "und", of: &node) }
    guard version == "1.2" || version == "2.0" || version == "2.1" else { return }
    scanner.require(
      "xmlns",
      "urn:oasis:names:tc:xliff:document:" + (isSecond ? "2.0" : "1.2"), of: &node)
  }

  private func checkLanguages(_ node: inout XMLNode, _ scanner: XMLScanner) {
    for attribute in node.attributes where Self.codes.contains(attribute.name) {
      guard !attribute.value.isEmpty else { continue }
      scanner.checkLanguage(attribute, LanguageCode(attribute.value), of: &node)
    }
  }

  // MARK: Units

  mutating func checkUnit(_ tree: inout XMLTree, in parents: [String], _ scanner: XMLScanner) {
    unitCount += 1
    for index in tree.nodes.indices where tree[index].kind == .element {
      checkLanguages(&tree[index], scanner)
    }
    scanner.require("id", "u\(unitCount)", of: &tree[0])
    scanner.checkIdentifier("id", of: &tree[0], in: &identifiers)
    if tree.root.name == "unit" {
      scanner.order(0, of: &tree) { $0 == "segment" || $0 == "ignorable" ? 1 : 0 }
      for part in ["segment", "ignorable"].flatMap({ tree.children(of: 0, named: $0) }) {
        checkSides(of: part, &tree, scanner)
        checkState(part, Self.secondStates, allowsOwn: false, &tree, scanner)
      }
      if tree.children(of: 0, named: "segment").isEmpty {
        scanner.report(
          .missingSegment, tree.root, "this <unit> has no <segment>: write it", mending: nil)
      }
    } else if tree.root.name == "trans-unit" {
      checkSides(of: 0, &tree, scanner)
      for target in tree.children(of: 0, named: "target") {
        checkState(target, Self.firstStates, allowsOwn: true, &tree, scanner)
      }
    }
  }

  private func checkState(
    _ node: Int, _ states: Set<String>, allowsOwn: Bool, _ tree: inout XMLTree,
    _ scanner: XMLScanner
  ) {
    guard let own = tree[node].attribute("state"), !states.contains(own.value) else { return }
    if allowsOwn, own.value.hasPrefix("x-") { return }
    let lower = own.value.withoutBlanks.lowercased()
    let mended = states.contains(lower) ? lower : nil
    scanner.report(
      .invalidValue, own, of: tree[node],
      "the format has no state “\(own.value.visible)”: write one of "
        + states.sorted().joined(separator: ", "),
      mending: mended.map { "\($0) written" } ?? (allowsOwn ? "x-… written" : "left out"))
    if let mended {
      tree[node].set("state", to: mended)
    } else if allowsOwn {
      tree[node].set("state", to: "x-" + own.value)
    } else {
      tree[node].remove("state")
    }
  }

  /// Source and target: each once, in this order, with the same tags.
  private func checkSides(of parent: Int, _ tree: inout XMLTree, _ scanner: XMLScanner) {
    scanner.order(parent, of: &tree) { name in
      ["source", "seg-source", "target"].firstIndex(of: name) ?? 3
    }
    let sources = tree.children(of: parent, named: "source")
    guard let source = sources.first else {
      scanner.report(
        .missingSource, tree[parent], "<\(tree[parent].name)> has no <source>: write it",
        mending: "an empty one written")
      return tree.insert(Array("<source/>".utf8), into: parent, at: 0)
    }
    let targets = tree.children(of: parent, named: "target")
    for extra in sources.dropFirst() + targets.dropFirst() {
      scanner.report(
        .severalSegments, tree[extra], "a second <\(tree[extra].name)>: one is allowed",
        mending: nil)
    }
    if tree[source].children.isEmpty, tree[parent].name != "ignorable" {
      scanner.report(.emptySegment, tree[source], "the source is empty", mending: nil)
    }
    guard let target = targets.first, !tree[target].children.isEmpty else { return }
    let missing = tags(in: source, tree).subtracting(tags(in: target, tree))
    guard !missing.isEmpty else { return }
    let names = missing.sorted().prefix(5).joined(separator: ", ")
    scanner.report(
      .tagMismatch, tree[target], "the target lacks tags of the source: \(names.visible)",
      mending: nil)
  }

  private static let inline: Set<String> = [
    "g", "x", "bx", "ex", "ph", "bpt", "ept", "it", "pc", "sc", "ec",
  ]

  /// The tags in an element by their name and `id`.
  private func tags(in node: Int, _ tree: XMLTree) -> Set<String> {
    var found: Set<String> = []
    for child in tree[node].children where tree[child].kind == .element {
      if Self.inline.contains(tree[child].name), let id = tree[child].attribute("id")?.value {
        found.insert("<\(tree[child].name) id=\"\(id)\">")
      }
      found.formUnion(tags(in: child, tree))
    }
    return found
  }
}
