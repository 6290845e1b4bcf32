internal import Bitext
internal import Segmentation

/// How languages word numbers so that one text has a number where the other has none, and both say
/// the same.
extension NumberComparison {
  /// With more numbers left over than this the two sides are no translation of each other, and no
  /// wording explains it.
  private static let mostWorded = 100

  /// Takes from what is left over what needs no counterpart, or has one that is no number.
  mutating func excuse() {
    if isDone { return }
    pairEquivalents()
    // Even "one" or "first" may be what a wrong number stands for.
    let addsOnly = source.rest.isEmpty
    source.excuseWeak()
    target.excuseWeak()
    if !target.isOpen(.weekday) { source.excuseWeekdays() }
    if !source.isOpen(.weekday) { target.excuseWeekdays() }
    source.excuseConversions()
    target.excuseConversions()
    source.excuseNames()
    target.excuseNames()
    if !target.isOpen(.quantity) { source.excuseMarks() }
    if !source.isOpen(.quantity) { target.excuseMarks() }
    if max(source.rest.count, target.rest.count) > Self.mostWorded { return }
    source.excuseImplied(by: target)
    target.excuseImplied(by: source)
    // Years that stand against each other are no matter of wording.
    switch (source.hasOpenYear, target.hasOpenYear) {
    case (true, false): source.excuseYears(by: target)
    case (false, true): target.excuseYears(by: source)
    default: break
    }
    if addsOnly { target.excuseAdded() }
  }
}

extension NumberSide {
  fileprivate var hasOpenYear: Bool { isOpen(.year) || isOpen(.partOfYear) }

  private mutating func excuse(_ isExcused: (NumberMention) -> Bool) {
    let open = rest
    rest = open.filter { !isExcused(mentions[$0]) }
  }

  /// One, first and half in words, and what stands in code: it has a counterpart, or needs none.
  fileprivate mutating func excuseWeak() {
    excuse { $0.isWeak || $0.isLiteral }
  }

  /// A day of the week is added and left out for style.
  fileprivate mutating func excuseWeekdays() { excuse { $0.part == .weekday } }

  fileprivate mutating func excuseConversions() {
    let side = self
    rest = side.rest.filter { !side.isConversion($0) }
  }

  /// A translator adds a small number for the reader: the sum of two that were named, the number of
  /// a list's item.
  fileprivate mutating func excuseAdded() { excuse { $0.isSmallCount } }

  /// Names with letters are translated as often as they are kept.
  fileprivate mutating func excuseNames() {
    let side = self
    excuse { $0.part == .name && side.hasLetters($0) }
  }

  private func hasLetters(_ mention: NumberMention) -> Bool {
    for byte in bytes(mention) where byte >= 0x80 || byte.isASCIILetter { return true }
    return false
  }

  /// The marks of footnotes are often in one text alone.
  fileprivate mutating func excuseMarks() {
    let side = self
    excuse { $0.canBeMark && side.isAfterSentence($0) }
  }

  /// Whether a number stands right after a full stop or a closing bracket.
  private func isAfterSentence(_ mention: NumberMention) -> Bool {
    let before = before(mention)
    return before.last == 0x2E || before.last == 0x29
      || before.elementsEqual("。".utf8) || before.elementsEqual("）".utf8)
  }

  /// "both" for 兩者, "the past decade" for 過去10年, 百大 for "top 100".
  fileprivate mutating func excuseImplied(by other: NumberSide) {
    guard isOpen(.quantity) else { return }
    var implied = other.implied
    excuse { mention in
      for place in implied.indices where mention.isImplied(by: implied[place]) {
        implied.remove(at: place)
        return true
      }
      return false
    }
  }

  /// A year that the other text names as "last year" or 年內, or names before and carries on.
  fileprivate mutating func excuseYears(by other: NumberSide) {
    var spare = other.relativeYears - relativeYears
    excuse { mention in
      guard mention.part == .year || mention.part == .partOfYear else { return false }
      spare -= 1
      return spare >= 0 || other.names(mention)
    }
  }

  private func names(_ year: NumberMention) -> Bool {
    for mention in mentions where mention.isSame(as: year) { return true }
    return false
  }
}

extension NumberMention {
  /// Whether this may be the mark of a footnote: one or two digits and nothing more.
  fileprivate var canBeMark: Bool {
    guard part == .quantity, number.style == .digits, number.unit == nil else { return false }
    return (number.value?.integer).map { 1...99 ~= $0 } ?? false
  }

  fileprivate func isImplied(by implied: RecognizedNumber) -> Bool {
    guard part == .quantity else { return false }
    guard let unit = implied.unit else {
      // A plain "one" is nearly always an article.
      let canBeCount = count != nil || number.unit?.dimension == .calendar
      return canBeCount && number.value != 1 && number.value == implied.value
    }
    if unit == .classifier { return count != nil && number.value == implied.value }
    // 一百年前 has lost its unit to the "ago", and "a century ago" is what it says.
    let isMeasure = number.unit != nil || (number.value?.double ?? 0) >= 10
    return isMeasure && number.agrees(with: implied)
  }
}
