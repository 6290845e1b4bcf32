internal import Bitext
internal import Segmentation

/// A translation unit and its variants.
extension TMXDoctor {
  mutating func takeUnit(_ token: XMLToken) throws {
    var tree = try reader.element(token)
    guard !tree.isCut || closeCut(&tree) else { return }
    checkAttributes(of: &tree[0])
    reader.scanner.checkIdentifier("tuid", of: &tree[0], in: &identifiers)
    for child in tree.root.children { checkUnitPart(child, of: &tree) }
    reader.scanner.order(0, of: &tree) { $0 == "tuv" ? 1 : 0 }
    let variants = tree.children(of: 0, named: "tuv")
    guard !variants.isEmpty else {
      let text = tree.text(0, window).withoutBlanks
      return report(
        .missingVariant, token,
        "a unit without <tuv> holds nothing: write its variants or take it out",
        mending: "left out" + (text.isEmpty ? "" : ": “\(Self.cut(text))”"))
    }
    checkMissingLanguages(variants, of: &tree)
    checkSource(variants, of: &tree)
    if variants.count > 1 { compareTags(variants, of: tree) }
    guard let output else { return }
    if tree.isMended || tree.nodes.contains(where: \.isTouched) {
      var bytes: [UInt8] = []
      tree.write(0, window, to: &bytes)
      try output.write(bytes)
    } else if let end = tree.root.end ?? (tree.root.token.kind == .empty ? token.range : nil) {
      try output.write(window[token.range.lowerBound..<end.upperBound])
    }
  }

  static func cut(_ text: String) -> String {
    text.unicodeScalars.count <= ExchangeFindings.quoted
      ? text : String(text.prefix(ExchangeFindings.quoted)) + "…"
  }

  /// Saves of a unit in which the file ends what is whole.
  ///
  /// - Returns: `false` when the unit is left out.
  private func closeCut(_ tree: inout XMLTree) -> Bool {
    let variants = tree.children(of: 0, named: "tuv")
    let whole = variants.filter { variant in
      tree.children(of: variant, named: "seg").contains { tree[$0].isClosed }
    }
    let isKept = whole.count >= 2
    let lost = isKept ? variants.filter { !whole.contains($0) } : [0]
    let text = Self.cut(lost.map { tree.text($0, window) }.joined(separator: " ").withoutBlanks)
    let left = text.isEmpty ? "" : "left out: “\(text)”"
    report(
      .truncated, tree.root.token, "the file breaks off in this unit",
      mending: isKept
        ? "closed behind \(whole.count) variants" + (left.isEmpty ? "" : ", " + left)
        : left.isEmpty ? "left out" : left)
    guard isKept, let last = whole.last,
      let end = tree[0].children.firstIndex(of: last)
    else { return false }
    tree[0].children.removeSubrange((end + 1)...)
    tree[0].isChanged = true
    // What follows the last segment in a variant that was not closed was cut too.
    if !tree[last].isClosed,
      let segment = tree[last].children.lastIndex(where: { tree[$0].name == "seg" })
    {
      tree[last].children.removeSubrange((segment + 1)...)
    }
    return true
  }

  private mutating func checkUnitPart(_ child: Int, of tree: inout XMLTree) {
    guard tree[child].kind == .element else { return keepText(child, in: &tree) }
    switch tree[child].name {
    case "note", "prop": checkRemark(child, of: &tree)
    case "tuv": checkVariant(child, of: &tree)
    default: keepElement(child, in: &tree)
    }
  }

  // MARK: Variants

  private mutating func checkVariant(_ variant: Int, of tree: inout XMLTree) {
    checkAttributes(of: &tree[variant])
    if tree.children(of: variant, named: "seg").isEmpty { makeSegment(variant, of: &tree) }
    for child in tree[variant].children {
      guard tree[child].kind == .element else {
        keepText(child, in: &tree)
        continue
      }
      switch tree[child].name {
      case "note", "prop": checkRemark(child, of: &tree)
      case "seg": checkSegment(child, of: &tree)
      default: keepElement(child, in: &tree)
      }
    }
    reader.scanner.order(variant, of: &tree) { $0 == "seg" ? 1 : 0 }
    splitSegments(variant, of: &tree)
  }

