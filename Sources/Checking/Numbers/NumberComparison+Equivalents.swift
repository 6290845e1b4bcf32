internal import Segmentation

/// Numbers that differ and say the same.
extension NumberComparison {
  /// Pairs what is left over with what says the same in other numbers.
  mutating func pairEquivalents() {
    pair { $0.isFraction(of: $1) || $1.isFraction(of: $0) }
    pair { $0.isConverted(to: $1) }
    // News in English name the day of the week where Chinese gives the date.
    pair { ($0.part, $1.part) == (.day, .weekday) || ($0.part, $1.part) == (.weekday, .day) }
    let (left, right) = (source, target)
    pair {
      left.isIncrease($0) && $0.isOneTimeLess(than: $1)
        || right.isIncrease($1) && $1.isOneTimeLess(than: $0)
    }
    // 二十國集團 is the G20, and 評級1 "ratings1" with a footnote's mark.
    pair { left.holds($1, inName: $0) || right.holds($0, inName: $1) }
  }
}

extension NumberSide {
  /// Bytes before 倍 in which the verb of an increase stands: six ideographs.
  private static let reachOfVerb = 18

  /// Whether Chinese counts by how many times something grew: 增长了两倍 is "tripled".
  fileprivate func isIncrease(_ mention: NumberMention) -> Bool {
    guard mention.number.unit == .times, mention.part == .quantity else { return false }
    let place = place(mention)
    guard utf8[place.upperBound - 1] >= 0x80 else { return false }
    let before = utf8[range.lowerBound..<place.lowerBound].suffix(Self.reachOfVerb)
    return Self.increases.contains { before.hasEnding($0, within: Self.reachOfVerb) }
  }

  private static let increases: [[UInt8]] = [
    "增", "升", "涨", "漲", "多", "高", "长", "長", "扩", "擴",
  ].map { Array($0.utf8) }

  /// Whether a name of this side holds a number of the other.
  fileprivate func holds(_ mention: NumberMention, inName name: NumberMention) -> Bool {
    guard name.part == .name, mention.part == .quantity, let value = mention.number.value else {
      return false
    }
    return ImpliedNumbers.numbers(inName: utf8.span.extracting(place(name))).contains(value)
  }

  /// Whether a measure stands in brackets right after another of its dimension, as conversions for
  /// the reader do: 3.2 billion yuan ($444 million).
  func isConversion(_ index: Int) -> Bool {
    guard index > 0, let unit = mentions[index].number.unit,
      let before = mentions[index - 1].number.unit, unit != before,
      unit.dimension == before.dimension, unit.dimension != .count
    else { return false }
    let (end, start) = (place(mentions[index - 1]).upperBound, place(mentions[index]).lowerBound)
    guard end <= start else { return false }
    let gap = utf8[end..<start]
    return gap.elementsEqual(" (".utf8) || gap.elementsEqual("(".utf8)
      || gap.elementsEqual("（".utf8) || gap.elementsEqual(" (about ".utf8)
      || gap.elementsEqual("（约".utf8) || gap.elementsEqual("（約".utf8)
  }
}

extension ArraySlice<UInt8> {
  /// Whether a scalar stands among the last bytes.
  fileprivate func hasEnding(_ scalar: [UInt8], within reach: Int) -> Bool {
    var index = endIndex - scalar.count
    while index >= startIndex, index >= endIndex - reach {
      if self[index..<index + scalar.count].elementsEqual(scalar) { return true }
      index -= 1
    }
    return false
  }
}

extension NumberMention {
  /// Whether this is "a third" where it was taken for the ordinal: "a third less".
  fileprivate func isFraction(of other: Self) -> Bool {
    guard part == .quantity, number.kind == .ordinal, number.style == .words,
      let value = number.value?.integer, value > 2
    else { return false }
    return other.part == .quantity && other.number.value == ExactNumber(1, over: value)
  }

  /// A conversion has two digits at the least: 67 hectares for 1000亩.
  private static let roundingOfConversions = 0.02

  /// Whether both are the same measure in different units, one of them rounded.
  fileprivate func isConverted(to other: Self) -> Bool {
    guard part == .quantity, other.part == .quantity, let unit = number.unit,
      let otherUnit = other.number.unit, unit != otherUnit, unit.dimension == otherUnit.dimension,
      ![.count, .money, .share, .point, .fahrenheit, .calendar].contains(unit.dimension),
      let value = number.baseValue?.double, let otherValue = other.number.baseValue?.double
    else { return false }
    return abs(value - otherValue) <= abs(value) * Self.roundingOfConversions
  }

  fileprivate func isOneTimeLess(than other: Self) -> Bool {
    guard other.part == .quantity, other.number.unit == .times, let value = number.value,
      let otherValue = other.number.value
    else { return false }
    return value + 1 == otherValue
  }
}
