internal import Bitext
internal import Segmentation

/// Which tokens of the left side may translate which of the right, how much each says, and how
/// often they would meet by chance.
struct LexicalEvidence {
  struct Link {
    var rightType: UInt32
    var weight: Float
  }

  /// For each left type its links, in ``links``.
  private(set) var linkStarts: [Int] = [0]
  private(set) var links: [Link] = []
  /// What each token counts, 0…1: rare types count most.
  private(set) var leftWeights: [Float]
  private(set) var rightWeights: [Float]
  /// For each right type its occurrences as (segment, position in segment), in order.
  private(set) var occurrenceStarts: [Int] = [0]
  private(set) var occurrences: [Occurrence] = []
  private(set) var leftChance: ChanceTable
  private(set) var rightChance: ChanceTable

  struct Occurrence {
    var segment: UInt32
    var position: UInt16
  }

  init(left: AlignmentSide, right: AlignmentSide, learnt: LearntLinks? = nil) {
    for type in 0..<left.typeCount {
      var best: [UInt32: Float] = [:]
      if left.hashes[type] != 0, let same = right.type(withHash: left.hashes[type]) {
        best[same] = 1
      }
      for translation in left.translations[type] {
        guard let match = right.type(withHash: translation.hash) else { continue }
        best[match] = max(best[match] ?? 0, translation.weight)
      }
      for link in learnt?.links[type] ?? [] {
        best[link.rightType] = max(best[link.rightType] ?? 0, link.weight)
      }
      links += best.sorted { $0.key < $1.key }.map { Link(rightType: $0.key, weight: $0.value) }
      linkStarts.append(links.count)
    }
    leftWeights = Self.weights(left)
    rightWeights = Self.weights(right)
    (occurrenceStarts, occurrences) = Self.index(right)

    var leftMeets = [Float](repeating: 0, count: left.typeCount)
    var rightMeets = [Float](repeating: 0, count: right.typeCount)
    let totals = (Float(max(1, left.tokens.count)), Float(max(1, right.tokens.count)))
    for type in 0..<left.typeCount {
      for link in links[linkStarts[type]..<linkStarts[type + 1]] {
        let other = Int(link.rightType)
        leftMeets[type] += link.weight * Float(right.occurrences[other]) / totals.1
        rightMeets[other] += link.weight * Float(left.occurrences[type]) / totals.0
      }
    }
    leftChance = ChanceTable(side: left, weights: leftWeights, meets: leftMeets)
    rightChance = ChanceTable(side: right, weights: rightWeights, meets: rightMeets)
  }

  func links(of leftType: UInt32) -> ArraySlice<Link> {
    links[linkStarts[Int(leftType)]..<linkStarts[Int(leftType) + 1]]
  }

  /// Inverse document frequency with the segment as the document, scaled to 0…1.
  private static func weights(_ side: AlignmentSide) -> [Float] {
    let count = Double(side.segmentCount) + 1
    return side.segmentsWithType.map { Float(logarithm(count / Double($0)) / logarithm(count)) }
  }

  private static func index(_ side: AlignmentSide) -> ([Int], [Occurrence]) {
    var starts = [0]
    var total = 0
    for count in side.occurrences {
      total += count
      starts.append(total)
    }
    var next = starts
    var list = [Occurrence](repeating: Occurrence(segment: 0, position: 0), count: total)
    for segment in 0..<side.segmentCount {
      for (position, index) in side.range(of: segment).enumerated() {
        let type = Int(side.tokens[index])
        list[next[type]] = Occurrence(
          segment: UInt32(segment), position: UInt16(clamping: position))
        next[type] += 1
      }
    }
    return (starts, list)
  }
}

/// The match that a segment would have with so many tokens of the other side if these were drawn
/// at random.
///
/// Without subtracting it, the search joins ever more segments: a bigger bead matches more of its
/// tokens by chance. A token that meets a random one with probability p meets one of b with
/// 1 − (1 − p)^b.
struct ChanceTable {
  /// The numbers of tokens for which the table holds the expectation; between them it is
  /// interpolated.
  private static let steps: [Float] = [0, 4, 8, 16, 32, 64, 128, 256]
  private var values: [Float] = []

  init(side: AlignmentSide, weights: [Float], meets: [Float]) {
    let curves = meets.map { chance in
      Self.steps.map { 1 - exponential($0 * logarithm(max(1 - chance, 1e-6))) }
    }
    values.reserveCapacity(side.segmentCount * Self.steps.count)
    for segment in 0..<side.segmentCount {
      var sums = [Float](repeating: 0, count: Self.steps.count)
      for index in side.range(of: segment) {
        let type = Int(side.tokens[index])
        for step in sums.indices { sums[step] += weights[type] * curves[type][step] }
      }
      values += sums
    }
  }

  /// The expected weighted match of a segment with `count` tokens of the other side.
  func expected(segment: Int, count: Float) -> Float {
    let base = segment * Self.steps.count
    for step in 1..<Self.steps.count where count <= Self.steps[step] {
      let low = Self.steps[step - 1]
      let share = (count - low) / (Self.steps[step] - low)
      return values[base + step - 1] * (1 - share) + values[base + step] * share
    }
    return values[base + Self.steps.count - 1]
  }
}
