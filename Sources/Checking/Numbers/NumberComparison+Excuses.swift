internal import Segmentation

/// How languages word numbers so that one text has a number where the other has none, and both say
/// the same.
extension NumberComparison {
  /// Takes what needs no counterpart, or has one that is no number, from what is left over.
  mutating func excuse() {
    if isDone { return }
    source.rest.removeAll { source.mentions[$0].isWeak }
    target.rest.removeAll { target.mentions[$0].isWeak }
    pairNameDigits()
    source.excuseNames(against: target)
    target.excuseNames(against: source)
    source.excuseMarks(against: target)
    target.excuseMarks(against: source)
    source.excuseImplied(by: target)
    target.excuseImplied(by: source)
    excuseYears()
  }

  /// 二十國集團 is the G20, and 評級1 "ratings1" with a footnote's mark.
  private mutating func pairNameDigits() {
    pair { left, right in
      left.isNumber(inNameOf: right) || right.isNumber(inNameOf: left)
    }
  }

  private mutating func excuseYears() {
    let open = (source.isOpen(.year), target.isOpen(.year))
    // Years that stand against each other are no matter of wording.
    guard open.0 != open.1 else { return }
    if open.0 { source.excuseYears(against: target) } else { target.excuseYears(against: source) }
  }
}

extension NumberSide {
  /// Names with letters are translated as often as they are kept.
  fileprivate mutating func excuseNames(against other: NumberSide) {
    rest.removeAll { mentions[$0].isLetteredName(in: text) }
  }

  /// The marks of footnotes, which stand right after a word or a sentence, are often in one text
  /// alone.
  fileprivate mutating func excuseMarks(against other: NumberSide) {
    if other.isOpen(.quantity) { return }
    rest.removeAll { mentions[$0].isFootnoteMark(in: text) }
  }

  /// "both" for 兩者, "the past decade" for 過去10年, 百大 for "top 100".
  fileprivate mutating func excuseImplied(by other: NumberSide) {
    guard isOpen(.quantity) else { return }
    var implied = ImpliedNumbers.numbers(in: other.text.span, besides: other.numbers)
    rest.removeAll { index in
      let mention = mentions[index]
      guard mention.part == .quantity else { return false }
      for place in implied.indices where mention.isImplied(by: implied[place]) {
        implied.remove(at: place)
        return true
      }
      return false
    }
  }

  /// A year that the other text names as "last year" or 年內, or does not name again.
  fileprivate mutating func excuseYears(against other: NumberSide) {
    var spare =
      RelativeYears.count(in: other.text.span, besides: other.numbers)
      - RelativeYears.count(in: text.span, besides: numbers)
    rest.removeAll { index in
      guard mentions[index].part == .year else { return false }
      if spare > 0 {
        spare -= 1
        return true
      }
      return other.names(mentions[index])
    }
  }

  private func names(_ year: NumberMention) -> Bool {
    for mention in mentions where mention.part == .year && mention.isSame(as: year) { return true }
    return false
  }
}

extension NumberMention {
  fileprivate func isNumber(inNameOf other: Self) -> Bool {
    guard part == .quantity, other.part == .name, let value = number.value?.integer else {
      return false
    }
    return other.number.trailingDigits == value
  }

  fileprivate func isLetteredName(in text: [UInt8]) -> Bool {
    guard part == .name else { return false }
    for byte in text[number.range] where byte >= 0x80 || (byte | 0x20) &- 0x61 < 26 { return true }
    return false
  }

  fileprivate func isFootnoteMark(in text: [UInt8]) -> Bool {
    guard part == .quantity, number.style == .digits, number.unit == nil,
      let value = number.value?.integer, 1...99 ~= value, number.range.lowerBound > 0
    else { return false }
    let before = text[..<number.range.lowerBound].suffix(3)
    return [0x2E, 0x29].contains(before.last) || before.elementsEqual("。".utf8) || before.elementsEqual("）".utf8)
  }

  fileprivate func isImplied(by implied: RecognizedNumber) -> Bool {
    if implied.unit == nil {
      // A plain "one" is an article.
      guard count != nil || number.unit?.dimension == .calendar, number.value != 1 else { return false }
      return number.value == implied.value
    }
    return number.unit != nil && number.agrees(with: implied)
  }
}
