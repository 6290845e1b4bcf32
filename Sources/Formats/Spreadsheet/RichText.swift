internal import Segmentation

/// Puts the text of a cell together out of its runs. What says how ideographs are read (`rPh`) is no
/// part of it.
struct RichText {
  private(set) var text = ""
  private var isInText = false
  private var phoneticDepth = 0

  /// Takes what stands in an element of text.
  mutating func take(_ event: XMLEvent) {
    switch event {
    case .start(let name, _, _):
      switch name.withoutXMLPrefix {
      case "rPh": phoneticDepth += 1
      case "t": isInText = phoneticDepth == 0
      default: break
      }
    case .end(let name, _):
      switch name.withoutXMLPrefix {
      case "rPh": phoneticDepth -= 1
      case "t": isInText = false
      default: break
      }
    case .text(let piece, _, _): if isInText { text += piece }
    case .instruction, .comment: break
    }
  }
}

/// The texts that cells refer to by number.
struct SharedStrings {
  private(set) var texts: [String] = []
  private var current: RichText?

  mutating func take(_ event: XMLEvent) {
    switch event {
    case .start(let name, _, _) where name.withoutXMLPrefix == "si": current = RichText()
    case .end(let name, _) where name.withoutXMLPrefix == "si":
      texts.append(CellText.decoded(current?.text ?? ""))
      current = nil
    default: current?.take(event)
    }
  }
}
