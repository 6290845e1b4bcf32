internal import Bitext

/// What one left segment has in common with each right segment near it.
struct MatchRow {
  /// A token of the left segment that may translate one of a right segment.
  struct Match {
    /// Positions of the tokens in their segments.
    var left: UInt16
    var right: UInt16
    var forward: Float
    var backward: Float
  }

  /// The right segments that were looked at.
  private(set) var columns: Range<Int> = 0..<0
  /// For each column where its matches start; one more for the end.
  private(set) var starts: [Int32] = []
  private(set) var matches: [Match] = []
  /// For each number of right segments and each column up to which they stand: the left segment's
  /// tokens.
  private(set) var forward = FixedBuffer<Float>(repeating: 0, count: 0)
  /// What the logarithms in ``forward`` are taken of.
  private var products = FixedBuffer<Double>(repeating: 1, count: 0)
  private var found: [(column: Int32, match: Match)] = []

  /// Finds what a left segment has in common with the right segments `columns`; `touches` is
  /// empty, and is left so.
  mutating func fill(
    segment: Int, columns: Range<Int>, left: AlignmentSide, right: AlignmentSide,
    evidence: LexicalEvidence, touches: inout Touches
  ) {
    self.columns = columns
    collect(segment: segment, left: left, evidence: evidence)
    // One column more, since logarithms are taken four at a time.
    if forward.count < (columns.count + 1) * BeadShape.maximumRight {
      let size = (columns.count + 1) * 2 * BeadShape.maximumRight
      forward = FixedBuffer(repeating: 0, count: size)
      products = FixedBuffer(repeating: 1, count: size)
    }
    sumForward(segment: segment, right: right, evidence: evidence, touches: &touches)
  }

  private mutating func collect(segment: Int, left: AlignmentSide, evidence: LexicalEvidence) {
    found.removeAll(keepingCapacity: true)
    starts.removeAll(keepingCapacity: true)
    starts.append(contentsOf: repeatElement(0, count: columns.count + 1))
    let tokens = left.range(of: segment)
    for index in tokens {
      let place = evidence.leftRepeats[index]
      guard place.ordinal < LexicalEvidence.mostRepeats else { continue }
      let type = Int(left.tokens[index])
      for link in evidence.linkStarts[type]..<evidence.linkStarts[type + 1] {
        collect(
          evidence.links[link], position: index - tokens.lowerBound, place, evidence: evidence)
      }
    }
    sortFound()
  }

  /// Collects what one token has in common with the right segments.
  ///
  /// A word that stands p times here and q times there makes max(p, q) matches and not p · q: each
  /// token needs one partner, and all of one type are equally good.
  private mutating func collect(
    _ link: LexicalEvidence.Link, position: Int, _ place: AlignmentSide.Repeat,
    evidence: LexicalEvidence
  ) {
    let other = Int(link.rightType)
    let end = evidence.occurrenceStarts[other + 1]
    var next = evidence.firstOccurrence(
      evidence.occurrenceStarts[other]..<end, from: columns.lowerBound)
    var ordinal = 0
    while next < end {
      let occurrence = evidence.occurrences[next]
      let column = Int(occurrence.segment)
      guard column < columns.upperBound else { break }
      let isLast = next + 1 == end || Int(evidence.occurrences[next + 1].segment) != column
      let isPaired = ordinal == Int(place.ordinal)
      if isPaired || place.isLast && ordinal > Int(place.ordinal)
        || isLast && ordinal < Int(place.ordinal)
      {
        starts[column - columns.lowerBound + 1] += 1
        found.append(
          (
            Int32(column - columns.lowerBound),
            Match(
              left: UInt16(truncatingIfNeeded: position),
              right: UInt16(truncatingIfNeeded: occurrence.position), forward: link.forward,
              backward: link.backward)
          ))
      }
      ordinal = isLast ? 0 : ordinal + 1
      next += 1
    }
  }

  /// Brings what was found into the order of the columns, by counting.
  private mutating func sortFound() {
    for index in 1..<starts.count { starts[index] += starts[index - 1] }
    matches.removeAll(keepingCapacity: true)
    matches.append(
      contentsOf: repeatElement(
        Match(left: 0, right: 0, forward: 0, backward: 0), count: found.count))
    for (column, match) in found {
      let index = Int(column)
      matches[Int(starts[index])] = match
      starts[index] += 1
    }
    for index in stride(from: starts.count - 1, to: 0, by: -1) { starts[index] = starts[index - 1] }
    starts[0] = 0
  }

