/// One line of text that is being edited, as a person sees characters: what was composed of several
/// code points moves and goes as one.
struct LineEditor: Equatable {
  private(set) var before: String
  private(set) var after = ""

  init(_ text: String = "") { before = text }

  var text: String { before + after }

  /// Takes a key.
  ///
  /// - Returns: whether it means something to an editor.
  mutating func handle(_ key: Key) -> Bool {
    switch key {
    case .text(let scalar): before.unicodeScalars.append(scalar)
    case .paste(let text): before += Self.oneLine(text)
    case .backspace, .control("h"): _ = before.popLast()
    case .delete, .control("d"): if !after.isEmpty { after.removeFirst() }
    case .left, .control("b"):
      if let last = before.popLast() { after.insert(last, at: after.startIndex) }
    case .right, .control("f"): if !after.isEmpty { before.append(after.removeFirst()) }
    case .home, .control("a"): (before, after) = ("", text)
    case .end, .control("e"): (before, after) = (text, "")
    case .control("u"): before = ""
    case .control("k"): after = ""
    case .control("w"): deleteWord()
    default: return false
    }
    return true
  }

  /// Deletes back to the start of a word; ideographs go one by one.
  private mutating func deleteWord() {
    while before.last == " " { before.removeLast() }
    guard let last = before.popLast(), Columns.width(String(last)) < 2 else { return }
    while let last = before.last, last != " ", Columns.width(String(last)) < 2 {
      before.removeLast()
    }
  }

  /// Line breaks and other controls would break the line.
  private static func oneLine(_ text: String) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let isControl = scalar.value < 0x20 || 0x7F...0x9F ~= scalar.value
      scalars.append(isControl ? " " : scalar)
    }
    return String(scalars)
  }

  /// The part that fits into some columns with the cursor in it.
  ///
  /// - Parameter width: at least 2, for an ideograph.
  /// - Returns: the text and the column of the cursor in it.
  func window(_ width: Int) -> (text: String, cursor: Int) {
    var shown: [Character] = []
    var used = 0
    // One column stays free for the cursor behind the text.
    for character in before.reversed() {
      used += Columns.width(String(character))
      guard used < width else { break }
      shown.append(character)
    }
    let left = String(shown.reversed())
    let cursor = Columns.width(left)
    used = cursor
    var right = ""
    for character in after {
      used += Columns.width(String(character))
      guard used <= width else { break }
      right.append(character)
    }
    return (left + right, cursor)
  }
}
