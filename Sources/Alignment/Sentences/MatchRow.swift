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
  /// For each column and each number of right segments up to it: the left segment's tokens.
  private(set) var forward: [Float] = []
  private var found: [(column: Int32, match: Match)] = []

  /// Finds what a left segment has in common with the right segments `columns`; `touches` is
  /// empty, and is left so.
  mutating func fill(
    segment: Int, columns: Range<Int>, left: AlignmentSide, right: AlignmentSide,
    evidence: LexicalEvidence, touches: inout Touches
  ) {
    self.columns = columns
    collect(segment: segment, left: left, evidence: evidence)
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

  private mutating func sumForward(
    segment: Int, right: AlignmentSide, evidence: LexicalEvidence, touches: inout Touches
  ) {
    let misses = evidence.leftSegmentMisses[segment]
    forward.removeAll(keepingCapacity: true)
    for column in columns {
      for count in 0..<BeadShape.maximumRight {
        let index = column - count - columns.lowerBound
        if index >= 0 {
          for match in Int(starts[index])..<Int(starts[index + 1]) {
            touches.touch(Int(matches[match].left), matches[match].forward)
          }
        }
        guard !touches.isEmpty else {
          forward.append(misses)
          continue
        }
        let size = right.starts[column + 1] - right.starts[max(0, column - count)]
        forward.append(misses + touches.logProduct(scale: 1 / Float(max(1, size))))
      }
      touches.clear()
    }
  }

  /// Takes note of what the segment has in common with the tokens of a right segment.
  func touchRight(column: Int, _ touches: inout Touches) {
    let index = column - columns.lowerBound
    guard index >= 0, index < columns.count else { return }
    for match in Int(starts[index])..<Int(starts[index + 1]) {
      touches.touch(Int(matches[match].right), matches[match].backward)
    }
  }
}

/// The tokens of one segment that have found a partner, each with the best that it has.
struct Touches: ~Copyable {
  /// For each place in the segment its best; 0 where there is none.
  private let best: UnsafeMutableBufferPointer<Float>
  /// The places that have one.
  private let places: UnsafeMutableBufferPointer<Int32>
  private var count = 0

  init() {
    let size = AlignmentSide.mostTokens + AlignmentSide.slack
    best = .allocate(capacity: size)
    best.initialize(repeating: 0)
    places = .allocate(capacity: size)
    places.initialize(repeating: 0)
  }

  deinit {
    best.deallocate()
    places.deallocate()
  }

  var isEmpty: Bool { count == 0 }

  @inline(__always)
  mutating func touch(_ place: Int, _ gain: Float) {
    precondition(best.indices.contains(place))
    if best[place] == 0 {
      places[count] = Int32(truncatingIfNeeded: place)
      count += 1
    }
    best[place] = max(best[place], gain)
  }

  /// log Π (1 + gain · scale).
  @inline(__always)
  func logProduct(scale: Float) -> Float {
    guard count > 0 else { return 0 }
    var product = 1.0
    for index in 0..<count { product *= Double(1 + best[Int(places[index])] * scale) }
    return fastLogarithm(min(product, 1e300))
  }

  mutating func clear() {
    for index in 0..<count { best[Int(places[index])] = 0 }
    count = 0
  }
}
