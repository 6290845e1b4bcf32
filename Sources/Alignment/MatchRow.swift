internal import Bitext

/// What one left segment has in common with each right segment near it.
struct MatchRow {
  /// A token of the left segment that may translate one of a right segment.
  struct Match {
    /// Positions of the tokens in their segments.
    var left: UInt16
    var right: UInt16
    var weight: Float
  }

  private var columns: Range<Int> = 0..<0
  private var starts: [Int] = []
  private var matches: [Match] = []
  private var forwardSums: [Float] = []

  func matches(column: Int) -> ArraySlice<Match> {
    guard columns.contains(column) else { return [] }
    return matches[starts[column - columns.lowerBound]..<starts[column - columns.lowerBound + 1]]
  }

  /// The weighted best matches of the segment's tokens among the `count` right segments that end
  /// before `column`.
  func forward(column: Int, count: Int) -> Float {
    let index = column - 1 - columns.lowerBound
    guard index >= 0, column - 1 < columns.upperBound else { return 0 }
    return forwardSums[index * BeadShape.maximumRight + count - 1]
  }

  /// Finds what a left segment has in common with the right segments `columns`; `scratch` holds
  /// zeros, and is left so.
  mutating func fill(
    segment: Int, columns: Range<Int>, left: AlignmentSide, evidence: LexicalEvidence,
    scratch: inout [Float]
  ) {
    self.columns = columns
    collect(segment: segment, left: left, evidence: evidence)
    sumForward(segment: segment, left: left, evidence: evidence, scratch: &scratch)
  }

  private mutating func collect(segment: Int, left: AlignmentSide, evidence: LexicalEvidence) {
    var found: [(column: Int, match: Match)] = []
    var counts = [Int](repeating: 0, count: columns.count + 1)
    for (position, index) in left.range(of: segment).enumerated() {
      for link in evidence.links(of: left.tokens[index]) {
        let type = Int(link.rightType)
        let all = evidence.occurrenceStarts[type]..<evidence.occurrenceStarts[type + 1]
        var next = firstOccurrence(evidence.occurrences, all)
        while next < all.upperBound {
          let occurrence = evidence.occurrences[next]
          let column = Int(occurrence.segment)
          guard column < columns.upperBound else { break }
          counts[column - columns.lowerBound + 1] += 1
          found.append(
            (
              column,
              Match(
                left: UInt16(clamping: position), right: occurrence.position, weight: link.weight)
            ))
          next += 1
        }
      }
    }
    for index in 1..<counts.count { counts[index] += counts[index - 1] }
    starts = counts
    matches = [Match](
      repeating: Match(left: 0, right: 0, weight: 0), count: found.count)
    for (column, match) in found {
      matches[counts[column - columns.lowerBound]] = match
      counts[column - columns.lowerBound] += 1
    }
  }

  private mutating func sumForward(
    segment: Int, left: AlignmentSide, evidence: LexicalEvidence, scratch: inout [Float]
  ) {
    let tokens = left.range(of: segment)
    if scratch.count < tokens.count {
      scratch += [Float](repeating: 0, count: tokens.count - scratch.count)
    }
    forwardSums.removeAll(keepingCapacity: true)
    for column in columns {
      var sum: Float = 0
      for count in 0..<BeadShape.maximumRight {
        for match in matches(column: column - count)
        where match.weight > scratch[Int(match.left)] {
          let type = Int(left.tokens[tokens.lowerBound + Int(match.left)])
          sum += evidence.leftWeights[type] * (match.weight - scratch[Int(match.left)])
          scratch[Int(match.left)] = match.weight
        }
        forwardSums.append(sum)
      }
      for count in 0..<BeadShape.maximumRight {
        for match in matches(column: column - count) { scratch[Int(match.left)] = 0 }
      }
    }
  }

  /// The first occurrence in the columns, by bisection.
  private func firstOccurrence(
    _ occurrences: [LexicalEvidence.Occurrence], _ range: Range<Int>
  ) -> Int {
    var low = range.lowerBound
    var high = range.upperBound
    while low < high {
      let middle = (low + high) / 2
      if Int(occurrences[middle].segment) < columns.lowerBound {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low
  }
}
