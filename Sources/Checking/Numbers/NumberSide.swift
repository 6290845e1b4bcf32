internal import Segmentation

/// The numbers of one side of a bead.
struct NumberSide {
  /// The text, in UTF-8.
  let text: [UInt8]
  let numbers: [RecognizedNumber]
  let mentions: [NumberMention]
  /// The mentions without a counterpart, in order.
  var rest: [Int]

  init(_ text: [UInt8], numbers: [RecognizedNumber]) {
    self.text = text
    self.numbers = numbers
    mentions = NumberMention.mentions(of: numbers)
    rest = Array(mentions.indices)
  }

  init(_ text: [UInt8]) {
    self.init(text, numbers: NumberRecognizer().numbers(in: text.span))
  }

  var open: [NumberMention] { rest.map { mentions[$0] } }

  func isOpen(_ part: NumberMention.Part) -> Bool {
    for index in rest where mentions[index].part == part { return true }
    return false
  }
}
