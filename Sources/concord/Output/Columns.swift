internal import Segmentation

/// Sets text in columns of a terminal, where an ideograph takes two.
enum Columns {
  /// The columns that a text takes.
  static func width(_ text: String) -> Int {
    text.unicodeScalars.reduce(0) { $0 + $1.value.displayWidth }
  }

  /// A text filled up with spaces to a width.
  static func pad(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - Self.width(text)))
  }

  /// A text cut to a width, with an ellipsis where something is missing.
  static func cut(_ text: String, to width: Int) -> String {
    guard Self.width(text) > width else { return text }
    var result = ""
    var used = 1
    for scalar in text.unicodeScalars {
      used += scalar.value.displayWidth
      if used > width { break }
      result.unicodeScalars.append(scalar)
    }
    return result + "…"
  }
}
