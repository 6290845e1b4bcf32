internal import Bitext
internal import Segmentation

/// The numbers of one side of a bead, and which of them have no counterpart.
struct NumberSide {
  /// The prose that the side is a part of, in UTF-8.
  let utf8: [UInt8]
  /// The bytes of the side in it.
  let range: Range<Int>
  /// What was recognised, with ranges that count from the side's first byte.
  let numbers: [RecognizedNumber]
  let mentions: [NumberMention]
  /// The mentions without a counterpart, as indices in order.
  var rest: [Int]

  /// - Parameters:
  ///   - prose: the prose of the document.
  ///   - range: the side's bytes in it.
  init(_ prose: Prose, _ range: Range<Int>) {
    utf8 = prose.utf8
    self.range = range
    let start = range.lowerBound
    let numbers = NumberRecognizer().numbers(in: prose.utf8.span.extracting(range))
    self.numbers = numbers
    mentions = NumberMention.mentions(of: numbers) {
      prose.isLiteral($0.lowerBound + start..<$0.upperBound + start)
    }
    rest = Array(mentions.indices)
  }

  /// The mentions without a counterpart.
  var open: [NumberMention] { rest.map { mentions[$0] } }

  /// Whether a mention of a kind is left without a counterpart.
  func isOpen(_ part: NumberMention.Part) -> Bool {
    for index in rest where mentions[index].part == part { return true }
    return false
  }

  /// The bytes of a mention in the prose.
  func place(_ mention: NumberMention) -> Range<Int> {
    let place = mention.number.range
    return place.lowerBound + range.lowerBound..<place.upperBound + range.lowerBound
  }

  /// The bytes of the side before a mention, at the most three, which hold a scalar.
  func before(_ mention: NumberMention) -> ArraySlice<UInt8> {
    utf8[range.lowerBound..<place(mention).lowerBound].suffix(3)
  }

  func bytes(_ mention: NumberMention) -> ArraySlice<UInt8> { utf8[place(mention)] }

  /// Numbers that the text implies, beside those that it writes.
  var implied: [RecognizedNumber] {
    ImpliedNumbers.numbers(in: utf8.span.extracting(range), besides: numbers)
  }

  /// How often the text names a year without its number.
  var relativeYears: Int {
    RelativeYears.count(in: utf8.span.extracting(range), besides: numbers)
  }
}
