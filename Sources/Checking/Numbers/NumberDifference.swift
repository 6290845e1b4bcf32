internal import Bitext
internal import Segmentation

/// A number that another stands against, or that has no counterpart.
struct NumberDifference {
  /// `nil` where the translation adds a number.
  let source: NumberMention?
  /// `nil` where the translation leaves a number out.
  let target: NumberMention?

  /// Whether hardly anything but a mistake explains it: a number that stands against another, and
  /// one that no text drops for its style.
  var isSure: Bool {
    guard let one = source ?? target else { return false }
    if source != nil, target != nil { return true }
    guard one.part == .quantity else { return one.part != .year && one.part != .weekday }
    return !one.isSmallCount
  }
}

extension NumberComparison {
  /// Compares the numbers of a bead; `nil` where neither side has one.
  init?(_ pair: ParallelText, _ bead: Bead) {
    let source = NumberSide(pair.source.prose, pair.source.range(of: bead.source))
    let target = NumberSide(pair.target.prose, pair.target.range(of: bead.target))
    if source.rest.isEmpty, target.rest.isEmpty { return nil }
    self.init(source, target)
  }

  /// Takes what is left over here and in the next bead, on opposite sides, for counterparts.
  mutating func settle(with next: inout NumberComparison) {
    Self.settle(&source, &next.target)
    Self.settle(&next.source, &target)
  }

  private static func settle(_ left: inout NumberSide, _ right: inout NumberSide) {
    for index in left.rest.prefix(mostCompared) {
      let mention = left.mentions[index]
      for other in right.rest.prefix(mostCompared) where mention.agrees(with: right.mentions[other])
      {
        left.rest.removeAll { $0 == index }
        right.rest.removeAll { $0 == other }
        break
      }
    }
  }

  /// Who reads the first differences of a bead sees the others; all of ten thousand would take
  /// minutes to compare.
  private static let mostCompared = 100

  /// What is left over: first the numbers that stand against each other, in the order of the
  /// source, then those without any counterpart.
  var differences: [NumberDifference] {
    var found: [NumberDifference] = []
    var added = Array(target.open.prefix(Self.mostCompared))
    for mention in source.open.prefix(Self.mostCompared) {
      let place = Self.counterpart(of: mention, among: added)
      found.append(NumberDifference(source: mention, target: place.map { added[$0] }))
      if let place { added.remove(at: place) }
    }
    found += added.map { NumberDifference(source: nil, target: $0) }
    return found.filter { $0.source != nil && $0.target != nil }
      + found.filter { $0.source == nil || $0.target == nil }
  }

  /// The first number of the same kind, one with the same unit if there is one.
  private static func counterpart(
    of mention: NumberMention, among others: [NumberMention]
  ) -> Int? {
    let alike = others.indices.filter { others[$0].part == mention.part }
    return alike.first { others[$0].number.unit == mention.number.unit } ?? alike.first
  }
}

extension SegmentedText {
  /// The bytes of neighbouring segments in the prose; none for no segments.
  fileprivate func range(of indices: Range<Int>) -> Range<Int> {
    guard !indices.isEmpty else { return 0..<0 }
    return segments[indices.lowerBound].range
      .lowerBound..<segments[indices.upperBound - 1].range.upperBound
  }
}
