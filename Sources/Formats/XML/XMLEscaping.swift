/// What may not stand in XML 1.0 is left out; what has a meaning there is escaped.
func escapedXML(_ text: String, isAttribute: Bool = false) -> String {
  let needsWork = text.utf8.contains { byte in
    byte == 0x26 || byte == 0x3C || byte == 0x3E || byte < 0x20 || byte == 0xEF
      || isAttribute && byte == 0x22
  }
  guard needsWork else { return text }
  var result = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += isAttribute ? "&quot;" : "\""
    case "\t", "\n": result += isAttribute ? "&#\(scalar.value);" : String(scalar)
    // A reader turns a bare carriage return into a line feed.
    case "\r": result += "&#13;"
    case "\u{0}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": break
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}
