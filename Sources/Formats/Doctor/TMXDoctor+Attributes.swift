internal import Bitext
internal import Segmentation

/// The attributes of an element, each by itself.
extension TMXDoctor {
  func report(
    _ rule: ExchangeRule, _ attribute: XMLTokenAttribute, of node: XMLNode, _ message: String,
    mending: String?
  ) {
    reader.scanner.report(rule, attribute, of: node, message, mending: mending)
  }

  /// Checks what the attributes of an element are called and what they say.
  mutating func checkAttributes(of node: inout XMLNode) {
    guard !node.attributes.isEmpty else { return }
    guard let known = TMXGrammar.attributes[node.name] else { return }
    for attribute in node.attributes {
      guard known.contains(attribute.name) else {
        checkUnknown(attribute, known, of: &node)
        continue
      }
      switch attribute.name {
      case "xml:lang", "adminlang", "srclang": checkLanguage(attribute, of: &node)
      case "creationdate", "changedate", "lastusagedate": checkDate(attribute, of: &node)
      case "usagecount": checkCount(attribute, of: &node)
      case "segtype": checkSegmentType(attribute, of: &node)
      case "lang": checkLegacy(attribute, of: &node)
      default: break
      }
    }
  }

  private mutating func checkUnknown(
    _ attribute: XMLTokenAttribute, _ known: Set<String>, of node: inout XMLNode
  ) {
    let lower = attribute.name.lowercased()
    if known.contains(lower), node.attribute(lower) == nil {
      report(
        .nameCase, attribute, of: node,
        "names are in lower case: write \(lower)", mending: lower + " written")
      node.remove(attribute.name)
      node.set(lower, to: attribute.value)
      return
    }
    let name = attribute.name.visible
    node.remove(attribute.name)
    let hasProperties = ["header", "tu", "tuv"].contains(node.name)
    guard hasProperties, !attribute.name.hasPrefix("xml") else {
      return report(
        .unknownAttribute, attribute, of: node,
        "<\(node.name)> has no attribute “\(name)”: take it out", mending: "left out")
    }
    report(
      .unknownAttribute, attribute, of: node,
      "<\(node.name)> has no attribute “\(name)”: write a <prop>", mending: "kept as a <prop>")
    let value = attribute.value.withoutQuotes
    node.added += "<prop type=\"x-\(attribute.name)\">\(value)</prop>".utf8
  }

  private mutating func checkLegacy(_ attribute: XMLTokenAttribute, of node: inout XMLNode) {
    let hasOther = node.attribute("xml:lang") != nil
    report(
      .legacyLang, attribute, of: node, "“lang” is of TMX 1.1: write xml:lang",
      mending: hasOther ? "left out beside xml:lang" : "xml:lang written")
    node.remove("lang")
    guard !hasOther else { return }
    node.set("xml:lang", to: attribute.value)
    var renamed = attribute
    renamed.name = "xml:lang"
    checkLanguage(renamed, of: &node)
  }

  mutating func code(_ text: String) -> LanguageCode {
    if let known = codes[text] { return known }
    let code = LanguageCode(text)
    // A damaged file may have as many codes as units.
    if codes.count < 1000 { codes[text] = code }
    return code
  }

  private mutating func checkLanguage(_ attribute: XMLTokenAttribute, of node: inout XMLNode) {
    let value = attribute.value
    if value.isEmpty || value == "*all*" && attribute.name == "srclang" { return }
    reader.scanner.checkLanguage(attribute, code(value), of: &node)
  }

  private func checkDate(_ attribute: XMLTokenAttribute, of node: inout XMLNode) {
    guard !attribute.value.isTMXDate else { return }
    let mended = attribute.value.asTMXDate
    report(
      .invalidDate, attribute, of: node,
      "“\(attribute.value.visible)” is no date: write it as 20260518T093000Z, in UTC",
      mending: mended.map { "\($0) written" })
    if let mended { node.set(attribute.name, to: mended) }
  }

  private func checkCount(_ attribute: XMLTokenAttribute, of node: inout XMLNode) {
    let value = attribute.value
    func isNumber(_ text: String) -> Bool { !text.isEmpty && text.utf8.allSatisfy(\.isASCIIDigit) }
    guard !isNumber(value) else { return }
    let withoutBlanks = value.withoutBlanks
    let mended = isNumber(withoutBlanks) ? withoutBlanks : nil
    report(
      .invalidCount, attribute, of: node, "“\(value.visible)” is no number of uses",
      mending: mended.map { "\($0) written" })
    if let mended { node.set("usagecount", to: mended) }
  }

  private func checkSegmentType(_ attribute: XMLTokenAttribute, of node: inout XMLNode) {
    guard !TMXGrammar.segmentTypes.contains(attribute.value) else { return }
    let lower = attribute.value.withoutBlanks.lowercased()
    let isHeader = node.name == "header"
    let mended =
      TMXGrammar.segmentTypes.contains(lower) ? lower : isHeader ? "sentence" : nil
    report(
      .invalidValue, attribute, of: node,
      "segtype is block, paragraph, sentence or phrase, not “\(attribute.value.visible)”",
      mending: mended.map { "\($0) written" } ?? "left out")
    if let mended { node.set("segtype", to: mended) } else { node.remove("segtype") }
  }
}
