public import Bitext

extension SegmentationRules {
  /// Reads a rule file of SRX 2.0 (LISA, 2008), and the older versions as far as they are alike.
  ///
  /// The files of other tools are read as those mean them: without `segmentsubflows`, which the
  /// schema demands, or with Okapi's `useIcu4jBreakRules`, which like Concord's own
  /// `<?concord base="unicode"?>` leaves to Unicode what no rule decides. Every pattern is checked,
  /// those of languages that are not used too.
  ///
  /// - Parameters:
  ///   - srx: the file, in UTF-8, or in another encoding that it declares.
  ///   - file: its path, for messages.
  /// - Throws: `Trouble` with the line of what is wrong.
  public init(srx: [UInt8], file: String) throws(Trouble) {
    try self.init(srx: srx, file: file, isTrusted: false)
  }

  /// The same; the patterns of a file that `isTrusted` are not checked.
  init(srx: [UInt8], file: String, isTrusted: Bool) throws(Trouble) {
    var bytes = srx
    if let encoding = declaredXMLEncoding(bytes) {
      bytes = try decodeText(bytes, file: file, encoding: encoding).utf8
    }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
    guard let first = bytes.first(where: { !$0.isASCIISpace }) else {
      throw Trouble("is empty: an SRX file starts with <srx>", file: file)
    }
    guard first == 0x3C else {
      throw Trouble("is no SRX file: it does not start with '<'", file: file, line: 1)
    }
    var reader = SRXReader(file: file)
    do {
      var parser = try XMLReader(file: file)
      try parser.feed(bytes, isLast: true) { try reader.take($0) }
      self = try reader.finish(isTrusted: isTrusted)
    } catch let error as Trouble {
      throw error
    } catch {
      throw Trouble("\(error)", file: file)
    }
  }
}

extension UInt8 {
  fileprivate var isASCIISpace: Bool { self == 0x20 || 0x09...0x0D ~= self }
}

/// Puts rules together out of XML events.
private struct SRXReader {
  private let file: String
  private var result: SegmentationRules
  private var hasRoot = false
  private var isFirstVersion = false
  private var list: String?
  private var rule: SegmentationRules.Rule?
  private var isActive = true
  /// The text of the element that the reader stands in, when it is a pattern.
  private var text: String?

  init(file: String) {
    self.file = file
    result = SegmentationRules(file: file)
  }

  mutating func take(_ event: XMLEvent) throws(Trouble) {
    switch event {
    case .start(let name, let attributes, let line):
      var values: [String: String] = [:]
      for attribute in attributes { values[attribute.name.withoutPrefix] = attribute.value }
      try start(name.withoutPrefix, values, line)
    case .end(let name, let line): try end(name.withoutPrefix, line)
    case .text(let piece, _, _): text? += piece
    case .instruction(let target, let text, let line):
      guard target == "concord" else { return }
      guard text.filter({ $0 != " " }) == "base=\"unicode\"" else {
        throw trouble("Concord knows <?concord base=\"unicode\"?> alone", line)
      }
      result.base = .unicode
    case .comment: break
    }
  }

