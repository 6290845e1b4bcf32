internal import Bitext

/// What stands before the first element.
extension XMLScanner {
  /// Checks the XML declaration, and that it names the encoding that the file is in.
  func check(_ token: inout XMLToken) {
    guard token.range.lowerBound == 0 else {
      report(
        .brokenComment, token.range, "the XML declaration must stand at the very start of the file",
        mending: "left out here")
      return token.mended = []
    }
    guard !window.string(token.range).isDeclaration(of: window.encoding) else { return }
    let name = window.encoding.hasPrefix("UTF-16") ? "UTF-16" : window.encoding
    let right = "<?xml version=\"1.0\" encoding=\"\(name)\"?>"
    report(
      .brokenDeclaration, token.range,
      "the XML declaration is not formed as it should be, or names another encoding than that of "
        + "the file: write \(right)", mending: "written anew")
    token.mended = Array(right.utf8)
  }

  func check(doctype token: inout XMLToken) {
    guard !window.string(token.range).isDoctype else { return }
    report(
      .brokenDeclaration, token.range,
      "the DOCTYPE is not formed as <!DOCTYPE name SYSTEM \"file.dtd\">", mending: "left out")
    token.mended = []
  }
}

extension String {
  /// Whether a declaration is well-formed (XML 1.0, production 23) and true.
  fileprivate func isDeclaration(of encoding: String) -> Bool {
    var rest = dropFirst("<?xml".count).dropLast("?>".count)
    var values: [(name: String, value: String)] = []
    while let pair = rest.takePair() { values.append(pair) }
    guard rest.utf8.allSatisfy(\.isMarkupBlank), values.first?.name == "version",
      values.first?.value == "1.0"
    else { return false }
    values.removeFirst()
    if let own = values.first, own.name == "encoding" {
      values.removeFirst()
      let (stated, real) = (own.value.uppercased(), encoding.uppercased())
      let isUTF8 = real == "UTF-8" && ["UTF-8", "UTF8", "US-ASCII"].contains(stated)
      guard isUTF8 || stated == real || real.hasPrefix("UTF-16") && stated == "UTF-16" else {
        return false
      }
    }
    if let own = values.first, own.name == "standalone" {
      values.removeFirst()
      guard own.value == "yes" || own.value == "no" else { return false }
    }
    return values.isEmpty
  }

  /// Whether a DOCTYPE without declarations is well-formed (XML 1.0, production 28).
  var isDoctype: Bool {
    guard hasPrefix("<!DOCTYPE"), hasSuffix(">") else { return false }
    var rest = dropFirst("<!DOCTYPE".count).dropLast()
    guard rest.takeBlanks(), let first = rest.utf8.first, first.isXMLNameStart else { return false }
    rest = rest.drop { $0.utf8.allSatisfy(\.isXMLNamePart) }
    guard rest.takeBlanks() else { return rest.isEmpty }
    var literals = 0
    if rest.hasPrefix("SYSTEM") { literals = 1 }
    if rest.hasPrefix("PUBLIC") { literals = 2 }
    guard literals > 0 else { return rest.isEmpty }
    rest = rest.dropFirst("SYSTEM".count)
    for number in 0..<literals {
      guard rest.takeBlanks(), let literal = rest.takeLiteral() else { return false }
      // Public identifiers have a small alphabet (XML 1.0, production 13).
      let isPublic = literals == 2 && number == 0
      let fits = literal.utf8.allSatisfy {
        $0.isASCIILetter || $0.isASCIIDigit || $0.isMarkupBlank
          || "-'()+,./:=?;!*#@$_%".utf8.contains($0)
      }
      if isPublic, !fits { return false }
    }
    return rest.utf8.allSatisfy(\.isMarkupBlank)
  }
}

extension Substring {
  /// Whether there was white space to be taken.
  fileprivate mutating func takeBlanks() -> Bool {
    let count = utf8.prefix(while: \.isMarkupBlank).count
    self = Substring(utf8.dropFirst(count))
    return count > 0
  }

  /// What stands between the quotation marks that come next.
  fileprivate mutating func takeLiteral() -> String? {
    guard let quote = utf8.first, quote == 0x22 || quote == 0x27 else { return nil }
    let inner = utf8.dropFirst()
    guard let end = inner.firstIndex(of: quote) else { return nil }
    let text = String(self[inner.startIndex..<end])
    self = self[utf8.index(after: end)...]
    return text
  }

  /// White space, a name, and its value.
  fileprivate mutating func takePair() -> (name: String, value: String)? {
    var rest = self
    guard rest.takeBlanks() else { return nil }
    let name = String(Substring(rest.utf8.prefix(while: \.isASCIILetter)))
    rest = Substring(rest.utf8.dropFirst(name.utf8.count))
    _ = rest.takeBlanks()
    guard !name.isEmpty, rest.utf8.first == 0x3D else { return nil }
    rest = Substring(rest.utf8.dropFirst())
    _ = rest.takeBlanks()
    guard let value = rest.takeLiteral() else { return nil }
    self = rest
    return (name, value)
  }
}