  private func sumForward(
    segment: Int, right: AlignmentSide, evidence: LexicalEvidence, touches: inout Touches
  ) {
    let columns = self.columns
    let (starts, matches, ends) = (self.starts.span, self.matches.span, right.starts.span)
    let products = self.products.base
    for place in 0..<columns.count {
      let column = columns.lowerBound + place
      for count in 0..<BeadShape.maximumRight {
        if place >= count {
          for number in Int(starts[place - count])..<Int(starts[place - count + 1]) {
            touches.touch(Int(matches[number].left), matches[number].forward)
          }
        }
        let size = ends[column + 1] - ends[max(0, column - count)]
        products[count * columns.count + place] = touches.product(
          scale: 1 / Float(max(1, size)))
      }
      touches.clear()
    }
    products.addLogarithms(
      to: evidence.leftSegmentMisses[segment], count: columns.count * BeadShape.maximumRight,
      forward.base)
  }

  /// Takes note of what the segment has in common with the tokens of a right segment.
  @inline(__always)
  func touchRight(column: Int, _ touches: inout Touches) {
    let index = column - columns.lowerBound
    guard index >= 0, index < columns.count else { return }
    let matches = self.matches.span
    for number in Int(starts[index])..<Int(starts[index + 1]) {
      touches.touch(Int(matches[number].right), matches[number].backward)
    }
  }
}

/// The tokens of one segment that have found a partner, each with the best that it has.
struct Touches: ~Copyable {
  /// For each place in the segment the number of its best, from 1; 0 where there is none.
  private let numbers: UnsafeMutablePointer<UInt16>
  /// The best of each place that has one, in the order in which these were first touched; 0 behind
  /// the last one.
  private let best: UnsafeMutablePointer<Float>
  private let places: UnsafeMutablePointer<UInt16>
  private var count = 0

  private static let size = AlignmentSide.mostTokens + AlignmentSide.slack
  /// Factors that are multiplied side by side.
  private static let lanes = 4

  init() {
    numbers = .allocate(capacity: Self.size)
    numbers.initialize(repeating: 0, count: Self.size)
    best = .allocate(capacity: Self.size + Self.lanes)
    best.initialize(repeating: 0, count: Self.size + Self.lanes)
    places = .allocate(capacity: Self.size)
    places.initialize(repeating: 0, count: Self.size)
  }

  deinit {
    numbers.deallocate()
    best.deallocate()
    places.deallocate()
  }

  @inline(__always)
  mutating func touch(_ place: Int, _ gain: Float) {
    precondition(place < Self.size)
    let number = Int(numbers[place])
    guard number == 0 else {
      best[number - 1] = max(best[number - 1], gain)
      return
    }
    best[count] = gain
    places[count] = UInt16(truncatingIfNeeded: place)
    count += 1
    numbers[place] = UInt16(truncatingIfNeeded: count)
  }

  /// Π (1 + gain · scale).
  @inline(__always)
  func product(scale: Float) -> Double {
    let scales = SIMD4<Float>(repeating: scale)
    var products = SIMD4<Double>(repeating: 1)
    var index = 0
    while index < count {
      let gains = SIMD4(best[index], best[index + 1], best[index + 2], best[index + 3])
      products *= SIMD4<Double>(1 + gains * scales)
      index += Self.lanes
    }
    return min(products[0] * products[1] * (products[2] * products[3]), 1e300)
  }

  @inline(__always)
  mutating func clear() {
    for index in 0..<count {
      numbers[Int(places[index])] = 0
      best[index] = 0
    }
    count = 0
  }
}

extension UnsafeMutablePointer<Double> {
  /// Writes a value and the logarithms of the first numbers, in sum; up to three more are read and
  /// written.
  @inline(__always)
  func addLogarithms(to value: Float, count: Int, _ sums: UnsafeMutablePointer<Float>) {
    for index in stride(from: 0, to: count, by: 4) {
      let numbers = UnsafeRawPointer(self + index).loadUnaligned(as: SIMD4<Double>.self)
      UnsafeMutableRawPointer(sums + index)
        .storeBytes(of: fastLogarithms(numbers) + value, as: SIMD4<Float>.self)
    }
  }
}
