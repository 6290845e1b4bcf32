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

/// The attributes of an element, each by itself.
extension TMXDoctor {
  func report(
    _ rule: ExchangeRule, _ attribute: XMLTokenAttribute, of node: XMLNode, _ message: String,
    mending: String?
  ) {
    reader.scanner.report(
      rule, attribute.valueRange, from: node.token.place, message, mending: mending)
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
    if value == "*all*", attribute.name == "srclang" { return }
    guard !value.isEmpty else { return }
    guard let canonical = code(value).canonical else {
      let withoutBlanks = value.withoutBlanks
      if withoutBlanks != value, let canonical = code(withoutBlanks).canonical {
        report(
          .invalidLanguage, attribute, of: node, "spaces around a language code: take them out",
          mending: "\(canonical) written")
        return node.set(attribute.name, to: canonical)
      }
      return report(
        .invalidLanguage, attribute, of: node,
        "“\(value.visible)” is no language code: write one such as en or zh-CN", mending: nil)
    }
    if canonical != value {
      report(
        .languageCase, attribute, of: node,
        "strict readers want “\(canonical)” for “\(value.visible)”",
        mending: "\(canonical) written")
      node.set(attribute.name, to: canonical)
    }
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

extension String {
  /// Without white space around it.
  var withoutBlanks: String {
    let start = utf8.firstIndex { !$0.isXMLBlank } ?? utf8.endIndex
    let end = utf8.lastIndex { !$0.isXMLBlank }.map { utf8.index(after: $0) } ?? utf8.endIndex
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
