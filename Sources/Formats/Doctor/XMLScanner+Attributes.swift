internal import Bitext
internal import Segmentation

/// What a language code is worth.
struct LanguageCode {
  /// In the case of RFC 5646; `nil` for what is no language tag.
  var canonical: String?

  init(_ code: String) {
    // A code of private use alone names a language that only its owner knows.
    let isPrivate = code.lowercased().hasPrefix("x-") && code.utf8.count > 2
    canonical = isPrivate ? code : LanguageTag(code)?.canonical
  }
}

/// What attributes of all formats have in common.
extension XMLScanner {
  func report(
    _ rule: ExchangeRule, _ attribute: XMLTokenAttribute, of node: XMLNode, _ message: String,
    mending: String?
  ) {
    report(rule, attribute.valueRange, from: node.token.place, message, mending: mending)
  }

  func report(_ rule: ExchangeRule, _ node: XMLNode, _ message: String, mending: String?) {
    report(rule, node.token.range, from: node.token.place, message, mending: mending)
  }

  func checkLanguage(
    _ attribute: XMLTokenAttribute, _ code: LanguageCode, of node: inout XMLNode
  ) {
    let value = attribute.value
    guard let canonical = code.canonical else {
      let trimmed = value.withoutBlanks
      if trimmed != value, let canonical = LanguageCode(trimmed).canonical {
        report(
          .invalidLanguage, attribute, of: node, "spaces around a language code: take them out",
          mending: "\(canonical) written")
        return node.set(attribute.name, to: canonical)
      }
      return report(
        .invalidLanguage, attribute, of: node,
        "“\(value.visible)” is no language code: write one such as en or zh-CN", mending: nil)
    }
    guard canonical != value else { return }
    report(
      .languageCase, attribute, of: node,
      "strict readers want “\(canonical)” for “\(value.visible)”",
      mending: "\(canonical) written")
    node.set(attribute.name, to: canonical)
  }

  /// Gives an element an attribute that it must have.
  func require(_ name: String, _ value: String, of node: inout XMLNode) {
    guard node.attribute(name) == nil else { return }
    report(
      .missingAttribute, node, "<\(node.name)> has no \(name): write it",
      mending: "“\(value)” written")
    node.set(name, to: value)
  }

  /// Makes an identifier one that was not used before.
  ///
  /// - Parameters:
  ///   - name: of the attribute.
  ///   - node: its element.
  ///   - identifiers: hashes of those so far: of the ids themselves memory would grow too fast.
  func checkIdentifier(_ name: String, of node: inout XMLNode, in identifiers: inout Set<Int>) {
    guard let own = node.attribute(name), !own.value.isEmpty else { return }
    guard !identifiers.insert(own.value.hashValue).inserted else { return }
    var number = 2
    while !identifiers.insert("\(own.value)-\(number)".hashValue).inserted { number += 1 }
    report(
      .duplicateID, own, of: node, "the \(name) “\(own.value.visible)” was used before",
      mending: "“\(own.value.visible)-\(number)” written")
    node.set(name, to: "\(own.value)-\(number)")
  }

  /// Puts the children of an element in order by their rank, each with the space before it.
  func order(_ parent: Int, of tree: inout XMLTree, rank: (String) -> Int) {
    var groups: [(nodes: [Int], rank: Int)] = []
    var waiting: [Int] = []
    var last = (rank: Int.min, name: "")
    var isWrong = false
    for child in tree[parent].children {
      waiting.append(child)
      guard tree[child].kind == .element else { continue }
      let own = rank(tree[child].name)
      if own < last.rank {
        isWrong = true
        report(
          .wrongOrder, tree[child],
          "<\(tree[child].name.visible)> stands behind <\(last.name.visible)>: it must stand "
            + "before it", mending: "put before it")
      } else {
        last = (own, tree[child].name)
      }
      groups.append((waiting, own))
      waiting = []
    }
    guard isWrong else { return }
    let ordered = groups.enumerated().sorted {
      ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset)
    }
    tree[parent].children = ordered.flatMap(\.element.nodes) + waiting
    tree[parent].isReordered = true
  }
}

extension String {
  /// Without white space around it.
  var withoutBlanks: String {
    let start = utf8.firstIndex { !$0.isMarkupBlank } ?? utf8.endIndex
    let end = utf8.lastIndex { !$0.isMarkupBlank }.map { utf8.index(after: $0) } ?? utf8.endIndex
    return start < end ? String(self[start..<end]) : ""
  }

  /// A value of an attribute as text between tags; brackets in it are escaped.
  var withoutQuotes: String {
    split(separator: ">", omittingEmptySubsequences: false).joined(separator: "&gt;")
  }

  /// Whether a date is written `YYYYMMDDThhmmssZ` and names a time that there is.
  var isTMXDate: Bool {
    let bytes = Array(utf8)
    guard bytes.count == 16, bytes[8] == 0x54, bytes[15] == 0x5A else { return false }
    var digits = bytes
    digits.remove(at: 15)
    digits.remove(at: 8)
    guard digits.allSatisfy(\.isASCIIDigit) else { return false }
    func number(_ start: Int) -> Int {
      Int(digits[start] - 0x30) * 10 + Int(digits[start + 1] - 0x30)
    }
    return 1...12 ~= number(4) && 1...31 ~= number(6) && number(8) < 24 && number(10) < 60
      && number(12) <= 60
  }

  /// A date of another shape, `2026-05-18 09:30:00` or `20260518`, in that of TMX.
  var asTMXDate: String? {
    let text = withoutBlanks
    // A time in another zone would need arithmetic that nobody asked for.
    guard text.utf8.allSatisfy({ $0.isASCIIDigit || "-:T. Zz".utf8.contains($0) }) else {
      return nil
    }
    let whole = text.split(separator: ".").first.map(String.init) ?? ""
    var digits = whole.filter { $0.isASCII && $0.isNumber }
    if digits.utf8.count == 8 { digits += "000000" }
    if digits.utf8.count == 12 { digits += "00" }
    guard digits.utf8.count == 14 else { return nil }
    let date = digits.prefix(8) + "T" + digits.suffix(6) + "Z"
    return String(date).isTMXDate ? String(date) : nil
  }
}
