internal import Bitext

/// A text that stands for itself in HTML and XML, in an element as in an attribute: marks with a
/// meaning escaped, controls made visible, and what XML 1.0 forbids left out.
func escapedMarkup(_ text: String) -> String {
  let text = text.visible
  let needsWork = text.utf8.contains { byte in
    byte == 0x26 || byte == 0x3C || byte == 0x3E || byte == 0x22 || byte == 0x27 || byte == 0xEF
  }
  guard needsWork else { return text }
  var result = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    case "'": result += "&#39;"
    case "\u{FFFE}", "\u{FFFF}": break
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}
