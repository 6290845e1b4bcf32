internal import Bitext

/// Segments and the elements in them.
extension TMXDoctor {
  mutating func checkSegment(_ segment: Int, of tree: inout XMLTree) {
    checkAttributes(of: &tree[segment])
    checkText(of: segment, in: tree)
    let inline = inlineElements(of: segment, in: tree)
    guard !inline.isEmpty else { return }
    for node in inline { checkAttributes(of: &tree[node]) }
    for node in inline where tree[node].name == "it" { checkPosition(node, in: &tree) }
    pairTags(inline, in: &tree)
  }

  private func checkText(of segment: Int, in tree: XMLTree) {
    guard let first = tree[segment].children.first else {
      return report(
        .emptySegment, tree[segment].token, "the segment is empty: write its text", mending: nil)
    }
    if tree[segment].children.count == 1, tree.isSpace(first, window) {
      return report(
        .emptySegment, tree[segment].token, "the segment is white space alone", mending: nil)
    }
    guard tree[first].kind == .text, tree[first].token.kind == .text else { return }
    let bytes = window[tree[first].token.range]
    if bytes.first == 0x0A || bytes.first == 0x0D {
      report(
        .segmentWhitespace, tree[segment].token,
        "the segment starts with a line break, which is part of its text: was it indented?",
        mending: nil)
    }
  }

  /// The elements in a segment, however deep, in the order of the text.
  private func inlineElements(of segment: Int, in tree: XMLTree) -> [Int] {
    var found: [Int] = []
    func visit(_ node: Int) {
      for child in tree[node].children where tree[child].kind == .element {
        found.append(child)
        visit(child)
      }
    }
    visit(segment)
    return found
  }

  private func checkPosition(_ node: Int, in tree: inout XMLTree) {
    let position = tree[node].attribute("pos")?.value
    guard position != "begin", position != "end" else { return }
    let lower = position?.lowercased() ?? ""
    let value = ["end", "close"].contains(lower) ? "end" : "begin"
    report(
      position == nil ? .missingAttribute : .invalidValue, tree[node].token,
      "<it> says with pos whether it begins or ends something: begin or end",
      mending: "“\(value)” written")
    tree[node].set("pos", to: value)
  }

  // MARK: Pairs

  /// `bpt` and `ept` belong together by their `i`, which stands once in a segment.
  private func pairTags(_ inline: [Int], in tree: inout XMLTree) {
    var used: Set<String> = []
    var open: [(index: String, node: Int, written: String)] = []
    for node in inline {
      guard tree[node].name == "bpt" || tree[node].name == "ept" else { continue }
      guard let index = tree[node].attribute("i")?.value, !index.isEmpty else {
        isolate(node, in: &tree, "has no i, which tells the pair")
        continue
      }
      if tree[node].name == "bpt" {
        let written = used.contains(index) ? Self.freeIndex(inline, used, in: tree) : index
        if written != index {
          report(
            .duplicateIndex, tree[node].token,
            "<bpt i=\"\(index.visible)\"> stands in the segment twice: number each pair",
            mending: "“\(written)” written")
          tree[node].set("i", to: written)
        }
        used.insert(written)
        open.append((index, node, written))
      } else if let match = open.lastIndex(where: { $0.index == index }) {
        if open[match].written != index { tree[node].set("i", to: open[match].written) }
        open.remove(at: match)
      } else {
        isolate(node, in: &tree, "has no <bpt i=\"\(index.visible)\"> before it")
      }
    }
    for left in open {
      isolate(left.node, in: &tree, "has no <ept i=\"\(left.index.visible)\"> behind it")
    }
  }

  private static func freeIndex(
    _ inline: [Int], _ used: Set<String>, in tree: XMLTree
  ) -> String {
    let taken = used.union(inline.compactMap { tree[$0].attribute("i")?.value })
    var number = 1
    while taken.contains(String(number)) { number += 1 }
    return String(number)
  }

  /// Half of a pair is an isolated tag.
  private func isolate(_ node: Int, in tree: inout XMLTree, _ reason: String) {
    let name = tree[node].name
    let position = name == "bpt" ? "begin" : "end"
    report(
      .unpairedTag, tree[node].token, "<\(name)> \(reason): write <it pos=\"\(position)\">",
      mending: "<it pos=\"\(position)\"> written")
    tree[node].name = "it"
    tree[node].remove("i")
    tree[node].set("pos", to: position)
  }

  // MARK: Variants beside each other

  /// The `x` of tags tell which of them translate each other: all variants have the same.
  func compareTags(_ variants: [Int], of tree: XMLTree) {
    let numbers = variants.map { variant in
      var found: Set<String> = []
      for segment in tree.children(of: variant, named: "seg") {
        for node in inlineElements(of: segment, in: tree) {
          if let number = tree[node].attribute("x")?.value { found.insert(number) }
        }
      }
      return found
    }
    let all = numbers.reduce(into: Set<String>()) { $0.formUnion($1) }
    guard !all.isEmpty else { return }
    for (variant, own) in zip(variants, numbers) where own != all {
      let missing = all.subtracting(own).sorted().prefix(5).map { "x=\"\($0.visible)\"" }
      report(
        .tagMismatch, tree[variant].token,
        "this variant lacks tags that another one has: \(missing.joined(separator: ", "))",
        mending: nil)
    }
  }
}