  /// Text directly in a variant, as the oldest files have it, becomes its segment.
  private func makeSegment(_ variant: Int, of tree: inout XMLTree) {
    let parts = tree[variant].children.filter { child in
      tree[child].kind == .text && !tree.isSpace(child, window)
        || tree[child].kind == .element && TMXGrammar.inline.contains(tree[child].name)
    }
    report(
      .missingSegment, tree[variant].token, "this <tuv> has no <seg>: write it",
      mending: parts.isEmpty ? "an empty one written" : "its text put in one")
    var token = tree[variant].token
    token.kind = .start
    token.attributes = []
    token.mended = Array("<seg>".utf8)
    var segment = XMLNode(kind: .element, name: "seg", token: token)
    segment.isChanged = true
    segment.isClosed = true
    if let first = parts.first, let last = parts.last,
      let start = tree[variant].children.firstIndex(of: first),
      let end = tree[variant].children.firstIndex(of: last)
    {
      let range = start...end
      segment.children = tree[variant].children[range].filter {
        tree[$0].name != "note" && tree[$0].name != "prop"
      }
      let inside = Set(segment.children)
      tree[variant].children.removeAll { inside.contains($0) }
    }
    tree[variant].isReordered = true
    _ = tree.add(segment, to: variant)
  }

  /// Of several segments each gets a variant of its own.
  private func splitSegments(_ variant: Int, of tree: inout XMLTree) {
    let segments = tree.children(of: variant, named: "seg")
    guard segments.count > 1, let place = tree[0].children.firstIndex(of: variant) else { return }
    report(
      .severalSegments, tree[segments[1]].token,
      "this <tuv> has \(segments.count) segments: one is allowed",
      mending: "a <tuv> made of each")
    let extra = Set(segments.dropFirst())
    tree[variant].children.removeAll { extra.contains($0) }
    tree[variant].isReordered = true
    for (offset, segment) in segments.dropFirst().enumerated() {
      var copy = tree[variant]
      copy.children = [segment]
      copy.added = []
      copy.isChanged = true
      tree.nodes.append(copy)
      tree[0].children.insert(tree.nodes.count - 1, at: place + 1 + offset)
    }
    tree[0].isReordered = true
  }

  private func checkMissingLanguages(_ variants: [Int], of tree: inout XMLTree) {
    let missing = variants.filter { tree[$0].attribute("xml:lang")?.value.isEmpty ?? true }
    guard !missing.isEmpty else { return }
    let own = sourceLanguage(of: tree.root)
    let hasSource = variants.contains { tree[$0].attribute("xml:lang")?.value == own }
    for variant in missing {
      // The only one without a language, where the source is the only language without a variant.
      let language = missing.count == 1 && !hasSource ? own ?? "und" : "und"
      report(
        .missingLanguage, tree[variant].token, "this <tuv> has no language: write xml:lang",
        mending: "“\(language)” written")
      tree[variant].set("xml:lang", to: language)
    }
  }

  private func sourceLanguage(of unit: XMLNode) -> String? {
    guard let own = unit.attribute("srclang")?.value else { return sourceLanguage }
    return own == "*all*" ? nil : codes[own]?.canonical ?? own
  }

  /// Every unit has a variant in its source language, spelt as the header spells it.
  private func checkSource(_ variants: [Int], of tree: inout XMLTree) {
    guard let source = sourceLanguage(of: tree.root) else { return }
    let languages = variants.compactMap { tree[$0].attribute("xml:lang")?.value }
    guard !languages.contains(where: { $0 == source }) else { return }
    let near = LanguageTag(source).flatMap { tag in
      languages.first { LanguageTag($0).map { LanguageMatching.match($0, tag) } ?? false }
    }
    report(
      .missingSource, tree.root.token,
      near.map { "the source language is \(source), and the variant's is \($0): spell them alike" }
        ?? "no variant in the source language, \(source.visible)",
      mending: near.map { "srclang=\"\($0)\" written for this unit" })
    if let near { tree[0].set("srclang", to: near) }
  }
}

extension XMLNode {
  /// Whether anything of it is not written as it stood.
  var isTouched: Bool {
    isChanged || isReordered || token.mended != nil || !added.isEmpty
      || kind == .element && token.kind == .start && end == nil
  }
}
