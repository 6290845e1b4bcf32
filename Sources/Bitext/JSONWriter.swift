/// Writes JSON in the order in which members are given, without Foundation: the shapes that other
/// programs rely on have an order, and a hundred thousand diagnostics should cost little.
public struct JSONWriter: Sendable {
  public private(set) var text = ""
  private var needsComma = false

  public init() {}

  /// Writes an object whose members `body` gives.
  public mutating func object(_ body: (inout JSONWriter) -> Void) {
    open("{")
    body(&self)
    close("}")
  }

  /// Writes an array with one element for each of `elements`.
  public mutating func array<Elements: Sequence>(
    _ elements: Elements, _ body: (inout JSONWriter, Elements.Element) -> Void
  ) {
    open("[")
    for element in elements { body(&self, element) }
    close("]")
  }

  /// Starts a member of the open object; its value must follow.
  public mutating func key(_ name: String) {
    separate()
    appendQuoted(name)
    text += ":"
    needsComma = false
  }

  public mutating func value(_ value: String?) {
    separate()
    if let value { appendQuoted(value) } else { text += "null" }
    needsComma = true
  }

  public mutating func value(_ value: Int?) {
    separate()
    text += value.map { String($0) } ?? "null"
    needsComma = true
  }

  public mutating func value(_ value: Bool) {
    separate()
    text += value ? "true" : "false"
    needsComma = true
  }

  /// Writes a share with at most four decimals, so that every machine prints the same.
  public mutating func share(_ value: Double?) {
    separate()
    if let value, value.isFinite {
      let scaled = Int((value * 10_000).rounded())
      let digits = String(abs(scaled % 10_000) + 10_000).dropFirst()
      let trimmed = digits.reversed().drop { $0 == "0" }.reversed()
      text += scaled < 0 ? "-" : ""
      text += String(abs(scaled) / 10_000)
      if !trimmed.isEmpty { text += "." + String(trimmed) }
    } else {
      text += "null"
    }
    needsComma = true
  }

  /// Writes a value that is JSON already.
  public mutating func raw(_ json: String) {
    separate()
    text += json
    needsComma = true
  }

  public mutating func member(_ name: String, _ content: String?) {
    key(name)
    value(content)
  }

  public mutating func member(_ name: String, _ content: Int?) {
    key(name)
    value(content)
  }

  public mutating func member(_ name: String, _ content: [String]) {
    key(name)
    array(content) { $0.value($1) }
  }

  public mutating func member(_ name: String, share: Double?) {
    key(name)
    self.share(share)
  }

  private mutating func separate() {
    if needsComma { text += "," }
    needsComma = false
  }

  private mutating func open(_ bracket: String) {
    separate()
    text += bracket
  }

  private mutating func close(_ bracket: String) {
    text += bracket
    needsComma = true
  }

  private mutating func appendQuoted(_ string: String) {
    text += "\""
    defer { text += "\"" }
    // C2 and E2 start the controls above ASCII, and much else.
    let isPlain = string.utf8.allSatisfy {
      $0 >= 0x20 && $0 != 0x22 && $0 != 0x5C && $0 != 0x7F && $0 != 0xC2 && $0 != 0xE2
    }
    if isPlain {
      text += string
      return
    }
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}":
        let hex = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: text.unicodeScalars.append(scalar)
      }
    }
  }
}
