import Bitext
import Segmentation

/// A text with places marked ⟦1⟧, ⟦2⟧ …, which are taken out.
struct MarkedText {
  let text: String
  /// Bytes of the text, by mark.
  let marks: [Int: Int]

  init(_ marked: String) {
    var text: [UInt8] = []
    var marks: [Int: Int] = [:]
    var number: Int?
    for scalar in marked.unicodeScalars {
      switch scalar {
      case "⟦": number = 0
      case "⟧":
        if let known = number { marks[known] = text.count }
        number = nil
      default:
        if let known = number, let digit = Int(String(scalar)) {
          number = known * 10 + digit
        } else {
          text += Array(String(scalar).utf8)
        }
      }
    }
    self.text = String(decoding: text, as: UTF8.self)
    self.marks = marks
  }

  /// The bytes between two marks.
  subscript(from: Int, to: Int) -> Range<Int> { (marks[from] ?? -1)..<(marks[to] ?? -1) }

  /// The text as a document of one paragraph, cut into the sentences that bars part.
  func document(_ file: String, _ language: LanguageTag, kind: BlockKind = .paragraph)
    -> SegmentedText
  {
    var utf8 = Array(text.utf8)
    var segments: [Segment] = []
    var start = 0
    for index in utf8.indices where utf8[index] == 0x7C {
      utf8[index] = 0x20
      segments.append(Segment(range: start..<index, block: 0))
      start = index + 1
    }
    segments.append(Segment(range: start..<utf8.count, block: 0))
    return SegmentedText(
      prose: Prose(
        file: file, language: language, utf8: utf8,
        blocks: [Block(range: 0..<utf8.count, kind: kind)], positions: PositionMap()),
      segments: segments)
  }
}

/// A glossary in a few lines: `en | zh`, `!` before a forbidden term, `~` before a deprecated one,
/// `?` before a proposed one, `;` between the terms of a language.
func glossary(_ rows: String...) -> Termbase {
  var concepts: [Concept] = []
  for (index, row) in rows.enumerated() {
    var terms: [Term] = []
    let sides = row.split(separator: "|").map(trimmed)
    for (side, language) in zip(sides, [LanguageTag.english, .simplifiedChinese]) {
      for (position, text) in side.split(separator: ";").map(trimmed).enumerated() {
        let status: TermStatus =
          switch text.first {
          case "!": .forbidden
          case "~": .deprecated
          case "?": .proposed
          default: position == 0 ? .preferred : .admitted
          }
        let bare = "!~?".contains(text.first ?? " ") ? String(text.dropFirst()) : text
        terms.append(Term(bare, language: language, status: status))
      }
    }
    concepts.append(Concept(id: "c\(index + 1)", terms: terms))
  }
  return Termbase(concepts: concepts)
}

private func trimmed(_ text: Substring) -> String {
  var text = text
  while text.first == " " { text.removeFirst() }
  while text.last == " " { text.removeLast() }
  return String(text)
}