  private mutating func start(
    _ name: String, _ values: [String: String], _ line: Int
  ) throws(Trouble) {
    guard hasRoot || name == "srx" else {
      throw trouble("is no SRX file: it starts with <\(name)>, not with <srx>", line)
    }
    hasRoot = true
    guard text == nil else {
      throw trouble("<\(name)> must not stand in a pattern: write &lt; for a '<'", line)
    }
    switch name {
    case "srx":
      isFirstVersion = values["version"]?.hasPrefix("1") == true
      result.cascades = !isFirstVersion
    // Before version 2 the first list that fits was the only one.
    case "header": result.cascades = try flag("cascade", values, line) ?? !isFirstVersion
    case "options":
      if try flag("useIcu4jBreakRules", values, line) == true { result.base = .unicode }
    case "languagerule":
      let name = try required("languagerulename", of: name, values, line)
      list = name
      result.lists[name, default: []] += []
    case "rule":
      guard list != nil else { throw trouble("<rule> must stand in a <languagerule>", line) }
      let isBreak = try flag("break", values, line) ?? true
      // Okapi's mark of a rule that is switched off.
      isActive = try flag("active", values, line) ?? true
      rule = SegmentationRules.Rule(isBreak: isBreak, before: "", after: "", line: line)
    case "beforebreak", "afterbreak":
      guard rule != nil else { throw trouble("<\(name)> must stand in a <rule>", line) }
      text = ""
    case "languagemap":
      let pattern = try required("languagepattern", of: name, values, line)
      let list = try required("languagerulename", of: name, values, line)
      result.maps.append(
        SegmentationRules.LanguageMap(pattern: pattern, name: list, line: line))
    default: break
    }
  }

  private mutating func end(_ name: String, _ line: Int) throws(Trouble) {
    switch name {
    case "beforebreak":
      rule?.before = text ?? ""
      text = nil
    case "afterbreak":
      rule?.after = text ?? ""
      text = nil
    case "rule":
      guard let rule, let list else { return }
      guard !rule.before.isEmpty || !rule.after.isEmpty else {
        throw trouble(
          "the rule has neither a <beforebreak> nor an <afterbreak>: it would fit every place",
          rule.line)
      }
      if isActive { result.lists[list]?.append(rule) }
      self.rule = nil
    case "languagerule": list = nil
    default: break
    }
  }

  func finish(isTrusted: Bool) throws(Trouble) -> SegmentationRules {
    guard hasRoot else { throw Trouble("is no SRX file: it has no <srx>", file: file) }
    guard !result.maps.isEmpty else {
      throw Trouble(
        "has no <languagemap>: <maprules> must say which languages have which rules", file: file)
    }
    if isTrusted { return result }
    for map in result.maps {
      guard result.lists[map.name] != nil else {
        let known = result.lists.keys.sorted().map { "'\($0)'" }.joined(separator: ", ")
        throw trouble("there is no <languagerule> '\(map.name)', only \(known)", map.line)
      }
      _ = try RegularExpression(
        map.pattern, ignoringCase: true, file: file, line: map.line, what: "languagepattern")
    }
    // In the order of the file, so that the first mistake is the one that is told.
    for rule in result.lists.values.joined().sorted(by: { $0.line < $1.line }) {
      try check(rule.before, .before, rule.line)
      try check(rule.after, .after, rule.line)
    }
    return result
  }

  private func check(
    _ pattern: String, _ side: PatternParser.Side, _ line: Int
  ) throws(Trouble) {
    guard !pattern.isEmpty, PatternParser.parse(pattern, side: side) == nil else { return }
    _ = try RegularExpression(
      pattern, file: file, line: line, what: side == .before ? "beforebreak" : "afterbreak")
  }

  private func flag(
    _ name: String, _ values: [String: String], _ line: Int
  ) throws(Trouble) -> Bool? {
    switch values[name]?.lowercased() {
    case nil: nil
    case "yes", "true": true
    case "no", "false": false
    case let value?: throw trouble("\(name)=\"\(value)\": write yes or no", line)
    }
  }

  private func required(
    _ name: String, of element: String, _ values: [String: String], _ line: Int
  ) throws(Trouble) -> String {
    guard let value = values[name], !value.isEmpty else {
      throw trouble("<\(element)> has no \(name)", line)
    }
    return value
  }

  private func trouble(_ message: String, _ line: Int) -> Trouble {
    Trouble(message, file: file, line: line)
  }
}

extension String {
  /// An XML name without the prefix of its namespace.
  fileprivate var withoutPrefix: String {
    guard let colon = utf8.firstIndex(of: 0x3A) else { return self }
    return String(self[utf8.index(after: colon)...])
  }
}
